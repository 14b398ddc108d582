"""Loads the study: the files of `data/` and the pages of `docs/` as the records of `model.py`.

Every wrong or missing value is a `ContentError` with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from content.files import load_page, page_files, read_yaml
from content.findings import ContentError, Finding
from content.instruments import Amount, Instrument, Start
from content.marks import KEBAB_CASE
from content.model import (
    LOCALES,
    VOCABULARIES,
    Alike,
    Answer,
    Change,
    Chart,
    ChartRow,
    GlossaryEntry,
    Mapped,
    Original,
    Outline,
    Passage,
    Source,
    Study,
    Term,
    Territory,
    Translated,
)
from content.record import At, is_partial_date, mapping, read, record

T = TypeVar("T")
Wrong = Iterator[tuple[str, str]]  # a key, and what is wrong with its value beside the others

# The data files that a project must have; of any other that is not there, there are no records.
NEEDED = ("territories.yml", "sources.yml", "glossary.yml", "original.yml")


def records(root: Path, name: str) -> Iterator[tuple[Mapped, At]]:
    """The records of a data file that is a list of mappings, each id once (D002), with where they stand."""
    path, file = root / "data" / name, f"data/{name}"
    if name not in NEEDED and not path.exists():
        return
    value = read_yaml(path, root)
    if not isinstance(value, list):
        raise At(file, 1).fail("is not a list: start each record with '- id: …'")
    seen: dict[str, int] = {}
    for item in value:
        given = mapping(item, At(file, 1))
        at = At(file, given.line)
        id = read(str, given.get("id"), at.under(given, "id"))
        if not KEBAB_CASE.fullmatch(id):  # it becomes an address or the name of a file
            raise at.under(given, "id").fail(f"is '{id}': use a-z, 0-9 and single hyphens")
        if id in seen:
            message = f"'{id}' stands at line {seen[id]} already: keep one record"
            raise ContentError(Finding(file, given.line, 1, "D002", message))
        seen[id] = given.line
        yield given, at


def each(root: Path, name: str, kind: type[T], wrong: Callable[[T], Wrong] | None = None) -> Iterator[T]:
    """The records of a data file as a dataclass. `wrong` says what the types of their fields do not."""
    for given, at in records(root, name):
        made = record(kind, given, at)
        for key, message in wrong(made) if wrong else ():
            raise at.under(given, key).fail(message)
        yield made


def listed(*file: Any) -> Callable[[Path], tuple[Any, ...]]:
    """A loader: the records in the order of their file. See `each` for what is given."""
    return lambda root: tuple(each(root, *file))


def by_id(*file: Any) -> Callable[[Path], dict[str, Any]]:
    """A loader: the records by id, in the order of their file."""
    return lambda root: {made.id: made for made in each(root, *file)}


def _source(source: Source) -> Wrong:
    if (source.title is None) == (source.subject is None):
        yield "title", "and 'subject': give one of the two"


def _amount(amount: Amount) -> Wrong:
    low, high = amount.low, amount.high
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        yield "low", "and 'high' are not the two ends of a range: give both, the smaller first"
    if low is None and amount.said is None:
        yield "low", "is missing: give 'low' and 'high', or the words of the amount in 'said'"


def _passage(passage: Passage) -> Wrong:
    if passage.text and not passage.sources:
        yield "sources", "is missing: a text that was read has a source"


def _original(original: Original) -> Wrong:
    if len(original.authors) < 2:
        yield "authors", "names fewer than two bodies: list them"


def load_original(root: Path) -> Original:
    """`data/original.yml`: a list of one record."""
    for original in each(root, "original.yml", Original, _original):
        return original
    raise At("data/original.yml", 1).fail("has no record: describe the study")


def load_terms(root: Path) -> dict[str, dict[str, Term]]:
    """`data/terms.yml`: vocabulary, then slug, then term."""
    file = "data/terms.yml"
    top = mapping(read_yaml(root / file, root), At(file, 1))
    terms: dict[str, dict[str, Term]] = {}
    for vocabulary in VOCABULARIES:
        at = At(file, 1).under(top, vocabulary)
        if not isinstance(top.get(vocabulary), list):
            raise at.fail("is missing or not a list: give it its terms")
        terms[vocabulary] = {}
        for number, given in enumerate(top[vocabulary], 1):
            term = record(Term, given, at, number=number)
            if term.slug in terms[vocabulary]:
                message = f"'{term.slug}' stands twice in {vocabulary}: keep one term"
                raise ContentError(Finding(file, given.line, 1, "D002", message))
            terms[vocabulary][term.slug] = term
    return terms


def load_words(root: Path) -> dict[str, Translated]:
    """`data/words.yml`: the words of the interface (labels, buttons, generated sentences) by key."""
    words: dict[str, Translated] = read(Mapping[str, Translated], *_top(root, "words.yml"))
    return words


def load_redirects(root: Path) -> Mapped:
    """`data/redirects.yml`, where there is one: old address or heading, then the path it leads to, a text."""
    if not (root / "data" / "redirects.yml").exists():
        return Mapped()
    given, at = _top(root, "redirects.yml")
    moved = mapping(given or Mapped(), at)  # of comments alone: none
    moved.update(read(Mapping[str, str], moved, at))
    return moved


def _top(root: Path, name: str) -> tuple[Any, At]:
    return read_yaml(root / "data" / name, root), At(f"data/{name}", 1)


def load_outline(root: Path) -> Outline:
    """`data/outline.json`, for the map: JSON is YAML too."""
    return record(Outline, *_top(root, "outline.json"))


def load_charts(root: Path) -> dict[str, Chart]:
    """`data/charts.yml`, where there is one, by id."""
    charts = {}
    for given, at in records(root, "charts.yml"):
        columns = read(Mapping[str, Translated], given.get("columns"), at.under(given, "columns"))
        if not columns:
            raise at.under(given, "columns").fail("is empty: give each column its header")
        under, listed_rows = at.under(given, "rows"), given.get("rows")
        if not isinstance(listed_rows, list) or not listed_rows:
            raise under.fail("is missing, empty or no list: give it rows")
        rows = tuple(_chart_row(row, under, given.get("form"), columns) for row in listed_rows)
        chart = record(Chart, given, at, columns=columns, rows=rows)
        if chart.scale[0] == chart.scale[1]:
            raise at.under(given, "scale").fail("is not the two ends of the axis, as [0, 128]")
        charts[chart.id] = chart
    return charts


def _chart_row(given: Any, at: At, form: Any, columns: Mapping[str, Translated]) -> ChartRow:
    """A row of a chart. Its texts stand under the names of the columns; `said` is its value where that is no number."""
    here = mapping(given, at)
    wanted = [key for key in columns if key not in ("value", "date") and (key in here or form != "timeline")]
    cells = {key: read(Alike, here.get(key), at.under(here, key)) for key in wanted}
    if "said" in here:
        cells["value"] = read(Translated, here["said"], at.under(here, "said"))
    row = record(ChartRow, here, at, besides=[*columns, "said"], cells=cells)
    if form == "timeline" and not (row.date and is_partial_date(row.date)):
        raise at.under(here, "date").fail(f"is '{row.date}': write YYYY, YYYY-MM or YYYY-MM-DD")
    if form == "bars" and row.value is None:
        raise at.under(here, "value").fail("is missing: give the number that is drawn")
    for key, end in (("from", row.low), ("below", row.high)):  # the axis is one of powers of ten
        if end is not None and end <= 0:
            message = "is not above zero: correct it, or leave it out where the range has no such end"
            raise at.under(here, key).fail(message)
    return row


# The fields of Study that hold what the files of `data/` say, and who reads each.
LOADERS: Mapping[str, Callable[[Path], Any]] = {
    "terms": load_terms,
    "territories": by_id("territories.yml", Territory),
    "sources": by_id("sources.yml", Source, _source),
    "glossary": listed("glossary.yml", GlossaryEntry),
    "words": load_words,
    "redirects": load_redirects,
    "changes": listed("changes.yml", Change),
    "charts": load_charts,
    "instruments": by_id("instruments.yml", Instrument),
    "amounts": by_id("amounts.yml", Amount, _amount),
    "starts": by_id("start.yml", Start),
    "answers": listed("search.yml", Answer),
    "original": load_original,
    "passages": listed("study.yml", Passage, _passage),
}


def load_study(root: Path) -> Study:
    """All content below `root`. Raises ContentError at the first file that cannot be read."""
    data = {field: load(root) for field, load in LOADERS.items()}
    pages = {
        locale: {(page := load_page(file, root)).path: page for file in page_files(root, locale)} for locale in LOCALES
    }
    return Study(root=root, pages=pages, **data)
