"""What WeasyPrint leaves short: the tags that PDF/UA-1 asks for, and time. `prepare` mends the HTML that goes in,
`mend` the pages that are laid out, and `_tags_of` each tag as WeasyPrint makes it.

Running heads and drawings for the eye become artifacts, which a reading voice leaves out. A link has one annotation,
named by its words. A plain tag that holds nothing is left out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pydyf
from selectolax.lexbor import LexborHTMLParser
from weasyprint.formatting_structure.boxes import MarginBox, TextBox
from weasyprint.pdf import tags as weasyprint_tags
from weasyprint.pdf.stream import Stream

from books.drawings import dress
from web.elements import rename

PLAIN_TAGS = ("/Div", "/NonStruct", "/P", "/Span")  # they may be left out where nothing is in them
SVG = "{http://www.w3.org/2000/svg}svg"


def prepare(html: str) -> str:
    """A document whose elements have tags that PDF/UA takes.

    A list has nothing but items. What says nothing to paper goes, for WeasyPrint spends time on each element and id.
    """
    tree = LexborHTMLParser(html)
    dress(tree)
    for node in tree.css("li > p:only-child:not(.facts), sup:not(.next):has(> .footnote-ref)"):
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


def mend(document: Any) -> None:
    """Name the artifacts of the pages, leave a link to its own element, put in the numbers of pages; ValueError where
    something does not fit."""
    page_of = {id: number for number, page in reversed([*enumerate(document.pages, 1)]) for id in page.anchors}
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[-1].element_tag == "a"]
        for box in _boxes(page._page_box):
            if isinstance(box, MarginBox):
                for inner in _boxes(box):
                    inner.artifact = True
            elif box.element_tag == SVG and box.element.get("aria-hidden") == "true":
                box.artifact = True
            elif box.element_tag == "a::after" and isinstance(box, TextBox):
                _put_number(box, page_of)
            elif box.element_tag == "figure":
                _check_room(box)


def _put_number(box: Any, page_of: Mapping[str, int]) -> None:
    """Write the page that a link leads to where book.css has noughts, `--page`; ValueError where it has too few.

    With `target-counter` instead, WeasyPrint lays out nearly all pages two times more.
    """
    if place := re.search(r"(?<!\d)0+$", box.text):
        href = box.element.get("href")
        number = str(page_of[href[1:]]).rjust(len(place[0]), "\u2007")
        if len(number) > len(place[0]):
            raise ValueError(f"no room for the number of the page of {href}: book.css, --page")
        box.text = box.pango_layout.text = box.text[: place.start()] + number


def _check_room(figure: Any) -> None:
    """Raises ValueError where a drawing leaves its figure."""
    foot = figure.position_y + figure.margin_height() + 1
    for drawing in (each for each in _boxes(figure) if each.element_tag == SVG):
        if not figure.position_y <= drawing.position_y <= foot - drawing.height:
            raise ValueError(f"a drawing outside its figure: {''.join(figure.element.itertext()).strip():.90}")


def _boxes(box: Any) -> Iterator[Any]:
    """What is laid out within a box."""
    for child in box.children:
        child = getattr(child, "_box", child)  # what stands for one that is placed elsewhere
        yield child
        yield from _boxes(child)


_marked, _build_box_tree = Stream.marked, weasyprint_tags._build_box_tree


def _marked_or_artifact(stream: Any, box: Any, tag: str) -> Any:
    return stream.artifact() if hasattr(box, "artifact") else _marked(stream, box, tag)


def _tags_of(box: Any, parent: Any, *where: Any) -> Iterator[Any]:
    """The tags of a box, and below them those of what stands in it. `where`: what WeasyPrint gives its own function."""
    box = getattr(box, "_box", box)
    if isinstance(box, MarginBox) or hasattr(box, "artifact"):
        return
    if box.link_annotation:
        words = box.element.get("aria-label") or "".join(box.element.itertext())
        box.link_annotation["Contents"] = pydyf.String(" ".join(words.split()))
    for tag in _build_box_tree(box, parent, *where):
        _mend_tag(tag, box)
        if tag["K"] or tag["S"] not in PLAIN_TAGS:
            if parent["S"] == "/LI" and tag["S"] in PLAIN_TAGS:  # a paragraph of an item
                tag["S"] = "/LBody"
            yield tag


def _mend_tag(tag: Any, box: Any) -> None:
    """Give a tag what PDF/UA asks for, from the element of its box."""
    element = {} if box.element is None else box.element
    if tag["S"] == "/Link" and not box.link_annotation:
        tag["S"] = "/Span"  # what the style sheet writes before or after the text of a link
    elif tag["S"] == "/TH":
        tag["A"]["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
    elif tag["S"] == "/Sect" and element.get("role") == "note":  # what the study says
        tag |= {"S": "/Note", "ID": pydyf.String(str(tag.number)), "T": pydyf.String(element.get("aria-label"))}
    if element.get("lang"):
        tag["Lang"] = pydyf.String(element.get("lang"))


Stream.marked, weasyprint_tags._build_box_tree = _marked_or_artifact, _tags_of
