"""Names that both languages share: territories (N002), acronyms (N003), names marked with their language (N004) or
misspelt (N014). A link that names a territory leads to a page of it (N015)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import product, zip_longest
from posixpath import dirname, join, normpath

from checker.differing import line_of, tell
from checker.document import Block, Note
from checker.model import Blocks, Pair, Places, Project, Sheet
from checker.registry import page_rule, pair_rule, project_rule
from checker.rules.words import ACRONYM, folded, words_of
from content.findings import Hit
from content.known import FILE, Known
from content.model import LANGUAGE, Territory


def _places(blocks: Blocks, find: Callable[[str], Iterable[tuple[str, int]]]) -> Places:
    """The names that some blocks have, with the place of each mention."""
    found: Places = {}
    for block in blocks:
        for name, start in find(block.text):
            found.setdefault(name, []).append(block.place(start))
    return found


def _more(names: Places, other: Places) -> list[str]:
    """The names that stand more often than in the other language."""
    return [name for name, places in names.items() if len(places) > len(other.get(name, ()))]


def _first(names: Places, name: str) -> Note:
    return Note(name, *names[name][0])


ENDINGS = r"\w*(?:ais|ois|ien|ain|in|aud|eau)(?:e|s|es|ne|nes)?"


def _town(place: Territory, name: str, known: Known) -> str:
    """What a territory is called for short: Nantes for Nantes Métropole; Plaine Commune whole."""
    words = [word for word in name.split() if word.casefold() not in known.generic]
    if place.type == "greater-paris-territory" or not words or words[0] in known.whole:
        return name
    first = words[0].split("-")[0]
    return words[0] if first in ("Saint", "Sainte", "Petit", "Grand", "Le", "La") else first


class Towns:
    """The territories of data/territories.yml as pages name them: Nantes Métropole, Nantes, nantais."""

    def __init__(self, territories: Iterable[Territory], known: Known) -> None:
        self.short = {place.id: {_town(place, name, known) for name in place.name.values()} for place in territories}
        towns = {town for names in self.short.values() for town in names}
        self.towns = {known.adjectives.get(town, town): town for town in towns} | {town: town for town in towns}
        self.towns |= {town.removesuffix("ais"): town for town in towns}  # Niort and the Niortais
        self.people = {
            known.people.get(town, town[: max(4, len(town) // 2)]).casefold(): town
            for town in towns
            if town in known.people or re.fullmatch(r"\w+", town)
        }
        stems = [*self.people, *(stem[0].upper() + stem[1:] for stem in self.people)]
        names, people = (
            "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (self.towns, stems)
        )
        self.pattern = re.compile(rf"\b(?:(?P<town>{names})\b|(?P<people>{people}){ENDINGS}\b)" if towns else "(?!)")

    def in_text(self, text: str) -> Iterator[tuple[str, int]]:
        """The towns that a text names, each with its place in it."""
        for match in self.pattern.finditer(text):
            town = self.towns[match["town"]] if match["town"] else self.people[match["people"].casefold()]
            if town == "Paris" and text.endswith(("Grand ", "Greater "), 0, match.start()):
                if text.startswith((" territor", " Sud", " Seine"), match.end()):
                    continue  # a Greater Paris territory is an établissement public territorial
                town = "Grand Paris"
            yield town, match.start()


@lru_cache(maxsize=1)  # the same for all pages
def _towns(project: Project) -> Towns:
    return Towns((project.territories or {}).values(), project.known)


@pair_rule("N002")
def different_territories(pair: Pair) -> Iterator[Hit]:
    """Both languages name the same territories (data/territories.yml) in each paragraph, item or cell.

    One language may say "the city" for the territory of the page; Paris may be named in one language alone where the
    other page names it too (near Paris), Greater Paris anywhere.
    """
    towns = _towns(pair.project)
    own = towns.short.get(str(pair.en.page.meta.get("territory")), set())
    rows = [(_places(en, towns.in_text), _places(fr, towns.in_text)) for en, fr in pair.aligned_blocks]
    whole = [set().union(*side) for side in zip(*rows, strict=True)] or [set(), set()]
    for (en, fr), row in zip(pair.aligned_blocks, rows, strict=True):
        more = _more(*row), _more(*row[::-1])
        replaced = min(map(len, more))
        told = list[list[Note]]()
        for n, names in enumerate(more):
            lone = [
                town
                for town in names[replaced:]
                if town not in (*row[1 - n], *own, "Grand Paris") and not (town == "Paris" and town in whole[1 - n])
            ]
            told.append([_first(row[n], town) for town in names[:replaced] + lone])
        yield from tell(pair, zip_longest(told[0], told[1]), (line_of(en), line_of(fr)), "the territory ")


@page_rule("N015")
def links_to_other_territories(sheet: Sheet) -> Iterator[Hit]:
    """A link that names a territory does not lead to a page of another one: [Metz](../cases/lille-leases.md)."""
    towns = _towns(sheet.project)
    for block in sheet.blocks:
        for link in block.links:
            path = normpath(join(dirname(sheet.page.path), link.text.partition("#")[0]))
            target = sheet.project.sheets[sheet.page.locale].get(path)
            own = towns.short.get(str(target.page.meta.get("territory"))) if target else None
            text = link.said if own else ""
            named = {town.removeprefix("Grand ") for town, _ in towns.in_text(text)}
            if own and named and not named & own:
                message = f"names {', '.join(sorted(named))} and leads to a page of {' or '.join(sorted(own))}"
                yield sheet.hit(link, f"the link to '{link.text}' {message}: mend its text or its target")


def _acronyms(text: str) -> Iterator[tuple[str, int]]:
    return ((match[0], match.start()) for match in ACRONYM.finditer(text))


@project_rule("N003")
def different_acronyms(project: Project) -> Iterator[Hit]:
    """An acronym that both languages use is the same in each paragraph, item or cell (RTES, SPASER).

    One that stands once on the whole site is not another one misspelt; one language may have an acronym alone. One that
    is translated (SSE, ESS) is not the same in both, but in a name.
    """
    abbreviations = [entry.abbr for entry in project.glossary or () if entry.abbr]
    english = {**project.known.translated, **{abbr["fr"].upper(): abbr["en"].upper() for abbr in abbreviations}}
    alone = project.known.acronyms - english.keys() - set(english.values())  # CDI, which French has alone
    rows = {
        pair: [(_places(en, _acronyms), _places(fr, _acronyms)) for en, fr in pair.aligned_blocks]
        for pair in project.pairs.values()
    }
    shared = {name for sides in rows.values() for en, fr in sides for name in en.keys() & fr.keys()}
    shared |= set(english.values())
    hits: list[Hit] = []
    uses: dict[str, list[Hit]] = {}  # each acronym with the places where it stands
    for pair, sides in rows.items():
        hits += _untranslated(pair, english, alone)
        for row in sides:
            here, there = ({english.get(name, name): places for name, places in side.items()} for side in row)
            for sheet, side in zip((pair.en, pair.fr), row, strict=True):
                for name, places in side.items():
                    uses.setdefault(name, []).extend(sheet.hit(place, name) for place in places)
            more = [[name for name in names if name not in alone] for names in (_more(here, there), _more(there, here))]
            replaced = [*zip(*more, strict=False)]
            if shared.intersection(more[0] + more[1]) or any(get_close_matches(a, [b]) for a, b in replaced):
                hits += tell(pair, ((_first(here, a), _first(there, b)) for a, b in replaced), what="the acronym ")
    yield from hits
    told = {name for name in uses if any(f"'{name}'" in hit.message for hit in hits)}
    if not project.unread:
        yield from _misspelt(uses, told | {*english, *english.values(), *project.known.acronyms})


def _untranslated(pair: Pair, english: Mapping[str, str], alone: Collection[str]) -> Iterator[Hit]:
    """The acronyms that both languages have outside of names, though they are translated."""
    french = {there: here for here, there in english.items() if len(there) > 2 and here != there}
    for row in pair.rows:
        for name in set.intersection(*map(_unnamed, row)).difference(alone):
            for sheet, block, own in ((pair.en, row[0], english), (pair.fr, row[1], french)):
                if own.get(name, name) != name and name not in own.values():
                    yield sheet.hit(_mark(block, name), f"'{name}' is untranslated: write '{own[name]}'")


def _misspelt(uses: Mapping[str, list[Hit]], known: Collection[str]) -> Iterator[Hit]:
    """The acronyms that stand once, where one that stands more often is nearly the same."""
    often = [name for name, places in uses.items() if len(places) > 1]
    for name, (place, *others) in uses.items():
        if others or len(name) < 4 or name in known:
            continue
        alike = [other for other in often if other[0] == name[0] and abs(len(other) - len(name)) < 2]
        if close := get_close_matches(name, alike, n=1, cutoff=0.66):
            message = f"'{name}' stands nowhere else: write '{close[0]}', or add it to 'acronyms' in {FILE}"
            yield place._replace(message=message)


@pair_rule("N004")
def different_marked_names(pair: Pair) -> Iterator[Hit]:
    """A name marked with the other language (`*Entreprendre autrement*{ lang=fr }`) is so called there."""
    for en, fr in pair.aligned_blocks:
        for sheet, blocks, other, others in ((pair.en, en, pair.fr, fr), (pair.fr, fr, pair.en, en)):
            for block, span in ((b, span) for b in blocks for span in b.spans):
                name = block.text[span.start : span.end]
                if span.lang != other.page.locale or not name[:1].isupper():
                    continue
                words = folded(name)
                if set(words) <= set(folded(" ".join(b.text for b in others))):
                    continue
                if f" {' '.join(words)} " not in _folded_page(other):
                    where = f"{LANGUAGE[other.page.locale]} (line {line_of(others)})"
                    message = f"'{name}' is not in {where}: give both one name"
                    yield sheet.hit(block.place(span.start), message)


# Acronyms that stand in no name: not ESS 2024, Foncière ESS, OECD/LEGAL.
UNNAMED = re.compile(r"(?P<name>\b[A-ZÉ][\w-]*(?: de l’| ))?(?<![\w/-])(?P<acronym>[A-Z]{3,})(?![\w/-]| [A-Z\d«“‘])")
CAPITAL = re.compile(r"(?<=[\w,(’] )[A-ZÀÂÉÈÎÔ][\w-]{3,}|(?<=’)[A-ZÀÂÉÈÎÔ][\w-]{3,}")  # within a sentence


@lru_cache(maxsize=1)  # the same for all pages
def _uses(project: Project) -> list[tuple[Counter[str], Counter[str]]]:
    """For each language, how often words stand with a capital within sentences, and how often in any way."""
    texts = [[block.text for sheet in sheets.values() for block in sheet.blocks] for sheets in project.sheets.values()]
    return [
        (Counter(CAPITAL.findall("\n".join(side))), Counter(map(str.casefold, words_of("\n".join(side)))))
        for side in texts
    ]


def _unnamed(block: Block) -> set[str]:
    marked = [(span.start, span.end) for span in block.spans]
    return {
        match["acronym"]
        for match in UNNAMED.finditer(block.text)
        if not match["name"] and not any(start <= match.start() < end for start, end in marked)
    }


def _mark(block: Block, name: str) -> Note:
    return Note(name, *block.place(block.text.index(name)))


def _one_letter_apart(a: str, b: str) -> bool:
    """Whether two words differ in one letter, or in two that have changed places."""
    if abs(len(a) - len(b)) > 1 or a.casefold() == b.casefold():
        return False
    changed = [pair for pair in zip(a, b, strict=False) if pair[0] != pair[1]]
    if len(a) == len(b) and len(changed) == 2 and changed[0] == changed[1][::-1]:
        return True
    kept = [block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()]
    return sum(kept) >= max(len(a), len(b)) - 1


@pair_rule("N014")
def misspelt_names(pair: Pair) -> Iterator[Hit]:
    """A name is spelt as in the other language, which has one that a letter is different in and pages use in both.

    The one of them that stands nowhere else is the misspelt one.
    """
    (english, all_english), (french, all_french) = _uses(pair.project)
    for row in pair.rows:
        words = [CAPITAL.findall(block.text) for block in row]
        both = [set(folded(block.text)) for block in row]
        lone = [[w for w in words[n] if not both[1 - n].issuperset(folded(w))] for n in (0, 1)]
        for names in product(*lone):
            known = english[names[0]] > 1 and french[names[0]], french[names[1]] > 1 and english[names[1]]
            rare = all_english[names[0].casefold()] == 1, all_french[names[1].casefold()] == 1
            if _one_letter_apart(*names) and ((known[0] and rare[1]) or (known[1] and rare[0])):
                yield from tell(pair, [(_mark(row[0], names[0]), _mark(row[1], names[1]))], what="the name ")


@lru_cache(maxsize=2)  # asked for each name of a page that is not in its block
def _folded_page(sheet: Sheet) -> str:
    return f" {' '.join(folded(' '.join(block.text for block in sheet.blocks)))} "
