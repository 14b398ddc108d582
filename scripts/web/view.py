"""What the templates are given: addresses, dates, the words of a language, the sources a page cites.

Plain functions over `study.Study`; no MkDocs object goes in or comes out.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, get_month_names

from content import marks
from content.files import read_text
from content.load import load_outline
from content.model import (
    FRAMEWORKS,
    KINDS,
    LOCALES,
    OTHER,
    VOCABULARY,
    Chart,
    ContentError,
    Finding,
    Page,
    Study,
    Term,
    as_list,
    is_date,
    is_partial_date,
    required_keys,
)
from web import atlas, instruments

# The folders whose pages belong to a vocabulary of data/terms.yml, by vocabulary.
FOLDERS = {"levers": "levers", "modes": "frameworks/modes-of-action", "themes": "themes"}

# Babel's locale for each of ours: "en" alone writes American dates.
BABEL = {"en": "en_GB", "fr": "fr_FR"}

# English names of languages by code, which are also biblatex's: "fr" is French.
LANGUAGES = Locale("en").languages


def address(path: str, locale: str) -> str:
    """The address of a page below the site's root: `levers/index.md`, fr → `fr/levers/`."""
    stem = path.removesuffix(".md")
    stem = stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else stem + "/"
    return stem if locale == LOCALES[0] else f"{locale}/{stem}"


def section_url(section: str, page: Page) -> str:
    """The relative address of a section (`levers/x.md#id`) from a page of the same language."""
    path, _, anchor = section.partition("#")
    root = "../" * address(page.path, page.locale).count("/")
    return root + address(path, page.locale) + (f"#{anchor}" if anchor else "")


def term_path(vocabulary: str, slug: str) -> str:
    """The path of the page about a term: `levers`, `land-and-places` → `levers/land-and-places.md`."""
    return f"{FOLDERS[vocabulary]}/{slug}.md"


# `t.menu`, `study.words.no_date`: a word of the interface, in a template.
WORD = re.compile(r"\b(?:t|study\.words)\.([a-z_]+)")


def missing_words(file: str, template: str, words: Collection[str]) -> Iterator[Finding]:
    """A finding, D013, for each word that a template asks for and data/words.yml does not have."""
    for number, line in enumerate(template.split("\n"), 1):
        for match in WORD.finditer(line):
            if match[1] not in words:
                message = f"there is no word '{match[1]}': add it to data/words.yml in both languages, or correct it"
                yield Finding(file, number, match.start() + 1, "D013", message)


