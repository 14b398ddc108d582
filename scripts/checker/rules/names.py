"""Names that both languages share: territories (N002), names marked with their language (N004), others and acronyms,
which may be translated (N003)."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    """The names that stand more often on the own side than on the other, each once: of Lyon, Lille, Lille beside Lyon,
    the first Lille that has none."""
    first: dict[str, Mark] = {}
    for mark in extra(own, other):
        first.setdefault(mark.text, mark)
    return [*first.values()]


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
    own = str(pair.en.meta.get("territory"))
    named = [[_territories(places, block) for block in row] for row in pair.block_pairs]
    on_page, on_page_fr = ({mark.text for row in named for mark in row[side]} for side in (0, 1))
    for (en, fr), (english, french) in zip(pair.block_pairs, named, strict=True):
        alone, alone_fr = more_often(english, french), more_often(french, english)
        # As many names as both sides have alone stand for each other; of the rest some may be left out.
        replaced = min(len(alone), len(alone_fr))
        free = {"Grand Paris", places.towns.get(own)}
        told = _without(alone, replaced, free.union((mark.text for mark in french), {"Paris"} & on_page_fr))
        told_fr = _without(alone_fr, replaced, free.union((mark.text for mark in english), {"Paris"} & on_page))
        yield from report_differences(pair, zip_longest(told, told_fr), "the territory ", (en.line, fr.line))


def _territories(places: Places, block: Block) -> list[Mark]:
    return [block.mark(one.town, one.start) for one in places.in_text(block.text)]


def _without(names: Sequence[Mark], start: int, left_out: Collection[str | None]) -> list[Mark]:
    """The names up to a place, and of those behind it the ones that may not be left out."""
    return [mark for n, mark in enumerate(names) if n < start or mark.text not in left_out]


# ---------------------------------------------------------------- other names


@pair_rule("N004")
def different_marked_names(pair: Pair) -> Iterator[Finding]:
    """A name marked with the other language (`*Entreprendre autrement*{ lang=fr }`) is so called there."""
    for en, fr in pair.block_pairs:
        for parsed, block, other, twin in ((pair.en, en, pair.fr, fr), (pair.fr, fr, pair.en, en)):
            for span in (span for span in block.spans if span.lang == other.locale):
                name = block.text[span.start : span.end]
                if name[:1].isupper() and f" {' '.join(folded(name))} " not in _folded_page(other):
                    message = f"'{name}' is not in {LANGUAGE[other.locale]} (line {twin.line}): give both one name"
                    yield parsed.finding(block.place(span.start), message)


@lru_cache(maxsize=2)  # asked for each name of a page that is not in its block
def _folded_page(parsed: ParsedPage) -> str:
    return f" {' '.join(folded(' '.join(block.text for block in parsed.blocks)))} "


# ---------------------------------------------------------------- names and acronyms that stand for each other

NAME = re.compile(rf"(?<![\w-])(?:{ACRONYM.pattern}|[A-ZÀ-Þ][\w-]*\w)")  # Lons-le-Saunier is one word
WORD = re.compile(r"[\w-]+")
BEGINNING = re.compile(r"(?:^|[.!?…:«“‘])[\s(]*\Z")  # after it a word has a capital whatever it is


class Written(NamedTuple):
    """What the pages of a project write with capitals."""

    shared: set[str]  # names and acronyms that both languages use
    sure: set[str]  # of these, those that stand in no small letters: they are names where they begin a sentence too
    common: set[str]  # other words that are translated, or stand in small letters too
    english: dict[str, str]  # acronyms that are translated, English by French


def _names(block: Block, english: Mapping[str, str]) -> dict[Mark, bool]:
    """The acronyms of a block, as English has them, and its words with a capital; which of these begin a sentence.

    Of « Les PTCE de Lille »: Les, which does, PTCE and Lille.
    """
    found = {}
    for match in NAME.finditer(block.text):
        before = BEGINNING.search(block.text, max(0, match.start() - 5), match.start())
        found[block.mark(english.get(match[0], match[0]), match.start())] = bool(before) and not ACRONYM.match(match[0])
    return found


def _acronyms_in_english(project: Project) -> dict[str, str]:
    """The acronyms that are translated: SSE by ESS."""
    abbreviations = [entry.abbr for entry in project.glossary.values() if entry.abbr]
    return {**project.known.translated, **{abbr["fr"].upper(): abbr["en"].upper() for abbr in abbreviations}}


@lru_cache(maxsize=1)  # the same for all pages
def _written(project: Project) -> Written:
    english = _acronyms_in_english(project)
    # Words in small letters; on how many pages a word with a capital stands in both languages, or in one alone.
    small, alike, alone = set[str](), Counter[str](), Counter[str]()
    for path in set.intersection(*map(set, project.pages.values())):
        names = dict[str, set[str]]()  # of the page, by locale
        inside = set[str]()  # those that do not begin a sentence
        for locale, pages in project.pages.items():
            blocks = pages[path].blocks
            found = [name for block in blocks for name in _names(block, english).items()]
            names[locale] = {mark.text for mark, _ in found}
            inside |= {mark.text for mark, is_first in found if not is_first}
            small.update(word for block in blocks for word in WORD.findall(block.text) if word.islower())
        both = set.intersection(*names.values())
        alike.update(inside & both)
        alone.update(inside - both)

    no_names = EVERY_SMALL | project.known.generic

    def is_common(name: str) -> bool:
        """Whether a word is translated (Dunkirk, Dunkerque), or stands in small letters too."""
        return not ACRONYM.match(name) and (alone[name] > 1 or name in alike or name.lower() in small)

    def is_shared(name: str) -> bool:
        return alone[name] * 4 <= alike[name] and name.lower() not in no_names

    towns = {name for name in (*alike, *alone) if _places(project).pattern.fullmatch(name)}  # N002 tells them
    left_out = towns | project.known.acronyms
    shared = {name for name in alike if is_shared(name)}.union(english.values()) - left_out
    sure = {name for name in shared if name.lower() not in small}
    return Written(shared, sure, left_out.union(filter(is_common, alone)), english)


def _exchanged(pair: Pair, row: tuple[Block, Block]) -> Rows:
    """The names that each block has alone, side by side, if both languages use one of them elsewhere: Envie, Emmaüs.

    The others count where they are acronyms, or where one side alone has some, else they are translations (Dunkirk,
    Dunkerque).
    """
    written = _written(pair.project)
    every = [_names(block, written.english) for block in row]
    own = [[m for m, is_first in side.items() if not is_first or m.text in written.sure] for side in every]
    alone = more_often(own[0], every[1]), more_often(own[1], every[0])
    shared = [[m for m in side if m.text in written.shared] for side in alone]
    others = [[m for m in side if m.text not in written.shared] for side in alone]
    if not any(shared):
        return ()
    are_translations = all(others)
    told = [
        known + [m for m in new if m.text not in written.common and (ACRONYM.match(m.text) or not are_translations)]
        for known, new in zip(shared, others, strict=True)
    ]
    return zip(*told, strict=False)


@pair_rule("N003")
def different_names(pair: Pair) -> Iterator[Finding]:
    """A name or acronym that both languages use does not stand for another one in a paragraph, item or cell: Envie for
    Emmaüs, RTES for SPASER; one language may have it alone."""
    for row in pair.block_pairs:
        yield from report_differences(pair, _exchanged(pair, row), "the name ")
