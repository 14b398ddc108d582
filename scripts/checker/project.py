"""What the checker checks: pages with their Markdown read, and the whole project.

What cannot be read is a finding; no rule is asked then. A rule is given a `ParsedPage` (in one language), a `Pair` of
them (pair.py) or the `Project`.
"""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from checker import markdown, stale
from checker.addresses import is_within, split_address
from checker.document import Block, Document, Mark, Section
from content import anchors, marks
from content.files import Mapped, mappings, read_text, read_yaml
from content.findings import ContentError, Finding
from content.load import LOADERS, load_config, load_page, page_paths
from content.locales import LOCALES
from content.model import Page, Study

T = TypeVar("T")
# Where something is, or its line and column; a key of front matter (at the top where it is missing).
Place = Mark | Block | Section | tuple[int, int] | str
QUOTED = re.compile(r"(?<!\w)'(.*?)'(?!\w)")


@dataclass(frozen=True)
class Allowance:
    """A comment that allows what one rule finds with some words in one block; what it does not say is empty."""

    code: str
    words: str
    reason: str
    mark: Mark
    lines: range

    def covers(self, finding: Finding) -> bool:
        """Whether it allows a finding: it names, in whole words, all that the message quotes as wrong."""
        quoted = QUOTED.findall(" ".join(finding.message.split(": write ")[0].split()))
        named = all(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.words) for words in quoted)
        return finding.code == self.code and finding.line in self.lines and bool(quoted) and named


@dataclass(frozen=True, eq=False)
class ParsedPage(Page):
    """A page of a project, with its Markdown read into `doc`."""

    project: "Project" = field(repr=False)

    @cached_property
    def doc(self) -> Document:
        return markdown.parse(self.body, self.body_line)

    def finding(self, place: Place, message: str) -> Finding:
        """A finding at a link, a section, a block, a key of front matter …"""
        at = (self.meta.lines.get(place, 1), 1) if isinstance(place, str) else place
        line, column = at if isinstance(at, tuple) else (at.line, at.column)
        return Finding(self.file, line, column, message)

    @cached_property
    def front(self) -> list[Block]:
        """The texts of its front matter, each as a block whose kind is its key."""
        return [Block(key, self.meta.lines[key], 1, text) for key, text in self.texts.items()]

    @cached_property
    def blocks(self) -> list[Block]:
        """The texts of its front matter, then the blocks of all sections, headings with them, in their order."""
        return [*self.front, *(block for section in self.doc.sections for block in section.all_blocks)]

    @cached_property
    def headed(self) -> list[Section]:
        """The sections that have a heading."""
        return [section for section in self.doc.sections if section.level]

    @cached_property
    def allowances(self) -> list[Allowance]:
        """The allowances of the page, each with the lines that it is about."""
        found = []
        for mark in self.doc.comments:
            if allowed := marks.allowance(mark.text):
                # About the block, or the row, in which it stands, or the next one.
                block = next((block for block in self.blocks if mark.line <= block.end), None)
                found.append(Allowance(*allowed, mark, range(block.line, block.end + 1) if block else range(0)))
        return found

    def allows(self, finding: Finding) -> bool:
        """Whether one of them covers a finding."""
        return any(allowance.covers(finding) for allowance in self.allowances)

    @cached_property
    def citations(self) -> list[Mark]:
        return [cited for block in self.blocks for cited in block.citations]

    def citing(self, anchor: str, sources: Collection[str]) -> list[Block]:
        """The paragraphs, items and rows of a section (of the page where no anchor is given) that cite one of these
        sources; all where there are none."""
        sections = [section for section in self.doc.sections if not anchor or section.id == anchor]
        blocks = [block for section in sections for block in section.all_blocks]
        lines = {block.line for block in blocks if any(cited.text in sources for cited in block.citations)}
        return [block for block in blocks if block.line in lines or not sources]

    @cached_property
    def parts(self) -> list[Mark]:
        """The generated parts that the page asks for, in their order: `chart-NAME` for a chart."""
        found = ((marks.GENERATED.fullmatch(mark.text), mark) for mark in self.doc.comments)
        return [replace(mark, text=match["name"]) for match, mark in found if match]

    @cached_property
    def targets(self) -> list[tuple[Mark, str, str]]:
        """The links and images without a scheme or host: each with the file below docs/LOCALE that it leads to, and the
        anchor there."""
        found, folder = [], posixpath.dirname(self.path)
        for item in (item for block in self.blocks for item in block.links if is_within(item.text)):
            _, path, anchor = split_address(item.text)
            path = posixpath.normpath(posixpath.join(folder, path)) if path else self.path
            found.append((item, path, anchor))
        return found


