"""Where pages lead, and what stands around them: links (L), templates (L009), navigation (G), what files do (F007)."""

import posixpath
import re
from collections.abc import Iterator

from checker.addresses import SCHEME, malformed_address, split_address
from checker.project import ParsedPage, Project
from checker.registry import page_rule, project_rule
from content.files import CONFIG, mappings
from content.findings import Finding
from content.load import FILES
from content.locales import LANGUAGE, LOCALES
from content.marks import CHART, is_part_misspelt

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
    host = parsed.project.host
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


# ---------------------------------------------------------------- around the pages


@project_rule("G003")
def untranslated_navigation(project: Project) -> Iterator[Finding]:
    """The titles of the navigation have their translation in nav_translations."""
    parts = [part for _, part in mappings(project.config)]
    translated = {title for part in parts for _, titles in mappings(part.get("nav_translations")) for title in titles}
    for _, part in mappings(project.config.get("nav")):
        for title in part.keys() - translated:
            yield Finding(CONFIG, part.lines[title], 1, f"'{title}' has no French title: add it to nav_translations")


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
