"""The text of a page as a tree of elements: what is done to it between its Markdown and its template.

`PageText` is an extension of Python-Markdown. It reads citations, and when all else is read and MkDocs has resolved
the links, takes the tree once through the functions below, in the order of `PageText.read`.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from content import marks
from web import french_names, glossary_links
from web.elements import plain_text, wrap
from web.icons import icon
from web.wording import HYPHENED, keep_units

# The words of the interface that stand in a text.
WORDS = ("note", "table", "link_to", "what_it_takes", "watch_out")


@dataclass(frozen=True)
class Here:
    """The page that is being read, with what its text is given."""

    locale: str
    address: str  # below the site's root: `fr/themes/food/`
    words: Mapping[str, str]  # WORDS, in the page's language
    glossary: str = ""  # the way to its page
    terms: glossary_links.Terms | None = None  # to link to the glossary; none on the glossary itself
    names: re.Pattern[str] | None = None  # to mark as French; none on a French page
    old_ids: Mapping[str, Sequence[str]] = field(default_factory=dict)  # those that a heading had, by its id
    below: Mapping[str, str] = field(default_factory=dict)  # HTML to put below headings, by id; "" is the page's start
    levers: Mapping[str, int] = field(default_factory=dict)  # the numbers of the levers, by the id of a heading
    strips: Mapping[str, str] = field(default_factory=dict)  # HTML to put below the first paragraph of a section, by id


@dataclass(frozen=True)
class Note:
    """A source that the text cites: its number and how often it is cited."""

    source: str
    number: int
    mentions: int

    @property
    def places(self) -> list[str]:
        """The ids of its mentions in the text."""
        return [mention_id(self.number, count) for count in range(1, self.mentions + 1)]


def mention_id(number: int, count: int) -> str:
    """The id of the first, second … mention of a note: `ref12`, `ref12-2`. Nothing but the way back leads there."""
    return f"ref{number}-{count}" if count > 1 else f"ref{number}"


@dataclass(frozen=True)
class Heading:
    """A heading of the page's contents with those below it. Its title is plain text."""

    id: str
    title: str
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Found:
    """What is known of a page once its text is read."""

    notes: tuple[Note, ...] = ()
    contents: tuple[Heading, ...] = ()


CITED = "data-cited"  # on a citation that has no number yet: its source


