"""Reads values of YAML by the types that are given for them: of the records of data files (`model.py`,
`instruments.py`, `known.py`) and of front matter (`checker/rules/frontmatter.py`).

A value that is missing or has another form is a ContentError (D001) with its line, and how to mend it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from content.findings import ContentError, Finding
from content.forms import FORMS, Alike, Form, Queries, Translated
from content.model import LOCALES, Mapped

T = TypeVar("T")


class At(NamedTuple):
    """Where a value stands, and the key that it is under."""

    file: str
    line: int
    key: str = ""

    def under(self, mapping: Mapped, key: str) -> "At":
        return At(self.file, mapping.lines.get(key, mapping.line), key)

    def fail(self, message: str) -> ContentError:
        said = f"'{self.key}' {message}" if self.key else message
        return ContentError(Finding(self.file, self.line, 1, "D001", said))

    def wrong(self, given: Any, asks: str) -> ContentError:
        """The value that stands here is not what is asked for."""
        is_empty = given in ("", [], {}) or (isinstance(given, str) and not given.strip())
        said = "missing" if given is None else "empty" if is_empty else repr(given)[:60]
        return self.fail(f"is {said}: write {asks}")


def read(kind: Any, given: Any, at: At) -> Any:
    """A value as its type says: of a form, of each locale, one of some, or a record."""
    inner = get_args(kind)
    form = FORMS.get(kind) or next((one for one in inner if isinstance(one, Form)), None)
    if form:
        if not form.is_right(given):
            raise at.wrong(given, form.asks)
        return form.made(given)
    if NoneType in inner:
        return None if given is None else read(inner[0], given, at)
    if kind is Alike and not isinstance(given, Mapped):
        return dict.fromkeys(LOCALES, read(str, given, at))
    if kind in (Translated, Alike, Queries):
        here, of_each = mapping(given, at, " and ".join(f"'{locale}:'" for locale in LOCALES)), get_args(inner[0])[1]
        if at.key and (others := [key for key in here if key not in LOCALES]):  # no key: they are in the record itself
            raise at.under(here, others[0]).fail(
                "is no language here: correct it, or put a text with a comma in quotes"
            )
        return {locale: read(of_each, here.get(locale), at.under(here, locale)) for locale in LOCALES}
    if get_origin(kind) is Literal:
        if given not in inner:
            raise at.wrong(given, f"one of {', '.join(map(str, inner))}")
        return given
    if get_origin(kind) is tuple:  # of records, or of some of a few words
        given = [] if given is None and not is_dataclass(inner[0]) else given
        if not isinstance(given, list) or (not given and is_dataclass(inner[0])):
            raise at.wrong(given, "a list, with a line '- …' for each")
        return tuple(read(inner[0], item, at) for item in given)
    if get_origin(kind) is Mapping:
        here = mapping(Mapped() if given is None else given, at)
        return {key: read(inner[1], value, at.under(here, key)) for key, value in here.items()}
    return record(kind, given, at)


def mapping(given: Any, at: At, asks: str = "'key: value' lines") -> Mapped:
    if not isinstance(given, Mapped):
        raise at.wrong(given, asks)
    return given


# ---------------------------------------------------------------- records


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
