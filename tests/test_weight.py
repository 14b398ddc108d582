"""What a first view costs a reader. Nothing here is timed: bytes and requests are counted, shifts are observed.

The speeds that follow from it are in `benchmarks/`, against other tools.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, BrowserContext, Route
from selectolax.lexbor import LexborHTMLParser

from content.load import load_study
from content.model import LOCALES, Page
from tools.serving import serve
from web.pages import address, with_territories

STUDY = with_territories(load_study(ROOT))
PAGES = [page for locale in LOCALES for page in STUDY.pages[locale].values()]

# kB, gzip: the heaviest page of each kind in November 2026, plus a tenth. A page above it is too long or has
# something that does not belong on it; where it should be so long, raise the number and say why.
BUDGETS = {"case": 17, "territory": 16, "theme": 26, "framework": 29, "lever": 34, "page": 32}
BIBLIOGRAPHY = 150  # every source of the site; sooner reached than the limit that is published (weights.MOST_BYTES)
AROUND = 4.0  # kB: head, header, menu, words of the search, neighbours, footer: the same whatever the number of pages

# One of each kind, and the pages with a part of their own.
SAMPLE = [
    "",
    "study/key-findings/",
    "levers/",
    "levers/land-and-places/",
    "frameworks/legal/public-procurement/",
    "themes/food/",
    "cases/",
    "cases/roubaix-zero-waste/",
    "territories/bordeaux-metropole/",
    "reference/glossary/",
    "reference/sources/",
]
VIEWS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}

WATCH = """
    window.shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries().map((shift) => shift.value)))
        .observe({ type: "layout-shift", buffered: true });
    window.painted = new Promise((done) => new PerformanceObserver(() => done()).observe({ type: "paint" }));
"""


def weight(text: str) -> float:
    return len(gzip.compress(text.encode(), 9)) / 1000


def source(site: Path, page: Page) -> str:
    return (site / address(page.path, page.locale) / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_a_page_costs_its_text_its_style_and_little_script(site: Path, page: Page) -> None:
    """HTML, style and script of a first view stay within the budget of the kind of page.

    Style and script are a quarter of a lever and half of a case: they are paid once, the HTML each time.
    """
    shared = sum(weight((site / "assets" / name).read_text(encoding="utf-8")) for name in ("style.css", "site.js"))
    finder = weight((site / "assets/finder.js").read_text(encoding="utf-8")) if page.path == "cases/index.md" else 0
    budget = BIBLIOGRAPHY if page.path == "reference/sources.md" else BUDGETS[page.kind]
    assert weight(source(site, page)) + shared + finder < budget


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_what_surrounds_a_page_does_not_grow_with_the_site(site: Path, page: Page) -> None:
    """Around the article there are a few kilobytes: no page carries the list of all the others."""
    tree = LexborHTMLParser(source(site, page))
    article = tree.css_first("article")
    assert article is not None
    article.decompose()
    assert weight(tree.html or "") < AROUND


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_no_script_holds_a_page_up(site: Path, page: Page) -> None:
    """Scripts are modules, which wait for the page, or data; none stands in the page; nothing is a font."""
    html = source(site, page)
    for script in LexborHTMLParser(html).css("script"):
        assert script.attributes.get("type") in ("module", "application/ld+json"), script.html
    assert not re.search(r"\.(woff2?|ttf|otf)\b", html)


def test_no_font_is_shipped(site: Path) -> None:
    """The letters are the reader's own: no font file, none asked for by the style."""
    assert not [file for file in site.rglob("*") if file.suffix in (".woff", ".woff2", ".ttf", ".otf")]
    assert "@font-face" not in (site / "assets/style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SAMPLE)
def test_a_first_view_asks_for_four_files(context: BrowserContext, site: Path, path: str) -> None:
    """The page, its style, its script and the site's mark; the finder where there is one. Nothing else before use.

    Counted where they arrive, at the server: the service worker, once there, takes what the page has loaded from the
    browser's own store. It is a file of its own, asked for when all is shown.
    """
    server, root = serve(site)
    asked: list[str] = []
    handler: Any = server.RequestHandlerClass
    answer = handler.do_GET

    def count(request: Any) -> None:
        asked.append(request.path.split("?")[0][1:])
        answer(request)

    handler.do_GET = count
    page = context.new_page()
    page.goto(root + path, wait_until="networkidle")
    page.wait_for_function("navigator.serviceWorker.controller")  # it has taken over
    page.wait_for_timeout(300)  # what it asks for comes right then
    server.shutdown()
    allowed = {path, "assets/style.css", "assets/site.js", "assets/icon.svg", "sw.js"}
    assert set(asked) - allowed == ({"assets/finder.js"} if path == "cases/" else set())
    assert len(asked) == len(set(asked)), f"asked for twice: {asked}"


def test_a_second_view_costs_its_page_only(context: BrowserContext, root: str) -> None:
    """Style and script come from the browser's own store on the second page."""
    page = context.new_page()
    page.goto(root, wait_until="networkidle")
    page.goto(f"{root}levers/", wait_until="networkidle")
    sent = page.evaluate(
        "performance.getEntriesByType('resource').filter((entry) => entry.transferSize > 0).map((entry) => entry.name)"
    )
    assert sent == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", SAMPLE)
def test_nothing_moves_when_the_script_comes_late(browser: Browser, root: str, path: str, view: str) -> None:
    """A page is painted without its script; when that comes, on a slow network, nothing changes place."""
    context = browser.new_context(viewport=VIEWS[view])  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(WATCH)
    held: list[Route] = []
    page.route(re.compile(r"/site\.js"), lambda route: held.append(route))
    page.goto(root + path, wait_until="commit")
    page.evaluate("painted")
    page.wait_for_function("document.readyState !== 'loading'")  # what is still arriving may be painted in two steps
    arriving = page.evaluate("new Promise((done) => setTimeout(() => done(shifts), 100))")
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate("shifts")
    context.close()
    assert shifts == arriving
    assert sum(arriving) < 0.01
