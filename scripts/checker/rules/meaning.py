"""What one language says and the other does not, by the words of data/check.yml: of a paragraph (N006, N010: undated,
with VAT, days) or in a sentence (N008: not); words that stand for their contrary (N009) or only look alike (T005).

The words that are sought in one language are few, those that are enough in the other many: in doubt a rule is silent.
Sentences are compared one by one where both languages have as many, else the whole paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from checker import figures
from checker.differing import Mark, tell
from checker.document import Block
from checker.model import Pair
from checker.registry import pair_rule
from checker.rules.words import in_wrong_language, sentences
from content.findings import Hit
from content.known import Known, Wording
from content.model import LANGUAGE, OTHER


class Text(NamedTuple):
    """A text of one language: a block, or a sentence that starts at an offset of it."""

    block: Block
    start: int
    text: str  # with plain spaces

    def mark(self, match: re.Match[str]) -> Mark:
        return Mark(match[0], *self.block.place(self.start + match.start()))


Row = dict[str, Text]  # what stands side by side, by language


@lru_cache(maxsize=1)  # these, and the sentences, are read by several rules, page by page
def rows(pair: Pair) -> list[Row]:
    """The paragraphs, items and cells side by side."""
    sides = ((("en", en), ("fr", fr)) for en, fr in pair.rows)
    return [{lang: Text(block, 0, figures.plain(block.unmarked)) for lang, block in side} for side in sides]


@lru_cache(maxsize=1)
def _sentences(pair: Pair) -> list[Row]:
    found: list[Row] = []
    for row in rows(pair):
        sides = [[Text(said.block, start, text) for start, text in sentences(said.text)] for said in row.values()]
        same = len(sides[0]) == len(sides[1])
        found += [dict(zip(row, texts, strict=True)) for texts in zip(*sides, strict=True)] if same else [row]
    return found


def known(pair: Pair) -> Known:
    return pair.project.known or Known()


@lru_cache
def _any(wordings: tuple[Wording, ...], lang: str) -> re.Pattern[str]:
    return re.compile("|".join(wording.sought[lang].pattern for wording in wordings) or "(?!)", re.IGNORECASE)


def having(texts: Iterable[Row], wordings: tuple[Wording, ...], both: bool = False) -> Iterator[Row]:
    """The rows that have words which are sought, in both languages if it is said: few do."""
    which = all if both else any
    return (row for row in texts if which(_any(wordings, lang).search(said.text) for lang, said in row.items()))


def _lost(pair: Pair, texts: Iterable[Row], wordings: tuple[Wording, ...], every: bool = False) -> Iterator[Hit]:
    """The words of each language for which the other has none that is enough, or fewer of them (`every`)."""
    for row in having(texts, wordings):
        lost: dict[str, list[Mark]] = {"en": [], "fr": []}
        for wording in wordings:
            for lang, other in OTHER.items():
                matches = [*wording.sought[lang].finditer(row[lang].text)]
                answers = len(wording.enough[other].findall(row[other].text)) if matches else 0
                if matches[answers if every else bool(answers) * len(matches) :]:
                    lost[lang].append(row[lang].mark(matches[-1]))
        yield from tell(pair, zip_longest(lost["en"], lost["fr"]), (row["en"].block.line, row["fr"].block.line))


# Before a word, what turns it round: less difficult, pas cher.
LESS = re.compile(r"\b(?:moins|less|least|pas|peu|non|not|guère|hardly|no)[ -]$", re.IGNORECASE)


def _contrary(
    texts: Iterable[Row], wordings: tuple[Wording, ...], negated: tuple[Wording, ...] = ()
) -> Iterator[tuple[Mark, Mark]]:
    """The words of English that stand beside their contrary in French, where neither has a word that mends it.

    A negation (`negated`) that one language has alone mends it too: need not accept, pouvez refuser.
    """
    for row in having(texts, wordings, both=True):
        en, fr = row["en"], row["fr"]
        said_not = {lang: _any(negated, lang).findall(said.text) for lang, said in row.items()}
        one_says_not = len(said_not["en"]) != len(said_not["fr"])
        for wording in wordings:
            here = wording.sought["en"].search(en.text)
            there = here and wording.sought["fr"].search(fr.text)
            if not (here and there) or any(wording.enough[lang].search(said.text) for lang, said in row.items()):
                continue
            mended = one_says_not and here[0].casefold() not in ("never", "always")
            if not mended and not LESS.search(en.text[: here.start()]) and not LESS.search(fr.text[: there.start()]):
                yield en.mark(here), fr.mark(there)


@pair_rule("N006")
def different_words_about_figures(pair: Pair) -> Iterator[Hit]:
    """What is undated, our calculation, with or without VAT, or rises or falls, does so in both languages."""
    yield from _lost(pair, rows(pair), known(pair).qualified)
    yield from tell(pair, _contrary(rows(pair), known(pair).trends))


@pair_rule("N008")
def lost_negations(pair: Pair) -> Iterator[Hit]:
    """A sentence with a negation (not, never, ne … pas) has a word for it in the other language; with two, two."""
    yield from _lost(pair, _sentences(pair), known(pair).negated, every=True)


@pair_rule("N009")
def contrary_words(pair: Pair) -> Iterator[Hit]:
    """No word of a sentence stands for its contrary in the other language: before for après, may for doivent."""
    yield from tell(pair, _contrary(_sentences(pair), known(pair).contrary))
    yield from tell(pair, _contrary(_sentences(pair), known(pair).opposites, known(pair).negated))


@pair_rule("N010")
def days_and_seasons(pair: Pair) -> Iterator[Hit]:
    """A paragraph, item or cell names the same days and seasons in both languages."""
    yield from _lost(pair, rows(pair), known(pair).calendar)


@pair_rule("T005")
def false_friends(pair: Pair) -> Iterator[Hit]:
    """A word is not translated by one that looks like it and says something else."""
    for here, there in _contrary(_sentences(pair), known(pair).false_friends):
        message = f"'{there.text}' looks like '{here.text}' (line {here.line}) and says something else"
        yield pair.fr.hit(there, f"{message}: translate it otherwise")


# A text with fewer sentences than the other language has lost one if it is shorter than this, measured in its letters.
SHORT = {"fr": 0.8, "en": 0.68}


@pair_rule("P013")
def lost_sentences(pair: Pair) -> Iterator[Hit]:
    """A paragraph or item with fewer sentences than in the other language is not much shorter besides."""
    for blocks in pair.rows:
        texts = dict(zip(OTHER, (figures.plain(block.text) for block in blocks), strict=True))
        said = {lang: [some for _, some in sentences(text) if some.strip()] for lang, text in texts.items()}
        if any(in_wrong_language(some, lang) for lang in said for some in said[lang]):
            continue  # T001 tells it
        for block, (lang, other), sheet in zip(blocks, OTHER.items(), (pair.en, pair.fr), strict=True):
            short = len(said[lang]) < len(said[other]) and len(texts[lang]) < len(texts[other]) * SHORT[lang]
            if short and block.kind in ("paragraph", "item") and len(texts[other]) > 60:
                where = f"{LANGUAGE[other]} (line {blocks[lang == 'en'].line})"
                yield sheet.hit(block, f"this {block.kind} is much shorter than in {where}: add what it lacks")
