"""Words, and the language that they show: whether a text is translated, in the wrong language, or a name."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain

from checker.document import SENTENCE_END
from checker.languages import LANGUAGES, without_accents
from content.locales import LATIN_LETTERS, LOCALES, OTHER

# Two capitals or more: RTES, ESS-2024; the plural s is no part of it: PTCEs.
ACRONYM = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]{2,})*(?=s?\b)")

WORD = re.compile(f"[{LATIN_LETTERS}]+")

# Small words of one language that are not words of the other.
SMALL = {locale: frozenset(LANGUAGES[locale]["small"]) for locale in LOCALES}
EVERY_SMALL = SMALL["en"] | SMALL["fr"]
# Letters that show the language of any other word; the French ones show it surely, and are asked first.
LETTERS_OF = {locale: re.compile(LANGUAGES[locale]["letters"]) for locale in ("fr", "en")}
PARTICLES = frozenset(LANGUAGES["particles"])


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def folded(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    return re.findall("[a-z0-9]+", without_accents(text.casefold().replace("œ", "oe")))


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


def foreign_words(text: str, locale: str) -> Iterator[str]:
    """Runs of three words or more in small letters that show the other language, and none this one: and it is free."""
    run: list[re.Match[str]] = []
    for match in (*WORD.finditer(text), None):
        is_outside = match is None or not match[0].islower() or language_of(match[0]) == locale
        if run and (is_outside or (match and text[run[-1].end() : match.start()] not in (" ", "’"))):
            shown = [word for word in run if language_of(word[0]) == OTHER[locale] and word[0] not in PARTICLES]
            if len(run) > 2 and len(shown) > 1:
                yield text[run[0].start() : run[-1].end()]
            run = []
        if match and not is_outside:
            run.append(match)


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


def is_prose(text: str) -> bool:
    """Whether a text is more than a name, a number or an abbreviation."""
    words, plain = words_of(text.replace("’", " ")), plain_words(text)
    small = [word for word in words if word.casefold() in SMALL["en"]]
    return len(words) >= 4 and (len(plain) >= 3 or bool(plain and small))
