"""What a first view costs a reader: requests and bytes are counted, shifts are observed. Nothing here is timed.

The speeds that follow from it are in `benchmarks/`, against other tools.
"""

import functools
import gzip
import re
from pathlib import Path
from typing import Any

from conftest import ROOT, Open, Trees, read
from playwright.sync_api import Route
from selectolax.lexbor import LexborHTMLParser

from content.model import Page, Study
from tools.serving import serve
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


# Files that a page loads at once: what its HTML names, and what its script loads for an element of it.
NAMED = "link:is([rel~=stylesheet], [rel~=preload], [rel~=icon], [rel~=modulepreload]), script[src], img[src]"
BY_SCRIPT = {"[data-finder]": "finder.js", "[data-sortable]": "sort.js"}


def asked_for(site: Path, page: Page) -> set[Path]:
    """The files of a page's first view, its HTML among them."""
    file = file_of(site, page)
    tree = LexborHTMLParser(file.read_bytes())
    names = {node.attributes.get("href") or node.attributes.get("src") or "" for node in tree.css(NAMED)}
    scripts = [name for selector, name in BY_SCRIPT.items() if tree.css_first(selector)]
    by_script = {script.resolve() for name in scripts for script in (site / "assets").glob(f"*/{name}")}
    return {file, *((file.parent / name).resolve() for name in names), *by_script}


@functools.cache  # the few files that all pages ask for
def compressed(file: Path) -> int:
    """The bytes of a file compressed with gzip, as a host sends it."""
    return len(gzip.compress(file.read_bytes(), 9))


def one_of_each_kind(study: Study) -> list[Page]:
    """A page of each template, in English."""
    return list({page.path == "index.md" or page.kind: page for page in study.pages["en"].values()}.values())


def test_no_page_is_heavier_than_its_limit(site: Path, pages: list[Page]) -> None:
    """Each page keeps to the requests and bytes that the page about ecodesign promises, in both languages."""
    heavy = []
    for page in pages:
        files = asked_for(site, page)
        weight = sum(map(compressed, files))
        most = MOST_BYTES.get(page.path, MOST_BYTES_OF_A_CASE if page.kind == "case" else MOST_BYTES_ELSEWHERE)
        if len(files) > MOST_REQUESTS or weight > most:
            heavy.append(f"{page.file}: {weight} bytes in {len(files)} requests")
    assert heavy == []
    limits = {MOST_BYTES_ELSEWHERE, MOST_BYTES_OF_A_CASE, *MOST_BYTES.values()}
    for locale, unit in (("en", "kB"), ("fr", "ko")):
        text = read(ROOT / "docs" / locale / "reference/ecodesign.md").replace("\u00a0", " ")
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


def test_a_first_view_asks_for_what_its_page_names(
    tab: Open, site: Path, assets: str, study: Study, size: tuple[int, int]
) -> None:
    """One page of each kind asks the server for the files that `asked_for` counts and no other, with the service worker
    there. The worker itself is asked for when all is shown, and a browser without tabs may not ask for their icon."""
    server, root = serve(site)
    asked: set[str] = set()
    handler: Any = server.RequestHandlerClass
    answer = handler.do_GET

    def count(request: Any) -> None:
        asked.add(request.path.split("?")[0][1:])
        answer(request)

    handler.do_GET = count
    for this in one_of_each_kind(study):
        asked.clear()
        page = tab(*size, service_workers="allow")
        page.goto(root + address(this.path, this.locale), wait_until="networkidle")
        page.wait_for_function("() => navigator.serviceWorker.controller")  # it has taken over
        page.context.close()
        later = {"sw.js", f"{assets}/icon.svg"}
        named = {file.relative_to(site).as_posix() for file in asked_for(site, this)}
        found = {f"{name}index.html" if name.endswith("/") or not name else name for name in asked}
        assert (this.file, found - later) == (this.file, named - later)
    server.shutdown()


def test_nothing_moves_when_the_script_comes_late(tab: Open, root: str, study: Study, size: tuple[int, int]) -> None:
    """A page is painted without its script; when that comes, on a slow network, nothing changes place."""
    moved: dict[str, list[float]] = {}
    held: list[Route] = []
    for path in (address(page.path, "en") for page in one_of_each_kind(study)):
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
