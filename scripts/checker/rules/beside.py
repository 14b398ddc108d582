"""What stands around a figure that both languages say, by the words of data/check.yml: at least, up to, since, a year
(N005); what it counts (N013)."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product

from checker import figures
from checker.document import Note
from checker.figures import MONEY, Figure
from checker.languages import BABEL, LANGUAGES
from checker.pair import Pair, tell
from checker.registry import pair_rule
from checker.rules.meaning import Side, Sides, rows
from content.findings import Hit
from content.known import Wording

SOUGHT = ("number", "count", "word", "fraction", "date")


@lru_cache(maxsize=1)  # both rules ask for those of a page
def _twins(pair: Pair) -> list[tuple[Sides, list[tuple[Figure, Figure]]]]:
    """The paragraphs, items and cells, each with the figures that both languages say once."""
    return [(row, [*_said_once(*(figures.read(said.block.unmarked, said.lang) for said in row))]) for row in rows(pair)]


def _readings(figure: Figure) -> list[tuple[object, ...]]:
    return [*figure.readings, *((figure.kind, *reading) for reading in figure.readings)]


def _said_once(here: Sequence[Figure], there: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The figures that both texts say once, or once as a figure of their kind: 20%, and a fifth."""
    counts = [Counter(said for figure in side for said in _readings(figure)) for side in (here, there)]
    homes = {said: figure for figure in there for said in _readings(figure)}
    for figure in here:
        once = [said for said in _readings(figure) if all(count[said] == 1 for count in counts)]
        if figure.kind in SOUGHT and once:
            yield figure, homes[once[0]]


def _is_of(figure: Figure, of: str) -> bool:
    """Whether words that are said of these figures (years, money, any numbers) may stand beside this one."""
    year = figure.kind == "date" and figure.value > 1900
    return year if of == "years" else figure.kind != "date" and (of != "money" or figure.unit in MONEY)


def _beside(
    said: Side, found: dict[Figure, Figure], wording: Wording, spans: Collection[str] = ()
) -> Iterator[tuple[Figure, re.Match[str]]]:
    """The figures, given in their order, that these words stand right before or after, with the words."""
    text = said.small
    for match in said.find(wording):
        after = next((figure for figure in found if figure.start >= match.end()), None)
        before = next((figure for figure in reversed(found) if figure.end <= match.start()), None)
        if after and wording.side != "after" and re.fullmatch("[^,.;:()]{,12}", text[match.end() : after.start]):
            yield after, match
        elif before and wording.side != "before" and re.fullmatch("[^.;:()]{,30}", text[before.end : match.start()]):
            is_span = {*text[before.end : match.start()].split()[-1:]} & {*spans}
            if not (match[0].startswith("a ") and is_span):
                yield before, match


# The figures that both say once, those of English and those of French, each with its twin, in their order.
Twins = tuple[dict[Figure, Figure], dict[Figure, Figure]]


def _contrary(row: Sides, twins: Twins, limits: Sequence[Wording]) -> Iterator[tuple[Figure, Note, Note]]:
    """The figures with a floor in one language alone and a ceiling in the other, with the words."""
    for wording in limits:
        english, french = (
            {
                figure: match
                for figure, match in found
                if 0 <= max(figure.start - match.end(), match.start() - figure.end) <= len(" les ")
            }
            for found in (_beside(said, of, wording) for said, of in zip(row, twins, strict=True))
        )
        for figure, match in english.items():
            twin = twins[0][figure]
            places = zip(row, (figure.start, twin.start), strict=True)
            mends = (wording.enough[said.lang].search(said.small[max(at - 45, 0) : at]) for said, at in places)
            if twin in french and not any(mends):
                yield figure, row[0].note(*match.span()), row[1].note(*french[twin].span())


@pair_rule("N005")
def different_words_beside_figures(pair: Pair) -> Iterator[Hit]:
    """What stands beside a figure stands in both languages: at least, up to, more than, nearly, a year, each, since."""
    wordings, spans = pair.project.known.beside, pair.project.known.spans
    for row, here in _twins(pair):
        if not here:
            continue
        twins = dict(here), {b: a for a, b in sorted(here, key=lambda both: both[1].start)}
        contrary = set[Figure]()
        for figure, english, french in _contrary(row, twins, pair.project.known.limits):
            contrary |= {figure, twins[0][figure]}
            yield from tell(pair, [(english, french)])
        for wording, (said, other, of) in product(wordings, zip(row, row[::-1], twins, strict=True)):
            for figure, match in _beside(said, of, wording, spans):
                twin = of[figure]
                near = other.small[max(twin.start - 90, 0) : twin.end + 90]
                of_both = _is_of(figure, wording.of) and _is_of(twin, wording.of) and figure not in contrary
                if of_both and not wording.enough[other.lang].search(near):
                    line, _ = other.block.place(twin.start)
                    mark = said.note(*match.span())
                    mark = replace(mark, text=f"{mark.text}' beside '{figure.text}")
                    yield from tell(pair, [(mark, None) if of is twins[0] else (None, mark)], lines=(line, line))


# ---------------------------------------------------------------- what a figure counts

COUNTED, BELONGS, RANGE = (
    {lang: re.compile(LANGUAGES[lang][name]) for lang in BABEL} for name in ("counted", "belongs", "range")
)


def _counted(side: Side, figure: Figure, nouns: Sequence[Wording]) -> tuple[int, Note] | None:
    """The number in the list of nouns of the one that a figure counts, and the words up to it, where it stands."""
    text = side.small[figure.end : figure.end + 45]
    found = [
        (match.start(), number, match.end())
        for number, noun in enumerate(nouns)
        for match in noun.find(side.lang, text)
        if COUNTED[side.lang].fullmatch(text[: match.start()]) and not BELONGS[side.lang].match(text, match.end())
    ]
    at, number, end = min(found, default=(0, -1, 0))
    noun, words = side.note(figure.end + at, figure.end + end), side.note(figure.start, figure.end + end)
    return (number, replace(noun, text=words.text)) if found else None


def _turned(row: Sides) -> Iterator[tuple[Note, Note]]:
    """The ranges whose ends stand the other way round in French."""
    read = [pairwise(figures.read(said.block.unmarked, said.lang)) for said in row]
    english, french = (
        {(a.text, b.text): (a, b) for a, b in pairs if RANGE[said.lang].fullmatch(said.small, a.end, b.start)}
        for said, pairs in zip(row, read, strict=True)
    )
    for (a, b), (c, d) in product(english.values(), french.values()):
        if figures.agree(a, d) and figures.agree(b, c) and not figures.agree(a, c):
            yield row[0].note(a.start, b.end), row[1].note(c.start, d.end)


@pair_rule("N013")
def figures_in_other_places(pair: Pair) -> Iterator[Hit]:
    """A figure counts the same thing in both languages, homes or offices, and a range has its ends in one order."""
    nouns = pair.project.known.nouns
    for row, twins in _twins(pair):
        yield from tell(pair, _turned(row))
        for here, there in twins:
            english, french = _counted(row[0], here, nouns), _counted(row[1], there, nouns)
            if english and french and english[0] != french[0]:
                yield from tell(pair, [(english[1], french[1])])
