"""The records of charts (D008): each row has a source, and draws what it says."""

from collections.abc import Iterator
from fractions import Fraction

from checker import figures
from checker.project import Project
from checker.registry import data_rule
from checker.rules.records import at
from content.findings import Finding
from content.locales import LOCALES
from content.model import Chart, ChartRow
from web import charts


@data_rule("D008")
def wrong_charts(project: Project) -> Iterator[Finding]:
    """Each row of a chart has a source and draws, within the axis, what it says."""
    for chart in project.charts.values():
        for before, row in zip([None, *chart.rows], chart.rows, strict=False):
            wrong = _wrong_event(chart, before, row) if chart.form == "timeline" else _wrong_bar(chart, row)
            for problem in [*wrong, *["it has no source: name one under 'sources'"] * (not row.sources)]:
                yield at("charts", chart, f"this row: {problem}", line=row.line)


def _wrong_event(chart: Chart, before: ChartRow | None, row: ChartRow) -> Iterator[str]:
    date, (first, last) = row.date or "", chart.scale
    if not f"{first}" <= date[:4] <= f"{last}":
        yield f"its date is '{date}': write one from {first:g} to {last:g}, or correct 'scale'"
    elif before and (before.date or "") > date:
        yield f"'{date}' stands after '{before.date}': put the events in their order"
    if len(row.cells) != 1:
        yield f"it fills {len(row.cells)} columns: give an event one of {', '.join([*chart.columns][1:])}"


def _wrong_bar(chart: Chart, row: ChartRow) -> Iterator[str]:
    column = "value" if chart.form == "bars" else next(iter(chart.columns))
    for empty in (key for key in chart.columns if not charts.cell(row, key, LOCALES[0])):
        yield f"it has no '{empty}': give it, in both languages"
    start, length = charts.bar(chart, row)
    if start < 0 or length < 0 or start + length > 100.1:
        yield f"its bar leaves the axis, {chart.scale}: correct the value or 'scale'"
    for value in (row.value, row.low, row.high):
        for locale in LOCALES:
            text = charts.cell(row, column, locale)
            values = {figure.value for figure in figures.read(text, locale)}
            if value is not None and Fraction(str(value)) not in values:
                yield f"'{text}' does not say {value:.10g}, which is drawn: make them the same"