def verify(study: Study) -> None:
    """Stop the build at content that the templates could not show, with file, line and what to do.

    Raises ContentError with the codes of the checker, which asks for more: M002 missing key, M004 unknown value,
    M005 wrong date or form, S001 unknown source of a term, D003 unknown type or region of a territory, D011 and
    R002 a change or redirect to no page, S003 wrong date or language of a source, L009 unknown generated part, D013
    a word that a template does not find; those of `citations` and `load_outline`. Nothing of the site that is there
    is touched before.
    """
    load_outline(study.root)
    for template in sorted((study.root / "overrides").rglob("*.html")):
        file = template.relative_to(study.root).as_posix()
        for finding in missing_words(file, read_text(template, study.root), study.words):
            raise ContentError(finding)
    leads = [("data/changes.yml", change.line, "D011", change.page) for change in study.changes]
    leads += [("data/redirects.yml", study.redirects.lines[old], "R002", new) for old, new in study.redirects.items()]
    for file, line, code, target in leads:
        path = target.partition("#")[0]
        if not all(path in pages for pages in study.pages.values()):
            raise ContentError(Finding(file, line, 1, code, f"no page '{path}' in both languages: correct the path"))
    for place in study.territories.values():
        for vocabulary, value in (("territory_types", place.type), ("regions", place.region)):
            if value not in study.terms[vocabulary]:
                message = f"'{place.id}': '{value}' is not in {vocabulary}: correct it or add it to data/terms.yml"
                raise ContentError(Finding("data/territories.yml", place.line, 1, "D003", message))
    for source in study.sources.values():
        if source.lang not in LANGUAGES or not is_partial_date(source.date or "2000"):
            message = f"'{source.id}': its language is '{source.lang}', its date '{source.date}': correct them"
            raise ContentError(Finding("data/sources.yml", source.line, 1, "S003", message))
    for entry in study.glossary:
        for key in entry.sources:
            if key not in study.sources:
                message = f"source '{key}' is not in data/sources.yml: add it there or correct the id"
                raise ContentError(Finding("data/glossary.yml", entry.line, 1, "S001", message))
    for pages in study.pages.values():
        for page in pages.values():
            for key in required_keys(page):
                if key not in page.meta:
                    raise ContentError(Finding(page.file, 1, 1, "M002", f"front matter has no '{key}': add it"))
                value = page.meta[key]
                wanted = {"title": str, "description": str, "levers": list, "themes": list, "modes": list}.get(key)
                if wanted and not isinstance(value, wanted):
                    form = "a text, in quotes if need be" if wanted is str else "a list of slugs: [a, b]"
                    message = f"'{key}' is {value!r}: write {form}"
                    raise ContentError(Finding(page.file, page.meta_lines[key], 1, "M005", message))
                if key in ("updated", "checked") and not is_date(page.meta[key]):
                    message = f"'{key}' is {page.meta[key]!r}: write a date that exists, as 2026-11-24"
                    raise ContentError(Finding(page.file, page.meta_lines[key], 1, "M005", message))
            if page.kind not in KINDS:
                _unknown(page, "kind", page.kind)
            if page.kind == "framework" and page.meta["framework"] not in FRAMEWORKS:
                _unknown(page, "framework", page.meta["framework"])
            if page.kind == "lever" and page.slug not in study.terms["levers"]:
                _unknown(page, "lever", page.slug)
            for key, vocabulary in VOCABULARY.items() if page.kind == "case" else ():
                for value in as_list(page.meta[key]):
                    if str(value) not in study.terms[vocabulary]:
                        _unknown(page, key, value)
            if page.kind == "case" and str(page.meta["status"]) not in study.terms["statuses"]:
                _unknown(page, "status", page.meta["status"])
            if page.kind == "case" and str(page.meta["territory"]) not in study.territories:
                _unknown(page, "territory", page.meta["territory"])
            if page.kind == "case" and not page.main_lever:
                _unknown(page, "levers", "nothing")
            citations(page, study)
            for mark in marks.GENERATED.finditer(page.body):
                name = mark["name"]
                template = study.root / "overrides" / "generated" / f"{name.partition('-')[0]}.html"
                template = template if template.is_file() else study.root / "overrides" / "generated" / f"{name}.html"
                if name not in {f"chart-{id}" for id in study.charts} and not template.is_file():
                    line = page.body_line + page.body.count("\n", 0, mark.start())
                    message = f"no generated part '{name}': correct the name"
                    raise ContentError(Finding(page.file, line, 1, "L009", message))


def _unknown(page: Page, key: str, value: object) -> None:
    message = f"unknown {key} '{value}': correct it, or add it to data/"
    raise ContentError(Finding(page.file, page.meta_lines.get(key, 1), 1, "M004", message))


def epoch(study: Study) -> str:
    """The newest date of the content in seconds, for SOURCE_DATE_EPOCH: what is made carries it, not today's."""
    newest = max(study.latest.values())
    return str(int(datetime.datetime.fromisoformat(f"{newest}T00:00:00+00:00").timestamp()))


@functools.cache
def date_text(value: str, locale: str) -> str:
    """A date of the content (YYYY, YYYY-MM or YYYY-MM-DD) as the locale writes it."""
    babel = BABEL[locale]
    parts = value.split("-")
    if len(parts) == 3:
        text = format_date(datetime.date.fromisoformat(value), "long", locale=babel)
        # French writes « 1er août » and keeps day and month together.
        text = re.sub(r"^1 ", "1er ", text) if locale == "fr" else text
        return text.replace(" ", "\u00a0", 1)
    if len(parts) == 2:
        return format_skeleton("yMMMM", datetime.date.fromisoformat(value + "-01"), locale=babel)
    return value


def replace_charts(markdown: str, study: Study, draw: Callable[[Chart], str]) -> str:
    """Markdown with each chart that it asks for as `draw` makes it; the mark of a computed chart stays."""
    charts = study.charts
    return marks.GENERATED.sub(lambda m: draw(charts[m["chart"]]) if m["chart"] in charts else m[0], markdown)


