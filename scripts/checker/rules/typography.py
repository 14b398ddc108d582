"""The typography of each language (CONTRIBUTING.md, T010 to T019), as corrections that `--fix` can make.

Most rules are rows of typography.yml; three are functions, which take a text and its language. What is in code, in an
address or in a command of the page is not touched; words marked with their language follow the rules of that language.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from checker.document import Block
from checker.model import Sheet
from checker.numerals import BABEL, filled
from checker.registry import RULES, Rule
from content.findings import Hit
from content.known import Known
from content.model import TEXT_KEYS

NBSP, THIN = "\u00a0", "\u202f"
Correction = tuple[int, int, str]  # start, end, what should stand there

# ---------------------------------------------------------------- the rules that are rows


def _grouped(match: re.Match[str], locale: str) -> str:
    """A number with the separator of its language between thousands."""
    separator = {"en": ",", "fr": THIN}[locale]
    groups = match[0].split()
    return separator.join(groups) if len(groups) > 1 else f"{int(match[0]):,}".replace(",", separator)


def _joined(match: re.Match[str], locale: str) -> str:
    """Two years with the sign of the language between them; as they are where the second is the earlier one."""
    return f"{match[1]}{ {'en': '–', 'fr': '-'}[locale] }{match[2]}" if match[1] < match[2] else match[0]


MAKES = {"grouped": _grouped, "joined": _joined}


class Row(NamedTuple):
    """What a rule corrects in a language: what is found, what should stand there, what may not stand right before."""

    code: str
    found: re.Pattern[str]
    new: str
    unless: re.Pattern[str]


TABLE = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
ASKS: dict[str, list[str]] = TABLE["asks"]  # name and sentence, by code


def _rows() -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {locale: [] for locale in BABEL}
    for code, language, found, new, *unless in TABLE["rows"]:
        for locale in BABEL if language == "-" else (language,):
            pieces = TABLE["pieces"] | {"months": "|".join(BABEL[locale].months["format"]["wide"].values())}
            before = f"(?:{filled(unless[0], pieces)})$" if unless else "(?!)"
            rows[locale].append(Row(code, re.compile(filled(found, pieces)), new, re.compile(before)))
    return rows


ROWS = _rows()


# ---------------------------------------------------------------- the rules that are functions

# French words in single quotes: 'prix', ‘prix’, 'mot d'ordre'.
SINGLE = re.compile(r"(?<!\w)(['‘])(?=\w)(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,200}['’](?!\w)")
OPENING = re.compile(rf"[\s(\[{{“‘«—–/{NBSP}{THIN}-]?")  # what stands before an opening quote, or nothing
CLOSING = re.compile(r"[\s.,;:!?…)\]]|$")  # what stands after a closing quote


def apostrophes(text: str, locale: str) -> Iterator[Correction]:
    """The apostrophe is ’; in English, single quotes are ‘ and ’."""
    quoted = {end for m in SINGLE.finditer(text) for end in (m.start(), m.end() - 1)} if locale == "fr" else ()
    for match in re.finditer("['´`]", text):
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        letters = before.isalpha(), after.isalpha()
        if start in quoted or (match[0] != "'" and not all(letters)):
            continue
        if locale == "en" and OPENING.fullmatch(before) and after.isalnum():
            yield start, end, "‘" if letters[1] else "’"  # ‘word’, the ’90s
        elif any(letters) or (locale == "en" and before and before in ".,;:!?…)"):
            yield start, end, "’"


def quotes(text: str, locale: str) -> Iterator[Correction]:
    """Quotes are “…” or ‘…’ in English; « … » in French, with “…” only inside them."""
    right = {"en": "“”", "fr": (f"«{NBSP}", f"{NBSP}»")}[locale]
    opens, closes, straight = ([match.start() for match in re.finditer(mark, text)] for mark in ("«", "»", '"'))
    for match in SINGLE.finditer(text) if locale == "fr" else ():
        start, end = match.span()
        inside = bisect(opens, start) > bisect(closes, start) or bisect(straight, start) % 2
        for at, mark in zip((start, end - 1), "“”" if inside else right, strict=True):
            yield at, at + 1, mark
    wrong = {"en": '"«»', "fr": '"“”'}[locale]
    nested, opened = 0, False
    for match in re.finditer('["“”«»]', text):
        (start, end), mark = match.span(), match[0]
        begins = mark in "“«"
        if mark == '"':
            before, after = OPENING.fullmatch(text, max(start - 1, 0), start), CLOSING.match(text, end)
            begins = opened = bool(before) if bool(before) != bool(after) else not opened
        nested += (mark == "«") - (mark == "»")
        if mark not in wrong or (nested and mark != '"' and locale == "fr"):
            continue
        while text[end : end + 1] in (" ", NBSP, THIN) and (mark == "«" or (begins and locale == "fr")):
            end += 1
        while text[start - 1 : start] in (" ", NBSP, THIN) and (mark == "»" or (not begins and locale == "fr")):
            start -= 1
        yield start, end, right[not begins]


BARE = str.maketrans("ÀÂÉÈÊÎÔÇ", "AAEEEIOC")


@functools.lru_cache(maxsize=1)  # the same for all texts
def _without_accents(accented: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """The words with their accent by how they are written without, and the expression that finds these."""
    bare = {word[0].translate(BARE) + word[1:]: word for word in accented}
    return bare, re.compile(rf"\b(?:{'|'.join(map(re.escape, bare))})\b" if bare else "(?!)")


def capitals(text: str, accented: tuple[str, ...]) -> Iterator[Correction]:
    """The words that begin with an accented capital, written without the accent."""
    bare, pattern = _without_accents(accented)
    yield from ((*match.span(), bare[match[0]]) for match in pattern.finditer(text))


def corrections(text: str, locale: str, known: Known) -> Iterator[tuple[str, Correction]]:
    """What the rules correct in a text of a language, with the words that they know: the code of each, and what."""
    for row in ROWS[locale]:
        for match in row.found.finditer(text):
            start, end = match.span()
            new = MAKES[row.new](match, locale) if row.new in MAKES else match.expand(row.new)
            if new != match[0] and not row.unless.search(text, max(start - 40, 0), start):
                yield row.code, (start, end, new)
    yield from (("T010", correction) for correction in apostrophes(text, locale))
    yield from (("T011", correction) for correction in quotes(text, locale))
    if locale == "fr":
        yield from (("T018", correction) for correction in capitals(text, known.accented))


# ---------------------------------------------------------------- in the pages


@functools.lru_cache(maxsize=1)  # each rule tells its own
def in_page(sheet: Sheet) -> list[tuple[str, Block | str, str, Correction]]:
    """What the rules correct in a page: the code, the block, or key of front matter, its text, and the correction."""
    known, locale = sheet.project.known, sheet.page.locale
    texts: list[tuple[Block | str, str, str, str]] = []
    for key in TEXT_KEYS:
        text = str(sheet.page.meta.get(key) or "")
        texts.append((key, text, locale, text))
    texts += [(block, block.text, lang, text) for block, lang, text in sheet.texts]
    return [
        (code, where, whole, correction)
        for where, whole, lang, text in texts
        for code, correction in corrections(text, lang, known)
    ]


def check(code: str, sheet: Sheet) -> Iterator[Hit]:
    """A hit for each correction that a rule would make in a page."""
    for _, where, text, correction in (found for found in in_page(sheet) if found[0] == code):
        message, start = said(text, correction), correction[0]
        yield sheet.meta_hit(where, message) if isinstance(where, str) else sheet.hit(where.place(start), message)


for code, (name, asks) in ASKS.items():
    RULES[code] = Rule(code, "page", functools.partial(check, code), name, asks, "checker/rules/typography.yml")


def said(text: str, correction: Correction) -> str:
    """What is said of a correction: the words around it, and what to write."""
    start, end, new = correction
    before, after = text[:start].rsplit(" ", 1)[-1][-15:], text[end:].split(" ", 1)[0][:15]
    return f"'{shown(before + text[start:end] + after)}': write '{shown(before + new + after)}' (--fix does)"


def shown(text: str) -> str:
    """A text with its no-break spaces made visible."""
    return text.replace(NBSP, "[U+00A0]").replace(THIN, "[U+202F]")


def corrected(text: str, locale: str, known: Known) -> str:
    """A text with all that the rules correct in it."""
    for _ in range(5):  # a correction may make room for another
        edits = sorted({edit for _, edit in corrections(text, locale, known)}, reverse=True)
        before, end = text, len(text)
        for start, stop, new in edits:
            if stop <= end:
                text, end = text[:start] + new + text[stop:], start
        if text == before:
            break
    return text
