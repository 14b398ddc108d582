"""What the checker reads of mkdocs.yml, each entry with its place: navigation, titles, assets, the site's host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.addresses import split_address
from content.files import TaggedLoader, mappings, parse_yaml, read_text
from content.findings import ContentError, Finding
from content.model import Mapped, as_list

FILE = "mkdocs.yml"
Entry = tuple[str, int, int]  # text, line, column


@dataclass(frozen=True)
class Config:
    """What the checker reads of mkdocs.yml."""

    pages: tuple[Entry, ...]  # of nav
    titles: tuple[Entry, ...]  # of nav
    translations: frozenset[str]  # the titles that have a translation
    host: str  # of site_url


def read_config(root: Path) -> Config:
    """The configuration. Raises ContentError (Y001, Y002) where it cannot be read."""
    text = read_text(root / FILE, root)
    top = parse_yaml(text, FILE, loader=TaggedLoader)
    if not isinstance(top, Mapped):
        raise ContentError(Finding(FILE, 1, 1, "Y001", "is not a list of 'key: value' lines"))
    lines = text.split("\n")
    nav = list(_entries(top.get("nav"), lines, top.lines.get("nav", 1)))
    urls = [str(text) for text in as_list(top.get("site_url")) if "://" in str(text)]
    translations = (found.get("nav_translations") for _, found in mappings(top))
    return Config(
        pages=tuple(entry for entry in nav if entry[0].endswith(".md")),
        titles=tuple(entry for entry in nav if not entry[0].endswith(".md")),
        translations=frozenset(title for found in translations if isinstance(found, Mapped) for title in found),
        host=split_address(urls[-1])[0] if urls else "",
    )


def _entries(value: Any, lines: list[str], at: int) -> Iterator[Entry]:
    """The texts of a list of pages, and its titles, in their order, each at its place from line `at` on."""
    for text in _texts(value):
        at = next((n for n in range(at, len(lines) + 1) if text in lines[n - 1]), min(at, len(lines)))
        yield text, at, lines[at - 1].find(text) + 1
        at += text.endswith(".md")  # a title is on the line of its page or above


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapped):
        for title, inner in value.items():
            yield title
            yield from _texts(inner)
    elif value is not None:
        yield str(value)
