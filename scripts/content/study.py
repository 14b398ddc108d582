"""The study's content: pages, sources, territories, terms, glossary, read from `docs/` and `data/`.

Everything that reads content goes through this file: the checker, the MkDocs hook, the exports.
It knows nothing of MkDocs and nothing of rules. A fault that stops reading is a `Finding`
raised in a `ContentError`; nothing here prints or exits.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

LOCALES = ("en", "fr")  # the first is the default, served at the root
LANGUAGE = {"en": "English", "fr": "French"}
OTHER = dict(zip(LOCALES, reversed(LOCALES), strict=True))
LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ"  # of Latin alphabets, in a bracket of an expression: twice as fast as [^\W\d_]

KINDS = ("page", "lever", "framework", "theme", "case")
FRAMEWORKS = ("mode", "legal")
# Front-matter keys that every page has, and those that its kind adds.
REQUIRED = {
    "": ("title", "description", "kind", "updated"),
    "lever": ("number",),
    "framework": ("framework",),
    "case": ("territory", "levers", "themes", "modes", "since", "status", "status_year", "in_study"),
}
# The vocabularies of data/terms.yml, and the front-matter keys whose values are their terms.
VOCABULARIES = ("levers", "modes", "themes", "statuses", "territory_types", "regions")
VOCABULARY = {"levers": "levers", "modes": "modes", "themes": "themes", "status": "statuses"}
# How a chart is drawn: a bar for each value, a bar from one amount to another, a column a strand of events.
FORMS = ("bars", "ranges", "timeline")


@dataclass(frozen=True, order=True)
class Finding:
    """One fault at one place. `path` is relative to the project root; line and column count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


class Hit(NamedTuple):
    """What a rule yields: a place and what is wrong there; the rule's code makes it a Finding."""

    file: str
    line: int
    column: int
    message: str


class ContentError(Exception):
    """Content that cannot be read at all; carries the finding that says where and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


Translated = Mapping[str, str]  # the same text in each locale: name["fr"]


@dataclass(frozen=True)
class Term:
    """A fixed term of a vocabulary in `data/terms.yml`: a lever, a mode, a theme, a region …"""

    slug: str
    name: Translated
    number: int  # its place in the vocabulary, from 1


@dataclass(frozen=True)
class Territory:
    """A local authority of `data/territories.yml`. Coordinates are decimal degrees (WGS 84) of its main town."""

    id: str
    name: Translated
    type: str
    region: str
    latitude: float
    longitude: float
    line: int


@dataclass(frozen=True)
class Source:
    """A publication of `data/sources.yml`. It has a title, or, when the title is not known, a subject in our words.

    `caution` says what of it was not seen; such a source does not carry a sentence alone.
    """

    id: str
    publisher: str
    title: str | None
    subject: Translated | None
    url: str | None
    date: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    lang: str
    caution: str | None
    line: int


@dataclass(frozen=True)
class GlossaryEntry:
    """A term of `data/glossary.yml`. `page` is a path below docs/LOCALE where the site says more."""

    id: str
    term: Translated
    abbr: Translated | None
    definition: Translated
    sources: tuple[str, ...]
    page: str | None
    line: int


@dataclass(frozen=True)
class Change:
    """A dated change of the content, of `data/changes.yml`, for the feed."""

    id: str
    date: str  # YYYY-MM-DD
    page: str  # path below docs/LOCALE
    text: Translated
    line: int


@dataclass(frozen=True)
class Outline:
    """The outline of France of `data/outline.json`, with whom to credit: by part, closed rings of points."""

    credit: str
    rings: Mapping[str, Sequence[Sequence[tuple[float, float]]]]  # longitude and latitude, in degrees


@dataclass(frozen=True)
class Original:
    """The study that the site presents, of `data/original.yml`: its authors published it."""

    id: str
    authors: tuple[str, ...]
    title: Translated
    subtitle: Translated
    date: str  # YYYY-MM
    url: Translated


@dataclass(frozen=True)
class ChartRow:
    """A row of a chart: its texts by column, and what is drawn of it.

    Bars have a `value`; ranges reach from `low` to `high`, without end where None; events have a `date`.
    `told` are the sections (`path.md#id`) that tell the same fact in words.
    """

    cells: Mapping[str, Translated]
    value: float | None
    low: float | None
    high: float | None
    date: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    sources: tuple[str, ...]
    told: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Chart:
    """A picture of `data/charts.yml`. Its columns are keys with their headers; `value` and `date` may be columns."""

    id: str
    form: str  # one of FORMS
    title: Translated
    note: Translated
    scale: tuple[float, float]  # the ends of the axis: of numbers (bars), of powers of ten (ranges), of years
    columns: Mapping[str, Translated]
    rows: tuple[ChartRow, ...]
    line: int


@dataclass(frozen=True)
class Page:
    """A Markdown file of `docs/LOCALE/`. `path` is relative to that folder: the same in both languages."""

    locale: str
    path: str
    file: str  # relative to the project root
    meta: Mapping[str, Any]
    meta_lines: Mapping[str, int]  # line of each front-matter key
    body: str
    body_line: int  # line of the file on which the body starts

    @property
    def kind(self) -> str:
        return str(self.meta.get("kind", "page"))

    @property
    def main_lever(self) -> str | None:
        """The first of a case's levers."""
        levers = as_list(self.meta.get("levers"))
        return levers[0] if levers else None

    @property
    def slug(self) -> str:
        return self.path.removesuffix(".md").rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Study:
    """All the content of one project folder."""

    root: Path
    terms: Mapping[str, Mapping[str, Term]]
    territories: Mapping[str, Territory]
    sources: Mapping[str, Source]
    glossary: tuple[GlossaryEntry, ...]
    words: Mapping[str, Translated]
    redirects: Mapped
    changes: tuple[Change, ...]
    charts: Mapping[str, Chart]
    original: Original
    pages: Mapping[str, Mapping[str, Page]] = field(repr=False)  # locale, then path

    def cases(self, locale: str, **having: str) -> Sequence[Page]:
        """The cases of a locale, in the order of their file names.

        `having` keeps those whose front matter names one value: `cases("en", levers="land-and-places")`.
        A case that has it as its first (main) value comes before the others.
        """
        ((key, value),) = having.items() or [("kind", "case")]
        return self._cases[locale].get((key, value), [])

    @cached_property
    def _cases(self) -> Mapping[str, Mapping[tuple[str, str], Sequence[Page]]]:
        """For each locale, the cases by key and value of their front matter: gone through once, not each time."""
        found: dict[str, dict[tuple[str, str], list[Page]]] = {locale: {} for locale in self.pages}
        for locale, pages in self.pages.items():
            for page in sorted((p for p in pages.values() if p.kind == "case"), key=lambda page: page.slug):
                for key in ("kind", "territory", "levers", "modes", "themes"):
                    for value in dict.fromkeys(as_list(page.meta.get(key))):
                        found[locale].setdefault((key, value), []).append(page)
            for (key, value), cases in found[locale].items():
                cases.sort(key=lambda page: as_list(page.meta[key])[0] != value)
        return found

    @cached_property
    def latest(self) -> Mapping[str, str]:
        """The date of each locale's newest content."""
        return {
            locale: max(str(page.meta.get("updated", "")) for page in pages.values())
            for locale, pages in self.pages.items()
        }


