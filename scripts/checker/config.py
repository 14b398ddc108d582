"""What the checker reads of mkdocs.yml, each entry with its place: navigation, titles, assets, the site's host."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.addresses import split_address
from content.files import TaggedLoader, mappings, parse_yaml, read_text, texts_in
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
        raise ContentError(Finding(CONFIG, 1, 1, "is not a list of 'key: value' lines", code="Y001"))
    nav = [*_placed(texts_in(top.get("nav")), text, text.find("\nnav:"))]
    urls = [str(text) for text in as_list(top.get("site_url")) if "://" in str(text)]
    translations = (inner.get("nav_translations") for _, inner in mappings(top))
    return Config(
        pages=tuple(entry for entry in nav if entry[0].endswith(".md")),
        titles=tuple(entry for entry in nav if entry[0] and not entry[0].endswith(".md")),
        translations=frozenset(title for titles in translations if isinstance(titles, Mapped) for title in titles),
        host=split_address(urls[-1])[0] if urls else "",
    )


def _placed(texts: Iterable[str], source: str, at: int) -> Iterator[Entry]:
    """These texts, each with its place in the source, in which they stand one after the other from a character on."""
    for text in texts:
        at = max(at, source.find(text, at))
        yield text, source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)
        at += len(text)
