"""What the data files say, as far as they can be read: for the checker, which reports all faults and not the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from content.files import read_text, read_yaml
from content.findings import ContentError, Finding, Hit
from content.instruments import Amount, Instrument, Start
from content.known import Known, load_known
from content.load import LOADERS, load_outline
from content.model import (
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
    known: Known | None = None  # words that rules know
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
        self.known = self.read(load_known, self.root)
        if (self.root / "data" / "outline.json").exists():
            self.read(load_outline, self.root)
        for file in sorted((self.root / "data").glob("*.yml")):
            if file.stem not in ("terms", "territories", "sources", "glossary", "words"):
                value = self.read(read_yaml, file, self.root)
                self.data_citations += _cited(value, file.relative_to(self.root).as_posix())

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

    def chart_texts(self) -> Iterator[tuple[str, int, str, Translated]]:
        """Every text of the charts, with its file, its line and the id of the chart."""
        for chart in (self.charts or {}).values():
            for text in (chart.title, chart.note, *chart.columns.values()):
                yield "data/charts.yml", chart.line, chart.id, text
            for row in chart.rows:
                for text in row.cells.values():
                    yield "data/charts.yml", row.line, chart.id, text

    def line_of(self, file: str, key: str) -> int:
        """The line of a data file that has a key or a slug; read only when something is found there."""
        lines = read_text(self.root / file, self.root).split("\n")
        place = re.compile(rf"{re.escape(key)}:|.*\bslug: {re.escape(key)}$")
        return next((n for n, line in enumerate(lines, 1) if place.match(line)), 1)


def _cited(value: Any, file: str) -> Iterator[Hit]:
    """The ids under `source:` and `sources:`, at any depth of a data file."""
    for item in value if isinstance(value, list) else []:
        yield from _cited(item, file)
    if isinstance(value, Mapped):
        for key, inner in value.items():
            if key in ("source", "sources"):
                yield from (Hit(file, value.lines[key], 1, str(id)) for id in as_list(inner))
            else:
                yield from _cited(inner, file)
