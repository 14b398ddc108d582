"""Reads the values of a data file by the types of the records that they are for (`model.py`, `instruments.py`).

A value that is missing or has another form is a ContentError (D001) with its line, and how to mend it.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from content.findings import ContentError, Finding
from content.model import LOCALES, Alike, Day, Id, Mapped, Month, Partly, Queries, Rings, Span, Translated, Whole, Year

T = TypeVar("T")


class At(NamedTuple):
    """Where a value stands, and the key that it is under."""

    file: str
    line: int
    key: str = ""

    def under(self, mapping: Mapped, key: str) -> At:
        return At(self.file, mapping.lines.get(key, mapping.line), key)

    def fail(self, message: str) -> ContentError:
        said = f"'{self.key}' {message}" if self.key else message
        return ContentError(Finding(self.file, self.line, 1, "D001", said))


def read(kind: Any, given: Any, at: At) -> Any:
    """A value as its type says: a list as `tuple[str, ...]`, a mapping as a dataclass."""
    inner = get_args(kind)
    if NoneType in inner:
        return None if given is None else read(inner[0], given, at)
    if kind in READERS:
        return READERS[kind](given, at)
    if get_origin(kind) is Literal:
        if given not in inner:
            said = "missing" if given is None else f"'{given}'"
            raise at.fail(f"is {said}: write one of {', '.join(map(str, inner))}")
        return given
    if get_origin(kind) in (tuple, frozenset):
        return get_origin(kind)(_items(inner[0], given, at))
    if get_origin(kind) is Mapping:
        here = mapping(Mapped() if given is None else given, at)
        return {key: read(inner[1], value, at.under(here, key)) for key, value in here.items()}
    return record(kind, given, at)


def record(kind: Callable[..., T], given: Any, at: At, besides: Sequence[str] = (), **own: Any) -> T:
    """A record of a dataclass: each field from the key of its name, but for those in `own`.

    It has no other keys; `besides` are those that the caller reads.
    """
    here = mapping(given, at)
    keys = dict.fromkeys(key for part in _parts(kind) for key in ([part.key] if part.key else LOCALES))  # each once
    for key in here:
        if key not in keys and key not in besides:
            raise at.under(here, key).fail(f"is no key of a record here: correct it ({', '.join([*keys, *besides])})")
    values = {
        part.name: read(part.kind, here.get(part.key) if part.key else here, at.under(here, part.key))
        for part in _parts(kind)
        if part.name not in own and (part.is_needed or part.key in here)
    }
    return kind(**values, **own, **({"line": here.line} if "line" in kind.__annotations__ else {}))


class _Part(NamedTuple):
    """A field of a dataclass, and its key: none where it is in the record itself, under its locales."""

    name: str
    key: str
    kind: Any
    is_needed: bool


@cache
def _parts(kind: Any) -> tuple[_Part, ...]:
    """The fields of a dataclass but for that of its line."""
    types = get_type_hints(kind, include_extras=True)
    return tuple(
        _Part(f.name, f.metadata.get("key", f.name), types[f.name], f.default is f.default_factory is MISSING)
        for f in fields(kind)
        if f.name != "line"
    )


def mapping(given: Any, at: At) -> Mapped:
    if not isinstance(given, Mapped):
        raise at.fail("is no mapping: write 'key: value' lines here")
    return given


def _items(kind: Any, given: Any, at: At) -> Iterator[Any]:
    """The items of a list: texts, of which there may be none, or records."""
    if given is None and not is_dataclass(kind):
        return
    if not isinstance(given, list) or (not given and is_dataclass(kind)):
        raise at.fail("is missing, empty or no list: write '[one, two]', or a line '- …' for each")
    for item in given:
        yield read(kind, item, at)


def text(given: Any, at: At) -> str:
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str) or not given.strip():
        raise at.fail("is missing or empty: give it a text")
    return given


def number(given: Any, at: At) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise at.fail("is missing or not a number")
    return float(given)


def whole(given: Any, at: At) -> int:
    if (value := number(given, at)) != int(value) or value < 0:
        raise at.fail("is no whole number")
    return int(value)


def year(given: Any, at: At) -> int:
    if not 1900 <= number(given, at) <= 2100 or given != int(given):
        raise at.fail("is no year of four digits: correct it, or null where the source has none")
    return int(given)


def span(given: Any, at: At) -> tuple[int, int]:
    if not (isinstance(given, list) and [type(end) for end in given] == [int, int] and 0 <= given[0] <= given[1]):
        raise at.fail("is not the smaller and the larger of two whole numbers, as [3, 12]")
    return given[0], given[1]


def rings(given: Any, at: At) -> list[list[tuple[float, float]]]:
    try:
        return [[(float(longitude), float(latitude)) for longitude, latitude in ring] for ring in given]
    except (TypeError, ValueError):
        raise at.fail("is no list of rings of points: put the file back as it was") from None


def day(given: Any, at: At) -> str:
    if not is_date(text(given, at)):
        raise at.fail(f"is '{given}': write a date that exists, as 2026-11-24")
    return str(given)


def month(given: Any, at: At) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}", text(given, at)) or not is_partial_date(given):
        raise at.fail(f"is '{given}': write year and month, as 2021-11")
    return str(given)


def translated(given: Any, at: At) -> dict[str, str]:
    if not isinstance(given, Mapped):
        raise at.fail("is missing: give it 'en:' and 'fr:'")
    return {locale: text(given.get(locale), at.under(given, locale)) for locale in LOCALES}


def partly(given: Any, at: At) -> dict[str, str]:
    here = Mapped() if given is None else mapping(given, at)
    return {locale: text(here[locale], at.under(here, locale)) for locale in LOCALES if locale in here}


def queries(given: Any, at: At) -> dict[str, tuple[str, ...]]:
    here = mapping(given, at)
    return {locale: read(tuple[str, ...], here.get(locale), at.under(here, locale)) for locale in LOCALES}


READERS: Mapping[Any, Callable[[Any, At], Any]] = {
    str: text,
    float: number,
    bool: lambda given, _: given is True,
    Whole: whole,
    Year: year,
    Span: span,
    Rings: rings,
    Day: day,
    Month: month,
    Id: lambda given, _: given if isinstance(given, str) else None,
    Translated: translated,
    Alike: lambda given, at: (translated if isinstance(given, Mapped) else _both)(given, at),
    Partly: partly,
    Queries: queries,
}


def _both(given: Any, at: At) -> dict[str, str]:
    return dict.fromkeys(LOCALES, text(given, at))


def is_date(value: Any) -> bool:
    """Whether a value is a day that exists, as 2026-11-24."""
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_partial_date(value: str) -> bool:
    """Whether a text is a year, a month or a day that exists: 2026, 2026-11, 2026-11-24."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value) is not None and is_date((value + "-01-01")[:10])
