"""Links from a text to the glossary: the first time that a term stands in a section, for bubbles.js to open.

Marked are abbreviations and terms of several words: a link on every "grant" would only disturb.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.model import Study

# What precedes a term that is part of a name, in French: « du Labo de l’ESS », « au Conseil supérieur de l’ESS ».
NAME_BEFORE = re.compile(r"[\w,] (?:[LDld]’)?[A-ZÀ-Ý]\w+(?: \w+)? (?:de l|d)’$")


@dataclass(frozen=True)
class Terms:
    """The terms of the glossary in a language: the expression that finds them, and the entry's id by their form."""

    expression: re.Pattern[str]
    forms: Mapping[str, str]  # without the endings of a plural

    def first_mentions(self, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
        """Where a text has terms that are not in `seen`, which has them afterwards: start, end, id of the entry."""
        for match in self.expression.finditer(text):
            id = self.forms.get(_singular(match[0]))
            if id and id not in seen and not NAME_BEFORE.search(text, 0, match.start()):
                seen.add(id)
                yield match.start(), match.end(), id


def _singular(form: str) -> str:
    """The same for `innovations sociales` and `Innovation sociale`."""
    return " ".join(re.sub(r"e?[sx]?$", "", word) for word in form.casefold().split())


@functools.lru_cache(maxsize=2)  # there is one study at a time
def terms_of(study: Study, locale: str) -> Terms:
    """The terms to find in a text: abbreviations as they are, terms of several words with or without plural endings."""
    forms: dict[str, str] = {}
    parts: list[str] = []
    for entry in study.glossary.values():
        if entry.abbr:
            forms[_singular(entry.abbr[locale])] = entry.id
            parts.append(re.escape(entry.abbr[locale]))
        words = entry.term[locale].split()
        if len(words) > 1:
            forms[_singular(entry.term[locale])] = entry.id
            plural = "[sx]?" if locale == "fr" else "(?:s|es)?"
            parts.append(f"(?i:{' '.join(re.escape(word) + plural for word in words)})")
    alternatives = "|".join(sorted(parts, key=len, reverse=True))
    before = r"\w-" if locale == "fr" else r"\w’-"  # French has terms after an elision: l’ESS, d’innovation sociale
    expression = re.compile(rf"(?<![{before}])(?:{alternatives})(?![\w-])")
    return Terms(expression, forms)
