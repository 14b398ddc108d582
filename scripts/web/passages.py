"""Where the site names a territory: the passages of its pages, for the page of the territory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker import markdown
from checker.document import SENTENCE_END, Block, Section
from content.model import Page, Study, Territory

Runs = tuple[tuple[str, str | None], ...]  # a text in pieces, each with its language where that is another

LONGEST = 240  # characters of an excerpt
# A sentence that begins so is not understood without the one before.
POINTS_BACK = re.compile(r"(?:It|They|This|These|He|She|There|Ils?|Elles?|Cela|Celui|Celle|Ce|Ces)\b")
# Before and after the name of a city where a court sits: that is no mention of its authority.
COURT = (r"(?<!appeal in )(?<!appel de )(?<!administratif de )(?<!judiciaire de )", r"(?! (?:administrative )?court)")
LAST = ("in-brief", "not-known")  # sections that come after those that tell what was done
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
    bare = place.name["fr"].removeprefix("Le ")  # Petit-Quevilly, as its own pages say
    for name in sorted({place.name[locale], place.name["fr"], place.short or bare}, key=len, reverse=True):
        if place.type == "city" and name in (place.name["fr"], bare):  # Grand Paris, Brest Métropole are not the city
            yield rf"(?<!Grand )(?<!Greater ){re.escape(name)}(?! [Mm][ée]tropol)"
        else:
            yield f"(?i:{re.escape(name)})" if " " in name else re.escape(name)


def _pattern(study: Study, locale: str) -> tuple[re.Pattern[str], list[str]]:
    """An expression that finds the territories in a text, a group for each name, and the ids of the groups."""
    names = [(place.id, name) for place in study.territories.values() for name in _names(place, locale)]
    names.sort(key=lambda pair: -len(pair[1]))
    expression = "|".join(f"({name})" for _, name in names)
    whole = rf"(?<![\w-]){COURT[0]}(?:{expression})(?![\w-]){COURT[1]}"
    return re.compile(whole if names else "(?!)"), [id for id, _ in names]


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
    """The sentence around a place of a block, with the one that it points back to; of a long one the words around."""
    text = block.text
    breaks = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    start = max(n for n in breaks if n <= at)
    if start and POINTS_BACK.match(text[start:].lstrip()):
        start = max(n for n in breaks if n < start)
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


def _row(section: Section, cell: Block, colon: str) -> Runs:
    """The row of a cell of a table: its head, then what stands below the names of the columns, each with its name."""
    cells = [block for block in section.blocks if block.kind == "cell" and block.line == cell.line]
    headers = [block for block in section.blocks if block.kind == "header" and block.line < cell.line]
    names = [block for block in headers if block.line == headers[-1].line]
    pieces = list(_runs(cells[0], 0, len(cells[0].text)))
    for name, other in zip(names[1:], cells[1:], strict=False):
        if other.text:
            pieces += [(" · ", None), *_runs(name, 0, len(name.text)), (f"{colon} ", None)]
            pieces += _runs(other, 0, len(other.text))
    return tuple(pieces)


def _of_page(page: Page, pattern: re.Pattern[str], ids: list[str]) -> Iterator[tuple[str, Passage]]:
    """The territories that a page names, each once a section."""
    colon = "\u00a0:" if page.locale == "fr" else ":"
    for section in sorted(markdown.parse(page.body, page.body_line).sections, key=lambda part: part.id in LAST):
        seen: set[str] = set()
        for block in section.blocks:
            for match in pattern.finditer(block.text):
                place = ids[(match.lastindex or 1) - 1]
                if place not in seen:
                    seen.add(place)
                    heading = section.heading
                    title = _runs(heading, 0, len(heading.text)) if heading else ()
                    in_table = block.kind == "cell"
                    excerpt = _row(section, block, colon) if in_table else _excerpt(block, match.start())
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
