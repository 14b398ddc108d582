"""D: the charts of `data/charts.yml`: what they draw is right (D008, D012), and pages tell it (D009)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from checker import figures
from checker.links import no_target
from checker.model import Project, Sheet
from checker.registry import page_rule, project_rule
from content.findings import Hit
from content.marks import CHART, KEBAB_CASE
from content.model import LOCALES, Chart, ChartRow
from web import charts

FILE = "data/charts.yml"


@project_rule("D008")
def wrong_charts(project: Project) -> Iterator[Hit]:
    """Each row of a chart has a source and draws, within the axis, what it says."""
    for chart in (project.charts or {}).values():
        if not _is_id(chart):
            yield Hit(FILE, chart.line, 1, f"the id '{chart.id}' is not kebab-case: use a-z and single hyphens")
        for before, row in zip([None, *chart.rows], chart.rows, strict=False):
            problems = _wrong_event(chart, before, row) if chart.form == "timeline" else _wrong_bar(chart, row)
            for problem in [*problems, *["it has no source: name one under 'sources'"] * (not row.sources)]:
                yield Hit(FILE, row.line, 1, f"'{chart.id}', this row: {problem}")


def _is_id(chart: Chart) -> bool:
    return bool(KEBAB_CASE.fullmatch(chart.id)) and not re.search(r"\d", chart.id)


@project_rule("D012")
def lone_charts(project: Project) -> Iterator[Hit]:
    """A page asks for each chart, and there is each page that should tell what a row draws."""
    asked_for = {part.text.removeprefix(CHART) for sheet in project.all_sheets for part in sheet.parts}
    for chart in (project.charts or {}).values():
        if _is_id(chart) and chart.id not in asked_for and not project.unread:
            message = f"no page asks for '{chart.id}': write <!-- generated: chart-{chart.id} --> in one, or remove it"
            yield Hit(FILE, chart.line, 1, message)
        for row in chart.rows:
            for target in row.told:
                if wrong := no_target(project, target.partition("#")[0]):
                    yield Hit(FILE, row.line, 1, f"'{chart.id}', this row, 'told': {wrong[0]}", to=wrong[1])


def _wrong_event(chart: Chart, before: ChartRow | None, row: ChartRow) -> Iterator[str]:
    date, (first, last) = row.date or "", chart.scale
    if not first <= int(date[:4]) <= last:
        yield f"its date is '{date}': write one from {first:g} to {last:g}, or correct 'scale'"
    elif before and (before.date or "") > date:
        yield f"'{date}' stands after '{before.date}': put the events in their order"
    if len(row.cells) != 1:
        yield f"it fills {len(row.cells)} columns: give an event one of {', '.join([*chart.columns][1:])}"


def _wrong_bar(chart: Chart, row: ChartRow) -> Iterator[str]:
    start, length = charts.bar(chart, row)
    if start < 0 or length < 0 or start + length > 100.1:
        yield f"its bar leaves the axis, {chart.scale}: correct the value or 'scale'"
    column = "value" if chart.form == "bars" else next(iter(chart.columns))
    for value in (row.value, row.low, row.high):
        for locale in LOCALES:
            said = charts.cell(row, column, locale)
            values = {figure.value for figure in figures.read(said, locale)}
            if value is not None and Fraction(str(value)) not in values:
                yield f"'{said}' does not say {value:.10g}, which is drawn: make them the same"


@page_rule("D009")
def untold_facts(sheet: Sheet) -> Iterator[Hit]:
    """A figure or date of a chart stands, with a source of its row, in the sections that `told` names."""
    for chart in (sheet.project.charts or {}).values():
        column = "date" if chart.form == "timeline" else "value"
        for row in chart.rows:
            for target in row.told:
                path, _, anchor = target.partition("#")
                if path != sheet.page.path:
                    continue
                said = charts.cell(row, column, sheet.page.locale)
                words = set(re.findall(r"\w+", said))
                telling = groupby(sheet.citing(anchor, row.sources), key=lambda block: block.line)
                texts = (" ".join(block.text for block in blocks) for _, blocks in telling)
                if not any(words <= set(re.findall(r"\w+", text)) for text in texts):
                    message = (
                        f"docs/{sheet.page.locale}/{target} does not say '{said}' with its source: make them agree"
                    )
                    message = f"'{chart.id}', this row: {message}"
                    yield Hit(FILE, row.line, 1, message, to=f"{sheet.page.locale}/{target}")
