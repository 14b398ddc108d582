"""Loads the study: the files of `data/` and the pages of `docs/` as the records of `model.py`.

Every wrong or missing value is a `ContentError` with file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from content.files import load_page, page_files, read_text, read_yaml
from content.findings import ContentError, Finding
from content.instruments import COMPARISONS, UNITS, Amount, Instrument, Start, Step
from content.model import (
    EDITIONS,
    FORMS,
    LOCALES,
    VOCABULARIES,
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
from content.record import Record, is_date, is_partial_date, made, records


def load_terms(root: Path) -> dict[str, dict[str, Term]]:
    """`data/terms.yml`: vocabulary, then slug, then term."""
    file = "data/terms.yml"
    top = Record(read_yaml(root / file, root), file, 1)
    terms: dict[str, dict[str, Term]] = {}
    for vocabulary in VOCABULARIES:
        items = top.value.get(vocabulary)
        if not isinstance(items, list):
            raise top.fail(vocabulary, "is missing or not a list: give it its terms")
        terms[vocabulary] = {}
        for number, item in enumerate(items, 1):
            record = Record(item, file, top.value.lines[vocabulary])
            name, slug = record.locales(), record.text("slug")
            if slug in terms[vocabulary]:
                message = f"'{slug}' stands twice in {vocabulary}: keep one term"
                raise ContentError(Finding(file, record.line, 1, "D002", message))
            terms[vocabulary][slug] = Term(slug, name, number)
    return terms


def load_territories(root: Path) -> dict[str, Territory]:
    """`data/territories.yml` by id."""
    return {r.text("id"): made(Territory, r) for r in records(root, "territories.yml")}


def load_sources(root: Path) -> dict[str, Source]:
    """`data/sources.yml` by id."""
    sources = {}
    for r in records(root, "sources.yml"):
        source = made(Source, r)
        if (source.title is None) == (source.subject is None):
            raise r.fail("title", "and 'subject': give one of the two")
        sources[source.id] = source
    return sources


def load_glossary(root: Path) -> tuple[GlossaryEntry, ...]:
    """`data/glossary.yml` in the order of the file. `abbr` may be one text for both languages."""
    return tuple(
        made(GlossaryEntry, r, term=r.locales(), abbr=None if r.value.get("abbr") is None else r.alike("abbr"))
        for r in records(root, "glossary.yml")
    )


def load_words(root: Path) -> dict[str, Translated]:
    """`data/words.yml`: the words of the interface (labels, buttons, generated sentences) by key."""
    value = Record(read_yaml(root / "data" / "words.yml", root), "data/words.yml", 1)
    return {key: value.translated(key) for key in value.value}


def load_redirects(root: Path) -> Mapped:
    """`data/redirects.yml`, where there is one: old address or heading, then the path it leads to, a text."""
    path = root / "data" / "redirects.yml"
    if not path.exists():
        return Mapped()
    value = Record(read_yaml(path, root) or Mapped(), "data/redirects.yml", 1)  # of comments alone: none
    for old in value.value:
        value.value[old] = value.text(old)
    return value.value


def load_changes(root: Path) -> tuple[Change, ...]:
    """`data/changes.yml`, where there is one, in the order of the file."""
    changes = []
    for r in records(root, "changes.yml"):
        if not is_date(r.text("date")):
            raise r.fail("date", f"is '{r.text('date')}': write a date that exists, as 2026-11-24")
        changes.append(made(Change, r))
    return tuple(changes)


def load_answers(root: Path) -> tuple[Answer, ...]:
    """`data/search.yml`, where there is one, in the order of the file."""
    return tuple(
        made(Answer, r, asked={locale: r.texts(locale) for locale in LOCALES}) for r in records(root, "search.yml")
    )


def load_outline(root: Path) -> Outline:
    """`data/outline.json`, for the map."""
    path = root / "data" / "outline.json"
    text = read_text(path, root)
    try:
        value = json.loads(text)
        rings = {
            part: [[(float(longitude), float(latitude)) for longitude, latitude in ring] for ring in value[part]]
            for part in ("mainland", "la-reunion")
        }
        return Outline(str(value["credit"]), rings)
    except json.JSONDecodeError as error:
        message = f"broken JSON ({error.msg}): put the file back as it was"
        raise ContentError(Finding("data/outline.json", error.lineno, error.colno, "Y001", message)) from None
    except (KeyError, TypeError, ValueError, RecursionError):
        message = "is not 'credit' with the rings 'mainland' and 'la-reunion': put the file back as it was"
        raise ContentError(Finding("data/outline.json", 1, 1, "D001", message)) from None


def load_original(root: Path) -> Original:
    """`data/original.yml`: a list of one record."""
    for r in records(root, "original.yml"):
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", r.text("date")):
            raise r.fail("date", f"is '{r.text('date')}': write year and month, as 2021-11")
        if len(r.texts("authors")) < 2:
            raise r.fail("authors", "names fewer than two bodies: list them")
        return made(Original, r)
    raise ContentError(Finding("data/original.yml", 1, 1, "D001", "has no record: describe the study"))


def load_charts(root: Path) -> dict[str, Chart]:
    """`data/charts.yml`, where there is one, by id. A cell may be one text for both languages."""
    charts = {}
    for r in records(root, "charts.yml"):
        headers = Record(r.value.get("columns"), r.file, r.line)
        columns = {key: headers.translated(key) for key in headers.value}
        if not columns:
            raise r.fail("columns", "is empty: give each column its header")
        rows, scale = r.list_of_records("rows", "rows"), r.value.get("scale")
        if not (isinstance(scale, list) and [type(end) for end in scale] == [int, int] and 0 <= scale[0] < scale[1]):
            raise r.fail("scale", "is not the two ends of the axis, as [0, 128]")
        form = r.one_of("form", FORMS)
        made_rows = tuple(_chart_row(row, form, columns) for row in rows)
        charts[r.text("id")] = made(Chart, r, scale=(scale[0], scale[1]), columns=columns, rows=made_rows)
    return charts


def _chart_row(r: Record, form: str, columns: Mapping[str, Translated]) -> ChartRow:
    known = {*columns, "value", "said", "from", "below", "date", "sources", "told", "main"}
    for key in r.value:
        if key not in known:
            raise r.fail(key, f"is no column of this chart: correct it ({', '.join(columns)})")
    wanted = [key for key in columns if key not in ("value", "date") and (key in r.value or form != "timeline")]
    cells = {key: r.alike(key) for key in wanted}
    if "said" in r.value:  # the value in words, where it is not a plain number: "some fifty"
        cells["value"] = r.translated("said")
    if form == "timeline" and not is_partial_date(r.text("date")):
        raise r.fail("date", f"is '{r.text('date')}': write YYYY, YYYY-MM or YYYY-MM-DD")
    low, high = r.optional_number("from"), r.optional_number("below")
    for key, amount in (("from", low), ("below", high)):  # the axis is one of powers of ten
        if amount is not None and amount <= 0:
            raise r.fail(key, "is not above zero: correct it, or leave it out where the range has no such end")
    value = r.number("value") if form == "bars" else None
    date = r.text("date") if form == "timeline" else None
    return made(ChartRow, r, cells=cells, value=value, low=low, high=high, date=date, main="main" in r.value)


def load_instruments(root: Path) -> dict[str, Instrument]:
    """`data/instruments.yml`, where there is one, by id, in the order of the levers and of their pages."""
    return {r.text("id"): made(Instrument, r) for r in records(root, "instruments.yml")}


def load_starts(root: Path) -> dict[str, Start]:
    """`data/start.yml`, where there is one, by id, in the order of the file."""
    starts = {}
    for r in records(root, "start.yml"):
        steps = tuple(made(Step, step) for step in r.list_of_records("steps", "'- instrument: …'"))
        starts[r.text("id")] = made(Start, r, steps=steps)
    return starts


def load_amounts(root: Path) -> dict[str, Amount]:
    """`data/amounts.yml`, where there is one, by id, in the order of the file.

    `where` is the id of a territory, or a name in both languages.
    """
    amounts = {}
    for r in records(root, "amounts.yml"):
        territory = None if isinstance(r.value.get("where"), Mapped) else r.text("where")
        count = None
        if r.value.get("count") is not None:
            inner = Record(r.value["count"], r.file, r.line)
            count = inner.number("number"), inner.one_of("unit", UNITS)
        years = {"first_year": r.year("from"), "last_year": r.year("to")}
        amount = made(Amount, r, territory=territory, where=r.alike("where"), count=count, **years)
        low, high = amount.low, amount.high
        if (low is None) != (high is None) or (low is not None and high is not None and low > high):
            raise r.fail("low", "and 'high' are not the two ends of a range: give both, the smaller first")
        if low is None and amount.said is None:
            raise r.fail("low", "is missing: give 'low' and 'high', or the words of the amount in 'said'")
        if unknown := set(amount.apart) - set(COMPARISONS):
            raise r.fail("apart", f"names {sorted(unknown)}: give some of {', '.join(COMPARISONS)}")
        amounts[amount.id] = amount
    return amounts


def load_passages(root: Path) -> tuple[Passage, ...]:
    """`data/study.yml`, where there is one, in the order of the file."""
    found = []
    for r in records(root, "study.yml"):
        edition = int(r.one_of("edition", EDITIONS))
        passage = made(Passage, r, edition=edition, cut=r.value.get("cut") is True)
        if passage.text and not passage.sources:
            raise r.fail("sources", "is missing: a text that was read has a source")
        found.append(passage)
    return tuple(found)


# The fields of Study that hold what the files of `data/` say, and who reads each.
LOADERS: Mapping[str, Callable[[Path], Any]] = {
    "terms": load_terms,
    "territories": load_territories,
    "sources": load_sources,
    "glossary": load_glossary,
    "words": load_words,
    "redirects": load_redirects,
    "changes": load_changes,
    "charts": load_charts,
    "instruments": load_instruments,
    "amounts": load_amounts,
    "starts": load_starts,
    "answers": load_answers,
    "original": load_original,
    "passages": load_passages,
}


def load_study(root: Path) -> Study:
    """All content below `root`. Raises ContentError at the first file that cannot be read."""
    data = {field: load(root) for field, load in LOADERS.items()}
    pages = {
        locale: {(page := load_page(file, root)).path: page for file in page_files(root, locale)} for locale in LOCALES
    }
    return Study(root=root, pages=pages, **data)
