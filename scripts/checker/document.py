"""A page's Markdown as plain data, with the line and column of everything in it; `markdown.py` reads it.

Also what is read in each of the languages of a block. No rule is known here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from content.locales import LOCALES

NO_LANGUAGE = "zxx"  # the code of the standard for what is in no language


@dataclass(frozen=True, slots=True)
class Mark:
    """Something written at a place of a page: the address of a link or an image, the source of a citation, an id …

    `shown` is what is read there, the text of a link or, in place of an image, of that; `offset` where, in the text of
    its block.
    """

    text: str
    line: int
    column: int = 1
    shown: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a block's text that is marked with its language; code is `zxx`, the mark for no language."""

    start: int
    end: int
    lang: str


# What ends a sentence, up to the capital or the quotation mark that starts the next.
SENTENCE_END = re.compile(r"[.!?…][\s»’”)]*\s(?=[A-ZÀ-Þ‘“«])")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A piece of text that readers see as one: a paragraph, a list item, a table cell …

    `kind` is paragraph, item, header or cell (of a table), title (of a box), heading or code. `text` is what is read:
    no marks, no citations. `inside` names the boxes, quotations and lists around it, outermost first. `links` has the
    images too.
    """

    kind: str
    line: int
    column: int
    text: str
    inside: tuple[str, ...] = ()
    links: tuple[Mark, ...] = ()
    citations: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()
    runs: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)  # offset, line, column: see `place`

    @property
    def end(self) -> int:
        """The last line of the block."""
        return self.runs[-1][1] if self.runs else self.line

    @property
    def unmarked(self) -> str:
        """The text with a blank for each letter of words marked with their language: offsets stay."""
        text = self.text
        for span in self.spans:
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        return text

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, in the file and from 1, of the character at an offset of `text`."""
        index = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        start, line, column = self.runs[index] if index >= 0 else (offset, self.line, self.column)
        return line, column + offset - start

    def mark(self, text: str, offset: int) -> Mark:
        """What is written at an offset of `text`."""
        return Mark(text, *self.place(offset))


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between two headings. The text before the first heading has level 0 and no heading."""

    level: int
    id: str | None
    line: int
    heading: Block | None
    blocks: list[Block] = field(default_factory=list)

    column = 1

    @property
    def text(self) -> str:
        return self.heading.text if self.heading else ""

    @property
    def all_blocks(self) -> list[Block]:
        """The blocks with the heading first: what links and citations are counted in."""
        return [self.heading, *self.blocks] if self.heading else self.blocks


@dataclass(frozen=True, slots=True)
class Document:
    """A page's Markdown.

    `ids` and `comments` are those its author wrote, `definitions` the heads of footnotes; `strays` the
    citations that stand where none may, in code, a comment, the title of a link; `traps` what Python-Markdown reads
    otherwise and characters that no text has, each with how to mend it.
    """

    sections: list[Section] = field(default_factory=list)
    ids: list[Mark] = field(default_factory=list)
    comments: list[Mark] = field(default_factory=list)
    definitions: list[Mark] = field(default_factory=list)
    strays: list[Mark] = field(default_factory=list)
    traps: list[Mark] = field(default_factory=list)


# ---------------------------------------------------------------- the languages of a block

MASK = "\ufffc"  # stands for what is not in the language asked for, and for addresses
ADDRESS = re.compile(r"(?<!\S)\S*(?:://|@|www\.)\S*")  # a word with an address in it


def by_language(block: Block, locale: str) -> Iterator[tuple[str, str]]:
    """The text of a block for each language in it, all else masked: offsets stay.

    Of "Le *Guide*{ lang=en } dit", in French: ("fr", "Le ￼￼￼￼￼ dit") and ("en", "￼￼￼Guide￼￼￼￼").
    """
    if not block.spans:
        yield locale, _without_addresses(block.text)
        return
    languages = [locale] * len(block.text)
    for span in block.spans:
        languages[span.start : span.end] = [span.lang] * (span.end - span.start)
    for lang in dict.fromkeys(languages):
        if lang in LOCALES:
            # Not strict: marked words may end in blanks, which the end of a block does not have.
            masked = (char if of == lang else MASK for char, of in zip(block.text, languages, strict=False))
            yield lang, _without_addresses("".join(masked))


def _without_addresses(text: str) -> str:
    return ADDRESS.sub(lambda word: MASK * len(word[0]), text)
