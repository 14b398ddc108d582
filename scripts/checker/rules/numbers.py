"""Figures of both languages: the same on pages and in data (N001), on two pages of one source too (N011); what
stands around them, by the words of data/check.yml: at least, since, a year (N005); their order (N013)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, zip_longest
from typing import NamedTuple

from checker import figures
from checker.differences import differences, lacking
from checker.document import Block, Mark
from checker.figures import MONEY, Figure
from checker.languages import plain
from checker.pair import Pair, report_differences
from checker.project import ParsedPage, Project
from checker.registry import pair_rule, project_rule
from checker.rules.language import SMALL, sentences, words_of
from checker.rules.meaning import Side, Sides, blocks_beside
from content.findings import Finding
from content.known import Known, Words

# ---------------------------------------------------------------- in both languages


@pair_rule("N001", in_data=True)
def different_figures(pair: Pair) -> Iterator[Finding]:
    """Both languages say the same numbers, dates, amounts, percentages, articles: in each paragraph, item or cell."""
    for en, fr in pair.block_pairs:
        english, french = differences(figures.of_block(en, "en"), figures.of_block(fr, "fr"))
        marks = zip_longest(_marks(en, english, french), _marks(fr, french, english))
        yield from report_differences(pair, marks, lines=(en.line, fr.line))


def _marks(block: Block, own: Sequence[Figure], other: Sequence[Figure]) -> list[Mark]:
    """Figures as they are written; where the other side has one written alike, with what each says: 1,234 (1234)."""
    alike = {plain(figure.text) for figure in own} & {plain(figure.text) for figure in other}
    marks = []
    for figure in own:
        value = f"{float(figure.value):.12g} {figure.unit}".rstrip()
        text = f"{figure.text} ({value})" if plain(figure.text) in alike else figure.text
        marks.append(block.mark(text, figure.start))
    return marks


# ---------------------------------------------------------------- what stands beside a figure

SOUGHT = ("number", "count", "word", "fraction", "date")


def _twins(sides: Sides) -> list[tuple[Figure, Figure]]:
    """The figures that both texts say once, as each of them has it, in the order of English."""
    english, french = (figures.of_block(side.block, side.lang) for side in sides)
    found = []
    for figure in english:
        alike = _alike(figure, french) if figure.kind in SOUGHT else []
        if len(alike) == 1 and len(_alike(alike[0], english)) == 1:
            found.append((figure, alike[0]))
    return found


def _alike(figure: Figure, among: Sequence[Figure]) -> list[Figure]:
    """The figures that may say the same; where there are none, those that do but for their unit: five, cinq ans."""
    alike = [other for other in among if not figure.readings.isdisjoint(other.readings)]
    said = figure.readings | figure.short
    return alike or [other for other in among if not said.isdisjoint(other.short)]


def _is_of(figure: Figure, of: str | None) -> bool:
    """Whether words that are said of these figures (years, money, any numbers) may stand beside this one."""
    if figure.kind == "date":
        return of == "years" and figure.value > 1900
    return of is None or (of == "money" and figure.unit in MONEY)


# How many characters may stand between words and their figure. None of them ends a phrase.
AFTER_WORDS, BEFORE_WORDS = re.compile("[^,.;:()]{,12}"), re.compile("[^.;:()]{,30}")


def _beside(side: Side, among: Iterable[Figure], row: Words) -> Iterator[tuple[Figure, re.Match[str]]]:
    """Each place where the words stand, with the figure that they belong to: the next one `among` these if it comes
    right after them, else the last one before. Of "up to 40 homes": 40, "up to"."""
    text, found = side.small, [*among]
    for match in side.find(row):
        if any(figure.start <= match.start() < figure.end for figure in found):
            continue  # twice a year
        after = next((figure for figure in found if figure.start >= match.end()), None)
        before = next((figure for figure in reversed(found) if figure.end <= match.start()), None)
        if after and row.side != "after" and AFTER_WORDS.fullmatch(text, match.end(), after.start):
            yield after, match
        elif before and row.side != "before" and BEFORE_WORDS.fullmatch(text, before.end, match.start()):
            yield before, match


AROUND = 55  # characters before and after a figure in which the other language may say it
PART_END = re.compile(r"[.;:]\s")  # up to which it may
LIST_END = re.compile(r"[.;]\s|[,)] (?:or |and |soit |et |puis )?(?=€?\d)")  # of words that stand behind their figure


def _near(side: Side, figure: Figure, row: Words) -> str:
    """The text around a figure, as far as its sentence goes; of "5 a head, €50 a year" only "5 a head" is about 5."""
    before = side.small[max(figure.start - AROUND, 0) : figure.start]
    behind = side.small[figure.start : figure.end + AROUND]
    end = LIST_END if row.side == "after" and not row.of else PART_END
    return PART_END.split(before)[-1] + end.split(behind)[0]


@pair_rule("N005")
def different_words_beside_figures(pair: Pair) -> Iterator[Finding]:
    """What stands beside a figure stands in both languages: at least, up to, more than, nearly, a year, each, since."""
    for english, french in blocks_beside(pair):
        twins = _twins((english, french))
        of_english = dict(twins)
        of_french = {fr: en for en, fr in sorted(twins, key=lambda twin: twin[1].start)}
        for row in pair.project.known.beside if twins else ():
            for side, other, twin_of in ((english, french, of_english), (french, english, of_french)):
                for figure, match in _beside(side, twin_of, row):
                    twin = twin_of[figure]
                    is_of_both = _is_of(figure, row.of) and _is_of(twin, row.of)
                    if is_of_both and not row.enough[other.lang].search(_near(other, twin, row)):
                        words = side.mark(*match.span())
                        alone = replace(words, text=f"{words.text}' beside '{figure.text}")
                        line, _ = other.block.place(twin.start)
                        told = (alone, None) if side is english else (None, alone)
                        yield from report_differences(pair, [told], lines=(line, line))


# ---------------------------------------------------------------- their order

PUNCTUATION = re.compile(r"[,;:(](?= |\w)")


def _joints(known: Known, lang: str, between: str) -> set[object]:
    """What joins two figures, by the text between them: rows of words, else the marks."""
    said: set[object] = {number for number, row in enumerate(known.joints) if any(row.find(lang, between))}
    return said or {*PUNCTUATION.findall(between)}


def _swapped(sides: Sides, known: Known) -> tuple[Mark, Mark] | None:
    """The first two figures of a unit that stand in another order in French, though the same joins them: the first of
    each language. "From 12% to 19%", « de 19 % à 12 % »: 12%, 19 %.

    "€4 of €10" may be « 10 euros, dont 4 ».
    """
    english, french = (side.small for side in sides)
    for (a, a_fr), (b, b_fr) in combinations(_twins(sides), 2):
        is_of_two_units = a.unit != b.unit and a.unit and b.unit
        if a_fr.start <= b_fr.start or is_of_two_units or "date" in (a.kind, b.kind):
            continue
        joints = _joints(known, "en", english[a.end : b.start])
        if joints and joints == _joints(known, "fr", french[b_fr.end : a_fr.start]):
            return sides[0].mark(a.start, a.end), sides[1].mark(b_fr.start, b_fr.end)
    return None


@pair_rule("N013")
def figures_in_another_order(pair: Pair) -> Iterator[Finding]:
    """Figures that the same words or marks join, as in a list, stand in one order in both languages."""
    for sides in blocks_beside(pair):
        if swapped := _swapped(sides, pair.project.known):
            yield from report_differences(pair, [swapped], "figures in another order: ")


# ---------------------------------------------------------------- on several pages

IN_COMMON = 5  # words that two sentences have in common when they tell the same fact; with a number in common, one
TIMES = 3  # as large as the other at most is a number told wrongly: 43 and 33, but not 400 and 61


class Statement(NamedTuple):
    """A sentence of a page: where it stands, its figures, those in digits, and how its longer words begin."""

    parsed: ParsedPage
    place: tuple[int, int]
    figures: tuple[Figure, ...]
    numbers: list[Figure]
    words: frozenset[str]


def _statements(parsed: ParsedPage) -> Iterator[tuple[str, Statement]]:
    """The sentences with a number that rest on one source alone, their own or the next cited, each after it."""
    for block in parsed.blocks:
        of_block = figures.of_block(block, "en") if block.citations else ()
        for start, text in sentences(block.text) if of_block else ():
            following = [cited for cited in block.citations if cited.offset > start]
            end = max(start + len(text), following[0].offset) if following else 0
            ids = {cited.text for cited in following if cited.offset <= end}
            long_words = (word.casefold() for word in words_of(text) if len(word) > 3)
            begun = frozenset(word[:6] for word in long_words if word not in SMALL["en"])
            found = tuple(figure for figure in of_block if start <= figure.start < start + len(text))
            numbers = [figure for figure in found if figure.kind == "number"]
            if len(ids) == 1 and numbers:
                yield ids.pop(), Statement(parsed, block.place(start), found, numbers, begun)


def _told_differently(a: Statement, b: Statement) -> tuple[Figure, Figure] | None:
    """The one number of each sentence that the other has not, where both may be the same, told wrongly: 33 of 119
    people, 43 of 119 people; not 76 of 119, who are the rest."""
    alone, alone_other = lacking(a.numbers, b.figures), lacking(b.numbers, a.figures)
    in_common = 1 if len(alone) < len(a.numbers) else IN_COMMON
    if len(alone) != 1 or len(alone_other) != 1 or len(a.words & b.words) < in_common:
        return None
    own, other = alone[0], alone_other[0]
    low, high = sorted(float(figure.value) for figure in (own, other))
    is_rest = own.value + other.value in {figure.value for figure in (*a.figures, *b.figures)}
    return (own, other) if high <= low * TIMES and not is_rest else None


@project_rule("N011")
def figures_told_differently(project: Project) -> Iterator[Finding]:
    """What two English pages tell of one source has the same figure in both; N001 holds the French ones to it.

    It is silent where the sentences share few words, or differ in several numbers.
    """
    of_source: dict[str, list[Statement]] = defaultdict(list)
    for parsed in project.pages["en"].values():
        for id, statement in _statements(parsed):
            of_source[id].append(statement)
    for id, statements in of_source.items():
        for a, b in combinations(statements, 2):
            if a.parsed is not b.parsed and a.figures != b.figures and (differing := _told_differently(a, b)):
                where = f"{b.parsed.path} (line {b.place[0]}), of the same source ({id})"
                message = f"'{differing[0].text}' here, '{differing[1].text}' in {where}: make them the same"
                yield a.parsed.finding(a.place, message)
