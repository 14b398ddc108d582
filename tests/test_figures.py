"""Figures: what is read in each language, pairs that say the same, pairs that do not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from checker import figures

PAIRS: dict[str, list[tuple[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "figures.yml").read_text(encoding="utf-8")
)

READ = [
    ("en", "1,234", [(1234, "")]),
    ("fr", "1\u202f234", [(1234, "")]),
    ("fr", "1,234", [(Fraction("1.234"), "")]),
    ("fr", "12,5\u00a0%", [(Fraction("12.5"), "%")]),
    ("en", "€1.2 million", [(1_200_000, "€")]),
    ("fr", "3,5\u00a0Md€", [(3_500_000_000, "€")]),
    ("en", "5 July 2019", [(7, "month name"), (5, ""), (2019, "")]),
    ("fr", "1er\u00a0août", [(8, "month name"), (1, "")]),
    ("en", "2015–20", [(2015, ""), (2020, "")]),
    ("fr", "XIXe siècle", [(19, "")]),
    ("fr", "quatre-vingt-dix-neuf", [(99, "")]),
    ("en", "two hundred and fifty thousand", [(250_000, "")]),
    ("en", "two and a half years", [(Fraction(5, 2), "month")]),
    ("fr", "un million et demi d’euros", [(1_500_000, "€")]),
    ("en", "a quarter of a million euros", [(250_000, "€")]),
    ("en", "two thirds", [(Fraction(2, 3), "%")]),
    ("en", "article L. 2113-12", [("L2113-12", "")]),
    ("en", "They may march on", [(5, "month name"), (3, "month name")]),
    ("fr", "les tiers-lieux", [(3, "")]),
    ("en", "a third party", []),
    ("fr", "sept cents euros en sept. 2019", [(700, "€"), (9, "month name"), (2019, "")]),
]


@pytest.mark.parametrize(("locale", "text", "said"), READ)
def test_what_a_text_says(locale: str, text: str, said: list[tuple[figures.Number | str, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in figures.read(text, locale)] == said


def test_pairs_that_say_the_same() -> None:
    wrong = [(pair, found) for pair in PAIRS["same"] if (found := figures.compare(*pair)) != ([], [])]
    assert wrong == []


def test_pairs_that_say_something_else() -> None:
    assert [pair for pair in PAIRS["different"] if figures.compare(*pair) == ([], [])] == []


def test_each_side_is_named() -> None:
    """A difference gives the figure of each side as it is written."""
    here, there = figures.compare("12.5% of 40 contracts", "12,4\u00a0% de 40 marchés")
    assert [figure.text for figure in here] == ["12.5%"]
    assert [figure.text for figure in there] == ["12,4\u00a0%"]
