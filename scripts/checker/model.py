"""What the checker checks: pages with their Markdown read, pairs of pages, the whole project.

A project is read as far as it can be: what cannot be read is None and a finding, and the rules
that need it stay silent. A rule sees a `Sheet` (a page in one language), a `Pair` (in both) or the
`Project`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import yaml

from checker import markdown, stale
from checker.addresses import split_address
from checker.document import SENTENCE_END, Block, Citation, Document, Image, Link, Note, Section, by_language
from content import marks
from content.files import load_page, page_files, parse_yaml, read_text, read_yaml
from content.load import (
    load_changes,
    load_charts,
    load_glossary,
    load_original,
    load_outline,
    load_redirects,
    load_sources,
    load_terms,
    load_territories,
    load_words,
)
from content.load_instruments import load_amounts, load_instruments, load_starts
from content.model import (
    LETTERS,
    LOCALES,
    OTHER,
    TEXT_KEYS,
    Amount,
    Change,
    Chart,
    ContentError,
    Finding,
    GlossaryEntry,
    Hit,
    Instrument,
    Mapped,
    Page,
    Source,
    Start,
    Term,
    Territory,
    Translated,
    as_list,
)

T = TypeVar("T")

# Ids that the templates and scripts make on any page: no heading may have them.
RESERVED_IDS = frozenset(("text", "menu", "sources", "in-practice", "cite", "cite-original", "term-definition"))


class Placed(Protocol):
    """A link, an image, a section …: what has a line and a column."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def is_file(path: Path) -> bool:
    """Whether there is such a file; no name, however odd, is an error."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


@dataclass(frozen=True)
class Allowance:
    """A comment that allows one rule at one place."""

    code: str
    reason: str
    note: Note
    lines: range


@dataclass(frozen=True, eq=False)
class Sheet:
    """A page with its Markdown read."""

    project: Project = field(repr=False)
    page: Page
    doc: Document

    def hit(self, place: Placed | tuple[int, int], message: str) -> Hit:
        """A hit at a link, a section, a block …, or at a line and column."""
        line, column = place if isinstance(place, tuple) else (place.line, place.column)
        return Hit(self.page.file, line, column, message)

    def meta_hit(self, key: str, message: str) -> Hit:
        """A hit at a front-matter key (at the top when it is missing)."""
        return Hit(self.page.file, self.page.meta_lines.get(key, 1), 1, message)

    @cached_property
    def blocks(self) -> list[Block]:
        return [block for section in self.doc.sections for block in section.all_blocks]

    @cached_property
    def texts(self) -> list[tuple[Block, str, str]]:
        """What is read in each language: the block, the language, the text with all else masked."""
        prose = [block for block in self.blocks if block.kind != "code"]
        return [(block, *run) for block in prose for run in by_language(block, self.page.locale)]

    @cached_property
    def joined(self) -> dict[str, str]:
        """All that is read in each language, the title and the description too, kept apart by what no text has."""
        texts = {self.page.locale: [str(self.page.meta.get(key) or "") for key in TEXT_KEYS]}
        for _, lang, text in self.texts:
            texts.setdefault(lang, []).append(text)
        return {lang: "\n\0\n".join(some) for lang, some in texts.items()}

    @cached_property
    def headings(self) -> list[Section]:
        return [section for section in self.doc.sections if section.level]

    @cached_property
    def allowances(self) -> list[Allowance]:
        """The allowances of the page with the lines that they are about."""
        found = []
        for note in self.doc.comments:
            if match := marks.ALLOWANCE.fullmatch(note.text):
                lines = next((lines for lines in self.places if note.line < lines.stop), range(0))
                found.append(Allowance(match["code"] or "", match["reason"], note, lines))
        return found

    @cached_property
    def places(self) -> list[range]:
        """The lines of each heading, paragraph, item, table …, in their order."""
        places: list[range] = []
        before = ""  # the kind of the block before
        for block in self.blocks:
            if block.kind == "cell" or (block.kind == before == "header"):
                places[-1] = range(places[-1].start, block.end + 1)
            else:
                places.append(range(block.line, block.end + 1))
            before = block.kind
        return places

    @cached_property
    def citations(self) -> list[Citation]:
        return [cited for block in self.blocks for cited in block.citations]

    @cached_property
    def parts(self) -> list[Part]:
        """The generated parts that the page asks for, in their order."""
        found = ((marks.GENERATED.fullmatch(note.text), note) for note in self.doc.comments)
        return [Part(match["name"], match["chart"], note.line, note.column) for match, note in found if match]

    @cached_property
    def targets(self) -> list[Target]:
        """The links and images with a relative address."""
        folder = posixpath.dirname(self.page.path)
        found = []
        for item in (item for block in self.blocks for item in block.targets if _is_internal(item.target)):
            _, path, anchor = split_address(item.target)
            path = posixpath.normpath(posixpath.join(folder, path)) if path else self.page.path
            found.append(Target(item, path, anchor))
        return found


# A scheme or a host: an address outside the tree of pages.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def _is_internal(target: str) -> bool:
    return bool(target.strip()) and not SCHEME.match(target) and not target.startswith("/")


@dataclass(frozen=True)
class Part:
    """A generated part that a page asks for, by its comment; `chart` is the id of the chart where it is one."""

    name: str
    chart: str | None
    line: int
    column: int


class Target(NamedTuple):
    """A link or image with a relative address, and what that leads to.

    `path` is the file below docs/LOCALE; `../` at its start goes out of that folder.
    """

    item: Link | Image
    path: str
    anchor: str


Blocks = list[Block]
Places = dict[str, list[tuple[int, int]]]  # names with the line and column of each mention


@dataclass(frozen=True, eq=False)
class Pair:
    """A page in both languages."""

    project: Project = field(repr=False)
    en: Sheet
    fr: Sheet

    @cached_property
    def sections(self) -> list[tuple[Section | None, Section | None]]:
        """The sections of both pages side by side, matched by id; None where one has no counterpart.

        Where ids differ at the same place, the sections there are taken for counterparts.
        """
        a, b = self.en.doc.sections, self.fr.doc.sections
        ids_a, ids_b = [section.id or "" for section in a], [section.id or "" for section in b]
        if len(set(ids_a)) == len(ids_a) and sorted(ids_a) == sorted(ids_b):  # the same, perhaps in another order
            by_id = dict(zip(ids_b, b, strict=True))
            return [(section, by_id[section.id or ""]) for section in a]
        rows: list[tuple[Section | None, Section | None]] = []
        for _, i, j, k, m in SequenceMatcher(None, ids_a, ids_b, autojunk=False).get_opcodes():
            rows += zip_longest(a[i:j], b[k:m])
        return rows

    @property
    def aligned(self) -> Iterator[tuple[Section, Section]]:
        """The sections that stand in both pages."""
        return ((a, b) for a, b in self.sections if a and b)

    @cached_property
    def aligned_blocks(self) -> list[tuple[Blocks, Blocks]]:
        """The blocks of both pages side by side, one by one; all those of a section where they do not align."""
        rows: list[tuple[Blocks, Blocks]] = []
        for en, fr in self.aligned:
            here, there = ([b for b in side.all_blocks if b.kind != "code"] for side in (en, fr))
            if [(b.kind, b.inside) for b in here] == [(b.kind, b.inside) for b in there]:
                rows += [([a], [b]) for a, b in zip(here, there, strict=True)]
            else:
                rows.append((here, there))
        return rows


@dataclass(frozen=True)
class Config:
    """What the checker reads of mkdocs.yml. Entries are (text, line, column)."""

    pages: tuple[tuple[str, int, int], ...]  # of nav
    titles: tuple[tuple[str, int, int], ...]  # of nav
    translations: frozenset[str]  # the titles that have a translation
    assets: tuple[tuple[str, int, int], ...]  # extra_css and extra_javascript
    host: str  # of site_url


@dataclass(eq=False)
class Project:
    """The whole project; what cannot be read is None, a page that cannot be read is in `files` alone."""

    root: Path
    findings: list[Finding] = field(default_factory=list)  # made while reading
    terms: Mapping[str, Mapping[str, Term]] | None = None
    territories: Mapping[str, Territory] | None = None
    sources: Mapping[str, Source] | None = None
    glossary: Sequence[GlossaryEntry] | None = None
    words: Mapping[str, Translated] | None = None
    charts: Mapping[str, Chart] | None = None
    instruments: Mapping[str, Instrument] | None = None
    starts: Mapping[str, Start] | None = None
    amounts: Mapping[str, Amount] | None = None
    changes: Sequence[Change] | None = None
    redirects: Mapped | None = None
    config: Config | None = None
    files: dict[str, dict[str, str]] = field(default_factory=dict)  # locale, path: file, readable or not
    sheets: dict[str, dict[str, Sheet]] = field(default_factory=dict)  # locale, path
    templates: dict[str, str] = field(default_factory=dict)  # file: text
    data_citations: list[Hit] = field(default_factory=list)  # in other data files; the message is the id

    def read(self, function: Callable[..., T], *arguments: Any) -> T | None:
        """What the function returns, or None and a finding."""
        try:
            return function(*arguments)
        except ContentError as error:
            self.findings.append(error.finding)
            return None

    @property
    def paths(self) -> list[str]:
        """The pages, whatever the language."""
        return sorted({path for files in self.files.values() for path in files})

    @property
    def all_sheets(self) -> Iterator[Sheet]:
        return (sheet for locale in LOCALES for sheet in self.sheets[locale].values())

    @cached_property
    def pairs(self) -> dict[str, Pair]:
        """The pages that can be read in both languages, by path."""
        sides = [self.sheets[locale] for locale in LOCALES]
        return {path: Pair(self, *(side[path] for side in sides)) for path in sides[0] if path in sides[1]}

    @property
    def unread(self) -> bool:
        """Whether some page cannot be read: what it uses is not known then."""
        return any(len(self.sheets[locale]) < len(self.files[locale]) for locale in LOCALES)

    def names(self, vocabulary: str) -> Sequence[str] | None:
        """The slugs of a vocabulary; None when the file that has them cannot be read."""
        if vocabulary == "territories":
            return None if self.territories is None else list(self.territories)
        return None if self.terms is None else list(self.terms.get(vocabulary, {}))

    @cached_property
    def anchors(self) -> dict[str, dict[str, frozenset[str] | None]]:
        """By locale and path, what can follow `#` in a link to a page: ids of its text and of its template.

        None when a list is made from a data file that cannot be read.
        """
        return {
            locale: {path: self._anchors(sheet) for path, sheet in sheets.items()}
            for locale, sheets in self.sheets.items()
        }

    def _anchors(self, sheet: Sheet) -> frozenset[str] | None:
        made = {part.name for part in sheet.parts if part.chart is not None}
        if sheet.citations:
            made.add("sources")
        if sheet.page.kind in ("lever", "theme") or sheet.page.meta.get("framework") == "mode":
            made.add("in-practice")
        if sheet.page.path in ("reference/glossary.md", "reference/sources.md"):
            data = self.glossary if sheet.page.slug == "glossary" else self.sources
            if data is None:
                return None
            made |= {record if isinstance(record, str) else record.id for record in data}
        return frozenset(made | {note.text for note in sheet.doc.ids})

    @cached_property
    def citations(self) -> list[Hit]:
        """Every citation of the pages, the glossary and the other data files; the message is the id."""
        of_pages = (sheet.hit(cited, cited.id) for sheet in self.all_sheets for cited in sheet.citations)
        glossary = (
            Hit("data/glossary.yml", entry.line, 1, id) for entry in self.glossary or () for id in entry.sources
        )
        return [*of_pages, *glossary, *self.data_citations]


def chart_texts(project: Project) -> list[tuple[str, int, str, Translated]]:
    """Every text of the charts, with its file, its line and the id of the chart."""
    found = []
    for chart in (project.charts or {}).values():
        own = [(chart.line, text) for text in (chart.title, chart.note, *chart.columns.values())]
        own += [(row.line, text) for row in chart.rows for text in row.cells.values()]
        found += [("data/charts.yml", line, chart.id, text) for line, text in own]
    return found


def line_of(project: Project, file: str, key: str) -> int:
    """The line of a data file that has a key or a slug; read only when something is found there."""
    lines = read_text(project.root / file, project.root).split("\n")
    place = re.compile(rf"{re.escape(key)}:|.*\bslug: {re.escape(key)}$")
    return next((n for n, line in enumerate(lines, 1) if place.match(line)), 1)


# Two capitals or more; what may not stand before them comes second, for speed (see `typography.where`).
ACRONYM = re.compile(r"[A-Z](?<!\w.)[A-Z]+(?:-[A-Z]{2,})*(?=s?\b)")


def load(root: Path) -> Project:
    """Everything below the root that can be read."""
    project = Project(root)
    project.terms = project.read(load_terms, root)
    project.territories = project.read(load_territories, root)
    project.sources = project.read(load_sources, root)
    project.glossary = project.read(load_glossary, root)
    project.words = project.read(load_words, root)
    project.charts = project.read(load_charts, root)
    project.instruments = project.read(load_instruments, root)
    project.starts = project.read(load_starts, root)
    project.amounts = project.read(load_amounts, root)
    project.changes = project.read(load_changes, root)
    project.redirects = project.read(load_redirects, root)
    project.read(load_original, root)
    if (root / "data" / "outline.json").exists():
        project.read(load_outline, root)
    project.read(stale.declared, root)
    project.config = project.read(read_config, root)
    for file in sorted((root / "data").glob("*.yml")):
        if file.stem not in ("terms", "territories", "sources", "glossary", "words"):
            value = project.read(read_yaml, file, root)
            project.data_citations += _cited(value, file.relative_to(root).as_posix())
    for file in sorted((root / "overrides").rglob("*.html")):
        text = project.read(read_text, file, root)
        project.templates[file.relative_to(root).as_posix()] = text or ""
    for locale in LOCALES:
        project.files[locale], project.sheets[locale] = {}, {}
        for file in page_files(root, locale):
            path = file.relative_to(root / "docs" / locale).as_posix()
            project.files[locale][path] = file.relative_to(root).as_posix()
            if page := project.read(load_page, file, root):
                project.sheets[locale][path] = Sheet(project, page, markdown.parse(page.body, page.body_line))
    return project


def _cited(value: Any, file: str) -> Iterator[Hit]:
    """The ids under `source:` and `sources:`, at any depth of a data file."""
    for item in value if isinstance(value, list) else []:
        yield from _cited(item, file)
    if isinstance(value, Mapped):
        for key, inner in value.items():
            if key in ("source", "sources"):
                yield from (Hit(file, value.lines[key], 1, str(id)) for id in as_list(inner))
            else:
                yield from _cited(inner, file)


Entry = tuple[str, int, int]


def read_config(root: Path) -> Config:
    """The configuration, without its tags (`!ENV`, `!!python/name:…`) being acted on."""
    text = read_text(root / "mkdocs.yml", root)
    try:
        return _config(yaml.compose(text, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        parse_yaml(text, "mkdocs.yml")  # says what is wrong, and where
        raise ContentError(Finding("mkdocs.yml", 1, 1, "Y001", "broken YAML: mend it")) from None


def _config(top: yaml.Node | None) -> Config:
    def mappings(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Every key with its value, at any depth."""
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from mappings(item)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                name = str(key.value)
                if name in seen:
                    line, column = key.start_mark.line + 1, key.start_mark.column + 1
                    message = f"the key '{name}' is given twice: keep one of the two"
                    raise ContentError(Finding("mkdocs.yml", line, column, "Y002", message))
                seen.add(name)
                yield key, value
                yield from mappings(value)

    def entry(node: yaml.Node) -> Entry:
        return str(node.value), node.start_mark.line + 1, node.start_mark.column + 1

    def texts(node: yaml.Node) -> Iterator[Entry]:
        if isinstance(node, yaml.ScalarNode):
            yield entry(node)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from texts(item)
        elif isinstance(node, yaml.MappingNode):
            for _, value in node.value:
                yield from texts(value)

    everything = list(mappings(top))

    def below(*names: str) -> list[Entry]:
        return [text for key, value in everything if key.value in names for text in texts(value)]

    nav = [value for key, value in (top.value if isinstance(top, yaml.MappingNode) else ()) if key.value == "nav"]
    addresses = [text for text, _, _ in below("site_url") if "://" in text]
    return Config(
        pages=tuple(e for node in nav for e in texts(node) if e[0].endswith(".md")),
        titles=tuple(entry(key) for node in nav for key, _ in mappings(node)),
        translations=frozenset(
            str(inner.value)
            for key, value in everything
            if key.value == "nav_translations"
            for inner, _ in mappings(value)
        ),
        assets=tuple(e for e in below("extra_css", "extra_javascript") if "://" not in e[0]),
        host=split_address(addresses[-1])[0] if addresses else "",
    )


