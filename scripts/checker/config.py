"""What the checker reads of mkdocs.yml, each entry with its place: navigation, titles, assets, the site's host."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from checker.addresses import split_address
from content.files import TaggedLoader, mappings, parse_yaml, read_text
from content.findings import ContentError, Finding
from content.model import Mapped, as_list

CONFIG = "mkdocs.yml"
Entry = tuple[str, int, int]  # text, line, column


@dataclass(frozen=True)
class Config:
    """What the checker reads of mkdocs.yml; empty where that cannot be read."""

    pages: tuple[Entry, ...] = ()  # of nav
    titles: tuple[Entry, ...] = ()  # of nav
    translations: frozenset[str] = frozenset()  # the titles that have a translation
    host: str = ""  # of site_url


def read_config(root: Path) -> Config:
    """The configuration. Raises ContentError (Y001, Y002) where it cannot be read."""
    text = read_text(root / CONFIG, root)
    top = parse_yaml(text, CONFIG, loader=TaggedLoader)
    if not isinstance(top, Mapped):
        raise ContentError(Finding(CONFIG, 1, 1, "Y001", "is not a list of 'key: value' lines"))
    node: Any = yaml.compose(text, Loader=TaggedLoader)  # which has columns, as `top` has not
    nav = [entry for key, value in node.value if key.value == "nav" for entry in _entries(value)]
    urls = [str(text) for text in as_list(top.get("site_url")) if "://" in str(text)]
    translations = (found.get("nav_translations") for _, found in mappings(top))
    return Config(
        pages=tuple(entry for entry in nav if entry[0].endswith(".md")),
        titles=tuple(entry for entry in nav if entry[0] and not entry[0].endswith(".md")),
        translations=frozenset(title for found in translations if isinstance(found, Mapped) for title in found),
        host=split_address(urls[-1])[0] if urls else "",
    )


def _entries(node: yaml.Node) -> Iterator[Entry]:
    """The texts of a node of YAML, keys with them, in their order, each with its place."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value, node.start_mark.line + 1, node.start_mark.column + 1
        return
    for item in node.value:
        for inner in item if isinstance(node, yaml.MappingNode) else [item]:
            yield from _entries(inner)
