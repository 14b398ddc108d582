"""A book as a PDF: tagged (PDF/UA-1), with bookmarks, by WeasyPrint and overrides/book.css.

Its text is set in Newsreader, tables and notes in Source Sans, both of Python packages; a few signs come from a font of
the machine. WeasyPrint needs Pango.
Typst was tried (0.15): far faster, but each class had to be styled anew, for a file twice as large.
"""

from ctypes.util import find_library
from pathlib import Path

import fontpkg_newsreader
import fontpkg_source_sans_3

from tools import system
from web.assets import ASSETS, ROOT, colours

PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"]
LACKS = f"the PDF needs Pango and fonts (Debian: apt-get install {' '.join(PACKAGES)})"
SIGNS_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
FACES = {"Text": fontpkg_newsreader, "Source Sans": fontpkg_source_sans_3}  # by their names in the style sheets


def provide_pango() -> bool:
    """Install Pango and the fonts of the PDF where they lack, on Debian as root. Whether WeasyPrint finds Pango."""
    if not (find_library("pango-1.0") and SIGNS_FONT.exists()):
        system.install(PACKAGES, "for the PDF")
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def rules() -> str:
    """Style for the colours of the site, by name, and for the fonts, upright and italic."""
    found = f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in colours().items())} }}"
    for name, package in FACES.items():
        for font in sorted((package.ROOT / "files").glob("*.ttf")):
            face = f'font-family: "{name}"; font-style: {"italic" if "Italic" in font.name else "normal"}'
            found += f"@font-face {{ {face}; src: url({font.as_uri()}) }}"
    return found


def write_pdf(html: str, file: Path) -> None:
    """Write the document `html` as a PDF."""
    import weasyprint  # here, for they need Pango: see `provide_pango`
    from weasyprint.text.fonts import FontConfiguration

    from books import pdf_tags

    fonts, sheets = FontConfiguration(), ({"string": rules()}, {"filename": ROOT / "overrides/book.css"})
    styles = [weasyprint.CSS(font_config=fonts, **sheet) for sheet in sheets]
    source = weasyprint.HTML(string=pdf_tags.prepare(html), base_url=f"{ASSETS}/")
    document = source.render(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
    pdf_tags.mend(document)
    document.write_pdf(str(file), pdf_variant="pdf/ua-1")
