"""The quantities of a text, by the rules of its language, and what two texts say differently.

`parse("€1.2 million in July 2019", "en")` and `parse("1,2 M€ en juillet 2019", "fr")` give the same
values. A quantity has one or more parts: a range its two ends, a date its day, month and year. Two
texts agree when every part of each has a counterpart in the other, whatever the order: in another
language a year may stand once for two dates, or a range be written as two numbers. Names of months,
separators, currencies and units come from Babel.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from itertools import accumulate, compress, islice, product
from operator import attrgetter
from string import ascii_uppercase

from babel import Locale
from babel.numbers import format_compact_decimal, get_currency_name, get_decimal_symbol
from babel.units import format_unit

from content.model import LETTERS

BABEL = {"en": Locale.parse("en_GB"), "fr": Locale.parse("fr_FR")}
FIGURES, GROUPED = re.compile(r"\d"), re.compile(r"\d[,\s]\d")
ORDINAL_ENDS = ("th", "third", "ième", "ths", "thirds", "ièmes")


Number = int | Fraction  # never a float: 0.1 is a tenth


@dataclass(frozen=True)
class Part:
    """One value with its unit and the scale (million) that it was written with.

    `other` is a second reading ("a third": the fraction, or the third one).
    """

    value: Number | str
    unit: str = ""
    other: Number | None = None
    scale: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Quantity:
    """A quantity as it stands in a text; one that is not `required` may be said without a number elsewhere.

    `near` are the units and scales of its sentence, which it may have left out: "2.1 and 3 million".
    """

    text: str
    start: int
    end: int
    parts: tuple[Part, ...]
    required: bool = True
    near: frozenset[str | int] = frozenset()
    definite: bool = False  # "the three", "three-month", « les trois »

    @property
    def is_date(self) -> bool:
        """Whether it is a date or a year, or years from and to."""
        years = True
        for part in self.parts:
            if part.unit in ("month name", "decade"):
                return True
            years = years and _is_year(part)
        return years and not GROUPED.search(self.text)

    @property
    def is_ordinal(self) -> bool:
        """Whether it is an ordinal above second."""
        return self.text.endswith(ORDINAL_ENDS) and not self.text.endswith(("month", "months"))

    @cached_property
    def small_word(self) -> bool:
        """Whether it is a small number in words, as three, which may be said again."""
        return not FIGURES.search(self.text) and all(p.scale == 1 and p.unit not in STRICT for p in self.parts)


def agree(a: Part, near_a: Collection[str | int], b: Part, near_b: Collection[str | int]) -> bool:
    """Whether two parts say the same, each in its sentence."""
    unit, near = (a.unit, near_b) if a.unit else (b.unit, near_a)
    if {a.unit, b.unit} == {"", "%"} and _share(a) == _share(b) != 0:
        return True
    if a.unit != b.unit and ((a.unit and b.unit) or (unit in STRICT and unit not in near)):
        return False
    if a.unit != b.unit and unit in UNITS and unit != "year" and unit not in near:
        return False  # nor are ages in years: under 30
    if {a.value, a.other} & {b.value, b.other} - {None}:
        return a.unit == b.unit or unit not in MONEY or COUNTED not in near or max(a.scale, b.scale) > 1
    large, small, near = (a, b, near_b) if a.scale > b.scale else (b, a, near_a)
    if isinstance(large.value, str) or isinstance(small.value, str) or small.value >= 1000:
        return False
    if not large.unit and MONEY.intersection(near):
        return False  # the scale that is left out is that of an amount
    return large.scale in near and large.value == small.value * large.scale


def _share(part: Part) -> Fraction:
    """Half for both "half" and "50%"; nothing for what is no share in words or per cent."""
    if isinstance(part.value, str):
        return Fraction(0)
    value = Fraction(part.value)
    if part.unit == "%":
        return value / 100
    return value if value < 1 and value.numerator + value.denominator < 20 else Fraction(0)


# Units without which a number says something else. The others (hours, years …) may be worded in
# another way ("five-year", « quinquennal »), but not contradict each other.
MONEY = frozenset(("€", "$", "£"))
STRICT = MONEY | {"%", "month name", "code", "decade"}
ORDINAL = "ordinal"  # of first and second, which may be said without a number
COUNTED = "counted"  # is near a number that something is counted with, which is no amount

# ---------------------------------------------------------------- the words of each language

CARDINALS = {
    "en": """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""",
    "fr": """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
        dix-sept dix-huit dix-neuf""",
}
TENS = {
    "en": "twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90",
    "fr": "vingt 20 vingts 20 trente 30 quarante 40 cinquante 50 soixante 60 quatre-vingt 80 quatre-vingts 80",
}
HUNDREDS = {"en": "hundred 100 thousand 1000", "fr": "cent 100 cents 100 mille 1000"}
ORDINALS = {
    "en": """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""",
    "fr": """premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième
        douzième treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième""",
}
MORE_ORDINALS = {"en": "", "fr": "première 1 second 2 seconde 2"}
# Words that say a number without naming it: the other language may have the number, or nothing.
HINTS = {
    "en": """once 1 one 1 single 1 sole 1 both 2 pair 2 couple 2 decade 10 fortnight 15 fortnightly 15 neither 2
        either 2 centenary 100 biennial 2 bilateral 2 tripartite 3 triennial 3 thrice 3""",
    "fr": """un 1 une 1 seul 1 seule 1 unique 1 paire 2 couple 2 binôme 2 trio 3 décennie 10 quinzaine 15 biennal 2
        bilatéral 2 bipartite 2 bipartites 2 tripartite 3 triennal 3 triennale 3 quadriennal 4 quadriennale 4
        quinquennal 5 quinquennale 5 quinquennat 5 septennat 7 décennal 10 décennale 10 quadripartite 4
        centenaire 100 bisannuel 2 biannuel 2 neuf 9""",
}
# Those that must not contradict each other, by what they say: how many times, divided by, every so many months …
KINDS_OF_HINTS: dict[str, dict[str, str]] = {
    "times": {
        "en": "double 2 doubled 2 doubles 2 doubling 2 triple 3 tripled 3 trebled 3 threefold 3 quadrupled 4",
        "fr": "double 2 doublé 2 doublés 2 doubler 2 doublement 2 triple 3 triplé 3 tripler 3 quadruplé 4",
    },
    "divided": {"en": "halve 2 halves 2 halved 2 halving 2", "fr": ""},
    "month": {"en": "monthly 1 quarterly 3 half-yearly 6", "fr": "mensuel 1 mensuelle 1 trimestriel 3 semestriel 6"},
    "year": {"en": "yearly 1 annual 1", "fr": "annuel 1 annuelle 1 annuels 1 annuelles 1 année 1"},
}
# Those that may stand between a number and its unit.
ADJECTIVES = {
    "en": "more|further|additional|extra|other|full|whole|consecutive|successive|working|calendar|integration|training"
    "|volunteer|voluntary|paid|unpaid|teaching|school|opening|machine",
    "fr": "autres|longues|longs|nouvelles|nouveaux|dernières|derniers|prochaines|prochains|bonnes|bons|petites",
}
# How many there are, about: "thousands of jobs". The plurals stand without a number.
MAGNITUDES = {
    "en": "tens 10 dozens 10 hundreds 100 thousands 1000 millions 1000000 billions 1000000000",
    "fr": "dizaines 10 douzaines 10 centaines 100 milliers 1000 millions 1000000 milliards 1000000000",
}
ARTICLES = "bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies"  # after the number of an article
DECADES = {
    "en": "twenties 20 thirties 30 forties 40 fifties 50 sixties 60 seventies 70 eighties 80 nineties 90",
    "fr": """vingt 20 trente 30 quarante 40 cinquante 50 soixante 60 soixante-dix 70 quatre-vingt 80 quatre-vingts 80
        quatre-vingt-dix 90""",
}
GROUPS = {
    "en": "dozen 12",
    "fr": """huitaine 8 dizaine 10 douzaine 12 quinzaine 15 vingtaine 20 trentaine 30 quarantaine 40 cinquantaine 50
        soixantaine 60 centaine 100 millier 1000""",
}
DENOMINATORS = {
    "en": "third 3 quarter 4 fifth 5 sixth 6 eighth 8 tenth 10",
    "fr": "tiers 3 quart 4 cinquième 5 sixième 6 huitième 8 dixième 10",
}
MORE_MONTHS = {"en": "Sep 9", "fr": "juill 7 fév 2"}  # other abbreviations
# The units whose names Babel knows, in both languages, and those that it does not.
UNITS = {
    "hour": "duration-hour", "day": "duration-day", "week": "duration-week", "month": "duration-month",
    "year": "duration-year", "minute": "duration-minute", "tonne": "mass-tonne", "kg": "mass-kilogram",
    "metre": "length-meter", "km": "length-kilometer", "m²": "area-square-meter", "km²": "area-square-kilometer",
    "ha": "area-hectare", "MB": "digital-megabyte", "GB": "digital-gigabyte", "m³": "volume-cubic-meter",
    "litre": "volume-liter", "kWh": "energy-kilowatt-hour", "kW": "power-kilowatt", "MW": "power-megawatt",
    "GW": "power-gigawatt", "°C": "temperature-celsius",
}  # fmt: skip
MORE_UNITS = {
    "en": {"percentage points": "point", "percentage point": "point", "points": "point", "full-time equivalents": "FTE",
           "full-time equivalent": "FTE", "full-time posts": "FTE", "FTEs": "FTE", "FTE": "FTE", "MWh": "MWh",
           "monthly": "month", "yearly": "year", "GWh": "GWh", "MiB": "MiB", "h": "hour", "sq m": "m²", "sqm": "m²",
           "m2": "m²", "square-metre": "m²", "cubic-metre": "m³", "square-kilometre": "km²", "km2": "km²", "m3": "m³"},
    "fr": {"points": "point", "point": "point", "années": "year", "année": "year", "journées": "day", "journée": "day",
           "équivalents temps plein": "FTE", "équivalent temps plein": "FTE", "équivalents plein temps": "FTE",
           "ETP": "FTE", "Mio": "MiB", "MWh": "MWh", "GWh": "GWh", "m2": "m²", "km2": "km²", "m3": "m³"},
}  # fmt: skip
SHORT_SCALES = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "bn": 10**9, "Md": 10**9, "Mds": 10**9, "Mrd": 10**9}
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
PERCENT = {"en": r"%|per ?cent\b", "fr": r"%|pour cents?\b"}
ENDS = {"en": "st|nd|rd|th", "fr": "ère|ème|er|re|nde|nd|es|e|è|ᵉʳ|ᵉ"}  # of ordinals in figures: 19th, 1er, 2e
ROMAN = dict(zip("IVXLC", (1, 5, 10, 50, 100), strict=True))


def _numbers(text: str) -> dict[str, int]:
    """`two 2 three 3` as a dict."""
    items = text.split()
    return {word: int(number) for word, number in zip(items[::2], items[1::2], strict=True)}


def plain(text: str) -> str:
    """The text with plain spaces for those that no line breaks at, as the expressions below know no other."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")


