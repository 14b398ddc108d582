"""Figures of pages: the same in both languages (N001), each with a source (S009)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest

from checker import figures
from checker.differing import line_of, tell
from checker.document import Block, Note, by_language
from checker.figures import Figure
from checker.model import Pair, Sheet
from checker.registry import page_rule, pair_rule
from content.findings import Hit
from content.model import TEXT_KEYS

CITED_KINDS = ("lever", "framework", "theme", "case")
# What stands before the number of a law, article, annex, step …: the number is a name.
NUMBERED = re.compile(
    r"(?:\b(?:articles?|art\.|annexe?s?|appendix|nos?\.|numbers?|steps?|lots?|phases?|chapters?|titles?|levers?"
    r"|étapes?|chapitres?|titres?|leviers?|tableaux?|tables?|points?|parts?|partie|paragraphe|laws?|lois?|decree"
    r"|décret|regulation|règlement|directive|\((?:EU|UE)\))|n°|§)"
    r" *(?:\d[\d/-]*(?:er)?(?:,| (?:and|or|to|et|ou|à)) )*(?:\d+[/-])?$",
    re.IGNORECASE,
)


@page_rule("S009")
def uncited_figures(sheet: Sheet) -> Iterator[Hit]:
    """A figure has a citation in its paragraph, item or table row (levers, modes, legal pages, themes, cases).

    An item may have it from the paragraph that introduces the list, a row from its header or from the
    paragraph that introduces the table, and the paragraph that introduces a cited list from the list.
    A date that the page gives elsewhere with a citation may be named again (the 2018 ruling), and the numbers
    of articles and laws are names. Advice, indicators and what is marked as our calculation need none: the words
    for these are in data/check.yml.
    """
    if sheet.page.kind not in CITED_KINDS:
        return
    uncited = [
        (block, figure) for block, figure in _uncited(sheet) if figure.kind != "code" and re.search(r"\d", figure.text)
    ]
    known = _cited_values(sheet) if any(figure.kind == "date" for _, figure in uncited) else set()
    told: set[tuple[int, int]] = set()  # a date is several figures at one place
    for block, figure in uncited:
        place = block.place(figure.start)
        dated = figure.kind == "date" and figure.value in known
        if not dated and place not in told and not _is_name(block, figure):
            told.add(place)
            yield sheet.hit(place, f"'{figure.text}' has no source: cite one in this {block.kind}")


def _uncited(sheet: Sheet) -> Iterator[tuple[Block, Figure]]:
    """The figures of the paragraphs, items and rows that no citation covers, and that are no advice and not ours."""
    known = sheet.project.known
    for section in (section for section in sheet.doc.sections if section.id not in known.advice):
        rows = [list(row) for _, row in groupby(section.blocks, key=lambda b: (b.line, b.kind == "paragraph"))]
        introduced = header = False
        for row, after in zip(rows, [*rows[1:], []], strict=False):
            has = any(block.citations for block in row)
            if row[0].kind == "paragraph":
                introduced, header = has or row[0].text.startswith(known.steps), False
                has = has or (row[0].text.rstrip().endswith(":") and any(block.citations for block in after))
            elif row[0].kind == "header":
                header = has
            has = has or any(ours in block.text for block in row for ours in known.ours)
            if not (has or (introduced and row[0].kind != "paragraph") or (header and row[0].kind == "cell")):
                yield from _figures(row, sheet.page.locale)


def _cited_values(sheet: Sheet) -> set[figures.Number | str]:
    """The values that the page gives with a citation, in a table or in its front matter."""
    cited = [block for block in sheet.blocks if block.citations or block.kind in ("header", "cell")]
    meta = " ".join(str(sheet.page.meta.get(key)) for key in ("since", "status_year"))
    return {figure.value for figure in (*(f for _, f in _figures(cited, sheet.page.locale)), *figures.read(meta, "en"))}


def _is_name(block: Block, figure: Figure) -> bool:
    return bool(NUMBERED.search(figures.plain(block.text[max(figure.start - 60, 0) : figure.start])))


def _figures(blocks: Iterable[Block], locale: str) -> list[tuple[Block, Figure]]:
    """The figures of the blocks, words marked with their language read in that language."""
    texts = ((block, lang, text) for block in blocks for lang, text in by_language(block, locale))
    return [(block, figure) for block, lang, text in texts for figure in figures.read(text, lang)]


@pair_rule("N001")
def different_figures(pair: Pair) -> Iterator[Hit]:
    """Both languages say the same numbers, dates, amounts, percentages, articles: in each paragraph, item or cell."""
    for en, fr in pair.aligned_blocks:
        sides = _figures(en, "en"), _figures(fr, "fr")
        homes = {id(figure): block for side in sides for block, figure in side}
        alone = zip_longest(*figures.differences(*([figure for _, figure in side] for side in sides)))
        marks = ((_mark(a, b, homes), _mark(b, a, homes)) for a, b in alone)
        yield from tell(pair, marks, (line_of(en), line_of(fr)))
    for key in (key for key in TEXT_KEYS if key in pair.en.page.meta and key in pair.fr.page.meta):
        here, there = figures.compare(*(str(sheet.page.meta.get(key) or "") for sheet in (pair.en, pair.fr)))
        if here or there:
            line = pair.fr.page.meta_lines.get(key, 1)
            yield pair.en.meta_hit(key, f"the {key}: {both(here, there)} (line {line}): make them the same")


def _mark(figure: Figure | None, twin: Figure | None, homes: dict[int, Block]) -> Note | None:
    """A figure as it is written, with what it says where the other is written alike: 1,234 is 1.234 in French."""
    if figure is None:
        return None
    text = figure.text
    if twin and figures.plain(text) == figures.plain(twin.text):
        value = figure.value if isinstance(figure.value, str) else f"{float(figure.value):.12g}"
        text = f"{text} ({f'{value} {figure.unit}'.rstrip()})"
    return Note(text, *homes[id(figure)].place(figure.start))


def both(here: list[Figure], there: list[Figure]) -> str:
    """What is said of figures that each language has alone."""
    texts = [", ".join(f"'{figure.text}'" for figure in side) or "nothing" for side in (here, there)]
    return f"{texts[0]} here, {texts[1]} in French"
