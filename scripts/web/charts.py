"""The pictures made from `data/charts.yml`: tables with a bar in each row, or a list in each year; and the drawings.

A page asks for one with `<!-- generated: chart-ID -->`; `exports.py` writes the same rows as CSV.
"""

import re

from content.marks import DRAWING
from content.model import Chart, ChartRow, Page, Study


def drawings(page: Page) -> list[str]:
    """The names of the drawings that a page asks for: `scic` (overrides/drawings/scic.html)."""
    return re.findall(rf"generated: {DRAWING}([\w-]+)", page.body)


def bar(chart: Chart, row: ChartRow) -> float:
    """How long the bar of a row is, in per cent of the longest."""
    return round(100 * (row.value or 0) / (max(each.value or 0 for each in chart.rows) or 1), 1)


def publishers(chart: Chart, study: Study) -> list[str]:
    """Who published the sources of a chart, each once."""
    return list(dict.fromkeys(study.sources[key].publisher for row in chart.rows for key in row.sources))
