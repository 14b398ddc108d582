"""The face of titles and headings: Newsreader, one weight, the letters that both languages need.

    npm pack @fontsource-variable/newsreader && tar xzf fontsource-variable-newsreader-*.tgz
    python -m tools.display_face package

Writes `docs/assets/newsreader.woff2` and its licence, which are committed. One weight at one optical size costs a third
of the variable font, and all headings have it. Pairs that kerning moves by less than a hair stay as they are.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ASSETS = Path(__file__).resolve().parents[2] / "docs" / "assets"
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÀÂÇÈÉÊËÎÔÙÜàâäçèéêëîïôöùûüŒœ"
    " \u00a0!%&'()+,-./:;=?«»·–‘’“”…€"
)
SMALL = {"ᵉ": "e", "ʳ": "r"}  # of « 1ᵉʳ », which the package has not: made of the letters
HAIR = 50


def make(package: Path) -> None:
    """Write the font and its licence into the assets. `package`: the npm package, unpacked."""
    font: Any = TTFont(package / "files" / "newsreader-latin-opsz-normal.woff2")
    instantiateVariableFont(font, {"wght": 600, "opsz": 32}, inplace=True)
    options = Options()
    options.flavor, options.hinting, options.layout_features = "woff2", False, ["kern"]
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, name, licence
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    kern_less(font)
    add_letters(font)
    font.flavor = "woff2"
    font.save(ASSETS / "newsreader.woff2")
    shutil.copy(package / "LICENSE", ASSETS / "newsreader-licence.txt")


def kern_less(font: Any) -> None:
    """Set the kerning that nobody sees to nothing: what is the same everywhere is compressed to little."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(table, "ExtSubTable", table) for table in lookup.SubTable):
            pairs = [pair for group in getattr(table, "PairSet", []) for pair in group.PairValueRecord]
            pairs += [pair for group in getattr(table, "Class1Record", []) for pair in group.Class2Record]
            for value in (pair.Value1 for pair in pairs if pair.Value1):
                if abs(getattr(value, "XAdvance", 0) or 0) < HAIR:
                    value.XAdvance = 0


def add_letters(font: Any) -> None:
    """Add the small letters of « 1ᵉʳ » and the thin no-break space of French, half as wide as a space."""
    glyphs, widths, order = font["glyf"], font["hmtx"], font.getGlyphOrder()
    for small, letter in {**SMALL, "\u202f": ""}.items():
        pen = TTGlyphPen(glyphs)
        if letter:
            pen.addComponent(letter, (0.62, 0, 0, 0.62, 0, 520))
        name = f"u{ord(small):04X}"
        glyphs[name] = pen.glyph()
        widths[name] = (int(widths[letter][0] * 0.62), 0) if letter else (widths["space"][0] // 2, 0)
        for table in font["cmap"].tables:
            table.cmap[ord(small)] = name
    font.setGlyphOrder([*dict.fromkeys([*order, *glyphs.glyphOrder])])


if __name__ == "__main__":
    make(Path(sys.argv[1]))
