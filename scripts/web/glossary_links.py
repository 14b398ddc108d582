"""Links from a text to the glossary: the first time a term stands in a section. A Markdown extension.

Without script the link leads to the glossary; with it, terms.js shows the definition on the spot. Marked are
terms with an abbreviation and terms of several words: a link on every "grant" would only disturb.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from content.model import GlossaryEntry

# Elements whose text is not marked: it is a link, a name in another language, a heading, a note.
PASSED_OVER = {"a", "sup", "code", "pre", "em", "strong", "th", "h1", "h2", "h3", "h4"}
HEADINGS = {"h2", "h3"}


def pattern(entries: Sequence[GlossaryEntry], locale: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The expression that finds the terms in a text of the locale, and the entry id of each form in lower case.

    An abbreviation is found as it is written; a term of several words with or without its plural endings.
    """
    forms: dict[str, str] = {}
    parts: list[str] = []
    for entry in entries:
        if entry.abbr:
            forms[entry.abbr[locale].casefold()] = entry.id
            parts.append(re.escape(entry.abbr[locale]))
        words = entry.term[locale].split()
        if len(words) > 1:
            forms[entry.term[locale].casefold()] = entry.id
            plural = "[sx]?" if locale == "fr" else "(?:s|es)?"
            parts.append(f"(?i:{' '.join(re.escape(word) + plural for word in words)})")
    alternatives = "|".join(sorted(parts, key=len, reverse=True))
    return re.compile(rf"(?<![\w’-])(?:{alternatives})(?![\w-])"), forms


def entry_of(text: str, forms: dict[str, str]) -> str | None:
    """The id of the entry that a found text stands for, plural endings aside."""
    folded = text.casefold()
    if folded in forms:
        return forms[folded]
    bare = {" ".join(re.sub(r"(?:es|s|x)$", "", word) for word in form.split()): key for form, key in forms.items()}
    return bare.get(" ".join(re.sub(r"(?:es|s|x)$", "", word) for word in folded.split()))


class _Marker(Treeprocessor):
    def __init__(self, md: Markdown, here: Callable[[], Any]) -> None:
        super().__init__(md)
        self.here = here

    def run(self, root: Element) -> None:
        found = self.here()
        if found is None:
            return
        self.expression, self.forms, self.address = found
        self.seen: set[str] = set()
        for block in list(root):
            if block.tag in HEADINGS:
                self.seen = set()
            elif block.get("class") != "footnote":
                self._walk(block)

    def _walk(self, element: Element) -> None:
        if element.tag in PASSED_OVER or element.get("lang") or element.get("class") == "admonition-title":
            return
        children = list(element)
        if element.text and not isinstance(element.text, AtomicString):
            self._mark(element, None)
        for child in children:
            self._walk(child)
            if child.tail:
                self._mark(element, child)

    def _mark(self, parent: Element, after: Element | None) -> None:
        """Turn the first new term of a text (the tail of `after`, else the parent's own) into a link, and so on."""
        text = (after.tail if after is not None else parent.text) or ""
        for match in self.expression.finditer(text):
            key = entry_of(match[0], self.forms)
            if key is None or key in self.seen:
                continue
            self.seen.add(key)
            link = Element("a", {"class": "term", "href": self.address + key, "data-term": key})
            link.text = AtomicString(match[0])
            link.tail = text[match.end() :]
            before = text[: match.start()]
            if after is None:
                parent.text = before
                parent.insert(0, link)
            else:
                after.tail = before
                parent.insert(list(parent).index(after) + 1, link)
            self._mark(parent, link)
            return


class GlossaryLinks(Extension):
    """`here()` gives (expression, forms, address of the glossary with its #) for the page being read, or None."""

    def __init__(self, here: Callable[[], Any]) -> None:
        super().__init__()
        self.here = here

    def extendMarkdown(self, md: Markdown) -> None:
        # After MkDocs has resolved the links of the page (priority 0): these are addresses already.
        md.treeprocessors.register(_Marker(md, self.here), "glossary", -5)
