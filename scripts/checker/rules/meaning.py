"""What one language says and the other does not (N006) or says otherwise (N010, N014), by the words of data/check.yml,
in doubt nothing; sentences that one language lacks (P013)."""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, product, zip_longest
from typing import NamedTuple

from checker.document import Block, Mark
from checker.languages import plain
from checker.pair import Pair, report_differences
from checker.registry import pair_rule
from checker.rules.language import sentences
from content.findings import Finding
from content.known import Known, Words
from content.locales import LANGUAGE, LOCALES


class Side(NamedTuple):
    """A text of a language: a block, or a sentence that starts at an offset of it."""

    lang: str
    block: Block
    start: int
    small: str  # with plain spaces and in small letters: what words are sought in

    def find(self, row: Words) -> list[re.Match[str]]:
        """Where the words of a row stand in `small`."""
        return [*row.find(self.lang, self.small)]

    def mark(self, start: int, end: int) -> Mark:
        """What stands between two offsets, as it is written."""
        start, end = self.start + start, self.start + end
        return self.block.mark(plain(self.block.text[start:end]).rstrip(), start)


def _side(lang: str, block: Block, start: int, text: str) -> Side:
    return Side(lang, block, start, plain(text).lower())


SEAM = "\n.\n"  # between two texts: no expression goes across it
Sides = tuple[Side, Side]  # what stands side by side, in English and in French


@lru_cache(maxsize=1)  # these, and the sentences, are read by several rules, page by page
def blocks_beside(pair: Pair) -> list[Sides]:
    """The paragraphs, items and cells side by side."""
    return [(_side("en", en, 0, en.unmarked), _side("fr", fr, 0, fr.unmarked)) for en, fr in pair.block_pairs]


def _sentences_of(en: Side, fr: Side) -> list[Sides]:
    """The sentences of two blocks side by side, where both have as many, else the whole."""
    english, french = ([*sentences(side.block.unmarked)] for side in (en, fr))
    if len(english) != len(french) or len(english) == 1:
        return [(en, fr)]
    return [(_side("en", en.block, *a), _side("fr", fr.block, *b)) for a, b in zip(english, french, strict=True)]


@lru_cache(maxsize=1)
def _sentences_beside(pair: Pair) -> list[Sides]:
    """Those of all paragraphs, items and cells."""
    return [sides for blocks in blocks_beside(pair) for sides in _sentences_of(*blocks)]


def _having(texts: Sequence[Sides], own: int) -> Callable[[Words], Iterable[int]]:
    """A function that gives the numbers of the texts that have the words of a row in English (0) or French (1). All of
    a page are searched as one, which is several times faster."""
    small = [sides[own].small + SEAM for sides in texts]
    starts, joined = [*accumulate(map(len, small), initial=0)], "".join(small)
    return lambda row: {bisect(starts, match.start()) - 1 for match in row.find(LOCALES[own], joined)}


def _alone(known: Known, row: Words, sides: Sides, own: int, counted: bool) -> list[Mark]:
    """The last of the words of a row in a text, if the other language has none that is enough, or fewer of them
    (`counted`). Of "nearly 40 homes" beside « 40 logements »: nearly. "Less often" does not say often."""
    side, other = sides[own], sides[1 - own]
    said = side.find(row)
    answers = len(row.enough[other.lang].findall(other.small)) if said else 0
    if len(said) <= answers or (answers and not counted):
        return []
    said = [word for word in said if not re.search(rf"\b(?:{known.less})[ -]$", side.small[: word.start()])]
    return [side.mark(*said[-1].span())] if len(said) > answers else []


@pair_rule("N006")
def different_qualifications(pair: Pair) -> Iterator[Finding]:
    """What is undated, without VAT, nearly or usually so, only or excepted is so in both languages, and who says so."""
    texts, known = _sentences_beside(pair), pair.project.known
    having = [_having(texts, own) for own in (0, 1)]
    found = defaultdict[int, tuple[list[Mark], list[Mark]]](lambda: ([], []))
    for row, own in product(known.stated, (0, 1)):
        for number in having[own](row):
            found[number][own].extend(_alone(known, row, texts[number], own, counted=False))
    for number, alone in found.items():
        english, french = texts[number]
        yield from report_differences(pair, zip_longest(*alone), lines=(english.block.line, french.block.line))


