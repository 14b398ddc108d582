"""The order of citations and links in a paragraph, item or cell, and the figures that stand before each citation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from checker import figures
from checker.differing import Mark, tell
from checker.document import Block
from checker.figures import Figure
from checker.model import Pair
from checker.registry import pair_rule
from content.findings import Hit


def _cited(block: Block) -> list[Mark]:
    """The citations of a block in their order; those that stand side by side, which have none, as one, sorted."""
    groups = [list(group) for _, group in groupby(block.citations, key=lambda citation: citation.offset)]
    return [Mark(", ".join(sorted(c.id for c in group)), group[0].line, group[0].column) for group in groups]


@pair_rule("P012")
def different_order(pair: Pair) -> Iterator[Hit]:
    """Citations stand in the same order in a paragraph, item or cell of both languages, and so do links."""
    for en, fr in pair.rows:
        links = ([Mark(link.target, link.line, link.column) for link in block.links] for block in (en, fr))
        for what, (here, there) in (("citations", (_cited(en), _cited(fr))), ("links", links)):
            moved = [marks for marks in zip(here, there, strict=False) if marks[0].text != marks[1].text]
            if moved and sorted(mark.text for mark in here) == sorted(mark.text for mark in there):
                yield from tell(
                    pair, moved[:1], what=f"{what} in another order (each stands for what is said before it): "
                )


def _before(block: Block, locale: str) -> list[tuple[str, list[Figure]]]:
    """The groups of citations of a block, each with the figures in digits that stand between the last one and it."""
    found = [figure for figure in figures.read(block.text, locale) if figure.kind == "number"]
    ends = list(dict.fromkeys(citation.offset for citation in block.citations))
    starts = [0, *ends]
    pieces = [[f for f in found if a <= f.start < b] for a, b in zip(starts, ends, strict=False)]
    return list(zip((mark.text for mark in _cited(block)), pieces, strict=True))


@pair_rule("N007")
def figures_of_other_sources(pair: Pair) -> Iterator[Hit]:
    """A figure stands before the same source in both languages."""
    for en, fr in pair.rows:
        here, there = _before(en, "en"), _before(fr, "fr")
        cited = [[group for group, _ in side] for side in (here, there)]
        if len(set(cited[0])) < 2 or cited[0] != cited[1]:
            continue
        if any(figures.differences(*([f for _, some in side for f in some] for side in (here, there)))):
            continue  # N001 says it
        for (ids, some), (_, others) in zip(here, there, strict=True):
            for figure in figures.differences(some, others)[0]:
                home = next((group for group, far in there if not figures.differences([figure], far)[0]), None)
                if home and home != ids:
                    place = en.place(figure.start)
                    message = f"'{figure.text}' stands before '{ids}' here, before '{home}' in French"
                    yield pair.en.hit(place, f"{message} (line {fr.line}): make them the same")
