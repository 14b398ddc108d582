"""The text of a page, from its Markdown to what its template is given."""

from dataclasses import replace

import pytest
from conftest import ROOT
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode

from checker.project import load
from content.files import Mapped
from content.model import Page, Study
from web import tree
from web.elements import html_of
from web.tree import Notes

STUDY = load(ROOT)


def read(text: str, locale: str = "en", study: Study = STUDY) -> tuple[LexborNode, Notes]:
    """The body of a text as HTML and its notes, on a page two folders deep."""
    html = Markdown(extensions=["admonition", "attr_list", "tables", "toc"]).convert(text)
    page = Page(locale, "cases/here.md", Mapped(), text, 1)
    made, notes = tree.finished_text(html, study, page, lambda *_, **__: "")
    body = LexborHTMLParser(made).body
    assert body is not None
    return body, notes


def values(body: LexborNode, asked: str) -> list[str | None]:
    """What the elements of a selector say, or have as an attribute: `sup`, `sup@id`."""
    selector, _, name = asked.partition("@")
    return [node.attributes.get(name) if name else node.text().strip() for node in body.css(selector)]


TABLE = "| a | b |\n| --- | ---: |\n| c | d |\n"
NAMED = {"table > caption > em": ["it"], "table > caption": ["What it costs"], "p": ["Before.", "After."]}
ADDRESSES = "[a](../../levers/) [b](../../levers/?travels=eu) [c](../other/?a=b#here) [d](../../data/a.csv)"
COPIED = {"details.copy > summary": ["The decision"], "summary + blockquote + button": ["Copy the text"], "a.term": []}
BOX = {
    "section.admonition.study[role=note]@aria-label": ["In the study"],
    "section.study > p": ["In the study", "Text."],
    "p.admonition-title > svg.icon": [""],
}


@pytest.mark.parametrize(
    ("locale", "text", "due"),
    [
        # The first mention of a term leads to the glossary; in French after an elision too; not where it is part of a
        # name.
        ("en", "The SSE and social innovations. The SSE again.", {"a.term": ["SSE", "social innovations"]}),
        ("en", "*SSE* and [SSE](a.md) in SSE-led", {"a.term": []}),
        ("fr", "L’ESS, d’innovations sociales, qu’ESS.", {"a.term": ["ESS", "innovations sociales"]}),
        ("fr", "Les acteurs de l’ESS ; la Ville a un plan pour l’ESS.", {"a.term": ["ESS"]}),
        ("fr", "Selon le Labo de l’ESS et le Conseil supérieur de l’ESS, l’ESS croît.", {"a.term": ["ESS"]}),
        ("fr", "*Le Labo de l’ESS*", {"a.term": []}),
        ("fr", "Le Labo de l’ESS et le Conseil supérieur de l’ESS.", {"a.term": []}),
        # A number with hyphens stays on one line; addresses and code stay as they are.
        (
            "en",
            "L.\u00a02122-1-1, 2015-2020, [9-1](a/2015-2020/), COVID-19, 2024-12-3a and `2015-2020`",
            {".whole": ["L.\u00a02122-1-1", "2015-2020", "9-1"], "a@href": ["a/2015-2020/"]},
        ),
        # The number of a note stands before the punctuation in French: « l’emploi³, » where English has `work,³`.
        ("en", "Work,[^a] the rest.[^b]", {"p": ["Work,1 the rest.2"]}),
        ("fr", "L’emploi,[^a] le reste.[^b][^c] Fin.", {"p": ["L’emploi1, le reste2,\u00a03. Fin."]}),
        ("fr", "L’emploi\u202f;[^a] non\u00a0![^b]", {"p": ["L’emploi1\u202f; non2\u00a0!"]}),
        ("fr", "« Fin. »[^a] (fin.)[^b] *fin*.[^c]", {"p": ["« Fin. »1 (fin.)2 fin3."]}),
        ("fr", "- Un.[^a]\n- Deux[^b], trois", {"li": ["Un1.", "Deux2, trois"]}),
        # A table is named by the paragraph before it; on a phone one of three columns names the column in each cell.
        ("en", f"Before.\n\nTable: What *it* costs\n\n{TABLE}\nAfter.", NAMED),
        ("fr", f"Before.\n\nTableau\u00a0: What *it* costs\n\n{TABLE}\nAfter.", NAMED),
        (
            "en",
            f"| a | b[^1] | *c* |\n| - | - | - |\n| 1 | 2 | 3 |\n\n{TABLE}",
            {"table.cards > tbody td@data-label": ["b", "c"], "table:not(.cards) thead th": ["a", "b"]},
        ),
        # On paper a link has its whole address, with what it asks of a finder and the section that it leads to.
        ("en", ADDRESSES, {"a@data-address": ["levers/", "levers/?travels=eu", "cases/other/?a=b#here", "data/a.csv"]}),
        # A screen reader tells a box from the text, and by its title from another.
        ("en", '!!! study "In the study"\n\n    Text.', BOX),
        # A text to copy is folded below its title; it links to no term, and a button copies what is before it.
        ("en", '!!! copy "The decision"\n\n    Whereas the SSE …', COPIED),
        ("en", '!!! copy ""\n\n    Whereas …', {"summary": ["Copy the text"]}),
    ],
)
def test_what_a_text_becomes(locale: str, text: str, due: dict[str, list[str]]) -> None:
    """By selector, what its elements say."""
    body, _ = read(text, locale)
    assert {asked: values(body, asked) for asked in due} == due


def test_notes_are_numbered_as_they_are_read() -> None:
    """By first mention, in lists too; each mention has an id of its own, in the order of the text."""
    body, notes = read("One[^a][^b].\n\n- Two[^c]\n- Three[^a]\n\nFour[^a].")
    assert values(body, "sup > a.footnote-ref") == [*"12311"]
    assert values(body, "sup > a.footnote-ref@aria-label") == [f"Note {number}" for number in "12311"]
    assert values(body, "sup@id") == ["ref1", "ref2", "ref3", "ref1-2", "ref1-3"]
    assert values(body, "sup.next@id") == ["ref2"]
    assert [*notes.items()] == [("a", ["ref1", "ref1-2", "ref1-3"]), ("b", ["ref2"]), ("c", ["ref3"])]


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    """Where a no-break space stands between them."""
    kept = ["66 million of", "5 000 euros", "on 1 April", "800 m²", "no. [24](a.md)", "No. 24", "**5** 10 kB", "30 ko"]
    other = ["1 Aprilia", "no. one", "5 people", "the euros"]
    assert [text for text in kept + other if "\u00a0" in html_of(read(text)[0])] == kept


def test_a_heading_has_a_mark_that_says_where_it_leads_and_keeps_its_old_ids() -> None:
    """The mark is a link named by the heading's words; an address with an old id still leads there."""
    old = (f"cases/here.md#{id}" for id in ("why", "because"))
    study = replace(STUDY, redirects=Mapped(dict.fromkeys(old, "cases/here.md#need")))
    body, _ = read("## The *need*[^a] { .x #need }\n\n### More { #more }", study=study)
    assert values(body, "div.h2 > h2.x") == ["The need1"]
    assert values(body, "div.h2 > h2.x span@id") == ["why", "because"]
    assert values(body, ".headerlink@aria-label") == ["Link to: The need", "Link to: More"]
    assert values(body, ".headerlink@href") == ["#need", "#more"]
