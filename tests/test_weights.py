"""What pages weigh: the limit that the site sets itself, and the weights that it publishes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, Response
from selectolax.lexbor import LexborHTMLParser
from test_reading import STUDY

from content.model import LOCALES
from web import weights
from web.pages import address


def test_no_page_is_heavier_than_its_limit(site: Path) -> None:
    """Each page keeps to the requests and bytes that the page about ecodesign promises, in both languages."""
    for locale in LOCALES:
        for page in STUDY.pages[locale].values():
            weight = weights.weigh(site, site / address(page.path, locale) / "index.html")
            assert weight.requests <= weights.MOST_REQUESTS, page.file
            most = weights.MOST_BYTES.get(weights.group(page), weights.MOST_BYTES_ELSEWHERE)
            assert weight.total <= most, f"{page.file}: {weight.total} bytes"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_limit_is_said(locale: str) -> None:
    """The page about ecodesign says the limit that is tested."""
    text = (ROOT / "docs" / locale / weights.PAGE).read_text(encoding="utf-8").replace("\u00a0", " ")
    unit = "kB" if locale == "en" else "ko"
    assert f" {weights.MOST_REQUESTS} requ" in text
    for most in (weights.MOST_BYTES_ELSEWHERE, *weights.MOST_BYTES.values()):
        assert f" {most // 1000} {unit}" in text


def received(browser: Browser, url: str) -> dict[str, int]:
    """What Chromium asks for at the first view of a page: the bytes of each answer, compressed, by address."""
    page = browser.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(url, wait_until="networkidle")
    sizes = {answer.url.split("?")[0]: len(gzip.compress(answer.body(), 9)) for answer in answers}
    page.close()
    return sizes


def test_published_weights_are_what_a_browser_receives(browser: Browser, root: str, site: Path) -> None:
    """The table gives for each kind of page what Chromium asks for and receives, within a tenth."""
    tree = LexborHTMLParser((site / address(weights.PAGE, "en") / "index.html").read_text(encoding="utf-8"))
    published = [[cell.text() for cell in row.css("td")] for row in tree.css("table")[0].css("tbody tr")]
    heaviest = weights.heaviest(STUDY, site)
    seen: dict[str, tuple[int, float]] = {}
    for locale in LOCALES:
        for page in STUDY.pages[locale].values():
            weight = weights.weigh(site, site / address(page.path, locale) / "index.html")
            if weight == heaviest[weights.group(page)] and page.path != weights.PAGE:
                # The icon is asked for when the browser has the time: it is counted in any case.
                icon = {f"{root}assets/icon.svg": weights.compressed(site / "assets/icon.svg")}
                sizes = received(browser, root + address(page.path, locale)) | icon
                seen[weights.group(page)] = (len(sizes), sum(sizes.values()) / 1000)
    assert len(published) == len(seen)
    told = sorted((int(requests), float(first)) for requests, first, _ in published)
    for (requests, first), (asked, got) in zip(told, sorted(seen.values()), strict=True):
        assert requests == asked
        assert first == pytest.approx(got, rel=0.1)


def test_a_file_that_the_site_does_not_have_stops_no_build(tmp_path: Path) -> None:
    """A picture of another host, or one that is missing, is not weighed: the checker names it (X001, X016)."""
    page = tmp_path / "index.html"
    page.write_text('<img src="https://elsewhere.example/a.png"><img src="missing.png"><img src="here.svg">')
    (tmp_path / "here.svg").write_text("<svg/>")
    assert weights.weigh(tmp_path, page).requests == 2
