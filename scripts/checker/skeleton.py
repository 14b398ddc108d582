"""The skeleton of a section: its boxes, tables, lists, paragraphs, and what differs between those of two sections."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from checker.document import Section, Shape

# What makes the skeleton of a section. Of several that differ the first is told: a box has paragraphs of its own.
SKELETON = {
    "box": "boxes",
    "table": "tables",
    "list": "lists",
    "paragraph": "paragraphs",
    "block": "the order of blocks",
}


class Difference(NamedTuple):
    """What of the skeleton differs first between two sections, the lines where it does, and what stands there."""

    what: str
    lines: tuple[int, int]
    texts: tuple[str, str]


def _shapes(section: Section, kind: str) -> list[Shape]:
    if kind == "block":
        return [Shape(kind, " in ".join((b.kind, *b.inside[::-1])), b.line) for b in section.all_blocks]
    return [shape for shape in section.shapes if shape.kind == kind]


def difference(en: Section, fr: Section) -> Difference | None:
    for kind, what in SKELETON.items():
        here, there = _shapes(en, kind), _shapes(fr, kind)
        if kind == "paragraph" and len(here) != len(there):  # which of them is missing is not known
            return Difference(what, (en.line, fr.line), (str(len(here)), str(len(there))))
        for a, b in zip_longest(here, there):
            a, b = a or Shape(kind, "none", en.line), b or Shape(kind, "none", fr.line)
            if a.text != b.text:
                return Difference(what, (a.line, b.line), (a.text, b.text))
    return None