def citations(page: Page, study: Study) -> list[str]:
    """The ids of the sources a page and its charts cite, in the order of their first mention.

    Raises ContentError (S001) at the first id that data/sources.yml does not have.
    """
    found: dict[str, None] = {}

    def add(key: str, file: str, line: int, column: int) -> None:
        if key not in study.sources:
            message = f"source '{key}' is not in data/sources.yml: add it there or correct the id"
            raise ContentError(Finding(file, line, column, "S001", message))
        found[key] = None

    for number, line in enumerate(page.body.split("\n"), page.body_line):
        for match in marks.citations(line):
            add(match["id"], page.file, number, match.start() + 1)
        for mark in marks.GENERATED.finditer(line):
            for row in study.charts[mark["chart"]].rows if mark["chart"] in study.charts else ():
                for key in row.sources:
                    add(key, "data/charts.yml", row.line, 1)
    return list(found)


def footnotes(page: Page, study: Study) -> str:
    """The footnote definitions of a page as Markdown: an empty marker each, which templates fill in."""
    lines = [f'[^{key}]: <span data-source="{key}"></span>' for key in citations(page, study)]
    return "\n\n" + "\n".join(lines) + "\n" if lines else ""


# The marker of a footnote definition (see `footnotes`).
SOURCE_MARK = re.compile(r'<span data-source="(?P<id>[^"]+)"></span>')
# What Python-Markdown writes for a reference and for a way back to it.
REFERENCE = re.compile(r'<a class="footnote-ref" href="(?P<href>[^"]+)">(?P<number>\d+)</a>')
BACK = re.compile(r'<a class="footnote-backref" href="(?P<href>[^"]+)" title="(?P<title>[^"]+)">')

# A wide table scrolls inside its own box, which the keyboard can reach. The paragraph before it that begins with
# "Table:" is its caption. The first cell of a row says what the row is about.
TABLE = r"(?:<p>{word}\u00a0?: (?P<caption>.*)</p>\s*)?<table(?P<titled>[^>]*)>(?P<rows>(?s:.*?))</table>"
TABLE_SCROLL = '<div class="table-scroll" role="region" tabindex="0"{name}><table{titled}>{caption}{rows}</table></div>'
FIRST_CELL = re.compile(r"(<tr>\s*)<td([^>]*)>(.*?)</td>")
# A number and the word that a line may not part it from. Authors of French write U+00A0 there, save before "euros".
_MONTHS = "|".join(get_month_names("wide", locale=BABEL["en"]).values())
NUMBER_AND_UNIT = re.compile(
    rf"(?<=\d) (?=(?:million|billion|euros?|[kM]B|{_MONTHS})\b|m²)|(?<=\b[Nn]o\.) (?=(?:<[^>]+>)?\d)"
)
# The mark beside a heading, as Python-Markdown writes it.
HEADING_LINK = re.compile(r'(<h[2-4][^>]*>)(?P<text>.*)<a class="headerlink" (?P<href>href="[^"]+") title="[^"]*">')
# A number with hyphens in the text, not in a tag: an article of law or a span of years. Browsers break it at a hyphen.
HYPHENED = re.compile(r"(?<![\w/#.-])(?:[LRD]\.\u00a0)?\d+(?:-\d+)+(?![\w/-])(?![^<]*>)")


def as_attribute(html: str) -> str:
    """The text of a piece of HTML, fit to stand in an attribute."""
    return re.sub(r"<sup.*?</sup>|<[^>]+>", "", html).replace('"', "&quot;").strip()


def keep_whole(content: str) -> str:
    """The HTML with each number that has hyphens marked, so that no line breaks within it."""
    return HYPHENED.sub(r'<span class="whole">\g<0></span>', content)


