"""The words that say numbers and units in English and in French, of `languages.yml`, for `figures.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import yaml
from babel import Locale

BABEL = {"en": Locale.parse("en_GB"), "fr": Locale.parse("fr_FR")}
LANGUAGES = yaml.safe_load(Path(__file__).with_name("languages.yml").read_text(encoding="utf-8"))
# A number in words: seventy-two, cent vingt, deux mille; <<…>> as in `filled`.
SPELT = {
    "below 100": "<<tens>>(?:<<joint>><<small>>)?|<<small>>",
    "below 1000": r"(?:(?:a|<<small>>)\ )?<<hundred>>(?:<<joint>><<below 100>>)?|<<below 100>>",
    "spelt": r"(?:(?:a|<<below 1000>>)\ )?<<thousand>>(?:<<joint>><<below 1000>>)?|<<below 1000>>",
}


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def filled(text: str, pieces: Mapping[str, str]) -> str:
    """An expression in which `<<name>>` stands for the piece of that name, which may have others in it."""
    while "<<" in text:
        text = re.sub("<<(.*?)>>", lambda match: f"(?:{pieces[match[1]]})", text)
    return text


class Words:
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
        self.months |= {"juill": 7, "sep": 9}
        self.units: dict[str, tuple[str, Fraction]] = {
            name.lower(): (unit, Fraction(number))
            for unit, number, *names in LANGUAGES["units"]
            for name in names[locale == "fr"]
        }
        self.pieces = {
            **SPELT,
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


WORDS = {locale: Words(locale) for locale in BABEL}
