"""The text of a page: what is done to its HTML, as one tree, between its Markdown and its template."""

import itertools
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from content import marks
from content.anchors import GLOSSARY
from content.model import Page, Study
from web.elements import html_of, icon, plain_text, put_for, rename
from web.pages import address, moved_ids
from web.wording import first_mentions, foreign_names, keep_units, marked

Notes = Mapping[str, list[str]]  # the sources that a text cites, in the order of their numbers: the ids of its mentions
Render = Callable[..., str]  # a template, the first of several that is there, with what it is given besides


def finished_text(html: str, study: Study, page: Page, render: Render, late: Iterable[str] = ()) -> tuple[str, Notes]:
    """The text of a page, from the HTML that its Markdown is, and the sources that it cites; `late`: the ids of the
    sections that stayed behind, "" for the page's start."""
    body, words = LexborHTMLParser(html).body, study.words_in[page.locale]
    assert body is not None
    parts = {}
    for name in (mark["name"] for mark in marks.GENERATED.finditer(page.body)):
        stem, _, argument = name.partition("-")  # `amounts-grants` asks the template `amounts` for `grants`
        parts[name] = render(f"generated/{name}.html", f"generated/{stem}.html", argument=argument)
    below = {id: render("partials/behind.html", id=id) for id in late}
    put_parts(body, {name: text for name, text in parts.items() if "[^" in text})  # its citations become notes
    notes = number_notes(body, page.locale, words["note"])
    caption_tables(body, words["table"])
    fold_texts_to_copy(body, render)
    mark_texts(body, study, page)
    let_tables_scroll(body, words["table"], render)
    name_boxes(body)
    mark_slots(body, words)
    add_addresses(body, address(page.path, page.locale))
    fold_instruments(body, study, page, render)
    link_headings(body, study, page, below)
    put_parts(body, parts)
    return below.get("", "") + "".join(map(html_of, body.iter(include_text=True))), notes


def put_parts(body: LexborNode, parts: Mapping[str, str]) -> None:
    """Put each generated part in place of the comment that asks for it."""
    for node in list(body.traverse(include_text=True)) if parts else ():
        mark = marks.GENERATED.fullmatch(node.html or "") if node.is_comment_node else None
        if mark and mark["name"] in parts:
            put_for(node, parts[mark["name"]])


CITATIONS = rf"(?P<notes>(?:{marks.CITATION.pattern})+)"
# French has the number of a note before the punctuation that ends a text: « l’emploi³, » for `l’emploi,[^a]`. Some of
# it has a no-break space before it.
CLOSING = {"en": "", "fr": r"[\u00a0\u202f]?[.,;:!?…]|"}
NOTED = {locale: re.compile(f"(?P<closing>{closing}){CITATIONS}") for locale, closing in CLOSING.items()}


def number_notes(body: LexborNode, locale: str, word: str) -> Notes:
    """Number the citations by the first mention of their source, `ref12`, the second `ref12-2`; returns the notes."""
    places: dict[str, list[str]] = {}

    def numbers(found: re.Match[str]) -> str:
        """The numbers of notes that stand side by side, then the punctuation."""
        html = ""
        for source in (cited["id"] for cited in marks.CITATION.finditer(found["notes"])):
            mentions = places.setdefault(source, [])
            number = [*places].index(source) + 1
            mentions.append(f"ref{number}-{len(mentions) + 1}" if mentions else f"ref{number}")
            link = f'<a class="footnote-ref" href="#n{number}" aria-label="{word} {number}">{number}</a>'
            html += f'<sup id="{mentions[-1]}"' + (f' class="next">,\u00a0{link}</sup>' if html else f">{link}</sup>")
        return html + found["closing"]

    for node in [node for node in body.traverse(include_text=True) if node.is_text_node]:
        text = node.text_content or ""
        if "[^" in text:
            put_for(node, NOTED[locale].sub(numbers, escape(text, quote=False)))
    return places


def caption_tables(body: LexborNode, word: str) -> None:
    """Make the paragraph before a table that begins with "Table:", the word in the page's language, its caption."""
    for paragraph, table in zip(body.css("p:has(+ table)"), body.css("p + table"), strict=True):
        html = paragraph.inner_html or ""
        begin = re.match(f"{word}(?:&nbsp;)?: ", html)
        if begin and table.child and paragraph.next:
            caption = table.parser.create_node("caption")
            caption.inner_html = html[begin.end() :]
            table.child.insert_before(caption)
            paragraph.next.decompose()  # a line end
            paragraph.decompose()


def fold_texts_to_copy(body: LexborNode, render: Render) -> None:
    """Fold each text to copy, a box `!!! copy "The decision"`, below its title."""
    for number, box in enumerate(body.css("div.admonition.copy"), 1):
        title = box.css_first(".admonition-title")
        name = title.inner_html if title else ""
        if title:
            title.decompose()
        put_for(box, render("partials/text-to-copy.html", id=f"copy-{number}", title=name, text=box.inner_html))


# Elements whose text links to no term: it is a link, a name in another language, a heading, a note, a text to copy.
UNLINKED = {"a", "sup", "em", "strong", "th", "h1", "h2", "h3", "h4", "details"}


def to_mark(around: LexborNode, links: bool = True, names: bool = True) -> Iterator[tuple[LexborNode, bool, bool]]:
    """The texts of an element, not those of code: whether terms link there, whether French names are to be marked; and,
    before the texts of its section, each heading."""
    for node in around.iter(include_text=True):
        if node.is_text_node or node.tag in ("h2", "h3"):
            yield node, links, names
        if not node.is_text_node and node.tag not in ("code", "pre"):
            foreign = "lang" in node.attributes
            unlinked = foreign or node.tag in UNLINKED or node.attributes.get("class") == "admonition-title"
            yield from to_mark(node, links and not unlinked, names and not foreign)


