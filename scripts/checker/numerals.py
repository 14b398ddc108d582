"""The words that say numbers and units in English and in French, and the expressions that find figures in a text, for
`figures.py`."""

from __future__ import annotations

import re
from fractions import Fraction

from checker.languages import BABEL, LANGUAGES, any_of, filled


class NumberWords:
    """What the words of a language say, and, by name, the expressions that find them (`pieces`)."""

    def __init__(self, locale: str) -> None:
        said = LANGUAGES[locale]
        self.nth: dict[str, int] = said["ordinals"]
        self.cardinals: dict[str, int] = said["cardinals"] | said["tens"] | said["large"]
        self.under: dict[str, int] = said["parts"] | {word: n for word, n in self.nth.items() if n > 2}
        self.scales = {word: 10**power for word, power in said["scales"].items()}
        self.alone: dict[str, tuple[str, list[int]]] = {
            word: (kind, n if isinstance(n, list) else [n])
            for kind, words in said["alone"].items()
            for word, n in words.items()
        }
        months = BABEL[locale].months["format"]
        self.months = {months[w][n].rstrip(".").lower(): n for w in ("abbreviated", "wide") for n in range(1, 13)}
        self.months |= said["months"]
        self.units: dict[str, tuple[str, int | Fraction]] = {
            name.lower(): (unit, number if isinstance(number, int) else Fraction(number))
            for unit, number, *names in LANGUAGES["units"]
            for name in names[locale == "fr"]
        }
        self.pieces = {
            **LANGUAGES["pieces"],
            **said["pieces"],
            "small": any_of(said["cardinals"]),
            "tens": any_of(said["tens"]),
            "nth": any_of(self.nth),
            "under": any_of(self.under),
            "scale": any_of(name for name in self.scales if len(name) > 3),
            "alone": any_of(self.alone),
            "month": any_of(self.months.keys() - {"sept"}) + r"|(?<=\d\ )sept|sept(?=\.?\ \d{4})",  # or seven
            "unit": any_of(self.units),
            "time": any_of(name for name, (unit, _) in self.units.items() if unit in ("month", "minute")),
        }

    def number(self, text: str) -> int:
        """The value of a number in words: two hundred and fifty, quatre-vingt-dix."""
        total = current = 0
        for word in re.findall(r"quatre-vingts?|dix-(?:sept|huit|neuf)|[^\W\d_]+", text):
            value = self.cardinals.get(word, 0)
            if value == 1000:
                total, current = total + max(current, 1) * 1000, 0
            else:
                current = max(current, 1) * 100 if value == 100 else current + value
        return total + current


NUMBER_WORDS = {locale: NumberWords(locale) for locale in BABEL}

VERB = re.compile(r"\b(?:may|march)\b")  # in small letters: article 15 may apply
# The capital of a word, also of A and L’; but not of M, for million, and of a Roman number: Xe, Ier.
FIRST_CAPITAL = re.compile(r"\b(?!M(?:ds?)?\b|[IVX](?:er|re|ème|e)\b)[A-ZÀ-Þ](?=['’ ]?[a-zà-ÿ])")


def small(text: str) -> str:
    """The text with its words in small letters, as the expressions know them: two, july; M, CO2 and XIX stay. The
    verbs that are written like a month are dashes."""
    text = VERB.sub(lambda verb: "-" * len(verb[0]), text)
    return FIRST_CAPITAL.sub(lambda capital: capital[0].lower(), text)


def _expression(text: str, locale: str) -> re.Pattern[str]:
    return re.compile(filled(text, NUMBER_WORDS[locale].pieces))


PATTERNS = {lang: _expression("(?x)<<figure>>", lang) for lang in NUMBER_WORDS}
# What answers for a date: the following year, a month later, juin suivant.
RELATIVE = {lang: _expression(rf"\b(?:{'|'.join(LANGUAGES[lang]['relative'])})(?!\w)", lang) for lang in NUMBER_WORDS}
SHARE, LISTED, OF = (
    {lang: _expression(LANGUAGES[lang][name], lang) for lang in NUMBER_WORDS} for name in ("share", "listed", "of")
)
NOUN = re.compile(LANGUAGES["fr"]["noun"])
