"""What the checker reads of mkdocs.yml: the titles of the navigation and their translations, the site's host."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checker.addresses import split_address
from content.files import TaggedLoader, mappings, parse_yaml, read_text
from content.findings import ContentError, Finding
from content.model import Mapped, as_list

CONFIG = "mkdocs.yml"


@dataclass(frozen=True)
class Config:
    """What the checker reads of mkdocs.yml; empty where that cannot be read."""

    titles: Mapping[str, int] = field(default_factory=dict)  # of nav, each with its line
    translations: frozenset[str] = frozenset()  # the titles that have a translation
    host: str = ""  # of site_url


def read_config(root: Path) -> Config:
    """The configuration. Raises ContentError (Y001, Y002) where it cannot be read."""
    top = parse_yaml(read_text(root / CONFIG, root), CONFIG, loader=TaggedLoader)
    if not isinstance(top, Mapped):
        raise ContentError(Finding(CONFIG, 1, 1, "is not a list of 'key: value' lines", code="Y001"))
    titles = {title: part.lines[title] for _, part in mappings(top.get("nav")) for title in part}
    urls = [str(text) for text in as_list(top.get("site_url")) if "://" in str(text)]  # !ENV [SITE_URL, "https://…"]
    translated = (part.get("nav_translations") for _, part in mappings(top))
    return Config(
        titles=titles,
        translations=frozenset(title for part in translated if isinstance(part, Mapped) for title in part),
        host=split_address(urls[-1])[0] if urls else "",
    )
