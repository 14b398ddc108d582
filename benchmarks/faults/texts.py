"""The kinds of fault that change some characters of a text: numbers, names, typography. They are listed in texts.yml.

Left alone are places where both wordings are right: in the expression itself, or by a function of WRONG_ELSEWHERE.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from world import Place, Plant, World, register

WORDS = {
    "ENGLISH_MONTHS": "January February March April May June July August September October November December",
    "MONTHS": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ENGLISH_CARDINALS": "two three four five six seven eight ten eleven twelve",
    "CARDINALS": "deux trois quatre cinq six sept huit dix onze douze",
    "ORDINALS": "troisième quatrième cinquième sixième septième huitième dixième",
    "FRENCH_UNITS": "ans mois jours heures",
    "UNITS": "tonnes years months days hours m²",
    "TOWNS": "Nantes Rennes Lille Bordeaux Grenoble Lyon Strasbourg Toulouse Montpellier Paris",
}


def any_of(words: str) -> str:
    return rf"\b(?:{'|'.join(words.split())})\b"


def count(pattern: str, text: str) -> int:
    return len(re.findall(pattern, text))


def twin_text(world: World, place: Place) -> str:
    """The text of the block of the same line (and column of a table) in the other language."""
    here, there = (
        [b for b in s.blocks if b.line == place.block.line] for s in (place.parsed, world.twin(place.parsed))
    )
    return there[here.index(place.block)].text


# ---------------------------------------------------------------- places where both wordings are right

# Before a number that the text has given already.
DEFINITE = r"(?i)\b(?:the|these|those|its|their|all|les|des|aux|ces|ses|leurs|toute?s|d’entre) $"
OTHER_NOUN = r"(?:thirds|years|months|hours|days|ans|mois|jours|heures|autres)\b|premi|derni"


def said_again(_: World, place: Place) -> bool:
    """The paragraph names the number again: the three."""
    word, lists = place.match[0].strip().lower(), [WORDS[name].split() for name in ("CARDINALS", "ENGLISH_CARDINALS")]
    nth = next(words.index(word) for words in lists if word in words)
    here = place.block.text
    given = re.search(DEFINITE, here[: place.match.start()]) and not re.match(OTHER_NOUN, here[place.match.end() :])
    return bool(given and count(f"(?i:{any_of(' '.join(words[nth] for words in lists))})", here) > 1)


def understood(_: World, place: Place) -> bool:
    """French leaves the currency out where the sentence has another amount; of millions, where the text has one."""
    rest = place.block.text[: place.match.start()], place.block.text[place.match.end() :]
    if not place.match[0].startswith(" d’"):
        rest = re.split(r"[.!?;:](?=\s)", rest[0])[-1], re.split(r"[.!?;:](?=\s)", rest[1])[0]
    return bool(re.search(r"€|\beuros?\b", "".join(rest)))


RANGE = r"(?:€[\d,.]+(?: million| billion)?(?: to |–)|between €[\d,.]+(?: million| billion)? and )$"
WRONG_ELSEWHERE: dict[str, Callable[[World, Place], bool]] = {
    "said again": said_again,
    "understood": understood,
    "range": lambda _, place: bool(re.search(RANGE, place.block.text[: place.match.start()])),
    "said besides": lambda _, place: count("premi|second|deuxième", place.block.text) > 1,
    "said otherwise": lambda world, place: not re.search(r"\bnetwork\b", twin_text(world, place)),
    "named": lambda world, place: "Villeurbanne" in place.block.text + twin_text(world, place),
}

# ---------------------------------------------------------------- the kinds


def changed(match: re.Match[str], how: str) -> str:
    """What stands in the place of a match: a template filled, or another digit, day or word of its list."""
    found = match[0]
    if how == "other digit":
        return found[:-1] + str((int(found[-1]) + 3) % 10)
    if how == "other day":
        return str(int(found) % 28 + 1)
    if how.startswith("next "):
        words = next(words.split() for words in WORDS.values() if found in words.split())
        return words[(words.index(found) + int(how[5:])) % len(words)]
    return match.expand(how)


def altered(world: World, locale: str | None, pattern: str, how: str, right: str) -> Iterator[Plant]:
    """Places in the text of a language (None: of both) where the pattern is found and changed."""
    for place in world.matches(pattern, locale):
        new = changed(place.match, how)
        if new != place.match[0] and not (right and WRONG_ELSEWHERE[right](world, place)):
            yield place.put(world, new)


def with_words(pattern: str) -> str:
    return re.sub("[A-Z]+_?[A-Z]{3,}", lambda m: any_of(WORDS[m[0]]) if m[0] in WORDS else m[0], pattern)


for row in yaml.safe_load(Path(__file__).with_name("texts.yml").read_text(encoding="utf-8")):
    *kind, language, expression, how, right = row if len(row) == 7 else [*row, ""]
    given = {"locale": None if language == "-" else language, "pattern": with_words(str(expression))}
    register(*kind, altered, **given, how=str(how), right=right)
