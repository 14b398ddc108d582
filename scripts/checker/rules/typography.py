"""The typography of each language, in pages and data (T010 to T019), as corrections that `--fix` makes.

The rules are rows of typography.yml. What is in code, in an address or in a command of the page is not touched; words
marked with their language follow the rules of that language.
"""

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from babel.numbers import get_group_symbol

from checker.document import Block, by_language
from checker.languages import filled
from checker.project import ParsedPage, Project, load
from checker.registry import RULES, Rule
from content.files import read_text, read_yaml, write_whole
from content.findings import Finding
from content.forms import any_of
from content.locales import BABEL, LOCALES

NBSP, THIN = "\u00a0", "\u202f"
Correction = tuple[int, int, str]  # start, end, what should stand there


def _grouped(match: re.Match[str], locale: str) -> str:
    """A number with the separator of its language between thousands."""
    separator = get_group_symbol(BABEL[locale])
    groups = match[0].split()
    return separator.join(groups) if len(groups) > 1 else f"{int(match[0]):,}".replace(",", separator)


def _joined(match: re.Match[str], locale: str) -> str:
    """Two years with the sign of the language between them; as they are where the second is the earlier one."""
    sign = "–" if locale == "en" else "-"
    return f"{match[1]}{sign}{match[2]}" if match[1] < match[2] else match[0]


TABLE = read_yaml(Path(__file__).with_suffix(".yml"), Path(__file__).parent)
ACCENTED = {unicodedata.normalize("NFD", word)[0] + word[1:]: word for word in TABLE["accented"]}
MAKES: Mapping[str, Callable[[re.Match[str], str], str]] = {
    "grouped": _grouped,
    "joined": _joined,
    "accented": lambda match, _: ACCENTED[match[0]],
}


class Replacement(NamedTuple):
    """What a rule corrects in a language: what is found, what should stand there, what may not stand right before."""

    code: str
    found: re.Pattern[str]
    new: str
    unless: re.Pattern[str]


def _replacements() -> dict[str, list[Replacement]]:
    rows: dict[str, list[Replacement]] = {locale: [] for locale in LOCALES}
    for code, language, found, new, *unless in TABLE["rows"]:
        for locale in LOCALES if language == "-" else (language,):
            months = BABEL[locale].months["format"]["wide"].values()
            pieces = TABLE["pieces"] | {"months": "|".join(months), "bare": any_of(ACCENTED)}
            before = f"(?:{filled(unless[0], pieces)})$" if unless else "(?!)"
            rows[locale].append(Replacement(code, re.compile(filled(found, pieces)), new, re.compile(before)))
    return rows


REPLACEMENTS = _replacements()


def corrections(text: str, locale: str) -> Iterator[tuple[str, Correction]]:
    """What the rules correct in a text of a language: the code of each, and what."""
    for row in REPLACEMENTS[locale]:
        for match in row.found.finditer(text):
            start, end = match.span()
            new = MAKES[row.new](match, locale) if row.new in MAKES else match.expand(row.new)
            if new != match[0] and not row.unless.search(text, 0, start):
                yield row.code, (start, end, new)


@functools.lru_cache(maxsize=1)  # each rule tells its own
def in_page(parsed: ParsedPage) -> list[tuple[Finding, Block, Correction]]:
    """What the rules correct in a page: the finding, its block, and the correction of that."""
    found = list[tuple[Finding, Block, Correction]]()
    for block in (block for block in parsed.blocks if block.kind != "code"):
        for lang, text in by_language(block, parsed.locale):
            for code, correction in corrections(text, lang):
                finding = parsed.finding(block.place(correction[0]), described(block.text, correction))
                found.append((finding._replace(code=code), block, correction))
    return found


def _findings(code: str, parsed: ParsedPage) -> Iterator[Finding]:
    """A finding for each correction that a rule would make in a page."""
    return (finding for finding, *_ in in_page(parsed) if finding.code == code)


for code, requires in TABLE["asks"].items():
    RULES[code] = Rule(
        code, "page", functools.partial(_findings, code), requires, "checker/rules/typography.yml", in_data=True
    )


def described(text: str, correction: Correction) -> str:
    """What is said of a correction: the words around it, and what to write."""
    start, end, new = correction
    before, after = text[:start].rsplit(" ", 1)[-1][-15:], text[end:].split(" ", 1)[0][:15]
    return f"'{shown(before + text[start:end] + after)}': write '{shown(before + new + after)}' (--fix does)"


def shown(text: str) -> str:
    """A text with its no-break spaces made visible."""
    return text.replace(NBSP, "[U+00A0]").replace(THIN, "[U+202F]")


def applied(text: str, edits: Collection[Correction]) -> str:
    """A text with corrections made in it, from its end; of two that overlap, the last one alone."""
    free = len(text)
    for start, end, new in sorted({*edits}, reverse=True):
        if end <= free:
            text, free = text[:start] + new + text[end:], start
    return text


# ---------------------------------------------------------------- what --fix changes


def _corrected(parsed: ParsedPage, source: str) -> str:
    """The text of a page's file with what the rules correct in it, but for what is allowed; what cannot be placed in it
    stays."""
    lines = source.split("\n")
    edits: dict[int, list[Correction]] = defaultdict(list)
    for finding, block, (start, end, new) in in_page(parsed):
        line, place = lines[finding.line - 1], finding.column - 1
        if block in parsed.front:
            # The value alone: an address or the other language may have the same words.
            words = rf"""["']?(?P<text>{re.escape(block.text)})["']?"""
            value = re.search(rf"\b(?:{parsed.locale}|\w{{3,}}):\s+{words}\s*(?:[,}}#]|$)", line)
            if not value:
                continue
            place = value.start("text") + start
        if line.startswith(block.text[start:end], place) and not parsed.allows(finding):
            edits[finding.line].append((place, place + end - start, new))
    for number, of_line in edits.items():
        lines[number - 1] = applied(lines[number - 1], of_line)
    return "\n".join(lines)


PASSES = 5  # at most: a correction may make room for another


def fix(project: Project, only: Collection[str] | None = None) -> list[str]:
    """Corrects the typography of pages and data; returns the files changed."""
    changed = dict[str, str]()
    for _ in range(PASSES):
        files = dict[str, str]()
        for parsed in (*project.all_parsed, *(page for both in project.data_pages for page in both)):
            if only is None or parsed.file in only:
                before = files.get(parsed.file) or read_text(project.root / parsed.file, project.root)
                if (after := _corrected(parsed, before)) != before:
                    files[parsed.file] = after
        for file, text in files.items():
            write_whole(project.root / file, text.encode())
        if not files:
            break
        changed |= files
        project, only = load(project.root), files
    return [*changed]
