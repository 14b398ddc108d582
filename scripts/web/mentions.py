"""Where the site names a territory: the sections of its pages, for the page of the territory."""

import functools

from checker.project import Project
from content.model import Study, Territory
from content.places import Places

# The order of the pages, by how their path begins.
ORDER = ("levers/", "frameworks/", "themes/", "study/", "start/", "reference/", "cases/")


@functools.lru_cache(maxsize=1)  # for the page of each territory
def of_territories(project: Project) -> dict[str, dict[str, list[str | None]]]:
    """By territory and path of a page, the ids of its sections that name it (None above the first heading), but for
    those of its own cases, in the order of the folders and of the text.

    Named in one language is enough: the other may say "the metropolis" of the same thing.
    """
    places = Places(project)
    found: dict[str, dict[str, list[str | None]]] = {id: {} for id in project.territories}
    paths = [path for path in set.intersection(*map(set, project.pages.values())) if path.startswith(ORDER)]
    for path in sorted(paths, key=lambda path: (ORDER.index(path.split("/")[0] + "/"), path)):
        own, *others = (pages[path] for pages in project.pages.values())
        for section in own.doc.sections:
            twins = [twin for other in others for twin in other.doc.sections if twin.id == section.id]
            texts = [block.text for one in (section, *twins) for block in one.blocks]
            named = {mention.id for text in texts for mention in places.in_text(text) if mention.id}
            for id in named - {own.meta.get("territory")}:
                found[id].setdefault(path, []).append(section.id)
    return found


def namesake(study: Study, place: Territory) -> Territory | None:
    """The city within a territory, or the territory around a city, that texts often call by the same name: Lyon."""
    town = study.towns[place.id]
    others = [other for other in study.territories.values() if study.towns[other.id] == town and other != place]
    return others[0] if others and town != "Paris" else None  # the metropolis is called Grand Paris
