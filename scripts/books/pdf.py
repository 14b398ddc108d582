"""A book as a PDF: tagged (PDF/UA-1), with bookmarks, by WeasyPrint and overrides/book.css.

Its text is set in Newsreader, of a Python package; tables and notes in a font of the machine that makes it: the same
fonts make the same bytes. WeasyPrint needs Pango.
Typst was tried (0.15): far faster, but each class had to be styled anew, for a file twice as large.
"""

from ctypes.util import find_library
from pathlib import Path

import fontpkg_newsreader

from tools import system
from web.assets import ASSETS, ROOT, colours

PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation", "fonts-dejavu-core"]
LACKS = f"the PDF needs Pango and fonts (Debian: apt-get install {' '.join(PACKAGES)})"
FONTS = ("liberation/LiberationSans-Regular.ttf", "dejavu/DejaVuSans.ttf")


def provide_pango() -> bool:
    """Install Pango and the fonts of the PDF where they lack, on Debian as root. Whether WeasyPrint finds Pango."""
    complete = find_library("pango-1.0") and all((Path("/usr/share/fonts/truetype") / font).exists() for font in FONTS)
    if not complete:
        system.install(PACKAGES, "for the PDF")
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def colour_rules() -> str:
    """Style for the colours of the site, by name, and those of the levers: `[data-lever="3"] { --lever: … }`.

    In the book the pages of a lever, `@page l3`, have its number at their edge, the lower the higher it is.
    """
    rules = f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in colours().items())} }}"
    for n in range(1, 8):
        own, colour = f'[data-lever="{n}"]', colours()[f"lever-{n}"]
        tab = f'content: "{n}"; background: {colour}; margin-top: {20 * n}mm'
        rules += f"{own} {{ --lever: var(--lever-{n}) }} .book > {own}:not(.case) {{ page: l{n} }}"
        rules += f"@page l{n}:right {{ @right-top {{ {tab} }} }} @page l{n}:left {{ @left-top {{ {tab} }} }}"
    return rules


def font_rules() -> str:
    """Style for the font of the text, upright and italic."""
    rules = ""
    for font in sorted((fontpkg_newsreader.ROOT / "files").glob("*.ttf")):
        face = f"font-family: Text; font-style: {'italic' if 'Italic' in font.name else 'normal'}"
        rules += f"@font-face {{ {face}; src: url({font.as_uri()}) }}"
    return rules


def write_pdf(html: str, file: Path) -> None:
    """Write the document `html` as a PDF."""
    import weasyprint  # here, for they need Pango: see `provide_pango`
    from weasyprint.text.fonts import FontConfiguration

    from books import line_breaks, pdf_tags  # noqa: F401

    fonts, rules = FontConfiguration(), colour_rules() + font_rules()
    sheets = {"string": rules}, {"filename": ROOT / "overrides/book.css"}
    styles = [weasyprint.CSS(font_config=fonts, **sheet) for sheet in sheets]
    source = weasyprint.HTML(string=pdf_tags.prepare(html), base_url=f"{ASSETS}/")
    document = source.render(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
    pdf_tags.mend(document)
    document.write_pdf(str(file), pdf_variant="pdf/ua-1")