def as_list(value: Any) -> list[Any]:
    """A front-matter value as a list: `None` is empty, a single value is a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def required_keys(page: Page) -> tuple[str, ...]:
    """The keys that the front matter of a page of this kind must have."""
    checked = ("checked",) if page.meta.get("framework") == "legal" else ()
    return REQUIRED[""] + REQUIRED.get(page.kind, ()) + checked


def is_date(value: Any) -> bool:
    """Whether a value is a day that exists, as 2026-11-24."""
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_partial_date(value: str) -> bool:
    """Whether a text is a year, a month or a day that exists: 2026, 2026-11, 2026-11-24."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value) is not None and is_date((value + "-01-01")[:10])


def read_text(path: Path, root: Path) -> str:
    """The text of a content file: UTF-8 without byte-order mark, LF line ends, not empty.

    Raises ContentError (F001 encoding, F002 byte-order mark, F003 line ends, F004 empty).
    """
    name = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(Finding(name, 1, 1, "F000", f"cannot be read: {error.strerror}")) from None
    if data.startswith(b"\xef\xbb\xbf"):
        raise ContentError(Finding(name, 1, 1, "F002", "starts with a byte-order mark: save it as UTF-8 without BOM"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise ContentError(
            Finding(name, line, column, "F001", f"is not UTF-8 (byte 0x{data[error.start]:02x}): save it as UTF-8")
        ) from None
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise ContentError(Finding(name, line, 1, "F003", "has CRLF or CR line ends: save it with LF line ends"))
    if not text.strip():
        raise ContentError(
            Finding(name, 1, 1, "F004", "is empty: write it or put it back (a page may also go, in both languages)")
        )
    return text


def write_whole(file: Path, data: bytes) -> None:
    """Writes a file whole or not at all: it is the old one or the new one, never half, and no other file stays.

    A file that was there keeps its mode. Raises OSError, which names the file.
    """
    new = file.with_name(f".new-{os.getpid()}")
    try:
        new.write_bytes(data)
        if file.exists():
            new.chmod(file.stat().st_mode)
        new.replace(file)
    except OSError as error:
        raise OSError(f"{file} cannot be written, it stays as it was: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


# The same loader in C, six times as fast, where PyYAML was built with it.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """SafeLoader that refuses a key given twice and remembers the line of every mapping's keys."""


class Mapped(dict[str, Any]):
    """A YAML mapping that knows the line (from 1) of each of its keys and its own."""

    line: int = 1
    lines: Mapping[str, int] = {}


TEXT = "tag:yaml.org,2002:str"


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> Iterator[Mapped]:
    result = Mapped()
    lines: dict[str, int] = {}
    result.lines = lines
    result.line = node.start_mark.line + 1
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a plain word", key_node.start_mark)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' is given twice", key_node.start_mark)
        is_text = value_node.tag == TEXT and isinstance(value_node, yaml.ScalarNode)  # most are: in half the time
        result[key] = value_node.value if is_text else loader.construct_object(value_node, deep=True)
        lines[key] = key_node.start_mark.line + 1


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)
# Dates stay text: one that does not exist (30 February) is for the rules to find, with its line.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


def parse_yaml(text: str, file: str, first_line: int = 1) -> Any:
    """The value of a YAML text whose first line is line `first_line` of `file`.

    Mappings come as `Mapped`. Raises ContentError (Y001 broken, Y002 key given twice).
    """
    try:
        if "&" in text and "*" in text:  # content needs no aliases, and they can make a value endless
            for event in yaml.parse(text, Loader=_Loader):
                if isinstance(event, yaml.AliasEvent):
                    mark: Any = event.start_mark
                    raise yaml.MarkedYAMLError(problem="an alias (*name) stands here", problem_mark=mark)
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        column = (mark.column if mark else 0) + 1
        problem = error.problem or "cannot be read"
        code = "Y002" if "given twice" in problem else "Y001"
        hint = "keep one of the two" if code == "Y002" else "mend the YAML (quote values that contain ': ')"
        raise ContentError(Finding(file, line, column, code, f"{problem}: {hint}")) from None
    except (yaml.YAMLError, ValueError, KeyError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ContentError(Finding(file, first_line, 1, "Y001", f"broken YAML: {reason}")) from None


def read_yaml(path: Path, root: Path) -> Any:
    """The value of a YAML file of `data/`; see `read_text` and `parse_yaml` for the errors."""
    return parse_yaml(read_text(path, root), path.relative_to(root).as_posix())


def parse_page(text: str, locale: str, path: str, file: str) -> Page:
    """A page from its text. Raises ContentError (M001) when the front matter is missing or not a mapping."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ContentError(Finding(file, 1, 1, "M001", "has no front matter: start the file with '---'"))
    try:
        end = next(i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    except StopIteration:
        raise ContentError(Finding(file, 1, 1, "M001", "front matter is not closed: end it with '---'")) from None
    meta = parse_yaml("\n".join(lines[1:end]), file, first_line=2)
    if not isinstance(meta, Mapped):
        raise ContentError(Finding(file, 2, 1, "M001", "front matter is not a list of 'key: value' lines"))
    return Page(
        locale=locale,
        path=path,
        file=file,
        meta=dict(meta),
        meta_lines={k: n + 1 for k, n in meta.lines.items()},
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
    )


def page_files(root: Path, locale: str) -> list[Path]:
    """The Markdown files of a locale, sorted."""
    return sorted((root / "docs" / locale).rglob("*.md"))


def load_page(file: Path, root: Path) -> Page:
    """One page from its file; see `read_text` and `parse_page` for the errors."""
    name = file.relative_to(root).as_posix()
    _, locale, path = name.split("/", 2)
    return parse_page(read_text(file, root), locale, path, name)


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

    def translated(self, key: str) -> Translated:
        inner = self.value.get(key)
        if not isinstance(inner, Mapped):
            raise self.fail(key, "is missing: give it 'en:' and 'fr:'")
        record = Record(inner, self.file, self.line)
        return {locale: record.text(locale) for locale in LOCALES}

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(key, "is not a list of ids")
        return tuple(value)


# The keys of the records of each data file: one that is misspelt would be lost.
KEYS = {
    "territories.yml": ("id", "name", "type", "region", "latitude", "longitude"),
    "sources.yml": ("id", "title", "subject", "publisher", "url", "date", "lang", "caution"),
    "glossary.yml": ("id", *LOCALES, "abbr", "definition", "sources", "page"),
    "changes.yml": ("id", "date", "page", "text"),
    "original.yml": ("id", "authors", "title", "subtitle", "date", "url", "sources"),
    "charts.yml": ("id", "form", "title", "note", "scale", "columns", "rows"),
}


def _records(root: Path, name: str) -> Iterator[Record]:
    """The records of a data file that is a list of mappings, with known keys alone, each id once (D002)."""
    path = root / "data" / name
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
        if key in seen:
            raise ContentError(
                Finding(file, record.line, 1, "D002", f"'{key}' stands at line {seen[key]} already: keep one record")
            )
        seen[key] = record.line
        yield record


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
    return {
        r.text("id"): Territory(
            id=r.text("id"),
            name=r.translated("name"),
            type=r.text("type"),
            region=r.text("region"),
            latitude=r.number("latitude"),
            longitude=r.number("longitude"),
            line=r.line,
        )
        for r in _records(root, "territories.yml")
    }


def load_sources(root: Path) -> dict[str, Source]:
    """`data/sources.yml` by id."""
    sources = {}
    for r in _records(root, "sources.yml"):
        subject = r.translated("subject") if "subject" in r.value else None
        source = Source(
            id=r.text("id"),
            publisher=r.text("publisher"),
            title=r.optional("title"),
            subject=subject,
            url=r.optional("url"),
            date=r.optional("date"),
            lang=r.text("lang"),
            caution=r.optional("caution"),
            line=r.line,
        )
        if (source.title is None) == (source.subject is None):
            raise r.fail("title", "and 'subject': give one of the two")
        sources[source.id] = source
    return sources


def load_glossary(root: Path) -> tuple[GlossaryEntry, ...]:
    """`data/glossary.yml` in the order of the file. `abbr` may be one text for both languages."""
    entries = []
    for r in _records(root, "glossary.yml"):
        abbr: Translated | None = None
        if isinstance(r.value.get("abbr"), str):
            abbr = dict.fromkeys(LOCALES, r.text("abbr"))
        elif r.value.get("abbr") is not None:
            abbr = r.translated("abbr")
        entries.append(
            GlossaryEntry(
                id=r.text("id"),
                term={locale: r.text(locale) for locale in LOCALES},
                abbr=abbr,
                definition=r.translated("definition"),
                sources=r.texts("sources"),
                page=r.optional("page"),
                line=r.line,
            )
        )
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
    value = Record(read_yaml(path, root), "data/redirects.yml", 1)
    for old in value.value:
        value.value[old] = value.text(old)
    return value.value


def load_changes(root: Path) -> tuple[Change, ...]:
    """`data/changes.yml`, where there is one, in the order of the file."""
    if not (root / "data" / "changes.yml").exists():
        return ()
    changes = []
    for r in _records(root, "changes.yml"):
        if not is_date(r.text("date")):
            raise r.fail("date", f"is '{r.text('date')}': write a date that exists, as 2026-11-24")
        changes.append(Change(r.text("id"), r.text("date"), r.text("page"), r.translated("text"), r.line))
    return tuple(changes)


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
    for r in _records(root, "original.yml"):
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", r.text("date")):
            raise r.fail("date", f"is '{r.text('date')}': write year and month, as 2021-11")
        if len(r.texts("authors")) < 2:
            raise r.fail("authors", "names fewer than two bodies: list them")
        return Original(
            id=r.text("id"),
            authors=r.texts("authors"),
            title=r.translated("title"),
            subtitle=r.translated("subtitle"),
            date=r.text("date"),
            url=r.translated("url"),
        )
    raise ContentError(Finding("data/original.yml", 1, 1, "D001", "has no record: describe the study"))


def load_charts(root: Path) -> dict[str, Chart]:
    """`data/charts.yml`, where there is one, by id. A cell may be one text for both languages."""
    if not (root / "data" / "charts.yml").exists():
        return {}
    charts = {}
    for r in _records(root, "charts.yml"):
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
        charts[r.text("id")] = Chart(
            id=r.text("id"),
            form=r.text("form"),
            title=r.translated("title"),
            note=r.translated("note"),
            scale=(scale[0], scale[1]),
            columns=columns,
            rows=tuple(_chart_row(Record(row, r.file, r.line), r.text("form"), columns) for row in rows),
            line=r.line,
        )
    return charts


def _chart_row(r: Record, form: str, columns: Mapping[str, Translated]) -> ChartRow:
    known = {*columns, "value", "said", "from", "below", "date", "sources", "told"}
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
    return ChartRow(
        cells=cells,
        value=r.number("value") if form == "bars" else None,
        low=r.optional_number("from"),
        high=r.optional_number("below"),
        date=r.text("date") if form == "timeline" else None,
        sources=r.texts("sources"),
        told=r.texts("told"),
        line=r.line,
    )


def load(root: Path) -> Study:
    """All content below `root`. Raises ContentError at the first file that cannot be read."""
    return Study(
        root=root,
        terms=load_terms(root),
        territories=load_territories(root),
        sources=load_sources(root),
        glossary=load_glossary(root),
        words=load_words(root),
        redirects=load_redirects(root),
        changes=load_changes(root),
        charts=load_charts(root),
        original=load_original(root),
        pages={
            locale: {(page := load_page(file, root)).path: page for file in page_files(root, locale)}
            for locale in LOCALES
        },
    )
