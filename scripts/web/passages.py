"""Where the site names a territory: the sections of its pages, for the page of the territory."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from checker import markdown
from checker.document import Section
from content.known import NEVER
from content.locales import LOCALES
from content.model import Page, Study, Territory

# The order of the pages, by how their path begins.
ORDER = ("levers/", "frameworks/", "themes/", "study/", "start/", "reference/", "cases/")


def _names(place: Territory, locale: str) -> Iterator[str]:
    """Expressions for what texts call a territory, longer names first."""
    bare = place.name["fr"].removeprefix("Le ")  # Petit-Quevilly, as its own pages say
    for name in sorted({place.name[locale], place.name["fr"], place.short or bare}, key=len, reverse=True):
        if place.type == "city" and name in (place.name["fr"], bare):  # Grand Paris, Brest Métropole are not the city
            yield rf"(?<!Grand )(?<!Greater ){re.escape(name)}(?! [Mm][ée]tropol)"
        else:
            yield f"(?i:{re.escape(name)})" if " " in name else re.escape(name)


def _pattern(study: Study, locale: str) -> tuple[re.Pattern[str], list[str]]:
    """An expression that finds the territories in a text, a group for each name, and the ids of the groups."""
    names = [(place.id, name) for place in study.territories.values() for name in _names(place, locale)]
    names.sort(key=lambda pair: -len(pair[1]))
    expression = "|".join(f"({name})" for _, name in names)
    around = [court.partition("{}") for court in study.known.courts]
    before = "".join(f"(?<!{re.escape(text)})" for text, _, _ in around if text)
    after = "".join(f"(?!{re.escape(text)})" for _, _, text in around if text)
    whole = rf"(?<![\w-]){before}(?:{expression or NEVER})(?![\w-]){after}"
    return re.compile(whole), [id for id, _ in names]


@lru_cache(maxsize=10_000)  # a served draft is read again at each edit, and most of its texts are as they were
def _found(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple((match.lastindex or 1) - 1 for match in pattern.finditer(text))


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
    for language in LOCALES:
        pattern, ids = _pattern(study, language)
        for page, section in _sections(study, language):
            groups = (group for block in section.blocks for group in _found(pattern, block.text))
            named.setdefault((page.path, section.id), set()).update(ids[group] for group in groups)
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
