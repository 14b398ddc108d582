"""Rules for instruments, ways to start and amounts, D014 to D018: data and pages hold each other, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest

from checker import figures
from checker.document import Section
from checker.links import no_target
from checker.model import Project, Sheet
from checker.registry import page_rule, project_rule
from content.findings import Hit
from content.instruments import Instrument
from content.model import LOCALES
from web import instruments as web

FILE, AMOUNTS, STARTS = "data/instruments.yml", "data/amounts.yml", "data/start.yml"
START_PAGE = "start/index.md"
INSTRUMENTS_OF = "what-you-can-do"  # the section of a lever's page below which each `###` is an instrument
# The most characters that a text of an instrument has room for in its table.
ROOM = {"use": 90, "takes": 90, "risk": 90, "first": 140, "travels_why": 110}


@project_rule("D014")
def different_instruments(project: Project) -> Iterator[Hit]:
    """Each instrument of a lever's page has its record, and each record its heading, in the same order."""
    if not project.instruments:
        return
    levers = {sheet.page.slug: sheet for sheet in project.sheets[LOCALES[0]].values() if sheet.page.kind == "lever"}
    for instrument in project.instruments.values():
        if instrument.lever not in levers and not project.unread:
            message = f"'{instrument.id}': there is no lever '{instrument.lever}': correct it"
            yield Hit(FILE, instrument.line, 1, message)
    for slug, sheet in levers.items():
        headings = list(_instruments(sheet))
        records = [i for i in project.instruments.values() if i.lever == slug]
        ids = {instrument.id for instrument in records}
        for heading in headings:
            if heading.id not in ids:
                message = f"the instrument '{heading.id}' has no record: add it to {FILE}, or the heading is none"
                yield sheet.hit(heading, message)
        missing = [i for i in records if i.id not in {h.id for h in headings}]
        for instrument in missing:
            message = f"'{instrument.id}' is no instrument of {sheet.page.file}: add its heading, or remove the record"
            yield Hit(FILE, instrument.line, 1, message, to=f"{LOCALES[0]}/{instrument.page}")
        if not missing and len(headings) == len(records):
            for heading, instrument in zip_longest(headings, records):
                if heading.id != instrument.id:
                    message = (
                        f"'{instrument.id}' stands where {sheet.page.file} has '{heading.id}': put both in one order"
                    )
                    yield Hit(FILE, instrument.line, 1, message)
                    break


def _instruments(sheet: Sheet) -> Iterator[Section]:
    inside = False
    for heading in sheet.headings:
        if heading.level == 2:
            inside = heading.id == INSTRUMENTS_OF
        elif inside and heading.level == 3:
            yield heading


@project_rule("D015")
def wrong_instruments(project: Project) -> Iterator[Hit]:
    """An instrument names types of authority, law and cases that there are, in texts that have room in its table."""
    for instrument in (project.instruments or {}).values():
        for message, to in _wrong(project, instrument):
            yield Hit(FILE, instrument.line, 1, f"'{instrument.id}': {message}", to=to)


@project_rule("D018")
def wrong_starts(project: Project) -> Iterator[Hit]:
    """A way to start names instruments, cases and amounts that there are, and a section of its page shows it."""
    shown = {part.name for sheet in project.all_sheets for part in sheet.parts}
    for start in (project.starts or {}).values():
        messages = [no_target(project, START_PAGE, start.id)]
        if f"start-{start.id}" not in shown and not project.unread:
            message = f"no page shows it: write <!-- generated: start-{start.id} --> in a section of {START_PAGE}"
            messages.append((message, ""))
        for step in start.steps:
            if project.instruments is not None and step.instrument not in project.instruments:
                message = f"there is no instrument '{step.instrument}': correct it, or add it to {FILE}"
                messages.append((message, ""))
            if step.case and (wrong := no_target(project, f"cases/{step.case}.md", "")):
                messages.append(wrong)
            for amount in step.amounts:
                if project.amounts is not None and amount not in project.amounts:
                    messages.append((f"there is no amount '{amount}': correct it, or add it to {AMOUNTS}", ""))
        for message, to in filter(None, messages):
            yield Hit(STARTS, start.line, 1, f"'{start.id}': {message}", to=to)


