"""Reads values of YAML by the types that are given for them: of the records of data files (`model.py`,
`instruments.py`, `known.py`) and of front matter (`checker/rules/frontmatter.py`).

A value that is missing or has another form is a ContentError (D001) with its line, and how to mend it.
"""

import builtins
import collections.abc
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from content.files import Mapped
from content.findings import ContentError, Finding
from content.forms import FORMS, REST, EachLanguage, Form
from content.locales import LOCALES

T = TypeVar("T")


class At(NamedTuple):
    """Where a value stands, and the key that it is under."""

    file: str
    line: int
    key: str = ""

    def under(self, mapping: Mapped, key: str) -> "At":
        """Where the value of a key of a mapping stands."""
        return At(self.file, mapping.lines.get(key, mapping.line), key)

    def fail(self, message: str) -> ContentError:
        """The error, to be raised, of the value that stands here."""
        text = f"'{self.key}' {message}" if self.key else message
        return ContentError(Finding(self.file, self.line, 1, text, code="D001"))

    def wrong(self, given: Any, expected: str) -> ContentError:
        """The error of a value that is not what is expected: "'since' is 'soon': write a year of four digits"."""
        is_empty = given in ("", [], {}) or (isinstance(given, str) and not given.strip())
        shown = "missing" if given is None else "empty" if is_empty else repr(given)[:60]
        return self.fail(f"is {shown}: write {expected}")


def read_value(kind: Any, given: Any, at: At) -> Any:
    """The value under a key, converted to the type that it is annotated with.

    `kind`: a plain type or `Annotated` one of forms.py, `X | None`, a `Literal`, a tuple, a Mapping, or a dataclass.
    `read_value(Range, [3, 12], at)` is `(3, 12)`.
    Raises ContentError (D001) with the line and what to write.
    """
    form = FORMS.get(kind) or next((part for part in get_args(kind) if isinstance(part, Form)), None)
    if form:
        if not form.is_right(given):
            raise at.wrong(given, form.expected)
        return form.convert(given)
    parts = get_args(kind)
    match get_origin(kind):
        case typing.Annotated:
            return _in_each(parts[1], given, at)
        case typing.Union | types.UnionType:  # X | None
            return None if given is None else read_value(parts[0], given, at)
        case typing.Literal:
            if given not in parts:
                raise at.wrong(given, f"one of {', '.join(map(str, parts))}")
            return given
        case builtins.tuple:  # of records, one at least; or of some of a few words
            given = [] if given is None and not is_dataclass(parts[0]) else given
            if not isinstance(given, list) or (not given and is_dataclass(parts[0])):
                raise at.wrong(given, "a list, with a line '- …' for each")
            return tuple(read_value(parts[0], item, at) for item in given)
        case collections.abc.Mapping:
            values = mapping(Mapped() if given is None else given, at)
            return {key: read_value(parts[1], value, at.under(values, key)) for key, value in values.items()}
    return record(kind, given, at)


def _in_each(asked: EachLanguage, given: Any, at: At) -> dict[str, Any]:
    """A text, or several, in each locale. Where no key is above them, they are in the record itself."""
    if asked.or_one and not isinstance(given, Mapped):
        return dict.fromkeys(LOCALES, read_value(asked.type, given, at))
    texts = mapping(given, at, " and ".join(f"'{locale}:'" for locale in LOCALES))
    if at.key and (others := [key for key in texts if key not in LOCALES]):
        raise at.under(texts, others[0]).fail("is no language here: correct it, or put a text with a comma in quotes")
    return {locale: read_value(asked.type, texts.get(locale), at.under(texts, locale)) for locale in LOCALES}


def mapping(given: Any, at: At, expected: str = "'key: value' lines") -> Mapped:
    """A value that must be a mapping, as it is. Raises ContentError (D001) for any other."""
    if not isinstance(given, Mapped):
        raise at.wrong(given, expected)
    return given


# ---------------------------------------------------------------- records


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record of a list of a data file: its id, and the line on which it begins."""

    id: str
    line: int


def record(kind: Callable[..., T], given: Any, at: At, **own: Any) -> T:
    """A record of a dataclass: each field from the key of its name, but for `line` and those in `own`.

    Raises ContentError (D001) for a key that no field has, and for a value of another form.
    """
    values, types = mapping(given, at), _types(kind)
    if "line" in types:
        own["line"] = values.line
    asked = [(part, part.metadata.get("key", part.name)) for part in _fields(kind) if part.name not in own]
    keys = dict.fromkeys(key for _, name in asked for key in ([name] if name else LOCALES))  # each once
    rest = Mapped({key: value for key, value in values.items() if key not in keys})
    rest.line, rest.lines = values.line, values.lines
    if rest and REST not in keys:
        raise at.under(values, next(iter(rest))).fail(f"is no key of a record here: correct it ({', '.join(keys)})")
    found = values | {"": values, REST: rest}  # a key "" stands for the record itself (forms.py)
    for part, key in asked:
        if key in values or part.default is part.default_factory is MISSING:
            own[part.name] = read_value(types[part.name], found.get(key), at.under(values, key))
    return kind(**own)


_fields: Callable[[Any], Sequence[Field[Any]]] = cache(fields)
_types = cache(partial(get_type_hints, include_extras=True))
