"""What records say is told on pages: territories have cases (D004) and say what these do (D021), cases of the study its
record (D020), instruments their headings (D014), sums and charts the section that tells them (D009, D023)."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from itertools import product
from math import isclose
from typing import NamedTuple

from checker import figures
from checker.differences import differences
from checker.figures import Figure
from checker.languages import Number
from checker.project import ParsedPage, Project
from checker.registry import data_rule, project_rule
from checker.rules.published import no_target
from checker.rules.records import Telling, finding_at
from content.findings import SOME_USE, Finding
from content.instruments import Instrument
from content.load import FILES
from content.locales import LANGUAGE, LOCALES
from content.writing import money_text

LESSONS = ("lesson", "cost", "copy", "avoid")  # the texts of a territory


@data_rule("D021")
def wrong_lessons(project: Project) -> Iterator[Finding]:
    """The texts of a territory have no figure that none of its cases tells, in either language."""
    for place in project.territories.values() if not project.unread else ():
        cases = [parsed for parsed in project.all_parsed if parsed.meta.get("territory") == place.id]
        told = [figure for case in cases for figure in _figures_of(case)]
        for field, locale in product(LESSONS if cases else (), LOCALES):
            text = getattr(place, field)
            own = figures.read(text[locale], locale) if text else ()
            for figure in differences(own, told)[0] if own else ():
                its = f"its {field} in {LANGUAGE[locale]}"
                message = f"{its} says '{figure.text}', which no case of it does: correct it, or tell it there"
                yield finding_at(place, message)


def _figures_of(page: ParsedPage) -> Iterator[Figure]:
    """The figures of a page, those of its front matter first."""
    for value in page.meta.values():
        yield from figures.read(str(value), page.locale)
    for block in page.blocks:
        yield from figures.of_block(block, page.locale)


@data_rule("D004")
def unused_territories(project: Project) -> Iterator[Finding]:
    """A territory has at least one case."""
    used = {str(parsed.meta.get("territory")) for parsed in project.all_parsed}
    misspelt = used - {"None", *project.territories}  # M002 says it
    for place in project.territories.values():
        if place.id not in used and not project.unread and not get_close_matches(place.id, misspelt):
            yield finding_at(place, "it has no case: write one or remove it", SOME_USE)


@data_rule("D020")
def wrong_passages(project: Project) -> Iterator[Finding]:
    """What is given as the study's words has a source; a case of the study says so on its page, and each such page has
    its record."""
    in_study = {path: parsed.meta.get("in_study") for path, parsed in project.pages[LOCALES[0]].items()}
    for passage in project.passages.values():
        if passage.text and not passage.sources:
            yield finding_at(passage, "it has a text and no source: name where it was read")
        if passage.part == "case" and in_study.get(passage.page or "") is False:
            yield finding_at(passage, f"{passage.page} says 'in_study: false': make both say the same")
    named = {passage.page for passage in project.passages.values() if passage.part == "case"}
    for path in [path for path, says_so in in_study.items() if says_so is True and path not in named]:
        if project.passages:
            message = f"{path} says 'in_study: true': add a record of the case, with its source"
            yield Finding(FILES["passages"], 1, 1, message)


@project_rule("D014")
def different_instruments(project: Project) -> Iterator[Finding]:
    """Each instrument of a lever's page (`###`) has its record, and each record its heading, in the same order."""
    records = project.instruments.values()
    levers = [parsed for parsed in project.pages[LOCALES[0]].values() if parsed.kind == "lever"]
    for parsed in levers if records else ():
        headings = {heading.id: heading for heading in parsed.headed if heading.level == 3}
        own = {instrument.id: instrument for instrument in records if instrument.lever == parsed.slug}
        for id in headings.keys() - own.keys():
            message = f"the instrument '{id}' has no record: add it to data/instruments.yml, or the heading is none"
            yield parsed.finding(headings[id], message)
        for id in own.keys() - headings.keys():
            message = f"is no instrument of {parsed.file}: add its heading, or remove the record"
            yield finding_at(own[id], message, f"{LOCALES[0]}/{own[id].page}")
        if own.keys() == headings.keys():
            for id, on_page in zip(own, headings, strict=True):
                if id != on_page:
                    yield finding_at(own[id], f"stands where {parsed.file} has '{on_page}': put both in one order")
                    break  # the others follow from it


