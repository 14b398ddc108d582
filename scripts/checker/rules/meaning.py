"""What one language says and the other does not (N006, N008), or says the contrary of (N009, T005), by the words of
data/check.yml, in doubt nothing; sentences that one language lacks (P013)."""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, product, zip_longest
from typing import NamedTuple

from checker.document import Block, Mark
from checker.languages import plain
from checker.pair import Pair, report_differences
from checker.registry import pair_rule
from checker.rules.language import sentences
from content.findings import Finding
from content.known import Words
from content.locales import LANGUAGE, LOCALES

TURN = r"(?:\b(?:no|ne|never|always|pas)|not|n’t)\b|\bn’"  # a negation in words that say a contrary: may not


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
Contradiction = tuple[re.Match[str], re.Match[str]]  # a word of English, and its contrary in French beside it


@lru_cache(maxsize=1)  # these, and the sentences, are read by several rules, page by page
def blocks_beside(pair: Pair) -> list[Sides]:
    """The paragraphs, items and cells side by side."""
    return [(_side("en", en, 0, en.unmarked), _side("fr", fr, 0, fr.unmarked)) for en, fr in pair.block_pairs]


@lru_cache(maxsize=1)
def _sentences_beside(pair: Pair) -> list[Sides]:
    """The sentences of these side by side, where both languages have as many, else the whole."""
    found: list[Sides] = []
    for en, fr in blocks_beside(pair):
        english, french = ([*sentences(side.block.unmarked)] for side in (en, fr))
        if len(english) == len(french) > 1:
            both = zip(english, french, strict=True)
            found += [(_side("en", en.block, *a), _side("fr", fr.block, *b)) for a, b in both]
        else:
            found.append((en, fr))
    return found


def _finder(texts: Sequence[Sides]) -> Callable[[Words, int], set[int]]:
    """A function that gives the numbers of the texts that have the words of a row in English (0) or French (1). All of
    a page are searched as one, which is several times faster."""
    small = [[sides[own].small + SEAM for sides in texts] for own in (0, 1)]
    starts = [[*accumulate(map(len, own), initial=0)] for own in small]
    joined = [*zip(LOCALES, map("".join, small), strict=True)]
    return lambda row, own: {bisect(starts[own], match.start()) - 1 for match in row.find(*joined[own])}


def _lost(
    pair: Pair, texts: Sequence[Sides], *groups: Iterable[Words], every: bool = False, exchanged: bool = False
) -> Iterator[Finding]:
    """The words of each language for which the other has none that is enough, or fewer of them (`every`); of words
    that are `exchanged`, those that stand for others of their group in the other language.

    "Nearly 40 homes" beside « 40 logements »: nearly. Exchanged, "a loan" beside « une subvention »: both.
    """
    having = _finder(texts)
    for rows in groups:
        lost = defaultdict[int, tuple[list[Mark], list[Mark]]](lambda: ([], []))
        for row, own in product(rows, (0, 1)):
            for number in having(row, own):
                side, other = texts[number][own], texts[number][1 - own]
                said, answers = side.find(row), len(row.enough[other.lang].findall(other.small))
                if len(said) > answers and (every or answers == 0):
                    lost[number][own].append(side.mark(*said[-1].span()))
        for number in sorted(lost):
            told = zip(*lost[number], strict=False) if exchanged else zip_longest(*lost[number])
            english, french = texts[number]
            yield from report_differences(pair, told, lines=(english.block.line, french.block.line))


