"""The face of titles and headings: Newsreader, one weight, the letters that both languages need.

    npm pack @fontsource-variable/newsreader && tar xzf fontsource-variable-newsreader-*.tgz
    python -m tools.display_face package

Writes `docs/assets/newsreader.woff2` and its licence, which are committed: less than a quarter of the variable font.
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
HAIR, STEP = 13, 5  # of kerning, in those units
OWN = 30  # a pair that is moved by less moves as those of its class


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
    kern_less(font)
    add_letters(font)
    font.flavor = "woff2"
    font.save(ASSETS / "newsreader.woff2")
    shutil.copy(package / "LICENSE", ASSETS / "newsreader-licence.txt")


def kern_less(font: Any) -> None:
    """Leave out of the kerning what nobody sees: most pairs move as the classes of their letters do, by whole steps."""
    single, classes = font["GPOS"].table.LookupList.Lookup[0].SubTable
    for pairs in single.PairSet:
        pairs.PairValueRecord = [pair for pair in pairs.PairValueRecord if abs(moves(pair.Value1)) >= OWN]
    all_pairs = zip(single.Coverage.glyphs, single.PairSet, strict=True)
    kept = {letter: pairs for letter, pairs in all_pairs if pairs.PairValueRecord}
    single.Coverage.glyphs, single.PairSet = list(kept), list(kept.values())
    values = [pair.Value1 for pairs in single.PairSet for pair in pairs.PairValueRecord]
    for value in values + [record.Value1 for row in classes.Class1Record for record in row.Class2Record]:
        by = moves(value)
        value.XAdvance = round(by / STEP) * STEP if abs(by) >= HAIR else 0


def moves(value: Any) -> int:
    """By how much a pair of letters is moved."""
    return getattr(value, "XAdvance", 0)


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