# ---------------------------------------------------------------- figures


class Claim(NamedTuple):
    """A figure in words, the section that its record names for it, its sources, and what tells a fault there."""

    section: str
    words: str
    sources: Sequence[str]
    tell: Telling


def _claims(project: Project, locale: str) -> Iterator[Claim]:
    """The sums of money, and the rows of charts, that name a section which tells them."""
    for amount in project.amounts.values():
        ends = {amount.low, amount.high} - {0} if amount.measure == "EUR" else ()
        for value in sorted(ends):
            yield Claim(amount.page, money_text(value, locale), amount.sources, partial(finding_at, amount))
    for chart in project.charts.values():
        column = "date" if chart.form == "timeline" else "value"
        for row in chart.rows:
            words = row.text(column, locale) + (chart.unit[locale] if chart.unit else "")
            for section in row.told:
                yield Claim(section, words, row.sources, partial(finding_at, chart, line=row.line))


def _values(text: str, locale: str) -> list[set[Number | str]]:
    """What each figure of a text may say, its unit left out: it may stand in the header of a column."""
    return [
        {unit if figure.kind == "code" else value for value, unit in figure.readings}
        for figure in figures.read(text, locale)
    ]


@data_rule("D009")
def untold_figures(project: Project) -> Iterator[Finding]:
    """A sum of money, and what a chart draws, stands with one of its sources in the section that its record names."""
    for locale in LOCALES:
        for claim in _claims(project, locale):
            path, _, anchor = claim.section.partition("#")
            parsed = project.pages[locale].get(path)
            if not parsed or no_target(project, claim.section):  # D003 says it
                continue
            texts = [block.text for block in parsed.citing(anchor, claim.sources)]
            on_page = set().union(*(values for text in texts for values in _values(text, locale)))
            if any(on_page.isdisjoint(values) for values in _values(claim.words, locale)):
                wrong = f"{parsed.file}#{anchor} does not say '{claim.words}' with its source: make them agree"
                yield claim.tell(wrong, f"{locale}/{claim.section}")


ABOUT = 0.05  # of a sum: 62 cents are told as some 60


@data_rule("D023")
def untold_sums(project: Project) -> Iterator[Finding]:
    """A sum of money in what an instrument takes is told in its section, or comes from one of its amounts: as it is,
    for each thing that it paid for, for each inhabitant. Read in English: D007 and N001 hold the French to it."""
    locale = LOCALES[0]
    for instrument in project.instruments.values():
        path, _, anchor = instrument.page.partition("#")
        parsed = project.pages[locale].get(path)
        section = next((s for s in parsed.doc.sections if s.id == anchor), None) if parsed else None
        if section is None:  # D014 says it
            continue
        told = [figure for block in section.all_blocks for figure in figures.read(block.text, locale)]
        known = [*_numbers(told), *_shares(project, instrument)]
        for figure in figures.read(instrument.takes[locale], locale):
            is_known = any(isclose(a, b, rel_tol=ABOUT) for a, b in product(_numbers([figure]), known))
            if figure.unit in figures.MONEY and not is_known:
                where = f"docs/{locale}/{instrument.page}"
                wrong = f"its 'takes' says '{figure.text}', which neither {where} nor an amount of it does"
                yield finding_at(instrument, f"{wrong}: make them agree", f"{locale}/{instrument.page}")


def _numbers(found: Sequence[Figure]) -> list[float]:
    """All that these figures may say, their units left out."""
    return [float(value) for figure in found for value, _ in figure.readings]


def _shares(project: Project, instrument: Instrument) -> Iterator[float]:
    """What comes from the amounts of an instrument: €300 for 3 places of a town of 10 give 300, 100, 30 and 10."""
    for amount in (amount for amount in project.amounts.values() if amount.instrument == instrument.id):
        place = project.territories.get(amount.territory or "")
        inhabitants = (place.inhabitants if place else None) or 1
        for value, heads in product((amount.low, amount.high), (1, inhabitants)):
            yield value / heads
            yield value / heads / amount.paid_for.number
