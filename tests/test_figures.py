"""Figures: pairs of texts that say the same, pairs that do not."""

from __future__ import annotations

from pathlib import Path

import yaml

from checker import figures

PAIRS: dict[str, list[tuple[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "figures.yml").read_text(encoding="utf-8")
)


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
