"""A page's Markdown as plain data, with the line and column of everything in it; `markdown.py` reads it.

Also what is read in each of the languages of a block. No rule is known here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from content.model import LOCALES

NO_LANGUAGE = "zxx"  # as in <span lang="zxx">


@dataclass(frozen=True, slots=True)
class Link:
    """A link, or any other `href`/`src` that is no image."""

    target: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Image:
    """An image; `alt` is None when the attribute is missing."""

    target: str
    alt: str | None
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A `[^id]`; `offset` is its place in the text of its block."""

    id: str
    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a block's text that is marked with its language; code is `zxx`, the mark for no language."""

    start: int
    end: int
    lang: str


# What ends a sentence, up to the capital or the quotation mark that starts the next.
SENTENCE_END = re.compile(r"[.!?…][\s»’”)]*\s(?=[A-ZÀ-Þ‘“«])")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that readers see as one: a paragraph, a list item, a table cell …

    `kind` is paragraph, item, header or cell (of a table), title (of a box), heading, code or html.
    `text` is what is read: no marks, no citations. `inside` names the boxes and lists around it, outermost first.
    """

    kind: str
    line: int
    column: int
    text: str
    inside: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    citations: tuple[Citation, ...] = ()
    spans: tuple[Span, ...] = ()
    runs: tuple[int, ...] = field(default=(), repr=False)  # offset, line and column of each run of text, in a row

    @property
    def end(self) -> int:
        """The last line of the block."""
        return max(self.runs[1::3], default=self.line)

    @property
    def targets(self) -> tuple[Link | Image, ...]:
        """The links and images."""
        return (*self.links, *self.images)

    @property
    def unmarked(self) -> str:
        """The text with the words marked with their language blanked out; offsets stay."""
        text = self.text
        for span in self.spans:
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        return text

    def text_at(self, line: int, column: int) -> str:
        """The run of text that begins at this place of the file, as that of a link does after its bracket; else ""."""
        starts = [*self.runs[::3], len(self.text)]
        places = list(zip(self.runs[1::3], self.runs[2::3], strict=True))
        number = places.index((line, column)) if (line, column) in places else len(places)
        return self.text[slice(*starts[number : number + 2])] if number < len(places) else ""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, in the file, of the character at an offset of `text`."""
        index = bisect_right(range(0, len(self.runs), 3), offset, key=self.runs.__getitem__) - 1
        if index < 0:
            return self.line, self.column
        start, line, column = self.runs[3 * index : 3 * index + 3]
        return line, column + offset - start


@dataclass(frozen=True, slots=True)
class Shape:
    """A list (`3 items`), a table (`3 × 2`, rows and columns) or a box (its type; `quote` for a quotation)."""

    kind: str  # list, table or box
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between two headings. The text before the first heading has level 0 and no heading."""

    level: int
    id: str | None
    line: int
    heading: Block | None
    blocks: tuple[Block, ...]
    shapes: tuple[Shape, ...]

    column = 1

    @property
    def text(self) -> str:
        return self.heading.text if self.heading else ""

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """The blocks with the heading first: what links and citations are counted in."""
        return (self.heading, *self.blocks) if self.heading else self.blocks


@dataclass(frozen=True, slots=True)
class Note:
    """A text by its place: an id, a comment (`<!-- … -->`), a trap of layout; what both languages ought to have."""

    text: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A page's Markdown. `ids` are those its author wrote, `controls` characters that no text has, the first of each
    line; `traps` say what Python-Markdown reads otherwise."""

    sections: tuple[Section, ...]
    ids: tuple[Note, ...]
    comments: tuple[Note, ...]
    definitions: tuple[Note, ...]
    controls: tuple[Note, ...]
    traps: tuple[Note, ...]


# ---------------------------------------------------------------- the languages of a block

MASK = "\ufffc"  # stands for what is not in the language asked for, and for addresses
ADDRESS = re.compile(r"(?<!\S)\S*(?:://|@|www\.)\S*")  # a word with an address in it


def by_language(block: Block, locale: str) -> Iterator[tuple[str, str]]:
    """The text of a block for each language in it, all else masked."""
    if not block.spans:
        yield locale, _without_addresses(block.text)
        return
    languages = [locale] * len(block.text)
    for span in block.spans:
        languages[span.start : span.end] = [span.lang] * (span.end - span.start)
    for lang in dict.fromkeys(languages):
        if lang in LOCALES:
            masked = (char if of == lang else MASK for char, of in zip(block.text, languages, strict=True))
            yield lang, _without_addresses("".join(masked))


def _without_addresses(text: str) -> str:
    return ADDRESS.sub(lambda word: MASK * len(word[0]), text)
