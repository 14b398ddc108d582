"""Elements of a tree of HTML (selectolax): made from a text, renamed, read; icons, as HTML of their own."""

import functools
from importlib import resources

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

# Material Design Icons, as Material for MkDocs brings them: https://pictogrammers.com/library/mdi/
ICONS = resources.files("material") / "templates" / ".icons" / "material"


def element(html: str) -> LexborNode:
    """The element that a piece of HTML is, with all that stands in it."""
    body = LexborHTMLParser(html).body
    assert body is not None and body.child is not None
    return body.child


def html_of(node: LexborHTMLParser | LexborNode) -> str:
    """A page or an element as HTML, with no-break spaces as they are: Lexbor writes `&nbsp;`."""
    return (node.html or "").replace("&nbsp;", "\u00a0")


def put_for(node: LexborNode, html: str) -> None:
    """Put a piece of HTML in place of an element or a text."""
    node.insert_before(element(f"<div>{html}</div>"))
    assert node.prev is not None
    node.prev.unwrap(delete_empty=True)
    node.decompose()


def rename(node: LexborNode, tag: str, attributes: dict[str, str]) -> None:
    """Give an element another tag, and more attributes."""
    new = node.parser.create_node(tag)
    for name, value in (node.attributes | attributes).items():
        new.attrs[name] = value or ""
    new.inner_html = node.inner_html or ""
    node.replace_with(new, move=True)


def plain_text(node: LexborNode) -> str:
    """The text of an element without that of its notes' numbers: `Lots` for `<h3>Lots<sup>3</sup></h3>`."""
    if node.is_text_node:
        return node.text_content or ""
    return "".join(plain_text(child) for child in node.iter(include_text=True) if child.tag != "sup")


@functools.cache
def icon(name: str, kind: str = "icon") -> Markup:
    """An icon as SVG of class `kind` that a voice passes by: written into the page, no file is loaded for it."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    attributes = f'class="{kind}" width="24" height="24" aria-hidden="true" fill="currentColor"'
    return Markup(svg.replace('xmlns="http://www.w3.org/2000/svg"', attributes, 1).strip())
