"""Rules that see the records of data files: what they name is there (D003), a page shows them (D012), their texts are
short (D015). Which field names what, and how short it is, stands beside its type, in `content/model.py`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from checker.project import Project
from checker.registry import data_rule
from checker.rules.published import Problem, no_target
from content.files import mappings, read_yaml
from content.findings import Finding
from content.load import FILES
from content.locales import LANGUAGE
from content.marks import CHART, KEBAB_CASE
from content.model import VOCABULARIES, Mapped


def mappings_of(project: Project) -> Iterator[tuple[str, str, Mapped]]:
    """The mappings of all data files that can be read, at any depth: the file, the id of the record, the mapping."""
    for path in sorted((project.root / "data").glob("*.yml")):
        if not project.lacks(file := f"data/{path.name}"):
            yield from ((file, *found) for found in mappings(read_yaml(path, project.root)))


def of(project: Project, records: str) -> list[Any]:
    """The records of a list, in the order of their file."""
    found = getattr(project, records)
    return list(found.values() if isinstance(found, Mapping) else found)


def at(
    records: str, record: Any, message: str, needs: str = "", line: int = 0, missing: tuple[str, ...] = ()
) -> Finding:
    """A finding at a record of a list, or at a line of it; `needs` and `missing`: see `Finding`."""
    return Finding(FILES[records], line or record.line, 1, f"'{record.id}': {message}", missing, needs)


def unknown_name(project: Project, among: str, name: str) -> Problem | None:
    """What is wrong with a name that no term, record, page or section has; `among`: see `content.forms.named`."""
    if "{}" in among:
        return no_target(project, re.sub(r"\?[^#]*", "", among.format(name)))  # cases/index.md?status=ended
    is_term = among in VOCABULARIES
    known, file = (project.names(among), "data/terms.yml") if is_term else (getattr(project, among), FILES[among])
    if name in known or project.lacks(file):
        return None
    choice = f" ({', '.join(known)})" if is_term else ""
    return Problem(f"'{name}' is not in {file}: correct it{choice}, or add it there", f"{among}/{name}")


def _field_values(project: Project, asked: str) -> Iterator[tuple[Mapping[str, Any], Any, Finding]]:
    """The fields, of all records and of the rows and steps in them, whose metadata has what is asked for: the metadata,
    the value, and a finding there that says its key."""
    for records, record in ((name, record) for name in FILES for record in of(project, name)):
        inner = [one for value in vars(record).values() if isinstance(value, tuple) for one in value]
        for one in (record, *filter(is_dataclass, inner)):
            for field in (field for field in fields(one) if asked in field.metadata):
                key, line = field.metadata.get("key", field.name), getattr(one, "line", record.line)
                yield field.metadata, getattr(one, field.name), at(records, record, f"'{key}': ", line=line)


@data_rule("D003")
def unknown_names(project: Project) -> Iterator[Finding]:
    """What a record names is there: a term, another record, a page or section in both languages."""
    for metadata, value, finding in _field_values(project, "among"):
        for name in value if isinstance(value, tuple) else (value,):
            in_words = metadata.get("or_words") and not KEBAB_CASE.fullmatch(name or "")
            if name and not in_words and (wrong := unknown_name(project, metadata["among"], name)):
                yield finding._replace(message=finding.message + wrong.message, needs=wrong.needs)


@data_rule("D015")
def long_texts(project: Project) -> Iterator[Finding]:
    """A text has room where it is shown: it has no more characters, or words, than its field may have."""
    for metadata, value, finding in _field_values(project, "most"):
        most, counted = metadata["most"], metadata["of"]
        for locale, text in (value or {}).items():
            words = [word for word in text.split() if any(map(str.isalnum, word))]
            length = len(words if counted == "words" else text)
            if length > most:
                message = f"{length} {counted} in {LANGUAGE[locale]}: shorten it to {most} at most"
                yield finding._replace(message=finding.message + message)


@data_rule("D012")
def unshown_records(project: Project) -> Iterator[Finding]:
    """A page shows each chart, each way to start, and the amounts of each kind."""
    parts = [("charts", chart, f"{CHART}{chart.id}") for chart in of(project, "charts")]
    parts += [("starts", start, f"start-{start.id}") for start in of(project, "starts")]
    parts += [("amounts", amount, f"amounts-{amount.kind}") for amount in of(project, "amounts")]
    shown = {part.text for parsed in project.all_parsed for part in parsed.parts}
    for records, record, part in parts if not project.unread else ():
        if part not in shown:
            yield at(records, record, f"no page shows it: write <!-- generated: {part} --> in a section, or correct it")
