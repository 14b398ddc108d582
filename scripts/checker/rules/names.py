"""Names that both languages share: territories (N002), names marked with their language (N004), others and acronyms,
which may be translated (N003)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from checker.document import Block, Mark
from checker.pair import Pair, Rows, extra, report_differences
from checker.project import ParsedPage, Project
from checker.registry import pair_rule
from checker.rules.language import ACRONYM, EVERY_SMALL, folded
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

    rows = [
        [[block.mark(one.town, one.start) for one in places.in_text(block.text)] for block in row]
        for row in pair.block_pairs
    ]
    of_page, of_page_fr = ({mark.text for row in rows for mark in row[side]} for side in (0, 1))
    for (en, fr), (english, french) in zip(pair.block_pairs, rows, strict=True):
        alone, shown = (more_often(english, french), more_often(french, english)), list[list[Mark]]()
        # As many names as both sides have alone stand for each other; of the rest some may be left out.
        replaced = min(map(len, alone))
        for names, other, of_other in zip(alone, (french, english), (of_page_fr, of_page), strict=True):
            may_be_left_out = {"Grand Paris", own, *(mark.text for mark in other)} | ({"Paris"} & of_other)
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
                    message = f"'{name}' is not in {LANGUAGE[other.page.locale]} (line {twin.line}): give both one name"
                    yield parsed.finding(block.place(span.start), message)


@lru_cache(maxsize=2)  # asked for each name of a page that is not in its block
def _folded_page(parsed: ParsedPage) -> str:
    return f" {' '.join(folded(' '.join(block.text for block in parsed.blocks)))} "


# ---------------------------------------------------------------- names and acronyms that stand for each other

NAME = re.compile(rf"(?<![\w-])(?:{ACRONYM.pattern}|[A-ZÀ-Þ][\w-]*\w)")  # Lons-le-Saunier is one word
BEGINNING = re.compile(r"(?:^|[.!?…:«“‘])[\s(]*\Z")  # after it a word has a capital whatever it is
# Acronyms that stand in no name: not ESS 2024, Foncière ESS, OECD/LEGAL.
UNNAMED = re.compile(r"(?P<name>\b[A-ZÉ][\w-]*(?: de l’| ))?(?<![\w/-])(?P<acronym>[A-Z]{3,})(?![\w/-]| [A-Z\d«“‘])")


class Written(NamedTuple):
    """What the pages of a project write with capitals."""

    shared: set[str]  # names and acronyms that both languages use
    sure: set[str]  # of these, those that stand in no small letters: they are names where they begin a sentence too
    common: set[str]  # other words that are translated, or stand in small letters too
    english: dict[str, str]  # acronyms that are translated, English by French


def _names(block: Block, english: Mapping[str, str]) -> dict[Mark, bool]:
    """The acronyms of a block, as English has them, and its words with a capital; which of these begin a sentence."""
    found = {}
    for match in NAME.finditer(block.text):
        before = BEGINNING.search(block.text, max(0, match.start() - 5), match.start())
        found[block.mark(english.get(match[0], match[0]), match.start())] = bool(before) and not ACRONYM.match(match[0])
    return found


@lru_cache(maxsize=1)  # the same for all pages
def _written(project: Project) -> Written:
    abbreviations = [entry.abbr for entry in project.glossary if entry.abbr]
    english = {**project.known.translated, **{abbr["fr"].upper(): abbr["en"].upper() for abbr in abbreviations}}
    # Words in small letters; on how many pages a word with a capital stands in both languages, or in one alone.
    small, alike, alone = set[str](), Counter[str](), Counter[str]()
    for path in set.intersection(*map(set, project.parsed.values())):
        pages = [of[path].blocks for of in project.parsed.values()]
        names = [[name for block in blocks for name in _names(block, english).items()] for blocks in pages]
        both = set.intersection(*({mark.text for mark, _ in side} for side in names))
        inside = {mark.text for side in names for mark, is_first in side if not is_first}
        alike.update(inside & both)
        alone.update(inside - both)
        words = (word for blocks in pages for block in blocks for word in re.findall(r"[\w-]+", block.text))
        small.update(filter(str.islower, words))
    towns = {name for name in (*alike, *alone) if _places(project).pattern.fullmatch(name)}  # N002 tells them
    common = {n for n in alone if not ACRONYM.match(n) and (alone[n] > 1 or alike[n] or n.lower() in small)}
    no_names, left_out = EVERY_SMALL | project.known.generic, towns | project.known.acronyms
    shared = {name for name in alike if alone[name] * 4 <= alike[name] and name.lower() not in no_names}
    shared = shared.union(english.values()) - left_out
    return Written(shared, {name for name in shared if name.lower() not in small}, common | left_out, english)


def _exchanged(pair: Pair, row: tuple[Block, Block]) -> Rows:
    """The names that each block has alone, side by side, if both languages use one of them elsewhere.

    The others count where they are acronyms, or where one side alone has some, else they are translations (Dunkirk,
    Dunkerque).
    """
    written = _written(pair.project)
    every = [_names(block, written.english) for block in row]
    own = [[m for m, is_first in side.items() if not is_first or m.text in written.sure] for side in every]
    alone = more_often(own[0], every[1]), more_often(own[1], every[0])
    known, new = ([[m for m in side if (m.text in written.shared) is yes] for side in alone] for yes in (True, False))
    if not any(known):
        return ()
    for marks, others in zip(known, new, strict=True):
        counted = [m for m in others if ACRONYM.match(m.text) or not all(new)]
        marks += [m for m in counted if m.text not in written.common]
    return zip(*known, strict=False)


@pair_rule("N003")
def different_names(pair: Pair) -> Iterator[Finding]:
    """A name or acronym that both languages use does not stand for another one in a paragraph, item or cell: Envie for
    Emmaüs, RTES for SPASER; one language may have it alone. An acronym that is translated (SSE, ESS) is not the same in
    both, but in a name."""
    in_english = _written(pair.project).english
    in_french = {en: fr for fr, en in in_english.items() if len(en) > 2 and en != fr}
    for row in pair.block_pairs:
        yield from report_differences(pair, _exchanged(pair, row), "the name ")
        unnamed = ({m["acronym"] for m in UNNAMED.finditer(block.unmarked) if not m["name"]} for block in row)
        for name in set.intersection(*unnamed) - pair.project.known.acronyms:
            for parsed, block, translated in ((pair.en, row[0], in_english), (pair.fr, row[1], in_french)):
                if translated.get(name, name) != name and name not in translated.values():
                    message = f"'{name}' is untranslated: write '{translated[name]}'"
                    yield parsed.finding(block.place(block.text.index(name)), message)
