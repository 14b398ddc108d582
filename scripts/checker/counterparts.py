"""What each section or paragraph has besides its words, held beside that of the other language: images, links,
citations, generated parts (P); the numbers that stand before each citation (N007)."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby, pairwise

from checker import figures
from checker.document import Block, Note
from checker.figures import Figure
from checker.pair import Pair, lone, tell
from checker.registry import pair_rule
from content.findings import Hit

# `map-fr.svg` beside `map-en.svg`, `/fr/` beside `/en/`, `#:~:text=ville` beside `#:~:text=city`: the same, translated.
LOCALE_IN_NAME = re.compile(r"(?<=[-._/])(en|fr)(?=[-._/]|$)|:~:.*", re.IGNORECASE)


def _shared(
    pair: Pair, what: str, marks: Callable[[Block], Iterable[Note]], known: Callable[[str], bool] = bool
) -> Iterator[Hit]:
    """A hit for each mark that a section has more often in one language; not for one that is unknown."""
    for en, fr in pair.alike:
        rows = [*zip(en.all_blocks, fr.all_blocks, strict=True)]
        here, there = ({mark: row[1 - n].line for row in rows for mark in marks(row[n])} for n in (0, 1))
        for row in lone([*here], [*there], partial(LOCALE_IN_NAME.sub, "*")):
            a, b = row
            if all(known(mark.text) for mark in row if mark):
                yield from tell(pair, [row], f"{what} ", (there[b] if b else 1, here[a] if a else 1))


@pair_rule("P007")
def link_sets(pair: Pair) -> Iterator[Hit]:
    """A section has the same links and images in both languages (an address may carry the language)."""
    yield from _shared(pair, "link", lambda block: block.links)
    yield from _shared(pair, "image", lambda block: block.images)


@pair_rule("P009")
def citation_sets(pair: Pair) -> Iterator[Hit]:
    """A section has the same citations in both languages, each in as many paragraphs, items and cells."""

    def cited(block: Block) -> Iterable[Note]:
        return {cited.text: cited for cited in reversed(block.citations)}.values()

    sources = pair.project.sources
    yield from _shared(pair, "citation", cited, known=lambda id: not sources or id in sources)  # S001 says it


@pair_rule("P011")
def generated_parts(pair: Pair) -> Iterator[Hit]:
    """A page has the same generated parts (`<!-- generated: levers -->`), in the same order, in both languages."""
    here, there = pair.en.parts, pair.fr.parts
    alone = list(lone(here, there))
    moved = [(a, b) for a, b in zip(here, there, strict=False) if a.text != b.text]
    yield from tell(pair, alone or moved[:1], "generated part ")


# ---------------------------------------------------------------- their order


def _cited(block: Block) -> list[Note]:
    """The citations of a block in their order; those that stand side by side, which have none, as one, sorted."""
    groups = [list(group) for _, group in groupby(block.citations, key=lambda citation: citation.offset)]
    return [Note(", ".join(sorted(cited.text for cited in group)), group[0].line, group[0].column) for group in groups]


def _before(block: Block, locale: str) -> list[tuple[str, list[Figure]]]:
    """The groups of citations of a block, each with the numbers that stand between the last one and it."""
    found = [figure for figure in figures.read(block.text, locale) if figure.kind == "number"]
    ends = dict.fromkeys(citation.offset for citation in block.citations)
    pieces = [[figure for figure in found if a <= figure.start < b] for a, b in pairwise([0, *ends])]
    return [(mark.text, piece) for mark, piece in zip(_cited(block), pieces, strict=True)]


@pair_rule("P012")
def different_order(pair: Pair) -> Iterator[Hit]:
    """Citations stand in the same order in a paragraph, item or cell of both languages, side by side as in the other
    one; and so do links."""
    for en, fr in pair.rows:
        for what, here, there in (("citations", _cited(en), _cited(fr)), ("links", en.links, fr.links)):
            moved = [marks for marks in zip(here, there, strict=False) if marks[0].text != marks[1].text]
            each, other = (sorted(", ".join(mark.text for mark in side).split(", ")) for side in (here, there))
            if moved and each == other:
                what = f"{what} in another order (each stands for what is said before it): "
                yield from tell(pair, moved[:1], what)


@pair_rule("N007")
def figures_of_other_sources(pair: Pair) -> Iterator[Hit]:
    """A number stands before the same source in both languages."""
    for en, fr in pair.rows:
        cited = [[mark.text for mark in _cited(block)] for block in (en, fr)]
        if len(set(cited[0])) < 2 or cited[0] != cited[1]:
            continue
        here, there = _before(en, "en"), _before(fr, "fr")
        if any(figures.differences(*([figure for _, some in side for figure in some] for side in (here, there)))):
            continue  # N001 says it
        for (ids, some), (_, others) in zip(here, there, strict=True):
            for figure in figures.differences(some, others)[0]:
                home = next((group for group, far in there if not figures.differences([figure], far)[0]), None)
                if home and home != ids:
                    place = en.place(figure.start)
                    message = f"'{figure.text}' stands before '{ids}' here, before '{home}' in French"
                    yield pair.en.hit(place, f"{message} (line {fr.line}): make them the same")
