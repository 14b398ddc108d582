"""Where the site names a territory: the sections of its pages, for the page of the territory."""

from collections.abc import Iterator

from checker.document import Section
from checker.project import Project
from content.locales import LOCALES
from content.model import Page, Study, Territory
from content.places import Places

# The order of the pages, by how their path begins.
ORDER = ("levers/", "frameworks/", "themes/", "study/", "start/", "reference/", "cases/")


def _sections(project: Project, locale: str) -> Iterator[tuple[Page, Section]]:
    """The sections of the pages in one language, in the order of the folders and of the text."""
    paths = [path for path in project.pages[locale] if path.startswith(ORDER)]
    for path in sorted(paths, key=lambda path: (ORDER.index(path.split("/")[0] + "/"), path)):
        page = project.pages[locale][path]
        yield from ((page, section) for section in page.doc.sections)


Mentions = dict[str, dict[str, list[str | None]]]  # by territory and path of a page, the ids of its sections


def of_territories(project: Project) -> dict[str, Mentions]:
    """By locale, the sections that name each territory (None above the first heading), but for those of its own cases.

    Named in one language is enough: the other may say "the metropolis" of the same thing.
    """
    places = Places(project)
    named: dict[tuple[str, str | None], set[str]] = {}
    for locale in LOCALES:
        for page, section in _sections(project, locale):
            mentions = (mention for block in section.blocks for mention in places.in_text(block.text))
            named.setdefault((page.path, section.id), set()).update(one.id for one in mentions if one.id)
    found: dict[str, Mentions] = {locale: {id: {} for id in project.territories} for locale in LOCALES}
    for locale in LOCALES:
        for page, section in _sections(project, locale):
            for place in named[page.path, section.id] - {page.meta.get("territory")}:
                found[locale][place].setdefault(page.path, []).append(section.id)
    return found


def namesake(study: Study, place: Territory) -> Territory | None:
    """The city within a territory, or the territory around a city, that texts often call by the same name: Lyon."""

    def alike(city: Territory, around: Territory) -> bool:
        name, whole = city.name["fr"], around.name["fr"]
        return city.within == around.id and name in whole and f"Grand {name}" not in whole

    return next((o for o in study.territories.values() if alike(o, place) or alike(place, o)), None)
