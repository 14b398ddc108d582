"""Names that both languages share: territories (N002), names marked with their language (N004), acronyms (N003), which
may be translated."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import zip_longest

from checker.document import Block, Mark
from checker.pair import Pair, extra, report_differences
from checker.project import ParsedPage, Project
from checker.registry import pair_rule
from checker.rules.words import ACRONYM, folded
from content.findings import Finding
from content.locales import LANGUAGE
from content.places import Places


def more_often(own: Iterable[Mark], other: Iterable[Mark]) -> list[Mark]:
    """The names that stand more often on the own side than on the other, each once."""
    return [*{mark.text: mark for mark in reversed(extra(own, other))}.values()][::-1]


# ---------------------------------------------------------------- territories


@lru_cache(maxsize=1)  # the same for all pages
def _places(project: Project) -> Places:
    return Places(project)


@pair_rule("N002")
def different_territories(pair: Pair) -> Iterator[Finding]:
    """Both languages name the same territories (data/territories.yml) in each paragraph, item or cell.

    One language may say "the city" for the territory of the page; Paris may be named in one language alone where the
    other page names it too (near Paris), Greater Paris anywhere.
    """
    places = _places(pair.project)
    own = places.towns.get(str(pair.en.page.meta.get("territory")))

    def named(block: Block) -> list[Mark]:
        return [block.mark(one.town, one.start) for one in places.in_text(block.text)]

    rows = [(named(en), named(fr)) for en, fr in pair.block_pairs]
    of_page, of_page_fr = ({mark.text for row in rows for mark in row[side]} for side in (0, 1))
    for (en, fr), (english, french) in zip(pair.block_pairs, rows, strict=True):
        alone, alone_fr = more_often(english, french), more_often(french, english)
        # As many names as both sides have alone stand for each other: they are shown whatever they are. The rest is
        # shown only where the other language may not leave it out.
        replaced = min(len(alone), len(alone_fr))
        shown: list[list[Mark]] = []
        for names, other, of_other_page in ((alone, french, of_page_fr), (alone_fr, english, of_page)):
            may_be_left_out = {"Grand Paris", own, *(mark.text for mark in other)} | ({"Paris"} & of_other_page)
            shown.append(names[:replaced] + [mark for mark in names[replaced:] if mark.text not in may_be_left_out])
        yield from report_differences(pair, zip_longest(shown[0], shown[1]), "the territory ", (en.line, fr.line))


# ---------------------------------------------------------------- other names


@pair_rule("N004")
def different_marked_names(pair: Pair) -> Iterator[Finding]:
    """A name marked with the other language (`*Entreprendre autrement*{ lang=fr }`) is so called there."""
    for en, fr in pair.block_pairs:
        for parsed, block, other, twin in ((pair.en, en, pair.fr, fr), (pair.fr, fr, pair.en, en)):
            for span in (span for span in block.spans if span.lang == other.page.locale):
                name = block.text[span.start : span.end]
                if name[:1].isupper() and f" {' '.join(folded(name))} " not in _folded_page(other):
                    where = f"{LANGUAGE[other.page.locale]} (line {twin.line})"
                    message = f"'{name}' is not in {where}: give both one name"
                    yield parsed.finding(block.place(span.start), message)


@lru_cache(maxsize=2)  # asked for each name of a page that is not in its block
def _folded_page(parsed: ParsedPage) -> str:
    return f" {' '.join(folded(' '.join(block.text for block in parsed.blocks)))} "


# ---------------------------------------------------------------- acronyms

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
    in_english = _translations(pair.project)
    in_french = {en: fr for fr, en in in_english.items() if len(en) > 2 and en != fr}
    of_french_alone = pair.project.known.acronyms - in_english.keys() - set(in_english.values())  # CDI
    shared = _in_both_languages(pair.project).union(in_english.values())

    def acronyms(block: Block) -> list[Mark]:
        """The acronyms of a block, as English has them."""
        matches = ACRONYM.finditer(block.text)
        found = (block.mark(in_english.get(match[0], match[0]), match.start()) for match in matches)
        return [mark for mark in found if mark.text not in of_french_alone]

    for row in pair.block_pairs:
        sides = [acronyms(block) for block in row]
        more = more_often(*sides), more_often(*sides[::-1])
        replaced = [*zip(*more, strict=False)]
        is_shared = any(mark.text in shared for names in more for mark in names)
        if is_shared or any(get_close_matches(a.text, [b.text]) for a, b in replaced):
            yield from report_differences(pair, replaced, "the acronym ")
        for name in set.intersection(*map(_unnamed, row)).difference(of_french_alone):
            for parsed, block, translated in ((pair.en, row[0], in_english), (pair.fr, row[1], in_french)):
                if translated.get(name, name) != name and name not in translated.values():
                    message = f"'{name}' is untranslated: write '{translated[name]}'"
                    yield parsed.finding(block.place(block.text.index(name)), message)


def _unnamed(block: Block) -> set[str]:
    """The acronyms of a block that stand in no name."""
    return {match["acronym"] for match in UNNAMED.finditer(block.unmarked) if not match["name"]}
