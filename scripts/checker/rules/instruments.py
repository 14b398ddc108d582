"""Instruments and the pages of levers hold each other, both ways: D014."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import Section
from checker.model import Project, Sheet
from checker.registry import project_rule
from checker.rules.records import at
from content.findings import Hit
from content.model import LOCALES

INSTRUMENTS_OF = "what-you-can-do"  # the section of a lever's page below which each `###` is an instrument


@project_rule("D014")
def different_instruments(project: Project) -> Iterator[Hit]:
    """Each instrument of a lever's page has its record, and each record its heading, in the same order."""
    records = project.instruments.values()
    levers = {sheet.page.slug: sheet for sheet in project.sheets[LOCALES[0]].values() if sheet.page.kind == "lever"}
    for slug, sheet in levers.items() if records else ():
        headings = {heading.id: heading for heading in _instruments(sheet)}
        own = {instrument.id: instrument for instrument in records if instrument.lever == slug}
        for id in headings.keys() - own.keys():
            message = f"the instrument '{id}' has no record: add it to data/instruments.yml, or the heading is none"
            yield sheet.hit(headings[id], message)
        for id in own.keys() - headings.keys():
            message = f"is no instrument of {sheet.page.file}: add its heading, or remove the record"
            yield at("instruments", own[id], message, f"{LOCALES[0]}/{own[id].page}")
        moved = next((pair for pair in zip(own, headings, strict=False) if pair[0] != pair[1]), None)
        if moved and own.keys() == headings.keys():
            message = f"stands where {sheet.page.file} has '{moved[1]}': put both in one order"
            yield at("instruments", own[moved[0]], message)


def _instruments(sheet: Sheet) -> Iterator[Section]:
    inside = False
    for heading in sheet.headings:
        if heading.level == 2:
            inside = heading.id == INSTRUMENTS_OF
        elif inside and heading.level == 3:
            yield heading
