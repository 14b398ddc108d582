"""M: front matter, and the shape that a page has by its kind, which CONTRIBUTING.md tells in words.

M001, front matter that cannot be read, is found while reading.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args

from checker.document import Mark
from checker.pair import Pair, report_differences, unmatched
from checker.project import ParsedPage
from checker.registry import page_rule, pair_rule
from checker.rules.records import unknown_name
from content.findings import ContentError, Finding
from content.forms import Day, NonEmptyTexts, Year
from content.locales import LOCALES
from content.model import TEXT_KEYS, Page, as_list
from content.record import At, read_value


class Key(NamedTuple):
    """How the value of a key is written, the list that has what it names, the characters that it has at most."""

    form: Any
    among: str = ""
    most: int = 1_000
    may_be_left_out: bool = False


Kind = Literal["page", "lever", "theme", "framework", "case"]
# The keys of every page, and those that its kind, or kind of framework, adds.
KEYS: Mapping[str, Mapping[str, Key]] = {
    "page": {
        "title": Key(str),
        "description": Key(str, most=160),
        "kind": Key(Kind),
        "updated": Key(Day),
        "texts": Key(Literal["ask", "give", "lend", "buy"], may_be_left_out=True),
    },
    "framework": {"framework": Key(Literal["mode", "legal"])},
    "legal": {"checked": Key(Day)},
    "case": {
        "territory": Key(str, "territories"),
        "levers": Key(NonEmptyTexts, "levers"),
        "themes": Key(tuple[str, ...], "themes"),
        "modes": Key(tuple[str, ...], "modes"),
        "since": Key(Year | None),
        "status": Key(str, "statuses"),
        "status_year": Key(Year | None),
        "in_study": Key(bool),
        "lesson": Key(str, most=140, may_be_left_out=True),
    },
}


def _keys(page: Page) -> dict[str, Key]:
    """The keys that the front matter of a page may have."""
    kinds = dict.fromkeys(("page", page.kind, page.narrow_kind))
    return {key: form for kind in kinds for key, form in KEYS.get(kind, {}).items()}


@page_rule("M002")
def wrong_values(parsed: ParsedPage) -> Iterator[Finding]:
    """Front matter has every key of its kind and no other, each with a value of its form (a text, a date, a list …), a
    description with at most 160 characters, a lesson with 140; territories, levers, themes, modes and statuses are
    those that the project knows."""
    meta, file, known = parsed.meta, parsed.file, _keys(parsed)
    for key in meta.keys() - known.keys() if meta.get("kind") in get_args(Kind) else ():
        yield parsed.finding(key, f"a {parsed.kind} has no key '{key}': correct it ({', '.join(known)})")
    for key, asked in known.items():
        if key not in meta:
            if not asked.may_be_left_out:
                yield parsed.finding(key, f"front matter has no '{key}': add it")
            continue
        try:
            read_value(asked.form, meta[key], At(file, 1, key))
        except ContentError as error:
            yield parsed.finding(key, error.finding.message)
            continue
        if (length := len(str(meta[key]))) > asked.most:
            yield parsed.finding(key, f"it has {length} characters: shorten it to {asked.most} at most")
        for name in as_list(meta[key]) if asked.among else ():
            if problem := unknown_name(parsed.project, asked.among, name):
                yield parsed.finding(key, f"'{key}': {problem}")


@page_rule("M005")
def pages_without_term(parsed: ParsedPage) -> Iterator[Finding]:
    """The page of a lever, theme or mode has its term in data/terms.yml."""
    vocabulary = {"lever": "levers", "theme": "themes", "mode": "modes"}.get(parsed.narrow_kind)
    terms = parsed.project.terms
    if terms and vocabulary and parsed.slug not in terms[vocabulary] and parsed.locale == LOCALES[0]:
        message = f"{vocabulary} of data/terms.yml have no '{parsed.slug}': rename the file or add the term"
        yield parsed.finding("kind", message)


@pair_rule("M008", after=["M002"])
def different_meta(pair: Pair) -> Iterator[Finding]:
    """Both languages have the same keys of front matter, and language-neutral ones have the same values."""
    en, fr = (
        [Mark(key if key in TEXT_KEYS else f"{key}: {value!r}", meta.lines[key]) for key, value in meta.items()]
        for meta in (pair.en.meta, pair.fr.meta)
    )
    yield from report_differences(pair, unmatched(en, fr), "the key ")


TOO_LONG = 1.02  # times what its kind may have: who mends a sentence of a full page may need a word more


@page_rule("M009")
def wrong_length(parsed: ParsedPage) -> Iterator[Finding]:
    """A page has neither fewer words than its kind may have (data/check.yml), nor more than 2% above the most; the
    most, in English.

    Numbers and tables, which one looks up, are apart, and so are texts to copy.
    """
    known, kind = parsed.project.known, parsed.narrow_kind
    written = (block for section in parsed.doc.sections for block in section.all_blocks)
    read = (block for block in written if block.kind not in ("header", "cell") and "copy" not in block.inside)
    words = sum(not any(map(str.isdigit, word)) for block in read for word in block.text.split())
    length = f"the page has {words} words of text, a {kind}"
    if words < known.shortest.get(kind, 0):
        yield parsed.finding("kind", f"{length} {known.shortest[kind]} at least: write it")
    elif parsed.locale == "en" and words > TOO_LONG * known.longest.get(kind, words):
        yield parsed.finding("kind", f"{length} about {known.longest[kind]} at most: shorten it")


@pair_rule("M010", after=["H006"])
def other_sections(pair: Pair) -> Iterator[Finding]:
    """A page has the sections of its kind, in their order (data/check.yml); it may have others between them.

    Told of the English page: both languages have the same headings (H006).
    """
    ids = [heading.id or "" for heading in pair.en.headed]
    listed = pair.project.known.contents.get(pair.en.narrow_kind, "").split()
    wanted = [id.rstrip("?") for id in listed if id[-1] != "?" or id[:-1] in ids]
    found = [id for id in ids if id in wanted]
    if found != wanted:
        its = f"its sections are {', '.join(found) or 'none'}"
        yield pair.en.finding("kind", f"{its}: a page of its kind has {', '.join(wanted)}, in this order")
