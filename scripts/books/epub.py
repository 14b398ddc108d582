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
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from books import pictures
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
LANDMARKS = {"Cover": "book_cover", "Title Page": "book_title_page", "Table of Contents": "book_contents"}
HEADING_TAG = re.compile(r"<(/?)h([1-5])\b")


def for_epub(html: str) -> str:
    """The document as Pandoc makes a sound EPUB of it: without the cover and contents, which it makes itself.

    It makes a file of each heading of the first two levels that nothing encloses: a part keeps its heading, a chapter's
    come one level down and its title before all else. What it drops or no reader accepts gets another form.
    """
    tree = LexborHTMLParser(html)
    for node in tree.css("section.cover, nav.book-contents, .part-contents, .summary summary"):
        node.decompose()
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
            for_epub(html),
            "epub3",
            format="html",
            outputfile=str(file),
            extra_args=[
                "--toc",
                "--toc-depth=2",
                "--split-level=2",
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
    """Mend what Pandoc leaves: titles of files (`ch001.xhtml`), levels of headings, names of landmarks in English."""
    with zipfile.ZipFile(file) as book:
        entries = [(info, book.read(info)) for info in book.infolist()]
    with zipfile.ZipFile(file, "w") as book:
        for info, data in entries:
            if info.filename.endswith(".xhtml"):
                text = data.decode()
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