class PageText(Extension):
    """The extension. Call `begin` before a page is converted; `found` is there afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self.here: Here | None = None
        self.found = Found()

    def begin(self, here: Here) -> None:
        self.here, self.found = here, Found()  # an empty page is not read

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_NotesFirst(md, self), "notes-first", 25)
        md.inlinePatterns.register(_Citation(marks.CITATION.pattern), "citation", 175)
        # After MkDocs has resolved the links of the page (priority 0): these are addresses already.
        md.treeprocessors.register(_Reader(md, self), "page-text", -5)

    def read(self, root: Element, md: Markdown) -> None:
        """Take the tree of a page through all steps. An order that matters: names are sought around linked terms."""
        here = self.here
        assert here is not None
        notes = number_notes(root, here.words)
        if here.terms:
            glossary_links.link_terms(root, here.terms, here.glossary)
        if here.names:
            french_names.mark_in(root, here.names)
        keep_numbers(root)
        let_tables_scroll(root, here.words)
        name_boxes(root, md)
        mark_slots(root, here.words)
        self.found = Found(notes, contents_of(root))
        put_below_headings(root, here.strips, md, paragraphs=1)
        put_below_headings(root, here.below, md)
        link_headings(root, here)
        add_addresses(root, here.address)


class _Reader(Treeprocessor):
    def __init__(self, md: Markdown, text: PageText) -> None:
        super().__init__(md)
        self.text = text

    def run(self, root: Element) -> None:
        self.text.read(root, self.md)


class _Citation(InlineProcessor):
    """`[^insee-2024]` as a mark; it becomes a link only when numbered, for MkDocs would look for where it leads."""

    def handleMatch(  # type: ignore[override]  # as InlineProcessor wants it; the stubs know its parent class only
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        return Element("sup", {CITED: m["id"]}), m.start(0), m.end(0)


# Notes after the punctuation that ends a text, with the no-break space that French has before some of it.
CLOSED = re.compile(rf"(?P<closing>[\u00a0\u202f]?[.,;:!?…])(?P<notes>(?:{marks.CITATION.pattern})+)")


class _NotesFirst(Preprocessor):
    """Puts the number of a note before the comma or full stop, as French does: « l’emploi³, » for `l’emploi,[^a]`."""

    def __init__(self, md: Markdown, text: PageText) -> None:
        super().__init__(md)
        self.text = text

    def run(self, lines: list[str]) -> list[str]:
        is_french = self.text.here is not None and self.text.here.locale == "fr"
        return [CLOSED.sub(r"\g<notes>\g<closing>", line) if is_french else line for line in lines]


def number_notes(root: Element, words: Mapping[str, str]) -> tuple[Note, ...]:
    """Number the citations by the first mention of their source; returns the notes. A voice says "Note 3"."""
    mentions: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for parent in root.iter():
        for sup, after in itertools.pairwise(parent):
            if sup.get(CITED) and after.get(CITED) and not sup.tail:
                after.text = ",\u00a0"  # two notes side by side
                after.set("class", "next")
    for sup in root.iter("sup"):
        source = sup.attrib.pop(CITED, None)
        if source:
            mentions[source] = mentions.get(source, 0) + 1
            number = numbers.setdefault(source, len(numbers) + 1)
            sup.set("id", mention_id(number, mentions[source]))
            name = f"{words['note']} {number}"
            link = SubElement(sup, "a", {"class": "footnote-ref", "href": f"#n{number}", "aria-label": name})
            link.text = str(number)
    return tuple(Note(source, number, mentions[source]) for source, number in numbers.items())


def keep_numbers(root: Element) -> None:
    """Let no line end between a number and its unit, nor inside a number with hyphens."""
    for parent in root.iter():
        children = list(parent)
        following = [plain_text(child) for child in children] + [""]
        parent.text = _keep_units(parent.text, following[0])
        for child, after in zip(children, following[1:], strict=True):
            child.tail = _keep_units(child.tail, after)

    wrap(root, HYPHENED, ("span", {"class": "whole"}), lambda element: element.tag in ("code", "pre"))


def _keep_units(text: str | None, after: str) -> str | None:
    return text and keep_units(text + after)[: len(text)]


def let_tables_scroll(root: Element, words: Mapping[str, str]) -> None:
    """Put each table that is written in Markdown into a box that scrolls and that the keyboard reaches.

    The paragraph before it that begins with "Table:" is its caption. Its first cells say what a row is about. Three
    columns do not fit a phone: there each row of such a table is a card, and each cell has the name of its column.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    start = re.compile(rf"{words['table']}\u00a0?: ")
    unnamed = itertools.count(1)
    for table in [table for table in root.iter("table") if not table.attrib]:
        parent = parents[table]
        place = list(parent).index(table)
        before = parent[place - 1] if place else None
        if before is not None and before.tag == "p" and (named := start.match(before.text or "")):
            parent.remove(before)
            before.tag, before.text, before.tail = "caption", (before.text or "")[named.end() :], table.text
            table.text, name = "", plain_text(before)
            table.insert(0, before)
            place -= 1
        else:
            name = f"{words['table']} {next(unnamed)}"
        columns = [plain_text(cell) for cell in table.iter("th")]
        for cell in table.iter("th"):
            cell.set("scope", "col")
        if len(columns) > 2:
            table.set("class", "cards")
        for row in table.iterfind("tbody/tr"):
            row[0].tag = "th"
            row[0].set("scope", "row")
            for cell, column in zip(row[1:], columns[1:], strict=True) if len(columns) > 2 else ():
                cell.set("data-label", column)
        box = Element("div", {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": name.strip()})
        box.tail, table.tail = table.tail, ""
        parent[place] = box
        box.append(table)


def name_boxes(root: Element, md: Markdown) -> None:
    """Make a note of each box (`!!! study "In the study"`), so that a voice says where it begins and ends."""
    for box in root.iter("div"):
        title = box.find("p[@class='admonition-title']")
        if title is not None:
            box.tag = "section"
            box.set("role", "note")
            box.set("aria-label", plain_text(title))
            drawn = icon("alert-outline" if "warning" in box.get("class", "") else "text-box-outline")
            title.text = f"{md.htmlStash.store(drawn)} {title.text or ''}"


def mark_slots(root: Element, words: Mapping[str, str]) -> None:
    """Give the paragraphs that say what an instrument takes and what to watch out for a class to be found by."""
    slots = {words["what_it_takes"]: "takes", words["watch_out"]: "beware"}
    for paragraph in root.findall("p"):
        label = paragraph.find("strong") if not (paragraph.text or "").strip() else None
        if label is not None and (slot := slots.get((label.text or "").strip(" .:\u00a0"))):
            paragraph.set("class", slot)


def contents_of(root: Element) -> tuple[Heading, ...]:
    """The headings of the second level with those of the third below them, as their text is (no-break spaces too)."""
    found: list[Heading] = []
    for heading in (element for element in root.iter() if element.tag in ("h2", "h3")):
        new = Heading(heading.get("id", ""), plain_text(heading).strip())
        if heading.tag == "h3" and found:
            found[-1] = replace(found[-1], below=(*found[-1].below, new))
        else:
            found.append(new)
    return tuple(found)


def link_headings(root: Element, here: Here) -> None:
    """Give each heading its old ids, and beside it the mark that links to it: no part of the heading's name."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for heading in [element for element in root.iter() if element.tag in ("h2", "h3")]:
        id = heading.get("id", "")
        name = here.words["link_to"].format(plain_text(heading).strip())
        for old in here.old_ids.get(id, ()):
            anchor = Element("span", {"id": old})
            anchor.tail, heading.text = heading.text, ""
            heading.insert(0, anchor)
        kind = f"{heading.tag} instrument" if id in here.strips else heading.tag
        box, parent = Element("div", {"class": kind}), parents[heading]
        if id in here.levers:
            box.set("data-lever", str(here.levers[id]))
        box.tail, heading.tail = heading.tail, ""
        parent[list(parent).index(heading)] = box
        box.append(heading)
        SubElement(box, "a", {"class": "headerlink", "href": f"#{id}", "aria-label": name})


def put_below_headings(root: Element, parts: Mapping[str, str], md: Markdown, paragraphs: int = 0) -> None:
    """Put what a template made for a section below its heading, or so many paragraphs further; for "", at the start."""
    for id, html in parts.items():
        made = Element("p")
        made.text, made.tail = md.htmlStash.store(html), "\n"
        headings = [i for i, block in enumerate(root, 1) if id and block.get("id") == id]
        if headings or not id:
            root.insert(headings[0] + paragraphs if headings else 0, made)


def add_addresses(root: Element, here: str) -> None:
    """Give each link to another page of the site the address of that page below the site's root, for paper."""
    for link in root.iter("a"):
        href = link.get("href", "")
        if link.attrib.keys() == {"href"} and href.startswith(("./", "../")) and ":" not in href:
            path, mark, anchor = href.partition("#")
            target = posixpath.normpath(posixpath.join(here, path))
            slash = "" if "." in posixpath.basename(target) else "/"
            link.set("data-address", f"{target}{slash}{mark}{anchor}")
