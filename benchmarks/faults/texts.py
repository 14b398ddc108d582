"""The kinds of fault that change some characters of a text: numbers, names, typography; see plant.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from world import Plant, World, register

Change = Callable[[re.Match[str]], str]


def altered(world: World, locale: str | None, pattern: str, change: Change, alike: str = "") -> Iterator[Plant]:
    """Places in the text of a language (None: of both) where the pattern is found and changed.

    `alike` is what must stand as often in the other language: where it says it otherwise there is no fault.
    """
    for place in world.matches(pattern, locale):
        new = change(place.match)
        twin = next((b for b in world.twin(place.sheet).blocks if b.line == place.block.line), place.block)
        counts = [len(re.findall(alike, block.text)) if alike else 0 for block in (place.block, twin)]
        repeated = place.match[0].isupper() and place.block.text.count(place.match[0]) > 1  # names: once is enough
        if new != place.match[0] and counts[0] == counts[1] and not repeated:
            yield place.put(world, new)


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


MONTHS = "janvier février mars avril mai juin juillet septembre octobre novembre décembre"
CARDINALS = "deux trois quatre cinq six sept huit dix onze douze"
ORDINALS = "troisième quatrième cinquième sixième septième"
UNITS = {"tonnes": "kg", "years": "months", "months": "days", "hours": "days", "m²": "hectares", "days": "weeks"}
DIGITS = {"two": "3", "three": "4", "four": "5", "five": "6", "six": "7", "seven": "8", "eight": "9", "ten": "11"}
ENGLISH_MONTHS = "(?:January|March|April|June|July|September|October|November)"
ACRONYMS = "RTES SCIC PTCE SPASER GSEF CRESS AGEC DLA OFS BRS"

# Name, codes that catch it, codes that may follow, language, what is changed, how.
TEXTS: list[tuple[str, str, str, str | None, str, Change]] = [
    ("number differs", "N001", "S009", "fr", r"(?<![\w,.\u202f-])\d{1,3}(?= [a-z])", other_digit),
    ("thousands differ", "N001", "S009", "fr", r"\d{1,3}\u202f\d{3}", other_digit),
    ("digits swapped", "N001", "S009", "en", r"(?<![\d,.])\d\d(?= )", lambda m: m[0][::-1]),
    ("thousands separator lost", "N001", "S009 T014", "fr", r"\d{1,3}\u202f\d{3}", swap("\u202f", ",")),
    ("percentage differs", "N001", "S009", "fr", r"\d(?=\u00a0%)", other_digit),
    ("percent sign missing", "N001", "", "fr", r"(?<=\d)(?<! à \d)(?<! à \d\d)\u00a0%(?! à )", to("")),
    ("decimal comma lost", "N001", "S009", "fr", r"(?<=\d),(?=\d)", to("")),
    ("amount differs", "N001", "S009", "en", r"€\d[\d,.]*\d", other_digit),
    ("million for milliard", "N001", "S009", "fr", r"million(?=s? d’euros)", to("milliard")),
    ("million lost", "N001", "S009", "en", r"(?<=\d) million(?! to)", to("")),
    ("currency missing", "N001", "", "en", r"€(?=\d)", to("")),
    ("day differs", "N001", "S009", "en", rf"(?<!\d)\d(?= {ENGLISH_MONTHS} \d)", lambda m: str(int(m[0]) % 9 + 1)),
    ("month differs", "N001", "S009", "fr", any_of(MONTHS) + r"(?= \d{4})", next_of(MONTHS, 4)),
    ("year differs", "N001", "S009", None, r"(?<=\b20[012])\d\b(?![-–])", other_digit),
    ("end of a range differs", "N001", "S009 T019", "en", r"(?<=\b20\d\d–20)\d\d\b", lambda m: f"{int(m[0]) + 3:02}"),
    ("number in words differs", "N001", "", "fr", any_of(CARDINALS) + "(?= [a-z])", next_of(CARDINALS, 3)),
    ("words against digits", "N001", "", "en", any_of(" ".join(DIGITS)) + "(?= [a-z])", lambda m: DIGITS[m[0]]),
    ("fraction differs", "N001", "", "en", r"two thirds|three quarters|a third of|a quarter of", to("two fifths")),
    ("ordinal differs", "N001", "", "fr", any_of(ORDINALS), next_of(ORDINALS)),
    ("article of law differs", "N001", "", "fr", r"(?<=\b[LR]\.\u00a0)\d{4}-\d+", other_digit),
    ("number of a law differs", "N001", "", "en", r"(?<=no\. )\d{2,4}-\d+", other_digit),
    ("unit differs", "N001", "", "en", r"(?<=\d )(?:tonnes|years|months|hours|m²|days)\b", lambda m: UNITS[m[0]]),
    ("number missing", "N001", "S009", "en", r"(?<![\w,.\u202f-])\d{2,3} (?=[a-z])", to("")),
    ("number added", "N001", "S009", "en", any_of("associations enterprises firms people"), to("317 {}")),
    (
        "territory differs",
        "N002",
        "",
        "en",
        any_of("Nantes Rennes Lille Bordeaux Grenoble") + "(?= )",
        to("Villeurbanne"),
    ),
    ("acronym differs", "N003 N004", "", "fr", any_of(ACRONYMS), lambda m: m[0][:-1] + "QX"),
    ("straight apostrophe", "T010", "", None, r"(?<=[a-z])’(?=[a-zé])", to("'")),
    ("straight single quotes", "T010", "", "en", r"‘\w+", swap("‘", "'")),
    ("straight quotes", "T011", "", "fr", r"«\u00a0[^«»]+\u00a0»", lambda m: f'"{m[0][2:-2]}"'),
    ("English quotes in French", "T011", "", "fr", r"«\u00a0[^«»]+\u00a0»", lambda m: f"“{m[0][2:-2]}”"),
    ("plain space before punctuation", "T012", "", "fr", r"[\u00a0\u202f](?=[:;?!] )", to(" ")),
    ("no space before punctuation", "T012", "", "fr", r"[\u00a0\u202f](?=[:;?!] )", to("")),
    ("space before punctuation in English", "T012", "", "en", r"(?<=[a-z])[;:] ", to(" {}")),
    ("plain space inside quotes", "T012", "", "fr", r"«\u00a0|\u00a0»", swap("\u00a0", " ")),
    ("plain space in a date", "T013", "", "fr", rf"(?<=\d)\u00a0(?={any_of(MONTHS)})", to(" ")),
    ("plain space before million", "T013", "", "fr", r"(?<=\d)\u00a0(?=milli)", to(" ")),
    ("French thousands with a plain space", "T014", "", "fr", r"\d\u202f\d{3}", swap("\u202f", " ")),
    ("English thousands with a space", "T014", "", "en", r"\d,\d{3}", swap(",", " ")),
    ("no thousands separator in English", "T014", "", "en", r"€\d+,\d{3}(?!,)", swap(",", "")),
    ("percent without space in French", "T015", "", "fr", r"\u00a0%", to("%")),
    ("percent with space in English", "T015", "", "en", r"(?<=\d)%", to(" %")),
    ("decimal point in French", "T015", "", "fr", r"\d,\d(?=\u00a0(?:%|million|milliard))", swap(",", ".")),
    ("day without ordinal in French", "T016", "", "fr", r"(?<=\d)er(?=\u00a0[jfmasond])", to("")),
    ("day with ordinal in English", "T016", "", "en", rf"\b(?:[456789]|1\d)(?= {ENGLISH_MONTHS} )", to("{}th")),
    ("three dots", "T017", "", None, r"(?<=[a-z]), (?=[a-z])", to("... ")),
    ("capital without accent", "T018", "", "fr", r"\bÉ(?=tat|conomie|cole|tude|valuation)", to("E")),
    ("hyphen in an English range", "T019", "", "en", r"(?<=\b20\d\d)–(?=20\d\d\b)", to("-")),
    ("dash in a French range", "T019", "", "fr", r"(?<=\b20\d\d)-(?=20\d\d\b)", to("–")),
]
# What is compared only where both languages have it: French may leave a currency out, and each language may
# say a small number in words that the other does not say.
WORDS = "(?i:" + any_of(f"{CARDINALS} two three four five six seven eight nine ten eleven twelve") + ")"
ALIKE = {
    "currency missing": "€|euros",
    "acronym differs": any_of(ACRONYMS),
    "number in words differs": WORDS,
    "words against digits": WORDS,
}
for _name, _codes, _follow, _locale, _pattern, _change in TEXTS:
    _alike = ALIKE.get(_name, "")
    register(_name, _codes, _follow, altered, locale=_locale, pattern=_pattern, change=_change, alike=_alike)
