"""Drawings in the books: no style sheet of a document reaches into them, so each takes letters and colours here."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from web.assets import ROOT, colours
from web.elements import element


def dress(tree: LexborHTMLParser) -> None:
    """Dress the drawings of a document, those with words by overrides/drawing.css."""

    def colour_of(node: LexborNode) -> str:
        parent = node.parent
        while parent is not None and not parent.attributes.get("data-lever"):
            parent = parent.parent
        return colours()[f"lever-{parent.attributes['data-lever']}" if parent else "accent"]

    for node in tree.css("svg"):
        node.attrs["font-family"] = "Source Sans, sans-serif"
        if node.attributes.get("aria-hidden"):
            node.attrs["color"] = colour_of(node)
        for shape in node.css(".lever"):
            shape.attrs["fill"] = colour_of(shape)
    style = (ROOT / "overrides/drawing.css").read_text(encoding="utf-8")
    for name, colour in colours().items():
        style = style.replace(f"var(--{name})", colour)
    for node in tree.css(":is(.drawing, .atlas) > svg"):
        for text in node.css(".halo"):  # a line behind a text stops before it: a broad outline below, the text above
            under = text.clone()
            under.attrs["class"], under.attrs["aria-hidden"] = "under", "true"
            text.insert_before(under)
        sheet = element(f"<svg><style>{style}</style></svg>").child
        if node.child is not None and sheet is not None:
            node.child.insert_before(sheet)
