"""The order of citations and links in a paragraph, item or cell, and the figures that stand before each citation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker import figures
from checker.document import Block
from checker.figures import Figure
from checker.model import Pair
from checker.registry import pair_rule
from content.findings import Hit


def _cited(block: Block) -> list[tuple[str, ...]]:
    """The citations of a block in their order; those that stand side by side, which have none, sorted."""
    groups: list[list[str]] = []
    end = -1
    for citation in block.citations:
        if citation.offset == end:
            groups[-1].append(citation.id)
        else:
            groups.append([citation.id])
        end = citation.offset
    return [tuple(sorted(group)) for group in groups]


@pair_rule("P012")
def different_order(pair: Pair) -> Iterator[Hit]:
    """Citations stand in the same order in a paragraph, item or cell of both languages, and so do links."""
    for en, fr in pair.rows:
        links = ([link.target for link in block.links] for block in (en, fr))
        for what, (here, there) in (("citations", (_cited(en), _cited(fr))), ("links", links)):
            if here != there and Counter(here) == Counter(there):
                first = next(number for number, (a, b) in enumerate(zip(here, there, strict=True)) if a != b)
                names = ["".join(side[first]) if what == "links" else ", ".join(side[first]) for side in (here, there)]
                message = (
                    f"{what} in another order than in French (line {fr.line}): '{names[0]}' here, '{names[1]}' there"
                )
                yield pair.en.hit(en, f"{message}, where each stands for what is said before it: make them the same")


def _before(block: Block, locale: str) -> list[tuple[tuple[str, ...], list[Figure]]]:
    """The groups of citations of a block, each with the figures in digits that stand between the last one and it."""
    found = [figure for figure in figures.read(block.text, locale) if figure.kind == "number"]
    ends = list(dict.fromkeys(citation.offset for citation in block.citations))
    starts = [0, *ends]
    pieces = [[f for f in found if a <= f.start < b] for a, b in zip(starts, ends, strict=False)]
    return list(zip(_cited(block), pieces, strict=True))


@pair_rule("N007")
def figures_of_other_sources(pair: Pair) -> Iterator[Hit]:
    """A figure stands before the same source in both languages."""
    for en, fr in pair.rows:
        cited = _cited(en)
        if len(set(cited)) < 2 or cited != _cited(fr):
            continue
        here, there = _before(en, "en"), _before(fr, "fr")
        if any(figures.differences(*([f for _, some in side for f in some] for side in (here, there)))):
            continue  # N001 says it
        for (ids, some), (_, others) in zip(here, there, strict=True):
            for figure in figures.differences(some, others)[0]:
                home = next((group for group, far in there if not figures.differences([figure], far)[0]), None)
                if home and home != ids:
                    place = en.place(figure.start)
                    message = f"'{figure.text}' stands before '{ids[0]}' here, before '{home[0]}' in French"
                    yield pair.en.hit(place, f"{message} (line {fr.line}): make them the same")
