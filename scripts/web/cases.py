"""Cases as readers look for them: by the choices of their finder, by size of authority, by what they share."""

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from content.model import Page, Study, Territory, as_list
from content.writing import number_text
from web.facets import Facet, term_names
from web.instruments import instruments_of

SIZES = (25_000, 100_000, 250_000, 500_000)  # in inhabitants: between two of them, authorities are of one size


def setbacks(study: Study, locale: str) -> set[str]:
    """The cases told as setbacks: those that the page about setbacks, where there is one, leads to."""
    page = study.pages[locale].get("cases/setbacks.md")
    return set(re.findall(r"\]\(([\w-]+)\.md\)", page.body)) if page else set()


def state_text(study: Study, meta: Mapping[str, Any], locale: str) -> str:
    """What became of a case, by its front matter, and when it ended or was last seen: `Ended, 2023`."""
    word, year = study.terms["statuses"][meta["status"]].name[locale], meta["status_year"]
    if not year or meta["status"] == "ended":
        return f"{word}, {year}" if year else word
    return study.words_in[locale]["status_seen"].format(word=word, year=year)


def size_of(place: Territory) -> list[str]:
    """The size of an authority as the finder's address has it, the number that it stays below, or `larger`; or none."""
    inhabitants = place.inhabitants
    return [] if inhabitants is None else [str(next((size for size in SIZES if inhabitants < size), "larger"))]


def size_names(study: Study, locale: str) -> dict[str, str]:
    """The sizes in words, the smallest first: `"250000": "100,000 to 250,000 inhabitants"`."""
    words, ends = study.words_in[locale], [number_text(size, locale) for size in SIZES]
    between = [words["size_between"].format(*pair) for pair in itertools.pairwise(ends)]
    texts = [words["size_below"].format(ends[0]), *between, words["size_above"].format(ends[-1])]
    return dict(zip((*map(str, SIZES), "larger"), texts, strict=True))


def case_facets(study: Study, locale: str) -> list[Facet]:
    """The choices of the case finder, with the options that at least one case has."""
    instruments = {instrument.id: instrument.name[locale] for instrument in study.instruments.values()}
    origins = {key: study.words_in[locale][f"in_study_{key}"] for key in ("yes", "no")}
    names = partial(term_names, study, locale=locale)
    of_cases = partial(Facet, {case.slug: case for case in study.cases(locale)})
    states, failed = names("statuses") | {"setback": study.words_in[locale]["setback"]}, setbacks(study, locale)

    return [
        of_cases("lever", "lever", names("levers"), lambda case: case.meta["levers"]),
        of_cases("instrument", "instrument", instruments, lambda case: [i.id for i in instruments_of(study, case)]),
        of_cases("mode", "mode", names("modes"), lambda case: as_list(case.meta["modes"])),
        of_cases("theme", "theme", names("themes"), lambda case: as_list(case.meta["themes"])),
        of_cases("type", "territory_type", names("territory_types"), lambda case: [study.place(case).type]),
        of_cases("size", "size", size_names(study, locale), lambda case: size_of(study.place(case))),
        of_cases("region", "region", names("regions"), lambda case: [study.place(case).region]),
        of_cases("status", "status", states, lambda case: [case.meta["status"]] + ["setback"] * (case.slug in failed)),
        of_cases("study", "origin", origins, lambda case: ["yes" if case.meta["in_study"] else "no"]),
    ]


def region_rows(study: Study, locale: str) -> list[dict[str, Any]]:
    """The regions that have cases, those with most first: their number, and how many use each lever."""
    rows = []
    for region in study.terms["regions"].values():
        cases = [case for case in study.cases(locale) if study.place(case).region == region.slug]
        used = Counter(lever for case in cases for lever in case.meta["levers"])
        levers = {f"lever_{lever.number}": used[lever.slug] for lever in study.terms["levers"].values()}
        rows += [{"region": region, "cases": len(cases), **levers}] if cases else []
    return sorted(rows, key=lambda row: -row["cases"])


def fate_rows(study: Study, locale: str) -> list[dict[str, Any]]:
    """The years in which cases were last seen: how many were in each state that some case is in."""
    seen = Counter((case.meta["status_year"], case.meta["status"]) for case in study.cases(locale))
    years = sorted(year for year, _ in seen if year)
    states = [state for state in study.terms["statuses"] if state in {status for _, status in seen}]
    return [{"year": year, **{state: seen[year, state] for state in states}} for year in range(years[0], years[-1] + 1)]


def related(study: Study, case: Page, same_instrument: bool = False) -> list[Page]:
    """Three cases of other territories, the closest first: by instruments, then topics, then another kind of authority.

    A theme in common, which says what a case is about, weighs more than the same main lever.
    With `same_instrument`, only those that show one of its instruments.
    """
    instruments = instruments_of(study, case)

    def shared(other: Page, key: str) -> int:
        return len({*as_list(case.meta.get(key))} & {*as_list(other.meta.get(key))})

    def distance(other: Page) -> tuple[int, int, bool, str]:
        used = sum(other.slug in instrument.cases for instrument in instruments)
        topics = 2 * (case.main_lever == other.main_lever) + 4 * shared(other, "themes") + shared(other, "levers")
        return -used, -topics, study.place(case).type == study.place(other).type, other.slug

    elsewhere = (page for page in study.cases(case.locale) if page.meta["territory"] != case.meta["territory"])
    near = sorted((distance(page), page) for page in elsewhere)  # no two have one slug: no pages are compared
    return [page for (used, topics, *_), page in near if used or (topics and not same_instrument)][:3]


def neighbours(study: Study, case: Page) -> tuple[Page | None, Page | None]:
    """The cases before and after a case, lever by lever: those of its main lever, then those of the next one."""
    levers = list(study.terms["levers"])
    ordered = sorted(study.cases(case.locale), key=lambda page: (levers.index(str(page.main_lever)), page.slug))
    row = [None, *ordered, None]
    place = row.index(case)
    return row[place - 1], row[place + 1]
