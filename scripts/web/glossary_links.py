"""Links from a text to the glossary: the first time that a term stands in a section, for bubbles.js to open.

Marked are abbreviations and terms of several words: a link on every "grant" would only disturb.
"""

import functools
import re
from collections.abc import Iterator

from content.model import Study

# What precedes a term that is part of a name, in French: « du Labo de l’ESS », « au Conseil supérieur de l’ESS ».
NAME_BEFORE = re.compile(r"[\w,] (?:[LDld]’)?[A-ZÀ-Ý]\w+(?: \w+)? (?:de l|d)’$")


def first_mentions(study: Study, locale: str, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
    """Where a text has terms that are not in `seen`, which has them afterwards: start, end, id of the entry."""
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
