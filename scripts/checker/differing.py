"""How a rule tells what one language has and the other has not: two things that stand for each other in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from checker.document import Block, Note
from checker.model import Pair
from content.findings import Hit
from content.model import LANGUAGE, OTHER


def line_of(blocks: Sequence[Block]) -> int:
    """Where the blocks of one language start that stand beside some of the other."""
    return blocks[0].line if blocks else 1


def surplus(here: Iterable[Note], there: Iterable[Note], neutral: Callable[[str], str] = str) -> list[Note]:
    """The marks of one side that have no counterpart on the other; `neutral` takes the language out of a text."""
    room = Counter(neutral(mark.text) for mark in there)
    left = []
    for mark in here:
        room[neutral(mark.text)] -= 1
        left += [mark] if room[neutral(mark.text)] < 0 else []
    return left


def tell(
    pair: Pair, alone: Iterable[tuple[Note | None, Note | None]], lines: tuple[int, int] = (1, 1), what: str = ""
) -> Iterator[Hit]:
    """A hit for each mark of English and of French that stand for each other, or that one of them has alone.

    `lines`: where each language would have what it lacks; `what`: how a message calls such marks.
    """
    for a, b in alone:
        if a and b:
            message = f"{what}'{a.text}' here, '{b.text}' in French (line {b.line}): make them the same"
            yield pair.en.hit(a, message)
        for sheet, mark, other, line in ((pair.en, a, b, lines[1]), (pair.fr, b, a, lines[0])):
            if mark and not other:
                where = f"{LANGUAGE[OTHER[sheet.page.locale]]} (line {line})"
                yield sheet.hit(
                    mark, f"{what}'{mark.text}' has no counterpart in {where}: add it there or remove it here"
                )
