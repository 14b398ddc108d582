"""A book as an EPUB 3, by Pandoc: parts and chapters, a cover, what readers with a screen reader look for."""

import json
import os
import re
import tempfile
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypandoc
from markupsafe import escape
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from books import pictures
from books.drawings import dress
from web.assets import ROOT, colours
from web.elements import element, rename

# What the book offers to readers who cannot see it, in the terms of schema.org.
ACCESS = {
    "accessModes": ["textual"],
    "accessModeSufficient": ["textual"],
    "accessibilityFeatures": ["structuralNavigation", "tableOfContents", "readingOrder", "alternativeText"],
    "accessibilityHazards": ["none"],
}
# The names that Pandoc gives in English, and our words for them.
LANDMARKS = {"Cover": "book_cover", "Table of Contents": "book_contents"}
HEADING_TAG = re.compile(r"<(/?)h([1-5])\b")
KICKER = re.compile(r'(<h[12]\b[^>]*>.*?</h[12]>)\s*(<div class="kicker">.*?</div>)', re.DOTALL)
# What a reading program opens a note by. Pandoc, which would make notes of its own of them, does not see these.
ROLES = {"footnote-ref": "noteref", "note": "footnote", "back": "backlink"}


def for_epub(html: str, folder: Path) -> str:
    """The document as Pandoc makes a sound EPUB of it: without the cover and contents, which it makes itself; drawings
    become files in the folder.

    It makes a file of each heading of the first two levels that nothing encloses: a part keeps its heading, a chapter's
    come one level down and its title before all else. What it drops or no reader accepts gets another form.
    """
    tree = LexborHTMLParser(html)
    for node in tree.css("section.cover, nav.book-contents, .summary summary"):
        node.decompose()
    dress(tree, colours())
    for number, drawing in enumerate(tree.css(":is(.drawing, .atlas) > svg")):
        drawing.attrs["xmlns"] = "http://www.w3.org/2000/svg"
        title, picture = drawing.css_first("title"), folder / f"drawing-{number}.svg"
        picture.write_text((drawing.html or "").replace("&nbsp;", "\u00a0"), encoding="utf-8")
        drawing.replace_with(element(f'<p><img src="{picture}" alt="{escape(title.text()) if title else ""}"></p>'))
    for link in tree.css('a[id*="--to-"]'):
        del link.attrs["id"]
    notes = {f"#{item.attributes['id']}": item for item in tree.css(".sources li[id]")}
    for link in tree.css("a.footnote-ref"):
        item = notes.pop(link.attributes["href"] or "", None)
        if item is not None:  # the first that cites it: the way back
            back = link.attrs["id"] = f"{item.attributes['id']}-back"
            way = f'<a class="back" href="#{back}">↩</a>'
            item.inner_html = f'<div class="note" id="{item.attributes["id"]}">{item.inner_html} {way}</div>'
            del item.attrs["id"]
    for strip in tree.css("dl.strip"):
        strip.replace_with(element(f'<div class="strip"><dl>{strip.inner_html}</dl></div>'))
    for drawing in tree.css("svg.bar"):
        bar = drawing.css("rect")[1].attributes  # after the axis
        style = f"margin-left:{bar['x']};width:{bar['width']}"
        drawing.replace_with(element(f'<span class="bar" style="{style}"></span>'))  # Pandoc keeps a box
    for caption in tree.css("figcaption"):
        caption.replace_with(element(f"<div>{caption.inner_html}</div>"))
    for entry in tree.css("dl > div[id]"):
        term = entry.css_first("dt")
        if term is not None and term.child is not None:
            term.child.insert_before(element(f'<span id="{entry.attributes["id"]}"></span>'))
        del entry.attrs["id"]
    for node in tree.css("svg"):
        node.decompose()
    for node in tree.css("article p[class]"):
        node.replace_with(element(f'<div class="{node.attributes["class"]}"><p>{node.inner_html}</p></div>'))
    for article in tree.css("article"):
        title = article.css_first("h1")
        if title is not None:
            alone = ' class="part-title"' if "part-alone" in (article.attributes.get("class") or "") else ""
            moved = f'<h1 id="{title.attributes.get("id")}"{alone}>{title.inner_html}</h1>'
            article.insert_before(element(moved))
            title.decompose()
    for level in range(5, 0, -1):
        for heading in tree.css(f"h{level}"):
            rename(heading, f"h{level + 1}", {})
    for part in tree.css(".part-opening h2, .part-title, .imprint-title"):
        name = part.attributes.get("data-heading") or part.inner_html
        part.replace_with(element(f'<h1 id="{part.attributes.get("id") or "imprint"}">{name}</h1>'))
    for node in tree.css("article, .opening, .part-opening, .imprint"):
        node.unwrap()
    return tree.html or ""