def finish(
    content: str, *, words: Mapping[str, str], fill_source: Callable[[str], str], fill_part: Callable[[str], str]
) -> str:
    """The HTML of a page's text with its sources and generated parts filled in; tables, notes and marks are named.

    `words` are those of the page's language. A reference reads as a bare number to a screen reader, a way back as
    an arrow, the mark beside a heading as "#": each gets a name that says where it leads. No line ends inside
    “€66 million”, “1 April”, “5 000 euros” or “no. 24”.
    """
    note, tables = words["note"], itertools.count(1)

    def table(match: re.Match[str]) -> str:
        title = as_attribute(match["caption"] or f"{words['table']} {next(tables)}")
        name = match["titled"] or f' aria-label="{title}"'  # a chart is titled by its figure
        caption = f"<caption>{match['caption']}</caption>" if match["caption"] else ""
        return TABLE_SCROLL.format(name=name, titled=match["titled"], caption=caption, rows=match["rows"])

    def heading(match: re.Match[str]) -> str:
        name = words["link_to"].format(as_attribute(match["text"]))
        start = f"{match[1]}{match['text']}"
        return f'{start}<a class="headerlink" {match["href"]} title="{name}" aria-label="{name}">'

    content = keep_whole(content)
    content = re.sub(TABLE.format(word=words["table"]), table, content)
    content = content.replace("<th>", '<th scope="col">')
    content = FIRST_CELL.sub(r'\1<th scope="row"\2>\3</th>', content)
    content = HEADING_LINK.sub(heading, content)
    content = SOURCE_MARK.sub(lambda m: fill_source(m["id"]), content)
    content = marks.GENERATED.sub(lambda m: fill_part(m["name"]), content)
    content = REFERENCE.sub(
        lambda m: f'<a class="footnote-ref" href="{m["href"]}" aria-label="{note} {m["number"]}">{m["number"]}</a>',
        content,
    )
    content = NUMBER_AND_UNIT.sub("\u00a0", content)
    content = content.replace('</sup><sup id="', '</sup><sup class="next" id="')  # two notes side by side
    return BACK.sub(lambda m: f'<a class="footnote-backref" href="{m["href"]}" aria-label="{m["title"]}">', content)


# A link to another page of the site, as Python-Markdown writes it.
PAGE_LINK = re.compile(r'<a href="(?P<href>\.\.?/[^":]*)">')


def print_addresses(content: str, here: str) -> str:
    """The HTML of the page at `here` with the address below the site's root of each page it links to, for paper."""

    def add(match: re.Match[str]) -> str:
        path, mark, anchor = match["href"].partition("#")
        target = posixpath.normpath(posixpath.join(here, path))
        slash = "" if "." in posixpath.basename(target) else "/"
        return f'<a href="{match["href"]}" data-address="{target}{slash}{mark}{anchor}">'

    return PAGE_LINK.sub(add, content)


def citing_pages(study: Study, locale: str) -> dict[str, list[Page]]:
    """For each source, the pages of a locale that cite it (the glossary through its data), by path."""
    citing: dict[str, list[Page]] = {key: [] for key in study.sources}
    for page in sorted(study.pages[locale].values(), key=lambda p: p.path):
        for key in citations(page, study):
            citing[key].append(page)
    glossary = study.pages[locale].get("reference/glossary.md")
    if glossary:
        for key in {key for entry in study.glossary for key in entry.sources}:
            if key in citing and glossary not in citing[key]:
                citing[key].append(glossary)
    return citing


@dataclass(frozen=True)
class Facet:
    """One choice of the case finder: its key in the address, and its options as (slug, name, number of cases)."""

    key: str
    word: str  # the key of its label in data/words.yml
    options: tuple[tuple[str, str, int], ...]


def case_values(study: Study, case: Page) -> dict[str, list[str]]:
    """What the case finder knows of a case, by the key of the facet."""
    place = study.territories[case.meta["territory"]]
    return {
        "lever": as_list(case.meta.get("levers")),
        "mode": as_list(case.meta.get("modes")),
        "theme": as_list(case.meta.get("themes")),
        "type": [place.type],
        "region": [place.region],
        "status": as_list(case.meta.get("status")),
    }


def facets(study: Study, locale: str) -> list[Facet]:
    """The choices of the case finder, with the options that at least one case has."""
    values = [case_values(study, case) for case in study.cases(locale)]
    vocabularies = {
        "lever": ("lever", "levers"),
        "mode": ("mode", "modes"),
        "theme": ("theme", "themes"),
        "type": ("territory_type", "territory_types"),
        "region": ("region", "regions"),
        "status": ("status", "statuses"),
    }
    found = []
    for key, (word, vocabulary) in vocabularies.items():
        counts = Counter(slug for value in values for slug in value[key])
        terms = study.terms[vocabulary].values()
        found.append(Facet(key, word, tuple((t.slug, t.name[locale], counts[t.slug]) for t in terms if counts[t.slug])))
    return found


@dataclass(frozen=True)
class RegionRow:
    """A region's cases: how many there are, and how many use each lever, in the order of the levers."""

    region: Term
    cases: int
    levers: tuple[int, ...]


def cases_by_region(study: Study, locale: str) -> list[RegionRow]:
    """The regions that have cases, those with most first. A case counts for each of its levers."""
    values = [case_values(study, case) for case in study.cases(locale)]
    rows = []
    for region in study.terms["regions"].values():
        own = [value["lever"] for value in values if region.slug in value["region"]]
        counts = Counter(lever for levers in own for lever in levers)
        if own:
            rows.append(RegionRow(region, len(own), tuple(counts[lever] for lever in study.terms["levers"])))
    return sorted(rows, key=lambda row: (-row.cases, row.region.number))


