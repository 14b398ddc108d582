"""The tags of a PDF, where WeasyPrint leaves them short of PDF/UA-1: `prepare` mends the HTML that goes in, `mend` the
pages that are laid out, and `_tags_of` each tag as WeasyPrint makes it.

Running heads and drawings for the eye become artifacts, which a reading voice leaves out. A link has one annotation,
named by its words. A plain tag that holds nothing is left out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from selectolax.lexbor import LexborHTMLParser
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf import tags as weasyprint_tags
from weasyprint.pdf.stream import Stream

from books.drawings import dress
from web.elements import rename
from web.wording import sort_key

PLAIN_TAGS = ("/Div", "/NonStruct", "/P", "/Span")  # they may be left out where nothing is in them
SVG = "{http://www.w3.org/2000/svg}svg"


def prepare(html: str) -> str:
    """A document whose elements have tags that PDF/UA takes.

    A list has nothing but items. What says nothing to paper goes, for WeasyPrint spends time on each element and id.
    """
    tree = LexborHTMLParser(html)
    dress(tree)
    _number_sources(tree)
    for node in tree.css("li > p:only-child, sup:not(.next):has(> .footnote-ref)"):
        node.unwrap()
    others = {"dt": "p", "dd": "div", "dl > div": "li", "dl": "ul"}
    # The table of a case's facts becomes a line; from within, for no part of a table is kept outside one.
    others |= {f".summary {part}": f"x-{part}" for part in ("li", "ul", "td", "th", "tr", "tbody", "table")}
    for tag, other in others.items():
        for node in tree.css(tag):
            rename(node, other, {})
    targets = {(link.attributes["href"] or "")[1:] for link in tree.css('a[href^="#"]')}
    for node in tree.css("[id]:not(svg *)"):
        if node.attributes["id"] not in targets:
            del node.attrs["id"]
    return tree.html or ""


def _number_sources(tree: LexborHTMLParser) -> None:
    """Give each source one number in the whole book: `.notes` becomes one list of them, by author. Marks that stand
    together, each after the first in a `.next`, come by their numbers."""
    kept: dict[str | None, tuple[int, str]] = {}
    new: dict[str, tuple[int, str]] = {}
    for item in sorted(tree.css(".notes li[id]"), key=lambda item: sort_key(item.text())):
        id = item.attributes["id"] or ""
        new[id] = kept.setdefault(item.inner_html, (len(kept) + 1, id))
    links, group, marks = tree.css(".footnote-ref"), 0, []
    for link in links:
        group += link.parent is None or link.parent.attributes.get("class") != "next"
        old = (link.attributes["href"] or "").removeprefix("#")
        marks.append((group, *new.get(old, (int(link.text()), old))))
    for link, (_, number, id) in zip(links, sorted(marks), strict=True):
        link.attrs["href"], link.inner_html = f"#{id}", str(number)
        link.attrs["aria-label"] = f"{(link.attributes['aria-label'] or '').split()[0]} {number}"
    for notes in tree.css(".notes"):
        items = "".join(f'<li id="{id}">{source}</li>' for source, (_, id) in kept.items())
        notes.inner_html = f'<section class="sources"><ol>{items}</ol></section>'


def mend(document: Any) -> None:
    """Name the artifacts of the pages, and leave a link to its own element; ValueError where something does not fit."""
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[-1].element_tag == "a"]
        for box in _boxes(page._page_box):
            if isinstance(box, MarginBox):
                for inner in _boxes(box):
                    inner.artifact = "/Pagination"
            elif box.element_tag == SVG and box.element.get("aria-hidden") == "true":
                box.artifact = "/Layout"
            elif box.element_tag == "a::after" and box.style["width"] != "auto":
                if any(b.width > box.width + 1 for b in _boxes(box)):
                    raise ValueError(f"no room for the number of the page of {box.element.get('href')}: book.css, a.to")
            elif box.element_tag == "figure":
                foot, inner = box.position_y + box.margin_height() + 1, list(_boxes(box))
                if any(b.element_tag == SVG and not box.position_y <= b.position_y <= foot - b.height for b in inner):
                    raise ValueError(f"a drawing outside its figure: {''.join(box.element.itertext()).strip():.90}")


def _boxes(box: Any) -> Iterator[Any]:
    """What is laid out within a box."""
    for child in box.children:
        child = getattr(child, "_box", child)  # what stands for one that is placed elsewhere
        yield child
        yield from _boxes(child)


_marked, _build_box_tree = Stream.marked, weasyprint_tags._build_box_tree


@contextmanager
def _marked_or_artifact(stream: Any, box: Any, tag: str) -> Iterator[None]:
    if not hasattr(box, "artifact"):
        with _marked(stream, box, tag):
            yield
        return
    pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": box.artifact}))
    yield
    pydyf.Stream.end_marked_content(stream)


def _tags_of(box: Any, parent: Any, *where: Any) -> Iterator[Any]:
    """The tags of a box, and below them those of what stands in it. `where`: what WeasyPrint gives its own function."""
    box = getattr(box, "_box", box)
    if isinstance(box, MarginBox) or hasattr(box, "artifact"):
        return
    if box.link_annotation:
        words = box.element.get("aria-label") or "".join(box.element.itertext())
        box.link_annotation["Contents"] = pydyf.String(" ".join(words.split()))
    for tag in _build_box_tree(box, parent, *where):
        if tag["S"] == "/Link" and not box.link_annotation:
            tag["S"] = "/Span"  # what the style sheet writes before or after the text of a link
        if tag["S"] == "/TH":
            tag["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        element = {} if box.element is None else box.element
        if tag["S"] == "/Sect" and element.get("role") == "note":  # what the study says
            tag |= {"S": "/Note", "ID": pydyf.String(str(tag.number)), "T": pydyf.String(element.get("aria-label"))}
        if element.get("lang"):
            tag["Lang"] = pydyf.String(element.get("lang"))
        if tag["K"] or tag["S"] not in PLAIN_TAGS:
            if parent["S"] == "/LI" and tag["S"] in PLAIN_TAGS:  # a paragraph of an item
                tag["S"] = "/LBody"
            yield tag


Stream.marked, weasyprint_tags._build_box_tree = _marked_or_artifact, _tags_of
