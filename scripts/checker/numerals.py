"""The words that say numbers in English and in French, for `figures.py`.

In the tables, `dizaine:10/12` may say either number, and `_` stands for a blank within a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from babel import Locale

BABEL = {"en": Locale.parse("en_GB"), "fr": Locale.parse("fr_FR")}
CARDINALS = {
    "en": """one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13
        fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19""",
    "fr": """un:1 deux:2 trois:3 quatre:4 cinq:5 six:6 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13
        quatorze:14 quinze:15 seize:16 dix-sept:17 dix-huit:18 dix-neuf:19""",
}
TENS = {
    "en": "twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90",
    "fr": "vingt:20 vingts:20 trente:30 quarante:40 cinquante:50 soixante:60 quatre-vingt:80 quatre-vingts:80",
}
# A number in words: seventy-two, cent vingt, deux mille; <<…>> as in `expressions.TEMPLATE`.
SPELT = {
    "below 100": "<<tens>>(?:<<joint>><<small>>)?|<<small>>",
    "below 1000": r"(?:(?:a|<<small>>)\ )?<<hundred>>(?:<<joint>><<below 100>>)?|<<below 100>>",
    "spelt": r"(?:(?:a|<<below 1000>>)\ )?<<thousand>>(?:<<joint>><<below 1000>>)?|<<below 1000>>",
}
SPELT_IN = {
    "en": {"hundred": "hundred", "thousand": "thousand", "joint": r"-|\ and\ |\ "},
    "fr": {"hundred": "cents?", "thousand": "mille", "joint": r"-|\ et\ |-et-|\ "},
}
LARGE = {"en": "a:1 hundred:100 thousand:1000", "fr": "cent:100 cents:100 mille:1000"}
SCALES = {  # powers of ten
    "en": "thousand:3 million:6 billion:9 trillion:12 k:3 m:6 bn:9",
    "fr": "million:6 millions:6 milliard:9 milliards:9 k:3 m:6 md:9 mds:9",
}
ORDINALS = {
    "en": """first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11
        twelfth:12 thirteenth:13 fourteenth:14 fifteenth:15 sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19
        twentieth:20 thirtieth:30 fortieth:40 fiftieth:50 sixtieth:60 hundredth:100 thousandth:1000""",
    "fr": """premier:1 première:1 unième:1 second:2 deuxième:2 troisième:3 quatrième:4 cinquième:5 sixième:6 septième:7
        huitième:8 neuvième:9 dixième:10 onzième:11 douzième:12 treizième:13 quatorzième:14 quinzième:15 seizième:16
        dix-septième:17 dix-huitième:18 dix-neuvième:19 vingtième:20 trentième:30 quarantième:40
        cinquantième:50 soixantième:60 centième:100 millième:1000""",
}
PARTS = {"en": "half:2 quarter:4", "fr": "demi:2 tiers:3 quart:4"}  # what fractions have besides the ordinals
# By kind (see `figures.Figure`), words that say a number alone.
ALONE = {
    "en": {
        "word": "dozen:12 dozens:10/12 tens:10 hundreds:100 thousands:1000 millions:1000000 billions:1000000000",
        "fraction": "half:2 halves:2 halfway:2",
        "period": "yearly:12 annual:12 annually:12 half-yearly:6 quarterly:3 monthly:1",
        "hint": """both:2 pair:2 couple:2/3 duo:2 twin:2 dual:2 double:2 doubled:2 doubles:2 doubling:2 twice:2
            halve:2 halved:2 halving:2 neither:2 either:2 bilateral:2 biennial:2 triple:3 tripled:3 trebled:3
            threefold:3 fourfold:4 fivefold:5 tenfold:10 thrice:3 trio:3 triennial:3 tripartite:3 quadrupled:4
            fortnight:15/14 fortnightly:15/14 score:20 sixties:1960/60 seventies:1970/70 eighties:1980/80
            nineties:1990/90 centenary:100 noon:12""",
    },
    "fr": {
        "word": """huitaine:8/7 dizaine:10/12 douzaine:12 quinzaine:15/14 vingtaine:20 trentaine:30 quarantaine:40
            cinquantaine:50 soixantaine:60 centaine:100 millier:1000 dizaines:10/12 centaines:100 milliers:1000
            millions:1000000 milliards:1000000000""",
        "fraction": "moitié:2",
        "period": """annuel:12 annuelle:12 annuels:12 annuelles:12 semestriel:6 semestrielle:6 trimestriel:3
            trimestrielle:3 mensuel:1 mensuelle:1 mensuels:1 mensuelles:1""",
        "hint": """demi:2 demie:2 tiers:3 seconde:2 double:2 doublé:2 doubler:2 doublement:2 paire:2 couple:2 binôme:2
            duo:2 biennal:2 bilatéral:2 bipartite:2 triple:3 triplé:3 tripler:3 trio:3 triennal:3 triennale:3
            tripartite:3 quadruplé:4 quadriennal:4 quinquennal:5 quinquennale:5 quinquennat:5 septennat:7
            décennal:10 décennale:10 centenaire:100 midi:12 années_soixante:1960/60 années_soixante-dix:1970/70
            années_quatre-vingt:1980/80 années_quatre-vingt-dix:1990/90""",
    },
}
# A unit, how many of it, and the names of so many in English and in French.
UNITS = """
€ 1 = € euro euros EUR = € euro euros EUR
€ 1/100 = cent cents = centime centimes
$ 1 = $ dollar dollars USD = $ dollar dollars USD
£ 1 = £ pound pounds GBP = £ livres_sterling GBP
% 1/100 = % per_cent percent = % pour_cent pour_cents
point 1 = point points percentage_point percentage_points = point points
month 120 = decade decades = décennie décennies
month 12 = year years = an ans année années
month 6 = half-year semester = semestre semestres
month 3 = quarter = trimestre trimestres
month 1 = month months = mois
minute 10080 = week weeks = semaine semaines
minute 1440 = day days = jour jours journée journées
minute 60 = hour hours h = heure heures h
minute 1 = minute minutes min = minute minutes min
tonne 1 = tonne tonnes t = tonne tonnes t
kg 1 = kg kilo kilos = kg kilo kilos
m 1000 = km kilometre kilometres = km kilomètre kilomètres
m 1 = m metre metres = m mètre mètres
m² 1000000 = km² square_kilometres = km² kilomètres_carrés
m² 10000 = ha hectare hectares = ha hectare hectares
m² 1 = m² m2 sq_m square_metre square_metres = m² m2 mètre_carré mètres_carrés
m³ 1 = m³ cubic_metre cubic_metres = m³ mètre_cube mètres_cubes
litre 1 = litre litres = litre litres
FTE 1 = FTE FTEs full-time_equivalents = ETP équivalent_temps_plein équivalents_temps_plein
kWh 1000 = MWh = MWh
kWh 1 = kWh kilowatt-hours = kWh kilowattheures
kB 1000000 = GB = Go
kB 1000 = MB = Mo
kB 1 = kB = ko
"""


def _table(text: str) -> dict[str, tuple[int, ...]]:
    pairs = (item.rsplit(":", 1) for item in text.split())
    return {name.replace("_", " "): tuple(map(int, numbers.split("/"))) for name, numbers in pairs}


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class Words:
    """What the words of a language say, and, by name, the expressions that find them (`pieces`)."""

    def __init__(self, locale: str) -> None:
        small, tens, large, scales, parts, self.nth = (
            {word: number for word, (number,) in _table(words[locale]).items()}
            for words in (CARDINALS, TENS, LARGE, SCALES, PARTS, ORDINALS)
        )
        self.cardinals = small | tens | large
        self.under = parts | {word: n for word, n in self.nth.items() if n > 2}
        self.scales = {word: 10**power for word, power in scales.items()}
        self.alone = {word: (kind, n) for kind, words in ALONE[locale].items() for word, n in _table(words).items()}
        months = BABEL[locale].months["format"]
        self.months = {months[w][n].rstrip(".").lower(): n for w in ("abbreviated", "wide") for n in range(1, 13)}
        self.months |= {"juill": 7, "sep": 9}
        self.units: dict[str, tuple[str, int | Fraction]] = {}
        for line in UNITS.strip().split("\n"):
            (unit, number), *names = (side.split() for side in line.split(" = "))
            factor = int(number) if number.isdecimal() else Fraction(number)
            self.units |= {name.replace("_", " ").lower(): (unit, factor) for name in names[locale == "fr"]}
        self.pieces = {
            **SPELT,
            **SPELT_IN[locale],
            "small": any_of(small),
            "tens": any_of(tens),
            "nth": any_of(self.nth),
            "under": any_of(self.under),
            "scale": any_of(name for name in scales if len(name) > 3),
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