class DataPage(ParsedPage):
    """The texts of a data file in one language, for the rules of texts: `meta` has each under a name of its own."""

    @property
    def file(self) -> str:
        return self.path

    @property
    def texts(self) -> Mapping[str, str]:
        return self.meta


@dataclass(frozen=True, eq=False)
class Project(Study):
    """The whole project, with what its data says."""

    pages: Mapping[str, Mapping[str, ParsedPage]] = field(default_factory=dict, repr=False)
    findings: list[Finding] = field(default_factory=list)  # made while reading
    config: Mapped = field(default_factory=Mapped)  # mkdocs.yml
    equal: Mapping[str, stale.HashPair] = field(default_factory=dict)  # of data/equal.txt
    data: dict[str, Any] = field(default_factory=dict)  # YAML file: its value

    @property
    def paths(self) -> list[str]:
        """The pages, whatever the language."""
        return sorted(set().union(*self.pages.values()))

    @property
    def all_parsed(self) -> Iterator[ParsedPage]:
        return (parsed for locale in LOCALES for parsed in self.pages[locale].values())

    @cached_property
    def compared(self) -> list[stale.ComparedSection]:
        """The sections that both languages have, as they are and as they were declared."""
        paths = set.intersection(*map(set, self.pages.values()))
        both = {path: [pages[path] for pages in self.pages.values()] for path in paths}
        hashed = {path: tuple(stale.hashed_sections(page, page.doc) for page in pages) for path, pages in both.items()}
        return stale.compare(hashed, self.equal)

    @cached_property
    def data_pages(self) -> list[tuple[DataPage, DataPage]]:
        """The texts of each data file, in English and in French."""
        return [(self._data_page(file, "en"), self._data_page(file, "fr")) for file in self.data]

    def _data_page(self, file: str, locale: str) -> DataPage:
        """What stands in both languages, and the titles of sources in this one."""
        texts, lines = Mapped(), dict[str, int]()
        for number, (id, mapping) in enumerate(mappings(self.data[file])):
            is_in_both = all(isinstance(mapping.get(key), str) for key in LOCALES)
            key = locale if is_in_both else "title" if mapping.get("lang") == locale and mapping.get("title") else ""
            if key:
                name = f"text {number} of '{id}'"
                texts[name], lines[name] = mapping[key], mapping.lines[key]
        texts.lines = lines
        return DataPage(locale, file, texts, "", 1, self)

    @cached_property
    def files_of_docs(self) -> set[str]:
        """Every file below docs, pictures with it."""
        docs = self.root / "docs"
        return {file.relative_to(docs).as_posix() for file in docs.rglob("*") if file.is_file()}

    @cached_property
    def anchors(self) -> dict[str, dict[str, frozenset[str]]]:
        """By locale and path, what can follow `#` in a link to a page: ids of its text and of its template."""
        return {
            locale: {path: self._anchors(parsed) for path, parsed in pages.items()}
            for locale, pages in self.pages.items()
        }

    def _anchors(self, parsed: ParsedPage) -> frozenset[str]:
        made = {part.text for part in parsed.parts if part.text.startswith(marks.CHART)}
        made |= {anchors.NOTES_ID} if parsed.citations else set()
        return frozenset(made | anchors.made(self, parsed) | {mark.text for mark in parsed.doc.ids})


def load(root: Path) -> Project:
    """Everything below the root that can be read; what cannot is in the `findings` of the project, not raised."""
    findings: list[Finding] = []

    def tried(function: Callable[..., T], *arguments: Any) -> T | None:
        """What the function returns, or None and a finding."""
        try:
            return function(*arguments)
        except ContentError as error:
            if error.finding not in findings:
                findings.append(error.finding)
            return None

    loaders = {**LOADERS} if (root / "data").is_dir() else {}  # another project may have pages alone
    loaders |= {"equal": stale.read_equal, "config": load_config}
    records = {name: tried(loader, root) for name, loader in loaders.items()}
    data = {f"data/{file.name}": tried(read_yaml, file, root) for file in sorted((root / "data").glob("*.yml"))}
    for file in sorted((root / "data").glob("*.txt")):
        tried(read_text, file, root)
    readable = {name: value for name, value in records.items() if value is not None}
    pages: dict[str, dict[str, ParsedPage]] = {locale: {} for locale in LOCALES}
    project = Project(root, **readable, pages=pages, findings=findings, data=data)
    for locale in LOCALES:
        for path in page_paths(root, locale):
            if page := tried(load_page, root, locale, path):
                pages[locale][path] = ParsedPage(**vars(page), project=project)
    return project
