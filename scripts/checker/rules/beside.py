"""What stands around a figure that both languages say, by the words of data/check.yml: at least, up to, since, a year
(N005); what it counts (N013)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product

from checker import figures
from checker.document import Mark
from checker.figures import MONEY, Figure
from checker.languages import LANGUAGES
from checker.pair import Pair, report_differences
from checker.registry import pair_rule
from checker.rules.meaning import Side, Sides, on_page, rows
from content.findings import Finding
from content.known import Wording
from content.locales import LOCALES

SOUGHT = ("number", "count", "word", "fraction", "date")


@lru_cache(maxsize=1)  # both rules ask for those of a page
def _twins(pair: Pair) -> list[tuple[Sides, list[tuple[Figure, Figure]]]]:
    """The paragraphs, items and cells, each with the figures that both languages say once."""
    return [
        (sides, [*_once_in_both(*(figures.of_block(side.block, side.lang) for side in sides))]) for sides in rows(pair)
    ]


def _readings(figure: Figure) -> list[tuple[object, ...]]:
    """What a figure may say, then each with its kind, for 20% and a fifth are one value: (1/5, %), (number, 1/5, %)."""
    return [*figure.readings, *((figure.kind, *reading) for reading in figure.readings)]


def _once_in_both(english: Sequence[Figure], french: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The figures that both texts say once, or once as a figure of their kind: 20%, and a fifth."""
    counts = [Counter(reading for figure in side for reading in _readings(figure)) for side in (english, french)]
    by_reading = {reading: figure for figure in french for reading in _readings(figure)}
    for figure in english:
        once = [reading for reading in _readings(figure) if all(count[reading] == 1 for count in counts)]
        if figure.kind in SOUGHT and once:
            yield figure, by_reading[once[0]]


def _is_of(figure: Figure, of: str | None) -> bool:
    """Whether words that are said of these figures (years, money, any numbers) may stand beside this one."""
    year = figure.kind == "date" and figure.value > 1900
    return year if of == "years" else figure.kind != "date" and (of != "money" or figure.unit in MONEY)


# How many characters may stand between words and their figure. None of them ends a phrase.
AFTER_WORDS, BEFORE_WORDS = re.compile("[^,.;:()]{,12}"), re.compile("[^.;:()]{,30}")


def _beside(side: Side, among: Iterable[Figure], wording: Wording) -> Iterator[tuple[Figure, re.Match[str]]]:
    """Each place where the words stand, with the figure that they belong to: the next one `among` these if it comes
    right after them, else the last one before. Of "up to 40 homes": 40, "up to"."""
    text, found = side.small, [*among]
    for match in side.find(wording):
        after = next((figure for figure in found if figure.start >= match.end()), None)
        before = next((figure for figure in reversed(found) if figure.end <= match.start()), None)
        if after and wording.side != "after" and AFTER_WORDS.fullmatch(text, match.end(), after.start):
            yield after, match
        elif before and wording.side != "before" and BEFORE_WORDS.fullmatch(text, before.end, match.start()):
            yield before, match


Twins = dict[Figure, Figure]  # the figures of a language that both say once, in their order, each with the other one
CLOSE = len(" les ")  # at most between a floor or ceiling and its figure
MENDS = 45  # characters before a figure in which the other limit may stand too
AROUND = 90  # characters before and after a figure in which the other language may say it


def _contrary_limits(sides: Sides, twins: Twins, limits: Sequence[Wording]) -> Iterator[tuple[Figure, Mark, Mark]]:
    """The English figures with a floor in one language alone and a ceiling in the other, with the words of both.

    `twins` are those of English.
    """
    for wording in limits:
        matches: list[dict[Figure, re.Match[str]]] = []
        for side, among in zip(sides, (twins, sorted(twins.values(), key=lambda figure: figure.start)), strict=True):
            found = _beside(side, among, wording)
            matches.append({f: m for f, m in found if 0 <= max(f.start - m.end(), m.start() - f.end) <= CLOSE})
        english, french = matches
        for figure, match in english.items():
            twin = twins[figure]
            places = zip(sides, (figure.start, twin.start), strict=True)
            mends = (wording.enough[side.lang].search(side.small[max(at - MENDS, 0) : at]) for side, at in places)
            if twin in french and not any(mends):
                yield figure, sides[0].mark(*match.span()), sides[1].mark(*french[twin].span())


