"""What the checker reads of mkdocs.yml, each entry with its place: navigation, titles, assets, the site's host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from checker.addresses import split_address
from content.files import parse_yaml, read_text
from content.findings import ContentError, Finding

Entry = tuple[str, int, int]  # text, line, column


@dataclass(frozen=True)
class Config:
    """What the checker reads of mkdocs.yml."""

    pages: tuple[Entry, ...]  # of nav
    titles: tuple[Entry, ...]  # of nav
    translations: frozenset[str]  # the titles that have a translation
    assets: tuple[Entry, ...]  # extra_css and extra_javascript
    host: str  # of site_url


def read_config(root: Path) -> Config:
    """The configuration, without its tags (`!ENV`, `!!python/name:…`) being acted on."""
    text = read_text(root / "mkdocs.yml", root)
    try:
        return _config(yaml.compose(text, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        parse_yaml(text, "mkdocs.yml")  # says what is wrong, and where
        raise ContentError(Finding("mkdocs.yml", 1, 1, "Y001", "broken YAML: mend it")) from None


def _config(top: yaml.Node | None) -> Config:
    def mappings(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Every key with its value, at any depth."""
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from mappings(item)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                name = str(key.value)
                if name in seen:
                    line, column = key.start_mark.line + 1, key.start_mark.column + 1
                    message = f"the key '{name}' is given twice: keep one of the two"
                    raise ContentError(Finding("mkdocs.yml", line, column, "Y002", message))
                seen.add(name)
                yield key, value
                yield from mappings(value)

    def entry(node: yaml.Node) -> Entry:
        return str(node.value), node.start_mark.line + 1, node.start_mark.column + 1

    def texts(node: yaml.Node) -> Iterator[Entry]:
        if isinstance(node, yaml.ScalarNode):
            yield entry(node)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from texts(item)
        elif isinstance(node, yaml.MappingNode):
            for _, value in node.value:
                yield from texts(value)

    everything = list(mappings(top))

    def below(*names: str) -> list[Entry]:
        return [text for key, value in everything if key.value in names for text in texts(value)]

    nav = [value for key, value in (top.value if isinstance(top, yaml.MappingNode) else ()) if key.value == "nav"]
    addresses = [text for text, _, _ in below("site_url") if "://" in text]
    return Config(
        pages=tuple(e for node in nav for e in texts(node) if e[0].endswith(".md")),
        titles=tuple(entry(key) for node in nav for key, _ in mappings(node)),
        translations=frozenset(
            str(inner.value)
            for key, value in everything
            if key.value == "nav_translations"
            for inner, _ in mappings(value)
        ),
        assets=tuple(e for e in below("extra_css", "extra_javascript") if "://" not in e[0]),
        host=split_address(addresses[-1])[0] if addresses else "",
    )
