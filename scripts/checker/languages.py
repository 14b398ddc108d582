"""The two languages: what `languages.yml` and the Unicode data say of them, and expressions made of such words."""

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from content.files import read_yaml
from content.forms import any_of
from content.locales import BABEL, LOCALES
from content.model import as_list

LANGUAGES = read_yaml(Path(__file__).with_name("languages.yml"), Path(__file__).parent)


ACCENT = re.compile("[\u0300-\u036f]+")  # that stands behind its letter
# No-break spaces, CO₂, 1ᵉʳ.
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "₂": "2", "ᵉ": "e", "ʳ": "r"})


def plain(text: str) -> str:
    """A text with plain spaces, digits and letters, which expressions know: `1ᵉʳ CO₂` is `1er CO2`. Offsets stay."""
    return text.translate(PLAIN)


def without_accents(text: str) -> str:
    """A text with plain letters: `Évry` is `Evry`, and `m²` is `m2`."""
    return ACCENT.sub("", unicodedata.normalize("NFKD", text))


def filled(text: str, pieces: Mapping[str, str]) -> str:
    """An expression in which `<<name>>` stands for the piece of that name, which may have others in it.

    `filled("<<number>> %", {"number": r"\\d+"})` is `(?:\\d+) %`.
    """
    while "<<" in text:
        text = re.sub("<<(.*?)>>", lambda match: f"(?:{pieces[match[1]]})", text)
    return text


# ---------------------------------------------------------------- numbers and units


Number = int | Fraction  # never a float: 0.1 is a tenth


def exact(number: str | int | Fraction) -> Number:
    """A number as a whole one where it is one, which is many times faster: 12 for "12", 1/2 for "1/2"."""
    value = number if isinstance(number, int) else Fraction(number)
    return int(value) if value.denominator == 1 else value


class NumberWords:
    """What the words of a language say, and the expressions that `find` figures, shares … in its texts, by name."""

    def __init__(self, locale: str) -> None:
        own, self.locale = LANGUAGES[locale], locale
        self.ordinals: dict[str, int] = own["ordinals"]
        self.numbers = {word: 10**power for word, power in own["scales"].items()}
        self.numbers |= own["cardinals"] | own["tens"] | own["large"] | own["parts"] | self.ordinals
        self.alone: dict[str, tuple[str, list[Number]]] = {
            word: (kind, [*map(exact, as_list(number))])
            for kind, words in own["alone"].items()
            for word, number in words.items()
        }
        months = BABEL[locale].months["format"]
        self.months = {months[w][n].rstrip(".").lower(): n for w in ("abbreviated", "wide") for n in range(1, 13)}
        self.months |= own["months"]
        self.units: dict[str, tuple[str, Number]] = {
            name.lower(): (unit, exact(number))
            for unit, number, english, french in LANGUAGES["units"]
            for name in (french if locale == "fr" else english)
        }
        written = {"may": "May", "march": "March"}  # the words in small letters are verbs: article 15 may apply
        pieces = {
            **own,
            **LANGUAGES["pieces"],
            **own["pieces"],
            **{name: any_of(own[name]) for name in ("cardinals", "tens", "ordinals")},
            "under": any_of([*own["parts"], *(word for word, number in self.ordinals.items() if number > 2)]),
            "scale": any_of(name for name in own["scales"] if len(name) > 3),
            "alone": any_of(self.alone),
            "month": any_of(written.get(name, name) for name in self.months if name != "sept")
            + r"|(?<=\d\ )sept|sept(?=\.?\ \d{4})",  # or seven
            "unit": any_of(self.units),
            "time": any_of(name for name, (unit, _) in self.units.items() if unit in ("month", "minute")),
        }
        names = ("figure", "relative", "share", "listed", "of", "noun", "cut")
        self.find = {name: re.compile(filled(f"<<{name}>>", pieces)) for name in names}

    def number(self, text: str) -> int:
        """The value of a number in words: 250 for "two hundred and fifty", 90 for « quatre-vingt-dixième »; else 0."""
        total = current = 0
        for word in re.findall(r"quatre-vingts?|dix-(?:sept|huit|neuf)|[^\W\d_]+", text):
            value = self.numbers.get(word, 0)
            current = max(current, 1) * value if value >= 100 else current + value
            if value >= 1000:
                total, current = total + current, 0
        return total + current


NUMBER_WORDS = {locale: NumberWords(locale) for locale in LOCALES}

# The capital of a word, A and L’ too; but not M, for million, May and March, and a Roman number: Xe, Ier.
FIRST_CAPITAL = re.compile(r"\b(?!M(?:ds?|ay|arch)?\b|[IVX](?:er|re|ème|e)\b)[A-ZÀ-Þ](?=['’ ]?[a-zà-ÿ])")
