"""The checker's rules for data files, templates and the navigation; see `check_sources.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from checker import markdown
from checker.addresses import malformed_address, split_address
from checker.model import (
    Project,
    chart_texts,
    in_wrong_language,
    is_file,
    is_name,
    line_of,
)
from checker.rules import typography
from content.files import read_text, write_whole
from content.model import LANGUAGE, LOCALES, OTHER, Hit, Source, is_partial_date
from web import atlas, wording

SOURCES, TERRITORIES, GLOSSARY = "data/sources.yml", "data/territories.yml", "data/glossary.yml"

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# ---------------------------------------------------------------- S: sources


def unknown_sources(project: Project) -> Iterator[Hit]:
    """A citation names a source of data/sources.yml."""
    for hit in project.citations:
        if project.sources is not None and hit.message not in project.sources:
            yield hit._replace(message=f"unknown source '{hit.message}': correct it or add it to {SOURCES}")


def unused_sources(project: Project) -> Iterator[Hit]:
    """Every source is cited at least once."""
    cited = {hit.message for hit in project.citations}
    unread = project.unread or any(re.fullmatch(r"data/.*\.yml", finding.path) for finding in project.findings)
    for source in (project.sources or {}).values():
        if source.id not in cited and not unread:
            yield Hit(SOURCES, source.line, 1, f"'{source.id}' is never cited: cite it or remove it")


PLACEHOLDER = re.compile(r"\[\W*(titre|title|sans|no |untitled)", re.IGNORECASE)


# The languages a source may be in: those that Babel can name (ISO 639-1).
LANGUAGES = frozenset(code for code in map(str, wording.LANGUAGES) if len(code) == 2)


def incomplete_sources(project: Project) -> Iterator[Hit]:
    """A source has a language, a real title, a date in the right form and an address that can be read."""
    for source in (project.sources or {}).values():
        wrong = []
        if source.lang not in LANGUAGES:
            wrong.append(f"its language is '{source.lang}': write its code of two letters, such as en or fr")
        if PLACEHOLDER.match(source.title or ""):
            wrong.append("its title is a placeholder: give the title, or a 'subject' in both languages")
        if source.date is not None and not is_partial_date(source.date):
            wrong.append(f"its date is '{source.date}': write YYYY, YYYY-MM or YYYY-MM-DD, or null")
        if source.url is not None and (fault := malformed_address(source.url)):
            wrong.append(f"its address {fault}: correct it, or write null")
        if not ID.fullmatch(source.id):
            wrong.append("its id is not kebab-case: use a-z, 0-9 and single hyphens")
        if source.subject and source.subject["en"] == source.subject["fr"]:
            wrong.append("its subject is the same in both languages: translate it")
        for problem in wrong:
            yield Hit(SOURCES, source.line, 1, f"'{source.id}': {problem}")


def repeated_sources(project: Project) -> Iterator[Hit]:
    """A publication stands once in data/sources.yml: no two with one address, or with one publisher, title and date."""
    seen: dict[tuple[str, ...], Source] = {}
    for source in (project.sources or {}).values():
        keys: list[tuple[str, ...]] = []
        if source.url:
            keys.append((re.sub(r"^https?://(www\.)?", "", source.url).rstrip("/"),))
        if source.title and source.date:
            keys.append((source.publisher.casefold(), source.title.casefold(), source.date))
        twin = next((seen[key] for key in keys if key in seen), None)
        if twin:
            message = f"'{source.id}' is the same publication as '{twin.id}' (line {twin.line}): keep one of the two"
            yield Hit(SOURCES, source.line, 1, message)
        for key in keys:
            seen.setdefault(key, source)


# Hosts of test copies of sites (dev-durable is sustainable development), and of sites that copy others' documents.
COPY = re.compile(
    r"(^|[.-])(www)?(dev(?!-durable)|testing|staging|preprod|recette)\d*[.-]|preprod\."
    r"|(^|\.)(pdfslide|fdocuments|vdocuments|readkong|123dok|docplayer)\."
)


def copied_sources(project: Project) -> Iterator[Hit]:
    """A source's address is its publisher's, not a test copy of the site nor a site that copies documents."""
    for source in (project.sources or {}).values():
        host = split_address(source.url or "")[0]
        if COPY.search(host):
            message = f"'{source.id}': {host} is a copy: give the publisher's own address, or null"
            yield Hit(SOURCES, source.line, 1, message)


# ---------------------------------------------------------------- D: other data


def wrong_territories(project: Project) -> Iterator[Hit]:
    """A territory has a known type and region, and lies where the map has a frame for it."""
    types, regions = project.names("territory_types"), project.names("regions")
    for place in (project.territories or {}).values():
        for what, value, names in (("type", place.type, types), ("region", place.region, regions)):
            if names is not None and value not in names:
                message = f"'{place.id}': unknown {what} '{value}': correct it or add it to data/terms.yml"
                yield Hit(TERRITORIES, place.line, 1, message)
        if not any(frame.holds(place.longitude, place.latitude) for frame in (atlas.MAINLAND, *atlas.INSETS)):
            where = f"'{place.id}' lies outside the map ({place.latitude}, {place.longitude})"
            message = f"{where}: correct the coordinates, or add a frame to scripts/atlas.py"
            yield Hit(TERRITORIES, place.line, 1, message)


def unused_territories(project: Project) -> Iterator[Hit]:
    """A territory has at least one case."""
    used = {str(sheet.page.meta.get("territory")) for sheet in project.all_sheets}
    for place in (project.territories or {}).values():
        if place.id not in used and not project.unread:
            yield Hit(TERRITORIES, place.line, 1, f"'{place.id}' has no case: write one or remove the territory")


def wrong_glossary(project: Project) -> Iterator[Hit]:
    """A glossary entry is translated, stands once, and leads to a page and anchor that exist."""
    seen: dict[tuple[str, str], str] = {}
    for entry in project.glossary or ():
        wrong = []
        if entry.definition["en"] == entry.definition["fr"]:
            wrong.append("the definition is the same in both languages: translate it")
        for locale in LOCALES:
            twin = seen.setdefault((locale, entry.term[locale].casefold()), entry.id)
            if twin != entry.id:
                wrong.append(f"the {LANGUAGE[locale]} term is that of '{twin}' too: keep one entry")
            if in_wrong_language(entry.definition[locale], locale):
                wrong.append(f"the {LANGUAGE[locale]} definition is in {LANGUAGE[OTHER[locale]]}: translate it")
        if not ID.fullmatch(entry.id):
            wrong.append("the id is not kebab-case: use a-z, 0-9 and single hyphens")
        _, path, anchor = split_address(entry.page or "")
        anchors = project.anchors[LOCALES[0]].get(path)
        if entry.page is not None and path not in project.files[LOCALES[0]]:
            wrong.append(f"no page '{path}': correct it or remove 'page'")
        elif anchor and anchors is not None and anchor not in anchors:
            wrong.append(f"'{path}' has no id '{anchor}': correct it")
        for problem in wrong:
            yield Hit(GLOSSARY, entry.line, 1, f"'{entry.id}': {problem}")


def wrong_changes(project: Project) -> Iterator[Hit]:
    """A change of the feed leads to a page or section, has an id, and is told in both languages."""
    for change in project.changes or ():
        path, _, anchor = change.page.partition("#")
        wrong = [no_target(project, path, anchor)]
        if not ID.fullmatch(change.id):
            wrong.append("the id is not kebab-case: use a-z, 0-9 and single hyphens")
        if change.text["en"] == change.text["fr"]:
            wrong.append("the text is the same in both languages: translate it")
        for problem in filter(None, wrong):
            yield Hit("data/changes.yml", change.line, 1, f"'{change.id}': {problem}")


def untranslated_words(project: Project) -> Iterator[Hit]:
    """The words of the interface and of the vocabularies are translated."""
    names = [("data/words.yml", key, text) for key, text in (project.words or {}).items()]
    for terms in (project.terms or {}).values():
        names += [("data/terms.yml", term.slug, term.name) for term in terms.values()]
    for file, key, text in names:
        if text["en"] == text["fr"] and not is_name(text["en"]):
            yield Hit(file, line_of(project, file, key), 1, f"'{key}' is the same in both languages: translate it")
        for locale in LOCALES:
            if in_wrong_language(text[locale], locale):
                message = f"'{key}': the {LANGUAGE[locale]} text is in the other language: translate it"
                yield Hit(file, line_of(project, file, key), 1, message)


# `t.menu`, `study.words.no_date`: a word of the interface, in a template.
WORD = re.compile(r"\b(?:t|study\.words)\.([a-z_]+)")


def missing_words(project: Project) -> Iterator[Hit]:
    """A word that a template asks for stands in data/words.yml."""
    for file, text in project.templates.items() if project.words is not None else ():
        for number, line in enumerate(text.split("\n"), 1):
            for match in WORD.finditer(line):
                if match[1] not in (project.words or {}):
                    message = f"no word '{match[1]}': add it to data/words.yml in both languages, or correct it"
                    yield Hit(file, number, match.start() + 1, message)


def data_typography(project: Project) -> Iterator[Hit]:
    """The texts of data files follow the typography of their language, the titles of sources with them."""
    texts: list[tuple[str, int, str, str, str]] = []  # file, line, id, language, text
    for entry in project.glossary or ():
        texts += [(GLOSSARY, entry.line, entry.id, *item) for item in (*entry.term.items(), *entry.definition.items())]
    for source in (project.sources or {}).values():
        titles = {source.lang: source.title} if source.title else source.subject or {}
        texts += [(SOURCES, source.line, source.id, lang, title) for lang, title in titles.items() if lang in LOCALES]
    for key, word in (project.words or {}).items():
        texts += [("data/words.yml", 0, key, *item) for item in word.items()]
    for term in (term for terms in (project.terms or {}).values() for term in terms.values()):
        texts += [("data/terms.yml", 0, term.slug, *item) for item in term.name.items()]
    for change in project.changes or ():
        texts += [("data/changes.yml", change.line, change.id, *item) for item in change.text.items()]
    texts += [(file, line, id, *item) for file, line, id, text in chart_texts(project) for item in text.items()]
    for file, line, id, lang, text in texts:
        right = typography.corrected(text, lang)
        if right != text and not in_wrong_language(text, lang):  # which D005 and D006 say
            place = line or line_of(project, file, id)
            yield Hit(file, place, 1, f"'{id}', in {LANGUAGE[lang]}: write '{typography.shown(right)}'")


# ---------------------------------------------------------------- L: templates

# `{{ 'assets/style.css' | url }}` and `{{ root_url }}assets/style.css`: literal paths in a template.
URL_FILTER = re.compile(r"""\{\{-?\s*["']([^"'{}]+)["']\s*\|\s*url\s*-?\}\}""")
URL_PREFIX = re.compile(r"\{\{-?\s*(?:root_url|base_url)\s*-?\}\}/?")
# `address('cases/index.md', …)` and `pages[locale]["cases/index.md"]`: literal pages.
PAGE_NAME = re.compile(r"""(?:address\(|pages\[\w+\]\[)\s*["']([^"']+\.md)["']""")


def template_links(project: Project) -> Iterator[Hit]:
    """A file or page of the site that a template or mkdocs.yml names literally exists."""
    docs = project.root / "docs"
    for target, line, column in project.config.assets if project.config else ():
        if not is_file(docs / target):
            yield Hit("mkdocs.yml", line, column, f"no file 'docs/{target}': add it or correct the address")
    for file, text in project.templates.items():
        for item in markdown.html_targets(text):
            target = item.target.strip()
            literal = URL_FILTER.fullmatch(target)
            target = literal[1] if literal else URL_PREFIX.sub("", target, count=1)
            path = split_address(target)[1]
            if "{" not in target and path and ":" not in target and not target.startswith("//"):
                page = path.strip("/").removeprefix("fr/")
                files = project.files[LOCALES[0]]
                built = f"{page}.md" in files or f"{page}/index.md" in files or page in ("", "fr")
                if not built and not is_file(docs / path.lstrip("/")):
                    yield Hit(file, item.line, item.column, f"no file 'docs/{path}': add it or correct the address")
        for number, line_text in enumerate(text.split("\n"), 1):
            for match in PAGE_NAME.finditer(line_text):
                if match[1] not in project.files[LOCALES[0]]:
                    yield Hit(file, number, match.start(1) + 1, f"no page '{match[1]}': correct the name")


# ---------------------------------------------------------------- G: navigation


def pages_outside_navigation(project: Project) -> Iterator[Hit]:
    """Every page is in the navigation of mkdocs.yml, cases apart (lists of cases are made)."""
    named = {path for path, _, _ in project.config.pages} if project.config else None
    for locale in LOCALES:
        for path, file in project.files[locale].items():
            sheet = project.sheets[locale].get(path)
            listed = named is None or path in named or not sheet or sheet.page.kind == "case"
            if not listed and (locale == LOCALES[0] or path not in project.files[LOCALES[0]]):
                yield Hit(file, 1, 1, f"is not in the navigation: add '{path}' to nav in mkdocs.yml")


def wrong_navigation(project: Project) -> Iterator[Hit]:
    """The navigation names pages that exist, each once."""
    seen: set[str] = set()
    for path, line, column in project.config.pages if project.config else ():
        if not any(path in project.files[locale] for locale in LOCALES):
            yield Hit("mkdocs.yml", line, column, f"nav names '{path}', which does not exist: write it or remove it")
        elif path in seen:
            yield Hit("mkdocs.yml", line, column, f"nav names '{path}' twice: keep one")
        seen.add(path)


def untranslated_navigation(project: Project) -> Iterator[Hit]:
    """The titles of the navigation have their translation in nav_translations."""
    for title, line, column in project.config.titles if project.config else ():
        if project.config and title not in project.config.translations:
            yield Hit("mkdocs.yml", line, column, f"'{title}' has no French title: add it to nav_translations")


# ---------------------------------------------------------------- R: published addresses

PUBLISHED = "data/published.txt"


def addresses(project: Project) -> set[str]:
    """Every page and heading of the site as `path.md` and `path.md#id`, whatever the language."""
    found: set[str] = set()
    for pages in project.anchors.values():
        for path, anchors in pages.items():
            found |= {path, *(f"{path}#{anchor}" for anchor in anchors or ())}
    return found


def lost_addresses(project: Project) -> Iterator[Hit]:
    """An address that was published stays, or data/redirects.yml says where it leads."""
    file = project.root / PUBLISHED
    if not is_file(file) or project.unread:
        return
    text, redirects = project.read(read_text, file, project.root), project.redirects
    if text is None or redirects is None:
        return
    kept = addresses(project) | set(redirects)
    unknown = {path for pages in project.anchors.values() for path, anchors in pages.items() if anchors is None}
    for number, line in enumerate(text.splitlines(), 1):
        path = line.partition("#")[0]
        if path and line not in kept and path not in redirects and path not in unknown:
            message = f"'{line}' was published and is gone: put it back, or say in data/redirects.yml where it leads"
            yield Hit(PUBLISHED, number, 1, message)


def wrong_redirects(project: Project) -> Iterator[Hit]:
    """A redirect leads to a page and heading that exist; that of a heading, to a heading of its own page."""
    for old, new in (project.redirects or {}).items():
        path, _, anchor = new.partition("#")
        place, _, id = old.partition("#")
        wrong = no_target(project, path, anchor)
        if id and (not anchor or path != place):
            wrong = f"leads from a heading to '{new}': lead to a heading of '{place}', or redirect the whole page"
        if wrong and project.redirects:
            yield Hit("data/redirects.yml", project.redirects.lines[old], 1, f"'{old}': {wrong}")


def no_target(project: Project, path: str, anchor: str) -> str | None:
    """What is wrong with the path and anchor that a data file names, in either language."""
    for locale in LOCALES:
        anchors = project.anchors[locale].get(path)
        if path not in project.files[locale]:
            return f"no page '{path}' in {LANGUAGE[locale]}: correct the path"
        if anchor and anchors is not None and anchor not in anchors:
            return f"'{path}' has no id '{anchor}' in {LANGUAGE[locale]}: correct it"
    return None


def publish(project: Project) -> int:
    """Add the addresses of today to data/published.txt, which only grows; returns how many are new.

    The records of the bibliography are left out: they come and go with the pages that cite them.
    """
    file = project.root / PUBLISHED
    before = set(read_text(file, project.root).splitlines()) if is_file(file) else set()
    new = {a for a in addresses(project) if not a.startswith("reference/sources.md#")} - before
    text = "\n".join(sorted(before | new)) + "\n"
    write_whole(file, text.encode())
    return len(new)


RULES: dict[str, Callable[[Project], Iterable[Hit]]] = {
    "R001": lost_addresses,
    "R002": wrong_redirects,
    "D003": wrong_territories,
    "D004": unused_territories,
    "D005": wrong_glossary,
    "D006": untranslated_words,
    "D010": data_typography,
    "D011": wrong_changes,
    "D013": missing_words,
    "L010": template_links,
    "S001": unknown_sources,
    "S002": unused_sources,
    "S003": incomplete_sources,
    "S004": repeated_sources,
    "S008": copied_sources,
    "G001": pages_outside_navigation,
    "G002": wrong_navigation,
    "G003": untranslated_navigation,
}
