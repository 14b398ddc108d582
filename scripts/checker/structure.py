"""The structure of pages: both languages have the same pages, skeletons, links, images, citations, generated parts (P)
and headings (H); allowances (A)."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from itertools import groupby

from checker.document import SENTENCE_END, Block, Mark
from checker.pair import Pair, report_differences, unmatched
from checker.project import ParsedPage, Project
from checker.registry import findings_rule, page_rule, pair_rule, project_rule
from content.anchors import RESERVED
from content.findings import Finding
from content.locales import LANGUAGE, OTHER
from content.marks import KEBAB_CASE


@project_rule("P001")
def untranslated_pages(project: Project) -> Iterator[Finding]:
    """Every page exists in both languages, under the same name."""
    pages = project.pages
    alone = {locale: sorted(pages[locale].keys() - pages[other].keys()) for locale, other in OTHER.items()}
    for locale, other in OTHER.items():
        for path in list(alone[locale]):
            mend = f"write docs/{other}/{path}, or remove this one"
            renamed = next(iter(get_close_matches(path, alone[other], n=1, cutoff=0.5)), None)
            if renamed:
                alone[other].remove(renamed)  # it is told with this one
                mend = f"give docs/{other}/{renamed} the same name"
            yield Finding(f"docs/{locale}/{path}", 1, 1, f"has no {LANGUAGE[other]} page: {mend}")


@pair_rule("P002")
def different_skeletons(pair: Pair) -> Iterator[Finding]:
    """A section has the same boxes, tables, lists and paragraphs in both languages, by type, size and order.

    What differs first is told. The section above a heading that stands in one language alone is left to H006.
    """
    for _, _, difference in pair.section_differences:
        if difference:
            yield from report_differences(pair, [difference])


@page_rule("H001")
def incomplete_headings(parsed: ParsedPage) -> Iterator[Finding]:
    """A heading has a text without marks, for lists and search show it as it is written, and an explicit id."""
    for h in parsed.headed:
        if not h.id:
            form = f"{'#' * h.level} {h.text} {{ #some-id }}"
            yield parsed.finding(h, f"a heading without id: write '{form}', the same id in both languages")
        if not h.text.strip():
            yield parsed.finding(h, "a heading without text: write it or remove it")
        if not parsed.body.split("\n")[h.line - parsed.body_line].lstrip("# ").startswith(h.text):
            yield parsed.finding(h, f"a heading with marks: write '{h.text}'")


@page_rule("H002")
def wrong_ids(parsed: ParsedPage) -> Iterator[Finding]:
    """An id is in English kebab-case, stands once in a page, and is not one that the templates make."""
    seen: dict[str, int] = {}
    for mark in parsed.doc.ids:
        if mark.text in seen:
            yield parsed.finding(mark, f"the id '{mark.text}' stands at line {seen[mark.text]} already: give another")
        elif not KEBAB_CASE.fullmatch(mark.text):
            yield parsed.finding(mark, f"the id '{mark.text}' is not kebab-case: use a-z, 0-9 and single hyphens")
        elif mark.text in RESERVED:
            yield parsed.finding(mark, f"the id '{mark.text}' is made by the templates: give another")
        seen.setdefault(mark.text, mark.line)


@page_rule("H003", after=["T003"])
def level_jumps(parsed: ParsedPage) -> Iterator[Finding]:
    """Headings start at level 2 (the title is level 1) and go down one level at a time."""
    above = 1
    for h in parsed.headed:
        if h.level == 1:
            yield parsed.finding(h, "a heading of level 1: the title is made from front matter, start at '##'")
        elif h.level > above + 1:
            mend = f"write it with {'#' * (above + 1)}"
            yield parsed.finding(h, f"a heading of level {h.level} below level {above}: {mend}")
        above = h.level


@pair_rule("H006", after=["H001"])
def different_headings(pair: Pair) -> Iterator[Finding]:
    """Both languages have the same headings: number, order, level and id."""
    en, fr = ([Mark(f"{'#' * h.level} {{ #{h.id} }}", h.line) for h in side.headed] for side in (pair.en, pair.fr))
    alone = [*unmatched(en, fr)]
    moved = [(a, b) for a, b in zip(en, fr, strict=False) if a.text != b.text]
    yield from report_differences(pair, alone, "the heading ")
    if not alone:
        yield from report_differences(pair, moved[:1], "headings in another order: ")


# ---------------------------------------------------------------- what each block has besides its words


# `map-fr.svg` beside `map-en.svg`, `/fr/` beside `/en/`, `#:~:text=ville` beside `#:~:text=city`: the same, translated.
LOCALE_IN_NAME = re.compile(r"(?<=[-._/])(en|fr)(?=[-._/]|$)|:~:.*", re.IGNORECASE)
neutral = partial(LOCALE_IN_NAME.sub, "*")


@pair_rule("P007")
def different_targets(pair: Pair) -> Iterator[Finding]:
    """A paragraph, item or cell has the same links and images in both languages (an address may carry the language), a
    page the same generated parts (`<!-- generated: levers -->`)."""
    yield from report_differences(pair, unmatched(pair.en.parts, pair.fr.parts), "generated part ")
    for en, fr in pair.block_pairs:
        yield from report_differences(
            pair, unmatched(en.links, fr.links, neutral), "link or image ", (en.line, fr.line)
        )


@pair_rule("P009", after=["S001"])
def different_citations(pair: Pair) -> Iterator[Finding]:
    """A paragraph, item or cell cites the same sources in both languages, each once or several times."""
    for en, fr in pair.block_pairs:
        cited, cited_fr = ([*{mark.text: mark for mark in block.citations}.values()] for block in (en, fr))
        yield from report_differences(pair, unmatched(cited, cited_fr), "citation ", (en.line, fr.line))


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


# ---------------------------------------------------------------- allowances


@findings_rule("A001")
def wrong_allowances(project: Project, found: Sequence[Finding]) -> Iterator[Finding]:
    """An allowance names its rule, the words that it allows, and its reason, `<!-- allow N001 12.5%: reason -->`; it
    stands before a paragraph, or in an item or row, where its rule finds these words."""
    every = [(parsed, allowance) for parsed in project.all_parsed for allowance in parsed.allowances]
    for parsed, allowance in every:
        if not allowance.code or not allowance.words or len(allowance.reason.split()) < 2:
            message = "an allowance without rule, words or reason: write <!-- allow N001 12.5%: why this is meant -->"
            yield parsed.finding(allowance.mark, message)
        elif not any(finding.path == parsed.file and allowance.covers(finding) for finding in found):
            unfound = f"{allowance.code} finds no '{allowance.words}' here"
            yield parsed.finding(allowance.mark, f"{unfound}: name what it quotes, or remove the allowance")
