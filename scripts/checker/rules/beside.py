"""N005: what is said beside a figure is said in both languages: at least, up to, since, a year (data/check.yml)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from checker import figures
from checker.differing import Mark, tell
from checker.figures import MONEY, Figure
from checker.model import Pair
from checker.registry import pair_rule
from checker.rules.meaning import Row, having, known, rows
from content.findings import Hit
from content.known import Wording
from content.model import OTHER

# Before "a year", words after which it is a duration, no rate: six months to a year.
SPAN = re.compile(
    r"\b(?:to|or|than|for|in|within|of|about|over|half|and|after|by|with|almost|nearly|under|around|roughly|some|only|just"
    r"|is|was|lasts?|lasted|takes?|took|until|on|at|from|as|the|before|every|least|most|nor|but|not) $"
)
KINDS = ("number", "count", "word", "fraction", "date")


def twins_of(here: Sequence[Figure], there: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The figures that both sides say once."""
    counts = [Counter(reading for figure in side for reading in figure.readings) for side in (here, there)]
    homes = {reading: figure for figure in there for reading in figure.readings}
    for figure in here:
        once = [reading for reading in figure.readings if all(count[reading] == 1 for count in counts)]
        if figure.kind in KINDS and once:
            yield figure, homes[once[0]]


def _is_of(figure: Figure, of: str) -> bool:
    """Whether words that are said of these figures (years, money, any numbers) may stand beside this one."""
    year = figure.kind == "date" and isinstance(figure.value, int) and figure.value > 1900
    return year if of == "years" else figure.kind != "date" and (of != "money" or figure.unit in MONEY)


def _beside(
    text: str, found: Collection[Figure], wording: Wording, lang: str
) -> Iterator[tuple[Figure, re.Match[str]]]:
    """The figures, given in their order, that these words stand right before or after, with the words."""
    for match in wording.sought[lang].finditer(text):
        after = next((figure for figure in found if figure.start >= match.end()), None)
        before = next((figure for figure in reversed([*found]) if figure.end <= match.start()), None)
        if after and wording.side != "after" and re.fullmatch("[^,.;:()]{,12}", text[match.end() : after.start]):
            yield after, match
        elif before and wording.side != "before" and re.fullmatch("[^.;:()]{,30}", text[before.end : match.start()]):
            if match[0].lower().startswith("a ") and SPAN.search(text[before.end : match.start()]):
                continue
            yield before, match


Twins = dict[str, dict[Figure, Figure]]  # by language, the figures that both say once, in their order


def _contrary(row: Row, twins: Twins, limits: Iterable[Wording]) -> Iterator[tuple[Figure, Mark, Mark]]:
    """The figures with a floor in one language alone and a ceiling in the other, with the words."""
    for wording in limits:
        english, french = (
            {figure: match for figure, match in found if 0 <= figure.start - match.end() <= len(" les ")}
            for found in (_beside(row[lang].text, twins[lang], wording, lang) for lang in row)
        )
        for figure, match in english.items():
            twin = twins["en"][figure]
            places = (("en", figure.start), ("fr", twin.start))
            befores = ((lang, row[lang].text[max(at - 30, 0) : at]) for lang, at in places)
            if twin in french and not any(wording.enough[lang].search(before) for lang, before in befores):
                yield figure, row["en"].mark(match), row["fr"].mark(french[twin])


@pair_rule("N005")
def different_words_beside_figures(pair: Pair) -> Iterator[Hit]:
    """What stands beside a figure stands in both languages: at least, up to, more than, nearly, a year, each, since."""
    wordings = known(pair).beside
    for row in having(rows(pair), wordings + known(pair).limits):
        here = list(twins_of(*(figures.read(side.block.unmarked, lang) for lang, side in row.items())))
        there = sorted(((b, a) for a, b in here), key=lambda twins: twins[0].start)
        twins = {"en": dict(here), "fr": dict(there)}
        contrary = set[Figure]()
        for figure, english, french in _contrary(row, twins, known(pair).limits):
            contrary |= {figure, twins["en"][figure]}
            yield from tell(pair, [(english, french)])
        for wording, (lang, other) in product(wordings, OTHER.items()):
            for figure, match in _beside(row[lang].text, twins[lang], wording, lang):
                twin = twins[lang][figure]
                near = row[other].text[max(twin.start - 90, 0) : twin.end + 90]
                of_both = _is_of(figure, wording.of) and _is_of(twin, wording.of) and figure not in contrary
                if of_both and not wording.enough[other].search(near):
                    place = row[other].block.place(twin.start)
                    mark = replace(row[lang].mark(match), text=f"{match[0]}' beside '{figure.text}")
                    yield from tell(pair, [(mark, None) if lang == "en" else (None, mark)], (place[0], place[0]))
