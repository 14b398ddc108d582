"""The kinds of fault that change some characters of a text: numbers, names, typography; see plant.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from world import Place, Plant, World, register

from checker.document import Block

Change = Callable[[re.Match[str]], str]


def altered(world: World, name: str, locale: str | None, pattern: str, change: Change) -> Iterator[Plant]:
    """Places in the text of a language (None: of both) where the pattern is found and changed."""
    for place in world.matches(pattern, locale):
        if (new := change(place.match)) != place.match[0] and not is_excluded(world, name, place):
            yield place.put(world, new)


# ---------------------------------------------------------------- places where both wordings are right


def twin_of(world: World, place: Place) -> Block:
    """The block of the same line (and column of a table) in the other language."""
    here, there = ([b for b in s.blocks if b.line == place.block.line] for s in (place.sheet, world.twin(place.sheet)))
    return there[here.index(place.block)]


def count(pattern: str, text: str) -> int:
    return len(re.findall(pattern, text))


def said_again(world: World, place: Place) -> bool:
    """Whether the paragraph names the number again (the three, both), or one and more (one of the two)."""
    word = place.match[0].strip().lower()
    nth = next(words.split().index(word) for words in (CARDINALS, ENGLISH_CARDINALS) if word in words.split())
    same = any_of(f"{CARDINALS.split()[nth]} {ENGLISH_CARDINALS.split()[nth]}")
    here, there = place.block.text, twin_of(world, place).text
    given = re.search(DEFINITE, here[: place.match.start()]) and not re.match(
        r"(?:thirds|years|months|hours|days|ans|mois|jours|heures|autres)\b|premi|derni", here[place.match.end() :]
    )
    again = bool(given) and count(f"(?i:{same})", here) > 1
    return again or (
        word in ("deux", "two") and bool(re.search(r"(?i)\b(?:both|either|tou(?:te)?s deux)\b", here + there))
    )


def after(pattern: str) -> Callable[[World, Place], bool]:
    """Whether the text goes on so."""
    return lambda _, place: bool(re.match(pattern, place.block.text[place.match.end() :]))


def before(pattern: str) -> Callable[[World, Place], bool]:
    """Whether the text before ends so."""
    return lambda _, place: bool(re.search(f"(?:{pattern})$", place.block.text[: place.match.start()]))


def said_less_there(here: str, there: str) -> Callable[[World, Place], bool]:
    """Whether the other language says it less often."""
    return lambda world, place: count(there, twin_of(world, place).text) < count(here, place.block.text)


def either(*conditions: Callable[[World, Place], bool]) -> Callable[[World, Place], bool]:
    return lambda world, place: any(condition(world, place) for condition in conditions)


NEXT = r"(?!en|à|et|ou|puis|pour|par|dont|au|aux|contre|sur|dans|de|du|des|le|la|les|d’)[a-zà-ÿ]"  # a noun


def understood(_: World, place: Place) -> bool:
    """Whether French may leave the currency out: of millions where euros stand before or in the same sentence, and
    of a smaller number where an amount in euros is the next one (18 000 pour l’accueil, 36 000 €)."""
    start, text = place.match.start(), place.block.text
    end = re.search(r"[.!?](?=\s)", text[start:])
    rest = text[place.match.end() : start + end.start() if end else len(text)]
    if place.match[0].startswith(" d’"):
        return bool(re.search(r"€|\beuros?\b", text[:start] + rest))
    number = re.search(r"(?<![\d\u202f,])(?!(?:19|20)\d\d\b)\d[\d\u202f,]*", re.sub(r"\d+ %", "0", rest))
    amount = r"(?: à \d[\d\u202f,]*)?[\u00a0 ](?:€|euros?|k€|M€|milli\w+ d’euros)"
    noun = re.match(rf"[\u00a0 ]{NEXT}\w*", rest)
    gap = rest[: number.start()] if number else ""
    if re.search(rf"[;:(]|{any_of(CARDINALS)}", gap):
        return False
    return bool(number and re.match(amount, re.sub(r"\d+ %", "0", rest)[number.end() :])) and not noun


def is_excluded(world: World, name: str, place: Place) -> bool:
    return name in EXCLUDED and EXCLUDED[name][1](world, place)


def excluded(world: World) -> Iterator[tuple[str, str, int, int]]:
    """The kinds of which some places are left out: name, reason, places left out, all places."""
    for name, _, _, locale, pattern, _ in TEXTS:
        if name in EXCLUDED:
            places = list(world.matches(pattern, locale))
            yield name, EXCLUDED[name][0], sum(is_excluded(world, name, place) for place in places), len(places)


# ---------------------------------------------------------------- the kinds


def other_digit(match: re.Match[str]) -> str:
    """The number with its last digit changed."""
    return match[0][:-1] + str((int(match[0][-1]) + 3) % 10)


def to(new: str) -> Change:
    """Another text in its place; `{}` is the text found."""
    return lambda match: new.format(match[0])


def swap(old: str, new: str) -> Change:
    return lambda match: match[0].replace(old, new)


def next_of(words: str, step: int = 1) -> Change:
    """Another one of the words."""
    names = words.split()
    return lambda match: names[(names.index(match[0]) + step) % len(names)]


def any_of(words: str) -> str:
    return rf"\b(?:{'|'.join(words.split())})\b"


MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
ENGLISH_MONTHS = "January February March April May June July August September October November December"
CARDINALS = "deux trois quatre cinq six sept huit dix onze douze"
ENGLISH_CARDINALS = "two three four five six seven eight ten eleven twelve"
ORDINALS = "troisième quatrième cinquième sixième septième huitième dixième"
UNITS = {"tonnes": "kg", "years": "months", "months": "days", "hours": "days", "m²": "hectares", "days": "weeks"}
FRENCH_UNITS = {"tonnes": "kg", "ans": "mois", "mois": "jours", "heures": "jours", "m²": "hectares", "jours": "heures"}
DIGITS = {"two": "3", "three": "4", "four": "5", "five": "6", "six": "7", "seven": "8", "eight": "9", "ten": "11"}
TOWNS = "Nantes Rennes Lille Bordeaux Grenoble Lyon Strasbourg Toulouse Montpellier Paris"
# Before a number that the text has given already.
DEFINITE = r"(?i)\b(?:the|these|those|its|their|all|les|des|aux|ces|ses|leurs|toute?s|d’entre) $"

# Name, codes that catch it, codes that may follow, language, what is changed, how.
TEXTS: list[tuple[str, str, str, str | None, str, Change]] = [
    ("number differs", "N001", "S009", "fr", r"(?<![\w,.\u202f-])\d{1,3}(?![\w,.\u202f-])", other_digit),
    ("thousands differ", "N001", "S009", "fr", r"\d{1,3}\u202f\d{3}", other_digit),
    ("digits swapped", "N001", "S009", "en", r"(?<![\d,.])\d\d(?= )", lambda m: m[0][::-1]),
    ("thousands separator lost", "N001", "S009 T014", "fr", r"\d{1,3}\u202f\d{3}", swap("\u202f", ",")),
    ("percentage differs", "N001", "S009", "fr", r"\d(?=\u00a0%)", other_digit),
    ("percent sign missing", "N001", "", "fr", r"(?<=\d)\u00a0%", to("")),
    ("percent sign missing in English", "N001", "", "en", r"(?<=\d)%", to("")),
    ("decimal comma lost", "N001", "S009", "fr", r"(?<=\d),(?=\d)", to("")),
    ("amount differs", "N001", "S009", "en", r"€\d[\d,.]*\d", other_digit),
    ("million for milliard", "N001", "S009", "fr", r"\bmillion(?=s?\b)", to("milliard")),
    ("million lost", "N001", "S009", "en", r"(?<=\d) (?:million|billion)\b", to("")),
    ("currency missing", "N001", "", "en", r"€(?=\d)", to("")),
    (
        "currency missing in French",
        "N001",
        "T",
        "fr",
        r"(?<=\d)[\u00a0 ](?:euros?|€)(?![’\w])|(?:(?<=lions)|(?<=lion)|(?<=liards)) d’euros",
        to(""),
    ),
    ("currency added", "N001", "", "en", r"(?<![\w€,.–-])\d{2,3}(?= [a-z])", to("€{}")),
    (
        "day differs",
        "N001",
        "S009",
        "en",
        rf"(?<!\d)\d\d?(?= {any_of(ENGLISH_MONTHS)})",
        lambda m: str(int(m[0]) % 28 + 1),
    ),
    ("month differs", "N001", "S009", "fr", any_of(MONTHS), next_of(MONTHS, 4)),
    ("English month differs", "N001", "S009", "en", any_of(ENGLISH_MONTHS) + r"(?= \d{4})", next_of(ENGLISH_MONTHS, 4)),
    ("year differs", "N001", "S009", None, r"(?<=\b(?:19|20)\d)\d\b", other_digit),
    ("end of a range differs", "N001", "S009 T019", "en", r"(?<=\b20\d\d–20)\d\d\b", lambda m: f"{int(m[0]) + 3:02}"),
    ("number in words differs", "N001", "", "fr", any_of(CARDINALS), next_of(CARDINALS, 3)),
    ("number in English words differs", "N001", "", "en", any_of(ENGLISH_CARDINALS), next_of(ENGLISH_CARDINALS, 3)),
    ("number in words missing", "N001", "", None, any_of(f"{CARDINALS} {ENGLISH_CARDINALS}") + " (?=[a-z])", to("")),
    ("words against digits", "N001", "S009", "en", any_of(" ".join(DIGITS)) + "(?= [a-z])", lambda m: DIGITS[m[0]]),
    (
        "fraction differs",
        "N001",
        "",
        "en",
        r"(?:two thirds|three quarters|a third|a quarter|half)(?= of)",
        to("two fifths"),
    ),
    ("ordinal differs", "N001", "", "fr", any_of(ORDINALS), next_of(ORDINALS)),
    ("first for second", "N001", "", "fr", r"\bpremi(?:er|ère)\b", to("deuxième")),
    ("period differs", "N001", "", "en", r"\b(?:a|per|each|every) year\b", to("a month")),
    ("article of law differs", "N001", "", "fr", r"(?<=\b[LRD]\.\u00a0)\d{3,4}-\d+", other_digit),
    ("number of a law differs", "N001", "", "en", r"(?<=no\. )\d{2,4}-\d+", other_digit),
    ("unit differs", "N001", "", "en", rf"(?<=\d ){any_of(' '.join(UNITS))}", lambda m: UNITS[m[0]]),
    (
        "unit differs in French",
        "N001",
        "",
        "fr",
        rf"(?<=\d[ \u00a0]){any_of(' '.join(FRENCH_UNITS))}",
        lambda m: FRENCH_UNITS[m[0]],
    ),
    ("number missing", "N001", "S009", "en", r"(?<![\w,.\u202f-])\d{1,3} (?=[a-z])", to("")),
    ("number added", "N001", "S009", "en", any_of("associations enterprises firms people"), to("317 {}")),
    ("territory differs", "N002", "", None, any_of(TOWNS) + "(?! Métropole)", to("Villeurbanne")),
    ("acronym differs", "N003 N004", "", "fr", r"\b[A-Z]{3,}\b", lambda m: m[0][:-1] + "QX"),
    ("straight apostrophe", "T010", "", None, r"(?<=[a-z])’(?=[a-zé])", to("'")),
    ("straight single quotes", "T010", "", "en", r"‘\w+", swap("‘", "'")),
    ("straight quotes", "T011", "", "fr", r"«\u00a0[^«»]+\u00a0»", lambda m: f'"{m[0][2:-2]}"'),
    ("English quotes in French", "T011", "", "fr", r"«\u00a0[^«»]+\u00a0»", lambda m: f"“{m[0][2:-2]}”"),
    ("straight quotes in English", "T011", "", "en", r"“[^“”]+”", lambda m: f'"{m[0][1:-1]}"'),
    ("French quotes in English", "T011", "", "en", r"“[^“”]+”", lambda m: f"«\u00a0{m[0][1:-1]}\u00a0»"),
    ("plain space before punctuation", "T012", "", "fr", r"[\u00a0\u202f](?=[:;?!] )", to(" ")),
    ("no space before punctuation", "T012", "", "fr", r"[\u00a0\u202f](?=[:;?!] )", to("")),
    ("space before punctuation in English", "T012", "", "en", r"(?<=[a-z])[;:] ", to(" {}")),
    ("plain space inside quotes", "T012", "", "fr", r"«\u00a0|\u00a0»", swap("\u00a0", " ")),
    ("plain space in a date", "T013", "", "fr", rf"(?<=\d)\u00a0(?={any_of(MONTHS)})", to(" ")),
    ("plain space before million", "T013", "", "fr", r"(?<=\d)\u00a0(?=milli)", to(" ")),
    ("French thousands with a plain space", "T014", "", "fr", r"\d\u202f\d{3}", swap("\u202f", " ")),
    ("English thousands with a space", "T014", "", "en", r"\d,\d{3}", swap(",", " ")),
    ("no thousands separator in English", "T014", "", "en", r"€\d+,\d{3}(?!,)", swap(",", "")),
    (
        "no thousands separator in words",
        "T014",
        "",
        None,
        r"(?<![€\w,.])\d{1,3}[,\u202f]\d{3}(?= [a-z])",
        lambda m: re.sub(r"\D", "", m[0]),
    ),
    ("percent without space in French", "T015", "", "fr", r"\u00a0%", to("%")),
    ("percent with space in English", "T015", "", "en", r"(?<=\d)%", to(" %")),
    ("decimal point in French", "T015", "", "fr", r"\d,\d(?=[ \u00a0])", swap(",", ".")),
    ("decimal comma in English", "N001 T015", "", "en", r"(?<![\d,.])(?<!BY )\d+\.\d(?=%| )", swap(".", ",")),
    ("day without ordinal in French", "T016", "", "fr", r"(?<=\d)er(?=\u00a0[jfmasond])", to("")),
    ("day with ordinal in English", "T016", "", "en", rf"\b(?:[456789]|1\d)(?= {any_of(ENGLISH_MONTHS)} )", to("{}th")),
    ("three dots", "T017", "", None, r"(?<=[a-z]), (?=[a-z])", to("... ")),
    ("capital without accent", "T018", "", "fr", r"\bÉ(?=tat|conomie|cole|tude|valuation)", to("E")),
    ("capital A without accent", "T018", "", "fr", r"(?:^|(?<=[.!?] ))À(?= )", to("A")),
    ("hyphen in an English range", "T019", "", "en", r"(?<=\b20\d\d)–(?=20\d\d\b)", to("-")),
    ("dash in a French range", "T019", "", "fr", r"(?<=\b20\d\d)-(?=20\d\d\b)", to("–")),
]
# What is left out: both wordings are right there. With the reason, and whether a place is so.
EXCLUDED: dict[str, tuple[str, Callable[[World, Place], bool]]] = {
    "percent sign missing": ("the sign stands after the last number (20 à 30 %)", after(r" (?:à|et|ou) [\d,]+\u00a0%")),
    "percent sign missing in English": (
        "the sign stands after the last number (20 to 30%)",
        after(r"(?:–| to | and | or )[\d.]+%"),
    ),
    "million lost": (
        "the scale stands after the last number (€1.2 to €1.5 million)",
        after(r"(?:–| to )€?[\d.]+ (?:m|b)illion"),
    ),
    "currency missing": (
        "it is the end of a range, or a part of the amount that follows (€3,000 to 30,000; 3,000 of the €30,000)",
        either(
            before(r"€[\d,.]+(?: million| billion)?(?: to |–)|between €[\d,.]+(?: million| billion)? and "),
            after(r"[\d,.]+ of the €"),
        ),
    ),
    "no thousands separator in words": (
        "without it, the number could be a year (2000 jobs)",
        lambda _, place: bool(re.fullmatch(r"(?:1,?9|2,?0)\d\d", re.sub(r"\u202f", ",", place.match[0]))),
    ),
    "number in words missing": (
        "the paragraph names the number again (the three, both, thirds)",
        either(said_again, after(r"thirds\b")),
    ),
    "currency missing in French": ("the currency stands before, or in the same sentence", understood),
    "territory differs": (
        "the paragraph names Villeurbanne already, which is put in its place",
        lambda world, place: "Villeurbanne" in place.block.text + twin_of(world, place).text,
    ),
}
for _name, _codes, _follow, _locale, _pattern, _change in TEXTS:
    register(_name, _codes, _follow, altered, name=_name, locale=_locale, pattern=_pattern, change=_change)
