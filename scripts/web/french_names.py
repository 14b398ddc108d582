"""French names in English pages, marked as French (WCAG 3.1.2, RGAA 8.7): a Markdown extension, a filter for titles.

Marked are the names of authorities and regions that English has no name of its own for, and the French words that
the English text uses for a level of government. Names of cities, people and other bodies are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from content.model import Study

WORDS = ("département", "départements")
PASSED_OVER = {"code", "pre"}


def pattern(study: Study) -> re.Pattern[str]:
    """The expression that finds these names in an English text, the longest first."""
    places = [place.name for place in study.territories.values() if place.type != "city"]
    regions = [term.name for term in study.terms["regions"].values()]
    names = {*WORDS, *(name["fr"] for name in [*places, *regions] if name["en"] == name["fr"])}
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w’-])(?:{alternatives})(?![\w-])")


def mark(text: str, names: re.Pattern[str] | None) -> Markup:
    """A plain text as HTML with its French names marked; `names` is None on French pages."""
    marked, end = Markup(), 0
    for match in names.finditer(text) if names else ():
        marked += escape(text[end : match.start()]) + Markup('<span lang="fr">{}</span>').format(match[0])
        end = match.end()
    return marked + escape(text[end:])


class _Marker(Treeprocessor):
    def __init__(self, md: Markdown, here: Callable[[], re.Pattern[str] | None]) -> None:
        super().__init__(md)
        self.here = here

    def run(self, root: Element) -> None:
        names = self.here()
        if names:
            self._walk(root, names)

    def _walk(self, element: Element, names: re.Pattern[str]) -> None:
        if element.tag in PASSED_OVER or element.get("lang"):
            return
        children = list(element)
        element.text = self._mark(element, 0, element.text, names)
        for child in children:
            self._walk(child, names)
            child.tail = self._mark(element, list(element).index(child) + 1, child.tail, names)

    def _mark(self, parent: Element, at: int, text: str | None, names: re.Pattern[str]) -> str | None:
        """Put the names of a text into `parent` from position `at` on; what precedes the first of them is returned."""
        found = list(names.finditer(text or ""))
        if not text or not found:
            return text
        ends = [match.start() for match in found[1:]] + [len(text)]
        for number, (match, end) in enumerate(zip(found, ends, strict=True)):
            span = Element("span", {"lang": "fr"})
            span.text, span.tail = match[0], text[match.end() : end]
            parent.insert(at + number, span)
        return text[: found[0].start()]


class FrenchNames(Extension):
    """`here()` gives the expression for the page being read, or None where nothing is marked."""

    def __init__(self, here: Callable[[], re.Pattern[str] | None]) -> None:
        super().__init__()
        self.here = here

    def extendMarkdown(self, md: Markdown) -> None:
        # After the links to the glossary (-5), which would not find a term with a name in it cut in two.
        md.treeprocessors.register(_Marker(md, self.here), "french-names", -6)
