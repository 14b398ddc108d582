"""A lever on two pages: from its built page, its amounts and its two first cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborNode

from books.chapters import article_of
from content.model import Page, Study

SECTIONS = ("in-brief", "why-act", "first-steps")
MOST_AMOUNTS = 6


def parts_of(page: Page, study: Study, site: Path) -> dict[str, Any]:
    """What `overrides/brief.html` asks for. Raises OSError, ValueError where the page lacks a section."""
    article = article_of(site, page)
    for note in article.css("sup, .strip, figure"):
        note.decompose()
    for link in article.css("a"):
        link.unwrap()
    headings = {str(node.attributes["id"]): node for node in article.css("h2[id]")}
    missing = [name for name in (*SECTIONS, "choose") if name not in headings]
    table = article.css_first("table.choose")
    if missing or table is None:
        raise ValueError(f"{page.file}: no section {' and no '.join(missing or ['choose'])} for its brief")
    lever = [instrument.id for instrument in study.instruments.values() if instrument.lever == page.slug]
    amounts = [amount for amount in study.amounts.values() if amount.instrument in lever and amount.measure == "EUR"]
    amounts.sort(key=lambda amount: lever.index(amount.instrument or ""))
    return {
        "answer": "".join(html for html in _before_heading(article)),
        "headings": {name: node.text().strip() for name, node in headings.items()},
        "sections": {name: "".join(_below(headings[name])) for name in SECTIONS},
        "table": table.html,
        "amounts": list({amount.instrument: amount for amount in amounts}.values())[:MOST_AMOUNTS],
        "cases": study.cases(page.locale, levers=page.slug)[:2],
    }


def _before_heading(article: LexborNode) -> Iterator[str]:
    """The paragraphs between the title and the first heading."""
    for node in article.css(".text > *"):
        if node.tag == "h2":
            return
        if node.tag == "p":
            yield node.html or ""


def _below(heading: LexborNode) -> Iterator[str]:
    """The text between a heading and the next."""
    node = heading.next
    while node is not None and node.tag != "h2":
        yield node.html or ""
        node = node.next