def _wrong(project: Project, instrument: Instrument) -> Iterator[tuple[str, str]]:
    """What is wrong, and the address that it needs."""
    known = project.names("territory_types")
    for slug in instrument.who:
        if known is not None and slug not in known:
            yield f"'who' has '{slug}', which is no type of authority: correct it, or add it to data/terms.yml", ""
    for section in instrument.law:
        if wrong := no_target(project, *f"frameworks/{section}".partition("#")[::2]):
            yield f"'law' names '{section}': {wrong[0]}", wrong[1]
    for slug in instrument.cases:
        if wrong := no_target(project, f"cases/{slug}.md", ""):
            yield f"'cases' names '{slug}', and there is no docs/…/cases/{slug}.md: correct it", wrong[1]
    for key, most in ROOM.items():
        for locale, text in getattr(instrument, key).items():
            if len(text) > most:
                yield f"'{key}' has {len(text)} characters in '{locale}': shorten it to {most} at most", ""


@project_rule("D016")
def wrong_amounts(project: Project) -> Iterator[Hit]:
    """An amount names an instrument and a territory that there are, and a page tells it; some page shows its kind."""
    shown = {part.name for sheet in project.all_sheets for part in sheet.parts}
    for amount in (project.amounts or {}).values():
        messages = []
        if amount.instrument and project.instruments is not None and amount.instrument not in project.instruments:
            messages.append((f"there is no instrument '{amount.instrument}': correct it, or add it to {FILE}", ""))
        if amount.territory and project.territories is not None and amount.territory not in project.territories:
            message = f"there is no territory '{amount.territory}': correct it, or add it to data/territories.yml"
            messages.append((message, f"territories/{amount.territory}"))
        if wrong := no_target(project, *amount.page.partition("#")[::2]):
            messages.append((f"'page': {wrong[0]}", wrong[1]))
        if f"amounts-{amount.kind}" not in shown and not project.unread:
            message = f"no page shows amounts of the kind '{amount.kind}': correct it, or ask for them there"
            messages.append((message, ""))
        for message, to in messages:
            yield Hit(AMOUNTS, amount.line, 1, f"'{amount.id}': {message}", to=to)


@page_rule("D017")
def untold_amounts(sheet: Sheet) -> Iterator[Hit]:
    """The page that a sum of money names says it, with one of its sources, in the section that is named."""
    locale = sheet.page.locale
    for amount in (sheet.project.amounts or {}).values():
        path, _, anchor = amount.page.partition("#")
        if path != sheet.page.path or amount.measure != "EUR":
            continue
        told = _told(sheet, anchor, amount.sources)
        for value in dict.fromkeys((amount.low, amount.high)):
            if value and Fraction(str(value)) not in told:
                said = web.number_text(value, amount.measure, locale)
                message = f"{sheet.page.file}#{anchor} does not say '{said}' with its source: make them agree"
                yield Hit(AMOUNTS, amount.line, 1, f"'{amount.id}': {message}", to=f"{locale}/{amount.page}")


def _told(sheet: Sheet, anchor: str, sources: Sequence[str]) -> set[object]:
    """The numbers that a section says in the paragraphs, items and rows that cite one of these sources."""
    blocks = [b for section in sheet.doc.sections if not anchor or section.id == anchor for b in section.blocks]
    lines = {block.line for block in blocks if any(citation.id in sources for citation in block.citations)}
    found = [figure for b in blocks if b.line in lines for figure in figures.read(b.text, sheet.page.locale)]
    return {value for figure in found for value, _ in figure.readings}
