"""A copy of the content in which faults are planted; see plant.py."""

import functools
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import report  # noqa: F401 (says where scripts/ is)

from checker import markdown, run
from checker.document import Block
from checker.project import ParsedPage, Project, load
from checker.registry import RULES
from content import load as loading
from content.findings import Finding
from content.locales import OTHER
from content.model import Page

# What is read and compared is the same for nearly every run: it is kept.
markdown.parse = functools.lru_cache(maxsize=None)(markdown.parse)
loading.parse_yaml = functools.lru_cache(maxsize=None)(loading.parse_yaml)
# Rules that look at the text of one page, in one language or in both: they read the pages of a fault alone again.
OF_TEXT = {
    code
    for code, rule in RULES.items()
    if rule.scope in ("page", "pair") and (code[0] in "FHNPT" or code in ("S009", "M010"))
}

T = TypeVar("T")
Changes = dict[str, bytes | None]  # file: its new content; None removes it


@dataclass(frozen=True)
class Plant:
    """A fault at one place: what it changes, and the file and line (after the change) where it is."""

    changes: Changes
    file: str
    line: int


@dataclass
class Kind:
    """A kind of fault: the codes that catch it, those that may follow from it, and where it can be planted."""

    name: str
    codes: set[str]
    follow: set[str]
    places: Callable[["World"], Iterator[Plant]]


KINDS: list[Kind] = []
Places = Callable[..., Iterator[Plant]]


def register(name: str, codes: str, follow: str, places: Places, /, **how: object) -> None:
    KINDS.append(Kind(name, set(codes.split()), set(follow.split()), functools.partial(places, **how)))


def fault(codes: str, follow: str = "") -> Callable[[Places], Places]:
    """Registers a kind of fault under the name of its function."""

    def add(places: Places) -> Places:
        register(places.__name__.replace("_", " "), codes, follow, places)
        return places

    return add


@dataclass
class World:
    """A copy of the content, what the checker finds in it as it is, and a source of chance."""

    root: Path
    random: random.Random
    project: Project = field(init=False)
    pages: dict[str, dict[str, ParsedPage]] = field(init=False)  # locale, path
    known: set[Finding] = field(init=False)
    texts: dict[str, str] = field(default_factory=dict)  # what has been read

    def __post_init__(self) -> None:
        self.project = load(self.root)
        self.pages = self.project.pages
        pages = [f"docs/{locale}/{path}" for locale, paths in self.project.pages.items() for path in paths]
        files = [*pages, *self.project.data]
        self.known = self.found(files)

    # -- reading

    def text(self, file: str) -> str:
        if file not in self.texts:
            self.texts[file] = (self.root / file).read_text(encoding="utf-8")
        return self.texts[file]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        found = list(items)
        self.random.shuffle(found)
        return found

    def parsed(self, locale: str | None = None, kind: str = "") -> list[ParsedPage]:
        """Pages that exist in both languages, in random order."""
        return self.shuffled(
            parsed
            for pages in self.pages.values()
            for parsed in pages.values()
            if parsed.path in self.pages[OTHER[parsed.locale]]
            and locale in (None, parsed.locale)
            and parsed.kind.startswith(kind)
        )

    def twin(self, parsed: ParsedPage) -> ParsedPage:
        return self.pages[OTHER[parsed.locale]][parsed.path]

    def blocks(
        self, locale: str | None = None, kinds: str = "paragraph item cell"
    ) -> Iterator[tuple[ParsedPage, Block]]:
        """Blocks of one line, in random order."""
        pairs = [(s, b) for s in self.parsed(locale) for b in s.blocks if b.kind in kinds.split() and b.line == b.end]
        yield from self.shuffled(pairs)

    def matches(
        self, pattern: str, locale: str | None = None, kinds: str = "paragraph item cell heading"
    ) -> Iterator["Place"]:
        """Places in the text of blocks, not in words marked with their language, in random order."""
        for parsed, block in self.blocks(locale, kinds):
            found = [m for m in re.finditer(pattern, block.unmarked) if "\ufffc" not in m[0]]
            for match in self.shuffled(found)[:1]:
                line, column = block.place(match.start())
                if self.line(parsed, line)[column - 1 :].startswith(match[0]):
                    yield Place(parsed, block, line, column - 1, match)

    def line(self, parsed: ParsedPage, line: int) -> str:
        return self.text(parsed.file).split("\n")[line - 1]

    # -- changing

    def lines(self, parsed: ParsedPage, start: int, stop: int, *new: str) -> Plant:
        """Lines `start` to `stop` (not included) replaced."""
        lines = self.text(parsed.file).split("\n")
        lines[start - 1 : stop - 1] = new
        return Plant({parsed.file: "\n".join(lines).encode()}, parsed.file, start)

    def both(self, parsed: ParsedPage, change: Callable[[ParsedPage], Plant]) -> Plant:
        """The same change in both languages; the place is that of the first."""
        plant, other = change(parsed), change(self.twin(parsed))
        return replace(plant, changes=plant.changes | other.changes)

    # -- checking

    def found(self, files: Iterable[str]) -> set[Finding]:
        """What the checker finds now, by the rules of text in these pages alone."""
        project = load(self.root)
        return {*run.check(project, codes=RULES.keys() - OF_TEXT), *run.check(project, [*files], OF_TEXT)}

    def check(self, changes: Changes) -> set[Finding]:
        """What the checker finds while the changes are made."""
        before = {file: path.read_bytes() if (path := self.root / file).exists() else None for file in changes}
        try:
            self.write(changes)
            return self.found(changes)
        finally:
            self.write(before)

    def write(self, changes: Changes) -> None:
        for file, content in changes.items():
            if content is None:
                (self.root / file).unlink()
            else:
                (self.root / file).write_bytes(content)


@dataclass(frozen=True)
class Place:
    """A match in the text of a block, with its place in the file."""

    parsed: ParsedPage
    block: Block
    line: int
    at: int  # column from 0
    match: re.Match[str]

    def put(self, world: World, new: str) -> Plant:
        text = world.line(self.parsed, self.line)
        end = self.at + len(self.match[0])
        return world.lines(self.parsed, self.line, self.line + 1, text[: self.at] + new + text[end:])


def section_of(page: Page, line: int) -> str:
    """The id of the section that a line is in; empty before the first heading, `front` in the front matter."""
    if line < page.body_line:
        return "front"
    above = [s for s in markdown.parse(page.body, page.body_line).sections if s.line <= line]
    return above[-1].id or above[-1].text if above else ""
