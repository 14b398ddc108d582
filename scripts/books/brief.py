"""A lever on two pages: from its built page, with the amounts and cases that data/briefs.yml names."""

import re
from pathlib import Path
from typing import Any

from books.chapters import article_of
from content.instruments import Brief
from content.model import Page, Study

SECTIONS = ("in-brief", "choose", "first-steps", "why-act", "legal-footing", "limits", "indicators", "not-known")


def names_for_brief(page: Page, study: Study, site: Path) -> dict[str, Any]:
    """What `overrides/brief.html` asks for. Raises OSError, ValueError where the page lacks a section."""
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
    table = article.css_first("table.choose")
    missing = [name for name in SECTIONS if name not in headings]
    if missing or table is None:
        raise ValueError(f"{page.file}: no section {' and no '.join(missing or ['choose'])} for its brief")
    chosen = study.briefs.get(page.slug) or Brief(page.slug, (), (), 0)
    return {
        "answer": sections[""],
        "headings": headings,
        "sections": sections,
        "table": table.html,
        "amounts": [study.amounts[id] for id in chosen.amounts],
        "cases": [study.pages[page.locale][f"cases/{slug}.md"] for slug in chosen.cases],
    }
