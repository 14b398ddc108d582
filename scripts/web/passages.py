"""Where the site names a territory: the passages of its pages, for the page of the territory."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker import markdown
from checker.document import SENTENCE_END, Block
from content.model import Page, Study, Territory

Runs = tuple[tuple[str, str | None], ...]  # a text in pieces, each with its language where that is another

LONGEST = 240  # characters of an excerpt
# The order of the pages, by how their path begins.
FOLDERS = ("levers/", "frameworks/", "themes/", "study/", "start/", "reference/", "cases/")


@dataclass(frozen=True)
class Passage:
    """A section that names a territory: its page, its id (None above the first heading), its heading, an excerpt."""

    path: str
    id: str | None
    heading: Runs
    excerpt: Runs


def _names(place: Territory, locale: str) -> Iterator[str]:
    """Expressions for what texts call a territory, longer names first."""
    for name in sorted({place.name[locale], place.name["fr"], place.short or place.name["fr"]}, key=len, reverse=True):
        if place.type == "city" and name == place.name["fr"]:  # Grand Paris, Brest Métropole are not the city
            yield rf"(?<!Grand )(?<!Greater ){re.escape(name)}(?! [Mm][ée]tropol)"
        else:
            yield f"(?i:{re.escape(name)})" if " " in name else re.escape(name)


def _pattern(study: Study, locale: str) -> tuple[re.Pattern[str], list[str]]:
    """An expression that finds the territories in a text, a group for each name, and the ids of the groups."""
    names = [(place.id, name) for place in study.territories.values() for name in _names(place, locale)]
    names.sort(key=lambda pair: -len(pair[1]))
    expression = "|".join(f"({name})" for _, name in names)
    return re.compile(rf"(?<![\w-])(?:{expression})(?![\w-])" if names else "(?!)"), [id for id, _ in names]


def _runs(block: Block, start: int, end: int) -> Runs:
    """The text of a block between two places, in pieces of one language."""
    pieces: list[tuple[str, str | None]] = []
    for span in sorted(block.spans, key=lambda span: span.start):
        if span.start >= start and span.end <= end:
            pieces += [(block.text[start : span.start], None), (block.text[span.start : span.end], span.lang)]
            start = span.end
    pieces.append((block.text[start:end], None))
    return tuple(piece for piece in pieces if piece[0])


def _excerpt(block: Block, at: int) -> Runs:
    """The sentence around a place of a block; of a long one the words around it."""
    text = block.text
    breaks = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    start = max(n for n in breaks if n <= at)
    end = min(n for n in breaks if n > at)
    first, last = start, end
    if end - start > LONGEST:
        first = max(start, text.rfind(" ", 0, max(at - LONGEST // 3, 1)) + 1)
        last = text.rfind(" ", 0, first + LONGEST) if first + LONGEST < end else end
    for span in block.spans:  # words in another language are not cut
        first = span.start if span.start < first < span.end else first
        last = span.end if span.start < last < span.end else last
    runs = _runs(block, first, last)
    return (*((("… ", None),) if first > start else ()), *runs, *(((" …", None),) if last < end else ()))


def _row(cells: list[Block]) -> Runs:
    """The cells of a row of a table, one after the other."""
    pieces = [((" · ", None), *_runs(cell, 0, len(cell.text))) for cell in cells if cell.text]
    return tuple(itertools.chain(*pieces))[1:]


def _of_page(page: Page, pattern: re.Pattern[str], ids: list[str]) -> Iterator[tuple[str, Passage]]:
    """The territories that a page names, each once a section."""
    for section in markdown.parse(page.body, page.body_line).sections:
        seen: set[str] = set()
        for block in section.blocks:
            for match in pattern.finditer(block.text):
                place = ids[(match.lastindex or 1) - 1]
                if place not in seen:
                    seen.add(place)
                    heading = section.heading
                    title = _runs(heading, 0, len(heading.text)) if heading else ()
                    row = [other for other in section.blocks if other.kind == "cell" and other.line == block.line]
                    excerpt = _row(row) if block.kind == "cell" else _excerpt(block, match.start())
                    yield place, Passage(page.path, section.id, title, excerpt)


def of_territories(study: Study, locale: str) -> Mapping[str, list[Passage]]:
    """For each territory, by id, the passages that name it, those of its own cases left out."""
    pattern, ids = _pattern(study, locale)
    found: dict[str, list[Passage]] = {id: [] for id in study.territories}

    pages = [page for page in study.pages[locale].values() if page.path.startswith(FOLDERS)]
    for page in sorted(pages, key=lambda page: (FOLDERS.index(page.path.split("/")[0] + "/"), page.path)):
        for place, passage in _of_page(page, pattern, ids):
            if page.meta.get("territory") != place:
                found[place].append(passage)
    return found
