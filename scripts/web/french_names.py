"""French names in English pages, marked as French (WCAG 3.1.2, RGAA 8.7); terms of English law in French ones.

Marked are authorities and regions that English has no name of its own for, and the words of `data/check.yml`; not
cities, people and other bodies.
"""

import functools
import re

from checker.languages import any_of
from content.known import NEVER
from content.model import Study


@functools.lru_cache(maxsize=2)  # there is one study at a time
def pattern(study: Study, locale: str) -> re.Pattern[str]:
    """The expression that finds names and words of the other language in a text of this one, the longest first."""
    names = {word for word, lang in study.known.foreign.items() if lang != locale}
    if locale == "en":
        places = [place.name for place in study.territories.values() if place.type != "city"]
        regions = [term.name for term in study.terms["regions"].values()]
        names |= {name["fr"] for name in [*places, *regions] if name["en"] == name["fr"]}
    return re.compile(rf"(?<![\w’-])(?:{any_of(sorted(names)) or NEVER})(?![\w-])")
