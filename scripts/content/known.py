"""The words that rules of the checker know, from `data/check.yml`; every key of that file may be left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from content.files import read_yaml
from content.forms import Expressions, LowercaseTexts, TextsByLanguage, WholeNumber
from content.locales import LOCALES
from content.record import At, mapping, read_value, record

KNOWN = "data/check.yml"
NEVER = "(?!)"
Counted = Literal["levers", "instruments", "cases"]
BOTH_WAYS = ("limits", "trends", "opposites")  # a row of these is one of its contrary too


@dataclass(frozen=True, eq=False)
class Wording:
    """A row of words, as expressions by locale: those that are `sought`, and those that are `enough` beside them.

    Both are in small letters, and so must be the texts in which they are sought.
    """

    sought: Mapping[str, re.Pattern[str]]
    enough: Mapping[str, re.Pattern[str]]
    side: str = ""  # of a figure, on which alone they are sought: before or after
    of: str = ""  # the figures that they are about: years, money, or any

    def find(self, locale: str, text: str) -> Iterator[re.Match[str]]:
        """Every place where a sought word begins in a text: "over" in "over five", not in "moreover"."""
        at = 0
        # No `\b` in front of the expression: with it `re` could not search for its first letters, three times slower.
        while match := self.sought[locale].search(text, at):
            in_a_word = match.start() > 0 and text[match.start() - 1].isalnum()
            at = match.start() + 1 if in_a_word else match.end()
            if not in_a_word:
                yield match


@dataclass(frozen=True)
class WordingRow:
    """A row of words as it is written; see `Wording`."""

    words: TextsByLanguage = field(metadata={"key": ""})
    enough_en: tuple[str, ...]
    enough_fr: tuple[str, ...]
    side: Literal["before", "after"] | None
    of: Literal["years", "money", "any"] | None
    line: int


@dataclass(frozen=True, eq=False)
class Banned:
    """Words that one language does not write, as an expression, and what it writes instead."""

    lang: Literal["en", "fr"]
    words: Expressions
    instead: str

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Whole words; in small letters they are found with capitals too."""
        return re.compile(rf"\b(?:{self.words})(?!\w)", re.IGNORECASE * self.words.islower())


@dataclass(frozen=True)
class Known:
    """Words by the key that they stand under: each field is a key, and its type says how it is read."""

    translated: Mapping[str, str] = field(default_factory=dict)  # French acronym: English acronym
    acronyms: frozenset[str] = frozenset()  # that one language may have alone
    same: LowercaseTexts = frozenset()  # that both languages write alike
    people: Mapping[str, str] = field(default_factory=dict)  # town: how the name of its people begins
    called: Mapping[str, str] = field(default_factory=dict)  # what else a territory is called: its short name
    generic: LowercaseTexts = frozenset()  # words that the names of authorities share
    endings: Expressions = NEVER  # how the names of a town's people end
    foreign: Mapping[str, Literal["en", "fr"]] = field(default_factory=dict)  # word of the other language: which it is
    courts: tuple[str, ...] = ()  # texts in which {} is the town of a court
    advice: frozenset[str] = frozenset()  # ids of sections whose figures need no source
    steps: tuple[str, ...] = ()  # how a paragraph begins that introduces advice
    ours: tuple[str, ...] = ()  # what is said beside a figure of our own
    numbered: Expressions = NEVER  # words after which a number is a name
    untitled: Expressions = NEVER  # how a title in square brackets begins that is none
    copies: Expressions = NEVER  # what the host of a copy of a site or document has in its name
    trackers: Expressions = NEVER  # what the query of an address has that only says where a reader came from
    less: Expressions = NEVER  # before a word, what turns it round
    shortest: Mapping[str, WholeNumber] = field(default_factory=dict)  # kind of page: the fewest words that make one
    longest: Mapping[str, WholeNumber] = field(default_factory=dict)  # kind of page: the most words, in English
    sections: Mapping[str, str] = field(default_factory=dict)  # kind of page: the ids of its sections, in order
    counted: Mapping[str, Counted] = field(default_factory=dict)  # phrase with {} for a number: what it counts
    banned: tuple[Banned, ...] = ()
    # What one language says and the other must say too, or must not: see data/check.yml.
    beside: tuple[Wording, ...] = ()
    limits: tuple[Wording, ...] = ()
    qualified: tuple[Wording, ...] = ()
    stated: tuple[Wording, ...] = ()
    trends: tuple[Wording, ...] = ()
    negated: tuple[Wording, ...] = ()
    contrary: tuple[Wording, ...] = ()
    opposites: tuple[Wording, ...] = ()
    nouns: tuple[Wording, ...] = ()
    false_friends: tuple[Wording, ...] = ()


WORDINGS = [field.name for field in fields(Known) if field.type == tuple[Wording, ...]]  # the keys of rows of words


def load_known(root: Path) -> Known:
    """Reads `data/check.yml`, where there is one.

    Raises ContentError with file and line (D001) for a key that no rule knows, and a value that is no list of words or
    no `word: word`.
    """
    if not (root / KNOWN).exists():
        return Known()
    at = At(KNOWN, 1)
    top = mapping(read_yaml(root / KNOWN, root), at)
    rows: dict[str, Any] = {
        name: tuple(_wordings(name, read_value(tuple[WordingRow, ...], top[name], at.under(top, name))))
        for name in WORDINGS
        if name in top
    }
    return record(Known, top, at, **rows)


def _small(expression: str) -> str:
    """An expression in small letters: `\\S` stays what it is."""
    return re.sub(r"(?<!\\)[A-ZÀ-Þ]", lambda letter: letter[0].lower(), expression)


def _wordings(key: str, rows: Sequence[WordingRow]) -> Iterator[Wording]:
    """The rows under a key: whole words that are sought, beginnings of words that are enough."""
    for row in rows:
        sought = {locale: [*map(_small, words)] for locale, words in row.words.items()}
        given = {"en": [*map(_small, row.enough_en)], "fr": [*map(_small, row.enough_fr)]}
        without = {locale: [NEVER] for locale in LOCALES} if key == "false_friends" else sought
        enough = {locale: given[locale] or without[locale] for locale in LOCALES}
        try:
            if any(re.fullmatch("|".join(words), "") for words in (*sought.values(), *given.values()) if words):
                raise At(KNOWN, row.line, key).fail("has a word that may be nothing: it would stand everywhere")
            for one, other in [(sought, enough), (enough, sought)][: 1 + (key in BOTH_WAYS)]:
                whole = {locale: re.compile(rf"(?:{'|'.join(words)})\b") for locale, words in one.items()}
                begun = {locale: re.compile(rf"\b(?:{'|'.join(words)})") for locale, words in other.items()}
                yield Wording(whole, begun, row.side or "", row.of or "")
        except re.error as error:
            raise At(KNOWN, row.line, key).fail(f"has a word that is no expression: {error}") from None