def _any(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _months(locale: str) -> dict[str, int]:
    formats = BABEL[locale].months["format"]
    found = {formats[width][n].rstrip("."): n for width in ("abbreviated", "wide") for n in range(1, 13)}
    return found | _numbers(MORE_MONTHS[locale])


def _scales(locale: str) -> dict[str, int]:
    """million, millions, milliard …"""
    found: dict[str, int] = {}
    for power in (3, 6, 9, 12):
        text = format_compact_decimal(2 * 10**power, format_type="long", locale=BABEL[locale])
        name = plain(text).lstrip("2 ")
        found |= {name: 10**power, name.removesuffix("s"): 10**power}
    return found


def _units(locale: str) -> dict[str, str]:
    found = {}
    for unit, name in UNITS.items():
        for number in (1, 2):
            for length in ("long", "short"):
                text = format_unit(number, name, length, locale=BABEL[locale])
                found[plain(text).lstrip("12 ")] = unit
    del found["l"]  # sept l’ont
    return found | MORE_UNITS[locale]


def _currencies(locale: str) -> dict[str, str]:
    names = {get_currency_name(code, n, BABEL[locale]): SIGNS[code] for code in SIGNS for n in (1, 2)}
    names |= {"dollar": "$", "dollars": "$"}
    return names | SIGNS | {sign: sign for sign in SIGNS.values()}


# ---------------------------------------------------------------- what is read, in this order

Reading = Callable[[re.Match[str]], tuple[Iterable[Part], bool]]  # the parts, and whether they are required


Reader = tuple[Iterable[str], str, Reading]  # the words it can start with, its expression, what a match of it says

# Where a reader can start: at figures, a word or a sign. Most words start none: to try the expressions at the
# others only takes a fifth of the time.
START = re.compile(rf"(\d+|[{LETTERS}]+|[€£$+½¼¾⅓⅔])")
# Stand for any figures (before one of some characters), for figures and a space (before one of some characters, of
# which 0 is any digit), for figures that start with a nought, for any word in capitals, and for any Roman number.
FIGURE, SPACED, NOUGHT, CAPITALS, NUMERAL = "0", " ", "00", "A", "X"
READ, MONTH_READ = "\0", "\1"  # stand in a text for what one reader has read, before the next one comes to it
ROMAN_NUMBER = re.compile("[IVX][IVXLC]*(?:er|re|ème|e)?")


class Starting(dict[str, list[int]]):
    """The numbers of the readers that can start with a word, with figures or a sign; texts have most in common."""

    def __init__(self, starting: dict[str, list[int]]) -> None:
        self.starting = starting

    def __missing__(self, word: str) -> list[int]:
        if word[0].isdecimal():
            return self.setdefault(word, self.starting[FIGURE] + (self.starting[NOUGHT] if word[0] == "0" else []))
        numbers = self.starting.get(word.lower() if word[0].isupper() else word, [])
        numbers = numbers + self.starting[CAPITALS] if word.isupper() else numbers
        return self.setdefault(word, numbers + self.starting[NUMERAL] if ROMAN_NUMBER.fullmatch(word) else numbers)


class Grammar:
    """The readers of one language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.cardinals = {word: n for n, word in enumerate(CARDINALS[locale].split())}
        self.words = self.cardinals | _numbers(TENS[locale]) | _numbers(HUNDREDS[locale]) | {"a": 1, "une": 1}
        self.ordinals = {word: n for n, word in enumerate(ORDINALS[locale].split(), 1)}
        self.ordinals |= _numbers(MORE_ORDINALS[locale])
        self.hints = {word: Part(n) for word, n in _numbers(HINTS[locale]).items()}
        for unit, words in KINDS_OF_HINTS.items():
            half = Fraction(1, 2) if unit == "divided" else None
            self.hints |= {word: Part(n, unit, half) for word, n in _numbers(words[locale]).items()}
        self.groups, self.decades = _numbers(GROUPS[locale]), _numbers(DECADES[locale])
        self.magnitudes = _numbers(MAGNITUDES[locale])
        self.denominators = _numbers(DENOMINATORS[locale])
        self.months, self.scales, self.units = _months(locale), _scales(locale), _units(locale)
        self.whole_months = {name.lower() for name in BABEL[locale].months["format"]["wide"].values()}
        self.currencies = _currencies(locale)
        self.another_month = re.compile(rf" ?(?:[-–]|to|and|or|until) ?(?:{_any(self.months)})\b")
        self.decimal = get_decimal_symbol(BABEL[locale])
        self.grouping = re.compile("[, ]" if locale == "en" else " ")
        self.month_numbers = {name.lower(): number for name, number in self.months.items()}
        self.readers: list[tuple[re.Pattern[str], Reading]] = []
        self.starting: dict[str, list[int]] = {}  # the readers that can start with a word, by their numbers
        for number, (starts, pattern, read) in enumerate([*self.figures(), *self.spelt()]):
            self.readers.append((re.compile(pattern), read))
            for start in {key for word in starts for key in self._keys(word)}:
                self.starting.setdefault(start, []).append(number)
        self.starting_with = Starting(self.starting)

    def _keys(self, start: str) -> Iterable[str]:
        """What `starting` has for what a reader can start with: `0-/` stands for figures before one of these signs."""
        if start in (NOUGHT, CAPITALS, NUMERAL):
            return [start]
        if start[0] in (FIGURE, SPACED):
            return [start[0] + after for after in start[1:]] or [FIGURE]
        match = START.match(start.lower())
        return [match[0]] if match else []

    def places(self, text: str) -> dict[int, list[int]]:
        """The places of the text at which each reader can start, in their order."""
        pieces = START.split(text)  # what stands between the words, and each word, in turns
        words = pieces[1::2]
        starts = islice(accumulate(map(len, pieces)), 0, None, 2)
        readers = list(map(self.starting_with.__getitem__, words))
        places: dict[int, list[int]] = defaultdict(list)
        for start, word, numbers in compress(zip(starts, words, readers, strict=False), readers):
            if word[0].isdecimal():
                end = start + len(word)
                key, after = FIGURE, text[end : end + 1]
                if after == " ":
                    key, after = SPACED, text[end + 1 : end + 2]
                    after = "0" if after.isdecimal() else after
                numbers = numbers + self.starting.get(key + after, NO_READERS)
            for number in numbers:
                places[number].append(start)
        return places

    def figures(self) -> Iterator[Reader]:
        """What is written with digits."""
        group = "[, ]" if self.locale == "en" else " "
        self.number = rf"(?<!\d)(?:\d{{1,3}}(?:{group}\d{{3}}(?!\d))+|\d+)(?:[{self.decimal}.]\d+)?(?!\d)"
        scales, short, month = _any(self.scales), _any(SHORT_SCALES), _any(self.months)
        self.money = "|".join(re.escape(n) if n in SIGNS.values() else rf"{n}\b" for n in self.currencies)
        yield SIGNS_OF_FRACTIONS, f"[{''.join(SIGNS_OF_FRACTIONS)}]", lambda m: ([Part(SIGNS_OF_FRACTIONS[m[0]])], True)
        article = r"\b([LRD])(?:\. ?| ?(?=\d{3}))(\d+(?:-\d+)*)"
        yield "LRD", article, lambda m: ([Part(f"{m[1]}{m[2]}", "code")], True)
        yield ARTICLES.split("|"), rf"(?<=\d )(?:{ARTICLES})\b", lambda m: ([Part(m[0], "code")], True)
        telephone = r"(?<!\d)(?:\+33 ?(?:\(0\) ?)?|0)([1-9](?:[. ]?\d\d){4})(?!\d)"
        yield (NOUGHT, "+"), telephone, self.read_telephone
        clock = r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?"
        if self.locale == "en":
            clocks = rf"\b(?:{clock}(?: ?[-–] ?| (?:to|and|until) ))?{clock} ?([ap])\.?m\b"
            yield (f"{FIGURE}.:-–ap", f"{SPACED}-–tuap"), clocks, self.read_clock
        hour = r"\b([01]?\d|2[0-3])(?: ?h ?|:)([0-5]\d)\b(?!:)"
        yield (f"{FIGURE}h:", f"{SPACED}h"), hour, self.read_clock
        yield (
            ("€", "£", "$", "EUR"),
            rf"(?P<money>€|£|\$|EUR )(?P<number>{self.number})(?: ?(?P<short>{short})\b| (?P<scale>{scales})\b)?",
            self.read_number,
        )
        in_short = rf"(?P<number>{self.number}) ?(?P<short>{short}) ?(?:d['’])?(?P<money>{self.money})"
        yield (f"{FIGURE}.,kKmMb", f"{SPACED}0kKmMb"), in_short, self.read_number
        cent = "cents?" if self.locale == "en" else "centimes?"
        yield (
            [f"{SPACED}ce"],
            rf"\b(\d+) (?:euro )?{cent}\b(?: d['’]euros?\b)?",
            lambda m: ([Part(Fraction(m[1]) / 100, "€")], True),
        )
        yield "QT", r"\b[QT]([1-4])\b(?=[\s,]*\d{4}\b)", lambda m: ([Part(int(m[1]))], True)  # Q3 2021, T3 2021
        digits, words = r"(?P<digits>(?:1[89]|20)?\d0)", f"(?P<words>{_any(self.decades)})"
        if self.locale == "en":
            decade = rf"(?<![\w-]){digits}s\b|(?<=\bthe ){words}\b"
            yield (f"{FIGURE}s", *self.decades), decade, self.read_decade
        else:
            yield ["années"], rf"\b[Aa]nnées (?:{digits}|{words})\b", self.read_decade
        code = r"\b(?:\d+[A-Z]+|[A-Z]+\d+)[A-Z0-9]*\b|\b\d+(?:\.\d+){2,}"
        yield (f"{FIGURE}.{ascii_uppercase}", CAPITALS), code, lambda m: ([Part(m[0], "code")], True)
        yield [f"{FIGURE}-"], r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", self.read_date
        yield [f"{FIGURE}/"], r"\b(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})\b", self.read_date
        if self.locale == "en":
            constant = r"\bconstant (\d{4})\b"  # constant 2018 euros
            yield ["constant"], constant, lambda m: ([Part(int(m[1]))], True)
            american = rf"\b(?P<month>{month})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b"
            yield self.months, american, self.read_date
            of = r"(?:st|nd|rd|th)?(?: of)?"
        else:
            month, of = f"(?i:{month})", "(?:er)?"
            round_the_clock = r"\b(\d+) ?(?:h|heures|j|jours)(?:/| sur )\1\b"  # 24 h/24, 7 j/7
            yield (f"{FIGURE}hj", f"{SPACED}hj"), round_the_clock, lambda m: ([Part(int(m[1]))], True)
        date = rf"\b(?:(?P<day>\d\d?){of} )?(?P<month>{month})\b(?:\.?,? (?P<year>\d{{4}})\b)?"
        initials = "".join({month[0] + month[0].swapcase() for month in self.months})
        yield (f"{FIGURE}snrte", f"{SPACED}o{initials}", *self.months), date, self.read_date
        yield (
            [f"{FIGURE}-–/"],
            rf"(?<!\d[.,])\b(?P<chain>\d+(?:[-–/]\d+)+)\b(?![., ]\d{{3}}\b|[.,]\d)"
            rf"(?: ?(?P<percent>{PERCENT[self.locale]})| (?P<unit>{_any(self.units)})\b)?",
            self.read_chain,
        )
        ends = "".join(end[0] for end in ENDS[self.locale].split("|"))
        yield [FIGURE + ends], rf"\b(\d+)(?:{ENDS[self.locale]})(?!\w)", lambda m: ([Part(int(m[1]))], True)
        numerals = r"([IVX][IVXLC]*)(?:er|re|ème|e|ᵉʳ|ᵉ)(?!\w)", r"(X{0,3}(?:IX|IV|VI{0,3}|I{2,3})|X{2,3}I?|XI)\b"
        for numeral in numerals:
            yield NUMERAL, rf"\b{numeral}", lambda m: ([Part(roman(m[1]))], True)
        yield ["I"], r"(?<=[^\W\d_][^\w.!?,;:])I\b(?!['’])", self.read_first

    def spelt(self) -> Iterator[Reader]:
        """What may be written in words."""
        english = self.locale == "en"
        words = rf"\b(?i:{self.number_words()})\b"
        scales, units, tens = _any(self.scales), _any(self.units), _any(_numbers(TENS[self.locale]))
        half = rf"(?i:\b(?P<halved>{'half a ' if english else 'un demi[- ]'}))"
        unit = rf"(?: ?(?P<percent>{PERCENT[self.locale]})| ?(?:d['’]|(?:de|of) )?(?P<money>{self.money}))"
        yield ("half", "un"), rf"{half}(?P<scale>{scales})\b{unit}?", self.read_number
        many = r"(?:(?P<number>two|three|four|five|six) )?" if english else "(?P<number>(?!))?"
        group = rf"(?i:\b{many}(?P<half>half (?:a )?|demi-)?(?P<group>{_any(self.groups)}))\b"
        of = "" if english else r"(?:de |d['’])?"  # millions d’heures
        group += rf"(?:{unit}| {of}(?P<unit>{units})\b)?"
        yield (*self.groups, "half", "demi", "two", "three", "four", "five", "six"), group, self.read_group
        if english:
            hour = r"(?P<half>half)(?: an |-)hours?|(?P<quarters>a|three) quarters? of an hour"
        else:
            hour = r"(?P<half>demi)e?-heures?|(?P<quarters>un|trois) quarts? d['’]heure"
        yield ("half", "a", "three", "demi", "un", "trois"), rf"\b(?i:{hour})\b", self.read_minutes
        other = rf" {THIRD}" if english else r"-[a-z]"  # third places, tiers-lieux
        over = [*self.cardinals][1:13] + (["a"] if english else ["le", "au", "du"])
        yield (
            over,
            rf"\b(?i:(?P<over>{_any(over)})(?: |-)(?P<under>{_any(self.denominators)})s?)\b(?!{other})",
            self.read_fraction,
        )
        both = rf"(?i:\b(?:tous|toutes)\s+(?:les\s+)?deux\b(?! (?:{units})))"
        yield ("tous", "toutes"), both, lambda _: ([Part(2)], False)
        a_half = r"\b(?i:half)\b" if english else r"\b(?i:moitié|demie?|tiers(?!-))\b"
        yield ("half", "moitié", "demi", "demie", "tiers"), a_half, self.read_half
        compound = rf"(?:(?P<tens>{tens})(?:-| et |-et-))?"
        ordinals = [*self.ordinals, "unième"]
        ordinal = rf"\b(?i:{compound}(?P<ordinal>{_any(ordinals)})(?:s|ly)?)\b"
        starts = [word + end for word in ordinals for end in ("", "s", "ly")]
        yield (*starts, *_numbers(TENS[self.locale])), ordinal, self.read_ordinal
        large = _any(["hundred", *self.scales])
        if english:
            yield ["score"], r"(?<=\b[Aa] )score of\b(?! \d)", lambda _: ([Part(20)], False)
            yield ["twice"], r"\btwice\b", lambda _: ([Part(2)], True)
            yield (f"{SPACED}n", "noon"), r"\b(?:(?:12 )?noon)\b", lambda _: ([Part(12, "hour")], False)
            yield ["every"], r"\b(?i:every other)\b", lambda _: ([Part(2)], False)
            quarter = r"\b(?:every|each|per) quarter\b"
            yield ("every", "each", "per"), quarter, lambda _: ([Part(3, "month")], False)
            few = rf"\b(?i:a few|several) ({large})(?: ({large}))?\b"
            yield ("a", "several"), few, self.read_magnitude
        else:
            yield ["midi"], r"\bmidi\b", lambda _: ([Part(12, "hour")], False)
            every = r"\b(?:un|chaque|par|tous les) "
            yield ("un", "chaque", "par", "tous"), rf"{every}trimestres?\b", lambda _: ([Part(3, "month")], False)
            yield ("un", "chaque", "par", "tous"), rf"{every}semestres?\b", lambda _: ([Part(6, "month")], False)
        a, each, the = (
            ("a|an|one", "per|each|every", "the") if english else ("une?", r"par|chaque|tous\sles|toutes\sles", "le")
        )
        february = "" if english else rf"(?!(?i:un) mois d[e’] ?{MONTH_READ})"  # février has been read before
        compound = "[a-z]+-[a-z]+|" if english else ""  # 35 work-integration hours
        adjective = rf"(?:(?:{compound}{ADJECTIVES[self.locale]}) )?"
        alone = ("a", "an", "one", "per", "each", "every", "the", "un", "une", "par", "chaque", "tous", "toutes", "le")
        one = (
            rf"(?:(?i:\b(?:{a}|{each}))(?= (?:{units}|fois et)\b(?! d[e’] ?{MONTH_READ}))"
            rf"|(?i:\b(?:{a}|{the}))(?= (?:{scales})\b))"
        )
        end = (
            rf"(?P<half> and a half)?(?: (?P<scale>{scales})\b)?"
            rf"(?:{unit}|(?: {of}|-|(?<=\d)){adjective}(?P<unit>{units})\b)?"
            r"(?P<demi>(?: fois)? (?:et demie?|and a half)\b)?"
        )
        yield (FIGURE, *self.words), rf"{february}(?P<number>{self.number}|{words}){end}", self.read_number
        yield alone, f"{february}{one}{end}", self.read_number
        large = _any(self.magnitudes)
        magnitude = rf"\b(?i:({large})(?: (?:of|de) ({large})| ({_any(self.scales)}))?)\b"
        yield self.magnitudes, magnitude, self.read_magnitude
        yield self.hints, rf"\b(?i:(?P<hint>{_any(self.hints)}))\b", self.read_hint

    def number_words(self) -> str:
        """An expression for a number in words: seventy-two, cent vingt, deux mille."""
        joint = r"(?:-| and | )" if self.locale == "en" else r"(?:-|-et-| et | )"
        small, tens = _any([*self.cardinals][1:]), _any(_numbers(TENS[self.locale]))
        hundred, thousand = ("hundred", "thousand") if self.locale == "en" else ("cents?", "mille")
        below_100 = rf"(?:(?:{tens})(?:{joint}(?:{small}))?|{small})"
        below_1000 = rf"(?:(?:(?:a|{small}) )?{hundred}(?:{joint}{below_100})?|{below_100})"
        return rf"(?:(?:a|{below_1000}) )?{thousand}(?:{joint}{below_1000})?|{below_1000}"

    def figure(self, text: str) -> Number:
        """The value of a number in digits or words."""
        if text.isdecimal():
            return int(text)
        if text[0].isdigit():
            digits = self.grouping.sub("", text)
            return int(digits) if digits.isdecimal() else Fraction(digits.replace(",", "."))
        tokens = re.findall(r"quatre-vingts?|dix-(?:sept|huit|neuf)|[^\W\d_]+", text.lower())
        total = current = 0
        for value in (self.words[token] for token in tokens if token in self.words):
            if value == 1000:
                total, current = total + max(current, 1) * 1000, 0
            else:
                current = max(current, 1) * 100 if value == 100 else current + value
        return total + current

    def read_number(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """A number in digits or words with its scale (million) and unit."""
        if match[0].isdecimal():
            return _whole(match[0]), True  # as most
        found = match.groupdict()
        text, scale = found.get("number"), found.get("scale")
        value: Number = self.figure(text) if text else Fraction(1, 2) if found.get("halved") else 1
        if found.get("half") or found.get("demi"):
            value += Fraction(1, 2)
        factor = self.scales[scale] if scale else SHORT_SCALES.get(found.get("short") or "", 1)
        unit = "%" if found.get("percent") else ""
        if found.get("money"):
            unit = self.currencies[found["money"].strip()]
        if found.get("unit"):
            unit = self.units[found["unit"]]
        number = Part(value * factor, unit, scale=factor)
        word = (text or "").lower()  # empty in "a year"; neuf is also "new"
        name = NAME.match(match.string, match.end()) if match[0][:1].isupper() else None
        if name and name[0][0] == "-":
            return [], False
        return [number], word[:1].isdigit() or (number.value != 1 and word != "neuf" and not name)

    def read_hint(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """Both, double; halved, which is divided by two elsewhere."""
        part = self.hints[match[0].lower()]
        return [part], part.unit == "divided"

    def read_magnitude(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """A few hundred, thousands, des centaines de milliers."""
        value = 1
        for word in filter(None, map(str.lower, filter(None, match.groups()))):
            value *= self.magnitudes.get(word) or self.scales.get(word) or 100
        return [Part(value, "order")], False

    def read_minutes(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """Half an hour, trois quarts d’heure."""
        minutes = 30 if match["half"] else 15 if match["quarters"].lower() in ("a", "un") else 45
        return [Part(minutes, "minute")], True

    def read_decade(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """The 1990s, the nineties, les années 90: by the first year."""
        year = int(match["digits"]) if match["digits"] else self.decades[match["words"]]
        return [Part(year if year > 99 else 1900 + year, "decade")], True

    def read_telephone(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """01 40 26 20 20, +33 1 40 26 20 20: without what stands before in one country."""
        return [Part("0" + re.sub(r"\D", "", match[1]), "code")], True

    def read_clock(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """14 h 30, 14:30, 2.30 pm, 9 to 11 am: hours and minutes."""
        *times, half = match.groups("") if match.re.groups == 5 else (*match.groups(""), "")
        hours = [int(hour) % 12 + 12 * (half == "p") if half and hour else int(hour or 0) for hour in times[::2]]
        if half and times[0] and hours[0] > hours[1]:  # 11 to 1 pm; 10 to 12 am is until noon
            hours = [hours[0], 12] if hours[1] == 0 else [(hours[0] + 12) % 24, hours[1]]
        parts = []
        for hour, given, minutes in zip(hours, times[::2], times[1::2], strict=True):
            if given:
                parts.append(Part(hour, "hour"))
            if int(minutes or 0):
                parts.append(Part(int(minutes), "minute"))
        return parts, True

    def read_group(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """A dozen, half a dozen, une vingtaine."""
        value = self.figure(match["number"]) if match["number"] else 1
        unit = self.currencies[match["money"].strip()] if match["money"] else "%" if match["percent"] else ""
        unit = self.units[match["unit"]] if match["unit"] else unit
        return [Part(value * self.groups[match["group"].lower()] * Fraction(1, 2 if match["half"] else 1), unit)], True

    def read_half(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """Half, moitié; half-time, the first half, demi and tiers need no counterpart; "and a half" is of a number."""
        before, word = match.string[max(match.start() - 8, 0) : match.start()].lower(), match[0].lower()
        if re.search(r"\b(?:and a|et) $", before):
            return [], False
        period = re.search(r"(?:first|second|latter) $", before) or match.string.startswith("-", match.end())
        return [Part(Fraction(1, 3 if word == "tiers" else 2))], word == "moitié" or (word == "half" and not period)

    def read_fraction(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """Two thirds, un quart. "A third", « un cinquième » may be the third and the fifth one."""
        under = self.denominators[match["under"].lower()]
        over = self.words.get(match["over"].lower(), 1)
        of = re.match(r" (?:(?:of|des?|du)\b(?! confiance)|d’)", match.string[match.end() :])
        other = None if over > 1 or of else under
        if over == under:
            return [Part(over)], True  # in three thirds
        return [Part(Fraction(over, under), "", other)], bool(over > 1 or of or under > 4)

    def read_ordinal(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """First, twenty-first: with its number, so that it may be written as one ("lever 4")."""
        word = match["ordinal"].lower()
        value = 1 if word == "unième" else self.ordinals[word]
        if word == "third" and OTHER_THIRD.match(match.string, match.end()):
            return [], False
        if match["tens"]:
            value += self.words[match["tens"].lower()]
        unit = ORDINAL if value < 3 else ""
        if word == "second" and NO_SECOND.match(match.string, match.end()):
            return [], False
        start = match[0][0].isupper() and match.string.startswith(",", match.end())  # Third, ask
        optional = (
            value < 2 or match[0].endswith("ly") or (value == 2 and self.locale == "fr" and word != "deuxième")
        )  # le second en 2014
        return [Part(value, unit)], not (optional or start or NO_NUMBER.match(match.string, match.end()))

    def read_first(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """François I, phase I; in English not what somebody says of himself."""
        before = match.string[max(match.start() - 20, 0) : match.start()]
        named = self.locale == "fr" or re.search(r"\b[A-ZÀ-Ý][\w’-]* $", before) or NUMBERED.search(before)
        return [Part(1)] if named else [], False

    def read_date(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """A date as far as it is given: day, month, year."""
        found = match.groupdict()
        name = found["month"]
        if not found.get("day") and not found.get("year"):
            before = match.string[: match.start()].rstrip().rpartition(" ")[2].lower()
            another = self.another_month.match(match.string, match.end())
            after = before in BEFORE_MONTH.split()
            if name.lower() not in self.whole_months:
                if name == "sept" or not (after and match.string.startswith(".", match.end())):
                    return [], False  # an abbreviation, or a word: en sept
            elif name in ("May", "March") and not after and not another:
                return [], False
        month = int(name) if name.isdigit() else self.month_numbers[name.lower()]
        parts = [Part(int(found[key])) for key in ("day", "year") if found.get(key)]
        return [Part(month, "month name"), *parts], True

    def read_chain(self, match: re.Match[str]) -> tuple[Iterable[Part], bool]:
        """2015–2020, 2015-20, 9-1, 2014-856, 2023/2831: ranges and the numbers of laws, number by number."""
        numbers = re.split("[-–/]", match["chain"])
        first, last = numbers[0], numbers[-1]
        if len(numbers) == 2 and len(first) == 4 and len(last) == 2 and last > first[2:]:
            numbers[1] = first[:2] + last
        if match["chain"] in FRACTIONS:
            return [Part(Fraction(match["chain"]))], True
        unit = "%" if match["percent"] else self.units[match["unit"]] if match["unit"] else ""
        return [Part(int(number), unit) for number in numbers], True


@lru_cache(maxsize=4_000)  # years, most of all
def _whole(figures: str) -> tuple[Part]:
    return (Part(int(figures)),)


NO_READERS: list[int] = []
SIGNS_OF_FRACTIONS = dict(zip("½¼¾⅓⅔", map(Fraction, ("1/2", "1/4", "3/4", "1/3", "2/3")), strict=True))
FRACTIONS = ("1/2", "1/3", "2/3", "1/4", "3/4")
# What follows a number that is the start of a name: Deux-Sèvres.
NAME = re.compile(r"[- ][A-ZÉÎ][a-zà-ÿ]")
# A third place, third parties: no numbers; nor need "the third age" be any.
THIRD = r"(?:places\b|part(?:y|ies)\b|sector\b|countr)"
OTHER_THIRD = re.compile(rf"[- ]{THIRD}")
NO_NUMBER = re.compile(r" (?:place|age\b|world)")
# No number: second-hand; nor need a second home or a second time be any in French.
NO_SECOND = re.compile(r"-hand|[- ](?:homes?|time|thoughts?|nature)\b")
# Words after which March and May are the months, and an abbreviation is one too.
BEFORE_MONTH = """in since of until by from to and between early late mid end before after during for
    en depuis de à dès fin début mi avant après pour et"""


def roman(text: str) -> int:
    """The value of a Roman number."""
    values = [ROMAN[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


grammar = cache(Grammar)


# ---------------------------------------------------------------- reading and comparing

RANGE = re.compile(r" ?[-–] ?| (?:to|until|à) ")
# Before a number that the text has given already: the three, « ces trois ».
DEFINITE = re.compile(
    r"\b(?:the|these|those|its|their|our|your|all|both|les|des|aux|ces|ses|leurs|nos|vos|toute?s|tous|d’entre)"
    r" $",
    re.IGNORECASE,
)
NEW = re.compile(r" (?:autres|premi|derni)")  # after one that it has not: « les trois premiers »
MINUS = re.compile(r"(?:^|[\s(])[−–-]$")  # before a number: −3%
APART = re.compile("[;:(]")  # between an amount and a number before it, which has its own currency then
SENTENCE_END = re.compile(r"[.!?…](?=\s)")
OWN = frozenset(("", 1, "month name", "code", "decade", "order", "times", "divided"))
BETWEEN = re.compile(r" (?:and|et) ")


TOO_LONG = re.compile(r"(?:\d[,. ]?){40}")  # no quantity, and more than Python reads as a number


@lru_cache(maxsize=4_000)  # S009 and N001 read the same texts, page by page
def read(text: str, locale: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in their order, as each stands there: without what it leaves out."""
    said, text = text, plain(text)
    left, found = text, []
    known = grammar(locale)
    for number, places in sorted(known.places(text).items()):
        (pattern, reading), unread, end = known.readers[number], left, 0
        for place in places:
            match = pattern.match(unread, place) if place >= end else None
            if match is None:
                continue
            start, end = match.span()
            parts, required = reading(match) if end - start < 40 or not TOO_LONG.search(match[0]) else ((), False)
            if parts := tuple(parts):
                minus = start and text[start - 1] in "−–-" and MINUS.search(text, max(start - 2, 0), start)
                if minus and len(parts) == 1 and not isinstance(value := parts[0].value, str):
                    start, parts = start - 1, (replace(parts[0], value=-value),)
                definite = not FIGURES.search(text, start, end) and _is_definite(text, start, end, parts)
                found.append(Quantity(said[start:end], start, end, parts, required, definite=definite))
                mask = MONTH_READ if parts[0].unit == "month name" else READ
                left = left[:start] + mask * (end - start) + left[end:]
    found.sort(key=attrgetter("start"))
    return tuple(_ranges(found, said)) if len(found) > 1 else tuple(found)


def parse(text: str, locale: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in their order, with what each leaves out."""
    found = read(text, locale)
    return tuple(_with_near(found, plain(text), locale)) if found else ()


def _is_definite(text: str, start: int, end: int, parts: tuple[Part, ...]) -> bool:
    """Whether a number in words is one that the text may have given already."""
    if "-" in text[start:end]:
        return True
    given = DEFINITE.search(text, max(start - 12, 0), start) and not NEW.match(text, end)
    return bool(given) and not any(part.unit for part in parts)


def _with_near(found: Sequence[Quantity], text: str, locale: str) -> Sequence[Quantity]:
    """The quantities with the units and scales that each may have left out: of what it is listed with (5 or 10%).

    In French also those of its sentence, per cent apart (400 millions d’euros, et 80): the currency only after a
    scale or where an amount follows (de 18 000 à 24 000 euros). In English each amount has its sign and its scale.
    """
    said = [_said(quantity) for quantity in found]
    if locale == "en" and not any(said) and "ortnight" not in text:
        return found  # nothing that may be left out
    everywhere = {unit for units in said for unit in units if unit in UNITS}
    ends = [match.end() for match in SENTENCE_END.finditer(text)] if locale == "fr" else []
    sentences = [bisect(ends, quantity.start) for quantity in found]
    in_sentence: dict[int, set[str | int]] = {}
    for sentence, units in zip(sentences, said, strict=True):
        in_sentence.setdefault(sentence, set()).update(units - {"%"})
    result: list[Quantity] = []
    listed: Set[str | int] = NONE  # units of what it is listed with
    amount: Set[str | int] = NONE  # the currency of the next number of the sentence, dates apart
    for index in reversed(range(len(found))):
        quantity, sentence, last = found[index], sentences[index], index + 1 == len(found)
        after = quantity if last else found[index + 1]
        is_list = not last and LISTED.fullmatch(text, quantity.end, after.start) and not after.is_date
        each = is_list and listed & said[index + 1]  # 5%, 10% or 15%: the unit is said each time
        listed = listed | said[index + 1] if is_list and not each else NONE
        if quantity.text.lower().startswith("fortnight"):
            listed = listed | {"day"}
        if not last and (sentences[index + 1] != sentence or APART.search(text, quantity.end, after.start)):
            amount = NONE
        near: Set[str | int]
        if locale == "en":
            own = said[index] & MONEY
            near = {unit for unit in listed - MONEY if not own or isinstance(unit, str)}
            if everywhere and not quantity.is_date:
                near |= everywhere
        else:
            near = listed | in_sentence[sentence] | everywhere
            is_amount = amount or listed & MONEY
            if not is_amount or NOUN.match(text, quantity.end) or _is_named(quantity, text):
                near |= {COUNTED}
            if any(part.scale > 1 for part in quantity.parts):
                money = MONEY & set().union(*(units for n, units in in_sentence.items() if n <= sentence))
                quantity, near = _with_money(quantity, money, text), near | money
        if not quantity.is_date:
            amount = said[index] & MONEY
        if near:
            q = quantity
            quantity = Quantity(q.text, q.start, q.end, q.parts, q.required, frozenset(near), q.definite)
        result.append(quantity)
    return result[::-1]


NONE: frozenset[str | int] = frozenset()


def _said(quantity: Quantity) -> Set[str | int]:
    """The units and scales that a quantity is given with, and may lend to others."""
    if all(part.scale == 1 and part.unit in OWN for part in quantity.parts):
        return NONE
    return {unit for part in quantity.parts for unit in (part.unit, part.scale)} - OWN


# Words before the number of a law, article, annex, step …: the number is a name.
NUMBERED = re.compile(
    r"(?:\b(?:articles?|art\.|annexe?s?|appendix|nos?\.|numbers?|steps?|lots?|phases?|chapters?|titles?|levers?"
    r"|étapes?|chapitres?|titres?|leviers?|tableaux?|tables?|point|points|part|parts|partie|paragraphe)|n°|§)"
    r" *(?:\d[\d-]*(?:er)?(?:,| (?:and|or|to|et|ou|à)) )*$",
    re.IGNORECASE,
)


def _is_named(quantity: Quantity, text: str) -> bool:
    """Whether a French number is no amount: a date, the number of an article, what others are of, a whole bracket."""
    start, end = quantity.start, quantity.end
    of = text.startswith("sur ", max(start - 4, 0))  # 8 dossiers sur 50
    return quantity.is_date or of or text.startswith(")", end) or bool(NUMBERED.search(text, max(start - 60, 0), start))


LISTED = re.compile(r",? | (?:and|or|to|et|ou|à|puis) ")
# What is counted in millions: 3 millions d’heures, but not 6,5 millions de subventions, which are euros.
OF = re.compile(
    r" d(?:e |['’](?!après))(?!(?:aides?|contributions?|crédits?|dépenses?|dons?|dotations?|emprunts?|financements?"
    r"|fonds|investissements?|prêts?|recettes?|subventions?)\b)"
)
# What follows a French number that counts something: 300 postes, but not "18 000 en 2020".
NOUN = re.compile(
    r" (?!(?:en|à|et|ou|puis|pour|par|dont|au|aux|contre|sur|dans|de|du|des|d|l|le|la|les)\b)[a-zà-ÿ]", re.IGNORECASE
)


def _with_money(quantity: Quantity, money: Collection[str], text: str) -> Quantity:
    """A French quantity with the currency that it leaves out: 80 millions, but not 80 millions d’heures."""
    if len(money) != 1 or OF.match(text, quantity.end):
        return quantity
    return replace(quantity, parts=tuple(replace(p, unit=p.unit or min(money)) for p in quantity.parts))


def _ranges(found: list[Quantity], text: str) -> Iterator[Quantity]:
    """Joins the two ends of a range, which share a unit that only one of them has."""
    index = 0
    while index < len(found):
        a, b = found[index], found[min(index + 1, len(found) - 1)]
        joined = a is not b and _is_range(a, b, text)
        yield Quantity(text[a.start : b.end], a.start, b.end, _ends(a.parts[0], b.parts[0])) if joined else a
        index += 1 + joined


def _is_range(a: Quantity, b: Quantity, text: str) -> bool:
    if b.start - a.end > len(" until "):
        return False
    if len(a.parts) != 1 or len(b.parts) != 1 or not (a.required and b.required):
        return False
    if bool(FIGURES.search(a.text)) != bool(FIGURES.search(b.text)):
        return False
    if b.text[0] in MONEY and a.text[0] not in MONEY:
        return False  # 3,000 to €30,000
    gap = plain(text[a.end : b.start])
    between = BETWEEN.fullmatch(gap) and re.search(r"(?:between|entre) *$", plain(text[max(a.start - 12, 0) : a.start]))
    return bool(RANGE.fullmatch(gap) or between) and a.is_date == b.is_date


def _is_year(part: Part) -> bool:
    return not part.unit and not isinstance(part.value, str) and 1900 <= part.value < 2100


def _ends(a: Part, b: Part) -> tuple[Part, Part]:
    """The ends of a range, which share a scale and a unit: 5 to 10%, 1,2 à 1,5 million."""
    if not isinstance(a.value, str) and a.value < 1000 and a.scale == 1:
        a = replace(a, value=a.value * b.scale, scale=b.scale)
    return replace(a, unit=a.unit or b.unit), replace(b, unit=b.unit or a.unit.replace("%", ""))


def same(here: Sequence[Quantity], there: Sequence[Quantity]) -> bool:
    """Whether what `read` finds in an English and a French text is the same for sure; if not, see `differences`."""
    if any(part.scale > 1 and not part.unit for quantity in there for part in quantity.parts):
        return False  # 400 millions d’euros, et 80 millions: see `_with_money`
    left = _without_same(here, there)
    if any(quantity.required for side in left for _, quantity in side):
        return False
    return not any(_contradict(*pair) or _replaced(*pair) for pair in product(*left))


def differences(here: Sequence[Quantity], there: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities of each side that the other side does not have, or has less often.

    What is required finds its counterpart first; the same part in the same style, digits or words, before the
    same part, and this before one that only agrees.
    """
    left = _without_same(here, there)
    # what may be left out, or be said again, but not for another
    clash = next((pair for pair in product(*left) if _contradict(*pair)), None)
    for ordinals, a in product((True, False), tuple(left[0])):
        others = (b for b in left[1] if _agree(a, b) and (not ordinals or a[1].is_ordinal == b[1].is_ordinal))
        if a in left[0] and (twin := next(others, None)):
            left[0].remove(a)
            left[1].remove(twin)
    clash = clash or next((pair for pair in product(*left) if _replaced(*pair)), None)
    lacking = _lacking(left[0], there), _lacking(left[1], here)
    both = ([clash[0][1]], [clash[1][1]]) if clash else ([], [])
    return both if clash and all(set(side) <= set(pair) for side, pair in zip(lacking, both, strict=True)) else lacking


Item = tuple[Part, Quantity]
# What finds its twin first: the same part said in the same way, then the same part.
ALIKE: tuple[Callable[[Item], object], ...] = (
    lambda item: (item[0], item[1].small_word, item[1].is_ordinal, item[1].definite),
    lambda item: (item[0], item[1].small_word, item[1].is_ordinal),
    lambda item: (item[0], item[1].is_ordinal and item[1].required),
)


def _without_same(here: Sequence[Quantity], there: Sequence[Quantity]) -> list[list[Item]]:
    """The parts of each side for which the other side has none that is the same; what is required comes first."""
    sides = [[(part, quantity) for quantity in side for part in quantity.parts] for side in (here, there)]
    values = [[(part.value, part.unit, part.other) for part, _ in side] for side in sides]  # quicker than the parts
    if values[0] == values[1] or Counter(values[0]) == Counter(values[1]):
        return [[], []]
    # Most of the rest stands on each side as often as on the other: a closer look at what does not.
    keys = [
        [(value, q.required and q.is_ordinal) for value, (_, q) in zip(*both, strict=True)]
        for both in zip(values, sides, strict=True)
    ]
    counts = [Counter(side) for side in keys]
    left = [
        [item for item, key in zip(*both, strict=True) if counts[0][key] != counts[1][key]]
        for both in zip(sides, keys, strict=True)
    ]
    for side in left:
        side.sort(key=lambda item: (not item[1].required, item[1].definite))
    for alike in ALIKE:
        if not all(left):
            break
        left = _without_twins(left, alike)
    return left


def _agree(a: Item, b: Item) -> bool:
    """Whether two quantities say the same; both or neither are no second."""
    for one, other in ((a, b), (b, a)):
        if one[0].unit == ORDINAL and not other[0].unit and not other[1].required:
            return False
    return agree(a[0], a[1].near, b[0], b[1].near)


def _contradict(a: Item, b: Item) -> bool:
    """Whether two quantities that need no counterpart are none of each other: first and second, a year and a month."""
    units = {a[0].unit, b[0].unit}
    alike = units <= UNITS.keys() or units <= {"times", "divided"} or units in ({ORDINAL}, {"order"})
    shares = units == {""} and _share(a[0]) and _share(b[0])
    return bool(alike or shares) and not a[1].required and not b[1].required


def _replaced(a: Item, b: Item) -> bool:
    """Whether one of two quantities that found no counterpart stands for the other."""
    return (a[1].required and b[1].required) or a[0].unit == b[0].unit == ORDINAL


def _without_twins(sides: list[list[Item]], same: Callable[[Item], object]) -> list[list[Item]]:
    """What is left of both sides when what is the same has been taken away in pairs."""
    counts = [Counter(map(same, side)) for side in sides]
    pairs = counts[0] & counts[1]
    left: list[list[Item]] = []
    for side in sides:
        room = Counter(pairs)
        rest = []
        for item in side:
            if room[same(item)]:
                room[same(item)] -= 1
            else:
                rest.append(item)
        left.append(rest)
    return left


def _lacking(left: list[Item], there: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that must have a counterpart, and of which a part has none left; words may be repeated."""
    found: list[Quantity] = []
    for part, quantity in left:
        again = [b for far in there if far.required and far.is_ordinal == quantity.is_ordinal for b in far.parts]
        same = any(agree(part, (), b, ()) and part.unit in ("", b.unit) for b in again)
        repeated = quantity.small_word and quantity.definite and same
        if quantity.required and not repeated and quantity not in found:
            found.append(quantity)
    return sorted(found, key=lambda q: q.start)


def compare(english: str, french: str) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities of an English and a French text that the other one does not have."""
    if same(read(english, "en"), read(french, "fr")):
        return [], []  # as nearly always
    return differences(parse(english, "en"), parse(french, "fr"))
