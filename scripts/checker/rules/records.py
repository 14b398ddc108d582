"""The records of data files by themselves: what they name is there (D003), a chart draws what it says (D008), their
texts are short (D015), translated (D006), with the same figures (D007). Words that we do not write are sought in pages
too (T006). Which field names what, and how short it is, stands beside its type, in `content/model.py`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, NamedTuple

from checker import figures
from checker.project import Project
from checker.registry import data_rule, project_rule
from checker.rules.language import in_wrong_language, is_name, plain_words
from checker.rules.numbers import difference_text
from checker.rules.published import Problem, no_target
from content.findings import Finding
from content.forms import Translated
from content.load import FILES
from content.locales import LANGUAGE, LOCALES, OTHER
from content.marks import KEBAB_CASE
from content.model import VOCABULARIES, Chart, ChartRow


def _records(project: Project, records: str) -> list[Any]:
    """The records of a list, in the order of their file."""
    found = getattr(project, records)
    return list(found.values() if isinstance(found, Mapping) else found)


def finding_at(
    records: str, record: Any, message: str, needs: str = "", line: int = 0, missing: tuple[str, ...] = ()
) -> Finding:
    """A finding at a record of a list, or at a line of it; `needs` and `missing`: see `Finding`."""
    return Finding(FILES[records], line or record.line, 1, f"'{record.id}': {message}", missing, needs)


def unknown_name(project: Project, among: str, name: str) -> Problem | None:
    """What is wrong with a name that no term, record, page or section has; `among`: see `content.forms.named`."""
    if "{}" in among:
        return no_target(project, re.sub(r"\?[^#]*", "", among.format(name)))  # cases/index.md?status=ended
    is_term = among in VOCABULARIES
    known, file = (project.slugs(among), "data/terms.yml") if is_term else (getattr(project, among), FILES[among])
    if name in known or project.lacks(file):
        return None
    choice = f" ({', '.join(known)})" if is_term else ""
    return Problem(f"'{name}' is not in {file}: correct it{choice}, or add it there", f"{among}/{name}")


def _field_values(project: Project, asked: str) -> Iterator[tuple[Mapping[str, Any], Any, Finding]]:
    """The fields, of all records and of the rows and steps in them, whose metadata has what is asked for: the metadata,
    the value, and a finding there that says its key."""
    for records, record in ((name, record) for name in FILES for record in _records(project, name)):
        inner = [one for value in vars(record).values() if isinstance(value, tuple) for one in value]
        for one in (record, *filter(is_dataclass, inner)):
            for field in (field for field in fields(one) if asked in field.metadata):
                key, line = field.metadata.get("key", field.name), getattr(one, "line", record.line)
                yield field.metadata, getattr(one, field.name), finding_at(records, record, f"'{key}': ", line=line)


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


@data_rule("D008")
def wrong_charts(project: Project) -> Iterator[Finding]:
    """Each row of a chart draws, within the axis, what it says, in columns that it has; events stand in their order."""
    for chart in project.charts.values():
        for before, row in zip([None, *chart.rows], chart.rows, strict=False):
            wrong = _wrong_event(chart, before, row) if chart.form == "timeline" else _wrong_bar(chart, row)
            unknown = [f"'{key}' is no column" for key in row.cells.keys() - chart.columns.keys() - {"said"}]
            for problem in (*unknown, *wrong):
                yield finding_at("charts", chart, f"this row: {problem}", line=row.line)


def _wrong_event(chart: Chart, before: ChartRow | None, row: ChartRow) -> Iterator[str]:
    date, (first, last) = row.date or "", chart.scale
    if not f"{first}" <= date[:4] <= f"{last}":
        yield f"its date is '{date}': write one from {first:g} to {last:g}, or correct 'scale'"
    elif before and (before.date or "") > date:
        yield f"'{date}' stands after '{before.date}': put the events in their order"


def _wrong_bar(chart: Chart, row: ChartRow) -> Iterator[str]:
    value, (first, last) = row.value or 0, chart.scale
    if not first <= value <= last:
        yield f"its bar leaves the axis, {chart.scale}: correct the value or 'scale'"
    for locale in LOCALES:
        text = row.text("value", locale)
        if Fraction(str(value)) not in {figure.value for figure in figures.read(text, locale)}:
            yield f"'{text}' does not say {value:.10g}, which is drawn: make them the same"


# ---------------------------------------------------------------- their texts


class DataText(NamedTuple):
    """A text of a data file in all languages: where it stands, and the id of the record that it is of."""

    file: str
    line: int
    id: str
    words: Translated  # by locale

    def finding(self, message: str) -> Finding:
        return Finding(self.file, self.line, 1, f"'{self.id}': {message}")


@lru_cache(maxsize=1)  # four rules ask for them
def texts_of_data(project: Project) -> list[DataText]:
    """The texts of all data files that stand in both languages."""
    return [
        DataText(file, mapping.lines[LOCALES[0]], id, {locale: mapping[locale] for locale in LOCALES})
        for file, id, mapping in project.mappings
        if all(isinstance(mapping.get(locale), str) for locale in LOCALES)
    ]


@data_rule("D006")
def untranslated_texts(project: Project) -> Iterator[Finding]:
    """The texts of data files are translated, names apart, and each is in its language."""
    for text in texts_of_data(project):
        en, fr = text.words["en"], text.words["fr"]
        is_label = text.file in ("data/words.yml", "data/terms.yml")
        is_text = (is_label or len(plain_words(en)) > 1) and not is_name(en, project.known.same)
        if en == fr and is_text:
            or_same = "translate it, or add it to 'same' in data/check.yml"
            yield text.finding(f"'{en}' is the same in both languages: {or_same}")
            continue
        is_subject = text.file == FILES["sources"]  # which may quote the words that it is about
        for locale in LOCALES if not is_subject else ():
            if in_wrong_language(text.words[locale], locale):
                yield text.finding(f"the {LANGUAGE[locale]} text is in {LANGUAGE[OTHER[locale]]}: translate it")


@data_rule("D007")
def different_figures_of_data(project: Project) -> Iterator[Finding]:
    """The texts of data files say the same numbers in both languages."""
    for text in texts_of_data(project):
        if differing := difference_text(text.words["en"], text.words["fr"]):
            yield text.finding(f"{differing}: make them the same")


def _written(project: Project) -> Iterator[tuple[str, str, Callable[[str], Finding]]]:
    """The texts of data files, but for those of the study itself, and of pages: their language, and a finding there."""
    for text in (text for text in texts_of_data(project) if text.file != FILES["passages"]):
        yield from ((text.words[locale], locale, text.finding) for locale in LOCALES)
    for parsed in project.all_parsed:
        locale, blocks = parsed.page.locale, [block for block in parsed.blocks if block.kind != "code"]
        yield from ((text, locale, partial(parsed.meta_finding, key)) for key, text in parsed.page.texts.items())
        yield from ((block.unmarked, locale, partial(parsed.finding, block)) for block in blocks)


@project_rule("T006")
def banned_words(project: Project) -> Iterator[Finding]:
    """Neither pages nor texts of data files have the words that data/check.yml bans (players, traps), but for those of
    the study itself."""
    of_language = {locale: [one for one in project.known.banned if one.lang == locale] for locale in LOCALES}
    for text, locale, finding in _written(project):
        for banned in of_language[locale]:
            if found := banned.expression.search(text):
                yield finding(f"'{found[0]}': write {banned.instead}")
