"""The language of a text: which one its words show; whether a page is in its own (T001), laid out as Markdown wants it
(T003), and translated (P010, P014). Words that we do not write (T006)."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import chain, product
from textwrap import shorten

from checker.document import SENTENCE_END, Block
from checker.languages import LANGUAGES
from checker.pair import Pair
from checker.project import DataPage, ParsedPage, Project
from checker.registry import page_rule, pair_rule
from content import marks
from content.findings import Finding
from content.load import FILES
from content.locales import LANGUAGE, LATIN_LETTERS, LOCALES, OTHER

# Two capitals or more: RTES, ESS-2024; the plural s is no part of it: PTCEs.
ACRONYM = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]{2,})*(?=s?\b)")

words_of = re.compile(f"[{LATIN_LETTERS}]+").findall  # the words of a text

# Small words of one language that are not words of the other.
SMALL = {locale: frozenset(LANGUAGES[locale]["small"]) for locale in LOCALES}
EVERY_SMALL = SMALL["en"] | SMALL["fr"]
# Letters that show the language of any other word; the French ones show it surely, and are asked first.
LETTERS_OF = {locale: re.compile(LANGUAGES[locale]["letters"]) for locale in ("fr", "en")}
PARTICLES = frozenset(LANGUAGES["particles"])


def plain_words(text: str) -> list[str]:
    """The words that are no name and no particle of one."""
    return [word for word in words_of(text) if word.islower() and word not in PARTICLES]


@lru_cache(maxsize=20_000)
def language_of(word: str) -> str:
    """The language that a word in lower case shows; empty when it could be of both."""
    by_word = (locale for locale, small in SMALL.items() if word in small)
    by_letters = (locale for locale, letters in LETTERS_OF.items() if letters.search(word))
    return next(chain(by_word, by_letters), "")


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


def is_name(text: str, same: Collection[str]) -> bool:
    """Whether a heading or label may be the same in both languages: a name, an abbreviation, a number, or in `same`."""
    words = words_of(text)
    if not words or text.casefold() in same:
        return True
    if len(words) == 1:
        return len(words[0]) == 1 or sum(map(str.isupper, text)) > 1
    return not plain_words(text) and words[0].casefold() not in SMALL["en"]


# ---------------------------------------------------------------- whether a page is in its language


@page_rule("T001", in_data=True)
def wrong_language(parsed: ParsedPage) -> Iterator[Finding]:
    """Text is in the page's language; a sentence of the other one is marked with its language."""
    locale, other = parsed.locale, LANGUAGE[OTHER[parsed.locale]]
    mark = f"translate it, or mark a quotation as *…*{{ lang={OTHER[locale]} }}"
    for block in parsed.blocks if parsed.file != FILES["sources"] else ():  # these may quote what they are about
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


LABELS = ("title", "heading", "header")
FILES_OF_LABELS = ("data/words.yml", "data/terms.yml")


@pair_rule("P010", in_data=True)
def identical_texts(pair: Pair) -> Iterator[Finding]:
    """No title, description, heading, sentence, cell or alternative text is the same in both languages, names apart."""
    for en, fr in pair.block_pairs:
        is_data = isinstance(pair.fr, DataPage) and len(plain_words(fr.text)) > 1
        is_label = fr.kind in LABELS or pair.fr.file in FILES_OF_LABELS or is_data
        twins = {text for text, _ in _pieces(en, is_label)}
        same = [(text, start) for text, start in _pieces(fr, is_label) if text in twins]
        for _, start in [one for one in same if _should_differ(one[0], is_label, pair.project.known.same)][:1]:
            names = "mark a name with its language, as *Name*{ lang=fr }"
            may_be = "add it to 'same' in data/check.yml" if is_label else names
            message = f"this {fr.kind} is the same in English (line {en.line}): translate it, or {may_be}"
            yield pair.fr.finding(fr.place(start), message)


def _pieces(block: Block, is_label: bool) -> Iterator[tuple[str, int]]:
    """The sentences of a block and the texts of its images, each with its place; a heading or label whole."""
    if is_label:
        yield " ".join(block.unmarked.split()), 0
    elif block.kind != "code":
        yield from ((" ".join(text.split()), start) for start, text in sentences(block.unmarked))
        yield from ((link.shown, link.offset) for link in block.links if link.shown not in block.text)


def _should_differ(text: str, is_label: bool, same: Collection[str]) -> bool:
    """Whether a label or sentence that is the same in both languages should not be."""
    if is_label:
        return not is_name(marks.ATTRIBUTES.sub("", text).strip(), same)
    is_sentence = text.endswith((".", "!", "?")) and " " in text
    shows_language = any(map(language_of, plain_words(text[:1].lower() + text[1:])))
    return (len(words_of(text)) >= 4 and len(plain_words(text)) >= 3) or (is_sentence and shows_language)


# A word of three letters or more that begins with a small one, and belongs to no address or compound.
SMALL_WORD = re.compile(rf"(?<![\w@./-])(?=[^A-ZÀ-Þ])[{LATIN_LETTERS}]{{3,}}(?![\w@/-])")
PAGES = 5  # with a word in one language show that it is of this one, where no page has it in the other


@lru_cache(maxsize=1)  # the same for all pages
def _used(project: Project) -> Mapping[tuple[str, str], set[str]]:
    """The pages and data files that use a word, by locale and word: some forty for ("en", "network")."""
    found = defaultdict[tuple[str, str], set[str]](set)
    for parsed in (*project.all_parsed, *chain.from_iterable(project.data_pages)):
        for word in (word for block in parsed.blocks for word in SMALL_WORD.findall(block.unmarked)):
            found[parsed.locale, word].add(parsed.path)
    return found


@pair_rule("P014", after=["P010"])
def untranslated_words(pair: Pair) -> Iterator[Finding]:
    """No word stands in both languages that only one of them uses on other pages: "network", for « réseau »."""
    used, path = _used(pair.project), {pair.en.path}
    for sides in (sides for sides in pair.block_pairs if sides[0].text != sides[1].text):
        words = [{match[0]: match.start() for match in SMALL_WORD.finditer(block.unmarked)} for block in sides]
        both = sorted((words[0].keys() & words[1].keys()) - pair.project.known.same)
        for (parsed, block, at), word in product(zip((pair.en, pair.fr), sides, words, strict=True), both):
            other = OTHER[parsed.locale]
            if not used[parsed.locale, word] - path and len(used[other, word] - path) >= PAGES:
                mend = f"translate it, mark it (lang={other}), or add it to 'same' in data/check.yml"
                yield parsed.finding(block.place(at[word]), f"'{word}' is {LANGUAGE[other]}: {mend}")


# ---------------------------------------------------------------- words that we do not write


@page_rule("T006", in_data=True)
def banned_words(parsed: ParsedPage) -> Iterator[Finding]:
    """No text has the words that data/check.yml bans (players, traps), but for those of the study and of sources."""
    bans = [one for one in parsed.project.known.banned if one.lang == parsed.locale]
    ours = parsed.blocks if parsed.file not in (FILES["passages"], FILES["sources"]) else []
    for block, text in ((block, block.unmarked) for block in ours if block.kind != "code"):
        for banned in bans:
            if found := banned.expression.search(text):
                yield parsed.finding(block, f"'{found[0]}': write {banned.instead}")
