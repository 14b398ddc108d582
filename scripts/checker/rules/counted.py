"""N013: a figure counts the same in both languages (data/check.yml), and a range has its ends in one order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker import figures
from checker.differing import Mark, tell
from checker.figures import Figure
from checker.model import Pair
from checker.registry import pair_rule
from checker.rules.beside import twins_of
from checker.rules.meaning import Row, Text, known, rows
from content.findings import Hit
from content.known import Wording

# What may stand between a figure and the noun that it counts: 12% of the new lots, 12 % des lots.
BETWEEN = {
    "en": re.compile(
        r" ?(?:(?:of|for) (?:the |their |its )?)?(?:(?!(?:and|or|[tf]or?|[oi][fn]|at?|by|the|with)\b)[\w’-]+ ){,2}"
    ),
    "fr": re.compile(r" ?(?:(?:des? |du |pour |d’)(?:les? |la |l’)?)?(?:(?:petit|nouv|grand|autre|jeune|ancien)\w* )?"),
}
# A noun before another belongs to it: associations’ income, works contracts.
BEFORE_NOUN = re.compile(r"’| \w+s\b")
RANGE = {"en": re.compile(r" to | ?[-–] ?"), "fr": re.compile(r" (?:à|puis) | ?[-–] ?")}


def _counted(
    side: Text, figure: Figure, following: Sequence[Figure], nouns: tuple[Wording, ...], lang: str
) -> list[tuple[int, Mark]]:
    """The noun that a figure counts, with its number in the list of nouns."""
    text = side.text[figure.end : min([figure.end + 45, *(f.start for f in following if f.start >= figure.end)])]
    found = sorted(
        (match.start(), number, match)
        for number, noun in enumerate(nouns)
        for match in noun.sought[lang].finditer(text)
        if BETWEEN[lang].fullmatch(text[: match.start()])
        and not (lang == "en" and BEFORE_NOUN.match(text, match.end()))
    )
    return [
        (number, Mark(f"{figure.text} {match[0]}", *side.block.place(side.start + figure.start)))
        for _, number, match in found[:1]
    ]


def _turned(row: Row, read: dict[str, tuple[Figure, ...]]) -> Iterator[tuple[Mark, Mark]]:
    """The ranges whose ends stand the other way round in French."""
    ranges = {
        lang: {
            (a.text, b.text): (a, b)
            for a, b in pairwise(found)
            if RANGE[lang].fullmatch(row[lang].text, a.end, b.start)
        }
        for lang, found in read.items()
    }
    for a, b in ranges["en"].values():
        for c, d in ranges["fr"].values():
            if figures.agree(a, d) and figures.agree(b, c) and not figures.agree(a, c):
                yield (
                    Mark(row["en"].text[a.start : b.end], *row["en"].block.place(a.start)),
                    Mark(row["fr"].text[c.start : d.end], *row["fr"].block.place(c.start)),
                )


@pair_rule("N013")
def figures_in_other_places(pair: Pair) -> Iterator[Hit]:
    """A figure counts the same thing in both languages, homes or offices, and a range has its ends in one order."""
    nouns = known(pair).nouns
    for row in rows(pair):
        read = {lang: figures.read(side.text, lang) for lang, side in row.items()}
        yield from tell(pair, _turned(row, read))
        for here, there in twins_of(read["en"], read["fr"]):
            english = _counted(row["en"], here, read["en"], nouns, "en")
            french = _counted(row["fr"], there, read["fr"], nouns, "fr")
            if english and french and english[0][0] != french[0][0]:
                yield from tell(pair, [(english[0][1], french[0][1])])
