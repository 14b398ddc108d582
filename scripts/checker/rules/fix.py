"""`--fix`: corrects the typography of pages and data, in the files."""

import contextlib
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from checker import markdown
from checker.project import ParsedPage, Project
from checker.rules import record_texts
from checker.rules.typography import PASSES, Correction, applied, in_page
from content.files import parse_page, read_text, write_whole
from content.findings import ContentError


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
        page = parse_page(source, parsed.page.locale, parsed.page.path, parsed.page.file)
        parsed = replace(parsed, page=page, doc=markdown.parse(page.body, page.body_line))
    return source


def _data_corrected(project: Project) -> dict[str, str]:
    """The data files with texts that are corrected: of those that stand in one line."""
    files: dict[str, str] = {}
    for text, lang, right in record_texts.misset_texts(project):
        source = files.get(text.file) or read_text(project.root / text.file, project.root)
        # Its value alone, below the line of its record: an address or the other language may have the same words.
        words = re.escape(text.words[lang])
        value = re.compile(rf"""\b(?:{lang}|title):\s+["']?(?P<text>{words})["']?\s*(?:[,}}#]|$)""", re.M)
        if match := value.search(source, len("\n".join(source.split("\n")[: text.line - 1]))):
            files[text.file] = source[: match.start("text")] + right + source[match.end("text") :]
    return files


def fix(project: Project, only: Collection[str] | None = None) -> list[str]:
    """Corrects the typography of pages and data; returns the files changed."""
    files, changed = _data_corrected(project), []
    for parsed in project.all_parsed:
        with contextlib.suppress(ContentError):  # a correction would break it: it stays
            files[parsed.page.file] = fixed(read_text(project.root / parsed.page.file, project.root), parsed)
    for file, text in files.items():
        if (only is None or file in only) and read_text(project.root / file, project.root) != text:
            write_whole(project.root / file, text.encode())
            changed.append(file)
    return changed
