"""Addresses that were published once, and where old ones lead (R); what is wrong with one that a data file names."""

from collections.abc import Iterator

from checker.project import Project
from checker.registry import GONE, project_rule
from checker.stale import lines_of
from content.anchors import BIBLIOGRAPHY
from content.files import write_whole
from content.findings import Finding
from content.locales import LANGUAGE, LOCALES

PUBLISHED = "data/published.txt"
REDIRECTS = "data/redirects.yml"


def addresses(project: Project) -> set[str]:
    """Every page and heading of the site as `path.md` and `path.md#id`, whatever the language."""
    pages = [one for of_locale in project.anchors.values() for one in of_locale.items()]
    return {address for path, anchors in pages for address in (path, *(f"{path}#{anchor}" for anchor in anchors))}


@project_rule("R001")
def lost_addresses(project: Project) -> Iterator[Finding]:
    """An address that was published stays, or data/redirects.yml says where it leads."""
    published = lines_of(PUBLISHED, project.root)
    redirects = project.redirects
    kept, gone = addresses(project) | redirects.keys(), set[str]()
    for number, line in enumerate(published, 1):
        path, mark, _ = line.partition("#")
        if not path or line in kept or path in redirects or path in gone:
            continue
        gone.add(line)
        to = f"{path}#new-id" if mark else "new/page.md"
        message = f"'{line}' was published and is gone: put it back, or write '{line}: {to}' in data/redirects.yml"
        yield Finding(PUBLISHED, number, 1, message)


@project_rule("R002", after=GONE)
def wrong_redirects(project: Project) -> Iterator[Finding]:
    """A redirect leads from below the site to a page and heading that exist; that of a heading, to a heading.

    A heading may have moved to another page (`old.md#id: new.md#id`) as long as its old page is there to say so.
    """
    for old, new in project.redirects.items():
        path, _, id = old.partition("#")
        problem, folders = no_target(project, new), path.strip("/").split("/")
        if ".." in folders or "" in folders or "\\" in old or ":" in old:
            problem = "leads out of the site: write the old path below docs/en, or a short form such as l/5"
        elif id and "#" not in new:
            problem = f"leads from a heading to '{new}': lead to a heading"
        elif id and not problem and no_target(project, path):
            problem = f"leads from a heading of '{path}', which is no page: redirect the whole page"
        if problem:
            yield Finding(REDIRECTS, project.data[REDIRECTS].lines[old], 1, f"'{old}': {problem}")


def no_target(project: Project, address: str) -> str | None:
    """What is wrong, in some language, with an address that a data file names, `levers/index.md#grants`; else None."""
    path, _, anchor = address.partition("#")
    for locale in LOCALES:
        anchors = project.anchors[locale]
        if path not in anchors:
            return f"no page '{path}' in {LANGUAGE[locale]}: correct the path"
        if anchor and anchor not in anchors[path]:
            return f"'{path}' has no id '{anchor}' in {LANGUAGE[locale]}: correct it"
    return None


def publish(project: Project) -> int:
    """Add the addresses of today to data/published.txt, which only grows; returns how many are new.

    The records of the bibliography are left out: they come and go with the pages that cite them.
    """
    before = set(lines_of(PUBLISHED, project.root))
    new = {a for a in addresses(project) if not a.startswith(f"{BIBLIOGRAPHY}#")} - before
    write_whole(project.root / PUBLISHED, "".join(f"{line}\n" for line in sorted(before | new)).encode())
    return len(new)
