"""M: front matter, and the shape that a page has by its kind, which CONTRIBUTING.md tells in words.

M001, front matter that cannot be read, is found while reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from checker.model import Pair, Sheet
from checker.registry import page_rule, pair_rule
from checker.rules.words import is_name
from content.findings import Hit
from content.model import FRAMEWORKS, KINDS, LOCALES, OPTIONAL, TEXT_KEYS, VOCABULARY, Page, as_list, required_keys
from content.record import is_date

MAY_BE_NULL = ("since", "status_year")
MAY_BE_EMPTY = ("themes", "modes")
LONGEST = {"description": 160, "lesson": 140}  # characters


@page_rule("M002")
def missing_keys(sheet: Sheet) -> Iterator[Hit]:
    """Front matter has every key of its kind, none of them empty."""
    for key in required_keys(sheet.page):
        value = sheet.page.meta.get(key)
        if key not in sheet.page.meta:
            yield sheet.meta_hit(key, f"front matter has no '{key}': add it")
        elif (value is None and key in MAY_BE_NULL) or (value == [] and key in MAY_BE_EMPTY):
            continue
        elif value is None or value == [] or (isinstance(value, str) and not value.strip()):
            yield sheet.meta_hit(key, f"'{key}' is empty: give it a value")


@page_rule("M003")
def unknown_keys(sheet: Sheet) -> Iterator[Hit]:
    """Front matter has no key that its kind does not know (a misspelt key is lost)."""
    known = (*required_keys(sheet.page), *OPTIONAL.get(sheet.page.kind, ()))
    for key in sheet.page.meta:
        if key not in known and sheet.page.meta.get("kind") in KINDS:
            yield sheet.meta_hit(key, f"a {sheet.page.kind} has no key '{key}': correct it ({', '.join(known)})")


@page_rule("M004")
def unknown_values(sheet: Sheet) -> Iterator[Hit]:
    """Kind, framework, territory, levers, themes, modes and status have values that the project knows."""
    for key, value, names in _unknown(sheet):
        file = "data/territories.yml" if key == "territory" else "data/terms.yml" if key in VOCABULARY else ""
        known = "" if key == "territory" else f" ({', '.join(names)})"
        mend = f"correct it{known}, or add it to {file}" if file else f"correct it{known}"
        hit = sheet.meta_hit(key, f"unknown {key} '{value}': {mend}")
        # that a lever, mode or theme with a page of its own has no term is told on that page (M005)
        yield hit._replace(lost=frozenset((f"territories/{value}",)), to=f"{key}/{value}")


def _unknown(sheet: Sheet) -> Iterator[tuple[str, Any, Sequence[str]]]:
    """The values that the project does not know: each with its key and the values known."""
    allowed: dict[str, Sequence[str] | None] = {"kind": KINDS, "framework": FRAMEWORKS}
    allowed["territory"] = sheet.project.names("territories")
    allowed |= {key: sheet.project.names(vocabulary) for key, vocabulary in VOCABULARY.items()}
    for key, names in allowed.items():
        for value in as_list(sheet.page.meta.get(key)):
            if names is not None and value != "" and value not in names:
                yield key, value, names


def _vocabulary(page: Page) -> str | None:
    """The vocabulary that has a page for each of its terms, of which this is one."""
    vocabulary = {"lever": "levers", "theme": "themes"}.get(page.kind)
    return "modes" if page.meta.get("framework") == "mode" else vocabulary


@page_rule("M005")
def wrong_forms(sheet: Sheet) -> Iterator[Hit]:
    """Front-matter values have the right form: dates, years, yes or no, lists, the number of a lever."""
    meta, terms = sheet.page.meta, sheet.project.terms

    def wrong(keys: Iterable[str], right: Callable[[Any], bool], form: str) -> Iterator[Hit]:
        for key in keys:
            value = meta.get(key)
            if value is not None and value != "" and not right(value):
                yield sheet.meta_hit(key, f"'{key}' is {value!r}: write {form}")

    texts = (*TEXT_KEYS, "kind", "territory", "status", "framework")
    yield from wrong(texts, lambda v: isinstance(v, str), "a text, in quotes if need be")
    yield from wrong(("updated", "checked"), is_date, "a date that exists, as 2026-11-24")
    yield from wrong(MAY_BE_NULL, lambda v: type(v) is int and 1800 <= v <= 2100, "a year of four digits, or null")
    yield from wrong(("levers", "themes", "modes"), _is_list_of_slugs, "a list of slugs, each once: [a, b]")
    yield from wrong(("in_study",), lambda v: isinstance(v, bool), "true or false")
    vocabulary = _vocabulary(sheet.page)
    if vocabulary and terms is not None:
        term = terms.get(vocabulary, {}).get(sheet.page.slug)
        if term is None and sheet.page.path in sheet.project.files[LOCALES[0]] and sheet.page.locale != LOCALES[0]:
            return  # told of the other page
        if term is None:
            message = f"{vocabulary} of data/terms.yml have no '{sheet.page.slug}': rename the file or add the term"
            lost = frozenset((f"{vocabulary}/{sheet.page.slug}",))
            yield sheet.meta_hit("kind", message)._replace(lost=lost)
        elif sheet.page.kind == "lever":
            yield from wrong(("number",), lambda v: v == term.number, f"{term.number}, its place in data/terms.yml")


def _is_list_of_slugs(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value) and len(set(value)) == len(value)


@page_rule("M006")
def long_description(sheet: Sheet) -> Iterator[Hit]:
    """A description has at most 160 characters, a lesson 140."""
    for key, most in LONGEST.items():
        length = len(str(sheet.page.meta.get(key, "")))
        if length > most:
            yield sheet.meta_hit(key, f"the {key} has {length} characters: shorten it to {most} at most")


@pair_rule("M007")
def untranslated_meta(pair: Pair) -> Iterator[Hit]:
    """Title, description and lesson are translated, names apart."""
    terms = [term.name for vocabulary in (pair.project.terms or {}).values() for term in vocabulary.values()]
    translatable = [name["en"] for name in terms if name["en"] != name["fr"]]
    for key in TEXT_KEYS:
        text = str(pair.en.page.meta.get(key) or "")
        may_be_same = key == "title" and is_name(text, pair.project.known.same) and text not in translatable
        if text and text == str(pair.fr.page.meta.get(key) or "") and not may_be_same:
            yield pair.fr.meta_hit(key, f"the {key} is the same in English, '{text[:60]}': translate it")


@pair_rule("M008")
def different_meta(pair: Pair) -> Iterator[Hit]:
    """Both languages have the same keys of front matter, and language-neutral ones have the same values."""
    en, fr = pair.en.page.meta, pair.fr.page.meta
    missing = {key for key in required_keys(pair.en.page) if key not in en or key not in fr}  # M002
    missing |= {key for sheet in (pair.en, pair.fr) for key, _, _ in _unknown(sheet)}  # M004
    for key in dict.fromkeys([*en, *fr]):
        here, there = en.get(key), fr.get(key)
        if key in TEXT_KEYS and key not in missing and (key in en) != (key in fr):
            sheet, without = (pair.en, "French") if key in en else (pair.fr, "English")
            yield sheet.meta_hit(key, f"'{key}' is not in {without}: add it there or remove it here")
        if key not in TEXT_KEYS and key not in missing and (here != there or type(here) is not type(there)):
            line = pair.fr.page.meta_lines.get(key, 1)
            message = f"'{key}' is {here!r} here, {there!r} in French (line {line}): give both the right value"
            yield pair.en.meta_hit(key, message)


# ---------------------------------------------------------------- the shape of a kind of page


@page_rule("M009")
def wrong_length(sheet: Sheet) -> Iterator[Hit]:
    """A page has neither fewer nor more words than its kind may have (data/check.yml); the most, in English."""
    known, kind = sheet.project.known, sheet.page.kind
    words = sum(len(block.text.split()) for block in sheet.blocks)
    if words < int(known.shortest.get(kind, 0)):
        yield sheet.meta_hit("kind", f"the page has {words} words, a {kind} {known.shortest[kind]} at least: write it")
    elif sheet.page.locale == "en" and words > int(known.longest.get(kind, words)):
        yield sheet.meta_hit("kind", f"the page has {words} words, a {kind} {known.longest[kind]} at most: shorten it")


@pair_rule("M010")
def other_sections(pair: Pair) -> Iterator[Hit]:
    """A page has the sections of its kind, in their order (data/check.yml); it may have others between them.

    Told of the English page, once both languages have the same headings (H006).
    """
    sides = [[heading.id or "" for heading in sheet.headings] for sheet in (pair.en, pair.fr)]
    kind = str(pair.en.page.meta.get("framework", pair.en.page.kind))
    wanted = pair.project.known.sections.get(kind, "").split()
    found = [id for id in sides[0] if id in wanted]
    if found != wanted and sides[0] == sides[1]:
        message = (
            f"its sections are {', '.join(found) or 'none'}: a page of its kind has {', '.join(wanted)}, in this order"
        )
        yield pair.en.meta_hit("kind", message)


@page_rule("M011")
def parts_out_of_order(sheet: Sheet) -> Iterator[Hit]:
    """The parts of an instrument stand once and in order: its steps, what it takes, an example, what to watch for."""
    known = sheet.project.known
    labels = [
        known.steps,
        *((label,) for label in (known.slots if sheet.page.locale == "en" else known.slots.values())),
    ]
    for section in sheet.doc.sections if sheet.page.kind == "lever" else ():
        texts = [block.text for block in section.blocks if block.kind == "paragraph"]
        found = [n for text in texts for n, label in enumerate(labels) if text.startswith(label)]
        if found != sorted(set(found)):
            order = ", ".join(label[0] for label in labels)
            yield sheet.hit(section, f"the parts of '{section.text}' are not in order: {order}")
