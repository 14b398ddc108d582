"""What a first view costs a reader: requests and bytes are counted, shifts are observed. Nothing here is timed.

The speeds that follow from it are in `benchmarks/`, against other tools.
"""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Open, Trees, read
from playwright.sync_api import Route
from selectolax.lexbor import LexborHTMLParser

from content.model import Page, Study
from tools.serving import serve
from web import weights
from web.pages import address, file_of

# The most that a first view may ask of a reader's connection; four pages hold all cases, terms, amounts, sources.
MOST_REQUESTS = 8
MOST_BYTES = {
    "cases/index.md": 50_000,
    "reference/glossary.md": 50_000,
    "reference/costs.md": 57_000,
    "reference/sources.md": 185_000,
}
MOST_BYTES_OF_A_CASE = 30_000
MOST_BYTES_ELSEWHERE = 45_000
AROUND = 6500  # bytes, gzip: head, header, menu with the pages of the navigation, words of the search, footer

WATCH = """
    window.shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries().map((shift) => shift.value)))
        .observe({ type: "layout-shift", buffered: true });
    window.painted = new Promise((done) => new PerformanceObserver(() => done()).observe({ type: "paint" }));
"""


def test_a_picture_that_is_not_there_has_no_weight(tmp_path: Path) -> None:
    """MkDocs says which picture a page lacks: the table of weights does not stop the build before."""
    page = tmp_path / "index.html"
    page.write_text('<img src="gone.svg">', encoding="utf-8")
    assert weights.weigh(tmp_path, page).requests == 1


def test_no_page_is_heavier_than_its_limit(site: Path, pages: list[Page]) -> None:
    """Each page keeps to the requests and bytes that the page about ecodesign promises, in both languages."""
    heavy = []
    for page in pages:
        weight = weights.weigh(site, file_of(site, page))
        most = MOST_BYTES.get(page.path, MOST_BYTES_OF_A_CASE if page.kind == "case" else MOST_BYTES_ELSEWHERE)
        if weight.requests > MOST_REQUESTS or weight.total > most:
            heavy.append(f"{page.file}: {weight}")
    assert heavy == []
    limits = {MOST_BYTES_ELSEWHERE, MOST_BYTES_OF_A_CASE, *MOST_BYTES.values()}
    for locale, unit in (("en", "kB"), ("fr", "ko")):
        text = read(ROOT / "docs" / locale / weights.PAGE).replace("\u00a0", " ")
        said = [f" {MOST_REQUESTS} requ", *(f" {most // 1000} {unit}" for most in limits)]
        assert [part for part in said if part not in text] == []


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


def test_a_first_view_costs_what_is_published(
    tab: Open, site: Path, assets: str, study: Study, pages: list[Page]
) -> None:
    """The heaviest page of each kind asks for as many files as the table says, and for its bytes within a tenth, with
    the service worker there: counted at the server. The worker itself is asked for when all is shown; the icon of the
    tab is counted besides, for a browser without tabs may not ask for it."""
    server, root = serve(site)
    asked: list[str] = []
    handler: Any = server.RequestHandlerClass
    answer = handler.do_GET

    def count(request: Any) -> None:
        asked.append(request.path.split("?")[0][1:])
        answer(request)

    handler.do_GET = count
    seen = {}
    heaviest = weights.heaviest(study, site)
    for this in (page for page in pages if page.path != weights.PAGE):
        path, kind = address(this.path, this.locale), weights.group(this)
        if kind in seen or weights.weigh(site, site / path / "index.html") != heaviest[kind]:
            continue
        asked.clear()
        page = tab(service_workers="allow")
        page.goto(root + path, wait_until="networkidle")
        page.wait_for_function("() => navigator.serviceWorker.controller")  # it has taken over
        page.wait_for_timeout(300)  # what it asks for comes right then
        page.context.close()
        icon = f"{assets}/icon.svg"
        names = [icon, *(name for name in asked if name not in ("sw.js", icon))]
        files = [site / name / "index.html" if name.endswith("/") or not name else site / name for name in names]
        seen[kind] = (len(files), sum(map(weights.compressed, files)) / 1000)
    server.shutdown()
    tree = LexborHTMLParser((site / address(weights.PAGE, "en") / "index.html").read_text(encoding="utf-8"))
    published = [[cell.text() for cell in row.css("td")] for row in tree.css("table")[0].css("tbody tr")]
    told = sorted((int(requests), float(first)) for requests, first, _ in published)
    assert [requests for requests, _ in told] == [requests for requests, _ in sorted(seen.values())]
    assert [first for _, first in told] == [pytest.approx(first, rel=0.1) for _, first in sorted(seen.values())]


def test_a_second_view_costs_its_page_only(tab: Open, root: str) -> None:
    """Style and script come from the browser's own store on the second page."""
    page = tab()
    page.goto(root, wait_until="networkidle")
    page.goto(f"{root}levers/", wait_until="networkidle")
    sent = "performance.getEntriesByType('resource').filter((entry) => entry.transferSize > 0).map(({ name }) => name)"
    assert page.evaluate(sent) == []


def test_nothing_moves_when_the_script_comes_late(tab: Open, root: str, study: Study, size: tuple[int, int]) -> None:
    """A page is painted without its script; when that comes, on a slow network, nothing changes place."""
    moved: dict[str, list[float]] = {}
    held: list[Route] = []
    of_each_template = {weights.group(page): address(page.path, "en") for page in study.pages["en"].values()}
    for path in of_each_template.values():
        page = tab(*size, service_workers="allow")
        page.add_init_script(WATCH)
        held.clear()
        page.route(re.compile(r"/site\.js"), lambda route: held.append(route))
        page.goto(root + path, wait_until="commit")
        page.evaluate("painted")
        # What is still arriving may be painted in parts.
        page.wait_for_function("() => document.readyState !== 'loading'")
        arriving = page.evaluate("new Promise((done) => setTimeout(() => done(shifts), 100))")
        for route in held:
            route.continue_()
        page.wait_for_load_state("networkidle")
        shifts = page.evaluate("shifts")
        page.context.close()
        if shifts != arriving or sum(arriving) >= 0.01:
            moved[path] = shifts
    assert moved == {}
