"""G: the navigation of mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import Project
from checker.registry import project_rule
from content.findings import Hit
from content.model import LOCALES


@project_rule("G001")
def pages_outside_navigation(project: Project) -> Iterator[Hit]:
    """Every page is in the navigation of mkdocs.yml, cases apart (lists of cases are made)."""
    named = {path for path, _, _ in project.config.pages} if project.config else None
    for locale in LOCALES:
        for path, file in project.files[locale].items():
            sheet = project.sheets[locale].get(path)
            listed = named is None or path in named or not sheet or sheet.page.kind == "case"
            if not listed and (locale == LOCALES[0] or path not in project.files[LOCALES[0]]):
                message = f"is not in the navigation: add '{path}' to nav in mkdocs.yml"
                yield Hit(file, 1, 1, message, to=f"nav/{path}")


@project_rule("G002")
def wrong_navigation(project: Project) -> Iterator[Hit]:
    """The navigation names pages that exist, each once."""
    seen: set[str] = set()
    for path, line, column in project.config.pages if project.config else ():
        if not any(path in project.files[locale] for locale in LOCALES):
            message = f"nav names '{path}', which does not exist: write it or remove it"
            yield Hit("mkdocs.yml", line, column, message, to=f"{LOCALES[0]}/{path}")
        elif path in seen:
            yield Hit("mkdocs.yml", line, column, f"nav names '{path}' twice: keep one")
        seen.add(path)


@project_rule("G003")
def untranslated_navigation(project: Project) -> Iterator[Hit]:
    """The titles of the navigation have their translation in nav_translations."""
    for title, line, column in project.config.titles if project.config else ():
        if project.config and title not in project.config.translations:
            yield Hit("mkdocs.yml", line, column, f"'{title}' has no French title: add it to nav_translations")
