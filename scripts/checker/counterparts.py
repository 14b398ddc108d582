"""What each section or paragraph has besides its words, held beside that of the other language: images, links,
citations, generated parts (P)."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from checker.document import SENTENCE_END, Block, Mark
from checker.pair import Pair, report_differences, unmatched
from checker.registry import pair_rule
from content.findings import Finding

# `map-fr.svg` beside `map-en.svg`, `/fr/` beside `/en/`, `#:~:text=ville` beside `#:~:text=city`: the same, translated.
LOCALE_IN_NAME = re.compile(r"(?<=[-._/])(en|fr)(?=[-._/]|$)|:~:.*", re.IGNORECASE)


def _shared(
    pair: Pair, what: str, marks: Callable[[Block], Iterable[Mark]], known: Callable[[str], bool] = bool
) -> Iterator[Finding]:
    """A finding for each mark that a section has more often in one language; not for one that is unknown."""
    for en, fr in pair.same_skeleton:
        blocks = [*zip(en.all_blocks, fr.all_blocks, strict=True)]
        # The marks of each language, with the line at which the other one would have them.
        english = {mark: block_fr.line for block, block_fr in blocks for mark in marks(block)}
        french = {mark: block.line for block, block_fr in blocks for mark in marks(block_fr)}
        for a, b in unmatched([*english], [*french], partial(LOCALE_IN_NAME.sub, "*")):
            if all(known(mark.text) for mark in (a, b) if mark):
                lines = french[b] if b else 1, english[a] if a else 1
                yield from report_differences(pair, [(a, b)], f"{what} ", lines)


@pair_rule("P007")
def different_targets(pair: Pair) -> Iterator[Finding]:
    """A section has the same links and images in both languages (an address may carry the language)."""
    yield from _shared(pair, "link", lambda block: block.links)
    yield from _shared(pair, "image", lambda block: block.images)


@pair_rule("P009")
def different_citations(pair: Pair) -> Iterator[Finding]:
    """A section has the same citations in both languages, each in as many paragraphs, items and cells."""

    def cited(block: Block) -> Iterable[Mark]:
        return {cited.text: cited for cited in reversed(block.citations)}.values()

    sources = pair.project.sources
    yield from _shared(pair, "citation", cited, known=lambda id: not sources or id in sources)  # S001 says it


@pair_rule("P011")
def different_parts(pair: Pair) -> Iterator[Finding]:
    """A page has the same generated parts (`<!-- generated: levers -->`), in the same order, in both languages."""
    alone = list(unmatched(pair.en.parts, pair.fr.parts))
    moved = [(a, b) for a, b in zip(pair.en.parts, pair.fr.parts, strict=False) if a.text != b.text]
    yield from report_differences(pair, alone or moved[:1], "generated part ")


def cited_groups(block: Block) -> list[Mark]:
    """The citations of a block in their order; those that stand side by side, which have none, as one, sorted."""
    groups = [list(group) for _, group in groupby(block.citations, key=lambda citation: citation.offset)]
    return [replace(group[0], text=", ".join(sorted(cited.text for cited in group))) for group in groups]


@pair_rule("P012")
def different_order(pair: Pair) -> Iterator[Finding]:
    """Citations stand in the same order in a paragraph, item or cell of both languages, side by side as in the other
    one, and in the same sentence where it has as many; and so do links."""
    for en, fr in pair.block_pairs:
        ends, ends_fr = ([match.end() for match in SENTENCE_END.finditer(block.text)] for block in (en, fr))
        for what, english, french in (("citations", cited_groups(en), cited_groups(fr)), ("links", en.links, fr.links)):
            both = [*zip(english, french, strict=False)]
            moved = [(a, b) for a, b in both if a.text != b.text]
            elsewhere = [(a, b) for a, b in both if bisect(ends, a.offset) != bisect(ends_fr, b.offset)]
            # A group of citations stands as "a, b": the same ones may be grouped otherwise.
            each, each_fr = (sorted(", ".join(mark.text for mark in side).split(", ")) for side in (english, french))
            if moved and each == each_fr:
                message = f"{what} in another order (each stands for what is said before it): "
                yield from report_differences(pair, moved[:1], message)
            elif elsewhere and not moved and len(ends) == len(ends_fr):
                yield from report_differences(pair, elsewhere[:1], f"{what} in another sentence: ")
