"""Reads a page's Markdown into the plain data of `document.py`.

The site is built by Python-Markdown, which keeps no places; this reads the same text with pyromark, a CommonMark parser
that says between which two bytes of the text each thing stands. What our pages have besides CommonMark is added here:
`!!! study` boxes, and attribute lists after marked words, `*achats*{ lang=fr }`. What Python-Markdown would read
otherwise is a trap, which a rule tells; so is HTML, for a page needs none.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

import pyromark

from checker.document import NO_LANGUAGE, Block, Document, Mark, Section, Span
from content import marks

# A box: `!!! study "Its title"`, then lines that are blank or indented by four spaces; blank ones below are not of it.
BOX = re.compile(
    r'^!!! ?(?P<type>[\w-]+(?: +[\w-]+)*)(?: +"(?P<title>.*)")? *\n(?P<text>(?:(?: *\n)* {4} *\S.*\n)*)', re.MULTILINE
)
# A control character, a replacement character, a lost byte-order mark.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufeff]")
NUMBERED = re.compile(r" *\d+\)")  # an item `1) text`
# An item right below a paragraph of the item above it: Python-Markdown makes it part of that paragraph.
ITEM_BELOW_PARAGRAPH = re.compile(r"\n\n {4}(?![-*] |\d+\. |!!!| )[^\n]+\n(?=(?:\d+\.|-) )")
# How a paragraph begins that the page shows otherwise than its author means.
TRAPS = {
    r"#+[^#\s]": "a heading without a space after #: add one",
    r"!!!": 'a box that is none: write !!! at the margin, its type, then its title in quotes, as !!! warning "Mind"',
}

# ---------------------------------------------------------------- what the parser finds

OPTIONS = (
    pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_OLD_FOOTNOTES | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
MARKED = ("Emphasis", "Strong", "Link", "Image", "Code")
# How many quotations, lists, marked words … may stand in one another: what is deeper is part of what is around it.
DEEPEST = 100
INLINE = (*MARKED, "Text", "InlineHtml", "SoftBreak", "HardBreak", "FootnoteReference")


@dataclass
class Node:
    """What stands between two characters of a text: a paragraph, a word, a link …, and what is in it."""

    kind: str
    value: Any
    start: int
    end: int
    inner: list["Node"] = field(default_factory=list)


def tree(text: str) -> Node:
    """All that the parser finds in a text; what an item has without blank lines is put into a paragraph."""
    within = [match.start() for match in re.finditer(b"[\x80-\xbf]", text.encode())]  # bytes that begin no character
    top = Node("Page", None, 0, len(text))
    around = [top]
    for given, span in pyromark.events_with_range(text, options=OPTIONS):
        event: Any = given  # "SoftBreak", {"Text": "a"}, {"Start": "Item"}, {"Start": {"List": 1}}, {"End": "Item"} …
        kind, value = (event, {}) if isinstance(event, str) else next(iter(event.items()))
        if kind == "End":
            around.pop()
            continue
        opens = kind == "Start"
        if opens:
            kind, value = (value, {}) if isinstance(value, str) else next(iter(value.items()))
        start = span["start"] - bisect_left(within, span["start"])
        end = span["end"] - bisect_left(within, span["end"])
        node, home = Node(kind, value, start, end), around[-1]
        if home.kind == "Item" and kind in INLINE:
            if not home.inner or home.inner[-1].kind != "Paragraph":
                home.inner.append(Node("Paragraph", None, start, end))
            home = home.inner[-1]
        home.inner.append(node)
        if opens:
            around.append(node if len(around) < DEEPEST else home)
    return top


# ---------------------------------------------------------------- the page


class _Page:
    """Reads a page: `doc` is what is found."""

    def __init__(self, text: str, first_line: int) -> None:
        self.doc = Document([Section(0, None, first_line, None)])
        self.first = first_line
        self.lines = [line if line.strip() else "" for line in text.split("\n")]
        self.boxes: dict[int, str] = {}  # line: type
        self.text = BOX.sub(self.as_quotation, "".join(f"{line}\n" for line in self.lines))
        self.starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        self.read(tree(self.text), ())
        for match in ITEM_BELOW_PARAGRAPH.finditer(self.text):
            self.trap(
                self.place(match.end())[0], "an item right below a paragraph of another: leave a blank line between"
            )
        blocks = (block for section in self.doc.sections for block in section.all_blocks)
        cited = {(mark.line, mark.column) for block in blocks for mark in block.citations}
        for line, written in enumerate(text.split("\n"), self.first):
            if control := CONTROL.search(written):
                message = f"has the character U+{ord(control[0]):04X}: remove it"
                self.doc.traps.append(Mark(message, line, control.start() + 1))
            found = (Mark(match[0], line, match.start() + 1) for match in marks.citations(written))
            self.doc.strays.extend(mark for mark in found if (mark.line, mark.column) not in cited)

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, in the file, of a character of the text."""
        index = bisect_right(self.starts, at) - 1
        return self.first + index, at - self.starts[index] + 1

    def line(self, number: int) -> str:
        """A line of the file as it is written."""
        return self.lines[number - self.first]

    def trap(self, line: int, message: str) -> None:
        self.doc.traps.append(Mark(message, line))

    def as_quotation(self, box: re.Match[str]) -> str:
        """A box as a quotation, each word at its line and column: `> #       Mind`, and `   >text` below it."""
        line = self.first + box.string.count("\n", 0, box.start())
        self.boxes[line] = box["type"].lower()
        width = box.end("title") - box.start() - len("> #")
        title = "#" + box["title"].rjust(width) if box["title"] else ""  # at the same column as in the file
        lines = box["text"].split("\n")[:-1]
        if not box["text"].strip():
            self.trap(line, "a box without text: indent its paragraphs by four spaces")
        elif box.string[box.end() :].split("\n")[0].strip():
            self.trap(line + len(lines) + 1, "text right below a box: put a blank line above it")
        return "".join(f"{text}\n" for text in (f"> {title}", *(f"   >{text[4:]}" for text in lines)))

    def read(self, around: Node, inside: tuple[str, ...]) -> None:
        """What stands in the page, in a box, quotation, list or item: blocks."""
        for number, node in enumerate(around.inner):
            line = self.place(node.start)[0]
            match node.kind:
                case "Heading" if line not in self.boxes:
                    self.read_heading(node, inside)
                case "Heading":
                    self.add("title", node, inside)
                case "Paragraph" if around.kind == "Item" and number == 0:
                    self.add("item", node, inside)
                case "Paragraph":
                    if around.kind == "Item":
                        self.check_indent("a further paragraph of an item", line, inside)
                    self.add("paragraph", node, inside)
                    for begins, message in TRAPS.items():
                        if re.match(begins, self.line(line).lstrip()):
                            self.trap(line, message)
                case "List":
                    self.check_above(node, inside)
                    self.read(node, (*inside, "list" if node.value is None else "numbered list"))
                case "Item":
                    self.read(node, inside)
                case "Table":
                    self.check_above(node, inside)
                    for row in node.inner:
                        row_line = self.place(row.start)[0]
                        if "|" not in self.line(row_line):
                            self.trap(row_line, "text right below a table becomes a row of it: add a blank line")
                        for cell in row.inner:
                            self.add("header" if row.kind == "TableHead" else "cell", cell, inside)
                case "BlockQuote":
                    self.read(node, (*inside, self.boxes.get(line, "quote")))
                case "CodeBlock":
                    code = "".join(part.value for part in node.inner)
                    self.doc.sections[-1].blocks.append(Block("code", line, 1, code, inside))
                case "HtmlBlock":
                    self.read_html(self.text[node.start : node.end], node.start)
                case "FootnoteDefinition":
                    self.doc.definitions.append(Mark(node.value, line))

    def read_heading(self, node: Node, inside: tuple[str, ...]) -> None:
        id, block = node.value["id"], _Text(self, node).block("heading", inside)
        if id:
            at = self.text.rindex("{", node.start, node.end)
            self.doc.ids.append(Mark(id, *self.place(at)))
            if self.text[at - 1] != " ":
                self.trap(block.line, "the id of a heading without a space before it: add one")
        self.doc.sections.append(Section(int(node.value["level"][1]), id, block.line, block))

    def add(self, kind: str, node: Node, inside: tuple[str, ...]) -> None:
        self.doc.sections[-1].blocks.append(_Text(self, node).block(kind, inside))

    def read_html(self, html: str, start: int) -> None:
        """Comments, and HTML, that begin at a character of the text."""
        for comment in marks.COMMENT.finditer(html):
            self.doc.comments.append(Mark(comment[0], *self.place(start + comment.start())))
        if rest := re.search(r"[^\s>]", marks.COMMENT.sub(lambda comment: " " * len(comment[0]), html)):
            line, _ = self.place(start + rest.start())
            self.trap(line, "HTML in a page: write it in Markdown (a comment may stand)")

    def check_above(self, node: Node, inside: tuple[str, ...]) -> None:
        """Python-Markdown wants a blank line above a list or table, and `1.` for a number."""
        line = self.place(node.start)[0]
        if NUMBERED.match(self.text, node.start):
            self.trap(line, "a list numbered with 1): write 1.")
        if "list" in inside or "numbered list" in inside:
            self.check_indent("a list in a list", line, inside)
        elif line > self.first and self.line(line - 1).strip():
            self.trap(line, "a list or table without a blank line above: add one")

    def check_indent(self, what: str, line: int, inside: tuple[str, ...]) -> None:
        """Python-Markdown wants four spaces for each box and item around a text."""
        wanted, text = 4 * (len(inside) - inside.count("quote")), self.line(line)
        if (indent := len(text) - len(text.lstrip(" "))) < wanted:
            self.trap(line, f"{what} is indented by {wanted} spaces, not {indent}")


