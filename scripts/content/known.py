"""The words that rules of the checker know, from `data/check.yml`; every key of that file may be left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from content.files import read_yaml
from content.forms import Expressions, ExpressionsByLanguage, LowercaseTexts, WholeNumber
from content.record import At, record

KNOWN = "data/check.yml"
NEVER = "(?!)"


def _small(expression: str) -> str:
    """An expression in small letters: `\\S` stays what it is."""
    return re.sub(r"(?<!\\)[A-ZÀ-Þ]", lambda letter: letter[0].lower(), expression)


@dataclass(frozen=True, eq=False)
class Words:
    """A row of data/check.yml: words that say the same in both languages, as expressions for texts in small letters."""

    words: ExpressionsByLanguage = field(metadata={"key": ""})

    @cached_property
    def sought(self) -> Mapping[str, re.Pattern[str]]:
        """The words, up to the end of a word, by locale."""
        return {locale: re.compile(rf"(?:{_small(words)})\b") for locale, words in self.words.items()}

    def find(self, locale: str, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of the words begins in a text: "over" in "over five", not in "moreover"."""
        at = 0
        # No `\b` in front of the expression: with it `re` could not search for its first letters, three times slower.
        while match := self.sought[locale].search(text, at):
            in_a_word = match.start() > 0 and text[match.start() - 1].isalnum()
            at = match.start() + 1 if in_a_word else match.end()
            if not in_a_word:
                yield match


@lru_cache(maxsize=4)  # the same for all pages
def any_row(rows: tuple[Words, ...], locale: str) -> re.Pattern[str]:
    """An expression for whole words of any of these rows, with a group for each."""
    return re.compile(rf"\b(?:{'|'.join(f'({row.sought[locale].pattern})' for row in rows) or NEVER})")


@dataclass(frozen=True, eq=False)
class Kept(Words):
    """Words that a translation keeps: it has them, or what is enough besides."""

    enough_en: Expressions = NEVER
    enough_fr: Expressions = NEVER

    @property
    def besides(self) -> Mapping[str, str]:
        """What is enough besides the words, by locale."""
        return {"en": self.enough_en, "fr": self.enough_fr}

    @cached_property
    def enough(self) -> Mapping[str, re.Pattern[str]]:
        """What is enough, by locale, as beginnings of words: these and the words themselves."""
        return _beginnings({locale: f"{some}|{self.words[locale]}" for locale, some in self.besides.items()})


@dataclass(frozen=True, eq=False)
class Beside(Kept):
    """Words that a translation keeps beside a figure."""

    side: Literal["before", "after"] | None = None  # where they stand, seen from their figure; None: on either
    of: Literal["years", "money"] | None = None  # the figures that they are about; None: any but dates


@dataclass(frozen=True, eq=False)
class Contrary(Kept):
    """Words of English and of French that say the contrary of each other, unless what is enough besides mends that."""

    @cached_property
    def mends(self) -> Mapping[str, re.Pattern[str]]:
        """What mends it, by locale, as beginnings of words."""
        return _beginnings(self.besides)

    @cached_property
    def turned(self) -> "Contrary":
        """The row turned round. Of "rose" beside « baisse », mended by "fell" or « hausse », it makes "fell" beside
        « hausse », mended by "rose" or « baisse »."""
        return Contrary(self.besides, self.words["en"], self.words["fr"])


def _beginnings(words: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    """Expressions for words that begin so, by locale."""
    return {locale: re.compile(rf"\b(?:{_small(some)})") for locale, some in words.items()}


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
    acronyms: frozenset[str] = frozenset()  # and names that one language may have alone
    same: LowercaseTexts = frozenset()  # that both languages write alike
    people: Mapping[str, str] = field(default_factory=dict)  # town: how the name of its people begins
    called: Mapping[str, str] = field(default_factory=dict)  # what else a territory is called: its short name
    generic: LowercaseTexts = frozenset()  # words that the names of authorities share
    towns: tuple[str, ...] = ()  # larger towns without a page
    endings: Expressions = NEVER  # how the names of a town's people end
    foreign: Mapping[str, Literal["en", "fr"]] = field(default_factory=dict)  # word of the other language: which it is
    courts: tuple[str, ...] = ()  # texts in which {} is the town of a court
    advice: frozenset[str] = frozenset()  # ids of sections whose figures need no source
    steps: tuple[str, ...] = ()  # how a paragraph begins that introduces advice
    ours: tuple[str, ...] = ()  # what is said beside a figure of our own
    asked: frozenset[str] = frozenset()  # ids of sections whose years need no source
    numbered: Expressions = NEVER  # words after which a number is a name
    untitled: Expressions = NEVER  # how a title in square brackets begins that is none
    copies: Expressions = NEVER  # what the host of a copy of a site or document has in its name
    trackers: Expressions = NEVER  # what the query of an address has that only says where a reader came from
    less: Expressions = NEVER  # before a word, what turns it round
    without: Expressions = NEVER  # what turns a sentence round besides its negations
    shortest: Mapping[str, WholeNumber] = field(default_factory=dict)  # kind of page: the fewest words that make one
    longest: Mapping[str, WholeNumber] = field(default_factory=dict)  # kind of page: the most words, in English
    contents: Mapping[str, str] = field(default_factory=dict)  # kind of page: the ids of its sections, in order
    banned: tuple[Banned, ...] = ()
    # What one language says and the other must say too, or must not: see data/check.yml.
    beside: tuple[Beside, ...] = ()
    stated: tuple[Kept, ...] = ()
    days: tuple[Kept, ...] = ()
    negated: tuple[Kept, ...] = ()
    restricted: tuple[Words, ...] = ()
    exchanged: tuple[Kept, ...] = ()
    actors: tuple[Kept, ...] = ()
    nouns: tuple[Words, ...] = ()
    joints: tuple[Words, ...] = ()
    contrary: tuple[Contrary, ...] = ()
    opposites: tuple[Contrary, ...] = ()
    bounds: tuple[Contrary, ...] = ()
    false_friends: tuple[Contrary, ...] = ()


def load_known(root: Path) -> Known:
    """Reads `data/check.yml`, where there is one.

    Raises ContentError with file and line (D001) for a key that no rule knows, and a value that is no list of words or
    no `word: word`.
    """
    if not (root / KNOWN).exists():
        return Known()
    known = record(Known, read_yaml(root / KNOWN, root), At(KNOWN, 1))
    turned = (each for row in (*known.opposites, *known.bounds) for each in (row, row.turned))
    return replace(known, contrary=(*known.contrary, *turned))
