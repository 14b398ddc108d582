"""The shape that a page has by its kind: its length (M009), its sections (M010), the parts of an instrument (M011).

The table of CONTRIBUTING.md says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import Pair, Sheet
from checker.registry import page_rule, pair_rule
from content.findings import Hit
from content.known import Known


@page_rule("M009")
def wrong_length(sheet: Sheet) -> Iterator[Hit]:
    """A page has neither fewer nor more words than its kind may have (data/check.yml); the most, in English."""
    known, kind = sheet.project.known or Known(), sheet.page.kind
    words = sum(len(block.text.split()) for block in sheet.blocks)
    if words < int(known.shortest.get(kind, 0)):
        yield sheet.meta_hit("kind", f"the page has {words} words, a {kind} {known.shortest[kind]} at least: write it")
    elif sheet.page.locale == "en" and words > int(known.longest.get(kind, words)):
        yield sheet.meta_hit("kind", f"the page has {words} words, a {kind} {known.longest[kind]} at most: shorten it")


@pair_rule("M010")
def other_sections(pair: Pair) -> Iterator[Hit]:
    """A page has the sections of its kind, in their order (data/check.yml); it may have others between them.

    Told of the English page, once both languages have the same headings (H006).
    """
    sides = [[heading.id or "" for heading in sheet.headings] for sheet in (pair.en, pair.fr)]
    kind = str(pair.en.page.meta.get("framework", pair.en.page.kind))
    wanted = (pair.project.known or Known()).sections.get(kind, "").split()
    found = [id for id in sides[0] if id in wanted]
    if found != wanted and sides[0] == sides[1]:
        message = (
            f"its sections are {', '.join(found) or 'none'}: a page of its kind has {', '.join(wanted)}, in this order"
        )
        yield pair.en.meta_hit("kind", message)


@page_rule("M011")
def parts_out_of_order(sheet: Sheet) -> Iterator[Hit]:
    """The parts of an instrument stand once and in order: its steps, what it takes, an example, what to watch for."""
    known = sheet.project.known or Known()
    labels = [
        known.steps,
        *((label,) for label in (known.slots if sheet.page.locale == "en" else known.slots.values())),
    ]
    for section in sheet.doc.sections if sheet.page.kind == "lever" else ():
        texts = [block.text for block in section.blocks if block.kind == "paragraph"]
        found = [n for text in texts for n, label in enumerate(labels) if text.startswith(label)]
        if found != sorted(set(found)):
            order = ", ".join(label[0] for label in labels)
            yield sheet.hit(section, f"the parts of '{section.text}' are not in order: {order}")
