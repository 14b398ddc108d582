"""Figures: those of both languages are the same, on pages (N001) and in data (D007), those of two pages on one source
too (N011)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, zip_longest
from typing import NamedTuple

from checker import figures
from checker.document import Block, Mark
from checker.figures import Figure
from checker.languages import plain
from checker.pair import Pair, report_differences
from checker.project import ParsedPage, Project
from checker.registry import data_rule, pair_rule, project_rule
from checker.rules.language import SMALL, sentences, words_of
from content.findings import Finding

# ---------------------------------------------------------------- in both languages


@pair_rule("N001")
def different_figures(pair: Pair) -> Iterator[Finding]:
    """Both languages say the same numbers, dates, amounts, percentages, articles: in each paragraph, item or cell."""
    for en, fr in pair.block_pairs:
        english, french = figures.differences(figures.of_block(en, "en"), figures.of_block(fr, "fr"))
        marks = zip_longest(_marks(en, english, french), _marks(fr, french, english))
        yield from report_differences(pair, marks, lines=(en.line, fr.line))
    texts = pair.fr.page.texts
    for key, text in ((key, text) for key, text in pair.en.page.texts.items() if key in texts):
        if differing := difference_text(text, texts[key]):
            line = pair.fr.page.meta_lines.get(key, 1)
            yield pair.en.meta_finding(key, f"the {key}: {differing} (line {line}): make them the same")


def _as_written(own: Sequence[Figure], other: Sequence[Figure]) -> list[str]:
    """Figures as they are written; where the other side has one written alike, with what each says: 1,234 (1234)."""
    alike = {plain(figure.text) for figure in own} & {plain(figure.text) for figure in other}
    texts = []
    for figure in own:
        value = f"{float(figure.value):.12g} {figure.unit}".rstrip()
        texts.append(f"{figure.text} ({value})" if plain(figure.text) in alike else figure.text)
    return texts


def _marks(block: Block, own: Sequence[Figure], other: Sequence[Figure]) -> list[Mark]:
    return [block.mark(text, figure.start) for text, figure in zip(_as_written(own, other), own, strict=True)]


def difference_text(english: str, french: str) -> str:
    """What is said of figures that one of two texts has alone: "'12%' here, nothing in French"; else empty."""
    a, b = figures.differences(figures.read(english, "en"), figures.read(french, "fr"))
    sides = ([f"'{text}'" for text in side] for side in (_as_written(a, b), _as_written(b, a)))
    here, there = (", ".join(side) or "nothing" for side in sides)
    return f"{here} here, {there} in French" if a or b else ""


@data_rule("D007")
def different_figures_of_data(project: Project) -> Iterator[Finding]:
    """The texts of data files say the same numbers in both languages."""
    for text in project.data_texts:
        if differing := difference_text(text.words["en"], text.words["fr"]):
            yield text.finding(f"{differing}: make them the same")


# ---------------------------------------------------------------- on several pages

IN_COMMON = 5  # words that two sentences have in common when they tell the same fact; with a number in common, one
TIMES = 3  # as large as the other at most is a number told wrongly: 43 and 33, but not 400 and 61


class Statement(NamedTuple):
    """A sentence of a page: where it stands, its figures, and how its words begin that are no small ones."""

    parsed: ParsedPage
    place: tuple[int, int]
    figures: tuple[Figure, ...]
    words: frozenset[str]


def _statements(parsed: ParsedPage, sources: Collection[str]) -> Iterator[tuple[str, Statement]]:
    """The sentences with a number that rest on one of the sources alone, their own or the next cited, each after it."""
    for block in (block for block in parsed.blocks if any(cited.text in sources for cited in block.citations)):
        for start, text in sentences(block.text):
            following = [cited for cited in block.citations if cited.offset > start]
            ends = max(start + len(text), following[0].offset) if following else 0
            ids = {cited.text for cited in following if cited.offset <= ends}
            found = figures.read(text, "en") if len(ids) == 1 and ids.issubset(sources) else ()
            if any(figure.kind == "number" for figure in found):
                words = (word.casefold() for word in words_of(text))
                begun = frozenset(word[:6] for word in words if len(word) > 3 and word not in SMALL["en"])
                yield ids.pop(), Statement(parsed, block.place(start), found, begun)


def _contradiction(a: Statement, b: Statement) -> tuple[Figure, Figure] | None:
    """The one number of each sentence that the other has not, where both may be the same, told wrongly: 33 of 119
    people, 43 of 119 people; not where the sentences are of other years."""
    years = [{figure.value for figure in side.figures if figure.kind == "date"} for side in (a, b)]
    numbers = [[figure for figure in side.figures if figure.kind == "number"] for side in (a, b)]
    alone = figures.lacking(numbers[0], b.figures), figures.lacking(numbers[1], a.figures)
    in_common = 1 if len(alone[0]) < len(numbers[0]) else IN_COMMON
    of_other_years = all(years) and years[0].isdisjoint(years[1])
    if of_other_years or len(a.words & b.words) < in_common or not len(alone[0]) == len(alone[1]) == 1:
        return None
    (own,), (other,) = alone
    low, high = sorted(float(figure.value) for figure in (own, other))
    same_unit = (own.unit, own.factor) == (other.unit, other.factor)  # a week is no hour
    return (own, other) if same_unit and high <= low * TIMES else None


@project_rule("N011")
def figures_told_differently(project: Project) -> Iterator[Finding]:
    """What two English pages tell of one source has the same figure in both; N001 holds the French ones to it.

    It is silent where the sentences are of other years, share few words, or differ in several numbers.
    """
    pages = Counter(id for parsed in project.parsed["en"].values() for id in {cited.text for cited in parsed.citations})
    sources = {id for id, count in pages.items() if count > 1}
    of_source: dict[str, list[Statement]] = defaultdict(list)
    for parsed in project.parsed["en"].values():
        for id, statement in _statements(parsed, sources):
            of_source[id].append(statement)
    for id, statements in of_source.items():
        for a, b in combinations(statements, 2):
            if a.parsed is not b.parsed and a.figures != b.figures and (differing := _contradiction(a, b)):
                where = f"{b.parsed.page.path} (line {b.place[0]}), of the same source ({id})"
                message = f"'{differing[0].text}' here, '{differing[1].text}' in {where}: make them the same"
                yield a.parsed.finding(a.place, message)
