"""Templates: the generated parts that pages ask for (L009), what templates link to (L010) and say (D013)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker import markdown
from checker.addresses import split_address
from checker.model import Project, Sheet, is_file
from checker.registry import page_rule, project_rule
from content.findings import Hit
from content.model import LOCALES


@page_rule("L009")
def unknown_parts(sheet: Sheet) -> Iterator[Hit]:
    """A generated part has its template in overrides/generated, or is a chart of data/charts.yml."""
    project = sheet.project
    for part in sheet.parts:
        file = f"overrides/generated/{part.name}.html"
        with_argument = f"overrides/generated/{part.name.partition('-')[0]}.html"  # amounts-grants: grants to amounts
        if file in project.templates or with_argument in project.templates:
            continue
        place = f"template {file}"
        if part.chart is not None:
            if project.charts is None or part.chart in project.charts:
                continue
            place = f"chart '{part.chart}' in data/charts.yml"
        yield sheet.hit(part, f"no {place}: correct the name")


# `{{ 'assets/style.css' | url }}` and `{{ root_url }}assets/style.css`: literal paths in a template.
URL_FILTER = re.compile(r"""\{\{-?\s*["']([^"'{}]+)["']\s*\|\s*url\s*-?\}\}""")
URL_PREFIX = re.compile(r"\{\{-?\s*(?:root_url|base_url)\s*-?\}\}/?")
# `address('cases/index.md', …)` and `pages[locale]["cases/index.md"]`: literal pages.
PAGE_NAME = re.compile(r"""(?:address\(|pages\[\w+\]\[)\s*["']([^"']+\.md)["']""")


@project_rule("L010")
def template_links(project: Project) -> Iterator[Hit]:
    """A file or page of the site that a template or mkdocs.yml names literally exists."""
    docs = project.root / "docs"
    for target, line, column in project.config.assets if project.config else ():
        if not is_file(docs / target):
            yield Hit("mkdocs.yml", line, column, f"no file 'docs/{target}': add it or correct the address")
    for file, text in project.templates.items():
        for item in markdown.html_targets(text):
            target = item.target.strip()
            literal = URL_FILTER.fullmatch(target)
            target = literal[1] if literal else URL_PREFIX.sub("", target, count=1)
            path = split_address(target)[1]
            if "{" not in target and path and ":" not in target and not target.startswith("//"):
                page = path.strip("/").removeprefix("fr/")
                files = project.files[LOCALES[0]]
                built = f"{page}.md" in files or f"{page}/index.md" in files or page in ("", "fr")
                if not built and not is_file(docs / path.lstrip("/")):
                    yield Hit(file, item.line, item.column, f"no file 'docs/{path}': add it or correct the address")
        for number, line_text in enumerate(text.split("\n"), 1):
            for match in PAGE_NAME.finditer(line_text):
                if match[1] not in project.files[LOCALES[0]]:
                    yield Hit(file, number, match.start(1) + 1, f"no page '{match[1]}': correct the name")


# `t.menu`, `study.words.no_date`: a word of the interface, in a template.
WORD = re.compile(r"\b(?:t|study\.words)\.([a-z_]+)")


@project_rule("D013")
def missing_words(project: Project) -> Iterator[Hit]:
    """A word that a template asks for stands in data/words.yml."""
    for file, text in project.templates.items() if project.words is not None else ():
        for number, line in enumerate(text.split("\n"), 1):
            for match in WORD.finditer(line):
                if match[1] not in (project.words or {}):
                    message = f"no word '{match[1]}': add it to data/words.yml in both languages, or correct it"
                    yield Hit(file, number, match.start() + 1, message)
