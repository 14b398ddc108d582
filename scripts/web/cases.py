"""The cases as readers look for them: by choices of the finder, size of authority, region, by what they share."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from babel.numbers import format_decimal

from content.instruments import Instrument
from content.model import Page, Study, Term, Territory, as_list
from web.tree import SourceNote

T = TypeVar("T")
SIZES = (25_000, 100_000, 250_000, 500_000)  # in inhabitants: between two of them, authorities are of one size


@dataclass(frozen=True)
class Facet:
    """One choice of a finder: its options, names by their slugs, and those that each item has."""

    key: str  # in the address
    word: str  # the key of its label in data/words.yml
    options: Mapping[str, str]
    had: Mapping[str, Sequence[str]]  # by the id of the item


def facet(
    items: Mapping[str, T], key: str, word: str, names: Mapping[str, str], of: Callable[[T], Sequence[str]]
) -> Facet:
    """A choice among items, by id, with those of its options that some item has; `of`: the slugs that an item has."""
    had = {id: of(item) for id, item in items.items()}
    some = {slug for slugs in had.values() for slug in slugs}
    return Facet(key, word, {slug: name for slug, name in names.items() if slug in some}, had)


def instruments_of(study: Study, case: Page) -> list[Instrument]:
    """The instruments that a case shows."""
    return [instrument for instrument in study.instruments.values() if case.slug in instrument.cases]


def setbacks(study: Study, locale: str) -> set[str]:
    """The cases told as setbacks: those that the page about setbacks, where there is one, leads to."""
    page = study.pages[locale].get("cases/setbacks.md")
    return set(re.findall(r"\]\(([\w-]+)\.md\)", page.body)) if page else set()


def own_note(study: Study, place: Territory, notes: Sequence[SourceNote]) -> SourceNote | None:
    """The first note of a case whose source its authority itself publishes on line."""
    name = place.name["fr"].casefold()
    for note in notes:
        source = study.sources[note.source]
        publisher = source.publisher.casefold()
        if source.url and publisher.endswith(name) and publisher.startswith((name, "ville ")):
            return note
    return None


def state_text(study: Study, meta: Mapping[str, Any], locale: str) -> str:
    """What became of a case, by its front matter, and when it ended or was last seen: `Ended, 2023`."""
    word, year = study.terms["statuses"][meta["status"]].name[locale], meta["status_year"]
    if not year:
        return word
    if meta["status"] == "ended":
        return f"{word}, {year}"
    return study.words_in[locale]["status_seen"].format(word=word, year=year)


def size_of(place: Territory) -> list[str]:
    """The size of an authority as the finder's address has it, the number that it stays below, or `larger`; or none."""
    inhabitants = place.inhabitants
    return [] if inhabitants is None else [str(next((size for size in SIZES if inhabitants < size), "larger"))]


def size_names(study: Study, locale: str) -> dict[str, str]:
    """The sizes in words, the smallest first: `"250000": "100,000 to 250,000 inhabitants"`."""
    words, ends = study.words_in[locale], [format_decimal(size, locale=locale) for size in SIZES]
    between = [words["size_between"].format(*pair) for pair in itertools.pairwise(ends)]
    texts = [words["size_below"].format(ends[0]), *between, words["size_above"].format(ends[-1])]
    return dict(zip((*map(str, SIZES), "larger"), texts, strict=True))


def facets(study: Study, locale: str) -> list[Facet]:
    """The choices of the case finder, with the options that at least one case has."""
    instruments = {instrument.id: instrument.name[locale] for instrument in study.instruments.values()}
    origins = {key: study.words_in[locale][f"in_study_{key}"] for key in ("yes", "no")}
    names = partial(term_names, study, locale=locale)
    of_cases = partial(facet, {case.slug: case for case in study.cases(locale)})
    states, failed = names("statuses") | {"setback": study.words_in[locale]["setback"]}, setbacks(study, locale)

    def place(case: Page) -> Territory:
        return study.territories[case.meta["territory"]]

    return [
        of_cases("lever", "lever", names("levers"), lambda case: case.meta["levers"]),
        of_cases("instrument", "instrument", instruments, lambda case: [i.id for i in instruments_of(study, case)]),
        of_cases("mode", "mode", names("modes"), lambda case: as_list(case.meta["modes"])),
        of_cases("theme", "theme", names("themes"), lambda case: as_list(case.meta["themes"])),
        of_cases("type", "territory_type", names("territory_types"), lambda case: [place(case).type]),
        of_cases("size", "size", size_names(study, locale), lambda case: size_of(place(case))),
        of_cases("region", "region", names("regions"), lambda case: [place(case).region]),
        of_cases("status", "status", states, lambda case: [case.meta["status"]] + ["setback"] * (case.slug in failed)),
        of_cases("study", "origin", origins, lambda case: ["yes" if case.meta["in_study"] else "no"]),
    ]


def term_names(study: Study, vocabulary: str, locale: str) -> dict[str, str]:
    return {term.slug: term.name[locale] for term in study.terms[vocabulary].values()}


@dataclass(frozen=True)
class Counted:
    """The cases of a region or in a state: how many there are, and how many of each lever or year, in their order."""

    term: Term
    cases: int
    each: tuple[int, ...]


def cases_by_region(study: Study, locale: str) -> list[Counted]:
    """The regions that have cases, those with most first. A case counts for each of its levers."""
    of_region: dict[str, list[Page]] = {}
    for case in study.cases(locale):
        region = study.territories[case.meta["territory"]].region
        of_region.setdefault(region, []).append(case)
    rows = []
    for region, cases in of_region.items():
        levers = Counter(lever for case in cases for lever in as_list(case.meta.get("levers")))
        each = tuple(levers[lever] for lever in study.terms["levers"])
        rows.append(Counted(study.terms["regions"][region], len(cases), each))
    return sorted(rows, key=lambda row: (-row.cases, row.term.number))


def fates(study: Study, locale: str) -> tuple[range, list[Counted]]:
    """The years in which cases were last seen, and a row for each state that a case is in."""
    cases = study.cases(locale)
    known = [case.meta["status_year"] for case in cases if case.meta["status_year"]]
    years = range(min(known), max(known) + 1)
    rows = []
    for state in study.terms["statuses"].values():
        seen = Counter(case.meta["status_year"] for case in cases if case.meta["status"] == state.slug)
        if seen:
            rows.append(Counted(state, seen.total(), tuple(seen[year] for year in years)))
    return years, rows


def related(study: Study, case: Page, same_instrument: bool = False) -> list[Page]:
    """Three cases of other territories, the closest first: by instruments, then topics, then another kind of authority.

    A theme in common, which says what a case is about, weighs more than the same main lever.
    With `same_instrument`, only those that show one of its instruments.
    """
    instruments = instruments_of(study, case)

    def kind(page: Page) -> str:
        return study.territories[page.meta["territory"]].type

    def shared(other: Page, key: str) -> int:
        return len({*as_list(case.meta.get(key))} & {*as_list(other.meta.get(key))})

    def distance(other: Page) -> tuple[int, int, bool, str]:
        used = sum(other.slug in instrument.cases for instrument in instruments)
        topics = 2 * (case.main_lever == other.main_lever) + 4 * shared(other, "themes") + shared(other, "levers")
        return -used, -topics, kind(case) == kind(other), other.slug

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
