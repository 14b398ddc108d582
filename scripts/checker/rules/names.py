"""Names that both languages share: territories (N002), names marked with their language (N004). A link that names a
territory leads to a page of it (N015). Acronyms have a file of their own."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest

from checker.document import Block, Mark
from checker.languages import any_of
from checker.pair import Pair, extra, report_differences
from checker.project import ParsedPage, Project
from checker.registry import page_rule, pair_rule
from checker.rules.words import folded
from content.findings import Finding
from content.known import NEVER, Known
from content.locales import LANGUAGE, LOCALES, OTHER
from content.model import Territory


def mentions(block: Block, find: Callable[[str], Iterable[tuple[str, int]]]) -> list[Mark]:
    """The names that a block has, each where it is mentioned. `find`: the names of a text, with their places in it."""
    return [block.mark(name, start) for name, start in find(block.text)]


def more_often(own: Iterable[Mark], other: Iterable[Mark]) -> list[Mark]:
    """The names that stand more often on the own side than on the other, each once."""
    return [*{mark.text: mark for mark in reversed(extra(own, other))}.values()][::-1]


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
def different_territories(pair: Pair) -> Iterator[Finding]:
    """Both languages name the same territories (data/territories.yml) in each paragraph, item or cell.

    One language may say "the city" for the territory of the page; Paris may be named in one language alone where the
    other page names it too (near Paris), Greater Paris anywhere.
    """
    towns = _towns(pair.project)
    own = towns.short.get(str(pair.en.page.meta.get("territory")))
    named = [(mentions(en, towns.in_text), mentions(fr, towns.in_text)) for en, fr in pair.block_pairs]
    for (en, fr), sides in zip(pair.block_pairs, named, strict=True):
        more = more_often(*sides), more_often(*sides[::-1])
        # As many names as both sides have alone stand for each other: they are shown whatever they are. The rest is
        # shown only where the other language may not leave it out.
        replaced = min(map(len, more))
        shown: list[list[Mark]] = []
        for side, names in enumerate(more):
            known = {"Grand Paris", own, *(mark.text for mark in sides[1 - side])}
            known |= {"Paris"} & {mark.text for row in named for mark in row[1 - side]}
            shown.append(names[:replaced] + [mark for mark in names[replaced:] if mark.text not in known])
        yield from report_differences(pair, zip_longest(shown[0], shown[1]), "the territory ", (en.line, fr.line))


@page_rule("N015")
def links_to_other_territories(parsed: ParsedPage) -> Iterator[Finding]:
    """A link that names a territory does not lead to a page of another one: [Metz](../cases/lille-leases.md).

    Told where the other language has the link too (else P007 tells it).
    """
    project, locale = parsed.project, parsed.page.locale
    towns, twin = _towns(project), project.parsed[OTHER[locale]].get(parsed.page.path, parsed)
    shared = {link.text for block in twin.blocks for link in block.links}
    for link, path in ((target.item, target.path) for target in parsed.targets if target.item.text in shared):
        target = project.parsed[locale].get(path)
        own = towns.short.get(str(target.page.meta.get("territory"))) if target else None
        named = {town.removeprefix("Grand ") for town, _ in towns.in_text(link.shown)} if own else set()
        if own and named and own not in named:
            message = f"names {', '.join(sorted(named))} and leads to a page of {own}"
            yield parsed.finding(link, f"the link to '{link.text}' {message}: mend its text or its target")


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
