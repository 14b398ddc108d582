"""The pictures made from `data/charts.yml`: tables with a bar in each row, or a list in each year; and the drawings.

A page asks for one with `<!-- generated: chart-ID -->`; `exports.py` writes the same rows as CSV and as Markdown.
"""

import re
from typing import Any

from content.marks import DRAWING
from content.model import Chart, ChartRow, Page, Study


def drawings(page: Page) -> list[str]:
    """The names of the drawings that a page asks for: `scic` (overrides/drawings/scic.html)."""
    return re.findall(rf"generated: {DRAWING}([\w-]+)", page.body)


def bar(chart: Chart, row: ChartRow) -> float:
    """How long the bar of a row is, in per cent of the axis."""
    first, last = chart.scale
    return round(100 * ((row.value or 0) - first) / (last - first), 1)


def publishers(chart: Chart, study: Study) -> list[str]:
    """Who published the sources of a chart, each once."""
    return list(dict.fromkeys(study.sources[key].publisher for row in chart.rows for key in row.sources))


def as_markdown(chart: Chart, locale: str) -> str:
    """A chart as a Markdown table with its title and citations, for readers of plain text."""
    lines = [" | ".join(header[locale] for header in chart.columns.values()), " | ".join("---" for _ in chart.columns)]
    for row in chart.rows:
        cites = "".join(f"[^{key}]" for key in row.sources)
        lines.append(" | ".join(row.text(column, locale) for column in chart.columns) + cites)
    table = "\n".join(f"| {line} |" for line in lines)
    return f"**{chart.title[locale]}**\n\n{table}\n\n{chart.note[locale]}"


def as_rows(chart: Chart, locale: str) -> list[dict[str, Any]]:
    """A chart as rows of a table: its columns, the dates or values, the keys of its sources."""
    rows = []
    for row in chart.rows:
        texts: dict[str, Any] = {column: row.text(column, locale) for column in chart.columns}
        if chart.form == "timeline":
            texts["date"] = row.date
        else:
            texts |= {"value": row.value, "said": row.cells.get("said", {}).get(locale, "")}
        rows.append(texts | {"sources": list(row.sources)})
    return rows
