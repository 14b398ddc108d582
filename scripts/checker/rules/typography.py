"""The typography of each language, in pages (T010 to T019) and in data (D010), as corrections that `--fix` makes.

The rules are rows of typography.yml. What is in code, in an address or in a command of the page is not touched; words
marked with their language follow the rules of that language.
"""

import contextlib
import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from babel.numbers import get_group_symbol

from checker.document import by_language
from checker.languages import any_of, filled
from checker.project import DataText, ParsedPage, Project
from checker.registry import RULES, Rule, data_rule
from checker.rules.language import in_wrong_language
from content.files import read_text, read_yaml, write_whole
from content.findings import ContentError, Finding
from content.load import FILES, parse_page
from content.locales import BABEL, LANGUAGE, LOCALES

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
def in_page(parsed: ParsedPage) -> list[tuple[Finding, str, str, Correction]]:
    """What the rules correct in a page: the finding, the key of front matter or none, its text, and the correction."""
    found = list[tuple[Finding, str, str, Correction]]()
    for key, text in parsed.texts.items():
        for code, correction in corrections(text, parsed.locale):
            finding = parsed.meta_finding(key, described(text, correction))
            found.append((finding._replace(code=code), key, text, correction))
    for block in (block for block in parsed.blocks if block.kind != "code"):
        for lang, text in by_language(block, parsed.locale):
            for code, correction in corrections(text, lang):
                finding = parsed.finding(block.place(correction[0]), described(block.text, correction))
                found.append((finding._replace(code=code), "", block.text, correction))
    return found


def _findings(code: str, parsed: ParsedPage) -> Iterator[Finding]:
    """A finding for each correction that a rule would make in a page."""
    return (finding for finding, *_ in in_page(parsed) if finding.code == code)


for code, requires in TABLE["asks"].items():
    RULES[code] = Rule(code, "page", functools.partial(_findings, code), requires, "checker/rules/typography.yml")


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


PASSES = 5  # at most: a correction may make room for another


def corrected(text: str, locale: str) -> str:
    """A text with all that the rules correct in it."""
    for _ in range(PASSES):
        before, text = text, applied(text, [edit for _, edit in corrections(text, locale)])
        if text == before:
            break
    return text


# ---------------------------------------------------------------- texts of data


def misset_texts(project: Project) -> Iterator[tuple[DataText, str, str, str]]:
    """The texts of data files that are wrongly set, each with its language, its words and what they should be."""
    texts = [(text, *words) for text in project.data_texts for words in text.words.items()]
    for source in project.sources.values():
        if source.title and source.lang in LOCALES:
            texts.append((DataText(FILES["sources"], source.line, source.id, {}), source.lang, source.title))
    for text, lang, words in texts:
        right = corrected(words, lang)
        if right != words and not in_wrong_language(words, lang):  # which D006 says
            yield text, lang, words, right


@data_rule("D010")
def data_typography(project: Project) -> Iterator[Finding]:
    """The texts of data files follow the typography of their language, the titles of sources with them."""
    for text, lang, _, right in misset_texts(project):
        message = f"write '{shown(right)}' (--fix does, in a text of one line)"
        yield text.finding(f"in {LANGUAGE[lang]}, {message}")


# ---------------------------------------------------------------- what --fix changes


def _edits(parsed: ParsedPage, lines: list[str]) -> dict[int, list[Correction]]:
    """The corrections of a page by line of its file, as places of that line; those that are allowed are left out, and
    those whose text does not stand there."""
    edits: dict[int, list[Correction]] = defaultdict(list)
    for finding, key, text, (start, end, new) in in_page(parsed):
        line, place = lines[finding.line - 1], finding.column - 1
        if key and text in line[len(key) :]:
            place = line.index(text, len(key)) + start
        elif key or parsed.allows(finding):
            continue
        if line.startswith(text[start:end], place):
            edits[finding.line].append((place, place + end - start, new))
    return edits


def fixed(source: str, parsed: ParsedPage) -> str:
    """The text of a page's file with its typography corrected: what cannot be placed in it stays."""
    for _ in range(PASSES):
        before, lines = source, source.split("\n")
        for line, edits in _edits(parsed, lines).items():
            lines[line - 1] = applied(lines[line - 1], edits)
        source = "\n".join(lines)
        if source == before:
            break
        parsed = replace(parsed, **vars(parse_page(source, parsed.locale, parsed.path)))
    return source


def _data_corrected(project: Project) -> dict[str, str]:
    """The data files with texts that are corrected: of those that stand in one line."""
    files: dict[str, str] = {}
    for text, lang, words, right in misset_texts(project):
        source = files.get(text.file) or read_text(project.root / text.file, project.root)
        # Its value alone, below the line of its record: an address or the other language may have the same words.
        value = re.compile(rf"""\b(?:{lang}|title):\s+["']?(?P<text>{re.escape(words)})["']?\s*(?:[,}}#]|$)""", re.M)
        if match := value.search(source, len("\n".join(source.split("\n")[: text.line - 1]))):
            files[text.file] = source[: match.start("text")] + right + source[match.end("text") :]
    return files


def fix(project: Project, only: Collection[str] | None = None) -> list[str]:
    """Corrects the typography of pages and data; returns the files changed."""
    files, changed = _data_corrected(project), []
    for parsed in project.all_parsed:
        with contextlib.suppress(ContentError):  # a correction would break it: it stays
            files[parsed.file] = fixed(read_text(project.root / parsed.file, project.root), parsed)
    for file, text in files.items():
        if (only is None or file in only) and read_text(project.root / file, project.root) != text:
            write_whole(project.root / file, text.encode())
            changed.append(file)
    return changed
