"""Drawings in the books: no style sheet of a document reaches into them, so each takes letters and colours here."""

from selectolax.lexbor import LexborHTMLParser

from web.assets import ROOT, colours
from web.elements import element


def dress(tree: LexborHTMLParser) -> None:
    """Dress the drawings of a document, those with words by overrides/drawing.css."""
    for node in tree.css("svg"):
        node.attrs["font-family"] = "Source Sans, sans-serif"
    coloured = [(node.css, f"lever-{node.attributes['data-lever']}") for node in tree.css("[data-lever]")]
    for css, name in ((tree.css, "accent"), *coloured):  # those of a lever take its colour last
        for node in css("svg[aria-hidden]"):
            node.attrs["color"] = colours()[name]
        for shape in css("svg .lever"):
            shape.attrs["fill"] = colours()[name]
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
