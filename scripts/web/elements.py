"""Changes to the text of an element, in the trees of Python-Markdown: a text stands before its first child (`text`)
and behind each child (`tail`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

Find = Callable[[str], Iterable[tuple[int, int, Element]]]
PassedOver = Callable[[Element], bool]


def replace_in_text(element: Element, find: Find, is_passed_over: PassedOver) -> None:
    """Put elements in place of parts of the texts below an element, in the order in which they are read.

    `find` yields what it finds in a text: start, end, and the new element that stands there instead. Elements for
    which `is_passed_over` is true keep their text; what stands behind them is searched.
    """
    if is_passed_over(element):
        return
    children = list(element)
    element.text = _put(element, 0, element.text, find)
    for child in children:
        replace_in_text(child, find, is_passed_over)
        child.tail = _put(element, list(element).index(child) + 1, child.tail, find)


def wrap(root: Element, pattern: re.Pattern[str], new: tuple[str, dict[str, str]], passed_over: PassedOver) -> None:
    """Put what an expression finds in the texts below an element into new elements: tag and attributes."""

    def find(text: str) -> Iterator[tuple[int, int, Element]]:
        for match in pattern.finditer(text):
            made = Element(*new)
            made.text = match[0]
            yield match.start(), match.end(), made

    replace_in_text(root, find, passed_over)


def _put(parent: Element, at: int, text: str | None, find: Find) -> str | None:
    """Put what is found in a text into `parent` from position `at` on; returns the text that precedes it."""
    found = list(find(text)) if text else []
    if not text or not found:
        return text
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    for place, ((_, end, new), until) in enumerate(zip(found, ends, strict=True), at):
        new.tail = text[end:until]
        parent.insert(place, new)
    return text[: found[0][0]]


def plain_text(element: Element) -> str:
    """The text of an element without that of its notes' numbers: `Lots` for `<h3>Lots<sup>3</sup></h3>`."""
    if element.tag == "sup":
        return ""
    return (element.text or "") + "".join(plain_text(child) + (child.tail or "") for child in element)
