"""S: sources, in pages and in data/sources.yml. S009, figures without a source, is in `numbers.py`."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from checker.addresses import malformed_address, split_address
from checker.document import SENTENCE_END, Block, Note
from checker.links import Problem
from checker.model import Project, Sheet
from checker.registry import page_rule, project_rule
from checker.rules.records import Problems, record_rule
from content.findings import Hit
from content.model import Source
from content.record import is_partial_date
from web import wording

SOURCES = "data/sources.yml"

# ---------------------------------------------------------------- in pages

# A citation that Markdown did not take for one.
BROKEN_CITATION = re.compile(r"\[\s*\^|\^\[")


@page_rule("S005")
def thin_cases(sheet: Sheet) -> Iterator[Hit]:
    """A case cites at least two sources, of at least two publishers."""
    sources = sheet.project.sources
    if sheet.page.kind != "case" or sources is None:
        return
    ids = {cited.text for cited in sheet.citations}
    publishers = {sources[id].publisher.casefold() for id in ids if id in sources}
    if len(ids) < 2:
        yield sheet.hit((1, 1), f"the case cites {len(ids)} source{'s' * (not ids)}: cite at least two")
    elif len(publishers) == 1 and ids <= set(sources):
        yield sheet.hit((1, 1), f"all {len(ids)} sources have one publisher: cite another publisher too")


@page_rule("S010")
def lone_cautions(sheet: Sheet) -> Iterator[Hit]:
    """A sentence that cites a source marked `caution` cites another one too."""
    for cited in (cited for block in sheet.blocks for cited in _lone_citations(block)):
        source = (sheet.project.sources or {}).get(cited.text)
        if source is not None and source.caution:
            message = f"'{cited.text}' (caution: {source.caution}) stands alone: cite a second source, or leave it out"
            yield sheet.hit(cited, message)


def _lone_citations(block: Block) -> Iterator[Note]:
    """The citations of the sentences that cite one source alone."""
    starts = [match.end() for match in SENTENCE_END.finditer(block.text)]
    for _, group in itertools.groupby(block.citations, key=lambda cited: bisect_right(starts, cited.offset)):
        cited = list(group)
        if len({citation.text for citation in cited}) == 1:
            yield cited[0]


@page_rule("S006")
def written_definitions(sheet: Sheet) -> Iterator[Hit]:
    """Footnotes are defined in data/sources.yml, not in pages."""
    for note in sheet.doc.definitions:
        yield sheet.hit(note, f"a footnote definition: remove it and put '{note.text}' into data/sources.yml")


@page_rule("S007")
def malformed_citations(sheet: Sheet) -> Iterator[Hit]:
    """A citation is written [^source-id]; none is left as brackets in the text."""
    for block in sheet.blocks:
        if block.kind != "code" and "^" in block.text and (match := BROKEN_CITATION.search(block.text)):
            yield sheet.hit(block.place(match.start()), "a citation that is none: write [^source-id], without spaces")


# ---------------------------------------------------------------- in data/sources.yml


def _citations(project: Project) -> list[Hit]:
    """Every citation, of pages and of data files; the message is the id."""
    cited = [sheet.hit(cited, cited.text) for sheet in project.all_sheets for cited in sheet.citations]
    return cited + project.data_citations


@project_rule("S001")
def unknown_sources(project: Project) -> Iterator[Hit]:
    """A citation names a source of data/sources.yml."""
    for hit in _citations(project):
        if project.sources is not None and hit.message not in project.sources:
            message = f"unknown source '{hit.message}': correct it or add it to {SOURCES}"
            yield hit._replace(message=message, to=f"sources/{hit.message}")


@project_rule("S002")
def unused_sources(project: Project) -> Iterator[Hit]:
    """Every source is cited at least once."""
    cited = Counter(hit.message for hit in _citations(project))
    unknown = cited.keys() - set(project.sources or ())
    unread = project.unread or any(re.fullmatch(r"data/.*\.yml", finding.path) for finding in project.findings)
    for source in (project.sources or {}).values():
        if source.id in cited or unread:
            continue
        twin = next(iter(get_close_matches(source.id, unknown, n=1, cutoff=0.8)), None)
        if not twin:
            message = f"'{source.id}' is never cited: cite it or remove it"
            yield Hit(SOURCES, source.line, 1, message, to="uses")  # of a page that is lost
        elif cited[twin] > 2:  # else the citations are misspelt, and S001 says it
            message = f"'{source.id}' is never cited, '{twin}' is {cited[twin]} times and unknown: correct the id"
            yield Hit(SOURCES, source.line, 1, message, lost=frozenset((f"sources/{twin}",)))


PLACEHOLDER = re.compile(r"\[\W*(titre|title|sans|no |untitled)", re.IGNORECASE)


# The languages a source may be in: those that Babel can name (ISO 639-1).
LANGUAGES = frozenset(code for code in map(str, wording.LANGUAGES) if len(code) == 2)


@record_rule("S003", "sources")
def incomplete_sources(_: Project, source: Source) -> Problems:
    """A source has a language, a real title, a date in the right form and an address that can be read."""
    if source.lang not in LANGUAGES:
        yield Problem(f"its language is '{source.lang}': write its code of two letters, such as en or fr")
    if PLACEHOLDER.match(source.title or ""):
        yield Problem("its title is a placeholder: give the title, or a 'subject' in both languages")
    if source.date is not None and not is_partial_date(source.date):
        yield Problem(f"its date is '{source.date}': write YYYY, YYYY-MM or YYYY-MM-DD, or null")
    if source.url is not None and (fault := malformed_address(source.url)):
        yield Problem(f"its address {fault}: correct it, or write null")


@project_rule("S004")
def repeated_sources(project: Project) -> Iterator[Hit]:
    """A publication stands once in data/sources.yml: no two with one address, or with one publisher, title and date."""
    seen: dict[tuple[str, ...], Source] = {}
    for source in (project.sources or {}).values():
        keys: list[tuple[str, ...]] = []
        if source.url:
            keys.append((re.sub(r"^https?://(www\.)?", "", source.url).rstrip("/"),))
        if source.title and source.date:
            keys.append((source.publisher.casefold(), source.title.casefold(), source.date))
        twin = next((seen[key] for key in keys if key in seen), None)
        if twin:
            message = f"'{source.id}' is the same publication as '{twin.id}' (line {twin.line}): keep one of the two"
            yield Hit(SOURCES, source.line, 1, message)
        for key in keys:
            seen.setdefault(key, source)


# Hosts of test copies of sites (dev-durable is sustainable development), and of sites that copy others' documents.
COPY = re.compile(
    r"(^|[.-])(www)?(dev(?!-durable)|testing|staging|preprod|recette)\d*[.-]|preprod\."
    r"|(^|\.)(pdfslide|fdocuments|vdocuments|readkong|123dok|docplayer)\."
)


@record_rule("S008", "sources")
def copied_sources(_: Project, source: Source) -> Problems:
    """A source's address is its publisher's, not a test copy of the site nor a site that copies documents."""
    host = split_address(source.url or "")[0]
    if COPY.search(host):
        yield Problem(f"{host} is a copy: give the publisher's own address, or null")
