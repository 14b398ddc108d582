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
from content.load_instruments import load_amounts, load_instruments, load_starts
from content.load_passages import load_passages
from content.model import (
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
    Source,
    Study,
    Term,
    Territory,
    Translated,
)
from content.record import Record, is_date, is_partial_date, made, records


def load_terms(root: Path) -> dict[str, dict[str, Term]]:
    """`data/terms.yml`: vocabulary, then slug, then term."""
    path = root / "data" / "terms.yml"
    file = "data/terms.yml"
    top = Record(read_yaml(path, root), file, 1)
    terms: dict[str, dict[str, Term]] = {}
    for vocabulary in VOCABULARIES:
        items = top.value.get(vocabulary)
        if not isinstance(items, list):
            raise top.fail(vocabulary, "is missing or not a list: give it its terms")
        terms[vocabulary] = {}
        for number, item in enumerate(items, 1):
            record = Record(item, file, top.value.lines[vocabulary])
            name = {locale: record.text(locale) for locale in LOCALES}
            slug = record.text("slug")
            if slug in terms[vocabulary]:
                message = f"'{slug}' stands twice in {vocabulary}: keep one term"
                raise ContentError(Finding(file, record.line, 1, "D002", message))
            terms[vocabulary][slug] = Term(slug, name, number)
    return terms


def load_territories(root: Path) -> dict[str, Territory]:
    """`data/territories.yml` by id."""
    return {(place := made(Territory, r)).id: place for r in records(root, "territories.yml")}


def load_sources(root: Path) -> dict[str, Source]:
    """`data/sources.yml` by id."""
    sources = {}
    for r in records(root, "sources.yml"):
        subject = r.translated("subject") if "subject" in r.value else None
        source = made(Source, r, subject=subject)
        if (source.title is None) == (subject is None):
            raise r.fail("title", "and 'subject': give one of the two")
        sources[source.id] = source
    return sources


def load_glossary(root: Path) -> tuple[GlossaryEntry, ...]:
    """`data/glossary.yml` in the order of the file. `abbr` may be one text for both languages."""
    entries = []
    for r in records(root, "glossary.yml"):
        one = isinstance(r.value.get("abbr"), str)
        abbr = dict.fromkeys(LOCALES, r.text("abbr")) if one else r.optional_translated("abbr")
        entries.append(made(GlossaryEntry, r, term={locale: r.text(locale) for locale in LOCALES}, abbr=abbr))
    return tuple(entries)


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
        rows, scale = r.value.get("rows"), r.value.get("scale")
        if not isinstance(rows, list) or not rows:
            raise r.fail("rows", "is missing or empty: give it a list of rows")
        if not (isinstance(scale, list) and [type(end) for end in scale] == [int, int] and 0 <= scale[0] < scale[1]):
            raise r.fail("scale", "is not the two ends of the axis, as [0, 128]")
        if r.text("form") not in FORMS:
            raise r.fail("form", f"is '{r.text('form')}': write one of {', '.join(FORMS)}")
        charts[r.text("id")] = made(
            Chart,
            r,
            scale=(scale[0], scale[1]),
            columns=columns,
            rows=tuple(_chart_row(Record(row, r.file, r.line), r.text("form"), columns) for row in rows),
            unit=r.translated("unit") if "unit" in r.value else None,
        )
    return charts


def _chart_row(r: Record, form: str, columns: Mapping[str, Translated]) -> ChartRow:
    known = {*columns, "value", "said", "from", "below", "date", "sources", "told", "main"}
    for key in r.value:
        if key not in known:
            raise r.fail(key, f"is no column of this chart: correct it ({', '.join(columns)})")
    wanted = [key for key in columns if key not in ("value", "date") and (key in r.value or form != "timeline")]
    cells = {
        key: r.translated(key) if isinstance(r.value.get(key), Mapped) else dict.fromkeys(LOCALES, r.text(key))
        for key in wanted
    }
    if "said" in r.value:  # the value in words, where it is not a plain number: "some fifty"
        cells["value"] = r.translated("said")
    if form == "timeline" and not is_partial_date(r.text("date")):
        raise r.fail("date", f"is '{r.text('date')}': write YYYY, YYYY-MM or YYYY-MM-DD")
    for key in ("from", "below"):  # the axis is one of powers of ten
        if (amount := r.optional_number(key)) is not None and amount <= 0:
            raise r.fail(key, "is not above zero: correct it, or leave it out where the range has no such end")
    return made(
        ChartRow,
        r,
        cells=cells,
        value=r.number("value") if form == "bars" else None,
        low=r.optional_number("from"),
        high=r.optional_number("below"),
        date=r.text("date") if form == "timeline" else None,
        main="main" in r.value,
    )


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
