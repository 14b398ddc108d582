"""S: sources, in pages and in data/sources.yml."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from checker import figures
from checker.addresses import WELL_FORMED, split_address
from checker.document import Block
from checker.figures import IN_WORDS, STRICT, Figure
from checker.languages import Number, plain
from checker.project import ParsedPage, Project
from checker.registry import GONE, page_rule, project_rule
from checker.rules.language import sentences
from checker.rules.records import Telling, finding_at, unknown_name
from content.files import mappings
from content.findings import Finding
from content.load import FILES
from content.model import Source, as_list

# ---------------------------------------------------------------- in pages

# A citation that Markdown did not take for one.
BROKEN_CITATION = re.compile(r"\[\s*\^|\^\[")


@page_rule("S005")
def thin_cases(parsed: ParsedPage) -> Iterator[Finding]:
    """A case cites at least two sources, of at least two publishers."""
    sources = parsed.project.sources
    if parsed.kind != "case" or not sources:
        return
    ids = {cited.text for cited in parsed.citations}
    publishers = {sources[id].publisher.casefold() for id in ids if id in sources}
    if len(publishers) < 2 and ids <= sources.keys():
        yield parsed.finding((1, 1), f"sources cited: {len(ids)}, publishers: {len(publishers)}: cite two at least")


@page_rule("S010")
def lone_cautions(parsed: ParsedPage) -> Iterator[Finding]:
    """A sentence that cites a source marked `caution` cites another one too."""
    for block in parsed.blocks:
        starts = [start for start, _ in sentences(block.text)]
        for _, group in groupby(block.citations, key=lambda cited: bisect_right(starts, cited.offset)):
            citations = [*group]  # of one sentence
            source = parsed.project.sources.get(citations[0].text)
            if source and source.caution and {cited.text for cited in citations} == {source.id}:
                alone = f"'{source.id}' (caution: {source.caution}) stands alone"
                yield parsed.finding(citations[0], f"{alone}: cite a second source, or leave it out")


@page_rule("S007")
def malformed_citations(parsed: ParsedPage) -> Iterator[Finding]:
    """A citation is written [^source-id], none is left as brackets, and what it cites stands in data/sources.yml."""
    for mark in parsed.doc.definitions:
        yield parsed.finding(mark, f"a footnote definition: remove it and put '{mark.text}' into {FILES['sources']}")
    texts = [block for block in parsed.blocks if block.kind != "code"]
    broken = {block.place(match.start()) for block in texts for match in BROKEN_CITATION.finditer(block.text)}
    for place in sorted(broken.union((mark.line, mark.column) for mark in parsed.doc.strays)):
        message = "a citation that is none: write [^source-id] without spaces, never in code, a comment, a link's title"
        yield parsed.finding(place, message)


CITED_KINDS = ("lever", "framework", "theme", "case")
# The numbers that may stand between such a word as "articles" and the one that is looked at: 12, 13 and 14.
NUMBERS = r" *(?:\d[\d/-]*(?:er)?(?:,| (?:and|or|to|et|ou|à)) )*(?:\d+[/-])?"


@page_rule("S009")
def uncited_figures(parsed: ParsedPage) -> Iterator[Finding]:
    """A figure has a citation in its paragraph, item or table row (levers, modes, legal pages, themes, cases).

    An item or a row may have it from the paragraph that introduces the list or the table.
    A date that the page gives elsewhere with a citation may be named again (the 2018 ruling), and the numbers
    of articles and laws are names. Numbers in words, or up to 12 as words might say them (eight weeks), advice, a year
    that is asked about, indicators and what is marked as ours need none. The words for all these are in data/check.yml.
    """
    if parsed.kind not in CITED_KINDS:
        return
    known = _cited_values(parsed)
    numbered = re.compile(rf"(?i)(?<!\w)(?:{parsed.project.known.numbered}){NUMBERS}")
    for block, figure in _uncited(parsed):
        place, start = block.place(figure.start), max(figure.start - 60, 0)
        named = numbered.finditer(plain(block.text[start : figure.end]))
        is_name = figure.kind == "code" or any(start + match.end() == figure.start for match in named)
        is_small = figure.value < IN_WORDS.stop and figure.scale == 1 and figure.unit not in STRICT
        is_as_words = (is_small and figure.kind in ("number", "hint")) or not re.search(r"\d", figure.text)
        is_known_date = figure.kind == "date" and figure.value in known
        if not (is_known_date or is_name or is_as_words):
            yield parsed.finding(place, f"'{figure.text}' has no source: cite one in this {block.kind}")


def _uncited(parsed: ParsedPage) -> Iterator[tuple[Block, Figure]]:
    """The figures of the paragraphs, items and rows that no citation covers, and that are no advice and not ours."""
    known = parsed.project.known
    for section in (section for section in parsed.doc.sections if section.id not in known.advice):
        introduction_cites = False  # of the list or table that the row is of
        for _, row in groupby(section.blocks, key=lambda b: (b.line, b.kind == "paragraph")):
            blocks = [*row]
            is_paragraph, cites = blocks[0].kind == "paragraph", any(block.citations for block in blocks)
            if is_paragraph:
                introduction_cites = cites or blocks[0].text.startswith(known.steps)
            is_ours = any(ours in block.text for block in blocks for ours in known.ours)
            if not (cites or is_ours or (introduction_cites and not is_paragraph)):
                found = ((block, f) for block in blocks for f in figures.of_block(block, parsed.locale))
                asks = section.id in known.asked
                yield from ((block, f) for block, f in found if not (asks and f.kind == "date" and f.text.isdigit()))


def _cited_values(parsed: ParsedPage) -> set[Number]:
    """The values that the page gives with a citation, in a table or in its front matter."""
    cited = [block for block in parsed.blocks if block.citations or block.kind in ("header", "cell")]
    meta = " ".join(str(parsed.meta.get(key)) for key in ("since", "status_year"))
    of_text = (figure for block in cited for figure in figures.of_block(block, parsed.locale))
    return {figure.value for figure in (*of_text, *figures.read(meta, "en"))}


# ---------------------------------------------------------------- in data/sources.yml


def _citations(project: Project) -> Iterator[tuple[str, Telling]]:
    """Every citation, of pages and of data files: the id of the source, and what tells a fault there."""
    for parsed in project.all_parsed:
        yield from ((cited.text, partial(parsed.finding, cited)) for cited in parsed.citations)
    for file, mapping in ((file, one) for file, value in project.data.items() for _, one in mappings(value)):
        for key in [key for key in ("source", "sources") if isinstance(mapping.get(key), str | list)]:
            tell = partial(Finding, file, mapping.lines[key], 1)
            yield from ((str(id), tell) for id in as_list(mapping[key]))


@project_rule("S001")
def unknown_sources(project: Project) -> Iterator[Finding]:
    """A citation names a source of data/sources.yml."""
    for id, tell in _citations(project):
        if wrong := unknown_name(project, "sources", id):
            yield tell(wrong)


@project_rule("S002", after=(*GONE, "S001"))
def unused_records(project: Project) -> Iterator[Finding]:
    """Every source is cited at least once, a territory has a case, a duty is that of an instrument."""
    cited = {id for id, _ in _citations(project)}
    told_of = {parsed.meta.get("territory") for parsed in project.all_parsed}
    due = {id for instrument in project.instruments.values() for id in instrument.duties}
    for used, records in ((cited, project.sources), (told_of, project.territories), (due, project.duties)):
        for record in (record for id, record in records.items() if id not in used):
            yield finding_at(record, "nothing has it: cite the source, write the case, name the duty, or remove it")


@project_rule("S003")
def wrong_sources(project: Project) -> Iterator[Finding]:
    """A source has a title or a subject in our words, and the address of its publisher: not that of a copy, and without
    what only says where a reader came from (?source=news)."""
    untitled = re.compile(rf"\[\W*(?:{project.known.untitled})", re.IGNORECASE)
    copy = re.compile(rf"(?:^|[.-])(?:www)?(?:{project.known.copies})\d*[.-]")
    tracker = re.compile(rf"[?&#](?:{project.known.trackers})=")
    for source in project.sources.values():
        if (source.title is None) == (source.subject is None) or untitled.match(source.title or ""):
            message = "give one of the two, its real 'title' or, where it is not known, a 'subject' in both languages"
            yield finding_at(source, message)
        if source.url is not None and not WELL_FORMED.fullmatch(source.url):
            yield finding_at(source, f"'{source.url}' is no address of a page: correct it, or write null")
        if copy.search(host := split_address(source.url or "")[0]):
            yield finding_at(source, f"{host} is a copy: give the publisher's own address, or null")
        if found := tracker.search(source.url or ""):
            yield finding_at(source, f"its address says where you came from: leave out '{found[0][1:]}…'")


@project_rule("S004")
def repeated_sources(project: Project) -> Iterator[Finding]:
    """A publication stands once in data/sources.yml: no two with one address, or with one publisher, title and date."""
    seen: dict[tuple[str, ...], Source] = {}
    for source in project.sources.values():
        address = re.sub(r"^https?://(www\.)?", "", source.url or "").rstrip("/")
        record = (source.publisher.casefold(), (source.title or "").casefold(), source.date or "")
        keys = [key for key in ((address,), record) if all(key)]
        if twin := next((seen[key] for key in keys if key in seen), None):
            message = f"it is the same publication as '{twin.id}' (line {twin.line}): keep one of the two"
            yield finding_at(source, message)
        for key in keys:
            seen.setdefault(key, source)
