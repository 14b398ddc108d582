"""Checked access to the records of a data file: a wrong or missing value is a ContentError with its line."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from content.files import read_yaml
from content.findings import ContentError, Finding
from content.instruments import MEASURES, STARTS, TRAVELS, UNITS, Amount, Instrument, Start
from content.marks import KEBAB_CASE
from content.model import (
    FORMS,
    LOCALES,
    PARTS,
    Answer,
    Change,
    Chart,
    GlossaryEntry,
    Mapped,
    Original,
    Passage,
    Source,
    Territory,
    Translated,
)


class Record:
    """A mapping of a data file with checked access: a wrong or missing value is a ContentError (D001)."""

    def __init__(self, value: Any, file: str, line: int) -> None:
        self.file = file
        if not isinstance(value, Mapped):
            raise ContentError(Finding(file, line, 1, "D001", "expected 'key: value' lines here"))
        self.value = value
        self.line = value.line

    def fail(self, key: str, message: str) -> ContentError:
        line = self.value.lines.get(key, self.line)
        return ContentError(Finding(self.file, line, 1, "D001", f"'{key}' {message}"))

    def text(self, key: str) -> str:
        value = self.value.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "is missing or empty: give it a text")
        return value

    def optional(self, key: str) -> str | None:
        return None if self.value.get(key) is None else self.text(key)

    def number(self, key: str) -> float:
        value = self.value.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.fail(key, "is missing or not a number")
        return float(value)

    def optional_number(self, key: str) -> float | None:
        return None if self.value.get(key) is None else self.number(key)

    def optional_whole(self, key: str) -> int | None:
        value = self.optional_number(key)
        if value is not None and (value != int(value) or value < 0):
            raise self.fail(key, "is no whole number")
        return None if value is None else int(value)

    def year(self, key: str) -> int | None:
        value = self.optional_number(key)
        if value is not None and (not 1900 <= value <= 2100 or value != int(value)):
            raise self.fail(key, "is no year of four digits: correct it, or null where the source has none")
        return None if value is None else int(value)

    def months(self, key: str) -> tuple[int, int] | None:
        value = self.value.get(key)
        if value is None:
            return None
        if not (isinstance(value, list) and [type(end) for end in value] == [int, int] and 0 <= value[0] <= value[1]):
            raise self.fail(key, "is not the shortest and the longest time, as [3, 12], or null")
        return value[0], value[1]

    def locales(self) -> Translated:
        """The text of the record itself, under its keys `en` and `fr`."""
        return {locale: self.text(locale) for locale in LOCALES}

    def translated(self, key: str) -> Translated:
        inner = self.value.get(key)
        if not isinstance(inner, Mapped):
            raise self.fail(key, "is missing: give it 'en:' and 'fr:'")
        return Record(inner, self.file, self.line).locales()

    def optional_translated(self, key: str) -> Translated | None:
        return None if self.value.get(key) is None else self.translated(key)

    def alike(self, key: str) -> Translated:
        """A text that may be one for both languages."""
        one = not isinstance(self.value.get(key), Mapped)
        return dict.fromkeys(LOCALES, self.text(key)) if one else self.translated(key)

    def some_translated(self, key: str) -> Mapping[str, str]:
        """A text in some of the languages; in none where the key is missing."""
        inner = self.value.get(key)
        if inner is None:
            return {}
        record = Record(inner, self.file, self.line)
        return {locale: record.text(locale) for locale in LOCALES if locale in record.value}

    def one_of(self, key: str, known: Sequence[str]) -> str:
        value = self.text(key)
        if value not in known:
            raise self.fail(key, f"is '{value}': write one of {', '.join(known)}")
        return value

    def list_of_records(self, key: str, hint: str) -> list[Record]:
        """The mappings of a list that has at least one."""
        value = self.value.get(key)
        if not isinstance(value, list) or not value:
            raise self.fail(key, f"is missing or empty: give it a list of {hint}")
        return [Record(item, self.file, self.line) for item in value]

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(key, "is not a list of ids")
        return tuple(value)


T = TypeVar("T")
# How a field of a record is read from the key of its name, by its type as it is written.
READERS: Mapping[str, Callable[[Record, str], Any]] = {
    "str": Record.text,
    "str | None": Record.optional,
    "float": Record.number,
    "float | None": Record.optional_number,
    "int | None": Record.optional_whole,
    "tuple[int, int] | None": Record.months,
    "Translated": Record.translated,
    "Translated | None": Record.optional_translated,
    "Mapping[str, str]": Record.some_translated,
    "tuple[str, ...]": Record.texts,
}
# The fields whose text is one of a few.
ONE_OF: Mapping[str, Sequence[str]] = {
    "form": FORMS,
    "group": STARTS,
    "measure": MEASURES,
    "part": PARTS,
    "travels": TRAVELS,
    "unit": UNITS,
}


def made(kind: Callable[..., T], r: Record, **own: Any) -> T:
    """A record of a dataclass: each field read from the key of its name, as its type says, but for those in `own`."""
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name == "line":
            own["line"] = r.line
        elif field.name in ONE_OF and field.type == "str":
            own[field.name] = r.one_of(field.name, ONE_OF[field.name])
        elif field.name not in own:
            own[field.name] = READERS[str(field.type)](r, field.name)
    return kind(**own)


def _names(kind: type, *others: str, but: str = "line") -> tuple[str, ...]:
    """The names of the fields of a record that are keys of its file too, and other keys."""
    return (*(field.name for field in fields(kind) if field.name not in but.split()), *others)


# The keys of the records of each data file: one that is misspelt would be lost.
KEYS = {
    "territories.yml": _names(Territory),
    "sources.yml": _names(Source),
    "glossary.yml": _names(GlossaryEntry, *LOCALES, but="term line"),
    "changes.yml": _names(Change),
    "original.yml": _names(Original, "sources"),
    "instruments.yml": _names(Instrument),
    "start.yml": _names(Start),
    "study.yml": _names(Passage),
    "amounts.yml": _names(Amount, "from", "to", but="territory first_year last_year line"),
    "search.yml": _names(Answer, *LOCALES, but="asked line"),
    "charts.yml": _names(Chart),
}


# The data files that a project must have; of any other that is not there, there are no records.
NEEDED = ("territories.yml", "sources.yml", "glossary.yml", "original.yml")


def records(root: Path, name: str) -> Iterator[Record]:
    """The records of a data file that is a list of mappings, with known keys alone, each id once (D002)."""
    path = root / "data" / name
    if name not in NEEDED and not path.exists():
        return
    file = path.relative_to(root).as_posix()
    value = read_yaml(path, root)
    if not isinstance(value, list):
        raise ContentError(Finding(file, 1, 1, "D001", "is not a list: start each record with '- id: …'"))
    seen: dict[str, int] = {}
    for item in value:
        record = Record(item, file, 1)
        for key in record.value:
            if key not in KEYS[name]:
                raise record.fail(key, f"is no key of a record here: correct it ({', '.join(KEYS[name])})")
        key = record.text("id")
        if not KEBAB_CASE.fullmatch(key):  # it becomes an address or the name of a file
            raise record.fail("id", f"is '{key}': use a-z, 0-9 and single hyphens")
        if key in seen:
            raise ContentError(
                Finding(file, record.line, 1, "D002", f"'{key}' stands at line {seen[key]} already: keep one record")
            )
        seen[key] = record.line
        yield record


def is_date(value: Any) -> bool:
    """Whether a value is a day that exists, as 2026-11-24."""
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_partial_date(value: str) -> bool:
    """Whether a text is a year, a month or a day that exists: 2026, 2026-11, 2026-11-24."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value) is not None and is_date((value + "-01-01")[:10])
