"""One page's Markdown as plain data, with the line and column of everything in it.

The site is built by Python-Markdown, which keeps no line numbers; this reads the same text with
markdown-it-py, extended with what the pages use: `[^source]` citations (their definitions are
generated), `!!! study` boxes, tables, and attribute lists after headings and marked words.
It knows nothing of rules: `check.py` compares what this returns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

# `[^bordeaux-2024-spaser]`: a citation. The id may be wrong (even empty): rules say so.
CITATION = re.compile(r"\[\^([^\]\n]*)\]")
# `[^id]: text` at the start of a line: a definition, which pages must not have.
DEFINITION = re.compile(r"\[\^([^\]\n]*)\]:")
# `{ #id .class lang=fr }` as Python-Markdown's attr_list reads it; a brace in prose is not one.
ATTRIBUTES = re.compile(r"\{:?[ ]*((?:[#.][\w-]|[\w-]+=)[^}\n]*)\}")
# One attribute of such a list.
ATTRIBUTE = re.compile(r"""#(?P<id>[^\s}]+)|\.(?P<cls>[^\s}]+)|(?P<key>[\w-]+)=(?:"(?P<q>[^"]*)"|(?P<v>[^\s}]+))""")


@dataclass(frozen=True)
class Link:
    """A link, or any other `href`/`src` that is no image."""

    target: str
    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Image:
    """An image; `alt` is None when the attribute is missing."""

    target: str
    alt: str | None
    line: int
    column: int


@dataclass(frozen=True)
class Citation:
    """A `[^id]`; `offset` is its place in the text of its block."""

    id: str
    line: int
    column: int
    offset: int


@dataclass(frozen=True)
class Span:
    """A run of a block's text that is marked with its language."""

    start: int
    end: int
    lang: str


@dataclass(frozen=True)
class Block:
    """A piece of text that readers see as one: a paragraph, a list item, a table cell …

    `kind` is paragraph, item, cell, title (of a box), heading, code or html. `text` is what is
    read: no marks, no citations. `inside` names the boxes and lists around it, outermost first.
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
    runs: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)  # (offset, line, column) of each run

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

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, in the file, of the character at an offset of `text`."""
        index = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        if index < 0:
            return self.line, self.column
        start, line, column = self.runs[index]
        return line, column + offset - start


@dataclass(frozen=True)
class Table:
    line: int
    rows: int
    columns: int


@dataclass(frozen=True)
class List:
    line: int
    ordered: bool
    items: int


@dataclass(frozen=True)
class Box:
    """An admonition, by its type; a block quotation is a box of type `quote`."""

    line: int
    type: str


@dataclass(frozen=True)
class Section:
    """What stands between two headings. The text before the first heading has level 0 and no heading."""

    level: int
    id: str | None
    text: str
    line: int
    heading: Block | None
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    lists: tuple[List, ...]
    boxes: tuple[Box, ...]

    @property
    def column(self) -> int:
        return 1

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """The blocks with the heading first: what links and citations are counted in."""
        return (self.heading, *self.blocks) if self.heading else self.blocks


@dataclass(frozen=True)
class Comment:
    """An HTML comment."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """A page's Markdown. `ids` are those its author wrote; `glued` are the lines of lists and
    tables without the blank line above that Python-Markdown wants."""

    sections: tuple[Section, ...]
    ids: tuple[tuple[str, int, int], ...]
    definitions: tuple[tuple[str, int], ...]
    comments: tuple[Comment, ...]
    glued: tuple[int, ...]


def _attributes(text: str) -> dict[str, str]:
    """`#a .b lang=fr` as a dict with keys id, class, lang."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(text):
        if match["id"]:
            found["id"] = match["id"]
        elif match["cls"]:
            found["class"] = f"{found.get('class', '')} {match['cls']}".strip()
        else:
            found[match["key"]] = match["q"] or match["v"] or ""
    return found


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("citation", "", 0).meta = {"start": state.pos, "end": match.end(), "id": match[1]}
    state.pos = match.end()
    return True


def _attributes_rule(state: StateInline, silent: bool) -> bool:
    match = ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = match[0]
        token.meta = {"start": state.pos, "end": match.end(), "found": _attributes(match[1])}
    state.pos = match.end()
    return True


