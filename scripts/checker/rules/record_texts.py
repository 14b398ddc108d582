"""The texts of data files: translated (D006), with the same figures (D007), well set (D010). Words that we do not write
are sought in pages too (T006)."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from checker.project import Project
from checker.registry import data_rule, project_rule
from checker.rules import typography
from checker.rules.numbers import difference_text
from checker.rules.words import in_wrong_language, is_name, plain_words
from content.findings import Finding
from content.forms import Translated
from content.load import FILES
from content.locales import LANGUAGE, LOCALES, OTHER


class DataText(NamedTuple):
    """A text of a data file in all languages: where it stands, and the id of the record that it is of."""

    file: str
    line: int
    id: str
    words: Translated  # by locale

    def finding(self, message: str) -> Finding:
        return Finding(self.file, self.line, 1, f"'{self.id}': {message}")


@lru_cache(maxsize=1)  # four rules ask for them
def _texts(project: Project) -> list[DataText]:
    """The texts of all data files that stand in both languages."""
    return [
        DataText(file, mapping.lines[LOCALES[0]], id, {locale: mapping[locale] for locale in LOCALES})
        for file, id, mapping in project.mappings
        if all(isinstance(mapping.get(locale), str) for locale in LOCALES)
    ]


@data_rule("D006")
def untranslated_texts(project: Project) -> Iterator[Finding]:
    """The texts of data files are translated, names apart, and each is in its language."""
    for text in _texts(project):
        en, fr = text.words["en"], text.words["fr"]
        is_label = text.file in ("data/words.yml", "data/terms.yml")
        is_text = (is_label or len(plain_words(en)) > 1) and not is_name(en, project.known.same)
        if en == fr and is_text:
            or_same = "translate it, or add it to 'same' in data/check.yml"
            yield text.finding(f"'{en}' is the same in both languages: {or_same}")
            continue
        is_subject = text.file == FILES["sources"]  # which may quote the words that it is about
        for locale in LOCALES if not is_subject else ():
            if in_wrong_language(text.words[locale], locale):
                yield text.finding(f"the {LANGUAGE[locale]} text is in {LANGUAGE[OTHER[locale]]}: translate it")


@data_rule("D007")
def different_figures_of_data(project: Project) -> Iterator[Finding]:
    """The texts of data files say the same numbers in both languages."""
    for text in _texts(project):
        if differing := difference_text(text.words["en"], text.words["fr"]):
            yield text.finding(f"{differing}: make them the same")


def _written(project: Project) -> Iterator[tuple[str, str, Callable[[str], Finding]]]:
    """The texts of data files, but for those of the study itself, and of pages: their language, and a finding there."""
    for text in (text for text in _texts(project) if text.file != FILES["passages"]):
        yield from ((text.words[locale], locale, text.finding) for locale in LOCALES)
    for parsed in project.all_parsed:
        locale, blocks = parsed.page.locale, [block for block in parsed.blocks if block.kind != "code"]
        yield from ((text, locale, partial(parsed.meta_finding, key)) for key, text in parsed.page.texts.items())
        yield from ((block.unmarked, locale, partial(parsed.finding, block)) for block in blocks)


@project_rule("T006")
def banned_words(project: Project) -> Iterator[Finding]:
    """Neither pages nor texts of data files have the words that data/check.yml bans (players, traps), but for those of
    the study itself."""
    of_language = {locale: [one for one in project.known.banned if one.lang == locale] for locale in LOCALES}
    for text, locale, finding in _written(project):
        for banned in of_language[locale]:
            if found := banned.expression.search(text):
                yield finding(f"'{found[0]}': write {banned.instead}")


def misset_texts(project: Project) -> Iterator[tuple[DataText, str, str]]:
    """The texts of data files that are wrongly set, each with its language and what it should be."""
    texts = [(text, *words) for text in _texts(project) for words in text.words.items()]
    for source in project.sources.values():
        if source.title and source.lang in LOCALES:
            texts.append((DataText(FILES["sources"], source.line, source.id, {}), source.lang, source.title))
    for text, lang, words in texts:
        right = typography.corrected(words, lang)
        if right != words and not in_wrong_language(words, lang):  # which D006 says
            yield text._replace(words={lang: words}), lang, right


@data_rule("D010")
def data_typography(project: Project) -> Iterator[Finding]:
    """The texts of data files follow the typography of their language, the titles of sources with them."""
    for text, lang, right in misset_texts(project):
        message = f"write '{typography.shown(right)}' (--fix does, in a text of one line)"
        yield text.finding(f"in {LANGUAGE[lang]}, {message}")
