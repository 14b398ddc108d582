"""What records say is told on pages: cases of the study have its record (D020), instruments their headings (D014),
figures stand where they are told (D009)."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import product, zip_longest
from math import isclose
from typing import NamedTuple

from checker import figures
from checker.differences import REQUIRED
from checker.figures import Figure
from checker.project import ParsedPage, Project
from checker.registry import GONE, project_rule
from checker.rules.records import Telling, finding_at
from content.findings import Finding
from content.instruments import Instrument
from content.load import FILES
from content.locales import LANGUAGE, LOCALES
from content.writing import money_text


@project_rule("D020")
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


@project_rule("D014", after=GONE)
def different_instruments(project: Project) -> Iterator[Finding]:
    """Each instrument of a lever's page (`###`) has its record, and each record its heading, in the same order."""
    records = project.instruments.values()
    levers = [parsed for parsed in project.pages[LOCALES[0]].values() if parsed.kind == "lever"]
    for parsed in levers if records else ():
        headings = [heading for heading in parsed.headed if heading.level == 3]
        recorded = [instrument.id for instrument in records if instrument.lever == parsed.slug]
        for heading, id in zip_longest(headings, recorded):
            on_page = heading.id if heading else None
            if on_page != id:
                where = f"'{on_page or 'nothing'}' stands where {FILES['instruments']} has '{id or 'nothing'}'"
                yield parsed.finding(heading or "kind", f"{where}: give both the same instruments, in one order")
                break  # the others follow from it


# ---------------------------------------------------------------- figures

ABOUT = 0.05  # of a sum: 62 cents are told as some 60
LESSONS = ("lesson", "cost", "copy", "avoid")  # the texts of a territory


class Claim(NamedTuple):
    """Words of a record, the values that pages tell, which must have its figures, where, and what tells a fault."""

    words: str
    told: Collection[float]
    where: str
    tell: Telling
    about: float = 0  # how far, at most, a value may be from that of the words


def _values(found: Iterable[Figure]) -> set[float]:
    """All that figures may say, their units left out: these may stand in the header of a column."""
    return {float(value) for figure in found for value, _ in figure.readings | figure.short}


def _claims(project: Project, locale: str) -> Iterator[Claim]:
    """The sums of money and the rows of charts, each told with a source in the section that it names; the sums of what
    an instrument takes, told in its section or made from its amounts; the texts of territories, told by their cases."""

    def told_in(page: str, sources: Collection[str] = ()) -> set[float]:
        """What a section tells, with one of these sources if any are given; nothing where it is not there."""
        path, _, anchor = page.partition("#")
        parsed = project.pages[locale].get(path)
        blocks = parsed.citing(anchor, sources) if parsed else []
        return _values(figure for block in blocks for figure in figures.of_block(block, locale))

    for amount in project.amounts.values():
        for value in sorted({amount.low, amount.high} - {0}) if amount.measure == "EUR" else ():
            told, tell = told_in(amount.page, amount.sources), partial(finding_at, amount)
            yield Claim(money_text(value, locale), told, amount.page, tell)
    for chart in project.charts.values():
        column = "date" if chart.form == "timeline" else "value"
        for row in chart.rows:
            tell = partial(finding_at, chart, line=row.line)
            yield from (Claim(row.text(column, locale), told_in(to, row.sources), to, tell) for to in row.told)
    for instrument in project.instruments.values():
        told = told_in(instrument.page).union(_shares(project, instrument))
        for figure in figures.read(instrument.takes[locale], locale):
            if figure.unit in figures.MONEY:
                yield Claim(figure.text, told, instrument.page, partial(finding_at, instrument), ABOUT)
    for place in project.territories.values():
        cases = [page for page in project.pages[locale].values() if page.meta.get("territory") == place.id]
        told = _values(figure for case in cases for figure in _figures_of(case))
        for text in filter(None, (getattr(place, field) for field in LESSONS if cases)):
            yield Claim(text[locale], told, "its cases", partial(finding_at, place))


def _figures_of(page: ParsedPage) -> Iterator[Figure]:
    """The figures of a page, those of its front matter first."""
    for value in page.meta.values():
        yield from figures.read(str(value), page.locale)
    for block in page.blocks:
        yield from figures.of_block(block, page.locale)


def _shares(project: Project, instrument: Instrument) -> Iterator[float]:
    """What comes from the amounts of an instrument: €300 for 3 places of a town of 10 give 300, 100, 30 and 10."""
    for amount in (amount for amount in project.amounts.values() if amount.instrument == instrument.id):
        place = project.territories.get(amount.territory or "")
        inhabitants = (place.inhabitants if place else None) or 1
        for value, heads in product((amount.low, amount.high), (1, inhabitants)):
            yield value / heads
            yield value / heads / amount.paid_for.number


@project_rule("D009", after=["D003"])
def untold_figures(project: Project) -> Iterator[Finding]:
    """The figures of a record, a sum, a row of a chart, a lesson, stand on the page where they are told."""
    for locale in LOCALES:
        for words, told, where, tell, about in _claims(project, locale):
            for figure in figures.read(words, locale):
                is_told = any(isclose(a, b, rel_tol=about) for a, b in product(_values([figure]), told))
                if figure.kind in (*REQUIRED, "fraction") and not is_told:
                    message = f"'{figure.text}' is not told by {where} in {LANGUAGE[locale]}: make them agree"
                    yield tell(message)