def _placed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """An inline rule that also notes where its tokens start and end in the source."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            own = [t for t in state.tokens[count:] if t.type in ("link_open", "link_close", "image")]
            if own:
                own[0].meta["start"] = start
                own[-1].meta["end"] = state.pos
        return True

    return placed


def _definition_rule(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    match = DEFINITION.match(state.src, state.bMarks[start_line] + state.tShift[start_line])
    if not match:
        return False
    if not silent:
        token = state.push("definition", "", 0)
        token.content = match[1]
        token.map = [start_line, start_line + 1]
        state.line = start_line + 1
    return True


class _Parser(MarkdownIt):
    """Keeps link targets as they are written, whatever they are: rules judge them."""

    def validateLink(self, _url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable("table").disable("text_join").use(admon_plugin)
    parser.block.ruler.before("reference", "definition", _definition_rule, {"alt": ["paragraph"]})
    parser.inline.ruler.at("link", _placed(link))
    parser.inline.ruler.at("image", _placed(image))
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.inline.ruler.before("link", "attributes", _attributes_rule)
    return parser


_PARSER = _parser()


class _Html(HTMLParser):
    """Collects what a piece of raw HTML links to, its ids, its comments and its text."""

    def __init__(self, place: Callable[[int, int], tuple[int, int]]) -> None:
        super().__init__(convert_charrefs=True)
        self.place = place  # from the parser's line (from 0) and column (from 0) to the file's
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.ids: list[tuple[str, int, int]] = []
        self.comments: list[Comment] = []
        self.text: list[str] = []
        self.lang: str | None = None  # of the last start tag

    def here(self) -> tuple[int, int]:
        line, column = self.getpos()
        return self.place(line - 1, column)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        line, column = self.here()
        self.lang = values.get("lang")
        if "id" in values:
            self.ids.append((values["id"] or "", line, column))
        if tag == "img":
            self.images.append(Image(values.get("src") or "", values.get("alt"), line, column))
        else:
            self.links += [Link(values[k] or "", "", line, column) for k in ("href", "src") if k in values]

    def handle_comment(self, data: str) -> None:
        self.comments.append(Comment(data.strip(), *self.here()))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def html_targets(source: str) -> list[Link | Image]:
    """The links and images of a piece of HTML or of a template, with their lines."""
    html = _feed(source, lambda line, column: (line + 1, column + 1))
    return [*html.links, *html.images]


def _feed(source: str, place: Callable[[int, int], tuple[int, int]]) -> _Html:
    html = _Html(place)
    try:
        html.feed(source)
        html.close()
    except (AssertionError, ValueError):  # HTMLParser on declarations it cannot read, as `<![x`
        pass
    return html


@dataclass
class _Draft:
    """A section being read."""

    level: int = 0
    id: str | None = None
    text: str = ""
    line: int = 1
    heading: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    lists: list[List] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def done(self) -> Section:
        return Section(
            self.level, self.id, self.text, self.line, self.heading,
            tuple(self.blocks), tuple(self.tables), tuple(self.lists), tuple(self.boxes),
        )  # fmt: skip


class _Reader:
    """Turns the tokens of one page into a Document."""

    def __init__(self, source: str, first_line: int) -> None:
        self.lines = source.split("\n")
        self.first = first_line
        self.sections = [_Draft(line=first_line)]
        self.ids: list[tuple[str, int, int]] = []
        self.definitions: list[tuple[str, int]] = []
        self.comments: list[Comment] = []
        self.glued: list[int] = []
        self.open: list[Token] = []
        self.cursor: dict[int, int] = {}  # in a table row: where the next cell is looked for
        for index, token in enumerate(tokens := _PARSER.parse(source)):
            self.read(token, tokens, index)

    def done(self) -> Document:
        return Document(
            tuple(s.done() for s in self.sections),
            tuple(self.ids), tuple(self.definitions), tuple(self.comments), tuple(self.glued),
        )  # fmt: skip

    def read(self, token: Token, tokens: Sequence[Token], index: int) -> None:
        section = self.sections[-1]
        top = token.map[0] if token.map else 0
        line = self.first + top
        match token.type:
            case "inline":
                self.inline(token)
            case "fence" | "code_block":
                section.blocks.append(Block("code", line, 1, token.content, self.inside()))
            case "html_block":
                self.html_block(token)
            case "definition":
                self.definitions.append((token.content, line))
            case "admonition_open":
                section.boxes.append(Box(line, str(token.meta["tag"])))
            case "blockquote_open":
                section.boxes.append(Box(line, "quote"))
            case "bullet_list_open" | "ordered_list_open":
                self.check_glued(token)
                level = token.level
                end = next(i for i in range(index, len(tokens)) if tokens[i].nesting < 0 and tokens[i].level == level)
                items = sum(t.type == "list_item_open" and t.level == level + 1 for t in tokens[index:end])
                section.lists.append(List(line, token.type[0] == "o", items))
            case "table_open":
                self.check_glued(token)
                end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
                inner = [t.type for t in tokens[index:end]]
                section.tables.append(Table(line, inner.count("tr_open"), inner.count("th_open")))
        if token.nesting > 0:
            self.open.append(token)
        elif token.nesting < 0:
            self.open.pop()

    def check_glued(self, token: Token) -> None:
        """Python-Markdown sees a list or table only after a blank line (or inside another list)."""
        top = token.map[0] if token.map else 0
        nested = any(t.type == "list_item_open" for t in self.open)
        if top > 0 and not nested and self.lines[top - 1].strip():
            self.glued.append(self.first + top)

    def inside(self) -> tuple[str, ...]:
        names = []
        for token in self.open:
            if token.type == "admonition_open":
                names.append(f"box {token.meta['tag']}")
            elif token.type == "blockquote_open":
                names.append("box quote")
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                names.append("list")
        return tuple(names)

    def kind(self) -> str:
        parent = self.open[-1].type if self.open else ""
        if parent == "paragraph_open":
            item = len(self.open) > 1 and self.open[-2].type == "list_item_open" and self.open[-2]
            if item and not item.meta.get("text"):
                item.meta["text"] = True
                return "item"
            return "paragraph"
        kinds = {"th_open": "cell", "td_open": "cell", "admonition_title_open": "title", "heading_open": "heading"}
        return kinds.get(parent, "paragraph")

    def starts(self, token: Token) -> list[tuple[int, int, int]]:
        """(offset in the token's content, line, column) of each of its lines."""
        top = token.map[0] if token.map else 0
        found, offset = [], 0
        for number, text in enumerate(token.content.split("\n"), top):
            source = self.lines[number] if number < len(self.lines) else ""
            column = max(source.find(text, self.cursor.get(number, 0)), 0)
            if self.open and self.open[-1].type in ("th_open", "td_open"):
                self.cursor[number] = column + len(text)
            found.append((offset, self.first + number, column + 1))
            offset += len(text) + 1
        return found

    def html_block(self, token: Token) -> None:
        top = token.map[0] if token.map else 0

        def place(line: int, column: int) -> tuple[int, int]:
            indent = self.lines[top].find(token.content.split("\n", 1)[0]) if line == 0 else 0
            return self.first + top + line, column + 1 + max(indent, 0)

        html = _feed(token.content, place)
        self.comments += html.comments
        self.ids += html.ids
        text = " ".join("".join(html.text).split())
        if text or html.links or html.images:
            self.sections[-1].blocks.append(
                Block("html", *place(0, 0), text, self.inside(), tuple(html.links), tuple(html.images))
            )

    def inline(self, token: Token) -> None:
        starts = self.starts(token)
        kind = self.kind()
        reader = _Inline(token, starts, kind)
        self.ids += reader.ids
        self.comments += reader.comments
        if kind == "heading":
            attributes = reader.attributes
            self.sections.append(_Draft(int(self.open[-1].tag[1]), attributes.get("id"), line=starts[0][1]))
        block = Block(
            kind, starts[0][1], starts[0][2], reader.text.rstrip(), self.inside(),
            tuple(reader.links), tuple(reader.images), tuple(reader.citations), tuple(reader.spans), tuple(reader.runs),
        )  # fmt: skip
        section = self.sections[-1]
        if kind == "heading":
            section.heading, section.text = block, block.text
        else:
            section.blocks.append(block)


class _Inline:
    """The text, links, citations … of one inline token."""

    def __init__(self, token: Token, starts: list[tuple[int, int, int]], kind: str) -> None:
        self.content, self.starts = token.content, starts
        self.cursor = 0  # in the content
        self.text = ""
        self.runs: list[tuple[int, int, int]] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.citations: list[Citation] = []
        self.spans: list[Span] = []
        self.ids: list[tuple[str, int, int]] = []
        self.comments: list[Comment] = []
        self.attributes: dict[str, str] = {}  # of the block itself
        self.opened: list[tuple[Token, int]] = []
        self.html_langs: list[tuple[str, int]] = []
        self.last = 0  # offset in the text where the element closed last began
        children = token.children or []
        for index, child in enumerate(children):
            before = children[index - 1] if index else None
            self.read(child, before, children[index + 1 :] == [] and kind in ("heading", "cell"))

    def place(self, offset: int) -> tuple[int, int]:
        start, line, column = self.starts[bisect_right(self.starts, offset, key=lambda s: s[0]) - 1]
        return line, column + offset - start

    def say(self, text: str, source: str | None = None) -> None:
        """Adds text; `source` is how it is written, where it differs."""
        at = self.content.find(source or text, self.cursor)
        if at >= 0:
            self.runs.append((len(self.text), *self.place(at)))
            self.cursor = at + len(source or text)
        self.text += text

    def read(self, child: Token, before: Token | None, ends_block: bool) -> None:
        match child.type:
            case "text" | "code_inline":
                self.last = len(self.text)
                self.say(child.content)
            case "text_special":
                self.say(child.content, child.markup)
            case "softbreak" | "hardbreak":
                self.text += " "
            case "citation":
                line, column = self.place(child.meta["start"])
                self.citations.append(Citation(child.meta["id"], line, column, len(self.text)))
                self.cursor = child.meta["end"]
            case "attributes":
                self.read_attributes(child, before, ends_block)
            case "image":
                line, column = self.place(child.meta.get("start", self.cursor))
                alt = "".join(t.content for t in child.children or [])
                self.images.append(Image(str(child.attrs.get("src", "")), alt, line, column))
                self.cursor = child.meta.get("end", self.cursor)
            case "html_inline":
                self.read_html(child)
            case _ if child.nesting > 0:
                self.opened.append((child, len(self.text)))
            case _ if child.nesting < 0 and self.opened:
                opener, self.last = self.opened.pop()
                if opener.type == "link_open":
                    self.link(opener, child)

    def link(self, opener: Token, closer: Token) -> None:
        target = str(opener.attrs.get("href", ""))
        start = opener.meta.get("start")
        if start is None:  # an autolink, <https://…>
            start = self.content.rfind("<", 0, self.cursor)
        line, column = self.place(max(start, 0))
        self.links.append(Link(target, self.text[self.last :], line, column))
        self.cursor = closer.meta.get("end", self.cursor)

    def read_attributes(self, child: Token, before: Token | None, ends_block: bool) -> None:
        found: dict[str, str] = child.meta["found"]
        line, column = self.place(child.meta["start"])
        closes = before is not None and (before.nesting < 0 or before.type in ("code_inline", "image"))
        of_block = (ends_block and not closes) or (before is not None and before.type in ("softbreak", "hardbreak"))
        if not closes and not of_block:
            self.say(child.content)
            return
        self.cursor = child.meta["end"]
        if "id" in found:
            self.ids.append((found["id"], line, column))
        if of_block:
            self.attributes = found
            self.text = self.text.rstrip()
        elif "lang" in found:
            self.spans.append(Span(self.last, len(self.text), found["lang"]))

    def read_html(self, child: Token) -> None:
        at = max(self.content.find(child.content, self.cursor), self.cursor)
        self.cursor = at + len(child.content)
        html = _feed(child.content, lambda _line, column: self.place(at + column))
        self.links += html.links
        self.images += html.images
        self.ids += html.ids
        self.comments += html.comments
        if html.lang:
            self.html_langs.append((html.lang, len(self.text)))
        elif child.content.startswith("</") and self.html_langs:
            lang, start = self.html_langs.pop()
            self.spans.append(Span(start, len(self.text), lang))


def parse(source: str, first_line: int = 1) -> Document:
    """The document of a Markdown text whose first line is line `first_line` of its file."""
    return _Reader(source, first_line).done()
