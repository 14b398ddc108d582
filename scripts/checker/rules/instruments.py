"""Rules for instruments, ways to start and amounts, D014 to D016, D018: data and pages hold each other, both ways."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import Section
from checker.links import Problem, no_target
from checker.model import Project, Sheet
from checker.registry import project_rule
from checker.rules.records import Problems, at, no_record, record_rule, unshown
from content.findings import Hit
from content.instruments import Amount, Instrument, Start
from content.model import LOCALES

START_PAGE = "start/index.md"
INSTRUMENTS_OF = "what-you-can-do"  # the section of a lever's page below which each `###` is an instrument
# The most characters that a text of an instrument has room for in its table.
ROOM = {"use": 90, "takes": 90, "risk": 90, "first": 140, "travels_why": 110}


@project_rule("D014")
def different_instruments(project: Project) -> Iterator[Hit]:
    """Each instrument of a lever's page has its record, and each record its heading, in the same order."""
    records = project.instruments.values()
    levers = {sheet.page.slug: sheet for sheet in project.sheets[LOCALES[0]].values() if sheet.page.kind == "lever"}
    for instrument in records:
        if instrument.lever not in levers and not project.unread:
            yield at("instruments", instrument, Problem(f"there is no lever '{instrument.lever}': correct it"))
    for slug, sheet in levers.items() if records else ():
        headings = {heading.id: heading for heading in _instruments(sheet)}
        own = {instrument.id: instrument for instrument in records if instrument.lever == slug}
        for id in headings.keys() - own.keys():
            message = f"the instrument '{id}' has no record: add it to data/instruments.yml, or the heading is none"
            yield sheet.hit(headings[id], message)
        for id in own.keys() - headings.keys():
            message = f"is no instrument of {sheet.page.file}: add its heading, or remove the record"
            yield at("instruments", own[id], Problem(message, f"{LOCALES[0]}/{own[id].page}"))
        moved = next((pair for pair in zip(own, headings, strict=False) if pair[0] != pair[1]), None)
        if moved and own.keys() == headings.keys():
            message = f"stands where {sheet.page.file} has '{moved[1]}': put both in one order"
            yield at("instruments", own[moved[0]], Problem(message))


def _instruments(sheet: Sheet) -> Iterator[Section]:
    inside = False
    for heading in sheet.headings:
        if heading.level == 2:
            inside = heading.id == INSTRUMENTS_OF
        elif inside and heading.level == 3:
            yield heading


@record_rule("D015", "instruments")
def wrong_instruments(project: Project, instrument: Instrument) -> Problems:
    """An instrument names types of authority, law and cases that there are, in texts that have room in its table."""
    for slug in instrument.who:
        if slug not in (project.names("territory_types") or [slug]):
            yield Problem(f"'who' has '{slug}', which is no type of authority: correct it, or add it to data/terms.yml")
    for address in (
        *(f"frameworks/{law}" for law in instrument.law),
        *(f"cases/{slug}.md" for slug in instrument.cases),
    ):
        yield no_target(project, address)
    for key, most in ROOM.items():
        for locale, text in getattr(instrument, key).items():
            if len(text) > most:
                yield Problem(f"'{key}' has {len(text)} characters in '{locale}': shorten it to {most} at most")


@record_rule("D018", "starts")
def wrong_starts(project: Project, start: Start) -> Problems:
    """A way to start names instruments, cases and amounts that there are, and a section of its page shows it."""
    yield no_target(project, f"{START_PAGE}#{start.id}")
    yield unshown(project, f"start-{start.id}")
    for step in start.steps:
        yield no_record(project, "instruments", step.instrument)
        yield no_target(project, f"cases/{step.case}.md") if step.case else None
        yield from (no_record(project, "amounts", amount) for amount in step.amounts)


@record_rule("D016", "amounts")
def wrong_amounts(project: Project, amount: Amount) -> Problems:
    """An amount names an instrument and a territory that there are, and a page tells it; some page shows its kind."""
    yield no_record(project, "instruments", amount.instrument)
    yield no_record(project, "territories", amount.territory)
    yield no_target(project, amount.page)
    yield unshown(project, f"amounts-{amount.kind}")