def search_filters(study: Study, page: Page | None) -> dict[str, list[str]]:
    """What the search can narrow a page by, in the page's language: kind, lever, theme, type of authority."""
    if page is None or page.kind == "territory":
        return {}
    locale = page.locale

    def names(vocabulary: str, slugs: list[str]) -> list[str]:
        return [study.terms[vocabulary][slug].name[locale] for slug in slugs if slug in study.terms[vocabulary]]

    filters = {"kind": [study.words[f"kind_{page.kind}"][locale]]}
    if page.kind == "case":
        values = case_values(study, page)
        filters["lever"] = names("levers", values["lever"])
        filters["theme"] = names("themes", values["theme"])
        filters["type"] = names("territory_types", values["type"])
    elif page.kind in ("lever", "theme"):
        filters[page.kind] = names(f"{page.kind}s", [page.slug])
    return filters


TERRITORIES = "territories"  # the folder of the generated pages


def with_territories(study: Study) -> Study:
    """The study with a page for each territory that has two cases or more. These pages have no file in docs/."""
    pages = {}
    for locale in LOCALES:
        pages[locale] = dict(study.pages[locale])
        cases: dict[str, list[Page]] = {}
        for case in study.cases(locale):
            cases.setdefault(case.meta["territory"], []).append(case)
        for place, own in cases.items():
            if len(own) > 1:
                name = study.territories[place].name[locale]
                meta = {
                    "title": name,
                    "description": study.words["territory_description"][locale].format(name=name, count=len(own)),
                    "kind": "territory",
                    "updated": max(str(case.meta["updated"]) for case in own),
                    "territory": place,
                }
                path = f"{TERRITORIES}/{place}.md"
                pages[locale][path] = Page(locale, path, f"docs/{locale}/{path}", meta, {}, "", 1)
    return replace(study, pages=pages)


def related(study: Study, case: Page, most: int = 3) -> list[Page]:
    """Other cases that share a lever or a theme with a case, in another kind of territory; the closest first."""

    def shared(other: Page) -> int:
        levers = set(as_list(case.meta.get("levers"))) & set(as_list(other.meta.get("levers")))
        themes = set(as_list(case.meta.get("themes"))) & set(as_list(other.meta.get("themes")))
        return 2 * (case.main_lever == other.main_lever) + len(levers) + 2 * len(themes)

    def kind(page: Page) -> str:
        return study.territories[page.meta["territory"]].type

    others = {
        page.slug: page
        for key in ("levers", "themes")
        for value in as_list(case.meta.get(key))
        for page in study.cases(case.locale, **{key: value})
        if kind(page) != kind(case)
    }
    return sorted(others.values(), key=lambda page: (-shared(page), page.slug))[:most]


def sort_key(text: str) -> str:
    """Text without accents and case, for alphabetical order in both languages."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def view(study: Study, locale: str, page: Page | None) -> dict[str, Any]:
    """The names that every template may use, whatever the page."""
    words: Mapping[str, str] = {key: word[locale] for key, word in study.words.items()}
    return {
        "study": study,
        "locale": locale,
        "other_locale": OTHER[locale],
        "top": address("index.md", locale),  # the folder of the language below the site's root
        "colon": "\u00a0:" if locale == "fr" else ":",
        "t": words,
        "this": page,
        "address": address,
        "term_path": term_path,
        "date_text": date_text,
        "glossary": lambda: sorted(study.glossary, key=lambda entry: sort_key(entry.term[locale])),
        "bibliography": lambda: sorted(study.sources.values(), key=lambda s: (sort_key(s.publisher), s.date or "")),
        "search_filters": lambda: search_filters(study, page),
        "facets": lambda: facets(study, locale),
        "cases_by_region": lambda: cases_by_region(study, locale),
        "case_values": lambda case: case_values(study, case),
        "draw_map": lambda: atlas.draw(study, locale),
        "citations": lambda case: citations(case, study),
        "related": lambda: related(study, page) if page else [],
        "citing_pages": lambda: citing_pages(study, locale),
        "latest": study.latest[locale],
        "section_url": lambda section: section_url(section, page) if page else section,
        **instruments.names(study, locale),
    }
