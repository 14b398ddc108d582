"""The face of titles and headings: Newsreader, one weight, the letters that both languages need.

    npm pack @fontsource-variable/newsreader && tar xzf fontsource-variable-newsreader-*.tgz
    python -m tools.display_face package

Writes `docs/assets/newsreader.woff2` and its licence, which are committed. One weight at one optical size costs a third
of the variable font, and all headings have it. A coarser grid, and kerning in steps, cost a third less.
"""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path
from typing import Any

from fontTools.otlLib.builder import buildPairPosClassesSubtable, buildValue
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

ASSETS = Path(__file__).resolve().parents[2] / "docs" / "assets"
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÀÂÇÈÉÊËÎÔÙÜàâäçèéêëîïôöùûüŒœ"
    " \u00a0!%&'()+,-./:;=?«»·–‘’“”…€"
)
SMALL = {"ᵉ": "e", "ʳ": "r"}  # of « 1ᵉʳ », which the package has not: made of the letters
UNITS = 512  # to the em: a tenth of a pixel in the largest title
HAIR, STEP = 13, 5  # of kerning, in those units


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
    for table in ("GSUB", "GDEF", "STAT", "gasp"):  # of features that are left out
        del font[table]
    scale_upem(font, UNITS)
    kern_less(font)
    add_letters(font)
    font.flavor = "woff2"
    font.save(ASSETS / "newsreader.woff2")
    shutil.copy(package / "LICENSE", ASSETS / "newsreader-licence.txt")


def kern_less(font: Any) -> None:
    """Make one small table of the kerning: pairs that nobody sees go, what is left moves by whole steps."""
    order = font.getGlyphOrder()
    moved = {pair: round(by / STEP) * STEP for pair, by in kerning(font).items() if abs(by) >= HAIR}
    left = alike([[moved.get((letter, other), 0) for other in order] for letter in order], order)
    right = alike([[moved.get((other, letter), 0) for other in order] for letter in order], order)
    classes = {
        (a, b): (buildValue({"XAdvance": moved[a[0], b[0]]}), None)
        for a in left
        for b in right
        if moved.get((a[0], b[0]))
    }
    table = font["GPOS"].table
    lookup = table.LookupList.Lookup[0]
    lookup.SubTable = [buildPairPosClassesSubtable(classes, font.getReverseGlyphMap())]
    lookup.SubTableCount = 1


def kerning(font: Any) -> dict[tuple[str, str], int]:
    """By how much each pair of letters is moved: single pairs come before those of classes."""
    pairs: dict[tuple[str, str], int] = {}
    for table in font["GPOS"].table.LookupList.Lookup[0].SubTable:
        if table.Format == 1:
            found = [
                (first, pair.SecondGlyph, pair.Value1)
                for first, of_first in zip(table.Coverage.glyphs, table.PairSet, strict=True)
                for pair in of_first.PairValueRecord
            ]
        else:
            first_class, second_class = table.ClassDef1.classDefs, table.ClassDef2.classDefs
            found = [
                (
                    first,
                    second,
                    table.Class1Record[first_class.get(first, 0)].Class2Record[second_class.get(second, 0)].Value1,
                )
                for first, second in itertools.product(table.Coverage.glyphs, font.getGlyphOrder())
            ]
        for first, second, value in found:
            pairs.setdefault((first, second), getattr(value, "XAdvance", 0))
    return pairs


def alike(rows: list[list[int]], order: list[str]) -> list[tuple[str, ...]]:
    """The letters that are moved alike. `rows`: for each letter of `order`, by how much beside each of them."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for row, letter in zip(rows, order, strict=True):
        if any(row):
            groups.setdefault(tuple(row), []).append(letter)
    return [tuple(group) for group in groups.values()]


def add_letters(font: Any) -> None:
    """Add the small letters of « 1ᵉʳ » and the thin no-break space of French, half as wide as a space."""
    glyphs, widths, order = font["glyf"], font["hmtx"], font.getGlyphOrder()
    for small, letter in {**SMALL, "\u202f": ""}.items():
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
