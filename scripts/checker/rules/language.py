"""The language and the layout of a page's text (T001, T003); what is the same in both languages, and so untranslated
(P010, M007). Texts of data have their rules in record_texts.py."""

from collections.abc import Collection, Iterator
from textwrap import shorten

from checker.document import Block
from checker.pair import Pair
from checker.project import ParsedPage
from checker.registry import page_rule, pair_rule
from checker.rules.words import (
    foreign_words,
    in_wrong_language,
    is_name,
    is_prose,
    language_of,
    plain_words,
    sentences,
    words_of,
)
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
                message = f"the sentence '{shorten(sentence, 50, placeholder=' …')}' is in {other}: {mark}"
                yield parsed.finding(block.place(start), message)
                continue
            for words in foreign_words(sentence, locale):
                message = f"the words '{shorten(words, 50, placeholder=' …')}' are in {other}: {mark}"
                yield parsed.finding(block.place(start + sentence.index(words)), message)


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


LABELS = ("heading", "header")


@pair_rule("P010")
def identical_texts(pair: Pair) -> Iterator[Finding]:
    """No heading, sentence, cell or alternative text is the same in both languages, names apart."""
    for en, fr in pair.same_skeleton:
        twins = {text: block.line for block in en.all_blocks for text, _ in _pieces(block)}
        for block in fr.all_blocks:
            same = [(text, start) for text, start in _pieces(block) if text in twins]
            for text, start in [one for one in same if _should_differ(one[0], block, pair.project.known.same)][:1]:
                names = "mark a name with its language, as *Name*{ lang=fr }"
                may_be = "add it to 'same' in data/check.yml" if block.kind in LABELS else names
                message = f"this {block.kind} is the same in English (line {twins[text]}): translate it, or {may_be}"
                yield pair.fr.finding(block.place(start), message)


def _pieces(block: Block) -> Iterator[tuple[str, int]]:
    """The sentences of a block and the texts of its images, each with its place; a heading or label whole."""
    if block.kind in LABELS:
        yield " ".join(block.unmarked.split()), 0
    elif block.kind != "code":
        yield from ((" ".join(text.split()), start) for start, text in sentences(block.unmarked))
        yield from ((image.shown, image.offset) for image in block.images)


def _should_differ(text: str, block: Block, same: Collection[str]) -> bool:
    """Whether a label or sentence that is the same in both languages should not be."""
    if block.kind in LABELS:
        return not is_name(marks.ATTRIBUTES.sub("", text).strip(), same)
    is_sentence = text.endswith((".", "!", "?")) and " " in text
    return is_prose(text) or (is_sentence and any(map(language_of, plain_words(text[0].lower() + text[1:]))))


@pair_rule("M007")
def untranslated_meta(pair: Pair) -> Iterator[Finding]:
    """Title, description and lesson are translated, names apart."""
    terms = [term.name for vocabulary in pair.project.terms.values() for term in vocabulary.values()]
    translatable = [name["en"] for name in terms if name["en"] != name["fr"]]
    for key, text in pair.en.page.texts.items():
        may_be_same = key == "title" and is_name(text, pair.project.known.same) and text not in translatable
        if text == pair.fr.page.texts.get(key) and not may_be_same:
            or_same = ", or add it to 'same' in data/check.yml" if key == "title" else ""
            yield pair.fr.meta_finding(key, f"the {key} is the same in English, '{text[:60]}': translate it{or_same}")
