"""The text of a page, from its Markdown to what its template is given."""

import re
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


def html(node: LexborNode) -> str:
    return re.sub("</?body>", "", html_of(node))


def test_notes_are_numbered_as_they_are_read() -> None:
    """By first mention, in lists too; each mention has an id of its own, in the order of the text."""
    body, notes = read("One[^a][^b].\n\n- Two[^c]\n- Three[^a]\n\nFour[^a].")
    links = body.css("sup > a.footnote-ref")
    assert [(link.text(), link.attributes["aria-label"]) for link in links] == [(n, f"Note {n}") for n in "12311"]
    ids = ["ref1", "ref2", "ref3", "ref1-2", "ref1-3"]
    marks = [(sup.attributes["id"], sup.attributes.get("class")) for sup in body.css("sup")]
    assert marks == [(id, "next" if id == "ref2" else None) for id in ids]
    assert [*notes.items()] == [("a", ["ref1", "ref1-2", "ref1-3"]), ("b", ["ref2"]), ("c", ["ref3"])]


@pytest.mark.parametrize(
    ("locale", "text", "linked"),
    [
        ("en", "The SSE and social innovations. The SSE again.", ["SSE", "social innovations"]),
        ("en", "*SSE* and [SSE](a.md) in SSE-led", []),
        ("fr", "L’ESS, d’innovations sociales, qu’ESS.", ["ESS", "innovations sociales"]),
        ("fr", "Les acteurs de l’ESS ; la Ville a un plan pour l’ESS.", ["ESS"]),
        ("fr", "Selon le Labo de l’ESS et le Conseil supérieur de l’ESS, l’ESS croît.", ["ESS"]),
        ("fr", "*Le Labo de l’ESS*", []),
        ("fr", "Le Labo de l’ESS et le Conseil supérieur de l’ESS.", []),
    ],
)
def test_the_first_mention_of_a_term_leads_to_the_glossary(locale: str, text: str, linked: list[str]) -> None:
    """In French after an elision too; not where it is part of a name."""
    assert [link.text() for link in read(text, locale)[0].css("a.term")] == linked


def test_what_belongs_together_stays_on_one_line() -> None:
    """A number with hyphens, and a number and its unit; addresses and code stay as they are."""
    body, _ = read("L.\u00a02122-1-1, 2015-2020, [9-1](a/2015-2020/), COVID-19, 2024-12-3a and `2015-2020`")
    assert [node.text() for node in body.css(".whole")] == ["L.\u00a02122-1-1", "2015-2020", "9-1"]
    assert body.css("a")[0].attributes["href"] == "a/2015-2020/"
    kept = ["66 million of", "5 000 euros", "on 1 April", "800 m²", "no. [24](a.md)", "No. 24", "**5** 10 kB", "30 ko"]
    other = ["1 Aprilia", "no. one", "5 people", "the euros"]
    assert [text for text in kept + other if "\u00a0" in html(read(text)[0])] == kept


@pytest.mark.parametrize(
    ("locale", "text", "read_as"),
    [
        ("en", "Work,[^a] the rest.[^b]", "Work,1 the rest.2"),
        ("fr", "L’emploi,[^a] le reste.[^b][^c] Fin.", "L’emploi1, le reste2,\u00a03. Fin."),
        ("fr", "L’emploi\u202f;[^a] non\u00a0![^b]", "L’emploi1\u202f; non2\u00a0!"),
        ("fr", "« Fin. »[^a] (fin.)[^b] *fin*.[^c]", "« Fin. »1 (fin.)2 fin3."),
        ("fr", "- Un.[^a]\n- Deux[^b], trois", "Un1.\nDeux2, trois"),
    ],
)
def test_french_has_the_number_of_a_note_before_the_punctuation(locale: str, text: str, read_as: str) -> None:
    """« l’emploi³, » where English has `work,³`."""
    assert read(text, locale)[0].text().strip() == read_as


TABLE = "| a | b |\n| --- | ---: |\n| c | d |\n"


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "Table: What *it* costs"), ("fr", "Tableau\u00a0: What *it* costs")]
)
def test_a_table_is_named_by_the_paragraph_before_it(locale: str, text: str) -> None:
    """On a phone one of three columns names the column in each cell."""
    body, _ = read(f"Before.\n\n{text}\n\n{TABLE}\nAfter.", locale)
    assert [caption.inner_html for caption in body.css("table > caption")] == ["What <em>it</em> costs"]
    assert [p.text() for p in body.css("p")] == ["Before.", "After."]
    wide, _ = read("| a | b[^1] | *c* |\n| - | - | - |\n| 1 | 2 | 3 |\n\n" + TABLE)
    assert [cell.attributes.get("data-label") for cell in wide.css("table.cards > tbody td")] == ["b", "c"]
    assert len(wide.css("table")) == 2


def test_a_heading_has_a_mark_that_says_where_it_leads_and_keeps_its_old_ids() -> None:
    """The mark is a link named by the heading's words; an address with an old id still leads there."""
    old = (f"cases/here.md#{id}" for id in ("why", "because"))
    study = replace(STUDY, redirects=Mapped(dict.fromkeys(old, "cases/here.md#need")))
    body, _ = read("## The *need*[^a] { .x #need }\n\n### More { #more }", study=study)
    heading = body.css("div.h2 > h2.x")[0]
    assert heading.text() == "The need1"
    assert [span.attributes["id"] for span in heading.css("span")] == ["why", "because"]
    assert [link.attributes["aria-label"] for link in body.css(".headerlink")] == ["Link to: The need", "Link to: More"]
    assert [link.attributes["href"] for link in body.css(".headerlink")] == ["#need", "#more"]


def test_on_paper_a_link_has_its_whole_address() -> None:
    """With what it asks of a finder and the section that it leads to."""
    body, _ = read("[a](../../levers/) [b](../../levers/?travels=eu) [c](../other/?a=b#here) [d](../../data/a.csv)")
    asked = [link.attributes["data-address"] for link in body.css("a")]
    assert asked == ["levers/", "levers/?travels=eu", "cases/other/?a=b#here", "data/a.csv"]


def test_a_box_is_a_note_with_its_title_for_a_name() -> None:
    """A screen reader tells a box from the text, and by its title from another."""
    body, _ = read('!!! study "In the study"\n\n    Text.')
    box = body.css("section.admonition.study[role=note]")[0]
    assert box.attributes["aria-label"] == "In the study"
    assert [p.text().strip() for p in box.css("p")] == ["In the study", "Text."]
    assert box.css("p.admonition-title > svg.icon")


def test_a_text_to_copy_is_folded_below_its_title() -> None:
    """A box `!!! copy "…"` opens; its text links to no term of the glossary, and a button copies what is before it."""
    body, _ = read('!!! copy "The decision"\n\n    Whereas the SSE …')
    assert [child.tag for child in body.css("details.copy > *")] == ["summary", "blockquote", "button"]
    assert [summary.text().strip() for summary in body.css("summary")] == ["The decision"]
    assert not body.css("a.term")
    untitled, _ = read('!!! copy ""\n\n    Whereas …')
    assert [summary.text().strip() for summary in untitled.css("summary")] == ["Copy the text"]
