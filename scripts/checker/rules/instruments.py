"""Rules for instruments, ways to start and amounts, D014 to D018: data and pages hold each other, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker import figures
from checker.document import Section
from checker.links import Problem, no_target
from checker.model import Project, Sheet
from checker.registry import page_rule, project_rule
from checker.rules.records import no_record, told
from content.findings import Hit
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
    records = (project.instruments or {}).values()
    levers = {sheet.page.slug: sheet for sheet in project.sheets[LOCALES[0]].values() if sheet.page.kind == "lever"}
    for instrument in records:
        if instrument.lever not in levers and not project.unread:
            yield from told(FILE, instrument, [(f"there is no lever '{instrument.lever}': correct it", "")])
    for slug, sheet in levers.items() if records else ():
        headings = {heading.id: heading for heading in _instruments(sheet)}
        own = {instrument.id: instrument for instrument in records if instrument.lever == slug}
        for id in headings.keys() - own.keys():
            message = f"the instrument '{id}' has no record: add it to {FILE}, or the heading is none"
            yield sheet.hit(headings[id], message)
        for id in own.keys() - headings.keys():
            message = f"is no instrument of {sheet.page.file}: add its heading, or remove the record"
            yield from told(FILE, own[id], [(message, f"{LOCALES[0]}/{own[id].page}")])
        moved = next((pair for pair in zip(own, headings, strict=False) if pair[0] != pair[1]), None)
        if moved and own.keys() == headings.keys():
            message = f"stands where {sheet.page.file} has '{moved[1]}': put both in one order"
            yield from told(FILE, own[moved[0]], [(message, "")])


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
    known = project.names("territory_types")
    for instrument in (project.instruments or {}).values():
        problems = [
            (f"'who' has '{slug}', which is no type of authority: correct it, or add it to data/terms.yml", "")
            for slug in instrument.who
            if known is not None and slug not in known
        ]
        problems += _missing(project, "law", [f"frameworks/{section}" for section in instrument.law])
        problems += _missing(project, "cases", [f"cases/{slug}.md" for slug in instrument.cases])
        problems += [
            (f"'{key}' has {len(text)} characters in '{locale}': shorten it to {most} at most", "")
            for key, most in ROOM.items()
            for locale, text in getattr(instrument, key).items()
            if len(text) > most
        ]
        yield from told(FILE, instrument, problems)


def _missing(project: Project, key: str, addresses: Iterable[str]) -> list[Problem]:
    """What is wrong with the addresses that a record names under a key."""
    return [(f"'{key}': {wrong[0]}", wrong[1]) for address in addresses if (wrong := no_target(project, address))]


def _unshown(project: Project, part: str) -> Problem | None:
    """What is wrong with a generated part that no page asks for."""
    if project.unread or any(part == shown.text for sheet in project.all_sheets for shown in sheet.parts):
        return None
    return f"no page shows it: correct it, or write <!-- generated: {part} --> in a section", ""


@project_rule("D018")
def wrong_starts(project: Project) -> Iterator[Hit]:
    """A way to start names instruments, cases and amounts that there are, and a section of its page shows it."""
    for start in (project.starts or {}).values():
        problems = [no_target(project, f"{START_PAGE}#{start.id}"), _unshown(project, f"start-{start.id}")]
        for step in start.steps:
            problems.append(no_record(project, "instrument", step.instrument))
            problems += _missing(project, "case", [f"cases/{step.case}.md"] if step.case else [])
            problems += [no_record(project, "amount", amount) for amount in step.amounts]
        yield from told(STARTS, start, problems)


@project_rule("D016")
def wrong_amounts(project: Project) -> Iterator[Hit]:
    """An amount names an instrument and a territory that there are, and a page tells it; some page shows its kind."""
    for amount in (project.amounts or {}).values():
        yield from told(
            AMOUNTS,
            amount,
            [
                no_record(project, "instrument", amount.instrument),
                no_record(project, "territory", amount.territory),
                *_missing(project, "page", [amount.page]),
                _unshown(project, f"amounts-{amount.kind}"),
            ],
        )


@page_rule("D017")
def untold_amounts(sheet: Sheet) -> Iterator[Hit]:
    """The page that a sum of money names says it, with one of its sources, in the section that is named."""
    locale = sheet.page.locale
    for amount in (sheet.project.amounts or {}).values():
        path, _, anchor = amount.page.partition("#")
        if path != sheet.page.path or amount.measure != "EUR":
            continue
        said = {
            value
            for block in sheet.citing(anchor, amount.sources)
            for figure in figures.read(block.text, locale)
            for value, _ in figure.readings
        }
        for value in dict.fromkeys((amount.low, amount.high)):
            if value and Fraction(str(value)) not in said:
                text = web.number_text(value, amount.measure, locale)
                message = f"{sheet.page.file}#{anchor} does not say '{text}' with its source: make them agree"
                yield from told(AMOUNTS, amount, [(message, f"{locale}/{amount.page}")])