@pair_rule("N005")
def different_words_beside_figures(pair: Pair) -> Iterator[Finding]:
    """What stands beside a figure stands in both languages: at least, up to, more than, nearly, a year, each, since."""
    known = pair.project.known
    wordings, limits = on_page(rows(pair), known.beside), on_page(rows(pair), known.limits, in_both=True)
    for (english, french), pairs in _twins(pair):
        if not pairs:
            continue
        of_english = dict(pairs)
        of_french = {b: a for a, b in sorted(pairs, key=lambda both: both[1].start)}
        contrary = set[Figure]()
        for figure, mark, mark_fr in _contrary_limits((english, french), of_english, limits):
            contrary |= {figure, of_english[figure]}
            yield from report_differences(pair, [(mark, mark_fr)])
        directions = (english, french, of_english), (french, english, of_french)
        for wording, (side, other, twins) in product(wordings, directions):
            for figure, match in _beside(side, twins, wording):
                twin = twins[figure]
                applies = _is_of(figure, wording.of) and _is_of(twin, wording.of)
                already_told = figure in contrary
                near = other.small[max(twin.start - AROUND, 0) : twin.end + AROUND]
                if applies and not already_told and not wording.enough[other.lang].search(near):
                    line, _ = other.block.place(twin.start)
                    words = side.mark(*match.span())
                    words = replace(words, text=f"{words.text}' beside '{figure.text}")
                    alone = (words, None) if side is english else (None, words)
                    yield from report_differences(pair, [alone], lines=(line, line))


# ---------------------------------------------------------------- what a figure counts

COUNTED, BELONGS, RANGE = (
    {lang: re.compile(LANGUAGES[lang][name]) for lang in LOCALES} for name in ("counted", "belongs", "range")
)
FAR = 45  # characters after a figure in which what it counts may stand


def _thing_counted(side: Side, figure: Figure, nouns: Sequence[Wording]) -> tuple[int, Mark] | None:
    """What a figure counts: the index of its row in `nouns`, and a mark at the noun with the words up to it."""
    text = side.small[figure.end : figure.end + FAR]
    found = [
        (match.start(), number, match.end())
        for number, noun in enumerate(nouns)
        for match in noun.find(side.lang, text)
        if COUNTED[side.lang].fullmatch(text[: match.start()]) and not BELONGS[side.lang].match(text, match.end())
    ]
    at, number, end = min(found, default=(0, -1, 0))
    noun, words = side.mark(figure.end + at, figure.end + end), side.mark(figure.start, figure.end + end)
    return (number, replace(noun, text=words.text)) if found else None


def _ranges(side: Side) -> list[tuple[Figure, Figure]]:
    """The ranges of a text by their two ends, each once."""
    neighbours = pairwise(figures.of_block(side.block, side.lang))
    ranges = [(a, b) for a, b in neighbours if RANGE[side.lang].fullmatch(side.small, a.end, b.start)]
    ranges = [(a, b) for a, b in ranges if b.kind != "hint" or b.text.isdigit()]  # 4 000 € à une association
    return [*{(a.text, b.text): (a, b) for a, b in ranges}.values()]


def _turned(sides: Sides) -> Iterator[tuple[Mark, Mark]]:
    """The ranges whose ends stand the other way round in French."""
    for (a, b), (c, d) in product(*map(_ranges, sides)):
        if not figures.lacking([a], [d]) and not figures.lacking([b], [c]) and figures.lacking([a], [c]):
            yield sides[0].mark(a.start, b.end), sides[1].mark(c.start, d.end)


@pair_rule("N013")
def figures_in_other_places(pair: Pair) -> Iterator[Finding]:
    """A figure counts the same thing in both languages, homes or offices, and a range has its ends in one order."""
    nouns = pair.project.known.nouns
    for sides, twins in _twins(pair):
        yield from report_differences(pair, _turned(sides))
        for figure, twin in twins:
            english = _thing_counted(sides[0], figure, nouns)
            french = _thing_counted(sides[1], twin, nouns) if english else None
            if english and french and english[0] != french[0]:
                yield from report_differences(pair, [(english[1], french[1])])
