"""What stands around a figure that both languages say, by the words of data/check.yml: at least, up to, since, a year
(N005); what it counts (N013)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from checker import figures
from checker.document import Mark
from checker.figures import MONEY, Figure
from checker.languages import LANGUAGES
from checker.pair import Pair, report_differences
from checker.registry import pair_rule
from checker.rules.meaning import Side, Sides, blocks_beside, with_words
from content.findings import Finding
from content.known import Beside, Words, any_row
from content.locales import LOCALES

SOUGHT = ("number", "count", "word", "fraction", "date")


def _twins(sides: Sides) -> Iterator[tuple[Figure, Figure]]:
    """The figures that both texts say once, each with the other one."""
    english, french = (figures.of_block(side.block, side.lang) for side in sides)
    for figure in english:
        twins = _alike(figure, french) if figure.kind in SOUGHT else []
        if len(twins) == 1 and len(_alike(twins[0], english)) == 1:
            yield figure, twins[0]


def _alike(figure: Figure, among: Sequence[Figure]) -> list[Figure]:
    """The figures that may say the same."""
    return [other for other in among if not figure.readings.isdisjoint(other.readings)]


def _is_of(figure: Figure, of: str | None) -> bool:
    """Whether words that are said of these figures (years, money, any numbers) may stand beside this one."""
    if figure.kind == "date":
        return of == "years" and figure.value > 1900
    return of is None or (of == "money" and figure.unit in MONEY)


# How many characters may stand between words and their figure. None of them ends a phrase.
AFTER_WORDS, BEFORE_WORDS = re.compile("[^,.;:()]{,12}"), re.compile("[^.;:()]{,30}")


def _beside(side: Side, among: Iterable[Figure], row: Beside) -> Iterator[tuple[Figure, re.Match[str]]]:
    """Each place where the words stand, with the figure that they belong to: the next one `among` these if it comes
    right after them, else the last one before. Of "up to 40 homes": 40, "up to"."""
    text, found = side.small, [*among]
    for match in side.find(row):
        after = next((figure for figure in found if figure.start >= match.end()), None)
        before = next((figure for figure in reversed(found) if figure.end <= match.start()), None)
        if after and row.side != "after" and AFTER_WORDS.fullmatch(text, match.end(), after.start):
            yield after, match
        elif before and row.side != "before" and BEFORE_WORDS.fullmatch(text, before.end, match.start()):
            yield before, match


AROUND = 55  # characters before and after a figure in which the other language may say it
PART_END = re.compile(r"[.;]\s")  # up to which it may


def _near(side: Side, figure: Figure) -> str:
    """The text around a figure, as far as its sentence goes."""
    before = side.small[max(figure.start - AROUND, 0) : figure.start]
    behind = side.small[figure.start : figure.end + AROUND]
    return PART_END.split(before)[-1] + PART_END.split(behind)[0]


@pair_rule("N005")
def different_words_beside_figures(pair: Pair) -> Iterator[Finding]:
    """What stands beside a figure stands in both languages: at least, up to, more than, nearly, a year, each, since."""
    for sides, present in with_words(blocks_beside(pair), pair.project.known.beside):
        of_english = dict(_twins(sides))
        of_french = {b: a for a, b in sorted(of_english.items(), key=lambda both: both[1].start)}
        directions = (*sides, of_english), (*sides[::-1], of_french)
        for row, (side, other, twins) in product(present, directions):
            for figure, match in _beside(side, twins, row):
                twin = twins[figure]
                is_of_both = _is_of(figure, row.of) and _is_of(twin, row.of)
                if is_of_both and not row.enough[other.lang].search(_near(other, twin)):
                    line, _ = other.block.place(twin.start)
                    words = side.mark(*match.span())
                    words = replace(words, text=f"{words.text}' beside '{figure.text}")
                    alone = (words, None) if side.lang == "en" else (None, words)
                    yield from report_differences(pair, [alone], lines=(line, line))


# ---------------------------------------------------------------- what a figure counts

COUNTED, BELONGS = ({lang: re.compile(LANGUAGES[lang][name]) for lang in LOCALES} for name in ("counted", "belongs"))
FAR = 45  # characters after a figure in which what it counts may stand


def _thing_counted(side: Side, figure: Figure, nouns: tuple[Words, ...]) -> tuple[int, Mark] | None:
    """What a figure counts: which of these nouns, and a mark at it with the words from the figure up to it."""
    for place in any_row(nouns, side.lang).finditer(side.small, figure.end, figure.end + FAR):
        start, end = place.span(place.lastindex or 0)
        is_counted = COUNTED[side.lang].fullmatch(side.small, figure.end, start)
        if is_counted and not BELONGS[side.lang].match(side.small, end):
            words = side.mark(figure.start, end)
            return place.lastindex or 0, replace(side.mark(start, end), text=words.text)
    return None


def _moved(twins: Sequence[tuple[Figure, Figure]]) -> Iterator[tuple[Figure, Figure]]:
    """The first percentages, and sums of money, that stand in another order in French: 12% and 19%, 19 % et 12 %."""
    for unit in (*MONEY, "%"):
        both = [(a, b) for a, b in twins if any(of == unit for _, of in a.readings & b.readings)]
        in_french = sorted((b for _, b in both), key=lambda figure: figure.start)
        yield from [(a, other) for (a, b), other in zip(both, in_french, strict=True) if other != b][:1]


@pair_rule("N013")
def figures_in_other_places(pair: Pair) -> Iterator[Finding]:
    """A figure counts the same thing in both languages, homes or offices; percentages, and sums of money, stand in one
    order in a paragraph, item or cell."""
    nouns = pair.project.known.nouns
    for sides in blocks_beside(pair):
        twins = [*_twins(sides)]
        for a, b in _moved(twins):
            moved = sides[0].mark(a.start, a.end), sides[1].mark(b.start, b.end)
            yield from report_differences(pair, [moved], "figures in another order: ")
        for figure, twin in twins:
            english = _thing_counted(sides[0], figure, nouns)
            french = _thing_counted(sides[1], twin, nouns) if english else None
            if english and french and english[0] != french[0]:
                yield from report_differences(pair, [(english[1], french[1])])
