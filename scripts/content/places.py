"""Where texts name the territories of data/territories.yml: Nantes Métropole, Nantes, nantais."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from content.forms import any_of
from content.model import Study, Territory

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


def _ids_by_name(territories: Mapping[str, Territory]) -> dict[str, str]:
    """The id of each territory by its names: in either language, for short, else without its article, as its own pages
    say (Petit-Quevilly); and Nantes métropole besides Nantes Métropole."""
    return {
        written: place.id
        for place in territories.values()
        for name in (*place.name.values(), place.short or place.name["fr"].removeprefix("Le "))
        for written in (name, name.replace("Métropole", "métropole"), name.replace("métropole", "Métropole"))
    }


class Places:
    """Finds the territories of a study in its texts."""

    def __init__(self, study: Study) -> None:
        known, self.territories, self.towns = study.known, study.territories, study.towns
        self.ids = _ids_by_name(self.territories)
        towns = set(self.towns.values())
        self.called = {name: town for name, town in known.called.items() if town in towns}
        # How the names of their people begin: as data/check.yml says, else the first half of the name, four letters at
        # least (nant is Nantes). A name of several words has none of its own.
        single = [town for town in towns if town in known.people or re.fullmatch(r"\w+", town)]
        self.people = {known.people.get(town, town[: max(4, len(town) // 2)]).casefold(): town for town in single}
        names_of_people = any_of([*self.people, *(stem[0].upper() + stem[1:] for stem in self.people)])
        of_people = rf"(?P<people>{names_of_people})\w*(?:{known.endings})(?:e|s|es|ne|nes)?"
        self.pattern = re.compile(rf"\b(?:(?P<name>{any_of({**self.ids, **self.called})})|{of_people})\b")
        # What stands before or behind the name of a town where a court or a longer name is meant.
        courts = [court.partition("{}") for court in known.courts]  # appeal in {}, {} court
        self.not_after = ("-", *(before for before, _, _ in courts if before))
        self.not_before = ("-", *(after for _, _, after in courts if after))

    def in_text(self, text: str) -> Iterator[Mention]:
        """The places where a text names a territory, in their order."""
        for match in self.pattern.finditer(text) if self.ids else ():
            name, start, end = match["name"] or "", match.start(), match.end()
            id = self.ids.get(name)
            other_name = self.called.get(name)
            town = self.towns[id] if id else other_name or self.people[match["people"].casefold()]
            if town == "Paris" and ("Grand" in match[0] or text.endswith(GREATER, 0, start)):
                if not id or text.startswith((" territor", " Sud", " Seine"), end):
                    continue  # a Greater Paris territory is an établissement public territorial
                town = "Grand Paris"
            not_after, not_before = self.not_after, self.not_before
            if id and self.territories[id].type == "city":
                not_after, not_before = not_after + GREATER, not_before + METROPOLIS
            is_meant = not text.endswith(not_after, 0, start) and not text.startswith(not_before, end)
            yield Mention(town, id if is_meant else None, start)
