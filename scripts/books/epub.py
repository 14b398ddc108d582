"""A book as an EPUB 3: the files of overrides/epub/ around the parts and chapters of its document, each a file."""

import io
import uuid
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tinyhtml5
from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from books import pictures
from books.drawings import dress
from web.assets import ROOT, colours
from web.elements import element, html_of, rename
from web.templates import environment

TEMPLATES = ROOT / "overrides/epub"
# What a page has and a reading program makes itself, or cannot show.
DROPPED = "section.cover, nav.book-contents, .rail:not(:has(*)), .summary summary, summary:has(+ .amounts), svg"
# What its picture shows of the cover of the document.
COVER = ("cover-kind", "book-title", "cover-foot")
# What a reading program opens a note by.
ROLES = {".footnote-ref": "noteref", ".note": "footnote", ".back": "backlink"}


@dataclass(frozen=True)
class EpubFile:
    """The imprint, a part or a chapter: a file of the EPUB. `part`: the id of the part that a chapter is in."""

    id: str
    title: str
    part: str | None
    node: LexborNode

    @property
    def file(self) -> str:
        return f"{self.id}.xhtml"


def write_epub(html: str, address: str, words: Mapping[str, str], file: Path) -> None:
    """Write the document as an EPUB; `address`, where it will be, names it. `words`: those of the interface."""
    # Without the joiners of the PDF, and the blank between an icon, which goes, and its words.
    tree = LexborHTMLParser(html.replace("\u2060", "").replace("</svg> ", "</svg>"))
    kind, title, foot = (" ".join(tree.css(f".{name}")[0].text().split()) for name in COVER)
    cover = pictures.draw(kind, title, foot, pictures.COVER_SIZE).quantize(32)
    drawings = take_drawings(tree)
    make_plain(tree)
    link_notes(tree)
    sections = sections_of(tree)
    link_files(sections)
    names = {
        "meta": {meta.attributes["name"]: meta.attributes["content"] for meta in tree.css("meta[name]")},
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}",
        "lang": tree.css("html")[0].attributes["lang"],
        "title": tree.css("title")[0].text(),
        "words": words,
        "sections": sections,
        "drawings": drawings,
    }
    templates = environment([str(TEMPLATES)])
    picture = f'<body><img src="cover.png" alt="{escape(names["title"])}"/></body>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:

        def put(name: str, data: str | bytes) -> None:
            book.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # of no time: the same bytes each time

        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")  # first and as it is
        put("META-INF/container.xml", (TEMPLATES / "container.xml").read_bytes())
        for template in ("package.opf", "nav.xhtml"):
            put(f"book/{template}", templates.get_template(template).render(names))
        page = templates.get_template("page.xhtml")
        put("book/cover.xhtml", page.render(names, title=words["book_cover"], body=picture))
        for section in sections:
            put(f"book/{section.file}", page.render(names, title=section.title, body=xhtml(section.node.html or "")))
        for name, drawing in drawings.items():
            put(f"book/{name}", drawing)
        cover.save(data := io.BytesIO(), "png", optimize=True)
        put("book/cover.png", data.getvalue())
        put("book/book.css", templates.get_template("book.css").render(colours=colours()))


def take_drawings(tree: LexborHTMLParser) -> dict[str, str]:
    """The drawings of the document, each by the name of the file that it becomes; a picture stands in its place."""
    dress(tree)
    found = {}
    for number, drawing in enumerate(tree.css(":is(.drawing, .atlas) > svg")):
        drawing.attrs["xmlns"] = "http://www.w3.org/2000/svg"
        title, name = drawing.css_first("title"), f"drawing-{number}.svg"
        found[name] = html_of(drawing)
        drawing.replace_with(element(f'<p><img src="{name}" alt="{escape(title.text()) if title else ""}"></p>'))
    return found


def make_plain(tree: LexborHTMLParser) -> None:
    """Leave out what a reading program makes itself or cannot show; what folds stands open, bars become boxes."""
    for drawing in tree.css("svg.bar"):
        width = drawing.css("rect")[1].attributes["width"]  # after that of the whole axis
        drawing.replace_with(element(f'<span class="bar" style="width:{width}"></span>'))
    for node in tree.css(DROPPED):
        node.decompose()
    for node in tree.css("details"):  # which some reading programs cannot open
        node.unwrap()
    for node in tree.css("summary"):
        rename(node, "p", {"class": "fold"})


def link_notes(tree: LexborHTMLParser) -> None:
    """Let notes open on the spot: by the roles of their marks and texts, which reading programs know as pop-up notes.

    Where a program has none, a note has a way back to where it is first cited.
    """
    notes = {f"#{item.attributes['id']}": item for item in tree.css(".sources li[id]")}
    for link in tree.css("a.footnote-ref"):
        item = notes.pop(link.attributes["href"] or "", None)
        if item is not None:  # the first that cites it: the way back
            back = link.attrs["id"] = f"{item.attributes['id']}-back"
            way = f'<a class="back" href="#{back}">↩</a>'
            item.inner_html = f'<div class="note" id="{item.attributes["id"]}">{item.inner_html} {way}</div>'
            del item.attrs["id"]
    for selector, role in ROLES.items():
        for node in tree.css(selector):
            node.attrs["role"] = f"doc-{role}"
            if role != "backlink":
                node.attrs["epub:type"] = role


def sections_of(tree: LexborHTMLParser) -> list[EpubFile]:
    """The files of the book in order. Of the map, which stands alone in the document, the part before it."""
    found: list[EpubFile] = []
    part = None
    for node in tree.css("body > section, body > figure, body > article"):
        heading = node.css_first("h1, .imprint-title")
        if heading is None:
            found[-1].node.insert_child(node)
            continue
        is_part = node.tag == "section" or "part-alone" in (node.attributes.get("class") or "")
        id = heading.attributes.get("id") or "imprint"
        title = heading.attributes.get("data-heading") or " ".join(heading.text().split())
        found.append(EpubFile(id, title, None if is_part else part, node))
        part = id if is_part else part
    return found


def link_files(sections: list[EpubFile]) -> None:
    """Let each link lead to the file that has what it names: `#levers-index` to `levers-index.xhtml#levers-index`."""
    file_of = {node.attributes["id"]: section.file for section in sections for node in section.node.css("[id]")}
    for section in sections:
        for link in section.node.css('a[href^="#"]'):
            target = (link.attributes["href"] or "")[1:]
            link.attrs["href"] = f"{file_of[target]}#{target}"


def xhtml(html: str) -> str:
    """The body of a piece of HTML as XHTML: `<p>A<br>B` gives `<body><p>A<br />B</p></body>`."""
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    return ET.tostring(body, encoding="unicode")
