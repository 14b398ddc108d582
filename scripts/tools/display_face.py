"""The face of titles and headings: Newsreader, one weight, the letters that both languages need.

    npm pack @fontsource-variable/newsreader && tar xzf fontsource-variable-newsreader-*.tgz
    python -m tools.display_face package

Writes `docs/assets/newsreader.woff2` and its licence, which are committed. The font of 2026 has less kerning than the
package, and 2.8 kB less for it.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

from web.assets import ASSETS

TITLE_LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÀÂÇÈÉÊËÎÔÙÜàâäçèéêëîïôöùûüŒœ"
    " \u00a0!%&'()+,-./:;=?«»·–‘’“”…€"
)
RAISED = {"ᵉ": "e", "ʳ": "r"}  # of « 1ᵉʳ », which the package has not: made of the letters
UNITS = 512  # to the em: a tenth of a pixel in the largest title


def make(package: Path) -> None:
    """Write the font and its licence into the assets. `package`: the npm package, unpacked."""
    font: Any = TTFont(package / "files" / "newsreader-latin-opsz-normal.woff2")
    instantiateVariableFont(font, {"wght": 600, "opsz": 32}, inplace=True)
    options = Options()
    options.flavor, options.hinting, options.layout_features = "woff2", False, ["kern"]
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, name, licence
    subsetter = Subsetter(options)
    subsetter.populate(text=TITLE_LETTERS)
    subsetter.subset(font)
    for table in ("GSUB", "GDEF", "STAT", "gasp"):  # of features that are left out
        del font[table]
    scale_upem(font, UNITS)
    add_letters(font)
    font.flavor = "woff2"
    font.save(ASSETS / "newsreader.woff2")
    shutil.copy(package / "LICENSE", ASSETS / "newsreader-licence.txt")


def add_letters(font: Any) -> None:
    """Add the small letters of « 1ᵉʳ » and the thin no-break space of French, half as wide as a space."""
    glyphs, widths, order = font["glyf"], font["hmtx"], font.getGlyphOrder()
    for small, letter in {**RAISED, "\u202f": ""}.items():
        pen = TTGlyphPen(glyphs)
        if letter:
            pen.addComponent(letter, (0.62, 0, 0, 0.62, 0, round(0.26 * UNITS)))
        name = f"u{ord(small):04X}"
        glyphs[name] = pen.glyph()
        widths[name] = (int(widths[letter][0] * 0.62), 0) if letter else (widths["space"][0] // 2, 0)
        for table in font["cmap"].tables:
            table.cmap[ord(small)] = name
    font.setGlyphOrder([*dict.fromkeys([*order, *glyphs.glyphOrder])])


if __name__ == "__main__":
    make(Path(sys.argv[1]))
