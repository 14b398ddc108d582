"""Links: where those of pages lead (L), and the addresses that were published once (R)."""

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from checker.addresses import SCHEME, malformed_address, split_address
from checker.project import ParsedPage, Project
from checker.registry import data_rule, page_rule, project_rule
from content.anchors import BIBLIOGRAPHY
from content.files import read_text, write_whole
from content.findings import SOME_USE, Finding
from content.locales import LANGUAGE, LOCALES

# ---------------------------------------------------------------- L: links

# A link that Markdown did not take for one, so that readers see its brackets.
BROKEN_LINK = re.compile(r"\]\(|\]\[")


@page_rule("L001")
def links_to_nothing(parsed: ParsedPage) -> Iterator[Finding]:
    """A link or image leads to a page of its own language, named with `.md`, or to another file, that is there."""
    locale, project = parsed.page.locale, parsed.project
    for item, path, _ in parsed.targets:
        if path.startswith("../") and path.lstrip("./").split("/")[0] in LOCALES:
            yield parsed.finding(item, f"'{item.text}' leaves the {LANGUAGE[locale]} pages: link within them")
        elif path.endswith(".md"):
            moved = project.redirects.get(path)
            mend = f"it is '{moved}' now, link to that" if moved else "correct the link"
            if path not in project.files[locale]:
                yield parsed.finding(item, f"no page '{path}' in {LANGUAGE[locale]}: {mend}", needs=f"{locale}/{path}")
        elif "." not in posixpath.basename(path).strip("."):
            yield parsed.finding(item, f"'{item.text}' is no file of a page: name the file, with .md")
        elif project.files_of_docs.isdisjoint(posixpath.normpath(f"{folder}/{path}") for folder in (locale, ".")):
            yield parsed.finding(item, f"no file '{item.text}': correct the address or add the file to docs/assets")


@page_rule("L002")
def missing_anchors(parsed: ParsedPage) -> Iterator[Finding]:
    """The anchor that a link names is an id of the target page, or its top: `#top`."""
    locale = parsed.page.locale
    for item, path, anchor in parsed.targets:
        anchors = parsed.project.anchors[locale].get(path)
        if anchor.lower() not in ("", "top") and anchors is not None and anchor not in anchors:
            ids = ", ".join(h.id for h in parsed.project.parsed[locale][path].headings if h.id) or "none"
            message = f"'{path}' has no id '{anchor}': correct the link or give a heading the id ({ids})"
            yield parsed.finding(item, message, needs=f"{locale}/{path}#{anchor}")
        elif item.text.endswith("#"):
            yield parsed.finding(item, f"'{item.text}' has an empty anchor: write the id, or no #")


@page_rule("L005")
def absolute_links(parsed: ParsedPage) -> Iterator[Finding]:
    """A link within the site is relative: no host, no leading slash."""
    host = parsed.project.config.host
    for item in (item for block in parsed.blocks for item in block.targets):
        is_ours = host and host in item.text.lower() and split_address(item.text)[0] == host
        if is_ours or item.text.startswith("/"):
            yield parsed.finding(item, f"'{item.text}' is absolute: write the relative path of the file")


@page_rule("L006")
def malformed_links(parsed: ParsedPage) -> Iterator[Finding]:
    """A link has a target that can be read; no link is left as brackets in the text."""
    for block in parsed.blocks:
        for link in block.links:
            wrong = None
            if not link.text.strip() or (SCHEME.match(link.text) and not link.text.startswith("//")):
                wrong = malformed_address(link.text)
            elif re.search(r"\s|\\", link.text):
                wrong = "has a space or a backslash"
            if wrong:
                yield parsed.finding(link, f"the address '{link.text}' {wrong}: correct it")
        if block.kind != "code" and (match := BROKEN_LINK.search(block.text)):
            message = "brackets of a link that is none: write [text](target.md), no space before ( nor in the target"
            yield parsed.finding(block.place(match.start()), message)


@page_rule("L007")
def images_without_text(parsed: ParsedPage) -> Iterator[Finding]:
    """An image has an alternative text."""
    for image in (image for block in parsed.blocks for image in block.images):
        if not image.shown.strip():
            yield parsed.finding(image, f"the image '{image.text}' has no alternative text: add it")


# ---------------------------------------------------------------- R: published addresses

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
        is_there = line in kept or path in unknown
        already_told = path in redirects or path in gone  # of its page
        if not path or is_there or already_told:
            continue
        gone.add(line)
        alike = [address for address in new if (address.startswith(f"{path}#") if mark else "#" not in address)]
        to = next(iter(get_close_matches(line, alike, n=1, cutoff=0.5)), f"{path}#new-id" if mark else "new/page.md")
        message = f"'{line}' was published and is gone: put it back, or write '{line}: {to}' in data/redirects.yml"
        missing = *(f"{locale}/{line}" for locale in LOCALES), *(() if mark else (SOME_USE,))
        yield Finding(PUBLISHED, number, 1, message, missing)


@data_rule("R002")
def wrong_redirects(project: Project) -> Iterator[Finding]:
    """A redirect leads from below the site to a page and heading that exist; that of a heading, to one of its page."""
    for old, new in project.redirects.items():
        place, _, id = old.partition("#")
        wrong, needs = no_target(project, new) or Problem("")
        if id and (not new.partition("#")[2] or new.partition("#")[0] != place):
            wrong = f"leads from a heading to '{new}': lead to a heading of '{place}', or redirect the whole page"
        parts = place.strip("/").split("/")
        if ".." in parts or "" in parts or "\\" in old or ":" in old:
            wrong = "leads out of the site: write the old path below docs/en, or a short form such as l/5"
        if wrong:
            yield Finding("data/redirects.yml", project.redirects.lines[old], 1, f"'{old}': {wrong}", needs=needs)


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
