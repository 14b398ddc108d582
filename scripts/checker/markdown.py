"""One page's Markdown as plain data, with the line and column of everything in it.

The site is built by Python-Markdown, which keeps no line numbers; this reads the same text with
markdown-it-py, extended with what the pages use: `[^source]` citations (their definitions are
generated), `!!! study` boxes, tables, and attribute lists after headings and marked words.
It knows nothing of rules: `check.py` compares what this returns.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

from content.marks import ATTRIBUTES, CITATION, DEFINITION, attributes
from content.model import LOCALES

NO_LANGUAGE = "zxx"  # as in <span lang="zxx">


@dataclass(frozen=True)
class Link:
    """A link, or any other `href`/`src` that is no image."""

    target: str
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
    """A run of a block's text that is marked with its language; code is `zxx`, the mark for no language."""

    start: int
    end: int
    lang: str


# What ends a sentence, up to the capital or the quotation mark that starts the next.
SENTENCE_END = re.compile(r"[.!?…][\s»’”)]*\s(?=[A-ZÀ-Þ‘“«])")


@dataclass(frozen=True)
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
    runs: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)  # (offset, line, column) of each run

    @property
    def end(self) -> int:
        """The last line of the block."""
        return max((line for _, line, _ in self.runs), default=self.line)

    @property
    def targets(self) -> tuple[Link | Image, ...]:
        """The links and images."""
        return (*self.links, *self.images)

    @property
    def lone_citations(self) -> tuple[Citation, ...]:
        """The citations of the sentences that cite one source alone."""
        if len(self.citations) < 2:
            return self.citations
        starts = [match.end() for match in SENTENCE_END.finditer(self.text)]
        sentences = itertools.groupby(self.citations, key=lambda cited: bisect_right(starts, cited.offset))
        cited = [list(sentence) for _, sentence in sentences]
        return tuple(sentence[0] for sentence in cited if len({citation.id for citation in sentence}) == 1)

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
class Shape:
    """A list (`3 items`), a table (`3 × 2`, rows and columns) or a box (its type; `quote` for a quotation)."""

    kind: str  # list, table or box
    text: str
    line: int


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Note:
    """An id, an HTML comment (`<!-- … -->`), the id of a footnote definition, or a trap of layout, by its place."""

    text: str
    line: int
    column: int = 1


@dataclass(frozen=True)
class Document:
    """A page's Markdown. `ids` are those its author wrote; `traps` say what Python-Markdown reads otherwise."""

    sections: tuple[Section, ...]
    ids: tuple[Note, ...]
    comments: tuple[Note, ...]
    definitions: tuple[Note, ...]
    traps: tuple[Note, ...]


# ---------------------------------------------------------------- the languages of a block

MASK = "\ufffc"  # stands for what is not in the language asked for, and for addresses
ADDRESS = re.compile(r"\S*(?:://|@)\S*|\bwww\.\S+")


def parts(block: Block, locale: str) -> list[tuple[int, int, str]]:
    """The runs of a block's text with their language: start, end, en or fr."""
    if not block.spans:
        return [(0, len(block.text), locale)] if block.text else []
    found, at = [], 0
    for span in sorted(block.spans, key=lambda span: span.start):
        if span.start >= at:
            found += [(at, span.start, locale), (span.start, span.end, span.lang)]
            at = span.end
    found.append((at, len(block.text), locale))
    return [part for part in found if part[2] in LOCALES and part[0] < part[1]]


def by_language(block: Block, locale: str) -> Iterator[tuple[str, str]]:
    """The text of a block for each language in it, all else masked."""
    if not block.spans:
        yield locale, _without_addresses(block.text)
        return
    runs = parts(block, locale)
    for lang in dict.fromkeys(lang for _, _, lang in runs):
        text = list(MASK * len(block.text))
        for start, end, _ in (run for run in runs if run[2] == lang):
            text[start:end] = block.text[start:end]
        yield lang, _without_addresses("".join(text))


def _without_addresses(text: str) -> str:
    if not any(sign in text for sign in ("://", "@", "www.")):
        return text
    return ADDRESS.sub(lambda match: MASK * len(match[0]), text)


# ---------------------------------------------------------------- the parser


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = state.src[state.pos] == "[" and CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("citation", "", 0).meta = {"start": state.pos, "end": match.end(), "id": match["id"]}
    state.pos = match.end()
    return True


