"""The tags of a PDF, where WeasyPrint leaves them short of PDF/UA-1: `prepare` mends the HTML that goes in, `finish`
the PDF that comes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pydyf
from selectolax.lexbor import LexborHTMLParser, LexborNode

# Tags that may be left out where nothing is in them, those that say nothing by themselves, and those that hold text.
PLAIN = ("/Div", "/NonStruct", "/P", "/Span")
MUTE = ("/NonStruct", "/Span")
TEXT = (*MUTE, "/Caption", "/H1", "/H2", "/H3", "/LBody", "/Lbl", "/Link", "/P", "/TD", "/TH")


def element(html: str) -> LexborNode:
    """The element that a piece of HTML is."""
    body = LexborHTMLParser(html).body
    assert body is not None and body.child is not None
    return body.child


def prepare(html: str, colours: Mapping[str, str]) -> str:
    """A document whose elements have tags that PDF/UA takes. `colours`: those of the site by name.

    A drawing takes the letters of the text, and its levers their colours, for no style sheet reaches into it. One that
    says nothing of its own becomes a background: WeasyPrint tags an `svg` as a figure, which needs a
    text of its own. A note's paragraph becomes its item: below an item, only a label and a body may stand. A term and
    its definition become an item, for a list has nothing but items. What says nothing to paper goes, for WeasyPrint
    spends time on each element and id: the element around the number of a note, ids that no link leads to.
    """
    tree = LexborHTMLParser(html)

    def colour_of(node: LexborNode) -> str:
        parent = node.parent
        while parent is not None and not parent.attributes.get("data-lever"):
            parent = parent.parent
        return colours[f"lever-{parent.attributes['data-lever']}" if parent else "accent"]

    for node in tree.css("svg"):
        node.attrs["font-family"] = "Liberation Sans"
        for shape in node.css(".lever"):
            shape.attrs["fill"] = colour_of(shape)
    for node in tree.css('svg[aria-hidden="true"]'):
        drawing = (node.html or "").replace("currentColor", colour_of(node)).replace('height="10"', 'height="100%"')
        drawing = drawing.replace("&nbsp;", "\u00a0")  # which XML does not know
        image = quote(drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
        kind = node.attributes.get("class") or ""
        span = f'<span class="{kind}" style="background-image: url(data:image/svg+xml,{image})"></span>'
        node.replace_with(element(span))
    for node in tree.css("li > p:only-child, sup:not(.next):has(> .footnote-ref)"):
        node.unwrap()
    for node in tree.css("dl"):
        entries = []
        for entry in node.css("div"):
            term, meaning = entry.css_first("dt"), entry.css_first("dd")
            assert term is not None and meaning is not None
            id = entry.attributes.get("id") or ""
            entries.append(f'<li id="{id}"><p>{term.inner_html}</p><div>{meaning.inner_html}</div></li>')
        node.replace_with(element(f'<ul class="{node.attributes.get("class") or ""}">{"".join(entries)}</ul>'))
    targets = {(link.attributes["href"] or "")[1:] for link in tree.css('a[href^="#"]')}
    for node in tree.css("[id]:not(svg *)"):
        if node.attributes["id"] not in targets:
            del node.attrs["id"]
    return tree.html or ""


def finish(document: Any, pdf: Any) -> None:
    """Mend the tags of a PDF before it is written; for the `finisher` of WeasyPrint.

    Running heads, page numbers and the dots of the contents become artifacts, which a reading voice leaves out. A link
    has one tag and one annotation, named by its words rather than its address. A text in another language says so. The
    cells that head a table say whether they head a column or a row. A tag that holds or says nothing is left out.
    """

    def at(reference: bytes) -> Any:
        return pdf.objects[int(reference.split()[0])]

    root = at(pdf.catalog["StructTreeRoot"])
    texts: dict[bytes, list[tuple[Any, int]]] = defaultdict(list)  # by page: each text's tag and number, in order
    kept = set()  # the tags that can be reached
    nested = []  # annotations of what stands within a link, which has one already

    def tidy(tag: Any, in_link: bool, in_head: bool) -> None:
        kept.add(tag.number)
        if in_link and tag["S"] == "/Link":
            tag["S"] = "/Span"
        if tag["S"] == "/TH":
            tag["A"]["Scope"] = "/Column" if in_head else "/Row"
        kids = []
        for kid in tag["K"]:
            if isinstance(kid, int):
                texts[tag["Pg"]].append((tag, kid))
            elif at(kid)["Type"] == "/OBJR":
                if in_link:
                    nested.append(at(kid))
                    continue
            else:
                tidy(at(kid), in_link or tag["S"] == "/Link", in_head or tag["S"] == "/THead")
            kids.append(kid)
        loose = [kid for kid in kids if tag["S"] == "/LI" and at(kid)["S"] not in ("/Lbl", "/LBody")]
        if loose:  # an item of several paragraphs: they become its body
            body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "P": tag.reference})
            body["Pg"] = tag["Pg"]
            pdf.add_object(body)
            kept.add(body.number)
            for kid in loose:
                at(kid)["P"] = body.reference
            kids = [kid for kid in kids if kid not in loose] + [body.reference]
        tag["K"][:] = kids

    for page in document.pages:
        for box in _boxes(page._page_box):
            if box.link_annotation:
                words = " ".join((box.element.get("aria-label") or "".join(box.element.itertext())).split())
                if words:
                    box.link_annotation["Contents"] = pydyf.String(words)
    tidy(at(root["K"][0]), False, False)

    parents = at(root["ParentTree"])["Nums"]
    gone = set()
    for reference in nested:
        annotation = at(reference["Obj"])
        gone.add(annotation["StructParent"])
        at(reference["Pg"])["Annots"].remove(reference["Obj"])
        annotation.clear()
        reference.clear()
    pairs = [pair for pair in zip(parents[::2], parents[1::2], strict=True) if pair[0] not in gone]
    parents[:] = [part for pair in pairs for part in pair]

    for number, (page, reference) in enumerate(zip(document.pages, pdf.page_references, strict=True)):
        boxes = list(_boxes(page._page_box))
        dots = {id(text) for box in boxes if box.is_leader for text in box.children}
        written = [box for box in boxes if hasattr(box, "text") or hasattr(box, "replacement")]  # texts, drawings
        unread: dict[int, str] = defaultdict(lambda: "/Pagination")  # the kind of what is left out
        read = set()
        for (tag, text), box in zip(texts[reference], written, strict=True):
            if id(box) in dots:
                tag["K"].remove(text)
                unread[text] = "/Layout"
                continue
            read.add(text)
            if box.style["lang"] != pdf.catalog["Lang"].string:
                tag["Lang"] = pydyf.String(box.style["lang"])
        content = at(at(reference)["Contents"]).stream
        for place, part in enumerate(content):
            if isinstance(part, pydyf.Dictionary) and "MCID" in part and part["MCID"] not in read:
                parents[2 * number + 1][part["MCID"]] = "null"
                content[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": unread[part["MCID"]]})]

    page_numbers = {reference: number for number, reference in enumerate(pdf.page_references)}

    def flatten(tag: Any) -> None:
        kids = []
        for kid in tag["K"]:
            if isinstance(kid, int) or at(kid)["Type"] == "/OBJR":
                kids.append(kid)
                continue
            child = at(kid)
            flatten(child)
            if child["S"] in PLAIN and not child["K"]:
                kept.remove(child.number)
                continue
            if child["S"] not in MUTE or "Lang" in child or tag["S"] not in TEXT:
                kids.append(kid)
                continue
            for below in child["K"]:
                if isinstance(below, int):
                    parents[2 * page_numbers[tag["Pg"]] + 1][below] = tag.reference
                else:
                    at(below)["P"] = tag.reference
            kids += child["K"]
            kept.remove(child.number)
        tag["K"][:] = kids

    flatten(at(root["K"][0]))
    for tag in pdf.objects:
        if isinstance(tag, pydyf.Dictionary) and tag.get("Type") == "/StructElem" and tag.number not in kept:
            tag.clear()


def _boxes(box: Any) -> Iterator[Any]:
    """What is drawn within a box of WeasyPrint, in the order of its tags; not the margins of the page."""
    from weasyprint.formatting_structure.boxes import MarginBox

    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # what stands for one that is placed elsewhere
        if not isinstance(child, MarginBox):
            yield child
            yield from _boxes(child)
