"""How the rules of data files tell what is wrong with a record, and which other record it names in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from checker.links import Problem
from checker.model import Project
from content.findings import Hit


class Record(Protocol):
    """A record of a data file."""

    @property
    def id(self) -> str: ...
    @property
    def line(self) -> int: ...


def told(file: str, record: Record, problems: Iterable[Problem | None]) -> Iterator[Hit]:
    """A hit for each thing that is wrong with a record of a file."""
    for message, to in filter(None, problems):
        yield Hit(file, record.line, 1, f"'{record.id}': {message}", to=to)


def no_record(project: Project, what: str, id: str | None) -> Problem | None:
    """What is wrong with the name of an instrument, an amount or a territory: there is none."""
    files = {"instrument": "instruments", "amount": "amounts", "territory": "territories"}
    records = getattr(project, files[what])
    if not id or records is None or id in records:
        return None
    return f"there is no {what} '{id}': correct it, or add it to data/{files[what]}.yml", f"{files[what]}/{id}"
