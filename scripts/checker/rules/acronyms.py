"""Acronyms: the same in both languages, or each its own where they are translated (N003)."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from checker.document import Block, Mark
from checker.pair import Pair, report_differences
from checker.project import Project
from checker.registry import pair_rule
from checker.rules.names import more_often
from checker.rules.words import ACRONYM
from content.findings import Finding

# Acronyms that stand in no name: not ESS 2024, Foncière ESS, OECD/LEGAL.
UNNAMED = re.compile(r"(?P<name>\b[A-ZÉ][\w-]*(?: de l’| ))?(?<![\w/-])(?P<acronym>[A-Z]{3,})(?![\w/-]| [A-Z\d«“‘])")


@lru_cache(maxsize=1)  # the same for all pages
def _translations(project: Project) -> dict[str, str]:
    """The acronyms that are translated, English by French."""
    abbreviations = [entry.abbr for entry in project.glossary if entry.abbr]
    return {**project.known.translated, **{abbr["fr"].upper(): abbr["en"].upper() for abbr in abbreviations}}


@lru_cache(maxsize=1)
def _in_both_languages(project: Project) -> set[str]:
    """The acronyms that stand in the pages of each language."""
    pages = [[block for parsed in of.values() for block in parsed.blocks] for of in project.parsed.values()]
    return set.intersection(*({name for block in of for name in ACRONYM.findall(block.text)} for of in pages))


@pair_rule("N003")
def different_acronyms(pair: Pair) -> Iterator[Finding]:
    """An acronym that both languages use is the same in each paragraph, item or cell (RTES, SPASER); one language may
    have an acronym alone. One that is translated (SSE, ESS) is not the same in both, but in a name.
    """
    english = _translations(pair.project)
    french = {en: fr for fr, en in english.items() if len(en) > 2 and en != fr}
    alone = pair.project.known.acronyms - english.keys() - set(english.values())  # CDI, which French has alone
    shared = _in_both_languages(pair.project).union(english.values())

    def acronyms(block: Block) -> list[Mark]:
        found = (block.mark(english.get(match[0], match[0]), match.start()) for match in ACRONYM.finditer(block.text))
        return [mark for mark in found if mark.text not in alone]

    for row in pair.block_pairs:
        sides = [acronyms(block) for block in row]
        more = more_often(*sides), more_often(*sides[::-1])
        replaced = [*zip(*more, strict=False)]
        is_shared = any(mark.text in shared for names in more for mark in names)
        if is_shared or any(get_close_matches(a.text, [b.text]) for a, b in replaced):
            yield from report_differences(pair, replaced, "the acronym ")
        for name in set.intersection(*map(_unnamed, row)).difference(alone):
            for parsed, block, written in ((pair.en, row[0], english), (pair.fr, row[1], french)):
                if written.get(name, name) != name and name not in written.values():
                    message = f"'{name}' is untranslated: write '{written[name]}'"
                    yield parsed.finding(block.place(block.text.index(name)), message)


def _unnamed(block: Block) -> set[str]:
    """The acronyms of a block that stand in no name."""
    return {match["acronym"] for match in UNNAMED.finditer(block.unmarked) if not match["name"]}
