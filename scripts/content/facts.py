"""What the data files say, as far as they can be read: for the checker, which reports all faults and not the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from content.files import mappings, read_yaml
from content.findings import ContentError, Finding, Hit
from content.instruments import Amount, Instrument, Start
from content.known import Known, load_known
from content.load import LOADERS, load_outline
from content.model import (
    LOCALES,
    Answer,
    Change,
    Chart,
    GlossaryEntry,
    Mapped,
    Original,
    Page,
    Passage,
    Source,
    Term,
    Territory,
    Translated,
    as_list,
)

T = TypeVar("T")

# Ids that the templates and scripts make on any page: no heading may have them.
RESERVED_IDS = frozenset(
    ("text", "menu", "sources", "in-practice", "cite", "cite-original", "citation", "on-this-page", "term-definition")
)


class Text(NamedTuple):
    """A text of a data file in all languages: where it stands, and the id of the record that it is of."""

    file: str
    line: int
    id: str
    said: Translated

    def hit(self, message: str) -> Hit:
        return Hit(self.file, self.line, 1, f"'{self.id}': {message}")


@dataclass(eq=False)
class Facts:
    """The records of `data/` below a root; those of a file that cannot be read are None, which is a finding."""

    root: Path
    findings: list[Finding] = field(default_factory=list)  # made while reading
    terms: Mapping[str, Mapping[str, Term]] | None = None
    territories: Mapping[str, Territory] | None = None
    sources: Mapping[str, Source] | None = None
    glossary: Sequence[GlossaryEntry] | None = None
    words: Mapping[str, Translated] | None = None
    charts: Mapping[str, Chart] | None = None
    instruments: Mapping[str, Instrument] | None = None
    starts: Mapping[str, Start] | None = None
    amounts: Mapping[str, Amount] | None = None
    changes: Sequence[Change] | None = None
    answers: Sequence[Answer] | None = None
    passages: Sequence[Passage] | None = None
    redirects: Mapped | None = None
    original: Original | None = None
    known: Known = field(default_factory=Known)  # words that rules know
    texts: list[Text] = field(default_factory=list)  # of all data files
    data_citations: list[Hit] = field(default_factory=list)  # of sources, in data files; the message is the id

    def read(self, function: Callable[..., T], *arguments: Any) -> T | None:
        """What the function returns, or None and a finding."""
        try:
            return function(*arguments)
        except ContentError as error:
            self.findings.append(error.finding)
            return None

    def read_data(self) -> None:
        """Reads the files of `data/`."""
        for field_name, load in LOADERS.items():
            setattr(self, field_name, self.read(load, self.root))
        self.known = self.read(load_known, self.root) or Known()
        if (self.root / "data" / "outline.json").exists():
            self.read(load_outline, self.root)
        for path in sorted((self.root / "data").glob("*.yml")):
            file = path.relative_to(self.root).as_posix()
            for id, mapping in mappings(self.read(read_yaml, path, self.root)):
                for key in [key for key in ("source", "sources") if isinstance(mapping.get(key), str | list)]:
                    self.data_citations += (Hit(file, mapping.lines[key], 1, str(of)) for of in as_list(mapping[key]))
                if all(isinstance(mapping.get(locale), str) for locale in LOCALES):
                    text = {locale: mapping[locale] for locale in LOCALES}
                    self.texts.append(Text(file, mapping.lines[LOCALES[0]], id, text))

    def names(self, vocabulary: str) -> Sequence[str] | None:
        """The slugs of a vocabulary; None when the file that has them cannot be read."""
        if vocabulary == "territories":
            return None if self.territories is None else list(self.territories)
        return None if self.terms is None else list(self.terms.get(vocabulary, {}))

    def made_ids(self, page: Page, cites: bool) -> frozenset[str] | None:
        """The ids that the template of a page makes; None when a data file that it lists cannot be read."""
        made = {"sources"} if cites else set[str]()
        if page.kind in ("lever", "theme") or page.meta.get("framework") == "mode":
            made.add("in-practice")
        if page.path in ("reference/glossary.md", "reference/sources.md"):
            records = self.glossary if page.slug == "glossary" else (self.sources or {}).values()
            if records is None or (page.slug == "sources" and self.sources is None):
                return None
            made |= {record.id for record in records}
        return frozenset(made)
