"""A page in both languages: what stands side by side, and how a rule tells what one language has and the other has not.

Sections stand beside each other by their id. Blocks do one by one, in sections whose skeletons are the same: a rule
that compares what they say need not ask which belongs to which.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, zip_longest

from checker.document import Block, Mark, Section
from checker.project import ParsedPage, Project
from content.findings import Finding
from content.locales import LANGUAGE, OTHER

# ---------------------------------------------------------------- the skeleton of a section


def skeleton(section: Section) -> list[Mark]:
    """The blocks of a section in their order, those alike as one: `2 × paragraph`, `3 × item in list`."""
    groups = groupby(section.all_blocks, key=lambda block: " in ".join((block.kind, *block.inside[::-1])))
    alike = ((name, [*blocks]) for name, blocks in groups)
    return [Mark(f"{len(blocks)} × {name}", blocks[0].line, shown=name) for name, blocks in alike]


def skeleton_difference(en: Section, fr: Section) -> tuple[Mark, Mark] | None:
    """What differs first between the skeletons of two sections: the kind of blocks, else how many there are."""
    both = zip_longest(skeleton(en), skeleton(fr))
    rows = [(a or Mark("nothing more", en.line), b or Mark("nothing more", fr.line)) for a, b in both]
    other_kind = [(a, b) for a, b in rows if a.shown != b.shown]
    other_count = [(a, b) for a, b in rows if a.text != b.text]
    return next(iter(other_kind + other_count), None)


# ---------------------------------------------------------------- the page


@dataclass(frozen=True, eq=False)
class Pair:
    """A page in both languages."""

    project: Project = field(repr=False)
    en: ParsedPage
    fr: ParsedPage

    @cached_property
    def section_pairs(self) -> list[tuple[Section, Section]]:
        """The sections of both pages side by side: those of one id that end at the same heading."""
        own, other = (_with_below(parsed.doc.sections) for parsed in (self.en, self.fr))
        return [(own[ids], other[ids]) for ids in own if ids in other]

    @cached_property
    def section_differences(self) -> list[tuple[Section, Section, tuple[Mark, Mark] | None]]:
        """These sections, with what differs between their skeletons."""
        return [(a, b, skeleton_difference(a, b)) for a, b in self.section_pairs]

    @cached_property
    def same_skeleton(self) -> list[tuple[Section, Section]]:
        """The sections with the same skeleton in both pages, whose texts can be compared."""
        return [(a, b) for a, b, difference in self.section_differences if not difference]

    @cached_property
    def block_pairs(self) -> list[tuple[Block, Block]]:
        """The texts of front matter, and the blocks of these sections, side by side, code left out."""
        keys = self.en.texts.keys() & self.fr.texts.keys()
        front = zip(*([b for b in page.front if b.kind in keys] for page in (self.en, self.fr)), strict=True)
        rows = (row for a, b in self.same_skeleton for row in zip(a.all_blocks, b.all_blocks, strict=True))
        return [*front, *((a, b) for a, b in rows if a.kind != "code")]


def _with_below(sections: list[Section]) -> dict[tuple[str | None, str | None], Section]:
    """The sections by their id and that of the next one."""
    ids = [section.id for section in sections]
    return dict(zip(zip(ids, [*ids[1:], None], strict=True), sections, strict=True))


# ---------------------------------------------------------------- what one language has alone


def extra(own: Iterable[Mark], other: Iterable[Mark], neutral: Callable[[str], str] = str) -> list[Mark]:
    """The marks of one side that have no counterpart on the other: one [^a] of two where the other side has one.

    `neutral` takes the language out of a text before it is compared.
    """
    left = Counter(neutral(mark.text) for mark in other)
    found = []
    for mark in own:
        left[neutral(mark.text)] -= 1
        if left[neutral(mark.text)] < 0:
            found.append(mark)
    return found


Rows = Iterable[tuple[Mark | None, Mark | None]]


def unmatched(english: Sequence[Mark], french: Sequence[Mark], neutral: Callable[[str], str] = str) -> Rows:
    """The `extra` marks of both sides in rows: (en, fr), or (en, None) where French has fewer of them."""
    return zip_longest(extra(english, french, neutral), extra(french, english, neutral))


def report_differences(pair: Pair, rows: Rows, what: str = "", lines: tuple[int, int] = (1, 1)) -> Iterator[Finding]:
    """A finding for each row: two marks that stand for each other and differ, or one that a language has alone.

    `what`: how a message calls such marks; `lines`: where each language would have what it lacks. ("12%", "13 %") gives
    "'12%' here, '13 %' in French (line 8): make them the same", on the English page.
    """
    for a, b in rows:
        if a and b:
            message = f"{what}'{a.text}' here, '{b.text}' in French (line {b.line}): make them the same"
            yield pair.en.finding(a, message)
        for parsed, mark, other, line in ((pair.en, a, b, lines[1]), (pair.fr, b, a, lines[0])):
            if mark and not other:
                where = f"{LANGUAGE[OTHER[parsed.locale]]} (line {line})"
                message = f"{what}'{mark.text}' has no counterpart in {where}: add it there or remove it here"
                yield parsed.finding(mark, message)
