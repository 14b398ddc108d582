"""Loads the study: the files of `data/` and the pages of `docs/` as the records of `model.py`.

Every wrong or missing value is a `ContentError` with file and line.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, get_args

from content.files import CONFIG, Mapped, TaggedLoader, parse_yaml, read_text, read_yaml
from content.findings import ContentError, Finding
from content.forms import Translated
from content.known import Known
from content.marks import KEBAB_CASE
from content.model import VOCABULARIES, Original, Page, Study, Term
from content.record import At, mapping, read_value, record

# The data file of each list of records, and of each kind of record.
_LISTS = [part for part in fields(Study) if "file" in part.metadata]
FILES: Mapping[str, str] = {part.name: part.metadata["file"] for part in _LISTS}
FILE_OF: Mapping[Any, str] = {get_args(part.type)[1]: part.metadata["file"] for part in _LISTS}
# Those that a project must have; in any other that is not there stands nothing.
NEEDED = [f"data/{name}.yml" for name in ("territories", "sources", "glossary", "terms", "words", "original")]


def _given(file: str, root: Path) -> Any:
    """What a data file holds, whatever its form."""
    return read_yaml(root / file, root) if file in NEEDED or (root / file).exists() else []


def _read(kind: Any, file: str, root: Path) -> Any:
    """What a data file holds, as this type."""
    return read_value(kind, _given(file, root) or Mapped(), At(file, 1))


def _records(kind: type[Any], given_list: Any, at: At, key: str = "id") -> Iterator[Any]:
    """The records of a list, in the order of their file. Raises ContentError where an id is none (D001) or stands twice
    (D002)."""
    if not isinstance(given_list, list):
        raise at.wrong(given_list, f"a list, with a line '- {key}: …' for each")
    seen: dict[str, int] = {}
    for number, item in enumerate(given_list, 1):
        given = mapping(item, at)
        at_item = At(at.file, given.line)
        id = read_value(str, given.get(key), at_item.under(given, key))
        if not KEBAB_CASE.fullmatch(id):  # it becomes an address or the name of a file
            raise at_item.under(given, key).wrong(id, "a-z, 0-9 and single hyphens")
        if id in seen:
            message = f"'{id}' stands at line {seen[id]} already: keep one record"
            raise ContentError(Finding(at.file, given.line, 1, message, code="D002"))
        seen[id] = given.line
        yield record(kind, given, at_item, **({"number": number} if kind is Term else {}))


def _list(kind: type[Any], file: str, root: Path) -> dict[str, Any]:
    """The records of a data file by id."""
    return {one.id: one for one in _records(kind, _given(file, root), At(file, 1))}


def _terms(root: Path) -> dict[str, dict[str, Term]]:
    """`data/terms.yml`: vocabulary, then slug, then term."""
    at = At("data/terms.yml", 1)
    given, terms = mapping(_given(at.file, root), at), dict[str, dict[str, Term]]()
    for name in VOCABULARIES:
        terms[name] = {term.slug: term for term in _records(Term, given.get(name), at.under(given, name), "slug")}
    return terms


def _words(root: Path) -> dict[str, Translated]:
    """The words of the interface (labels, buttons, generated sentences) by key, and those of queries."""
    both = (_read(Mapping[str, Translated], f"data/{name}.yml", root) for name in ("words", "search-words"))
    return {key: word for words in both for key, word in words.items()}


# The fields of Study that hold what the files of `data/` say, and who reads each.
LOADERS: Mapping[str, Callable[[Path], Any]] = {
    **{part.name: partial(_list, get_args(part.type)[1], part.metadata["file"]) for part in _LISTS},
    "terms": _terms,
    "words": _words,
    "redirects": partial(_read, Mapping[str, str], "data/redirects.yml"),
    "original": partial(_read, Original, "data/original.yml"),
    "known": partial(_read, Known, "data/check.yml"),
}


FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<meta>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def parse_page(text: str, locale: str, path: str) -> Page:
    """A page from its text. Raises ContentError (M001) when the front matter is missing or not a mapping."""
    match, file = FRONT_MATTER.match(text), f"docs/{locale}/{path}"
    if not match:
        message = "has no front matter: start the file with '---', and end the front matter with '---'"
        raise ContentError(Finding(file, 1, 1, message, code="M001"))
    meta = parse_yaml(f"\n{match['meta']}", file)  # a blank line for the ---: each line is that of the file
    if not isinstance(meta, Mapped):
        raise ContentError(Finding(file, 2, 1, "front matter is not a list of 'key: value' lines", code="M001"))
    return Page(locale, path, meta, text[match.end() :], text.count("\n", 0, match.end()) + 1)


def page_paths(root: Path, locale: str) -> list[str]:
    """The paths of the pages of a locale, sorted; what an editor leaves behind (`.#page.md`, `._page.md`) is none."""
    folder = root / "docs" / locale
    return [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("[!.]*.md"))]


def load_page(root: Path, locale: str, path: str) -> Page:
    """One page from its file; see `read_text` and `parse_page` for the errors."""
    return parse_page(read_text(root / "docs" / locale / path, root), locale, path)


def load_config(root: Path) -> Mapped:
    """mkdocs.yml. Raises ContentError (F, Y001, Y002, D001) where it cannot be read."""
    return mapping(parse_yaml(read_text(root / CONFIG, root), CONFIG, loader=TaggedLoader), At(CONFIG, 1))
