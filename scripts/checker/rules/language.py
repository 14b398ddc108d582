"""The language and the layout of a page's text (T001, T003)."""

from collections.abc import Iterator

from checker.project import ParsedPage
from checker.registry import page_rule
from checker.rules.words import foreign_words, in_wrong_language, language_of, sentences, words_of
from content import marks
from content.findings import Finding
from content.locales import LANGUAGE, OTHER


@page_rule("T001")
def wrong_language(parsed: ParsedPage) -> Iterator[Finding]:
    """Text is in the page's language; words of the other one are marked with their language."""
    locale, other = parsed.page.locale, LANGUAGE[OTHER[parsed.page.locale]]
    for key, text in parsed.page.texts.items():
        if in_wrong_language(text, locale):
            yield parsed.meta_finding(key, f"the {key} is in {other}: translate it")
    mark = f"translate it, or mark a quotation as *…*{{ lang={OTHER[locale]} }}"
    for block in parsed.blocks:
        text = block.unmarked
        if block.kind == "code" or OTHER[locale] not in map(language_of, words_of(text.lower())):
            continue
        if in_wrong_language(text, locale):
            yield parsed.finding(block, f"this {block.kind} is in {other}: {mark}")
            continue
        for start, sentence in sentences(text):
            if in_wrong_language(sentence, locale):
                message = f"the sentence '{_short(sentence)}' is in {other}: {mark}"
                yield parsed.finding(block.place(start), message)
                continue
            for words in foreign_words(sentence, locale):
                message = f"the words '{_short(words)}' are in {other}: {mark}"
                yield parsed.finding(block.place(start + sentence.index(words)), message)


def _short(text: str) -> str:
    """The first words of a text."""
    words = text.split()
    return " ".join(words[:6]) + " …" * (len(words) > 6)


@page_rule("T003")
def layout_traps(parsed: ParsedPage) -> Iterator[Finding]:
    """Layout is what Python-Markdown needs: blank lines, four spaces, `## ` with its space, attributes right after what
    they belong to; a page has no HTML and no control character, no table an empty header."""
    for trap in parsed.doc.traps:
        yield parsed.finding(trap, trap.text)
    trapped = {trap.line for trap in parsed.doc.traps}
    for block in (block for block in parsed.blocks if block.kind != "code" and block.line not in trapped):
        if match := marks.ATTRIBUTES.search(block.text):
            message = f"'{match[0]}' belongs to nothing: put it right after the marked words, or after the heading"
            yield parsed.finding(block.place(match.start()), message)
        if block.kind == "header" and not block.text.strip():
            yield parsed.finding(block, "a header cell without text: write what the column is about")
