"""Rules that see the records of one data file, one at a time, and what such a record names that is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from checker.links import Problem
from checker.model import Project
from checker.registry import project_rule
from content.files import mappings, read_yaml
from content.findings import Hit
from content.model import Mapped

# The data files with another name than the field of the project that has their records.
FILES = {"starts": "start", "answers": "search", "passages": "study"}

Problems = Iterable[Problem | None]


def mappings_of(project: Project) -> Iterator[tuple[str, str, Mapped]]:
    """The mappings of all data files that can be read, at any depth: the file, the id of the record, the mapping."""
    for path in sorted((project.root / "data").glob("*.yml")):
        if not project.lacks(file := f"data/{path.name}"):
            yield from ((file, *found) for found in mappings(read_yaml(path, project.root)))


def file_of(records: str) -> str:
    """The data file of the records: that of `starts` is data/start.yml."""
    return f"data/{FILES.get(records, records)}.yml"


def at(records: str, record: Any, problem: Problem) -> Hit:
    """A hit at a record of these records."""
    return Hit(file_of(records), problem.line or record.line, 1, f"'{record.id}': {problem.message}", to=problem.to)


def record_rule(code: str, records: str) -> Callable[[Callable[[Project, Any], Problems]], object]:
    """A decorator that registers a rule which sees each of these records and yields what is wrong with it."""

    def register(function: Callable[[Project, Any], Problems]) -> object:
        @wraps(function)
        def rule(project: Project) -> Iterator[Hit]:
            found = getattr(project, records)
            for record in found.values() if isinstance(found, Mapping) else found:
                yield from (at(records, record, problem) for problem in function(project, record) if problem)

        return project_rule(code)(rule)

    return register


def no_record(project: Project, records: str, id: str | None) -> Problem | None:
    """What is wrong with the id of an instrument, an amount or a territory: there is none."""
    known = getattr(project, records)
    if not id or id in known or project.lacks(file_of(records)):
        return None
    return Problem(f"there is no '{id}' in {file_of(records)}: correct it, or add it there", f"{records}/{id}")


def unshown(project: Project, part: str) -> Problem | None:
    """What is wrong with a generated part that no page asks for."""
    if project.unread or any(part == shown.text for sheet in project.all_sheets for shown in sheet.parts):
        return None
    return Problem(f"no page shows it: correct it, or write <!-- generated: {part} --> in a section")
