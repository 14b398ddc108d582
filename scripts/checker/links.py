"""Links: where those of pages lead (L)."""

import posixpath
import re
from collections.abc import Iterator

from checker.addresses import WELL_FORMED, is_within
from checker.project import ParsedPage
from checker.registry import GONE, page_rule
from content.findings import Finding
from content.locales import LANGUAGE, LOCALES

# A link that Markdown did not take for one, so that readers see its brackets.
BROKEN_LINK = re.compile(r"\]\(|\]\[")
FILE = re.compile(r"[^\s\\]+")  # an address within the site


@page_rule("L001", after=GONE)
def links_to_nothing(parsed: ParsedPage) -> Iterator[Finding]:
    """A link or image leads to a page of its own language, named with `.md`, or to another file, that is there; its
    address is relative."""
    locale, project = parsed.locale, parsed.project
    for item, path, _ in parsed.targets:
        if path.startswith("../") and path.lstrip("./").split("/")[0] in LOCALES:
            yield parsed.finding(item, f"'{item.text}' leaves the {LANGUAGE[locale]} pages: link within them")
        elif path.endswith(".md"):
            moved = project.redirects.get(path)
            mend = f"it is '{moved}' now, link to that" if moved else "correct the link"
            if path not in project.pages[locale]:
                yield parsed.finding(item, f"no page '{path}' in {LANGUAGE[locale]}: {mend}")
        elif project.files_of_docs.isdisjoint(posixpath.normpath(f"{folder}/{path}") for folder in (locale, ".")):
            mend = "name the page with .md, or add the file to docs/assets"
            yield parsed.finding(item, f"no file '{item.text}': correct the address, {mend}")


@page_rule("L002", after=GONE)
def missing_anchors(parsed: ParsedPage) -> Iterator[Finding]:
    """The anchor that a link names is an id of the target page, or its top: `#top`."""
    locale = parsed.locale
    for item, path, anchor in parsed.targets:
        anchors = parsed.project.anchors[locale].get(path)
        if anchors is not None and anchor not in anchors and anchor.lower() not in ("", "top"):
            ids = ", ".join(h.id for h in parsed.project.pages[locale][path].headed if h.id) or "none"
            message = f"'{path}' has no id '{anchor}': correct the link or give a heading the id ({ids})"
            yield parsed.finding(item, message)
        elif item.text.endswith("#"):
            yield parsed.finding(item, f"'{item.text}' has an empty anchor: write the id, or no #")


@page_rule("L006")
def malformed_links(parsed: ParsedPage) -> Iterator[Finding]:
    """A link has a text, an image an alternative text, both a target that can be read; no link is left as brackets in
    the text."""
    for block in parsed.blocks:
        for link in block.links:
            if not (FILE if is_within(link.text) else WELL_FORMED).fullmatch(link.text):
                message = f"'{link.text}' is no address of a file, page, mail (mailto:) or telephone (tel:): correct it"
                yield parsed.finding(link, message)
            if not link.shown.strip():
                yield parsed.finding(link, f"what leads to '{link.text}', or shows it, has no text: add it")
        if block.kind != "code" and (match := BROKEN_LINK.search(block.text)):
            message = "brackets of a link that is none: write [text](target.md), no space before ( nor in the target"
            yield parsed.finding(block.place(match.start()), message)
