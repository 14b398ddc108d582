"""The cases as readers look for them: by choices of the finder, size of authority, region, by what they share."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel.numbers import format_decimal

from content.model import Page, Study, Term, as_list

SIZES = (25_000, 100_000, 250_000, 500_000)  # in inhabitants: between two of them, authorities are of one size


@dataclass(frozen=True)
class Facet:
    """One choice of a finder: its key in the address, and its options, names by their slugs."""

    key: str
    word: str  # the key of its label in data/words.yml
    options: Mapping[str, str]

    def had_by(self, values: Iterable[Mapping[str, Sequence[str]]]) -> "Facet":
        """The same with those of its options that some item has. `values`: of each item, by the key of the facet."""
        had = {slug for value in values for slug in value[self.key]}
        return replace(self, options={slug: name for slug, name in self.options.items() if slug in had})


def case_values(study: Study, case: Page) -> dict[str, list[str]]:
    """What the case finder knows of a case, by the key of the facet."""
    place = study.territories[case.meta["territory"]]
    return {
        "lever": as_list(case.meta.get("levers")),
        "mode": as_list(case.meta.get("modes")),
        "instrument": [instrument.id for instrument in study.instruments.values() if case.slug in instrument.cases],
        "theme": as_list(case.meta.get("themes")),
        "type": [place.type],
        "size": [] if place.inhabitants is None else [size_of(place.inhabitants)],
        "region": [place.region],
        "status": as_list(case.meta.get("status")),
        "study": ["yes" if case.meta.get("in_study") else "no"],
    }


def state_text(study: Study, meta: Mapping[str, Any], locale: str) -> str:
    """What became of a case, by its front matter, and when it ended or was last seen: `Ended, 2023`."""
    word, year = study.terms["statuses"][meta["status"]].name[locale], meta["status_year"]
    if not year:
        return word
    if meta["status"] == "ended":
        return f"{word}, {year}"
    return study.words_in[locale]["status_seen"].format(word=word, year=year)


def size_of(inhabitants: int) -> str:
    """The size of an authority, as the finder's address has it: the number that it stays below, or `larger`."""
    return str(next((size for size in SIZES if inhabitants < size), "larger"))


def size_names(study: Study, locale: str) -> dict[str, str]:
    """The sizes in words, the smallest first: `"250000": "100,000 to 250,000 inhabitants"`."""
    words, ends = study.words_in[locale], [format_decimal(size, locale=locale) for size in SIZES]
    between = [words["size_between"].format(*pair) for pair in itertools.pairwise(ends)]
    texts = [words["size_below"].format(ends[0]), *between, words["size_above"].format(ends[-1])]
    return dict(zip((*map(str, SIZES), "larger"), texts, strict=True))


def facets(study: Study, locale: str) -> list[Facet]:
    """The choices of the case finder, with the options that at least one case has."""
    values = [case_values(study, case) for case in study.cases(locale)]
    origins = {key: study.words_in[locale][f"in_study_{key}"] for key in ("yes", "no")}
    every = [
        Facet("lever", "lever", term_names(study, "levers", locale)),
        Facet("instrument", "instrument", {i.id: i.name[locale] for i in study.instruments.values()}),
        Facet("mode", "mode", term_names(study, "modes", locale)),
        Facet("theme", "theme", term_names(study, "themes", locale)),
        Facet("type", "territory_type", term_names(study, "territory_types", locale)),
        Facet("size", "size", size_names(study, locale)),
        Facet("region", "region", term_names(study, "regions", locale)),
        Facet("status", "status", term_names(study, "statuses", locale)),
        Facet("study", "origin", origins),
    ]
    return [facet.had_by(values) for facet in every]


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
    instruments = [instrument for instrument in study.instruments.values() if case.slug in instrument.cases]

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
