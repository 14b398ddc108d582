"""The checker's rules for what pages are made of: front matter, headings, links, citations; see `check_sources.py`."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from checker.addresses import malformed_address, split_address
from checker.document import Block, Image, Section
from checker.model import (
    RESERVED_IDS,
    SCHEME,
    Pair,
    Project,
    Sheet,
    in_wrong_language,
    is_file,
    is_name,
    language_of,
    untranslated,
    words_of,
)
from checker.rules.data import ID
from content import marks
from content.model import (
    FRAMEWORKS,
    KINDS,
    LANGUAGE,
    LOCALES,
    OPTIONAL,
    OTHER,
    TEXT_KEYS,
    VOCABULARY,
    Finding,
    Hit,
    as_list,
    is_date,
    required_keys,
)

# ---------------------------------------------------------------- F: files

# Characters that no text has: control characters, replacement characters, a lost byte-order mark.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufeff]")


def control_characters(sheet: Sheet) -> Iterator[Hit]:
    """A page has no control or replacement characters."""
    if not CONTROL.search(sheet.page.body):
        return
    for number, text in enumerate(sheet.page.body.split("\n"), sheet.page.body_line):
        if match := CONTROL.search(text):
            yield sheet.hit((number, match.start() + 1), f"has the character U+{ord(match[0]):04X}: remove it")


# ---------------------------------------------------------------- M: front matter

MAY_BE_NULL = ("since", "status_year")
MAY_BE_EMPTY = ("themes", "modes")
LONGEST = {"description": 160, "lesson": 140}  # characters


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


def unknown_keys(sheet: Sheet) -> Iterator[Hit]:
    """Front matter has no key that its kind does not know (a misspelt key is lost)."""
    known = (*required_keys(sheet.page), *OPTIONAL.get(sheet.page.kind, ()))
    for key in sheet.page.meta:
        if key not in known and sheet.page.kind in KINDS:
            yield sheet.meta_hit(key, f"a {sheet.page.kind} has no key '{key}': correct it ({', '.join(known)})")


def unknown_values(sheet: Sheet) -> Iterator[Hit]:
    """Kind, framework, territory, levers, themes, modes and status have values that the project knows."""
    allowed: dict[str, Sequence[str] | None] = {"kind": KINDS, "framework": FRAMEWORKS}
    allowed["territory"] = sheet.project.names("territories")
    allowed |= {key: sheet.project.names(vocabulary) for key, vocabulary in VOCABULARY.items()}
    for key, names in allowed.items():
        for value in as_list(sheet.page.meta.get(key)):
            if names is not None and value != "" and value not in names:
                choice = "data/territories.yml has those known" if key == "territory" else f"known: {', '.join(names)}"
                yield sheet.meta_hit(key, f"unknown {key} '{value}': correct it ({choice})")


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
    vocabulary = {"lever": "levers", "theme": "themes"}.get(sheet.page.kind)
    if meta.get("framework") == "mode":
        vocabulary = "modes"
    if vocabulary and terms is not None:
        term = terms.get(vocabulary, {}).get(sheet.page.slug)
        if term is None:
            message = f"{vocabulary} of data/terms.yml have no '{sheet.page.slug}': rename the file or add the term"
            yield sheet.meta_hit("kind", message)
        elif sheet.page.kind == "lever":
            yield from wrong(("number",), lambda v: v == term.number, f"{term.number}, its place in data/terms.yml")


def _is_list_of_slugs(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value) and len(set(value)) == len(value)


def long_description(sheet: Sheet) -> Iterator[Hit]:
    """A description has at most 160 characters, a lesson 140."""
    for key, most in LONGEST.items():
        length = len(str(sheet.page.meta.get(key, "")))
        if length > most:
            yield sheet.meta_hit(key, f"the {key} has {length} characters: shorten it to {most} at most")


def untranslated_meta(pair: Pair) -> Iterator[Hit]:
    """Title, description and lesson are translated, names apart."""
    terms = [term.name for vocabulary in (pair.project.terms or {}).values() for term in vocabulary.values()]
    translatable = [name["en"] for name in terms if name["en"] != name["fr"]]
    for key in TEXT_KEYS:
        text = str(pair.en.page.meta.get(key) or "")
        may_be_same = key == "title" and is_name(text) and text not in translatable
        if text and text == str(pair.fr.page.meta.get(key) or "") and not may_be_same:
            yield pair.fr.meta_hit(key, f"the {key} is the same in English, '{text[:60]}': translate it")


def different_meta(pair: Pair) -> Iterator[Hit]:
    """Language-neutral front matter has the same values in both languages."""
    en, fr = pair.en.page.meta, pair.fr.page.meta
    missing = [key for key in required_keys(pair.en.page) if key not in en or key not in fr]  # M002
    for key in dict.fromkeys([*en, *fr]):
        here, there = en.get(key), fr.get(key)
        if key not in TEXT_KEYS and key not in missing and (here != there or type(here) is not type(there)):
            line = pair.fr.page.meta_lines.get(key, 1)
            message = f"'{key}' is {here!r} here, {there!r} in French (line {line}): give both the right value"
            yield pair.en.meta_hit(key, message)


# ---------------------------------------------------------------- P: pairs


def untranslated_pages(project: Project) -> Iterator[Hit]:
    """Every page exists in both languages, under the same name."""
    for locale, other in OTHER.items():
        for path, file in project.files[locale].items():
            if path not in project.files[other]:
                yield Hit(file, 1, 1, f"has no {LANGUAGE[other]} page: write docs/{other}/{path}, or remove this one")


def _compare(pair: Pair, what: str, shapes: Callable[[Section], list[tuple[str, int]]]) -> Iterator[Hit]:
    """A hit for each section in which the shapes (with their lines) of something differ."""
    for en, fr in pair.aligned:
        here, there = shapes(en), shapes(fr)
        if [shape for shape, _ in here] != [shape for shape, _ in there]:
            differing = (a or b for a, b in zip_longest(here, there) if not a or not b or a[0] != b[0])
            first = next(differing)
            line = first[1] if first in here else en.line
            other = there[0][1] if there else fr.line
            texts = [", ".join(shape for shape, _ in side) or "none" for side in (here, there)]
            message = f"{what}: {texts[0]} here, {texts[1]} in French (from line {other}): make them the same"
            yield pair.en.hit((line, 1), message)


def paragraph_counts(pair: Pair) -> Iterator[Hit]:
    """A section has as many paragraphs in both languages."""
    for en, fr in pair.aligned:
        here, there = (sum(b.kind in ("paragraph", "html", "code") for b in side.blocks) for side in (en, fr))
        if here != there:
            message = f"{here} paragraphs in this section, {there} in French (from line {fr.line}): make them the same"
            yield pair.en.hit(en, message)


def list_lengths(pair: Pair) -> Iterator[Hit]:
    """A section has the same lists, of the same kind and length, in both languages."""
    yield from _compare(pair, "lists", lambda section: _shapes(section, "list"))


def table_shapes(pair: Pair) -> Iterator[Hit]:
    """A section has the same tables, with as many rows and columns, in both languages."""
    yield from _compare(pair, "tables", lambda section: _shapes(section, "table"))


def box_types(pair: Pair) -> Iterator[Hit]:
    """A section has the same boxes, by type and order, in both languages."""
    yield from _compare(pair, "boxes", lambda section: _shapes(section, "box"))


def _shapes(section: Section, kind: str) -> list[tuple[str, int]]:
    return [(shape.text, shape.line) for shape in section.shapes if shape.kind == kind]


# `map-fr.svg` beside `map-en.svg`, `/fr/` beside `/en/`: the same thing, translated.
LOCALE_IN_NAME = re.compile(r"(?<=[-._/])(en|fr)(?=[-._/]|$)", re.IGNORECASE)


def image_sets(pair: Pair) -> Iterator[Hit]:
    """A section has the same images in both languages (a file name may carry the language)."""

    def shapes(section: Section) -> list[tuple[str, int]]:
        images = [image for block in section.all_blocks for image in block.images]
        return sorted((LOCALE_IN_NAME.sub("*", image.target), image.line) for image in images)

    yield from _compare(pair, "images", shapes)


def generated_parts(pair: Pair) -> Iterator[Hit]:
    """A page has the same generated parts (`<!-- generated: levers -->`), in the same order, in both languages."""
    sides = [sheet.parts for sheet in (pair.en, pair.fr)]
    names = [[part.name for part in side] for side in sides]
    for n, sheet in enumerate((pair.en, pair.fr)):
        for part in sides[n]:
            if names[n].count(part.name) > names[1 - n].count(part.name):
                other = LANGUAGE[OTHER[sheet.page.locale]]
                message = f"the generated part '{part.name}' is not in {other}: add it there or remove it here"
                yield sheet.hit(part, message)
    if names[0] != names[1] and sorted(names[0]) == sorted(names[1]):
        texts = [", ".join(side) for side in names]
        yield pair.en.hit(sides[0][0], f"generated parts: {texts[0]} here, {texts[1]} in French: make them the same")


Item = tuple[str, int, int]  # a target or id, with its line and column


def _surplus(items: list[Item], others: list[Item], neutral: Callable[[str], str]) -> list[Item]:
    """The items that have no counterpart among the others."""
    room = Counter(neutral(other) for other, _, _ in others)
    left = []
    for item in items:
        name = neutral(item[0])
        if room[name]:
            room[name] -= 1
        else:
            left.append(item)
    return left


def _only_here(
    pair: Pair, what: str, items: Callable[[Section], list[Item]], neutral: Callable[[str], str] = str
) -> Iterator[Hit]:
    """A hit for each item that a section has in one language only, where it stands."""
    for en, fr in pair.aligned:
        here, there = items(en), items(fr)
        for a, b in zip_longest(_surplus(here, there, neutral), _surplus(there, here, neutral)):
            if a and b:
                message = f"{what} '{a[0]}' here, '{b[0]}' in French (line {b[1]}): make them the same"
                yield pair.en.hit(a[1:], message)
            else:
                sheet, other, item, own, far = (pair.en, fr, a, here, there) if a else (pair.fr, en, b, there, here)
                counts = [sum(name == item[0] for name, _, _ in side) for side in (own, far)]
                where = f"{LANGUAGE[OTHER[sheet.page.locale]]} (from line {other.line})"
                message = f"{what} '{item[0]}': {counts[0]} in this section, {counts[1]} in {where}"
                yield sheet.hit(item[1:], f"{message}: add it there or remove it here")


def _links(section: Section, external: bool) -> list[Item]:
    links = [link for block in section.all_blocks for link in block.links]
    return [(x.target, x.line, x.column) for x in links if bool(SCHEME.match(x.target)) == external]


def internal_link_sets(pair: Pair) -> Iterator[Hit]:
    """A section has the same internal links, anchors included, in both languages."""
    yield from _only_here(pair, "link", lambda section: _links(section, external=False))


def external_link_sets(pair: Pair) -> Iterator[Hit]:
    """A section has the same external links in both languages (an address may carry the language)."""

    def neutral(target: str) -> str:
        return LOCALE_IN_NAME.sub("*", target)

    yield from _only_here(pair, "link", lambda section: _links(section, external=True), neutral)


def citation_sets(pair: Pair) -> Iterator[Hit]:
    """A section has the same citations in both languages, each as often."""

    def cited(section: Section) -> list[Item]:
        return [(c.id, c.line, c.column) for block in section.all_blocks for c in block.citations]

    yield from _only_here(pair, "citation", cited)


def identical_texts(pair: Pair) -> Iterator[Hit]:
    """No heading, paragraph, item or cell is the same in both languages, names apart."""
    for en, fr in pair.aligned:
        twins = {" ".join(block.unmarked.split()): block for block in en.all_blocks if block.kind != "code"}
        for block in fr.all_blocks:
            twin = twins.get(" ".join(block.unmarked.split()))
            if not twin or not _same(twin.unmarked, block):
                continue
            if in_wrong_language(block.unmarked, "fr") or in_wrong_language(twin.unmarked, "en"):
                continue  # T001 says it, in the right file
            french = Counter(language_of(word.casefold()) for word in words_of(block.unmarked))
            sheet, place, line = (pair.fr, block, twin.line)
            if french["fr"] > french["en"]:
                sheet, place, line = (pair.en, twin, block.line)
            other = LANGUAGE[OTHER[sheet.page.locale]]
            message = f"this {block.kind} is the same in {other} (line {line}): translate it, or mark a name"
            yield sheet.hit(place, f"{message} with its language, as *Name*{{ lang=fr }}")


def _same(text: str, block: Block) -> bool:
    """Whether a block that is the same in both languages should not be."""
    if block.kind in ("heading", "header"):
        return not is_name(marks.ATTRIBUTES.sub("", text).strip())
    return untranslated(text, block.unmarked)


# ---------------------------------------------------------------- H: headings


def missing_ids(sheet: Sheet) -> Iterator[Hit]:
    """Every heading has an explicit id."""
    for h in sheet.headings:
        if not h.id:
            form = f"{'#' * h.level} {h.text} {{ #some-id }}"
            yield sheet.hit(h, f"a heading without id: write '{form}', the same id in both languages")


def duplicate_ids(sheet: Sheet) -> Iterator[Hit]:
    """An id stands once in a page."""
    seen: dict[str, int] = {}
    for note in sheet.doc.ids:
        if note.text in seen:
            yield sheet.hit(note, f"the id '{note.text}' stands at line {seen[note.text]} already: give another")
        seen.setdefault(note.text, note.line)


def level_jumps(sheet: Sheet) -> Iterator[Hit]:
    """Headings start at level 2 (the title is level 1) and go down one level at a time."""
    above = 1
    for h in sheet.headings:
        if h.level == 1:
            yield sheet.hit(h, "a heading of level 1: the title is made from front matter, start at '##'")
        elif h.level > above + 1:
            yield sheet.hit(h, f"a heading of level {h.level} below level {above}: write it with {'#' * (above + 1)}")
        above = h.level


def malformed_ids(sheet: Sheet) -> Iterator[Hit]:
    """Ids are English kebab-case, and not those that the templates make."""
    for note in sheet.doc.ids:
        if not ID.fullmatch(note.text):
            yield sheet.hit(note, f"the id '{note.text}' is not kebab-case: use a-z, 0-9 and single hyphens")
        elif note.text in RESERVED_IDS:
            yield sheet.hit(note, f"the id '{note.text}' is made by the templates: give another")


def empty_headings(sheet: Sheet) -> Iterator[Hit]:
    """A heading has a text."""
    for h in sheet.headings:
        if not h.text.strip():
            yield sheet.hit(h, "a heading without text: write it or remove it")


def different_headings(pair: Pair) -> Iterator[Hit]:
    """Both languages have the same headings: number, order, level and id."""
    orders = [[h.id or "" for h in sheet.headings] for sheet in (pair.en, pair.fr)]
    if orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1]):
        h, there = next((h, there) for h, there in zip(pair.en.headings, orders[1], strict=True) if h.id != there)
        yield pair.en.hit(h, f"the order differs: '{h.id}' here, '{there}' in French: give both the same order")
    counts = f"{len(orders[0])} headings in English, {len(orders[1])} in French"
    for a, b in pair.sections:
        if a and b:
            if a.id and b.id and a.id != b.id:
                yield pair.en.hit(a, f"the id is '{a.id}' here, '{b.id}' in French (line {b.line}): give both one id")
            if a.level != b.level:
                message = f"level {a.level} here, {b.level} in French (line {b.line}): give both the same level"
                yield pair.en.hit(a, message)
        else:
            sheet, alone = (pair.en, a) if a else (pair.fr, b)
            other = LANGUAGE[OTHER[sheet.page.locale]]
            if alone:
                message = f"'{alone.text}' is no heading in {other} ({counts}): add it there or remove it here"
                yield sheet.hit(alone, message)


# ---------------------------------------------------------------- L: links

# A link that Markdown did not take for one, so that readers see its brackets.
BROKEN_LINK = re.compile(r"\]\(|\]\[")


def _other_language(path: str) -> bool:
    return path.startswith("../") and path.lstrip("./").split("/")[0] in LOCALES


def _is_asset(item: object, path: str) -> bool:
    return isinstance(item, Image) or ("." in posixpath.basename(path).strip(".") and not path.endswith(".md"))


def missing_pages(sheet: Sheet) -> Iterator[Hit]:
    """The page that a link names exists in the same language."""
    locale = sheet.page.locale
    for item, path, _ in sheet.targets:
        if path.endswith(".md") and not _other_language(path) and path not in sheet.project.files[locale]:
            yield sheet.hit(item, f"no page '{path}' in {LANGUAGE[locale]}: correct the link")


def missing_anchors(sheet: Sheet) -> Iterator[Hit]:
    """The anchor that a link names is an id of the target page."""
    locale = sheet.page.locale
    for item, path, anchor in sheet.targets:
        anchors = sheet.project.anchors[locale].get(path)
        if anchor and anchors is not None and anchor not in anchors:
            ids = ", ".join(h.id for h in sheet.project.sheets[locale][path].headings if h.id) or "none"
            message = f"'{path}' has no id '{anchor}': correct the link or give a heading the id ({ids})"
            yield sheet.hit(item, message)
        elif not anchor and "#" in item.target:
            yield sheet.hit(item, f"'{item.target}' has an empty anchor: write the id, or no #")


def missing_assets(sheet: Sheet) -> Iterator[Hit]:
    """The image or other file that a page names exists."""
    docs = sheet.project.root / "docs"
    for item, path, _ in sheet.targets:
        if not _is_asset(item, path) or _other_language(path):
            continue
        if not is_file(docs / sheet.page.locale / path) and not is_file(docs / path):
            yield sheet.hit(item, f"no file '{item.target}': correct the address or add the file to docs/assets")


def link_forms(sheet: Sheet) -> Iterator[Hit]:
    """A link to a page names its file, with `.md`."""
    for item, path, _ in sheet.targets:
        if not path.endswith(".md") and not _is_asset(item, path) and not _other_language(path):
            yield sheet.hit(item, f"'{item.target}' is no file of a page: name the file, with .md")


def other_language_links(sheet: Sheet) -> Iterator[Hit]:
    """A page links to pages of its own language."""
    for item, path, _ in sheet.targets:
        if _other_language(path):
            message = f"'{item.target}' leaves the {LANGUAGE[sheet.page.locale]} pages: link within them"
            yield sheet.hit(item, message)


def absolute_links(sheet: Sheet) -> Iterator[Hit]:
    """A link within the site is relative: no host, no leading slash."""
    host = sheet.project.config.host if sheet.project.config else ""
    for block in sheet.blocks:
        for item in block.targets:
            there = host and host in item.target.lower() and split_address(item.target)[0] == host
            if there or item.target.startswith("/"):
                yield sheet.hit(item, f"'{item.target}' is absolute: write the relative path of the file")


def malformed_links(sheet: Sheet) -> Iterator[Hit]:
    """A link has a target that can be read; no link is left as brackets in the text."""
    for block in sheet.blocks:
        for link in block.links:
            wrong = None
            if not link.target.strip() or (SCHEME.match(link.target) and not link.target.startswith("//")):
                wrong = malformed_address(link.target)
            elif re.search(r"\s|\\", link.target):
                wrong = "has a space or a backslash"
            if wrong:
                yield sheet.hit(link, f"the address '{link.target}' {wrong}: correct it")
        if block.kind != "code" and (match := BROKEN_LINK.search(block.text)):
            message = "brackets of a link that is none: write [text](target.md), no space before ( nor in the target"
            yield sheet.hit(block.place(match.start()), message)


def images_without_text(sheet: Sheet) -> Iterator[Hit]:
    """An image has an alternative text."""
    for image in (image for block in sheet.blocks for image in block.images):
        if not (image.alt or "").strip():
            yield sheet.hit(image, f"the image '{image.target}' has no alternative text: add it")


def unknown_parts(sheet: Sheet) -> Iterator[Hit]:
    """A generated part has its template in overrides/generated, or is a chart of data/charts.yml."""
    project = sheet.project
    for part in sheet.parts:
        file = f"overrides/generated/{part.name}.html"
        with_argument = f"overrides/generated/{part.name.partition('-')[0]}.html"  # amounts-grants: grants to amounts
        if file in project.templates or with_argument in project.templates:
            continue
        place = f"template {file}"
        if part.chart is not None:
            if project.charts is None or part.chart in project.charts:
                continue
            place = f"chart '{part.chart}' in data/charts.yml"
        yield sheet.hit(part, f"no {place}: correct the name")


# ---------------------------------------------------------------- S: sources in pages

# A citation that Markdown did not take for one.
BROKEN_CITATION = re.compile(r"\[\s*\^|\^\[")


def thin_cases(sheet: Sheet) -> Iterator[Hit]:
    """A case cites at least two sources, of at least two publishers."""
    sources = sheet.project.sources
    if sheet.page.kind != "case" or sources is None:
        return
    ids = {cited.id for cited in sheet.citations}
    publishers = {sources[id].publisher.casefold() for id in ids if id in sources}
    if len(ids) < 2:
        yield sheet.hit((1, 1), f"the case cites {len(ids)} source{'s' * (not ids)}: cite at least two")
    elif len(publishers) == 1 and ids <= set(sources):
        yield sheet.hit((1, 1), f"all {len(ids)} sources have one publisher: cite another publisher too")


def lone_cautions(sheet: Sheet) -> Iterator[Hit]:
    """A sentence that cites a source marked `caution` cites another one too."""
    for cited in (cited for block in sheet.blocks for cited in block.lone_citations):
        source = (sheet.project.sources or {}).get(cited.id)
        if source is not None and source.caution:
            message = f"'{cited.id}' (caution: {source.caution}) stands alone: cite a second source, or leave it out"
            yield sheet.hit(cited, message)


def written_definitions(sheet: Sheet) -> Iterator[Hit]:
    """Footnotes are defined in data/sources.yml, not in pages."""
    for note in sheet.doc.definitions:
        yield sheet.hit(note, f"a footnote definition: remove it and put '{note.text}' into data/sources.yml")


def malformed_citations(sheet: Sheet) -> Iterator[Hit]:
    """A citation is written [^source-id]; none is left as brackets in the text."""
    for block in sheet.blocks:
        if block.kind != "code" and "^" in block.text and (match := BROKEN_CITATION.search(block.text)):
            yield sheet.hit(block.place(match.start()), "a citation that is none: write [^source-id], without spaces")


# ---------------------------------------------------------------- A: allowances


def allowances_without_reason(sheet: Sheet) -> Iterator[Hit]:
    """An allowance names its rule and gives its reason: `<!-- allow N001: reason -->`."""
    for allowance in sheet.allowances:
        if not allowance.code or len(allowance.reason.split()) < 2:
            message = "an allowance without rule or reason: write <!-- allow N001: why the difference is meant -->"
            yield sheet.hit(allowance.note, message)


def is_allowed(project: Project, finding: Finding) -> bool:
    """Whether an allowance of its page covers a finding."""
    _, locale, path = f"{finding.path}//".split("/", 2)
    sheet = project.sheets.get(locale, {}).get(path.rstrip("/"))
    return sheet is not None and any(finding.code == a.code and finding.line in a.lines for a in sheet.allowances)


def unneeded_allowances(project: Project, found: Iterable[Finding]) -> Iterator[Finding]:
    """An allowance stands directly before (or in) a block in which its rule finds something."""
    places = {(finding.path, finding.code, finding.line) for finding in found}
    for sheet in project.all_sheets:
        for allowance in sheet.allowances:
            if allowance.code and not any((sheet.page.file, allowance.code, n) in places for n in allowance.lines):
                note, message = allowance.note, f"{allowance.code} finds nothing here: remove the allowance"
                yield Finding(sheet.page.file, note.line, note.column, "A001", message)


PAGE_RULES: dict[str, Callable[[Sheet], Iterable[Hit]]] = {
    "F005": control_characters,
    "M002": missing_keys,
    "M003": unknown_keys,
    "M004": unknown_values,
    "M005": wrong_forms,
    "M006": long_description,
    "H001": missing_ids,
    "H002": duplicate_ids,
    "H003": level_jumps,
    "H004": malformed_ids,
    "H005": empty_headings,
    "L005": absolute_links,
    "L006": malformed_links,
    "L007": images_without_text,
    "S006": written_definitions,
    "S007": malformed_citations,
    "A002": allowances_without_reason,
    "L001": missing_pages,
    "L002": missing_anchors,
    "L003": missing_assets,
    "L004": other_language_links,
    "L008": link_forms,
    "L009": unknown_parts,
    "S005": thin_cases,
    "S010": lone_cautions,
}
PAIR_RULES: dict[str, Callable[[Pair], Iterable[Hit]]] = {
    "M007": untranslated_meta,
    "M008": different_meta,
    "H006": different_headings,
    "P002": paragraph_counts,
    "P003": list_lengths,
    "P004": table_shapes,
    "P005": box_types,
    "P006": image_sets,
    "P007": internal_link_sets,
    "P008": external_link_sets,
    "P009": citation_sets,
    "P010": identical_texts,
    "P011": generated_parts,
}
PROJECT_RULES: dict[str, Callable[[Project], Iterable[Hit]]] = {"P001": untranslated_pages}