def _attributes_rule(state: StateInline, silent: bool) -> bool:
    match = state.src[state.pos] == "{" and ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = match[0]
        token.meta = {"start": state.pos, "end": match.end(), "found": attributes(match["list"])}
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
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = DEFINITION.match(state.src[start : state.eMarks[start_line]])
    if not match:
        return False
    if not silent:
        token = state.push("definition", "", 0)
        token.content = match["id"]
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
    # The characters that one of the inline rules starts at, and the end of a link: plain text is taken up to the next.
    parser.inline.terminator_re = re.compile(r"[\n!&*<[\\\]_`{]")
    parser.block.ruler.before("reference", "definition", _definition_rule, {"alt": ["paragraph"]})
    parser.inline.ruler.at("link", _placed(link))
    parser.inline.ruler.at("image", _placed(image))
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.inline.ruler.before("link", "attributes", _attributes_rule)
    return parser


_PARSER = _parser()


# ---------------------------------------------------------------- from tokens to data


@dataclass
class _Found:
    """What a piece of text or HTML holds."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    ids: list[Note] = field(default_factory=list)
    comments: list[Note] = field(default_factory=list)

    def block(self, kind: str, place: tuple[int, int], inside: tuple[str, ...]) -> Block:
        parts = (self.links, self.images, self.citations, self.spans, self.runs)
        return Block(kind, *place, self.text.rstrip(), inside, *map(tuple, parts))  # type: ignore[arg-type]


class _Html(HTMLParser):
    """Reads raw HTML into `found`; `place` turns the parser's line and column (from 0) into the file's."""

    def __init__(self, found: _Found, place: Callable[[int, int], tuple[int, int]]) -> None:
        super().__init__(convert_charrefs=True)
        self.found, self.place = found, place
        self.open: list[tuple[str, str | None, int]] = []  # tag, lang, offset in the text

    def read(self, source: str) -> None:
        try:
            self.feed(source)
            self.close()
        except (AssertionError, ValueError):  # on declarations that it cannot read, as `<![x`
            pass

    def here(self) -> tuple[int, int]:
        line, column = self.getpos()
        return self.place(line - 1, column)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values, place = dict(attrs), self.here()
        self.open.append((tag, values.get("lang"), len(self.found.text)))
        if "id" in values:
            self.found.ids.append(Note(values["id"] or "", *place))
        if tag == "img":
            self.found.images.append(Image(values.get("src") or "", values.get("alt"), *place))
        else:
            self.found.links += [Link(values[name] or "", *place) for name in ("href", "src") if name in values]

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            opened, lang, start = self.open.pop()
            if lang and opened == tag:
                self.found.spans.append(Span(start, len(self.found.text), lang))
            if opened == tag:
                return

    def handle_comment(self, data: str) -> None:
        self.found.comments.append(Note(f"<!--{data}-->", *self.here()))

    def handle_data(self, data: str) -> None:
        self.found.text += data


def html_targets(source: str) -> list[Link | Image]:
    """The links and images of a piece of HTML or of a template, with their lines."""
    found = _Found()
    _Html(found, lambda line, column: (line + 1, column + 1)).read(source)
    return [*found.links, *found.images]


class _Inline(_Found):
    """Reads one inline token; `starts` gives (offset in its content, line, column) of each of its lines."""

    def __init__(self, token: Token, starts: list[tuple[int, int, int]], kind: str) -> None:
        super().__init__()
        self.content, self.starts = token.content, starts
        self.cursor = 0  # in the content
        self.attributes: dict[str, str] = {}  # of the block itself
        self.opened: list[tuple[Token, int]] = []
        self.last = 0  # offset in the text where the element closed last began
        children = token.children or []
        for index, child in enumerate(children):
            ends = index == len(children) - 1 and kind in ("heading", "header", "cell")
            self.read(child, children[index - 1] if index else None, ends)

    @cached_property
    def html(self) -> _Html:
        return _Html(self, lambda _line, column: self.place(self.cursor + column))

    def place(self, offset: int) -> tuple[int, int]:
        one_line = len(self.starts) == 1  # as most: no need to look for the line
        index = 0 if one_line else bisect_right(self.starts, offset, key=lambda s: s[0]) - 1
        start, line, column = self.starts[index]
        return line, column + offset - start

    def say(self, text: str, source: str | None = None) -> None:
        """Adds text; `source` is how it is written, where it differs."""
        at = self.content.find(source or text, self.cursor)
        if at >= 0:
            self.runs.append((len(self.text), *self.place(at)))
            self.cursor = at + len(source or text)
        self.text += text

    def read(self, child: Token, before: Token | None, ends_block: bool) -> None:
        start = child.meta.get("start", self.cursor)
        match child.type:
            case "text" | "code_inline":
                self.last = len(self.text)
                self.say(child.content)
                if child.type == "code_inline":
                    self.spans.append(Span(self.last, len(self.text), NO_LANGUAGE))
            case "text_special":
                self.say(child.content, child.markup)
            case "softbreak" | "hardbreak":
                self.text += " "
            case "citation":
                self.citations.append(Citation(child.meta["id"], *self.place(start), len(self.text)))
            case "attributes":
                self.read_attributes(child, before, ends_block)
            case "image":
                alt = "".join(t.content for t in child.children or [])
                self.images.append(Image(str(child.attrs.get("src", "")), alt, *self.place(start)))
            case "html_inline":
                self.cursor = max(self.content.find(child.content, self.cursor), self.cursor)
                self.html.reset()
                self.html.read(child.content)
                self.cursor += len(child.content)
            case _ if child.nesting > 0:
                self.opened.append((child, len(self.text)))
            case _ if child.nesting < 0 and self.opened:
                opener, self.last = self.opened.pop()
                if opener.type == "link_open":
                    autolink = max(self.content.rfind("<", 0, self.cursor), 0)  # the only link without `start`
                    place = self.place(opener.meta.get("start", autolink))
                    self.links.append(Link(str(opener.attrs.get("href", "")), *place))
        self.cursor = max(self.cursor, child.meta.get("end", 0))

    def read_attributes(self, child: Token, before: Token | None, ends_block: bool) -> None:
        """An attribute list belongs to the element that it touches, or to the block that it ends."""
        found: dict[str, str] = child.meta["found"]
        start: int = child.meta["start"]
        after_element = before is not None and (before.nesting < 0 or before.type in ("code_inline", "image"))
        after_line = before is not None and before.type in ("softbreak", "hardbreak")
        of_block = after_line or (ends_block and self.content[:start][-1:] in ("", " ") and not after_element)
        if not after_element and not of_block:
            self.say(child.content)
            return
        if "id" in found:
            self.ids.append(Note(found["id"], *self.place(start)))
        if of_block:
            self.attributes = found
        elif "lang" in found:
            self.spans.append(Span(self.last, len(self.text), found["lang"]))


AROUND = {"blockquote_open": "box", "admonition_open": "box", "list_item_open": "list"}
KINDS = {"th_open": "header", "td_open": "cell", "admonition_title_open": "title", "heading_open": "heading"}


class _Reader:
    """Turns the tokens of one page into a Document."""

    def __init__(self, source: str, first_line: int) -> None:
        self.lines, self.first = source.split("\n"), first_line
        self.blocks: list[Block] = []
        self.shapes: list[Shape] = []
        self.sections: list[Section] = []
        self.head: tuple[int, str | None, int, Block | None] = (0, None, first_line, None)
        self.notes: dict[str, list[Note]] = {"ids": [], "comments": [], "definitions": [], "traps": []}
        self.open: list[Token] = []
        self.cursor: dict[int, int] = {}  # in a table row: where the next cell is looked for
        self.tokens = _PARSER.parse(source)
        for index, token in enumerate(self.tokens):
            self.read(index, token, token.map[0] if token.map else 0)
            if token.nesting > 0:
                self.open.append(token)
            elif token.nesting < 0:
                self.open.pop()
        self.end_section()

    def document(self) -> Document:
        return Document(tuple(self.sections), **{name: tuple(notes) for name, notes in self.notes.items()})

    def end_section(self) -> None:
        self.sections.append(Section(*self.head, tuple(self.blocks), tuple(self.shapes)))
        self.blocks, self.shapes = [], []

    def read(self, index: int, token: Token, top: int) -> None:
        line = self.first + top
        match token.type:
            case "inline":
                self.inline(token, top)
            case "fence" | "code_block":
                self.blocks.append(Block("code", line, 1, token.content, self.inside()))
            case "html_block":
                self.html_block(token, top)
            case "definition":
                self.notes["definitions"].append(Note(token.content, line))
            case "admonition_open":
                self.shapes.append(Shape("box", str(token.meta["tag"]), line))
            case "admonition_close" if self.tokens[index - 1].type in ("admonition_open", "admonition_title_close"):
                self.trap(self.shapes[-1].line, "a box without text: indent its paragraphs by four spaces")
            case "blockquote_open":
                self.shapes.append(Shape("box", "quote", line))
            case "bullet_list_open" | "ordered_list_open":
                items = self.count(index, "list_item_open", token.level + 1)
                numbered = "numbered " * (token.type == "ordered_list_open")
                self.shapes.append(Shape("list", f"{items} {numbered}items", line))
                self.find_traps(top)
            case "table_open":
                rows, columns = self.count(index, "tr_open"), self.count(index, "th_open")
                self.shapes.append(Shape("table", f"{rows} × {columns}", line))
                self.find_traps(top)

    def count(self, index: int, kind: str, level: int | None = None) -> int:
        """How many tokens of a kind stand within the one that opens at an index."""
        outer, found = self.tokens[index].level, 0
        for token in itertools.islice(self.tokens, index + 1, None):
            if token.level <= outer:
                break
            found += token.type == kind and level in (None, token.level)
        return found

    def trap(self, line: int, message: str) -> None:
        self.notes["traps"].append(Note(message, line))

    def find_traps(self, top: int) -> None:
        """Python-Markdown wants a blank line above a list or table, and four spaces for a list in a list."""
        depth = sum(t.type == "list_item_open" or t.type == "admonition_open" for t in self.open)
        nested = any(t.type == "list_item_open" for t in self.open)
        indent = len(self.lines[top]) - len(self.lines[top].lstrip())
        if nested and indent < 4 * depth:
            self.trap(self.first + top, f"a list in a list is indented by {4 * depth} spaces, not {indent}")
        elif not nested and top > 0 and self.lines[top - 1].strip():
            self.trap(self.first + top, "a list or table without a blank line above: add one")

    def inside(self) -> tuple[str, ...]:
        return tuple(AROUND[token.type] for token in self.open if token.type in AROUND)

    def kind(self) -> str:
        parents = [token.type for token in self.open[-2:]]
        if parents == ["list_item_open", "paragraph_open"] and not self.open[-2].meta.get("text"):
            self.open[-2].meta["text"] = True  # further paragraphs of the item are paragraphs
            return "item"
        return KINDS.get(parents[-1], "paragraph") if parents else "paragraph"

    def html_block(self, token: Token, top: int) -> None:
        found = _Found()
        indent = len(self.lines[top]) - len(self.lines[top].lstrip())
        _Html(found, lambda line, column: (self.first + top + line, column + 1 + indent * (line == 0))).read(
            token.content.lstrip(" ")
        )
        found.text = " ".join(found.text.split())
        self.notes["ids"] += found.ids
        self.notes["comments"] += found.comments
        if found.text or found.links or found.images:
            self.blocks.append(found.block("html", (self.first + top, indent + 1), self.inside()))

    def inline(self, token: Token, top: int) -> None:
        kind, starts, offset = self.kind(), [], 0
        for number, text in enumerate(token.content.split("\n"), top):
            column = max(self.lines[number].find(text, self.cursor.get(number, 0)), 0)
            if kind in ("header", "cell"):
                self.cursor[number] = column + len(text)
            starts.append((offset, self.first + number, column + 1))
            offset += len(text) + 1
        found = _Inline(token, starts, kind)
        self.notes["ids"] += found.ids
        self.notes["comments"] += found.comments
        line, column = starts[0][1:]
        block = found.block(kind, (line, column), self.inside())
        if kind == "heading":
            self.end_section()
            self.head = (int(self.open[-1].tag[1]), found.attributes.get("id"), line, block)
        else:
            self.blocks.append(block)
        if kind == "paragraph" and re.match(r"#+[^#\s]", token.content):
            self.trap(line, "a heading without a space after #: add one")


def parse(source: str, first_line: int = 1) -> Document:
    """The document of a Markdown text whose first line is line `first_line` of its file."""
    return _Reader(source, first_line).document()
