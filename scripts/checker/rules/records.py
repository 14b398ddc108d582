"""The records of data files by themselves: what they name is there (D003), a chart draws what it says (D008), their
texts are short (D015). Which field names what, and how short it is, stands beside its type, in `content/model.py`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from checker import figures
from checker.project import Project
from checker.registry import GONE, project_rule
from checker.rules.published import no_target
from content.findings import Finding
from content.load import FILE_OF, FILES
from content.locales import LANGUAGE, LOCALES
from content.marks import KEBAB_CASE
from content.model import VOCABULARIES

Telling = Callable[[str], Finding]  # what makes a finding of a message, at a place


def finding_at(record: Any, message: str, line: int = 0) -> Finding:
    """A finding at a record of a list, or at a line of it."""
    return Finding(FILE_OF[type(record)], line or record.line, 1, f"'{record.id}': {message}")


def unknown_name(project: Project, among: str, name: str) -> str | None:
    """What is wrong with a name that no term, record, page or section has; `among`: see `content.forms.named`."""
    if "{}" in among:
        places = [place.format(name) for place in among.split("|")]
        problems = [no_target(project, re.sub(r"\?[^#]*", "", place)) for place in places]  # cases/index.md?status=x
        return None if None in problems else problems[0]
    is_term = among in VOCABULARIES
    known, file = (project.slugs(among), "data/terms.yml") if is_term else (getattr(project, among), FILES[among])
    if name in known:
        return None
    choice = f" ({', '.join(known)})" if is_term else ""
    return f"'{name}' is not in {file}: correct it{choice}, or add it there"


def _field_values(project: Project, asked: str) -> Iterator[tuple[Mapping[str, Any], Any, str, Telling]]:
    """The fields, of all records and of the rows and steps in them, whose metadata has what is asked for: the metadata,
    the value, its key, and what tells a fault there."""
    for record in (record for name in FILES for record in getattr(project, name).values()):
        inner = [one for value in vars(record).values() if isinstance(value, tuple) for one in value]
        for one in (record, *filter(is_dataclass, inner)):
            for field in (field for field in fields(one) if asked in field.metadata):
                key, line = field.metadata.get("key", field.name), getattr(one, "line", record.line)
                yield field.metadata, getattr(one, field.name), key, partial(finding_at, record, line=line)


@project_rule("D003", after=GONE)
def unknown_names(project: Project) -> Iterator[Finding]:
    """What a record names is there: a term, another record, a page or section in both languages."""
    for metadata, value, key, tell in _field_values(project, "among"):
        for name in value if isinstance(value, tuple) else (value,):
            in_words = metadata.get("or_words") and not KEBAB_CASE.fullmatch(name or "")
            if name and not in_words and (wrong := unknown_name(project, metadata["among"], name)):
                yield tell(f"'{key}': {wrong}")


@project_rule("D015")
def long_texts(project: Project) -> Iterator[Finding]:
    """A text has room where it is shown: it has no more characters, or words, than its field may have."""
    for metadata, value, key, tell in _field_values(project, "most"):
        most, counted = metadata["most"], metadata["of"]
        for locale, text in (value or {}).items():
            words = [word for word in text.split() if any(map(str.isalnum, word))]
            length = len(words if counted == "words" else text)
            if length > most:
                yield tell(f"'{key}': {length} {counted} in {LANGUAGE[locale]}: shorten it to {most} at most")


@project_rule("D008")
def wrong_charts(project: Project) -> Iterator[Finding]:
    """A row of a chart has no cell without a column, and a bar is as long as its row says."""
    every = [(chart, row) for chart in project.charts.values() for row in chart.rows]
    for chart, row in every:
        tell = partial(finding_at, chart, line=row.line)
        for key in row.cells.keys() - chart.columns.keys() - {"said"}:
            yield tell(f"this row: '{key}' is no column")
        for locale in LOCALES if chart.form == "bars" else ():
            text = row.text("value", locale)
            if Fraction(str(row.value or 0)) not in {figure.value for figure in figures.read(text, locale)}:
                yield tell(f"this row: '{text}' does not say {row.value:.10g}, which is drawn: make them the same")
