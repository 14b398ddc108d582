"""The text of a page, from its Markdown to what its template is given."""

from dataclasses import replace

import pytest
from conftest import ROOT, data
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode

from checker.project import load
from content.files import Mapped
from content.model import Page, Study
from web import tree
from web.templates import environment, names_for

STUDY = load(ROOT)
TEMPLATES, COPY = environment([str(ROOT / "overrides")]), "partials/text-to-copy.html"


def read(text: str, locale: str = "en", study: Study = STUDY) -> LexborNode:
    """The body of a text as HTML, on a page two folders deep."""
    html = Markdown(extensions=["admonition", "attr_list", "tables", "toc"]).convert(text)
    page = Page(locale, "cases/here.md", Mapped(), text, 1)
    names = names_for(study, locale, page)

    def render(*templates: str, **given: str) -> str:
        """What stands around a text to copy; what else a page has is not asked for here."""
        return TEMPLATES.get_template(COPY).render(names | given) if COPY in templates else ""

    body = LexborHTMLParser(tree.finished_text(html, study, page, render)[0]).body
    assert body is not None
    return body


def values(body: LexborNode, asked: str) -> list[str | None]:
    """What the elements of a selector say, or have as an attribute: `sup`, `sup@id`."""
    selector, _, name = asked.partition("@")
    return [node.attributes.get(name) if name else node.text().strip() for node in body.css(selector)]


@pytest.mark.parametrize(("told", "rows"), data("tree").items())
def test_what_a_text_becomes(told: str, rows: list[tuple[str, str, dict[str, list[str]]]]) -> None:
    """What a row is about is the key above it."""
    for locale, text, due in rows:
        body = read(text, locale)
        assert {asked: values(body, asked) for asked in due} == due, told


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    """Where a no-break space stands between them."""
    kept = ["66 million of", "5 000 euros", "on 1 April", "800 m²", "no. [24](a.md)", "No. 24", "**5** 10 kB", "30 ko"]
    other = ["1 Aprilia", "no. one", "5 people", "the euros"]
    assert [text for text in kept + other if "\u00a0" in read(text).text()] == kept


def test_a_heading_has_a_mark_that_says_where_it_leads_and_keeps_its_old_ids() -> None:
    """The mark is a link named by the heading's words; an address with an old id still leads there."""
    old = (f"cases/here.md#{id}" for id in ("why", "because"))
    study = replace(STUDY, redirects=Mapped(dict.fromkeys(old, "cases/here.md#need")))
    body = read("## The *need*[^a] { .x #need }\n\n### More { #more }", study=study)
    assert values(body, "div.h2 > h2.x") == ["The need1"]
    assert values(body, "div.h2 > h2.x span@id") == ["why", "because"]
    assert values(body, ".headerlink@aria-label") == ["Link to: The need", "Link to: More"]
    assert values(body, ".headerlink@href") == ["#need", "#more"]
