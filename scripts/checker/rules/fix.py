"""`--fix`: corrects the typography of pages and data, and gives headings the ids that they lack, in the files."""

import contextlib
import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from checker import markdown
from checker.document import Section
from checker.pair import Pair, pair_of
from checker.project import ParsedPage, Project
from checker.rules import records
from checker.rules.typography import PASSES, Correction, applied, in_page
from checker.rules.words import folded
from content.anchors import RESERVED
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
    page = parsed.page
    for _ in range(PASSES):
        lines = source.split("\n")
        for line, edits in _edits(parsed, lines).items():
            lines[line - 1] = applied(lines[line - 1], edits)
        if "\n".join(lines) == source:
            break
        source = "\n".join(lines)
        page = parse_page(source, page.locale, page.path, page.file)
        parsed = replace(parsed, page=page, doc=markdown.parse(page.body, page.body_line))
    return source


def slug(text: str) -> str:
    """An id made from an English heading: kebab-case without accents."""
    return "-".join(folded(re.sub("['’]", "", text).replace("&", " and ")))


def heading_ids(pair: Pair) -> Iterator[tuple[ParsedPage, Section, str]]:
    """The ids that headings of a pair lack, the same in both languages, made from the English heading.

    None where the headings of the two pages do not correspond one to one.
    """
    en, fr = pair.en.headings, pair.fr.headings
    if [h.level for h in en] != [h.level for h in fr]:
        return
    taken = {mark.text for parsed in (pair.en, pair.fr) for mark in parsed.doc.ids} | RESERVED
    for english, french in zip(en, fr, strict=True):
        id = english.id or french.id
        if not id:
            base = slug(english.text)
            id = next(name for n in itertools.count(1) if (name := f"{base}-{n}" if n > 1 else base) not in taken)
            taken.add(id)
        for parsed, heading in ((pair.en, english), (pair.fr, french)):
            if not heading.id and heading.text.strip() and slug(english.text):
                yield parsed, heading, id


def _data(project: Project) -> dict[str, str]:
    """The data files with texts that are corrected: of those that stand in one line."""
    files: dict[str, str] = {}
    for text, lang, right in records.corrections(project):
        source = files.get(text.file) or read_text(project.root / text.file, project.root)
        # Its value alone, below the line of its record: an address or the other language may have the same words.
        words = re.escape(text.words[lang])
        value = re.compile(rf"""\b(?:{lang}|title):\s+["']?(?P<text>{words})["']?\s*(?:[,}}#]|$)""", re.M)
        if match := value.search(source, len("\n".join(source.split("\n")[: text.line - 1]))):
            files[text.file] = source[: match.start("text")] + right + source[match.end("text") :]
    return files


def _pages(project: Project) -> dict[str, str]:
    """The pages with their text corrected and their headings with ids."""
    files: dict[str, str] = {}
    for parsed in project.all_parsed:
        with contextlib.suppress(ContentError):  # a correction would break it: it stays
            files[parsed.page.file] = fixed(read_text(project.root / parsed.page.file, project.root), parsed)
    for pair in filter(None, (pair_of(project, path) for path in project.paths)):
        for parsed, heading, id in heading_ids(pair) if {pair.en.page.file, pair.fr.page.file} <= files.keys() else ():
            lines = files[parsed.page.file].split("\n")
            lines[heading.line - 1] = f"{lines[heading.line - 1].rstrip()} {{ #{id} }}"
            files[parsed.page.file] = "\n".join(lines)
    return files


def fix(project: Project, only: Collection[str] | None = None) -> list[str]:
    """Corrects the typography of pages and data, adds missing heading ids; returns the files changed."""
    changed = []
    for file, text in (_data(project) | _pages(project)).items():
        if (only is None or file in only) and read_text(project.root / file, project.root) != text:
            write_whole(project.root / file, text.encode())
            changed.append(file)
    return changed
