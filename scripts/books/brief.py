"""A lever on two pages: from its built page, with the amounts and cases that data/briefs.yml names."""

import re
from pathlib import Path
from typing import Any

from books.chapters import article_of
from content.model import Page, Study


def names_for_brief(page: Page, study: Study, site: Path) -> dict[str, Any]:
    """What `overrides/brief.html` asks for: the sections of the page with their headings, by id, and its table."""
    article = article_of(site, page)
    for note in article.css("sup, .strip, figure, p:has(> .by-link)"):
        note.decompose()
    article.merge_text_nodes()
    for link in article.css(".by-link"):
        if link.prev is not None and link.prev.is_text_node:
            link.prev.replace_with(re.sub(r"[\s:]+$", "", link.prev.text()))  # the colon that led to it
        link.decompose()
    for link in article.css("a"):
        link.unwrap()
    headings: dict[str, str] = {}
    sections, id = {"": ""}, ""  # by the id of their heading; what stands before the first has none
    for node in article.css(".text > *"):
        if node.tag == "h2":
            id = str(node.attributes["id"])
            headings[id], sections[id] = node.text().strip(), ""
        else:
            sections[id] += f"{node.html}\n"
    chosen = study.briefs[page.slug]
    return {
        "answer": sections[""],
        "headings": headings,
        "sections": sections,
        "table": article.css("table.choose")[0].html,
        "amounts": [study.amounts[id] for id in chosen.amounts],
        "cases": [study.pages[page.locale][f"cases/{slug}.md"] for slug in chosen.cases],
    }
