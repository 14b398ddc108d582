"""The forms of values: how what stands under a key is written, in data files and in front matter.

A type that is no plain one carries its form: `record.py` reads values by it.
"""

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple

import babel


class Form(NamedTuple):
    """How a value is written: which are right, what a message says is `expected`, and how to `convert` a right one."""

    is_right: Callable[[Any], bool]
    expected: str
    convert: Callable[[Any], Any] = lambda given: given


DAY, MONTH, DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{4}-[0-9]{2}", "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def is_date(value: Any, form: str) -> bool:
    """Whether a value has a form, and is a day, month or year that exists."""
    try:
        return bool(re.fullmatch(form, str(value)) and datetime.date.fromisoformat(f"{value}-01-01"[:10]))
    except ValueError:
        return False


def is_number(value: Any) -> bool:
    """Whether a value is a finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


# What the map shows, from west to east and from south to north, in degrees (WGS 84).
SHOWN = {"mainland": ((-5.2, 10.0), (41.3, 51.2)), "la-reunion": ((55.1, 56.0), (-21.5, -20.8))}
ON_MAP = "degrees that the map shows (content/forms.py)"


def is_shown(value: Any, axis: int) -> bool:
    """Whether a value is a longitude (of axis 0) or a latitude (1) of a part of the map."""
    return is_number(value) and any(part[axis][0] <= value <= part[axis][1] for part in SHOWN.values())


def is_range(value: Any) -> bool:
    """Whether a value is a list of two whole numbers, the smaller first."""
    return isinstance(value, list) and [type(end) for end in value] == [int, int] and 0 <= value[0] <= value[1]


def are_texts(value: Any) -> bool:
    """Whether a value is a list of texts, each once."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value) and len({*value}) == len(value)


def are_expressions(value: Any) -> bool:
    """Whether a value is a list of words, each an expression that can be read and does not stand for nothing: `x?`."""
    try:
        return are_texts(value) and value != [] and not re.fullmatch("|".join(value), "")
    except re.error:
        return False


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first: a.b|a for "a" and "a.b", dots as dots."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


LANGUAGE_CODES = frozenset(code for code in map(str, babel.Locale("en").languages) if len(code) == 2)  # ISO 639-1

Longitude = Annotated[float, Form(lambda v: is_shown(v, 0), ON_MAP, float)]
Latitude = Annotated[float, Form(lambda v: is_shown(v, 1), ON_MAP, float)]
WholeNumber = Annotated[int, Form(lambda v: type(v) is int and v >= 0, "a whole number")]
Year = Annotated[int, Form(lambda v: type(v) is int and 1800 <= v <= 2100, "a year of four digits, or null")]
Month = Annotated[str, Form(lambda v: is_date(v, MONTH), "year and month, as 2021-11")]
Day = Annotated[str, Form(lambda v: is_date(v, DAY), "a date that exists, as 2026-11-24")]
Date = Annotated[str, Form(lambda v: is_date(v, DATE), "YYYY, YYYY-MM or YYYY-MM-DD", str)]
Language = Annotated[str, Form(lambda v: v in LANGUAGE_CODES, "its code of two letters, such as en or fr")]
Range = Annotated[tuple[int, int], Form(is_range, "the smaller and the larger of two whole numbers, as [3, 12]", tuple)]
NonEmptyTexts = Annotated[
    tuple[str, ...], Form(lambda v: are_texts(v) and v != [], "a list, each thing once, one at least: [a, b]", tuple)
]
Expressions = Annotated[str, Form(are_expressions, "a list of words or expressions: [articles?, loi]", "|".join)]
IdOrName = Annotated[str | None, Form(lambda _: True, "", lambda v: v if isinstance(v, str) else None)]  # a text alone

EXPECTED_TEXT = "a text, in quotes if need be; what it cites stands under `sources`, not in it as [^source-id]"
TEXTS = Form(lambda v: v is None or are_texts(v), "a list, each thing once: [a, b]", lambda v: tuple(v or ()))
FORMS: Mapping[Any, Form] = {
    str: Form(lambda v: isinstance(v, str) and bool(v.strip()) and "[^" not in v, EXPECTED_TEXT),
    bool: Form(lambda v: isinstance(v, bool), "true or false"),
    float: Form(is_number, "a number", float),
    tuple[str, ...]: TEXTS,
    frozenset[str]: TEXTS._replace(convert=lambda v: frozenset(v or ())),
}

# Texts in small letters.
LowercaseTexts = Annotated[frozenset[str], TEXTS._replace(convert=lambda v: frozenset(map(str.casefold, v or ())))]


class EachLanguage(NamedTuple):
    """What stands in each language, of this type; `or_one`: a text alone is that of both languages."""

    type: Any
    or_one: bool = False


Translated = Annotated[Mapping[str, str], EachLanguage(str)]  # the same text in each locale: name["fr"]
OneOrEachLanguage = Annotated[Mapping[str, str], EachLanguage(str, or_one=True)]
TextsByLanguage = Annotated[Mapping[str, NonEmptyTexts], EachLanguage(NonEmptyTexts)]
ExpressionsByLanguage = Annotated[Mapping[str, Expressions], EachLanguage(Expressions)]

# The metadata of a field of a record: what `named` and `room` give, and `key`, where the YAML key is not the field's
# name. A key "" means that the texts stand in the record itself, as `en: …` and `fr: …`; REST, that the field takes
# every key that no other field has.
REST = "*"


def named(among: str, **besides: Any) -> dict[str, Any]:
    """Metadata for a field that names one or several terms or records (`among`: `regions`, `instruments`), or, with {},
    pages or sections (`cases/{}.md`; one of several, between |). `or_words`: what is no id is a name in words."""
    return {"among": among, **besides}


def room(most: int, of: Literal["characters", "words"]) -> dict[str, Any]:
    """Metadata for a field that has a text: the most that it may have, in either language."""
    return {"most": most, "of": of}
