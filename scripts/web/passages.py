"""Where the site names a territory: the sections of its pages, for the page of the territory."""

from collections.abc import Iterator, Mapping

from checker import markdown
from checker.document import Section
from content.locales import LOCALES
from content.model import Page, Study, Territory
from content.places import Places

# The order of the pages, by how their path begins.
ORDER = ("levers/", "frameworks/", "themes/", "study/", "start/", "reference/", "cases/")


def _sections(study: Study, locale: str) -> Iterator[tuple[Page, Section]]:
    """The sections of the pages in one language, in the order of the folders and of the text."""
    pages = [page for page in study.pages[locale].values() if page.path.startswith(ORDER)]
    for page in sorted(pages, key=lambda page: (ORDER.index(page.path.split("/")[0] + "/"), page.path)):
        yield from ((page, section) for section in markdown.parse(page.body, page.body_line).sections)


def of_territories(study: Study, locale: str) -> Mapping[str, Mapping[str, list[str | None]]]:
    """By territory, the pages that name it with the ids of these sections (None above the first heading), but for
    its own cases. Named in one language is enough: the other may say "the metropolis" of the same thing.
    """
    named: dict[tuple[str, str | None], set[str]] = {}
    places = Places(study)
    for language in LOCALES:
        for page, section in _sections(study, language):
            mentions = (mention for block in section.blocks for mention in places.in_text(block.text))
            named.setdefault((page.path, section.id), set()).update(one.id for one in mentions if one.id)
    found: dict[str, dict[str, list[str | None]]] = {id: {} for id in study.territories}
    for page, section in _sections(study, locale):
        for place in named[page.path, section.id] - {page.meta.get("territory")}:
            found[place].setdefault(page.path, []).append(section.id)
    return found


def namesake(study: Study, place: Territory) -> Territory | None:
    """The city within a territory, or the territory around a city, that texts often call by the same name: Lyon."""

    def alike(city: Territory, around: Territory) -> bool:
        name, whole = city.name["fr"], around.name["fr"]
        return city.within == around.id and name in whole and f"Grand {name}" not in whole

    return next((o for o in study.territories.values() if alike(o, place) or alike(place, o)), None)
