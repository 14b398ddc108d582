"""The words that rules of the checker know, from `data/check.yml`; every key of that file may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content.files import read_yaml
from content.model import Mapped
from content.record import Record

FILE = "data/check.yml"
TEXTS = ("acronyms", "same", "accented", "generic", "whole", "advice", "steps", "ours")  # keys with a list of words
PAIRS = ("translated", "people", "adjectives", "false_friends", "shortest", "counted")  # keys with lines `word: word`


@dataclass(frozen=True)
class Known:
    """Words by the key that they stand under."""

    translated: Mapping[str, str] = field(default_factory=dict)  # French acronym: English acronym
    acronyms: frozenset[str] = frozenset()  # that one language may have alone
    same: frozenset[str] = frozenset()  # that both languages write alike, in small letters
    accented: tuple[str, ...] = ()  # French words that begin with an accented capital
    people: Mapping[str, str] = field(default_factory=dict)  # town: how the name of its people begins
    adjectives: Mapping[str, str] = field(default_factory=dict)  # territory: the adjective that it is called by
    whole: frozenset[str] = frozenset()  # first words of names that are not cut
    generic: frozenset[str] = frozenset()  # words that the names of authorities share, in small letters
    advice: frozenset[str] = frozenset()  # ids of sections whose figures need no source
    steps: tuple[str, ...] = ()  # how a paragraph begins that introduces advice
    ours: tuple[str, ...] = ()  # what is said beside a figure of our own
    shortest: Mapping[str, str] = field(default_factory=dict)  # kind of page: the fewest words that make one
    false_friends: Mapping[str, str] = field(default_factory=dict)  # English: how its French look-alike begins
    counted: Mapping[str, str] = field(default_factory=dict)  # phrase with {} for a number: what it counts


def load_known(root: Path) -> Known:
    """Reads `data/check.yml`, where there is one.

    Raises ContentError with file and line (D001) for a key that no rule knows, a value that is no list of words or no
    `word: word`, and an acronym that is translated twice.
    """
    if not (root / FILE).exists():
        return Known()
    top = Record(read_yaml(root / FILE, root), FILE, 1)
    for key in top.value:
        if key not in TEXTS + PAIRS:
            raise top.fail(key, f"is a key that no rule knows: write one of {', '.join(TEXTS + PAIRS)}")
    words = {key: top.texts(key) for key in TEXTS}
    pairs = {key: _pairs(top, key) for key in PAIRS}
    french: dict[str, str] = {}
    for english, translation in pairs["translated"].items():
        if translation in french:
            both = f"'{french[translation]}' and '{english}'"
            raise _lines(top, "translated").fail(english, f"has the French of another: keep one of {both}")
        french[translation] = english
    values: dict[str, Any] = words | pairs | {"translated": french}
    values |= {key: frozenset(words[key]) for key in ("acronyms", "whole", "advice")}
    values |= {key: frozenset(word.casefold() for word in words[key]) for key in ("same", "generic")}
    return Known(**values)


def _lines(top: Record, key: str) -> Record:
    return Record(top.value.get(key) or Mapped(), FILE, top.value.lines.get(key, 1))


def _pairs(top: Record, key: str) -> dict[str, str]:
    lines = _lines(top, key)
    return {word: lines.text(word) for word in lines.value}
