"""Reads a page's Markdown into the plain data of `document.py`.

The site is built by Python-Markdown, which keeps no line numbers; this reads the same text with
pyromark, a CommonMark parser that says between which two bytes of the text each thing stands. What
pages have besides CommonMark is added here: `[^source]` citations (their definitions are generated),
`!!! study` boxes, and attribute lists after headings and marked words.
"""

from __future__ import annotations

import html
import itertools
import re
import sys
from functools import lru_cache

from checker.commonmark import CommonMark, Event, events, indent_of
from checker.document import NO_LANGUAGE, Block, Citation, Document, Image, Link, Note, Section, Shape, Span
from content import marks

# A comment or a tag of HTML, and one attribute of a tag.
HTML = re.compile(
    r"""<!--(?:.*?-->|.*)|<(?P<closes>/?)(?P<tag>[A-Za-z][\w-]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^'"<>])*)>""",
    re.DOTALL,
)
HTML_ATTRIBUTE = re.compile(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
MARK = re.compile(f"{marks.CITATION.pattern}|{marks.ATTRIBUTES.pattern}")

# ---------------------------------------------------------------- the text of a block


class _Text:
    """The text of a block as it is read, from its first byte to its last, and what stands in it."""

    def __init__(self, source: CommonMark, kind: str, start: int, end: int) -> None:
        self.source, self.kind, self.start, self.end = source, kind, start, end
        self.pieces: list[str] = []  # the text so far; joined once, so that a long one takes no longer by the letter
        self.length = 0
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.citations: list[Citation] = []
        self.spans: list[Span] = []
        self.runs: list[int] = []
        self.ids: list[Note] = []
        self.comments: list[Note] = []
        self.attributes: dict[str, str] = {}  # of the block itself
        self.done = start  # up to where the source is read
        self.said = -1  # up to where the text follows it without a gap
        self.opened: list[tuple[int, Event]] = []  # elements, with their offset in the text
        self.last = 0  # offset in the text of the element that ended last
        self.before = "start"  # what stands just before: start, element, break, or "" for text
        self.alt: list[str] | None = None  # the text of the image that is being read
        self.tags: list[tuple[str, str | None, int]] = []  # of HTML that are open, with lang and offset in the text

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def block(self, inside: tuple[str, ...]) -> Block:
        parts = (self.links, self.images, self.citations, self.spans, self.runs)
        place = self.source.place(self.start)
        return Block(self.kind, *place, self.text.rstrip(), inside, *map(tuple, parts))  # type: ignore[arg-type]

    def say(self, text: str, start: int, end: int) -> None:
        """Adds text that stands between two bytes."""
        if text and start != self.said:
            self.runs += (self.length, *self.source.place(start))
        if text:
            self.said = end if len(text.encode()) == end - start else -1  # else it is written in another way: &amp;
        self.add(text)
        self.done = end

    def read(self, event: Event) -> None:
        """One event within the block."""
        kind, name, value, start, end = event
        if end <= self.done:
            return  # it is within something that was read as a whole
        before, self.before = self.before, ""
        if before == "start":
            self.start = start
        if self.alt is not None and (kind, name) != ("End", "Image"):
            self.alt += [value] if kind in ("Text", "Code") else []
        elif kind == "Text":
            self.read_text(value, start, end, before)
        elif kind == "Code":
            self.last, self.before = self.length, "element"
            self.say(value, start + len(self.source.text(start, end).partition(value)[0].encode()), end)
            self.spans.append(Span(self.last, self.length, NO_LANGUAGE))
        elif kind == "InlineHtml":
            self.read_html(value, start)
        elif kind in ("SoftBreak", "HardBreak"):
            self.add(" ")
            self.said, self.before = -1, "break"
        elif kind == "Start" and name == "Link" and self.source.data.startswith(b"[^", start):
            self.read_text(self.source.text(start, end), start, end, before)
        elif kind == "Start":
            self.opened.append((self.length, event))
            self.alt = [] if name == "Image" else None
        elif self.opened:
            self.end_element(*self.opened.pop())

    def read_text(self, value: str, start: int, end: int, before: str) -> None:
        """Text, with the citations and attribute lists in it, which may go on in the events that follow."""
        if start < self.done:
            start, value = self.done, self.source.text(self.done, end)
        if "{" in value or b"[^" in self.source.data[start : end + 1]:  # the parser ends a text at each bracket
            first = start
            raw = self.source.data[start : end + 1_000].partition(b"\n")[0].decode(errors="ignore")  # a mark is shorter
            for match in MARK.finditer(raw):
                at = first + len(raw[: match.start()].encode())
                if at >= end or self.source.data[at - 1 : at] == b"\\":
                    break
                self.say(self.source.text(start, at), start, at)
                start = at + len(match[0].encode())
                if match["list"]:
                    self.read_attributes(match, at, start, before if at == first else "")
                else:
                    self.citations.append(Citation(sys.intern(match["id"]), *self.source.place(at), self.length))
                value = self.source.text(start, end)
        self.say(value, start, max(start, end))

    def read_attributes(self, match: re.Match[str], start: int, end: int, before: str) -> None:
        """An attribute list belongs to the element that it touches, or to the block that it ends."""
        ends_block = self.kind in ("heading", "header", "cell") and not self.source.text(end, self.end).strip(" #\n")
        alone = before == "start" or self.source.data[start - 1 : start] == b" "
        of_block = before == "break" or (ends_block and alone and before != "element")
        if before != "element" and not of_block:
            self.say(match[0], start, end)
            return
        found = marks.attributes(match["list"])
        if "id" in found:
            self.ids.append(Note(found["id"], *self.source.place(start)))
        if of_block:
            self.attributes = found
        elif "lang" in found:
            self.spans.append(Span(self.last, self.length, found["lang"]))

    def end_element(self, last: int, opener: Event) -> None:
        self.last, self.before, place = last, "element", self.source.place(opener.start)
        if opener.name == "Link":
            mail = "mailto:" if opener.value["link_type"] == "Email" else ""
            self.links.append(Link(mail + opener.value["dest_url"], *place))
        elif opener.name == "Image":
            self.images.append(Image(opener.value["dest_url"], "".join(self.alt or ()), *place))
            self.alt = None

    def read_html(self, raw: str, start: int) -> None:
        """Tags, comments and text that start at a byte; tags that were open before stay open."""
        done = 0
        for match in HTML.finditer(raw):
            self.add(html.unescape(raw[done : match.start()]))
            done = match.end()
            place = self.source.place(start + len(raw[: match.start()].encode()))
            if not match["tag"]:
                self.comments.append(Note(match[0], *place))
            elif match["closes"]:
                while self.tags:
                    tag, lang, offset = self.tags.pop()
                    if tag == match["tag"].lower():
                        self.spans += [Span(offset, self.length, lang)] if lang else []
                        break
            else:
                found = HTML_ATTRIBUTE.findall(match["attributes"])
                values = {name.lower(): html.unescape("".join(value)) for name, *value in found}
                self.tags.append((match["tag"].lower(), values.get("lang"), self.length))
                self.ids += [Note(values["id"], *place)] if "id" in values else []
                if match["tag"].lower() == "img":
                    self.images.append(Image(values.get("src", ""), values.get("alt"), *place))
                else:
                    self.links += [Link(values[name], *place) for name in ("href", "src") if name in values]
        self.add(html.unescape(raw[done:]))


# ---------------------------------------------------------------- the page

INLINE = ("Emphasis", "Strong", "Link", "Image")
QUOTE_SIGNS = re.compile(r"^[ >]+", re.MULTILINE)
NUMBER = re.compile(rb" *\d+\)")
AROUND = {"BlockQuote": "box", "Box": "box", "Item": "list", "SpokenItem": "list"}
# How a paragraph or a piece of HTML begins that the page shows otherwise than its author means.
TRAPS = {
    r"#+[^#\s]": "a heading without a space after #: add one",
    r"!!!": 'a box that is none: write !!! and its type, then its title in quotes, as !!! warning "Mind"',
    r"<[^>]*\smarkdown\b": "Markdown within HTML is not checked: write it without the HTML",
}


class _Reader:
    """Turns the events of one page into a Document."""

    def __init__(self, source: CommonMark) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.shapes: list[Shape] = []
        self.sections: list[Section] = []
        self.head: tuple[int, str | None, int, Block | None] = (0, None, source.first, None)
        self.notes: dict[str, list[Note]] = {"ids": [], "comments": [], "traps": source.traps}
        self.open: list[str] = []  # what is around the event; an item is spoken once it has a paragraph
        self.text: _Text | None = None  # the block that is being read
        self.raw: list[Event] = []  # the code or HTML that is being read, its start first
        self.cell = ""  # what a table has now: header or cell
        self.events = list(events(source))
        for index, event in enumerate(self.events):
            if event.kind == "Start" and event.name not in INLINE:
                self.finish()
                self.start(index, event, source.place(event.start)[0])
            elif event.kind == "End" and event.name not in INLINE:
                self.finish()
                self.end(index, event, source.place(event.start)[0])
            elif self.raw:
                self.raw.append(event)
            elif event.kind != "Rule":
                text = self.text or self.begin("paragraph", event)  # of a list without blank lines
                text.read(event)
        self.end_section()

    def document(self) -> Document:
        source, notes = self.source, self.notes
        found = (notes["ids"], notes["comments"], source.definitions, source.controls, notes["traps"])
        return Document(tuple(self.sections), *map(tuple, found))

    def end_section(self) -> None:
        self.sections.append(Section(*self.head, tuple(self.blocks), tuple(self.shapes)))
        self.blocks, self.shapes = [], []

    def inside(self) -> tuple[str, ...]:
        return tuple(AROUND[name] for name in self.open)

    def trap(self, line: int, message: str) -> None:
        self.notes["traps"].append(Note(message, line))

    def count(self, index: int, name: str) -> int:
        """How many of a name stand directly within what starts at an index."""
        depth = found = 0
        for event in itertools.islice(self.events, index + 1, None):
            found += depth == 0 and event.kind == "Start" and event.name == name
            depth += (event.kind == "Start") - (event.kind == "End")
            if depth < 0:
                break
        return found

    def begin(self, kind: str, event: Event) -> _Text:
        around = self.open[-1] if self.open else ""
        if kind == "paragraph" and around == "Item":
            kind, self.open[-1] = "item", "SpokenItem"
        elif kind == "paragraph" and around == "SpokenItem":
            self.find_indent("a further paragraph of an item", self.source.place(event.start)[0])
        self.text = _Text(self.source, kind, event.start, event.end)
        return self.text

    def finish(self) -> None:
        """Ends the block that is being read, where there is one."""
        text, self.text = self.text, None
        if text is None:
            return
        self.notes["ids"] += text.ids
        self.notes["comments"] += text.comments
        block = text.block(self.inside())
        if text.kind == "heading":
            self.end_section()
            self.head = (self.level, text.attributes.get("id"), block.line, block)
        elif text.kind != "html" or block.text or block.targets:
            self.blocks.append(block)
        for pattern, message in TRAPS.items() if text.kind in ("paragraph", "html") else ():
            if re.match(pattern, self.source.line(block.line).lstrip()):
                self.trap(block.line, message)

    def start(self, index: int, event: Event, line: int) -> None:
        match event.name:
            case "Paragraph":
                self.begin("paragraph", event)
            case "Heading":
                self.level = int(event.value["level"][1])
                self.begin("title" if line in self.source.boxes else "heading", event)
            case "TableCell":
                missing = self.source.data[event.start - 1 : event.start] == b"\n"  # one cell less than columns
                self.begin(self.cell, event._replace(start=event.start - missing))
            case "CodeBlock" | "HtmlBlock":
                self.raw = [event]
            case "Item":
                self.open.append("Item")
            case "BlockQuote":
                self.open.append("Box" if line in self.source.boxes else "BlockQuote")
                self.shapes.append(Shape("box", self.source.boxes.get(line, "quote"), line))
            case "List":
                numbered = "" if event.value is None else "numbered "
                self.shapes.append(Shape("list", f"{self.count(index, 'Item')} {numbered}items", line))
                self.find_traps(line, event.start)
            case "Table":
                self.shapes.append(Shape("table", f"{self.count(index, 'TableRow') + 1} × {len(event.value)}", line))
                self.find_traps(line, event.start)
            case "TableHead":
                self.cell = "header"

    def end(self, index: int, event: Event, line: int) -> None:
        match event.name:
            case "TableHead":
                self.cell = "cell"
            case "CodeBlock":
                code = "".join(part.value for part in self.raw[1:])
                self.blocks.append(Block("code", line, 1, code, self.inside()))
                self.raw = []
            case "HtmlBlock":
                text = self.begin("html", self.raw[1])
                raw = self.source.text(text.start, event.end)
                text.read_html(QUOTE_SIGNS.sub(lambda m: " " * len(m[0]), raw) if self.open else raw, text.start)
                text.pieces = [" ".join(text.text.split())]
                self.raw = []
                self.finish()
            case "Item":
                self.open.pop()
            case "BlockQuote":
                if self.open.pop() == "Box" and self.source.place(self.events[index - 1].start)[0] == line:
                    self.trap(line, "a box without text: indent its paragraphs by four spaces")

    def find_traps(self, line: int, start: int) -> None:
        """Python-Markdown wants a blank line above a list or table, `1.` for a number, four spaces within an item."""
        if NUMBER.match(self.source.data, start):
            self.trap(line, "a list numbered with 1): write 1.")
        if any(AROUND[name] == "list" for name in self.open):
            self.find_indent("a list in a list", line)
        elif line > self.source.first and self.source.line(line - 1).strip():
            self.trap(line, "a list or table without a blank line above: add one")

    def find_indent(self, what: str, line: int) -> None:
        wanted = 4 * sum(name != "BlockQuote" for name in self.open)
        indent = indent_of(self.source.line(line))
        if indent < wanted:
            self.trap(line, f"{what} is indented by {wanted} spaces, not {indent}")


@lru_cache(maxsize=1_000)  # rules, currency and passages ask for the same pages, a served draft for most of them again
def parse(source: str, first_line: int = 1) -> Document:
    """The document of a Markdown text whose first line is line `first_line` of its file."""
    return _Reader(CommonMark(source, first_line)).document()
