"""Names that both languages share: territories (N002), names marked with their language (N004), others and acronyms,
which may be translated (N003)."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    free = {"Grand Paris", places.towns.get(str(pair.en.meta.get("territory")))}
    named = [(_territories(places, en), _territories(places, fr)) for en, fr in pair.block_pairs]
    on_page = {mark.text for english, _ in named for mark in english}
    on_page_fr = {mark.text for _, french in named for mark in french}

    def is_lacking(name: Mark, other_block: Iterable[Mark], other_page: Collection[str]) -> bool:
        """Whether the other language must have a name: it has it nowhere in its block, and may not leave it out."""
        in_block = name.text in {mark.text for mark in other_block}
        is_explained = name.text == "Paris" and "Paris" in other_page
        return not (in_block or is_explained or name.text in free)

    for (en, fr), (english, french) in zip(pair.block_pairs, named, strict=True):
        alone, alone_fr = more_often(english, french), more_often(french, english)
        exchanged = min(len(alone), len(alone_fr))  # as many as both have alone stand for each other
        told = alone[:exchanged] + [name for name in alone[exchanged:] if is_lacking(name, french, on_page_fr)]
        told_fr = alone_fr[:exchanged] + [name for name in alone_fr[exchanged:] if is_lacking(name, english, on_page)]
        yield from report_differences(pair, zip_longest(told, told_fr), "the territory ", (en.line, fr.line))


def _territories(places: Places, block: Block) -> list[Mark]:
    return [block.mark(one.town, one.start) for one in places.in_text(block.text)]


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


@dataclass(frozen=True)
class Usage:
    """How the pages of a project use words with a capital, and acronyms."""

    english: Mapping[str, str]  # acronyms that are translated: SSE by ESS
    alike: Counter[str]  # on how many pages a word stands within sentences and in both languages
    alone: Counter[str]  # on how many within sentences of one language alone
    small: Collection[str]  # the words that stand in small letters
    no_names: Collection[str]  # in small letters: Les, and what names of authorities share
    places: Places
    told_elsewhere: Collection[str]  # acronyms that one language may have alone

    def is_left_out(self, name: str) -> bool:
        return name in self.told_elsewhere or self.places.pattern.fullmatch(name) is not None  # a town: N002

    def is_shared(self, name: str) -> bool:
        """Whether both languages use a name: on four times as many pages, at least, as one of them does alone."""
        is_used = name in self.alike and self.alone[name] * 4 <= self.alike[name] and name.lower() not in self.no_names
        return (is_used or name in self.english.values()) and not self.is_left_out(name)

    def is_sure(self, name: str) -> bool:
        """Whether a word is a name where it begins a sentence too: it is shared and stands in no small letters."""
        return name.lower() not in self.small and self.is_shared(name)

    def is_common(self, name: str) -> bool:
        """Whether a word that is not shared may stand alone: it is translated (Dunkirk), or stands in small letters."""
        is_word = self.alone[name] > 1 or name in self.alike or name.lower() in self.small
        return self.is_left_out(name) or (is_word and not ACRONYM.match(name))


@lru_cache(maxsize=1)  # the same for all pages
def _usage(project: Project) -> Usage:
    known = project.known
    abbreviations = [entry.abbr for entry in project.glossary.values() if entry.abbr]
    english = {**known.translated, **{abbr["fr"].upper(): abbr["en"].upper() for abbr in abbreviations}}
    small, alike, alone = set[str](), Counter[str](), Counter[str]()
    for path in set.intersection(*map(set, project.pages.values())):
        of_languages, within = list[set[str]](), set[str]()
        for pages in project.pages.values():
            blocks = pages[path].blocks
            names = [name for block in blocks for name in _names(block, english)]
            of_languages.append({name.mark.text for name in names})
            within |= {name.mark.text for name in names if not name.begins_sentence}
            small.update(word for block in blocks for word in WORD.findall(block.text) if word.islower())
        of_both = set.intersection(*of_languages)
        alike.update(within & of_both)
        alone.update(within - of_both)
    return Usage(english, alike, alone, small, EVERY_SMALL | known.generic, _places(project), known.acronyms)


def _exchanged(usage: Usage, en: Block, fr: Block) -> Rows:
    """The names that each block has alone, side by side, if both languages use one of them elsewhere: Envie, Emmaüs."""
    english, french = _names(en, usage.english), _names(fr, usage.english)
    alone, alone_fr = _alone(usage, english, french), _alone(usage, french, english)
    shared, shared_fr = ([mark for mark in side if usage.is_shared(mark.text)] for side in (alone, alone_fr))
    if not (shared or shared_fr):
        return ()
    others, others_fr = ([mark for mark in side if not usage.is_shared(mark.text)] for side in (alone, alone_fr))
    # Where both languages have others they are translations, Dunkirk and Dunkerque, but for acronyms.
    are_translations = bool(others and others_fr)

    def is_new(mark: Mark) -> bool:
        is_name = not are_translations or ACRONYM.match(mark.text) is not None
        return is_name and not usage.is_common(mark.text)

    return zip([*shared, *filter(is_new, others)], [*shared_fr, *filter(is_new, others_fr)], strict=False)


def _alone(usage: Usage, own: Sequence[Name], other: Sequence[Name]) -> list[Mark]:
    """The names that a block has alone; a word that begins a sentence is one if that is sure."""
    sure = [name.mark for name in own if not name.begins_sentence or usage.is_sure(name.mark.text)]
    return more_often(sure, [name.mark for name in other])


@pair_rule("N003")
def different_names(pair: Pair) -> Iterator[Finding]:
    """A name or acronym that both languages use does not stand for another one in a paragraph, item or cell: Envie for
    Emmaüs, RTES for SPASER; one language may have it alone."""
    usage = _usage(pair.project)
    for en, fr in pair.block_pairs:
        yield from report_differences(pair, _exchanged(usage, en, fr), "the name ")