def mark_texts(body: LexborNode, study: Study, page: Page) -> None:
    """Link the first mention of each term in a section, mark French names, keep numbers on one line. Not in code."""
    seen: set[str] = set()  # the terms that the section under way has linked
    glossary = posixpath.relpath(address(GLOSSARY, page.locale), address(page.path, page.locale) or ".")
    french = foreign_names(study, "en") if page.locale == "en" else None
    for node, may_link, may_mark in list(to_mark(body)):
        if not node.is_text_node:
            seen.clear()
            continue
        names = french if may_mark else None
        text, after = node.text_content or "", plain_text(node.next) if node.next else ""
        text = keep_units(text + after)[: len(text)]
        mentions = first_mentions(study, page.locale, text, seen) if may_link and page.path != GLOSSARY else ()
        pieces, done = [], 0
        for start, end, id in mentions:
            term = f'<a class="term" href="{glossary}/#{id}">{marked(text[start:end], names)}</a>'
            pieces += [marked(text[done:start], names), term]
            done = end
        html = "".join([*pieces, marked(text[done:], names)])
        if html != node.text_content:
            put_for(node, html)


def let_tables_scroll(body: LexborNode, word: str, render: Render) -> None:
    """Put each Markdown table into a box that scrolls and that the keyboard reaches; its first cells name the rows.

    Where three columns do not fit, each row is a card, and each cell has the name of its column. Below a table that
    compares, with a caption, three rows and four columns or more, stands how to credit it.
    """
    section = ""
    for table in body.css("h2, h3, table:not([aria-labelledby])"):  # those of charts have all this
        if table.tag != "table":
            section = table.id or section
            continue
        columns = [plain_text(cell) for cell in table.css("th")]
        for cell in table.css("th"):
            cell.attrs["scope"] = "col"
        rows = table.css("tbody > tr")
        if len(columns) > 2:
            table.attrs["class"] = "cards"
            for row in rows:
                for cell, column in zip(row.css("td")[1:], columns[1:], strict=True):
                    cell.attrs["data-label"] = column
        for cell in table.css("tbody > tr > td:first-child"):
            rename(cell, "th", {"scope": "row"})
        caption = table.css_first("caption")
        name = plain_text(caption).strip() if caption else word
        attributes = f'class="table-scroll" role="region" tabindex="0" aria-label="{escape(name)}"'
        compares = caption and len(rows) > 2 and len(columns) > 3
        credit = render("partials/credit.html", title=name, id=section) if compares else ""
        put_for(table, f"<div {attributes}>{table.html}</div>{credit}")


def name_boxes(body: LexborNode) -> None:
    """Make a note of each box (`!!! study "In the study"`), so that a voice says where it begins and ends."""
    for title in body.css("div > p.admonition-title"):
        box, name = title.parent, plain_text(title)
        assert box is not None
        title.inner_html = f"{icon('text-box-outline')} {title.inner_html}"
        rename(box, "section", {"role": "note", "aria-label": name})


def mark_slots(body: LexborNode, words: Mapping[str, str]) -> None:
    """Give the paragraphs that say what an instrument takes and what to watch out for a class to be found by."""
    slots = {words["what_it_takes"]: "takes", words["watch_out"]: "beware"}
    for label in body.css("body > p > strong:first-child"):
        slot = slots.get(label.text().strip(" .:\u00a0"))
        if slot and label.parent and not label.prev:
            label.parent.attrs["class"] = slot


def fold_instruments(body: LexborNode, study: Study, page: Page, render: Render) -> None:
    """Put on a lever's page, below the definition of each instrument, the paragraph after its heading, its strip and,
    folded, the rest of its section with its law, case and address."""
    blocks = [node for node in body.iter(include_text=True) if not node.is_text_node]
    headings = [at for at, block in enumerate(blocks) if block.tag in ("h2", "h3")]
    for start, end in itertools.pairwise((*headings, len(blocks))) if page.kind == "lever" else ():
        if instrument := study.instruments.get(blocks[start].id or ""):
            definition, *how = blocks[start + 1 : end]
            below = render("partials/instrument.html", instrument=instrument, how="".join(map(html_of, how)))
            put_for(definition, html_of(definition) + below)
            for block in how:
                block.decompose()


def link_headings(body: LexborNode, study: Study, page: Page, below: Mapping[str, str]) -> None:
    """Give each heading its old ids, beside it the mark that links to it (no part of its name), and what goes below."""
    words, old_ids = study.words_in[page.locale], moved_ids(study, page.path)[0]
    for heading in body.css("h2, h3"):
        id = heading.id or ""
        name = escape(words["link_to"].format(plain_text(heading).strip()))
        kind = f"{heading.tag} instrument" if page.kind == "lever" and id in study.instruments else heading.tag
        lever = f' data-lever="{study.terms["levers"][id].number}"' if id in study.terms["levers"] else ""
        old = "".join(f'<span id="{old}"></span>' for old in old_ids.get(id, ()))
        heading.inner_html = f"{old}{heading.inner_html}"
        link = f'<a class="headerlink" href="#{id}" aria-label="{name}"></a>'
        put_for(heading, f'<div class="{kind}"{lever}>{heading.html}{link}</div>{below.get(id, "")}')


def add_addresses(body: LexborNode, own: str) -> None:
    """Give the first link to each other page, or place in it, its address below the root of the site, for paper."""
    given: set[str] = set()
    for link in body.css('a[href^="."]'):
        href = link.attributes["href"] or ""
        if len(link.attributes) == 1 and ":" not in href and href not in given:
            given.add(href)
            link.attrs["data-address"] = urljoin(f"/{own}", href)[1:]
