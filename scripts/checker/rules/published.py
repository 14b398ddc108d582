"""Addresses that were published once, and where old ones lead (R); what is wrong with one that a data file names."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from checker.project import Project
from checker.registry import data_rule, project_rule
from content.anchors import BIBLIOGRAPHY
from content.files import read_text, write_whole
from content.findings import SOME_USE, Finding
from content.locales import LANGUAGE, LOCALES

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
        alike = [address for address in new if (address.startswith(f"{path}#") if mark else "#" not in address)]
        example = f"{path}#new-id" if mark else "new/page.md"
        to = next(iter(get_close_matches(line, alike, n=1, cutoff=0.5)), example)
        message = f"'{line}' was published and is gone: put it back, or write '{line}: {to}' in data/redirects.yml"
        missing = *(f"{locale}/{line}" for locale in LOCALES), *(() if mark else (SOME_USE,))
        yield Finding(PUBLISHED, number, 1, message, missing)


@data_rule("R002")
def wrong_redirects(project: Project) -> Iterator[Finding]:
    """A redirect leads from below the site to a page and heading that exist; that of a heading, to a heading.

    A heading may have moved to another page (`old.md#id: new.md#id`) as long as its old page is there to say so.
    """
    for old, new in project.redirects.items():
        path, _, id = old.partition("#")
        problem, folders = no_target(project, new), path.strip("/").split("/")
        if ".." in folders or "" in folders or "\\" in old or ":" in old:
            problem = Problem("leads out of the site: write the old path below docs/en, or a short form such as l/5")
        elif id and "#" not in new:
            problem = Problem(f"leads from a heading to '{new}': lead to a heading")
        elif id and not problem and no_target(project, path):
            problem = Problem(f"leads from a heading of '{path}', which is no page: redirect the whole page")
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
        if path not in project.written[locale]:
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
