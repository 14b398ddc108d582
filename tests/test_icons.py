"""Icons: drawn in the page, in the colour of its text, silent."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from web.icons import icon


def test_an_icon_is_drawn_in_the_page_and_says_nothing() -> None:
    drawn = LexborHTMLParser(icon("magnify", "mark")).css("svg.mark[aria-hidden='true'][fill=currentColor] > path")
    assert len(drawn) == 1
    assert "://" not in icon("magnify")


def test_a_name_that_is_no_icon_stops_the_build() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
