"""The words that rules of the checker know, from `data/check.yml`; every key of that file may be left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from content.forms import Expressions, ExpressionsByLanguage, LowercaseTexts, WholeNumber
from content.locales import LOCALES

NEVER = "(?!)"
NOTHING = dict.fromkeys(LOCALES, NEVER)


def _small(expression: str) -> str:
    """An expression in small letters: `\\S` stays what it is."""
    return re.sub(r"(?<!\\)[A-ZÀ-Þ]", lambda letter: letter[0].lower(), expression)


@dataclass(frozen=True, eq=False)
class Words:
    """A row of data/check.yml: words that say the same in both languages, or the contrary, as expressions for texts in
    small letters. What is enough besides answers for them in the other language."""

    words: ExpressionsByLanguage = field(metadata={"key": ""})
    enough_en: Expressions = NEVER
    enough_fr: Expressions = NEVER
    side: Literal["before", "after"] | None = None  # where they stand, seen from their figure; None: on either
    of: Literal["years", "money"] | None = None  # the figures that they are about; None: any but dates

    @cached_property
    def sought(self) -> Mapping[str, re.Pattern[str]]:
        """The words, up to the end of a word, by locale."""
        return {locale: re.compile(rf"(?:{_small(words)})\b") for locale, words in self.words.items()}

    def find(self, locale: str, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of the words begins in a text: "over" in "over five", not in "moreover"."""
        at = 0 if self.words[locale] != NEVER else len(text)
        # No `\b` in front of the expression: with it `re` could not search for its first letters, three times slower.
        while match := self.sought[locale].search(text, at):
            in_a_word = match.start() > 0 and text[match.start() - 1].isalnum()
            at = match.start() + 1 if in_a_word else match.end()
            if not in_a_word:
                yield match

    @cached_property
    def enough(self) -> Mapping[str, re.Pattern[str]]:
        """What is enough, by locale, as beginnings of words: this and the words themselves."""
        besides = {"en": self.enough_en, "fr": self.enough_fr}
        return {
            locale: re.compile(rf"\b(?:{_small(besides[locale])}|(?:{_small(words)})\b)")
            for locale, words in self.words.items()
        }

    @property
    def halves(self) -> tuple["Words", ...]:
        """A group of two rows: the word of English, for which the French one does not stand, and the French one."""
        return tuple(Words({**NOTHING, own: self.words[own]}, self.enough_en, self.enough_fr) for own in LOCALES)


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
    negations: ExpressionsByLanguage = field(default_factory=lambda: NOTHING)
    turned: ExpressionsByLanguage = field(default_factory=lambda: NOTHING)  # how words begin that stand for a negation
    shortest: Mapping[str, WholeNumber] = field(default_factory=dict)  # kind of page: the fewest words that make one
    longest: Mapping[str, WholeNumber] = field(default_factory=dict)  # kind of page: the most words, in English
    contents: Mapping[str, str] = field(default_factory=dict)  # kind of page: the ids of its sections, in order
    banned: tuple[Banned, ...] = ()
    # What one language says and the other must say too, or must not: see data/check.yml.
    beside: tuple[Words, ...] = ()
    stated: tuple[Words, ...] = ()
    senses: tuple[tuple[Words, ...], ...] = ()
    opposites: tuple[tuple[Words, ...], ...] = ()
    joints: tuple[Words, ...] = ()
    contrary: tuple[Words, ...] = ()
    false_friends: tuple[Words, ...] = ()

    @cached_property
    def apart(self) -> tuple[tuple[Words, ...], ...]:
        """The rows that do not stand for each other."""
        return (*self.senses, *(row.halves for row in self.false_friends))

    @cached_property
    def polar(self) -> tuple[tuple[Words, ...], ...]:
        """The rows that say the contrary of each other."""
        return (*self.opposites, *(row.halves for row in self.contrary))