def write_epub(html: str, address: str, words: Mapping[str, str], file: Path) -> None:
    """Write the document as an EPUB; `address`, where it will be, names it. `words`: those of the interface."""
    with tempfile.TemporaryDirectory() as folder:
        metadata = Path(folder) / "metadata.json"
        metadata.write_text(json.dumps(ACCESS | {"accessibilitySummary": words["book_access"]}), encoding="utf-8")
        cover = Path(folder) / "cover.png"
        cover_of(html).quantize(32).save(cover, optimize=True)
        os.environ["LC_ALL"] = "C.UTF-8"  # in the plainest locale Pandoc reads no name of a folder with an accent
        pypandoc.convert_text(
            for_epub(html, Path(folder)),
            "epub3",
            format="html",
            outputfile=str(file),
            extra_args=[
                "--toc",
                "--toc-depth=2",
                "--split-level=2",
                "--epub-title-page=false",
                f"--css={ROOT / 'overrides/epub.css'}",
                f"--epub-cover-image={cover}",
                f"--metadata-file={metadata}",
                f"--metadata=identifier:urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}",
            ],
        )
    finish(file, {english: words[key] for english, key in LANDMARKS.items()})


def cover_of(html: str) -> Image.Image:
    """The cover, from the document's own: its title, what it is, who says it."""
    tree = LexborHTMLParser(html)

    def text(selector: str) -> str:
        node = tree.css_first(selector)
        return " ".join(node.text().split()) if node else ""

    words = (text(".cover-kind"), text(".book-title"), text(".cover-foot"))
    shown = pictures.Card(Path(), *words, colours(), pictures.LEVERS)
    return pictures.draw(shown, pictures.COVER)


def finish(file: Path, landmarks: Mapping[str, str]) -> None:
    """Mend what Pandoc leaves: titles of files (`ch001.xhtml`), levels of headings, names of landmarks in English, what
    is said above a title, roles of notes."""
    with zipfile.ZipFile(file) as book:
        entries = [(info, book.read(info)) for info in book.infolist()]
    with zipfile.ZipFile(file, "w") as book:
        for info, data in entries:
            if info.filename.endswith(".xhtml"):
                text = KICKER.sub(r"\2\n\1", data.decode())
                for name, role in ROLES.items():
                    type = f' epub:type="{role}"' if role != "backlink" else ""
                    text = text.replace(f'class="{name}"', f'class="{name}" role="doc-{role}"{type}')
                if "<h1" in text and "<h2" not in text:  # a part that is one chapter: its sections follow its title
                    text = HEADING_TAG.sub(lambda m: f"<{m[1]}h{max(int(m[2]) - 1, 1)}", text)
                heading = re.search(r"<h[12]\b[^>]*>(.*?)</h[12]>", text, re.DOTALL)
                if heading and "/text/ch" in info.filename:
                    title = " ".join(re.sub(r"<[^>]+>", "", heading[1]).split())
                    before, _, after = text.partition("<title>")
                    text = f"{before}<title>{title}{after[after.index('</title>') :]}"
                for english, name in landmarks.items() if info.filename.endswith("nav.xhtml") else ():
                    text = text.replace(f">{english}<", f">{name}<")
                data = text.encode()
            book.writestr(info, data)
