"""What stands around the pages: navigation (G), templates (L009)."""

from collections.abc import Iterator

from checker.project import ParsedPage, Project
from checker.registry import page_rule, project_rule
from content.files import CONFIG, mappings
from content.findings import Finding
from content.load import FILES
from content.marks import CHART


@project_rule("G003")
def untranslated_navigation(project: Project) -> Iterator[Finding]:
    """The titles of the navigation have their translation in nav_translations."""
    parts = [part for _, part in mappings(project.config)]
    translated = {title for part in parts for _, titles in mappings(part.get("nav_translations")) for title in titles}
    for _, part in mappings(project.config.get("nav")):
        for title in part.keys() - translated:
            yield Finding(CONFIG, part.lines[title], 1, f"'{title}' has no French title: add it to nav_translations")


@page_rule("L009")
def unknown_parts(parsed: ParsedPage) -> Iterator[Finding]:
    """A generated part has its template in overrides/generated, or is a chart of data/charts.yml."""
    project = parsed.project
    for part in parsed.parts:
        chart = part.text.removeprefix(CHART) if part.text.startswith(CHART) else ""
        # Of amounts-grants, `grants` is an argument of the template amounts; a chart is one of the data, or a template.
        names = (part.text,) if chart else (part.text, part.text.partition("-")[0])
        if any((project.root / f"overrides/generated/{name}.html").is_file() for name in names):
            continue
        if not chart:
            yield parsed.finding(part, f"no template overrides/generated/{part.text}.html: correct the name")
        elif chart not in project.charts:
            yield parsed.finding(part, f"no chart '{chart}' in {FILES['charts']}: correct the name")
