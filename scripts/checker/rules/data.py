"""D: territories, glossary, changes and the words of the interface. Charts and instruments have files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from checker.addresses import split_address
from checker.links import no_target
from checker.model import Project
from checker.registry import project_rule
from checker.rules import typography
from checker.rules.words import in_wrong_language, is_name
from content.findings import Hit
from content.marks import KEBAB_CASE
from content.model import LANGUAGE, LOCALES, OTHER
from web import atlas

SOURCES, TERRITORIES, GLOSSARY = "data/sources.yml", "data/territories.yml", "data/glossary.yml"


@project_rule("D003")
def wrong_territories(project: Project) -> Iterator[Hit]:
    """A territory has a known type and region, names known territories, and lies where the map has a frame for it."""
    types, regions = project.names("territory_types"), project.names("regions")
    for place in (project.territories or {}).values():
        for what, value, names in (("type", place.type, types), ("region", place.region, regions)):
            if names is not None and value not in names:
                message = f"'{place.id}': unknown {what} '{value}': correct it or add it to data/terms.yml"
                yield Hit(TERRITORIES, place.line, 1, message)
        around = place.within or ""
        if KEBAB_CASE.fullmatch(around) and around not in (project.territories or {}):
            message = f"'{place.id}' is within '{around}', which is no territory: correct it or write its name"
            yield Hit(TERRITORIES, place.line, 1, message)
        if not any(frame.holds(place.longitude, place.latitude) for frame in (atlas.MAINLAND, *atlas.INSETS)):
            where = f"'{place.id}' lies outside the map ({place.latitude}, {place.longitude})"
            message = f"{where}: correct the coordinates, or add a frame to scripts/atlas.py"
            yield Hit(TERRITORIES, place.line, 1, message)


@project_rule("D004")
def unused_territories(project: Project) -> Iterator[Hit]:
    """A territory has at least one case."""
    used = {str(sheet.page.meta.get("territory")) for sheet in project.all_sheets}
    misspelt = used - {"None", *(project.territories or {})}  # M004 says it
    for place in (project.territories or {}).values():
        if place.id not in used and not project.unread and not get_close_matches(place.id, misspelt):
            message = f"'{place.id}' has no case: write one or remove the territory"
            yield Hit(TERRITORIES, place.line, 1, message, to="uses")  # of a page that is lost


@project_rule("D005")
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
        _, path, anchor = split_address(entry.page or "")
        anchors = project.anchors[LOCALES[0]].get(path)
        if entry.page is not None and path not in project.files[LOCALES[0]]:
            wrong.append(f"no page '{path}': correct it or remove 'page'")
        elif anchor and anchors is not None and anchor not in anchors:
            wrong.append(f"'{path}' has no id '{anchor}': correct it")
        for problem in wrong:
            yield Hit(GLOSSARY, entry.line, 1, f"'{entry.id}': {problem}")


@project_rule("D011")
def wrong_changes(project: Project) -> Iterator[Hit]:
    """A change of the feed leads to a page or section and is told in both languages."""
    for change in project.changes or ():
        path, _, anchor = change.page.partition("#")
        wrong = [no_target(project, path, anchor)]
        if change.text["en"] == change.text["fr"]:
            wrong.append(("the text is the same in both languages: translate it", ""))
        for problem, to in filter(None, wrong):
            yield Hit("data/changes.yml", change.line, 1, f"'{change.id}': {problem}", to=to)


@project_rule("D019")
def wrong_answers(project: Project) -> Iterator[Hit]:
    """What readers ask for leads to a page or section that there is, and is said once in each of both languages."""
    for answer in project.answers or ():
        address, _, anchor = answer.page.partition("#")
        wrong = [no_target(project, address.partition("?")[0], anchor)]
        for locale, asked in answer.asked.items():
            if not asked:
                wrong.append((f"nothing is asked in {LANGUAGE[locale]}: write what readers there say", ""))
            for words in {words for words in asked if asked.count(words) > 1}:
                wrong.append((f"'{words}' stands twice: keep it once", ""))
        for problem, to in filter(None, wrong):
            yield Hit("data/search.yml", answer.line, 1, f"'{answer.id}': {problem}", to=to)


@project_rule("D006")
def untranslated_words(project: Project) -> Iterator[Hit]:
    """The words of the interface and of the vocabularies are translated."""
    names = [("data/words.yml", key, text) for key, text in (project.words or {}).items()]
    for terms in (project.terms or {}).values():
        names += [("data/terms.yml", term.slug, term.name) for term in terms.values()]
    for file, key, text in names:
        if text["en"] == text["fr"] and project.known and not is_name(text["en"], project.known.same):
            yield Hit(file, project.line_of(file, key), 1, f"'{key}' is the same in both languages: translate it")
        for locale in LOCALES:
            if in_wrong_language(text[locale], locale):
                message = f"'{key}': the {LANGUAGE[locale]} text is in the other language: translate it"
                yield Hit(file, project.line_of(file, key), 1, message)


def corrections(project: Project) -> Iterator[tuple[str, int, str, str, str, str]]:
    """The wrong texts of data files: file, line (0: unknown), id, language, text, corrected text."""
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
    texts += [(file, line, id, *item) for file, line, id, text in project.chart_texts() for item in text.items()]
    for file, line, id, lang, text in texts:
        right = typography.corrected(text, lang, project.known)
        if right != text and not in_wrong_language(text, lang):  # which D005 and D006 say
            yield file, line, id, lang, text, right


@project_rule("D010")
def data_typography(project: Project) -> Iterator[Hit]:
    """The texts of data files follow the typography of their language, the titles of sources with them."""
    for file, line, id, lang, _, right in corrections(project):
        message = f"'{id}', in {LANGUAGE[lang]}: write '{typography.shown(right)}' (--fix does, in a text of one line)"
        yield Hit(file, line or project.line_of(file, id), 1, message)
