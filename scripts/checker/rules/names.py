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
from checker.project import Project
from checker.registry import pair_rule
from checker.rules.language import ACRONYM, EVERY_SMALL
from content.findings import Finding
from content.locales import LANGUAGE
from content.places import Places


def more_often(own: Iterable[Mark], other: Iterable[Mark]) -> list[Mark]:
    """The names that stand more often on the own side than on the other, each once: of Lyon, Lille, Lille beside Lyon,
    the first Lille that has none."""
    return [*{mark.text: mark for mark in reversed(extra(own, other))}.values()][::-1]


# ---------------------------------------------------------------- territories


@lru_cache(maxsize=1)  # the same for all pages
def _places(project: Project) -> Places:
    return Places(project)


@pair_rule("N002")
def different_territories(pair: Pair) -> Iterator[Finding]:
    """Both languages name the same territories (data/territories.yml) in each paragraph, item or cell.

    One language may say "the city" for the territory of the page, and name Paris alone (near Paris).
    """
    places = _places(pair.project)
    free = {*pair.project.known.acronyms, places.towns.get(str(pair.en.meta.get("territory")))}
    for en, fr in pair.block_pairs:
        english, french = ([b.mark(one.town, one.start) for one in places.in_text(b.text)] for b in (en, fr))
        alone, alone_fr = more_often(english, french), more_often(french, english)
        exchanged = min(len(alone), len(alone_fr))  # as many as both have alone stand for each other
        named = {mark.text for mark in english} & {mark.text for mark in french} | free
        told, told_fr = (
            [*side[:exchanged], *(name for name in side[exchanged:] if name.text not in named)]
            for side in (alone, alone_fr)
        )
        yield from report_differences(pair, zip_longest(told, told_fr), "the territory ", (en.line, fr.line))


# ---------------------------------------------------------------- other names


@pair_rule("N004")
def different_marked_names(pair: Pair) -> Iterator[Finding]:
    """A name marked with the other language (`*Entreprendre autrement*{ lang=fr }`) is so called there."""
    for en, fr in pair.block_pairs:
        for parsed, block, other, twin in ((pair.en, en, pair.fr, fr), (pair.fr, fr, pair.en, en)):
            for name in (block.text[span.start : span.end] for span in block.spans if span.lang == other.locale):
                if name[:1].isupper() and not any(name.casefold() in one.text.casefold() for one in other.blocks):
                    message = f"'{name}' is not in {LANGUAGE[other.locale]} (line {twin.line}): give both one name"
                    yield parsed.finding(block.place(block.text.index(name)), message)


# ---------------------------------------------------------------- names and acronyms that stand for each other

NAME = re.compile(rf"(?<![\w-])(?:{ACRONYM.pattern}|[A-ZÀ-Þ][\w-]*\w)")  # Lons-le-Saunier is one word
WORD = re.compile(r"[\w-]+")
BEGINNING = re.compile(r"(?:^|[.!?…:«“‘])[\s(]*\Z")  # after it a word has a capital whatever it is


class Name(NamedTuple):
    """An acronym, as English has it, or a word with a capital, which it may have because it begins a sentence."""

    mark: Mark
    begins_sentence: bool


def _names(block: Block, english: Mapping[str, str]) -> list[Name]:
    """The acronyms and the words with a capital. Of « Les PTCE de Lille »: Les, which begins it, PTCE and Lille."""
    found = []
    for match in NAME.finditer(block.text):
        before = BEGINNING.search(block.text, max(0, match.start() - 5), match.start())
        mark = block.mark(english.get(match[0], match[0]), match.start())
        found.append(Name(mark, before is not None and not ACRONYM.match(match[0])))
    return found


class Usage(NamedTuple):
    """How the pages of a project use words with a capital, and acronyms."""

    english: Mapping[str, str]  # acronyms that are translated: SSE by ESS
    shared: Collection[str]  # what both languages use, on four times as many pages, at least, as one of them does alone
    sure: Collection[str]  # of these, what stands in no small letters: a name where it begins a sentence too
    used: Collection[str]  # what may stand alone, as it is on several pages: translated (Dunkirk), towns (N002)
    small: Collection[str]  # the words that stand in small letters

    def is_new(self, name: str) -> bool:
        """Whether it stands on no other page, nor in small letters."""
        is_word = name.lower() in self.small and not ACRONYM.match(name)
        return not (is_word or name in self.shared or name in self.used)


@lru_cache(maxsize=1)  # the same for all pages
def _usage(project: Project) -> Usage:
    known = project.known
    abbreviations = [entry.abbr for entry in project.glossary.values() if entry.abbr]
    english = {**known.translated, **{abbr["fr"].upper(): abbr["en"].upper() for abbr in abbreviations}}
    small, alike, alone = set[str](), Counter[str](), Counter[str]()  # these two: on how many pages
    for path in set.intersection(*map(set, project.pages.values())):
        of_languages, within = list[set[str]](), set[str]()
        for blocks in (pages[path].blocks for pages in project.pages.values()):
            names = [name for block in blocks for name in _names(block, english)]
            of_languages.append({name.mark.text for name in names})
            within |= {name.mark.text for name in names if not name.begins_sentence}
            small.update(word for block in blocks for word in WORD.findall(block.text) if word.islower())
        of_both = set.intersection(*of_languages)
        alike.update(within & of_both)
        alone.update(within - of_both)
    every, no_names, pattern = {*alike, *alone}, EVERY_SMALL | known.generic, _places(project).pattern
    towns = {name for name in every if pattern.fullmatch(name)}
    common = {name for name in every if name.lower() in no_names}
    free = towns.union(known.acronyms)  # what one language may have alone
    shared = {name for name in alike if alone[name] * 4 <= alike[name]}.union(english.values()) - common - free
    sure = {name for name in shared if name.lower() not in small}
    used = {name for name in every if (alone[name] > 1 or name in alike) and not ACRONYM.match(name)} | free
    return Usage(english, shared, sure, used, small)


def _exchanged(usage: Usage, en: Block, fr: Block) -> Rows:
    """The names that each block has alone, side by side, if both languages use one of them elsewhere: Envie, Emmaüs."""
    english, french = _names(en, usage.english), _names(fr, usage.english)
    alone, alone_fr = _alone(usage, english, french), _alone(usage, french, english)
    shared, shared_fr = ([mark for mark in side if mark.text in usage.shared] for side in (alone, alone_fr))
    if not (shared or shared_fr):
        return ()
    new, new_fr = ([mark for mark in side if usage.is_new(mark.text)] for side in (alone, alone_fr))
    if new and new_fr:  # they are translations, Dunkirk and Dunkerque, but for acronyms
        new, new_fr = ([mark for mark in side if ACRONYM.match(mark.text)] for side in (new, new_fr))
    return zip([*shared, *new], [*shared_fr, *new_fr], strict=False)


def _alone(usage: Usage, own: Sequence[Name], other: Sequence[Name]) -> list[Mark]:
    """The names that a block has alone; a word that begins a sentence is one if that is sure."""
    sure = [name.mark for name in own if not name.begins_sentence or name.mark.text in usage.sure]
    return more_often(sure, [name.mark for name in other])


@pair_rule("N003")
def different_names(pair: Pair) -> Iterator[Finding]:
    """A name or acronym that both languages use does not stand for another one in a paragraph, item or cell: Envie for
    Emmaüs, RTES for SPASER; one language may have it alone."""
    usage = _usage(pair.project)
    for en, fr in pair.block_pairs:
        yield from report_differences(pair, _exchanged(usage, en, fr), "the name ")
