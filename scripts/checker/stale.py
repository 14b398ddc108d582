"""Which sections changed in one language and not in the other since they were declared equal.

`data/equal.txt` has a line for each section, `cases/name.md#need  HASH-EN  HASH-FR`, sorted: what both texts were when
someone last said that they say the same. `check.py --accept` writes it, `check.py --stale` compares it with today's
pages, and the build tells the reader of the text that stayed behind. The text above the first heading, with title and
description, is the section without an id.

The hash is of the words, numbers and links alone: wrapping, quotes, spaces, accents on capitals and marks of emphasis
change nothing. A section that moves, to another page or id, with its text in both languages as declared stays equal.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from checker.document import Document
from checker.languages import without_accents
from content import marks
from content.files import read_text, write_whole
from content.findings import Finding
from content.locales import LANGUAGE, LOCALES, OTHER
from content.model import Page

EQUAL = "data/equal.txt"
LINE = re.compile(r"(?P<section>\S+\.md(#\S+)?)  (?P<en>[0-9a-f]{8})  (?P<fr>[0-9a-f]{8})")

HashedSections = Mapping[str, tuple[int, str]]  # by id: the line of its heading, and the hash of what it says
HashPair = tuple[str, str]  # English, French

NOTES = re.compile(rf"(?:{marks.CITATION.pattern}){{2,}}")  # several citations at one place: their order says nothing
GROUPED = re.compile(r"(?<=\d)[,\s](?=\d{3}(?!\d))")
TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+|[%€−]")


@lru_cache(maxsize=10_000)  # a served draft asks for most of them again at each edit
def fingerprint(text: str) -> str:
    """Eight hexadecimal digits of what a text says: the same for “Grants: **1 200** €” and "grants 1,200 €"."""
    # A translation need not follow what readers do not see: allowances and other comments, marks of language, ids.
    text = marks.COMMENT.sub(lambda comment: comment[0] if marks.GENERATED.fullmatch(comment[0]) else "", text)
    text = marks.ATTRIBUTES.sub("", text)
    text = NOTES.sub(lambda notes: "".join(sorted(notes[0].split("["))), text)
    words = TOKEN.findall(GROUPED.sub("", without_accents(text)))
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]


def hashed_sections(page: Page, doc: Document) -> HashedSections:
    """The sections of a page by id, in their order; the first has no id and holds title and description too.

    `doc` is its text as `markdown.py` reads it. What stands below a heading without an id belongs to the section above.
    """
    body, first = page.body.split("\n"), page.body_line
    headings = [(section.id, section.line) for section in doc.sections if section.id]
    lines = {"": 1}
    texts = {"": [*page.texts.values()]}
    for (id, start), (_, stop) in pairwise([("", first), *headings, ("", first + len(body))]):
        lines.setdefault(id, start)
        texts.setdefault(id, []).extend(body[start - first : stop - first])
    return {id: (line, fingerprint("\n".join(texts[id]))) for id, line in lines.items()}


@dataclass(frozen=True)
class ComparedSection:
    """A section in both languages: its lines, its hashes today, and those declared equal (None: never)."""

    path: str
    id: str
    lines: Mapping[str, int]
    now: HashPair
    then: HashPair | None

    @property
    def late_locale(self) -> str | None:
        """The locale that did not change while the other did."""
        changed = [a != b for a, b in zip(self.now, self.then or self.now, strict=True)]
        return LOCALES[changed.index(False)] if any(changed) and not all(changed) else None


def name(path: str, id: str) -> str:
    """How `data/equal.txt` names a section: `cases/name.md#need`."""
    return f"{path}#{id}" if id else path


def lines_of(name: str, root: Path) -> list[str]:
    """The lines of a file of `data/`; none where it is not there."""
    return read_text(root / name, root).splitlines() if (root / name).exists() else []


def read_equal(root: Path) -> dict[str, HashPair]:
    """The hashes of `data/equal.txt` by section; of a line that is none, the section counts as new."""
    found = map(LINE.fullmatch, lines_of(EQUAL, root))
    return {match["section"]: (match["en"], match["fr"]) for match in found if match}


def compare(pages: Mapping[str, tuple[HashedSections, ...]], equal: Mapping[str, HashPair]) -> list[ComparedSection]:
    """Every section that both languages have (the checker names the others), with what was declared of it.

    `pages`: by path, the sections of each locale.
    """
    compared = []
    for path, (en, fr) in sorted(pages.items()):
        for id in [id for id in en if id in fr]:
            (line, hash), (line_fr, hash_fr) = en[id], fr[id]
            lines, now = {"en": line, "fr": line_fr}, (hash, hash_fr)
            compared.append(ComparedSection(path, id, lines, now, equal.get(name(path, id))))
    names = {name(section.path, section.id) for section in compared}
    gone = {then for section, then in equal.items() if section not in names}  # to where a new one may say the same
    return [replace(one, then=one.now) if one.then is None and one.now in gone else one for one in compared]


def late_sections(compared: Iterable[ComparedSection]) -> dict[tuple[str, str], set[str]]:
    """The ids of the sections that stayed behind, by locale and path of the page."""
    late: dict[tuple[str, str], set[str]] = {}
    for section in compared:
        if section.late_locale:
            late.setdefault((section.late_locale, section.path), set()).add(section.id)
    return late


def of_files(compared: Iterable[ComparedSection], only: Collection[str] | None) -> list[ComparedSection]:
    """The sections of these files; all where none are named."""
    return [one for one in compared if only is None or any(f"docs/{locale}/{one.path}" in only for locale in LOCALES)]


def findings(compared: Iterable[ComparedSection]) -> Iterator[Finding]:
    """The sections that are not as they were declared equal."""
    for section in (section for section in compared if section.now != section.then):
        locale = section.late_locale or LOCALES[0]
        file, other = f"docs/{locale}/{section.path}", OTHER[locale]
        place = f"docs/{other}/{section.path}:{section.lines[other]}"
        what = f"'{section.id}'" if section.id else "the start of the page"
        if section.late_locale:
            code, message = (
                "C002",
                f"{LANGUAGE[other]} changed ({place}), {LANGUAGE[locale]} did not: translate the change",
            )
        elif section.then:
            code, message = "C003", f"changed in both languages (other: {place}): read them side by side"
        else:
            code, message = "C004", f"never declared equal (other: {place}): read them side by side"
        message = f"{what}: {message}, then run check.py --accept {file}"
        yield Finding(file, section.lines[locale], 1, message, code=code)


def accept(root: Path, compared: Collection[ComparedSection], only: Collection[str] | None = None) -> int:
    """Declare the sections of today equal, all or those of these files; returns how many lines are new or changed.

    Lines of sections that are gone go too.
    """
    after = {name(section.path, section.id): section.then for section in compared}
    after |= {name(section.path, section.id): section.now for section in of_files(compared, only)}
    lines = sorted(f"{section}  {hashes[0]}  {hashes[1]}" for section, hashes in after.items() if hashes)
    before = lines_of(EQUAL, root)
    write_whole(root / EQUAL, "".join(f"{line}\n" for line in lines).encode())
    return len(set(lines) - set(before))
