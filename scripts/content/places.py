"""Where texts name the territories of data/territories.yml: Nantes Métropole, Nantes, nantais."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from content.locales import LOCALES
from content.model import Study

# What stands before and behind the name of a city in that of the authority around it.
GREATER = ("Grand ", "Greater ")
METROPOLIS = (" Métropol", " métropol", " Metropol", " metropol")


class Mention(NamedTuple):
    """A place in a text, from its start on, that names a territory.

    `town` is what the territory is called for short: Nantes, for Nantes Métropole and for nantais. `id` is None where
    the territory itself is not meant: its people, a court that sits there, Lyon in the name Grand Lyon.
    """

    town: str
    id: str | None
    start: int


def _any_of(names: Iterable[str]) -> str:
    """An expression for any of these names, the longest first, with a small letter for Métropole too."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))).replace("Métropole", "[Mm]étropole")


class Places:
    """Finds the territories of a study in its texts."""

    def __init__(self, study: Study) -> None:
        known, self.territories = study.known, study.territories
        self.towns = {place.id: place.short or place.name[LOCALES[0]] for place in self.territories.values()}
        for place in self.territories.values():  # Bordeaux Métropole is called as the city in it
            town, around = self.towns[place.id], place.within or ""
            if town in self.towns.get(around, "").split():
                self.towns[around] = town
        towns = set(self.towns.values())
        self.called = {name: town for name, town in known.called.items() if town in towns}
        self.ids: dict[str, str] = {}
        for place in self.territories.values():
            bare = place.name["fr"].removeprefix("Le ")  # Petit-Quevilly, as its own pages say
            names = (*place.name.values(), place.short or bare)
            self.ids |= {name.replace("métropole", "Métropole"): place.id for name in names}
        self.people = {
            known.people.get(town, town[: max(4, len(town) // 2)]).casefold(): town
            for town in towns
            if town in known.people or re.fullmatch(r"\w+", town)
        }
        names_of_people = _any_of([*self.people, *(stem[0].upper() + stem[1:] for stem in self.people)])
        of_people = rf"(?P<people>{names_of_people})\w*(?:{known.endings})(?:e|s|es|ne|nes)?"
        self.pattern = re.compile(rf"\b(?:(?P<name>{_any_of({**self.ids, **self.called})})|{of_people})\b")
        courts = [court.partition("{}") for court in known.courts]  # appeal in {}, {} court
        self.before = ("-", *(before for before, _, _ in courts if before))
        self.after = ("-", *(after for _, _, after in courts if after))

    def in_text(self, text: str) -> Iterator[Mention]:
        """The places where a text names a territory, in their order."""
        for match in self.pattern.finditer(text) if self.ids else ():
            id = self.ids.get((match["name"] or "").replace("métropole", "Métropole"))
            town = self.towns[id] if id else self.called.get(match["name"]) or self.people[match["people"].casefold()]
            if town == "Paris" and ("Grand" in match[0] or text.endswith(GREATER, 0, match.start())):
                if not id or text.startswith((" territor", " Sud", " Seine"), match.end()):
                    continue  # a Greater Paris territory is an établissement public territorial
                town = "Grand Paris"
            is_city = bool(id) and self.territories[id or ""].type == "city"
            before = self.before + GREATER * is_city, 0, match.start()
            if text.endswith(*before) or text.startswith(self.after + METROPOLIS * is_city, match.end()):
                id = None
            yield Mention(town, id, match.start())