# ---------------------------------------------------------------- words and languages

WORD = re.compile(f"[{LETTERS}]+")

# Small words of one language that are not words of the other.
SMALL_WORDS = {
    "en": """the of and to in is for with that by was which from its it be has at this their not are were or as have who
        what how they can than these those been into while after before under does no so if we our you your he she his
        her one two three four five seven eight ten first last all each more most other such some any many only then
        there when where out up over through without within between among against about per still yet also both own
        year years day days an""",
    "fr": """le la les de des du et à un une est pour dans que qui par sur au aux en il elle ses sont avec ou ce cette l
        d qu c n j m son sa leur leurs ne pas se été être ont mais où ces entre sous chaque nous vous ils elles lui y ni
        donc car si même aussi très tout tous toute toutes autre autres quand dont sans vers chez contre depuis pendant
        avant après selon deux trois quatre cinq sept huit dix ans année années jour jours plusieurs aucun aucune cela
        celui celle ceux quelque quelques encore déjà peut doit fait font""",
}
SMALL = {locale: frozenset(words.split()) for locale, words in SMALL_WORDS.items()}
EVERY_SMALL = SMALL["en"] | SMALL["fr"]
# Letters that show the language of any other word: sollicités, with, working.
ENGLISH_LETTERS = re.compile(r"[wk]|th|sh|gh|oo|ee|ing$|[^aeiou]ed$|[^aeiouéè]y$|ness$")
FRENCH_LETTERS = re.compile(r"[àâçèéêëîïôùûœ]|aient$|eaux$|euses?$|oires?$|aires?$")
# Words that stand in lower case within names: Bank of England, Métropole du Grand Paris.
PARTICLES = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "à", "au", "aux", "sur", "of", "and")
)


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def plain_words(text: str) -> list[str]:
    """The words that are no name and no particle of one."""
    return [word for word in words_of(text) if word.islower() and word not in PARTICLES]