class _Text:
    """Reads the text of a block, and what stands in it."""

    def __init__(self, page: _Page, node: Node) -> None:
        self.page, self.text = page, ""
        self.links, self.citations = list[Mark](), list[Mark]()
        self.spans, self.runs = list[Span](), list[tuple[int, int, int]]()
        start = node.inner[0].start if node.inner else node.start
        missing = node.kind == "TableCell" and page.text[start - 1] == "\n"  # a row has fewer cells than columns
        self.place = page.place(start - missing)
        self.read(node.inner)

    def block(self, kind: str, inside: tuple[str, ...]) -> Block:
        """The block that was read."""
        links, citations, spans = tuple(self.links), tuple(self.citations), tuple(self.spans)
        return Block(kind, *self.place, self.text.rstrip(), inside, links, citations, spans, tuple(self.runs))

    def say(self, text: str, start: int) -> None:
        """Adds text that stands at a character of the page."""
        self.runs.append((len(self.text), *self.page.place(start)))
        self.text += text

    def read(self, nodes: list[Node]) -> None:
        """Adds the words of these nodes to the text; their links, citations and languages to the lists."""
        marked: int | None = None  # where the text of the marked words began that ended right before, if any did
        for node in nodes:
            start, marked_before, marked = len(self.text), marked, None
            place = self.page.place(node.start)
            match node.kind:
                case "Text":
                    found = marks.ATTRIBUTES.match(node.value) if marked_before is not None else None
                    attributes = marks.attributes(found["list"]) if found else {}
                    if "id" in attributes:
                        self.page.doc.ids.append(Mark(attributes["id"], *place))
                    if "lang" in attributes and marked_before is not None:
                        self.spans.append(Span(marked_before, start, attributes["lang"]))
                    done = found.end() if found else 0
                    self.say(node.value[done:], node.start + done)
                case "Code":
                    self.say(node.value, self.page.text.find(node.value, node.start))
                    self.spans.append(Span(start, len(self.text), NO_LANGUAGE))
                case "SoftBreak" | "HardBreak":
                    self.say(" ", node.start)
                case "FootnoteReference":
                    written = marks.CITATION.match(self.page.text, node.start)  # node.value has lost its blanks
                    id = written["id"] if written else node.value
                    self.citations.append(Mark(id, *place, offset=start))
                case "InlineHtml":
                    self.page.read_html(node.value, node.start)
                case "Image":
                    self.links.append(Mark(node.value["dest_url"], *place, _Text(self.page, node).text, start))
                case _:
                    self.read(node.inner)
                    if node.kind == "Link":
                        mail = "mailto:" if node.value["link_type"] == "Email" else ""
                        self.links.append(Mark(mail + node.value["dest_url"], *place, self.text[start:], start))
            if node.kind in MARKED:
                marked = start


@lru_cache(maxsize=1_000)  # a build asks for a page several times, a served draft for most pages again
def parse(source: str, first_line: int = 1) -> Document:
    """The document of a Markdown text whose first line is line `first_line` of its file: all places are of the file.

    It raises nothing: what cannot be read as Markdown is text.
    """
    return _Page(source, first_line).doc
