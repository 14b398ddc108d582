"""What stands around the pages: navigation (G), templates (L009), drawings and links to files (F007)."""

import re
from collections.abc import Iterator

from checker.project import ParsedPage, Project
from checker.registry import page_rule, project_rule
from content.files import CONFIG, mappings
from content.findings import Finding
from content.load import FILES
from content.marks import CHART, is_part_misspelt


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
    """A generated part is written as one; it has its template in overrides/generated or in data/charts.yml."""
    project = parsed.project
    for comment in parsed.doc.comments:
        if is_part_misspelt(comment.text):
            message = "a generated part that is none: write <!-- generated: name -->, with one name"
            yield parsed.finding(comment, message)
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


GUARDED = ("docs", "data", "overrides")

# What runs in an SVG that is opened by its own address, where the policy of our pages does not hold.
ACTIVE = re.compile(
    rb"<(?:\w+:)?(?:script|foreignObject|iframe)\b|\son\w+\s*=|javascript:|<!ENTITY|<\?xml-stylesheet", re.I
)


@project_rule("F007")
def unsafe_files(project: Project) -> Iterator[Finding]:
    """A file of docs, data and overrides is no link to a file elsewhere; a drawing runs and loads nothing."""
    for file in (file for folder in GUARDED for file in sorted((project.root / folder).rglob("[!.]*"))):
        name = file.relative_to(project.root).as_posix()
        if file.is_symlink():
            yield Finding(name, 1, 1, "is a link to another file: put the file itself here")
        elif file.suffix == ".svg" and (match := ACTIVE.search(data := file.read_bytes())):
            what = match[0].decode(errors="replace").strip()
            message = f"'{what}' can run a script or load a file: leave it out of the drawing"
            yield Finding(name, data.count(b"\n", 0, match.start()) + 1, 1, message)
