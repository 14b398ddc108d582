"""Quantities: what is read in each language, pairs that are right, pairs that are wrong."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from checker import figures
from checker.rules import typography

DATA = Path(__file__).parent / "data"


def pairs(name: str) -> list[list[str]]:
    value = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    assert isinstance(value, list)
    return value


def read(text: str, locale: str) -> list[tuple[str, str]]:
    return [(str(part.value), part.unit) for q in figures.parse(text, locale) for part in q.parts]


READ = [
    ("en", "1,234", [("1234", "")]),
    ("fr", "1\u202f234", [("1234", "")]),
    ("fr", "1,234", [("617/500", "")]),
    ("en", "12.5%", [("25/2", "%")]),
    ("fr", "12,5\u00a0%", [("25/2", "%")]),
    ("en", "€1.2 million", [("1200000", "€")]),
    ("fr", "1,2\u00a0M€", [("1200000", "€")]),
    ("fr", "3,5\u00a0Md€", [("3500000000", "€")]),
    ("en", "5 July 2019", [("7", "month name"), ("5", ""), ("2019", "")]),
    ("fr", "1er\u00a0août", [("8", "month name"), ("1", "")]),
    ("en", "2015–20", [("2015", ""), ("2020", "")]),
    ("fr", "de 5\u202f000 à 30\u202f000\u00a0euros", [("5000", "€"), ("30000", "€")]),
    ("fr", "de 1,2 à 1,5\u00a0million d’euros", [("1200000", "€"), ("1500000", "€")]),
    ("fr", "XIXe siècle", [("19", "")]),
    ("fr", "quatre-vingt-dix-neuf", [("99", "")]),
    ("en", "two and a half years", [("5/2", "year")]),
    ("en", "two thirds", [("2/3", "")]),
    ("fr", "une demi-douzaine", [("1", ""), ("6", "")]),
    ("en", "article L. 2113-12", [("L2113-12", "code")]),
    ("en", "no. 16NT04161", [("16NT04161", "code")]),
    ("en", "They may march on", []),
    ("fr", "les tiers-lieux", []),
    ("en", "two third places", [("2", "")]),
    ("en", "from 2.30 to 6 pm", [("14", "hour"), ("30", "minute"), ("18", "hour")]),
    ("fr", "de 14 h 30 à 18 h", [("14", "hour"), ("30", "minute"), ("18", "hour")]),
    ("en", "the ’90s", [("1990", "decade")]),
    ("fr", "les années quatre-vingt-dix", [("1990", "decade")]),
    ("en", "+33 1 40 26 20 20", [("0140262020", "code")]),
    ("fr", "−3,2\u00a0%", [("-16/5", "%")]),
    ("en", "tens of thousands of hours", [("10000", "order")]),
    ("fr", "35 centimes", [("7/20", "€")]),
    ("fr", "article 19 septies", [("19", ""), ("septies", "code")]),
]


@pytest.mark.parametrize(("locale", "text", "parts"), READ)
def test_what_a_text_says(locale: str, text: str, parts: list[tuple[str, str]]) -> None:
    assert read(text, locale) == parts


@pytest.mark.parametrize(("english", "french"), pairs("right_pairs.yml"))
def test_right_pairs_say_the_same(english: str, french: str) -> None:
    assert figures.compare(english, french) == ([], [])


@pytest.mark.parametrize(("english", "french"), pairs("wrong_pairs.yml"))
def test_wrong_pairs_differ(english: str, french: str) -> None:
    here, there = figures.compare(english, french)
    assert here or there


def test_there_are_many_right_pairs() -> None:
    assert len({tuple(pair) for pair in pairs("right_pairs.yml")}) >= 150


@pytest.mark.parametrize(("english", "french"), pairs("right_sentences.yml"))
def test_right_sentences_have_nothing_to_correct(english: str, french: str) -> None:
    """Whole sentences as the study writes them: same quantities, right typography in both languages."""
    assert figures.compare(english, french) == ([], [])
    for text, locale in ((english, "en"), (french, "fr")):
        for rule in typography.RULES.values():
            assert list(rule(text, locale)) == []


def test_each_side_is_named() -> None:
    """A difference gives the quantity of each side as it is written."""
    here, there = figures.compare("12.5% of 40 contracts", "12,4\u00a0% de 40 marchés")
    assert [q.text for q in here] == ["12.5%"]
    assert [q.text for q in there] == ["12,4\u00a0%"]


def test_a_small_number_in_words_may_be_repeated() -> None:
    """But both languages say it, and the same one."""
    assert figures.compare("three firms; the three merged", "trois entreprises, qui ont fusionné") == ([], [])
    assert figures.compare("its three aims", "ses buts") != ([], [])
    assert figures.compare("its three aims", "ses quatre buts") != ([], [])


def test_roman_numbers() -> None:
    assert [figures.roman(text) for text in ("IV", "IX", "XIX", "XL", "XCIX")] == [4, 9, 19, 40, 99]


def test_values_are_exact() -> None:
    assert figures.parse("0.1%", "en")[0].parts[0].value == Fraction(1, 10)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_reader_is_tried_where_it_can_start(locale: str) -> None:
    """No expression of a language matches at a place that its starts leave out, in the corpus and in the pages."""
    grammar = figures.grammar(locale)
    texts = [text for name in ("right_pairs.yml", "wrong_pairs.yml") for pair in pairs(name) for text in pair[:2]]
    texts += [page.read_text(encoding="utf-8") for page in (DATA.parent.parent / "docs" / locale).rglob("*.md")]
    for text in texts:
        places = grammar.places(text)
        for number, (pattern, _) in enumerate(grammar.readers):
            for match in pattern.finditer(text):
                assert match.start() in places.get(number, ()), (match[0], pattern.pattern[:80])
