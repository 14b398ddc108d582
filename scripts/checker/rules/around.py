"""What stands around the pages: navigation (G), templates (L009), drawings and links to files (F007); the addresses
that were published once, and where old ones lead (R)."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from checker.project import ParsedPage, Project
from checker.registry import data_rule, page_rule, project_rule
from content.anchors import BIBLIOGRAPHY
from content.files import CONFIG, mappings, read_text, write_whole
from content.findings import SOME_USE, Finding
from content.load import FILES
from content.locales import LANGUAGE, LOCALES
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
        names = (part.text, part.text.partition("-")[0])  # amounts-grants: the argument grants to amounts
        chart = part.text.removeprefix(CHART) if part.text.startswith(CHART) else ""
        if any((project.root / f"overrides/generated/{name}.html").is_file() for name in names):
            continue
        if not chart:
            yield parsed.finding(part, f"no template overrides/generated/{part.text}.html: correct the name")
        elif chart not in project.charts and not project.lacks(FILES["charts"]):
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


# ---------------------------------------------------------------- addresses that were published


PUBLISHED = "data/published.txt"


def addresses(project: Project) -> set[str]:
    """Every page and heading of the site as `path.md` and `path.md#id`, whatever the language."""
    found: set[str] = set()
    for pages in project.anchors.values():
        for path, anchors in pages.items():
            found |= {path, *(f"{path}#{anchor}" for anchor in anchors or ())}
    return found


@project_rule("R001")
def lost_addresses(project: Project) -> Iterator[Finding]:
    """An address that was published stays, or data/redirects.yml says where it leads."""
    file = project.root / PUBLISHED
    if not file.is_file() or project.unread or project.lacks("data/redirects.yml") or project.lacks(PUBLISHED):
        return
    today, redirects, published = addresses(project), project.redirects, read_text(file, project.root).splitlines()
    kept = today | set(redirects)
    unknown = {path for pages in project.anchors.values() for path, anchors in pages.items() if anchors is None}
    new = sorted(today - set(published))
    gone = set[str]()
    for number, line in enumerate(published, 1):
        path, mark, _ = line.partition("#")
        if not path or line in kept or path in unknown or path in redirects or path in gone:
            continue
        gone.add(line)
        if mark:
            alike, example = [address for address in new if address.startswith(f"{path}#")], f"{path}#new-id"
        else:
            alike, example = [address for address in new if "#" not in address], "new/page.md"
        to = next(iter(get_close_matches(line, alike, n=1, cutoff=0.5)), example)
        message = f"'{line}' was published and is gone: put it back, or write '{line}: {to}' in data/redirects.yml"
        missing = *(f"{locale}/{line}" for locale in LOCALES), *(() if mark else (SOME_USE,))
        yield Finding(PUBLISHED, number, 1, message, missing)


@data_rule("R002")
def wrong_redirects(project: Project) -> Iterator[Finding]:
    """A redirect leads from below the site to a page and heading that exist; that of a heading, to one of its page."""
    for old, new in project.redirects.items():
        path, _, id = old.partition("#")
        new_path, _, new_id = new.partition("#")
        problem, folders = no_target(project, new), path.strip("/").split("/")
        if ".." in folders or "" in folders or "\\" in old or ":" in old:
            problem = Problem("leads out of the site: write the old path below docs/en, or a short form such as l/5")
        elif id and (not new_id or new_path != path):
            mend = f"lead to a heading of '{path}', or redirect the whole page"
            problem = Problem(f"leads from a heading to '{new}': {mend}")
        if problem:
            message, needs = f"'{old}': {problem.message}", problem.needs
            yield Finding("data/redirects.yml", project.redirects.lines[old], 1, message, needs=needs)


class Problem(NamedTuple):
    """What is wrong with a record, and the address that it `needs` (see `Finding`)."""

    message: str
    needs: str = ""


def no_target(project: Project, address: str) -> Problem | None:
    """What is wrong, in some language, with an address that a data file names, `levers/index.md#grants`; else None."""
    path, _, anchor = address.partition("#")
    for locale in LOCALES:
        anchors = project.anchors[locale].get(path)
        if path not in project.files[locale]:
            return Problem(f"no page '{path}' in {LANGUAGE[locale]}: correct the path", f"{locale}/{path}")
        if anchor and anchors is not None and anchor not in anchors:
            needs = f"{locale}/{path}#{anchor}"
            return Problem(f"'{path}' has no id '{anchor}' in {LANGUAGE[locale]}: correct it", needs)
    return None


def publish(project: Project) -> int:
    """Add the addresses of today to data/published.txt, which only grows; returns how many are new.

    The records of the bibliography are left out: they come and go with the pages that cite them.
    """
    file = project.root / PUBLISHED
    before = set(read_text(file, project.root).splitlines()) if file.is_file() else set()
    new = {a for a in addresses(project) if not a.startswith(f"{BIBLIOGRAPHY}#")} - before
    text = "\n".join(sorted(before | new)) + "\n"
    write_whole(file, text.encode())
    return len(new)
