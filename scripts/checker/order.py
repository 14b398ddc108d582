"""The order of citations and links in a paragraph, item or cell, and the figures that stand before each citation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby, pairwise

from checker import figures
from checker.differing import tell
from checker.document import Block, Note
from checker.figures import REQUIRED, Figure
from checker.model import Pair
from checker.registry import pair_rule
from content.findings import Hit
from content.model import LOCALES

NAME = re.compile(r"[A-ZÀÂÉÈÎÔ][\w-]{3,}")


def _cited(block: Block) -> list[Note]:
    """The citations of a block in their order; those that stand side by side, which have none, as one, sorted."""
    groups = [list(group) for _, group in groupby(block.citations, key=lambda citation: citation.offset)]
    return [Note(", ".join(sorted(cited.text for cited in group)), group[0].line, group[0].column) for group in groups]


def _before(block: Block, locale: str, kinds: Collection[str] = ("number",)) -> list[tuple[str, list[Figure], str]]:
    """The groups of citations of a block, each with what stands between the last one and it: figures, and the text."""
    found = [figure for figure in figures.read(block.text, locale) if figure.kind in kinds]
    ends = list(dict.fromkeys(citation.offset for citation in block.citations))
    pieces = [([f for f in found if a <= f.start < b], block.text[a:b]) for a, b in pairwise([0, *ends])]
    return [(mark.text, *piece) for mark, piece in zip(_cited(block), pieces, strict=True)]


def _alike(here: tuple[str, list[Figure], str], there: tuple[str, list[Figure], str]) -> int:
    """How many figures and names stand before two citations both."""
    names = (set(NAME.findall(text)) for text in (here[2], there[2]))
    return sum(any(figures.agree(a, b) for b in there[1]) for a in here[1]) + len(set.intersection(*names))


def _turned(en: Block, fr: Block, moved: Collection[str]) -> bool:
    """Whether the clauses have changed places with their citations: more is alike before the same source."""
    here, there = (
        [group for group in _before(b, lang, REQUIRED) if group[0] in moved]
        for b, lang in zip((en, fr), LOCALES, strict=True)
    )
    at = {group[0]: group for group in there}
    own = sum(_alike(group, at[group[0]]) for group in here if group[0] in at)
    return own > sum(_alike(*groups) for groups in zip(here, there, strict=False))


@pair_rule("P012")
def different_order(pair: Pair) -> Iterator[Hit]:
    """Citations stand in the same order in a paragraph, item or cell of both languages, and so do links.

    Clauses that have changed places, each with its figures, its names and its citation, say the same.
    """
    for en, fr in pair.rows:
        for what, here, there in (("citations", _cited(en), _cited(fr)), ("links", en.links, fr.links)):
            moved = [marks for marks in zip(here, there, strict=False) if marks[0].text != marks[1].text]
            if not moved or sorted(mark.text for mark in here) != sorted(mark.text for mark in there):
                continue
            if what == "links" or not _turned(en, fr, {mark.text for marks in moved for mark in marks}):
                what = f"{what} in another order (each stands for what is said before it): "
                yield from tell(pair, moved[:1], what=what)


@pair_rule("N007")
def figures_of_other_sources(pair: Pair) -> Iterator[Hit]:
    """A figure stands before the same source in both languages."""
    for en, fr in pair.rows:
        here, there = _before(en, "en"), _before(fr, "fr")
        cited = [[group for group, *_ in side] for side in (here, there)]
        if len(set(cited[0])) < 2 or cited[0] != cited[1]:
            continue
        if any(figures.differences(*([f for _, some, _ in side for f in some] for side in (here, there)))):
            continue  # N001 says it
        for (ids, some, _), (_, others, _) in zip(here, there, strict=True):
            for figure in figures.differences(some, others)[0]:
                home = next((group for group, far, _ in there if not figures.differences([figure], far)[0]), None)
                if home and home != ids:
                    place = en.place(figure.start)
                    message = f"'{figure.text}' stands before '{ids}' here, before '{home}' in French"
                    yield pair.en.hit(place, f"{message} (line {fr.line}): make them the same")
