"""Loads `data/study.yml`: what the study says, as far as it was read.

Every wrong or missing value is a ContentError (D001) with file and line.
"""

from __future__ import annotations

from pathlib import Path

from content.model import EDITIONS, PARTS, Passage
from content.record import made, records


def load_passages(root: Path) -> tuple[Passage, ...]:
    """`data/study.yml`, where there is one, in the order of the file."""
    found = []
    for r in records(root, "study.yml"):
        own = {"part": r.one_of("part", PARTS), "edition": int(r.one_of("edition", EDITIONS))}
        passage = made(Passage, r, cut=r.value.get("cut") is True, **own)
        if passage.text and not passage.sources:
            raise r.fail("sources", "is missing: a text that was read has a source")
        found.append(passage)
    return tuple(found)
