"""The words that say numbers and units in English and in French, of `languages.yml`, and the expressions that find
figures in a text, for `figures.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from babel import Locale

from content.files import read_yaml

BABEL = {"en": Locale.parse("en_GB"), "fr": Locale.parse("fr_FR")}
LANGUAGES = read_yaml(Path(__file__).with_name("languages.yml"), Path(__file__).parent)
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
        self.months |= said["months"]
        self.units: dict[str, tuple[str, int | Fraction]] = {
            name.lower(): (unit, number if isinstance(number, int) else Fraction(number))
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

# <<…>> stands for what languages.yml, under `pieces`, and numerals.py have under that name.
TEMPLATE = r"""(?<!\w)(?:
  # an article of a French law: L. 2113-12, 19 septies
  (?P<article>[LRD]\.?\ ?\d{3,}(?:-\d+)* | (?<=\d\ )(?:bis|ter|quater|quinquies|sexies|septies|octies)\b)
  # a time of the day: 2.30 pm, 14 h 30
| (?P<hour>\d\d?)(?:(?:[.:]\d\d)?\ ?(?P<pm>[ap])\.?m\b | (?:\ ?h\ ?|:)[0-5]\d\b(?![\w:]))
  # a date: 5 July 2019, 1er juillet
| (?:(?P<day>\d\d?)(?:<<end>>)?(?:\ of)?\ )?\b(?P<month><<month>>)\b
  (?:\.?,?\ (?P<year>\d{4})\b)?
  # years: 2015–20
| (?P<since>(?:19|20)\d\d)[-–/](?P<until>\d\d)\b
  # a fraction: two thirds, un quart, 3/4; but not a third party
| (?P<over><<an>>|<<small>>)[-\ ](?P<under><<under>>)s?\b(?!<<other>>) | (?P<share>[1-9]/[2-9])(?![\d/])
  # an ordinal: third, vingt et unième
| (?:(?P<tens><<tens>>)[-\ ](?:et[-\ ])?)?(?P<nth><<nth>>)(?:ly|s)?\b(?!<<other>>)
  # a Roman number: XIXe, IV
| (?P<roman>[IVX][IVXLC]*(?=(?:er|re|ème|e)\b) | (?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})\b)[a-zè]*
  # a number with scale and unit: €1.2 million, two and a half years, un quart d’heure, a year, 19th
| (?P<sign>€|£|(?:US)?\$)?
  (?:(?P<digits><<digits>>)(?!\d)\+? | (?P<part><<part>>)(?=<<time or scale>>) | (?P<spelt><<spelt>>)\b
    | (?P<each><<each>>)(?=<<time>>\b) | (?:the|<<an>>)\ (?=<<scale>>\b))
  (?P<rank>(?:<<end>>)(?!\w))?<<half>>?
  (?:\ ?(?P<short>(?:k|bn|M|Mds?)(?=\W|$)) | [-\ ]?(?P<scale><<scale>>)\b)?<<half>>?
  (?:[-\ ]?(?:d['’]|de\ )?(?P<unit>(?i:<<unit>>))(?!\w))?<<half>>?(?![A-Z\d_])
  # a name with digits: 3DS, CO2, 2.0.1
| (?P<code>(?![QTHS][1-4]\b)(?:\d+[A-Z][A-Z\d]*|[A-Z]+\d[A-Z\d]*)\b | \d+(?:\.\d+){2,}\b)
  # a word that says a number: both, une dizaine
| (?P<alone><<alone>>)\b)
  # … times a year
  (?P<often>(?:(?<=twice)|\ times|\ fois)\ (?:(?:a|per|each|every)\ year|par\ an|l['’]an)\b)?"""


VERB = re.compile(r"\b(?:may|march)\b")  # in small letters: article 15 may apply
# The capital of a word, also of A and L’; but not of M, for million, and of a Roman number: Xe, Ier.
CAPITAL = re.compile(r"\b(?!M(?:ds?)?\b|[IVX](?:er|re|ème|e)\b)[A-ZÀ-Þ](?=['’ ]?[a-zà-ÿ])")


def small(text: str) -> str:
    """The text with its words in small letters, as the expressions know them: two, july; M, CO2 and XIX stay. The
    verbs that are written like a month are dashes."""
    text = VERB.sub(lambda verb: "-" * len(verb[0]), text)
    return CAPITAL.sub(lambda capital: capital[0].lower(), text)


def _expression(text: str, locale: str) -> re.Pattern[str]:
    return re.compile(filled(text, WORDS[locale].pieces))


PATTERNS = {lang: _expression(f"(?x){TEMPLATE}", lang) for lang in WORDS}
# What answers for a date: the following year, a month later, juin suivant.
RELATIVE = {lang: _expression(rf"\b(?:{'|'.join(LANGUAGES[lang]['relative'])})(?!\w)", lang) for lang in WORDS}
SHARE, LISTED, OF = (
    {lang: _expression(LANGUAGES[lang][name], lang) for lang in WORDS} for name in ("share", "listed", "of")
)
NOUN = re.compile(LANGUAGES["fr"]["noun"])
