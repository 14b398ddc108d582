"""How the pages of each language write units and sizes of files, mark names of the other language and terms of the
glossary, and put names in order.
"""

import functools
import re
from collections.abc import Iterator

from babel.units import format_unit
from markupsafe import Markup, escape

from checker.languages import without_accents
from content.forms import any_of
from content.known import NEVER
from content.locales import BABEL, LOCALES
from content.model import Study

# What languages are called in each locale, by code: "fr" is French in English, which is also biblatex's name.
LANGUAGE_NAMES = {locale: BABEL[locale].languages for locale in LOCALES}

# The space between a number and its unit, where no line may end. Authors of French write U+00A0 there, save before
# "euros".
_MONTHS = "|".join(BABEL["en"].months["format"]["wide"].values())
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:million|billion|euros?|[kM][Bo]|{_MONTHS})\b|m²)|(?<=\b[Nn]o\.) (?=\d)")

# A number with hyphens, which browsers break there: an article of law (L. 2122-1-1) or a span of years.
HYPHENED = re.compile(r"(?<![\w/#.-])(?:[LRD]\.\u00a0)?\d+(?:-\d+)+(?![\w/-])")


def keep_units(text: str) -> str:
    """The text with a no-break space inside "€66 million", "1 April", "30 ko" and "no. 24"."""
    return _BEFORE_UNIT.sub("\u00a0", text)


@functools.lru_cache(maxsize=20_000, typed=True)  # the same titles stand on many pages
def marked(text: str, names: re.Pattern[str] | None, lang: str = "fr") -> Markup:
    """A plain text as HTML: `names` in it marked as in `lang`, no line to end inside a number or before its unit."""
    html = str(escape(keep_units(text)))
    html = names.sub(rf'<span lang="{lang}">\g<0></span>', html) if names else html
    return Markup(HYPHENED.sub(r'<span class="whole">\g<0></span>', html))


@functools.lru_cache(maxsize=2)  # there is one study at a time
def foreign_names(study: Study, locale: str) -> re.Pattern[str]:
    """The expression that finds names and words of the other language in a text of this one, the longest first.

    French in English (WCAG 3.1.2, RGAA 8.7): authorities and regions that English has no name of its own for, and the
    words of `data/check.yml`; not cities, people and other bodies.
    """
    names = {word for word, lang in study.known.foreign.items() if lang != locale}
    if locale == "en":
        places = [place.name for place in study.territories.values() if place.type != "city"]
        regions = [term.name for term in study.terms["regions"].values()]
        names |= {name["fr"] for name in [*places, *regions] if name["en"] == name["fr"]}
    return re.compile(rf"(?<![\w’-])(?:{any_of(sorted(names)) or NEVER})(?![\w-])")


# What precedes a term that is part of a name, in French: « du Labo de l’ESS », « au Conseil supérieur de l’ESS ».
NAME_BEFORE = re.compile(r"[\w,] (?:[LDld]’)?[A-ZÀ-Ý]\w+(?: \w+)? (?:de l|d)’$")


def first_mentions(study: Study, locale: str, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
    """Where a text has terms that are not in `seen`, which has them afterwards: start, end, id of the entry.

    Abbreviations and terms of several words: a link on every "grant" would only disturb.
    """
    expression, ids = _terms(study, locale)
    for match in expression.finditer(text):
        id = ids.get(_singular(match[0]))
        if id and id not in seen and not NAME_BEFORE.search(text, 0, match.start()):
            seen.add(id)
            yield match.start(), match.end(), id


def _singular(form: str) -> str:
    """The same for `innovations sociales` and `Innovation sociale`."""
    return " ".join(re.sub(r"e?[sx]?$", "", word) for word in form.casefold().split())


@functools.lru_cache(maxsize=2)  # there is one study at a time
def _terms(study: Study, locale: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The expression that finds the terms in a text, abbreviations as they are, terms of several words with or without
    plural endings; and the ids of their entries, by the form without these."""
    ids: dict[str, str] = {}
    parts: list[str] = []
    plural = "[sx]?" if locale == "fr" else "(?:s|es)?"
    for entry in study.glossary.values():
        if entry.abbr:
            ids[_singular(entry.abbr[locale])] = entry.id
            parts.append(re.escape(entry.abbr[locale]))
        if " " in entry.term[locale]:
            ids[_singular(entry.term[locale])] = entry.id
            parts.append(f"(?i:{' '.join(re.escape(word) + plural for word in entry.term[locale].split())})")
    alternatives = "|".join(sorted(parts, key=len, reverse=True))
    before = r"\w-" if locale == "fr" else r"\w’-"  # French has terms after an elision: l’ESS, d’innovation sociale
    return re.compile(rf"(?<![{before}])(?:{alternatives})(?![\w-])"), ids


def bytes_text(size: int, locale: str) -> str:
    """A number of bytes as kB or MB, on one line: `3.1 MB`, `3,1 Mo`."""
    number, unit = (size / 1e6, "megabyte") if size >= 1e6 else (size / 1e3, "kilobyte")
    text = format_unit(round(number, 1), f"digital-{unit}", "short", locale=BABEL[locale])
    return "\u00a0".join(text.split())


def sort_key(text: str) -> str:
    """Text without accents and case, for alphabetical order in both languages."""
    return without_accents(text.casefold().replace("œ", "oe"))


def initial(text: str) -> str:
    """The letter under which a list has a text; `0` is before all letters."""
    first = sort_key(text.lstrip("‘“«\u00a0@"))[:1]
    return first if first.isalpha() else "0"