@lru_cache(maxsize=20_000)
def language_of(word: str) -> str:
    """The language that a word in lower case shows; empty when it could be of both."""
    for locale in LOCALES:
        if word in SMALL[locale]:
            return locale
    if FRENCH_LETTERS.search(word):
        return "fr"
    return "en" if ENGLISH_LETTERS.search(word) else ""


class _Shown(dict[str, str]):
    """The language that a word shows as it is written: with a capital, only as a small word that starts a sentence."""

    def __missing__(self, word: str) -> str:
        plain = word.lower()
        return self.setdefault(word, language_of(plain) if plain == word or plain in EVERY_SMALL else "")


_SHOWN = _Shown()


def shows(text: str, locale: str) -> bool:
    """Whether any word of the text shows this language; where none does, it is not `in_wrong_language`."""
    return locale in map(_SHOWN.__getitem__, words_of(text))


def in_wrong_language(text: str, locale: str) -> bool:
    """Whether the words of a text of four words or more are those of the other language.

    Words with a capital, and particles beside them, belong to names (Métropole européenne de Lille).
    """
    words = words_of(text)
    if len(words) < 4:
        return False
    if words[1].islower() and words[0].lower() in EVERY_SMALL:
        words[0] = words[0].lower()
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    plain = [w for before, w, after in around if w.islower() and (w not in PARTICLES or (before + after).islower())]
    shown = list(map(language_of, plain))
    own, other = shown.count(locale), shown.count(OTHER[locale])
    sentence = text.rstrip().endswith((".", "!", "?", "…", ":", ";"))
    return (other >= 2 and other > 2 * own) or (sentence and other == 1 and own == 0)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with its place in it."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, text[start : match.start() + 1]
        start = match.end()
    yield start, text[start:]


# Headings and labels that are the same in both languages.
_SAME = """action actions article articles budget co-construction code communication date description dimension
    document documents format innovation instruments licence licences menu mission missions note notes observation
    observations options page participation population question questions relations service services solution
    solutions source sources tension tensions transport"""
SAME_WORDS = frozenset((*_SAME.split(), "avise", "france urbaine"))  # with publishers of the study


def is_name(text: str) -> bool:
    """Whether a heading or label may be the same in both languages: a name, an abbreviation, a number, SAME_WORDS."""
    words = words_of(text)
    if not words or text.casefold() in SAME_WORDS:
        return True
    if len(words) == 1:
        return len(words[0]) == 1 or sum(map(str.isupper, text)) > 1
    return not plain_words(text) and words[0].casefold() not in SMALL["en"]


def untranslated(a: str, b: str) -> bool:
    """Whether two texts are the same, and are more than a name, a number or an abbreviation."""
    if a.split() != b.split():
        return False
    words, plain = words_of(a.replace("’", " ")), plain_words(a)
    small = [word for word in words if word.casefold() in SMALL["en"]]
    return len(words) >= 4 and (len(plain) >= 3 or bool(plain and small))
