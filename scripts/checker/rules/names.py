"""Names that both languages share: territories (N002), acronyms (N003), names marked with their language (N004) or
misspelt (N014). A link that names a territory leads to a page of it (N015)."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import product, zip_longest

from checker.document import Block, Note
from checker.languages import any_of
from checker.pair import Pair, surplus, tell
from checker.project import Project, Sheet
from checker.registry import page_rule, pair_rule
from checker.rules.words import ACRONYM, folded
from content.findings import Hit
from content.known import KNOWN, NEVER, Known
from content.model import LANGUAGE, LOCALES, OTHER, Territory


def _notes(block: Block, find: Callable[[str], Iterable[tuple[str, int]]]) -> list[Note]:
    """The names that a block has, each where it is mentioned."""
    return [block.note(name, start) for name, start in find(block.text)]


def _more(here: Iterable[Note], there: Iterable[Note]) -> list[Note]:
    """The names that stand more often here than there, each once."""
    return [*{note.text: note for note in reversed(surplus(here, there))}.values()][::-1]


@lru_cache(maxsize=3)  # the same for all pages
def _counts(project: Project, find: Callable[[str], list[str]]) -> tuple[Counter[str], ...]:
    """How often what is found in texts stands in each language."""
    sides = ([block.text for sheet in sheets.values() for block in sheet.blocks] for sheets in project.sheets.values())
    return tuple(Counter(find("\n".join(texts))) for texts in sides)


# ---------------------------------------------------------------- territories


class Towns:
    """The territories of data/territories.yml as pages name them: Nantes Métropole, Nantes, nantais."""

    def __init__(self, territories: Collection[Territory], known: Known) -> None:
        self.short = {place.id: place.short or place.name[LOCALES[0]] for place in territories}
        for place in territories:  # Bordeaux Métropole is called as the city in it
            town, around = self.short[place.id], place.within or ""
            if town in self.short.get(around, "").split():
                self.short[around] = town
        towns = set(self.short.values())
        self.towns = {town: town for town in towns} | {
            name: town for name, town in known.called.items() if town in towns
        }
        self.people = {
            known.people.get(town, town[: max(4, len(town) // 2)]).casefold(): town
            for town in towns
            if town in known.people or re.fullmatch(r"\w+", town)
        }
        stems = [*self.people, *(stem[0].upper() + stem[1:] for stem in self.people)]
        of_people = rf"(?P<people>{any_of(stems)})\w*(?:{known.endings})(?:e|s|es|ne|nes)?"
        self.pattern = re.compile(rf"\b(?:(?P<town>{any_of(self.towns)})|{of_people})\b" if towns else NEVER)

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
    return Towns(project.territories.values(), project.known)


@pair_rule("N002")
def different_territories(pair: Pair) -> Iterator[Hit]:
    """Both languages name the same territories (data/territories.yml) in each paragraph, item or cell.

    One language may say "the city" for the territory of the page; Paris may be named in one language alone where the
    other page names it too (near Paris), Greater Paris anywhere.
    """
    towns = _towns(pair.project)
    own = towns.short.get(str(pair.en.page.meta.get("territory")))
    named = [(_notes(en, towns.in_text), _notes(fr, towns.in_text)) for en, fr in pair.rows]
    for (en, fr), sides in zip(pair.rows, named, strict=True):
        more = _more(*sides), _more(*sides[::-1])
        replaced = min(map(len, more))
        told = list[list[Note]]()
        for n, names in enumerate(more):
            known = {"Grand Paris", own, *(note.text for note in sides[1 - n])}
            known |= {"Paris"} & {note.text for row in named for note in row[1 - n]}
            told.append(names[:replaced] + [note for note in names[replaced:] if note.text not in known])
        yield from tell(pair, zip_longest(told[0], told[1]), "the territory ", (en.line, fr.line))


@page_rule("N015")
def links_to_other_territories(sheet: Sheet) -> Iterator[Hit]:
    """A link that names a territory does not lead to a page of another one: [Metz](../cases/lille-leases.md).

    Told where the other language has the link too (else P007 tells it).
    """
    towns, twin = _towns(sheet.project), sheet.project.sheets[OTHER[sheet.page.locale]].get(sheet.page.path, sheet)
    shared = {link.text for block in twin.blocks for link in block.links}
    for link, path in ((target.item, target.path) for target in sheet.targets if target.item.text in shared):
        target = sheet.project.sheets[sheet.page.locale].get(path)
        own = towns.short.get(str(target.page.meta.get("territory"))) if target else None
        named = {town.removeprefix("Grand ") for town, _ in towns.in_text(link.said)} if own else set()
        if own and named and own not in named:
            message = f"names {', '.join(sorted(named))} and leads to a page of {own}"
            yield sheet.hit(link, f"the link to '{link.text}' {message}: mend its text or its target")


# ---------------------------------------------------------------- acronyms

# Acronyms that stand in no name: not ESS 2024, Foncière ESS, OECD/LEGAL.
UNNAMED = re.compile(r"(?P<name>\b[A-ZÉ][\w-]*(?: de l’| ))?(?<![\w/-])(?P<acronym>[A-Z]{3,})(?![\w/-]| [A-Z\d«“‘])")


@lru_cache(maxsize=1)  # the same for all pages
def _translations(project: Project) -> dict[str, str]:
    """The acronyms that are translated, English by French."""
    abbreviations = [entry.abbr for entry in project.glossary if entry.abbr]
    return {**project.known.translated, **{abbr["fr"].upper(): abbr["en"].upper() for abbr in abbreviations}}


@pair_rule("N003")
def different_acronyms(pair: Pair) -> Iterator[Hit]:
    """An acronym that both languages use is the same in each paragraph, item or cell (RTES, SPASER).

    One that stands once on the whole site is not another one misspelt; one language may have an acronym alone. One that
    is translated (SSE, ESS) is not the same in both, but in a name.
    """
    english, counts = _translations(pair.project), _counts(pair.project, ACRONYM.findall)
    alone = pair.project.known.acronyms - english.keys() - set(english.values())  # CDI, which French has alone
    shared = {*english.values(), *(counts[0].keys() & counts[1].keys())}
    french = {there: here for here, there in english.items() if len(there) > 2 and here != there}

    def acronyms(text: str) -> Iterator[tuple[str, int]]:
        return ((english.get(match[0], match[0]), match.start()) for match in ACRONYM.finditer(text))

    for en, fr in pair.rows:
        sides = [[note for note in _notes(block, acronyms) if note.text not in alone] for block in (en, fr)]
        more = _more(*sides), _more(*sides[::-1])
        replaced = [*zip(*more, strict=False)]
        is_shared = any(note.text in shared for names in more for note in names)
        if is_shared or any(get_close_matches(a.text, [b.text]) for a, b in replaced):
            yield from tell(pair, replaced, "the acronym ")
        for sheet, names in zip((pair.en, pair.fr), more, strict=True):
            for note in names[len(replaced) :]:
                yield from _misspelt(sheet, note, counts[0] + counts[1])
    for row in pair.rows:
        for name in set.intersection(*map(_unnamed, row)).difference(alone):
            for sheet, block, own in ((pair.en, row[0], english), (pair.fr, row[1], french)):
                if own.get(name, name) != name and name not in own.values():
                    yield sheet.hit(_mark(block, name), f"'{name}' is untranslated: write '{own[name]}'")


def _misspelt(sheet: Sheet, name: Note, counts: Counter[str]) -> Iterator[Hit]:
    """An acronym of one language that stands nowhere else, where one that stands more often is nearly the same."""
    alike = [other for other, count in counts.items() if count > 1 and other[0] == name.text[0]]
    close = get_close_matches(name.text, alike, n=1, cutoff=0.66)
    if close and counts[name.text] == 1 and len(name.text) > 3 and not sheet.project.unread:
        message = f"'{name.text}' stands nowhere else: write '{close[0]}', or add it to 'acronyms' in {KNOWN}"
        yield sheet.hit(name, message)


def _unnamed(block: Block) -> set[str]:
    """The acronyms of a block that stand in no name."""
    return {match["acronym"] for match in UNNAMED.finditer(block.unmarked) if not match["name"]}


def _mark(block: Block, name: str) -> Note:
    return block.note(name, block.text.index(name))


# ---------------------------------------------------------------- other names


@pair_rule("N004")
def different_marked_names(pair: Pair) -> Iterator[Hit]:
    """A name marked with the other language (`*Entreprendre autrement*{ lang=fr }`) is so called there."""
    for en, fr in pair.rows:
        for sheet, block, other, twin in ((pair.en, en, pair.fr, fr), (pair.fr, fr, pair.en, en)):
            for span in (span for span in block.spans if span.lang == other.page.locale):
                name = block.text[span.start : span.end]
                if name[:1].isupper() and f" {' '.join(folded(name))} " not in _folded_page(other):
                    where = f"{LANGUAGE[other.page.locale]} (line {twin.line})"
                    message = f"'{name}' is not in {where}: give both one name"
                    yield sheet.hit(block.place(span.start), message)


@lru_cache(maxsize=2)  # asked for each name of a page that is not in its block
def _folded_page(sheet: Sheet) -> str:
    return f" {' '.join(folded(' '.join(block.text for block in sheet.blocks)))} "


CAPITAL = re.compile(r"(?<=[\w,(’] )[A-ZÀÂÉÈÎÔ][\w-]{3,}|(?<=’)[A-ZÀÂÉÈÎÔ][\w-]{3,}")  # within a sentence


def _one_letter_apart(a: str, b: str) -> bool:
    """Whether two words differ in one letter, or in two that have changed places."""
    head = next((n for n, pair in enumerate(zip(a, b, strict=False)) if len(set(pair)) > 1), min(len(a), len(b)))
    a, b = a[head:], b[head:]
    return a != b and (a[1:] in (b, b[1:]) or a == b[1:] or a[1::-1] + a[2:] == b)


@pair_rule("N014")
def misspelt_names(pair: Pair) -> Iterator[Hit]:
    """A name is spelt as in the other language, which has one that a letter is different in and pages use in both.

    The one of them that stands nowhere else is the misspelt one.
    """
    names, words = (_counts(pair.project, find) for find in (CAPITAL.findall, folded))
    for row in pair.rows:
        said = [set(folded(block.text)) for block in row]
        lone = [[w for w in CAPITAL.findall(row[n].text) if not said[1 - n].issuperset(folded(w))] for n in (0, 1)]
        for sides in product(*lone):
            known = [min(count[name] for count in names) > 0 and names[n][name] > 1 for n, name in enumerate(sides)]
            rare = [words[n][" ".join(folded(name))] == 1 for n, name in enumerate(sides)]
            if _one_letter_apart(*sides) and any(known[n] and rare[1 - n] for n in (0, 1)):
                yield from tell(pair, [(_mark(row[0], sides[0]), _mark(row[1], sides[1]))], "the name ")
