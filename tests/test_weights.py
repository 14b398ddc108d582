"""What pages weigh: the limit that the site sets itself, and the weights that it publishes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, Response
from selectolax.lexbor import LexborHTMLParser
from test_reading import STUDY

import study
import weights
from rendering import address


def test_no_page_is_heavier_than_its_limit(site: Path) -> None:
    """Each page keeps to the requests and bytes that the page about ecodesign promises, in both languages."""
    for locale in study.LOCALES:
        for page in STUDY.pages[locale].values():
            weight = weights.weigh(site, site / address(page.path, locale) / "index.html")
            assert weight.requests <= weights.MOST_REQUESTS, page.file
            most = weights.MOST_BYTES.get(weights.group(page), weights.MOST_BYTES_ELSEWHERE)
            assert weight.total <= most, f"{page.file}: {weight.total} bytes"


@pytest.mark.parametrize("locale", study.LOCALES)
def test_the_limit_is_said(locale: str) -> None:
    """The page about ecodesign says the limit that is tested."""
    text = (ROOT / "docs" / locale / weights.PAGE).read_text(encoding="utf-8").replace("\u00a0", " ")
    unit = "kB" if locale == "en" else "ko"
    assert f" {weights.MOST_REQUESTS} requ" in text
    for most in (weights.MOST_BYTES_ELSEWHERE, *weights.MOST_BYTES.values()):
        assert f" {most // 1000} {unit}" in text


def test_published_weights_are_what_a_browser_receives(browser: Browser, root: str, site: Path) -> None:
    """The table gives for each kind of page what Chromium asks for and receives, the icon added, within a tenth."""
    tree = LexborHTMLParser((site / address(weights.PAGE, "en") / "index.html").read_text(encoding="utf-8"))
    rows = tree.css("table")[0].css("tbody tr")
    heaviest = weights.heaviest(STUDY, site)
    assert len(rows) == len(heaviest)
    received: dict[str, tuple[int, float]] = {}
    for locale in study.LOCALES:
        for page in STUDY.pages[locale].values():
            weight = weights.weigh(site, site / address(page.path, locale) / "index.html")
            if weight != heaviest[weights.group(page)] or page.path == weights.PAGE:
                continue
            context = browser.new_context()
            tab = context.new_page()
            answers: list[Response] = []
            tab.on("response", answers.append)
            tab.goto(root + address(page.path, locale), wait_until="networkidle")
            size = float(sum(len(gzip.compress(answer.body(), 9)) for answer in answers))
            size += weights.compressed(site / "assets/icon.svg")
            received[weights.group(page)] = (len(answers) + 1, size / 1000)
            context.close()
    published = sorted((int(row.css("td")[0].text()), float(row.css("td")[1].text())) for row in rows)
    for (requests, size), (asked, got) in zip(published, sorted(received.values()), strict=True):
        assert requests == asked
        assert size == pytest.approx(got, rel=0.1)
