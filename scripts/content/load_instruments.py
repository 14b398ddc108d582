"""Loads `data/instruments.yml`, `data/start.yml`, `data/amounts.yml`: what one can do, when, and what it cost.

Every wrong or missing value is a ContentError (D001) with file and line.
"""

from __future__ import annotations

from pathlib import Path

from content.instruments import COMPARISONS, MEASURES, STARTS, TRAVELS, UNITS, Amount, Instrument, Start, Step
from content.model import LOCALES, Mapped
from content.record import Record, made, records


def load_instruments(root: Path) -> dict[str, Instrument]:
    """`data/instruments.yml`, where there is one, by id, in the order of the levers and of their pages."""
    return {
        r.text("id"): made(Instrument, r, months=_months(r), travels=r.one_of("travels", TRAVELS))
        for r in records(root, "instruments.yml")
    }


def _months(r: Record) -> tuple[int, int] | None:
    value = r.value.get("months")
    if value is None:
        return None
    if not (isinstance(value, list) and [type(end) for end in value] == [int, int] and 0 <= value[0] <= value[1]):
        raise r.fail("months", "is not the shortest and the longest time, as [3, 12], or null")
    return value[0], value[1]


def load_starts(root: Path) -> dict[str, Start]:
    """`data/start.yml`, where there is one, by id, in the order of the file."""
    return {r.text("id"): _start(r) for r in records(root, "start.yml")}


def _start(r: Record) -> Start:
    steps = r.value.get("steps")
    if not isinstance(steps, list) or not steps:
        raise r.fail("steps", "is missing or empty: give it a list of '- instrument: …'")
    found = [Record(step, r.file, r.line) for step in steps]
    return made(Start, r, group=r.one_of("group", STARTS), steps=tuple(made(Step, step) for step in found))


def load_amounts(root: Path) -> dict[str, Amount]:
    """`data/amounts.yml`, where there is one, by id, in the order of the file.

    `where` is the id of a territory, or a name in both languages.
    """
    return {r.text("id"): _amount(r) for r in records(root, "amounts.yml")}


def _amount(r: Record) -> Amount:
    named = isinstance(r.value.get("where"), Mapped)
    low, high = r.optional_number("low"), r.optional_number("high")
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        raise r.fail("low", "and 'high' are not the two ends of a range: give both, the smaller first")
    said = r.optional_translated("said")
    if low is None and said is None:
        raise r.fail("low", "is missing: give 'low' and 'high', or the words of the amount in 'said'")
    return made(
        Amount,
        r,
        territory=None if named else r.text("where"),
        where=r.translated("where") if named else dict.fromkeys(LOCALES, r.text("where")),
        low=low,
        high=high,
        measure=r.one_of("measure", MEASURES),
        unit=r.one_of("unit", UNITS),
        said=said,
        count=_count(r),
        apart=_apart(r),
        first_year=_year(r, "from"),
        last_year=_year(r, "to"),
    )


def _count(r: Record) -> tuple[float, str] | None:
    if r.value.get("count") is None:
        return None
    inner = Record(r.value["count"], r.file, r.line)
    return inner.number("number"), inner.one_of("unit", UNITS)


def _apart(r: Record) -> tuple[str, ...]:
    apart = r.texts("apart")
    if unknown := set(apart) - set(COMPARISONS):
        raise r.fail("apart", f"names {sorted(unknown)}: give some of {', '.join(COMPARISONS)}")
    return apart


def _year(r: Record, key: str) -> int | None:
    value = r.optional_number(key)
    if value is None:
        return None
    if not 1900 <= value <= 2100 or value != int(value):
        raise r.fail(key, "is no year of four digits: correct it, or null where the source has none")
    return int(value)
