"""The tags of a PDF, where WeasyPrint leaves them short of PDF/UA-1: `prepare` mends the HTML that goes in, `mend` the
pages that are laid out, and `_tags_of` each tag as WeasyPrint makes it.

Running heads and drawings for the eye become artifacts, which a reading voice leaves out. A link
has one annotation, named by its words. A tag that holds or says nothing is left out.
"""

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydyf
from selectolax.lexbor import LexborHTMLParser
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf import tags as weasyprint_tags
from weasyprint.pdf.stream import Stream

from books.drawings import dress
from web.elements import rename

# Tags that may be left out where nothing is in them, those that say nothing by themselves, and those that hold text.
PLAIN_TAGS = ("/Div", "/NonStruct", "/P", "/Span")
MUTE = ("/NonStruct", "/Span")
TEXT = (*MUTE, "/Caption", "/H1", "/H2", "/H3", "/LBody", "/Lbl", "/Link", "/P", "/TD", "/TH")
SVG = "{http://www.w3.org/2000/svg}svg"


def prepare(html: str, colours: Mapping[str, str]) -> str:
    """A document whose elements have tags that PDF/UA takes. `colours`: those of the site by name.

    A list has nothing but items. What says nothing to paper goes, for WeasyPrint spends time on each element and id.
    """
    tree = LexborHTMLParser(html)
    dress(tree, colours)
    for node in tree.css("li > p:only-child, sup:not(.next):has(> .footnote-ref)"):
        node.unwrap()
    for tag, other in {"dt": "p", "dd": "div", "dl > div": "li", "dl": "ul"}.items():
        for node in tree.css(tag):
            rename(node, other, {})
    targets = {(link.attributes["href"] or "")[1:] for link in tree.css('a[href^="#"]')}
    for node in tree.css("[id]:not(svg *)"):
        if node.attributes["id"] not in targets:
            del node.attrs["id"]
    return tree.html or ""


def mend(document: Any) -> None:
    """Name the artifacts of the pages, and leave a link to its own element: not to each that stands within it."""
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[-1].element_tag == "a"]
        for box in _boxes(page._page_box):
            if isinstance(box, MarginBox):
                for inner in _boxes(box):
                    inner.artifact = "/Pagination"
            elif box.element_tag == SVG and box.element.get("aria-hidden") == "true":
                box.artifact = "/Layout"


def _boxes(box: Any) -> Iterator[Any]:
    """What is laid out within a box."""
    for child in box.children:
        child = getattr(child, "_box", child)  # what stands for one that is placed elsewhere
        yield child
        yield from _boxes(child)


_marked, _build_box_tree = Stream.marked, weasyprint_tags._build_box_tree
_language = functools.cache(pydyf.String)  # the same object for the same language


@contextmanager
def _marked_or_artifact(stream: Any, box: Any, tag: str) -> Iterator[None]:
    if not hasattr(box, "artifact"):
        with _marked(stream, box, tag):
            yield
        return
    pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": box.artifact}))
    yield
    pydyf.Stream.end_marked_content(stream)


def _tags_of(box: Any, parent: Any, pdf: Any, page: int, texts: dict[int, bytes], *more: Any) -> Iterator[Any]:
    """The tags of a box, and below them those of what stands in it. `texts`: the tag of each text of the page."""
    box = getattr(box, "_box", box)
    if isinstance(box, MarginBox) or hasattr(box, "artifact"):
        return
    if box.link_annotation:
        words = box.element.get("aria-label") or "".join(box.element.itertext())
        box.link_annotation["Contents"] = pydyf.String(" ".join(words.split()))
    for tag in _build_box_tree(box, parent, pdf, page, texts, *more):
        if tag["S"] == "/Link" and not box.link_annotation:
            tag["S"] = "/Span"  # what the style sheet writes before or after the text of a link
        if tag["S"] == "/TH":
            tag["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        element = {} if box.element is None else box.element
        if tag["S"] == "/Sect" and element.get("role") == "note":  # what the study says
            tag |= {"S": "/Note", "ID": pydyf.String(str(tag.number)), "T": pydyf.String(element.get("aria-label"))}
        if element.get("lang"):
            tag["Lang"] = _language(element.get("lang"))
        if tag["S"] == "/LI":
            tag["K"] = _in_body(tag, pdf, texts)
        else:
            _fill(tag, tag["K"], pdf, texts)
        if tag["K"] or tag["S"] not in PLAIN_TAGS:
            yield tag
        else:
            tag.clear()


def _at(pdf: Any, kid: Any) -> Any:
    """What a tag holds: another tag, the annotation of a link; nothing for the number of a text."""
    return {} if isinstance(kid, int) else pdf.objects[int(kid.split()[0])]


def _in_body(item: Any, pdf: Any, texts: dict[int, bytes]) -> Any:
    """What an item holds, all of it in its body but a label."""
    kept = [kid for kid in item["K"] if _at(pdf, kid)["S"] in ("/Lbl", "/LBody")]
    loose = [kid for kid in item["K"] if kid not in kept]
    if loose:
        body = pydyf.Dictionary(item | {"S": "/LBody", "P": item.reference})
        pdf.add_object(body)
        _fill(body, loose, pdf, texts)
        kept.append(body.reference)
    return pydyf.Array(kept)


def _fill(tag: Any, kids: list[Any], pdf: Any, texts: dict[int, bytes]) -> None:
    """Let a tag hold these; one that holds text, instead of a tag that says nothing, what that one holds."""
    tag["K"] = pydyf.Array()
    for kid in kids:
        below = _at(pdf, kid)
        is_mute = below.get("S") in MUTE and below.get("Lang") in (None, tag.get("Lang"))
        inner = below["K"] if is_mute and tag["S"] in TEXT else [kid]
        tag["K"] += inner
        for moved in inner:
            if isinstance(moved, int):
                texts[moved] = tag.reference
            else:
                _at(pdf, moved)["P"] = tag.reference
        if inner != [kid]:
            below.clear()


Stream.marked, weasyprint_tags._build_box_tree = _marked_or_artifact, _tags_of
