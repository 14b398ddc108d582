"""A page's text as CommonMark, and what its parser finds in it.

What our pages have besides CommonMark is put into its words, and nothing moves.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyromark

from checker.document import Note
from content import marks

BOX = re.compile(r'(?<! ) *!!! ?(?P<type>[\w-]+(?: +[\w-]+)*)(?: +"(?P<title>.*)")? *')
FENCE = re.compile(r"(?<! ) *(?P<mark>`{3,}|~{3,})")
# Control characters, replacement characters, a lost byte-order mark.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufeff]")


class CommonMark:
    """A page's text as CommonMark, each character at the line and column where it was.

    An indented box becomes a quotation: `!!! note "Mind"` is `> #       Mind`, `    text` below it is `   >text`.
    Footnote definitions are noted and become blank lines.
    """

    def __init__(self, text: str, first_line: int) -> None:
        self.first, self.written = first_line, text.split("\n")
        self.boxes: dict[int, str] = {}  # line: type
        self.definitions: list[Note] = []
        self.controls: list[Note] = []
        self.traps: list[Note] = []
        lines: list[str] = []
        around: list[int] = []  # the indentations of the boxes around a line
        fence, blank = "", 0  # the sign that ends the code around it; how many blank lines stand above it
        for number, line in enumerate(self.written, first_line):
            lines.append(line)
            if match := CONTROL.search(line):
                self.controls.append(Note(match[0], number, match.start() + 1))
            if not line.strip():
                blank += 1
                continue
            inner = [indent for indent in around if indent_of(line) >= indent + 4]
            if inner != around and not blank and number - 1 not in self.boxes:
                self.traps.append(Note("text right below a box: put a blank line above it", number))
            around, fence = inner, fence if inner == around else ""
            lines[-1 - blank :] = [*[_quoted("", around)] * blank, _quoted(line, around)]
            blank = 0
            if fence:
                fence = "" if line.strip().startswith(fence) and not line.strip(f" {fence[0]}") else fence
            elif match := FENCE.match(line):
                fence = match["mark"]
            elif match := BOX.fullmatch(line):
                start = indent_of(line)
                around = [*around, start]
                self.boxes[number] = match["type"].lower()
                title = f"#{match['title']:>{match.end('title') - start - 3}}" if match["title"] else ""
                lines[-1] = f"{lines[-1][:start]}> {title}"
            elif match := marks.DEFINITION.match(line.strip()):
                self.definitions.append(Note(match["id"], number))
                lines[-1] = _quoted("", around)
        self.data = "\n".join(lines).encode()
        self.starts = [0, *itertools.accumulate(len(line.encode()) + 1 for line in lines[:-1])]
        self.placed = (0, 0, 1)  # index of the line, byte offset and column of what was placed last

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, in the file, of the character at a byte offset: counted from the last on the same line."""
        index = bisect_right(self.starts, at) - 1
        line, last, column = self.placed
        if line != index:
            last, column = self.starts[index], 1
        column += len(self.data[last:at].decode()) - len(self.data[at:last].decode())  # one of both is empty
        self.placed = index, at, column
        return self.first + index, column

    def text(self, start: int, end: int) -> str:
        """The text between two byte offsets."""
        return self.data[start:end].decode()

    def line(self, number: int) -> str:
        """A line of the file as it is written."""
        return self.written[number - self.first]


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quoted(line: str, around: list[int]) -> str:
    """A line with the sign of a quotation before the content of each box around it."""
    for indent in around:
        line = f"{line[: indent + 3]:{indent + 3}}>{line[indent + 4 :]}"
    return line


class Event(NamedTuple):
    """An event of the parser: its kind, what starts or ends, its value, and the bytes that it is about."""

    kind: str
    name: str
    value: Any
    start: int
    end: int


def events(source: CommonMark) -> Iterator[Event]:
    """The events of a page, in their order."""
    for given, span in pyromark.events_with_range(source.data.decode(), options=pyromark.Options.ENABLE_TABLES):
        event: Any = given  # "SoftBreak", {"Text": "a"}, {"Start": "Item"}, {"Start": {"List": 1}} …
        kind, value = (event, {}) if isinstance(event, str) else next(iter(event.items()))
        name = ""
        if kind in ("Start", "End"):
            name, value = (value, {}) if isinstance(value, str) else next(iter(value.items()))
        yield Event(kind, name, value, span["start"], span["end"])
