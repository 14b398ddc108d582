"""What a first view costs a reader: requests and bytes are counted, shifts are observed. Nothing here is timed.

The speeds that follow from it are in `benchmarks/`, against other tools.
"""

import functools
import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Open, Trees, read
from playwright.sync_api import Route
from selectolax.lexbor import LexborHTMLParser

from content.model import Page
from tools.serving import serve
from web.pages import address, file_of

# The most that a first view may ask of a connection, as the page about ecodesign says it: of a kind of page, or of a
# page; four hold all cases, terms, amounts, sources. The others: ELSEWHERE.
MOST_REQUESTS = 8
MOST_BYTES = {
    "case": 30_000,
    "index.md": 45_000,
    "cases/index.md": 50_000,
    "reference/glossary.md": 50_000,
    "reference/costs.md": 57_000,
    "reference/sources.md": 185_000,
}
ELSEWHERE = 45_000
AROUND = 6500  # bytes, gzip: head, header, menu with the pages of the navigation, words of the search, footer


@functools.cache  # the few files that all pages ask for
def compressed(file: Path) -> int:
    """The bytes of a file compressed with gzip, as a host sends it."""
    return len(gzip.compress(file.read_bytes(), 9))


@pytest.fixture(scope="module")
def heaviest(site: Path, pages: list[Page]) -> dict[str, Page]:
    """Of each kind of page the one with the largest HTML, in either language; so of each page with its own limit."""
    by_size = sorted(pages, key=lambda page: compressed(file_of(site, page)))
    return {page.path if page.path in MOST_BYTES else page.kind: page for page in by_size}


def test_a_first_view_keeps_to_its_limits(
    tab: Open, site: Path, assets: str, heaviest: dict[str, Page], size: tuple[int, int]
) -> None:
    """It asks for the files and bytes that the page about ecodesign promises, and no more, with the service worker
    there. The worker itself is asked for when all is shown, and a browser without tabs may not ask for their icon."""
    server, root = serve(site)
    asked, heavy = set[str](), []
    handler: Any = server.RequestHandlerClass
    answer = handler.do_GET

    def count(request: Any) -> None:
        asked.add(request.path.split("?")[0][1:])
        answer(request)

    handler.do_GET = count
    for kind, this in heaviest.items():
        asked.clear()
        page = tab(*size, service_workers="allow")
        page.goto(root + address(this.path, this.locale), wait_until="networkidle")
        page.wait_for_function("() => navigator.serviceWorker.controller")  # it has taken over
        page.context.close()
        files = {file_of(site, this), site / assets / "icon.svg"}
        files |= {site / name for name in asked if name[-1:] not in ("", "/") and name != "sw.js"}
        weight, most = sum(map(compressed, files)), MOST_BYTES.get(kind, ELSEWHERE)
        if len(files) > MOST_REQUESTS or weight > most:
            heavy.append(f"{this.file}: {weight} bytes in {len(files)} requests, at most {most} in {MOST_REQUESTS}")
    server.shutdown()
    assert heavy == []


def test_what_surrounds_a_page_does_not_grow_with_the_site(trees: Trees) -> None:
    """Around the article there are a few kilobytes: the pages of the navigation, never the cases."""
    heavy = []
    for page, tree in ((page, LexborHTMLParser(tree.html or "")) for page, tree in trees):
        for article in tree.css("article"):
            article.decompose()
        if (size := len(gzip.compress((tree.html or "").encode(), 9))) > AROUND:
            heavy.append(f"{page.file}: {size} bytes")
    assert heavy == []


def test_neither_script_nor_font_holds_a_page_up(site: Path, assets: str, trees: Trees) -> None:
    """Scripts are modules or data, but for a few bytes: the reader's colours. Nothing waits for the font."""
    types = {script.attributes.get("type") for _, tree in trees for script in tree.css("script")}
    assert types <= {"module", "application/ld+json", None}
    plain = {script.attributes["src"] or "" for _, tree in trees for script in tree.css("script:not([type])")}
    assert {re.sub(r"(\.+/)*|\?.*", "", src) for src in plain} == {f"{assets}/colours.js"}
    assert (site / assets / "colours.js").stat().st_size < 200
    fonts = [file for file in site.rglob("*") if file.suffix in (".woff", ".woff2", ".ttf", ".otf")]
    assert len(fonts) == 1
    assert fonts[0].stat().st_size < 25_000
    style = read(site / assets / "style.css")
    assert style.count(".woff2") == style.count("font-display:optional") == 1


def test_nothing_moves_when_the_script_comes_late(
    tab: Open, root: str, heaviest: dict[str, Page], size: tuple[int, int]
) -> None:
    """A page is painted without its script; when that comes, on a slow network, nothing changes place."""
    moved: dict[str, list[float]] = {}
    held: list[Route] = []
    for path in (address(page.path, page.locale) for page in heaviest.values()):
        page = tab(*size, service_workers="allow")
        held.clear()
        page.route(re.compile(r"/site\.js"), lambda route: held.append(route))
        page.goto(root + path, wait_until="commit")
        page.evaluate("tests.painted")
        # What is still arriving may be painted in parts.
        page.wait_for_function("() => document.readyState !== 'loading'")
        arriving = page.evaluate("new Promise((done) => setTimeout(() => done(tests.shifts), 100))")
        for route in held:
            route.continue_()
        page.wait_for_load_state("networkidle")
        shifts = page.evaluate("tests.shifts")
        page.context.close()
        if shifts != arriving or sum(arriving) >= 0.01:
            moved[path] = shifts
    assert moved == {}