@pair_rule("N010")
def exchanged_words(pair: Pair) -> Iterator[Finding]:
    """A word does not stand for another of its group, nor for its contrary: a grant for a loan, most for all, before
    for après."""
    known, texts = pair.project.known, _sentences_beside(pair)
    yield from report_differences(pair, [words for _, words in _exchanged(known, known.apart, texts)])
    yield from report_differences(pair, _contraries(known, texts))


def _exchanged(
    known: Known, groups: Iterable[Sequence[Words]], texts: Sequence[Sides]
) -> Iterator[tuple[int, tuple[Mark, Mark]]]:
    """The words of a group that English has alone beside those of the group that French has alone, each with the number
    of its text. French is searched only where English has any."""
    having = _having(texts, 0)
    for rows in groups:
        english = defaultdict[int, list[Mark]](list)
        for row in rows:
            for number in having(row):
                english[number] += _alone(known, row, texts[number], 0, counted=True)
        for number, alone in english.items():
            of_french = (_alone(known, row, texts[number], 1, counted=True) for row in rows if alone)
            yield from ((number, words) for words in zip(alone, chain.from_iterable(of_french), strict=False))


def _contraries(known: Known, texts: Sequence[Sides]) -> Iterator[tuple[Mark, Mark]]:
    """The words of English beside their contrary in French. Two in a text mend each other: "never below" and « toujours
    au moins »."""
    of_texts = defaultdict[int, list[tuple[Mark, Mark]]](list)
    for number, words in _exchanged(known, known.polar, texts):
        of_texts[number].append(words)
    for number, found in of_texts.items():
        for words in found if any(len({two[own].column for two in found}) == 1 for own in (0, 1)) else ():
            # A negation of one clause alone turns words round that have none: "may refuse", « peut ne pas accepter ».
            both = [(side, word.text.lower()) for side, word in zip(texts[number], words, strict=True)]
            english, french = (len(_negations(known, side.lang, _clause(side, word))) for side, word in both)
            if english == french or any(_negations(known, side.lang, word) for side, word in both):
                yield words


def _negations(known: Known, lang: str, small: str) -> list[re.Match[str]]:
    """The negations of a text in small letters."""
    return [*re.finditer(rf"\b(?:{known.negations[lang]})", small)]


def _clause(side: Side, word: str) -> str:
    """The first part of a text between two commas, colons … that has a word; the whole where none has it whole."""
    return next((clause for clause in re.split("[,;:()]", side.small) if word in clause), side.small)


@pair_rule("N014", after=("N010",))
def lost_negations(pair: Pair) -> Iterator[Finding]:
    """What one language denies the other does not affirm: "no sign", « un panneau ». A word that turns a sentence round
    stands for a negation: "refused", « seul »."""
    known = pair.project.known
    for blocks in blocks_beside(pair):
        is_even = len({len(_negations(known, side.lang, side.small)) for side in blocks}) == 1
        for sides in () if is_even else _sentences_of(*blocks):
            turned = any(re.search(rf"\b(?:{known.turned[side.lang]})", side.small) for side in sides)
            en, fr = ([side.mark(*no.span()) for no in _negations(known, side.lang, side.small)] for side in sides)
            if not turned and len(en) + len(fr) == 1:
                lines = (sides[0].block.line, sides[1].block.line)
                yield from report_differences(pair, zip_longest(en, fr), lines=lines)


# How many letters a language needs for one of the other, at the least. A text that lacks so many besides has lost a
# clause or, where it has fewer sentences and lacks so many or a tenth, a sentence.
SHORT = {"fr": 0.9, "en": 0.8}
CLAUSE, SENTENCE = 40, 20


@pair_rule("P013")
def lost_sentences(pair: Pair) -> Iterator[Finding]:
    """A paragraph, item or sentence is not much shorter than in the other language; less so with fewer sentences."""
    for sides in _sentences_beside(pair):
        for parsed, side, twin in zip((pair.en, pair.fr), sides, sides[::-1], strict=True):
            is_sentence = len(side.small) < len(side.block.text)  # both languages have as many then
            length = len(twin.small.strip())
            has_fewer = not is_sentence and _sentences(side) < _sentences(twin)
            most = min(SENTENCE, length / 10) if has_fewer else CLAUSE
            if side.block.kind in ("paragraph", "item") and length * SHORT[side.lang] - len(side.small.strip()) > most:
                lost = "sentence" if is_sentence else side.block.kind
                message = f"much shorter than in {LANGUAGE[twin.lang]} (line {twin.block.line}): add what it lacks"
                yield parsed.finding(side.block.place(side.start), f"this {lost} is {message}")


def _sentences(side: Side) -> int:
    return len([*sentences(side.block.unmarked)])
