"""The typography of each language (CONTRIBUTING.md), as corrections that can be made.

One function per rule: it takes a text and its language and yields the corrections, each a place in
the text and what should stand there. `check.py` reports them and, with `--fix`, makes them in the
files; `fix` also gives headings their missing ids. What is in code, in an address or in a command of
the page is not touched; words marked with their language follow the rules of that language.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import study
from check_model import Pair, Project, Sheet
from markup import Block, Section
from quantities import BABEL
from study import LOCALES

NBSP, THIN = "\u00a0", "\u202f"
SPACE = f"[ {NBSP}{THIN}]"
MASK = "\ufffc"  # stands for what a rule must not see

Correction = tuple[int, int, str]  # start, end, what should stand there
Rule = Callable[[str, str], Iterator[Correction]]

MONTHS = {locale: "|".join(BABEL[locale].months["format"]["wide"].values()) for locale in LOCALES}
OPENING = re.compile(rf"(?:^|[\s(\[{{“‘«—–/{NBSP}{THIN}-])$")


def _replace(pattern: str, text: str, new: Callable[[re.Match[str]], str]) -> Iterator[Correction]:
    """A correction for each match that the new text would change."""
    for match in re.finditer(pattern, text):
        if (replacement := new(match)) != match[0]:
            yield match.start(), match.end(), replacement


def apostrophes(text: str, locale: str) -> Iterator[Correction]:
    """The apostrophe is ’; in English, single quotes are ‘ and ’."""
    for match in re.finditer("['´`]", text):
        before, after = text[: match.start()], text[match.end() :]
        letters = before[-1:].isalpha(), after[:1].isalpha()
        if match[0] != "'" and not all(letters):
            continue
        if locale == "en" and match[0] == "'" and OPENING.search(before) and letters[1]:
            yield match.start(), match.end(), "‘"
        elif any(letters) or (locale == "en" and before[-1:] in ".,;:!?…)" and before):
            yield match.start(), match.end(), "’"


def quotes(text: str, locale: str) -> Iterator[Correction]:
    """Quotes are “…” or ‘…’ in English; « … » in French, with “…” only inside them."""
    inside = 0
    for match in re.finditer(rf'{SPACE}*(["“”»])|(["“«]){SPACE}*', text):
        mark = match[0].strip(f" {NBSP}{THIN}")
        at = match.start() + match[0].index(mark)
        opens = mark in "“«" or (mark == '"' and bool(OPENING.search(text[:at])))
        inside += (mark == "«") - (mark == "»")
        if locale == "en" and mark in '"«»':
            end = at + 1 + len(text[at + 1 :]) - len(text[at + 1 :].lstrip(NBSP + THIN + " " * (mark == "«")))
            start = len(text[:at].rstrip(NBSP + THIN + " " * (mark == "»")))
            yield (at, end, "“") if opens else (start, at + 1, "”")
        elif locale == "fr" and (mark == '"' or (mark in "“”" and not inside)):
            end = at + 1 + len(text[at + 1 :]) - len(text[at + 1 :].lstrip(f" {NBSP}{THIN}"))
            start = len(text[:at].rstrip(f" {NBSP}{THIN}"))
            yield (at, end, f"«{NBSP}") if opens else (start, at + 1, f"{NBSP}»")


def spaces(text: str, locale: str) -> Iterator[Correction]:
    """French has U+202F before ; ! ? and U+00A0 before : and inside « »; English has no space there."""
    if locale == "en":
        yield from _replace(rf"(?<=[\w’”)]){SPACE}+[;:!?,.](?=\s|$)", text, lambda m: m[0][-1])
        return
    yield from _replace(rf"(?<=[^\s(\[;!?]){SPACE}*[;!?](?=[\s;!?)\]»”.]|$)", text, lambda m: THIN + m[0][-1])
    yield from _replace(rf"(?<=[^\s(\[:]){SPACE}*:(?=\s|$)", text, lambda m: f"{NBSP}:")
    yield from _replace(rf"«{SPACE}*(?=\S)", text, lambda m: f"«{NBSP}")
    yield from _replace(rf"(?<=\S){SPACE}*»", text, lambda m: f"{NBSP}»")
    yield from _replace(rf"(?<=\w) +[,.](?=\s|$)", text, lambda m: m[0][-1])


def joined_numbers(text: str, locale: str) -> Iterator[Correction]:
    """In French U+00A0 joins a number to its month, million or milliard, and n°, art., L. to their number."""
    if locale == "fr":
        words = rf"(?:{MONTHS['fr']}|millions?|milliards?)\b"
        yield from _replace(
            rf"(?<=\d)[ {THIN}](?={words})|(?<=\d(?:er)?)[ {THIN}](?={words})"[:0] or rf"(?<=\d)[ {THIN}](?={words})",
            text,
            lambda _: NBSP,
        )
        yield from _replace(rf"(?<=1er)[ {THIN}](?=(?:{MONTHS['fr']})\b)", text, lambda _: NBSP)
        yield from _replace(
            rf"(?<=\bn°)[ {THIN}]?(?=\d)|(?<=\b[LRD]\.)[ {THIN}]?(?=\d)|(?<=\bart\.)[ {THIN}](?=[LRD\d])",
            text,
            lambda _: NBSP,
        )