def _contrary(pair: Pair, texts: Sequence[Sides], rows: Iterable[Words]) -> Iterator[tuple[Mark, Mark]]:
    """The words of English beside their contrary in French, where nothing mends it: "rose" beside « a baissé »."""
    less = re.compile(rf"\b(?:{pair.project.known.less})[ -]$")
    turn = re.compile(rf"{TURN}|\b(?:{pair.project.known.without})\b")
    of_texts = defaultdict[int, list[Contradiction]](list)
    having = _finder(texts)
    for row in rows:
        for number in (numbers := having(row, 0)) and numbers & having(row, 1):
            of_texts[number] += [one for one in [_contradiction(texts[number], row, less)] if one]
    for number, found in sorted(of_texts.items()):
        two = (zip(one, other, strict=True) for one, other in combinations(found, 2))
        if not all(any(a.start() < b.end() and b.start() < a.end() for a, b in both) for both in two):
            continue  # two in one sentence mend each other: "never below", « toujours au moins »
        english, french = texts[number]
        # A negation of one language alone turns its words round: "may refuse", « peut ne pas accepter ».
        is_turned_alone = bool(found) and negations(pair, english) != negations(pair, french)
        for word, word_fr in found:
            if not is_turned_alone or turn.search(word[0]) or turn.search(word_fr[0]):
                yield english.mark(*word.span()), french.mark(*word_fr.span())


def negations(pair: Pair, side: Side) -> int:
    """How many negations a text has."""
    without = re.findall(rf"\b(?:{pair.project.known.without})\b", side.small)
    return sum(len(side.find(row)) for row in pair.project.known.negated) + len(without)


def _contradiction(sides: Sides, row: Words, less: re.Pattern[str]) -> Contradiction | None:
    """The first word of a row in English and the last one in French, where no other words answer for either: « doit »
    answers for "must" beside « peut », and "may" for this « peut ».

    Of "must, may" beside « peut, peut » one is left. "Less often" and « moins souvent » say the contrary of their
    words, both of them.
    """
    english, french = sides
    if not ((words := english.find(row)) and (words_fr := french.find(row))):
        return None
    mending, mending_fr = (len(row.mends[side.lang].findall(side.small)) for side in sides)
    is_answered = len(words) <= mending_fr or len(words_fr) <= mending
    is_less, is_less_fr = (any(less.search(m.string[: m.start()]) for m in side) for side in (words, words_fr))
    return None if is_answered or is_less != is_less_fr else (words[0], words_fr[-1])


@pair_rule("N006")
def different_qualifications(pair: Pair) -> Iterator[Finding]:
    """What is undated, without VAT, on Mondays, is nearly or usually so, must be or is planned, is so in both."""
    yield from _lost(pair, _sentences_beside(pair), pair.project.known.stated)
    yield from _lost(pair, blocks_beside(pair), pair.project.known.days)


@pair_rule("N008")
def lost_negations(pair: Pair) -> Iterator[Finding]:
    """A sentence with a negation (not, never, ne … pas) has a word for it in the other language; with two, two."""
    known = pair.project.known
    texts = [_without(known.restricted, sides) for sides in _sentences_beside(pair)]
    yield from _lost(pair, texts, known.negated, every=True)


def _without(rows: tuple[Words, ...], sides: Sides) -> Sides:
    """Two texts with blanks for the words that both have: "only" and « ne … que », which is no negation then."""
    en, fr = sides
    for row in rows:
        for a, b in zip(en.find(row), fr.find(row), strict=False):
            en, fr = (
                side._replace(small=side.small[: m.start()].ljust(m.end()) + side.small[m.end() :])
                for side, m in ((en, a), (fr, b))
            )
    return en, fr


@pair_rule("N009")
def contrary_words(pair: Pair) -> Iterator[Finding]:
    """No word of a sentence stands for its contrary in the other language: before for après, rose for baissé."""
    known = pair.project.known
    yield from report_differences(pair, _contrary(pair, _sentences_beside(pair), known.contrary))


@pair_rule("N010")
def exchanged_terms(pair: Pair) -> Iterator[Finding]:
    """A term does not stand for another one, nor who does it, nor what is said of it: a grant for a loan, most, all."""
    known, texts = pair.project.known, _sentences_beside(pair)
    yield from _lost(pair, texts, known.exchanged, known.actors, exchanged=True)
    yield from _lost(pair, texts, *known.senses.values(), every=True, exchanged=True)


@pair_rule("T005")
def false_friends(pair: Pair) -> Iterator[Finding]:
    """A word is not translated by one that looks like it and says something else."""
    for a, b in _contrary(pair, _sentences_beside(pair), pair.project.known.false_friends):
        yield pair.fr.finding(b, f"'{b.text}' is a false friend of '{a.text}' (line {a.line}): translate it otherwise")


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
