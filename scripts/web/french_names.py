"""French names in English pages, marked as French (WCAG 3.1.2, RGAA 8.7): in the text of a page, and in titles.

Marked are the names of authorities and regions that English has no name of its own for, and the French words that
the English text uses for a level of government. Names of cities, people and other bodies are left alone.

In French, the data files say a few terms of English law: those are marked as English. Pages mark their own.
"""

from __future__ import annotations

import functools
import re

from content.model import Study

WORDS = ("département", "départements")
ENGLISH = re.compile(
    "combined authorities|community land trust|leasehold|meanwhile use|work integration social enterprises|"
    "worker cooperatives"
)


@functools.lru_cache(maxsize=1)  # there is one study at a time
def pattern(study: Study) -> re.Pattern[str]:
    """The expression that finds these names in an English text, the longest first."""
    places = [place.name for place in study.territories.values() if place.type != "city"]
    regions = [term.name for term in study.terms["regions"].values()]
    names = {*WORDS, *(name["fr"] for name in [*places, *regions] if name["en"] == name["fr"])}
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w’-])(?:{alternatives})(?![\w-])")
