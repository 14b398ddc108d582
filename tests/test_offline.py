"""Reading without a network: what the service worker keeps, what it does not, and how a reader is rid of it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HOME, Example, Open, edit, search
from playwright.sync_api import Page, expect

from content.model import Study
from tools.serving import serve

PREFIX = "/under/a/path/"


@pytest.fixture
def page(tab: Open, faults: list[str]) -> Iterator[Page]:
    """A tab with the service worker. What it fails to fetch, without a network, is no fault."""
    yield tab(service_workers="allow")
    faults[:] = [fault for fault in faults if not fault.startswith("404")]


def until_kept(page: Page, *addresses: str, version: str = "") -> None:
    """Wait until addresses are kept, in a cache whose name has `version` (a worker takes over at its leisure)."""
    for _ in range(150):
        kept = {url for name, url in page.evaluate("tests.kept()") if version in name}
        if kept.issuperset(addresses):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{addresses} are not kept, only {kept}")


def read_it(page: Page, address: str) -> None:
    """Read a page, until it is kept."""
    page.goto(address)
    until_kept(page, address.partition("?")[0])


def test_a_page_once_seen_opens_without_a_network(page: Page, site: Path, assets: str, lever: Example) -> None:
    """The first page seen, too, opens in full when the server is gone; a page never seen says which are kept."""
    server, root = serve(site, PREFIX)
    read_it(page, root + lever.path)
    until_kept(page, f"{root}{assets}/style.css", f"{root}{assets}/site.js")
    read_it(page, f"{root}fr/cases/")
    until_kept(page, f"{root}{assets}/finder.js")
    server.shutdown()
    page.context.set_offline(True)  # connections that are still open end too
    page.goto(f"{root}fr/cases/?type=city")
    expect(page.locator(".cases > li:visible").first).to_be_visible()
    page.goto(f"{root}{lever.path}#{lever.ids[-1]}")
    expect(page.locator(f"#{lever.ids[-1]}")).to_be_in_viewport()
    assert page.evaluate("getComputedStyle(document.querySelector('.site-header')).position") == "sticky"
    answer = page.goto(f"{root}fr/themes/")  # never read: which ones are kept
    assert answer and answer.status == 503
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator(f"a[href='{root}fr/cases/']").click()
    expect(page.locator(".cases > li:visible").first).to_be_visible()
    page.keyboard.press("/")  # a search that was never opened: it leads to what is kept
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator(f"a[href='{root}fr/cases/']")).to_be_visible()


def test_a_search_that_lacks_its_index_says_so(page: Page, site: Path, study: Study, locale: str) -> None:
    """Without a network, a word never searched for finds titles only, and that is said; one searched before, all."""
    server, root = serve(site, PREFIX)
    start = root + HOME[locale]
    before, never = ("grants", "currency") if locale == "en" else ("subvention", "monnaie")
    read_it(page, start)
    said, field = page.locator(".search .said"), page.get_by_role("searchbox")
    search(page, before)
    expect(page.locator(".search ol > li").nth(3)).to_be_visible()
    found = said.inner_text()
    server.shutdown()
    page.context.set_offline(True)
    page.goto(start)
    page.keyboard.press("/")
    field.fill(never)
    expect(said).to_contain_text(study.words_in[locale]["search_offline"])
    expect(page.locator(".search ol > li").first).to_be_visible()
    field.fill(before)
    expect(said).to_have_text(found)


def test_online_every_page_and_style_is_the_current_one(page: Page, site: Path, assets: str, tmp_path: Path) -> None:
    """What is published replaces at once what was kept; a new version of the assets drops the old pages."""
    ignored = shutil.ignore_patterns("cases", "downloads", "share", "fragment")
    copy = Path(shutil.copytree(site, tmp_path / "site", ignore=ignored))
    server, root = serve(copy, PREFIX)
    read_it(page, f"{root}themes/")
    read_it(page, root)
    shutil.copytree(copy / assets, copy / "assets/new")
    edit(copy / "assets/new/style.css", "", "\n#news { color: rgb(1, 2, 3); }\n")
    edit(copy / "index.html", "</h1>", "</h1><p id=news>News</p>")
    edit(copy / "index.html", f"{assets}/style.css", "assets/new/style.css")
    edit(copy / "sw.js", 'KEPT = PREFIX + "', 'KEPT = PREFIX + "new')
    page.reload()
    assert page.locator("#news").evaluate("node => getComputedStyle(node).color") == "rgb(1, 2, 3)"
    until_kept(page, root, version=" new")
    page.wait_for_function("caches.keys().then((names) => names.length === 1)")  # the old cache goes at its leisure too
    assert f"{root}themes/" not in [url for _, url in page.evaluate("tests.kept()")]
    server.shutdown()


def test_only_pages_and_what_they_use_are_kept(page: Page, root: str) -> None:
    """Data, books and feeds that a reader takes are not kept, nor what does not exist; a query makes no other page."""
    read_it(page, f"{root}reference/downloads/?side")
    for path in ("data/cases.csv", "feed.xml", "llms.txt", "levers/index.md", "no/such/page/"):
        page.evaluate("address => fetch(address).then((answer) => answer.text())", root + path)
    page.goto(f"{root}data/cases.json")
    read_it(page, f"{root}fr/")
    kept = [url for _, url in page.evaluate("tests.kept()")]
    assert [url for url in kept if not re.search(r"/$|/assets/|/pagefind/", url)] == []
    assert not [url for url in kept if "?" in url or "no/such" in url]


def test_a_reader_can_have_all_of_it_forgotten(page: Page, root: str, locale: str) -> None:
    """The button on the page About forgets what is kept and keeps no more, on later pages too, until it is undone."""
    about = f"{root}{HOME[locale]}reference/about/"
    read_it(page, about)
    button = page.locator("button[data-offline]")
    forget = button.inner_text()
    button.click()
    expect(button).not_to_have_text(forget)
    expect(page.locator("[data-offline-said]")).not_to_be_empty()
    page.evaluate("address => fetch(address)", f"{root}themes/")  # the worker may still be there for this page
    for later in (root, f"{root}levers/"):
        page.goto(later, wait_until="networkidle")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
    page.goto(about)
    button.click()
    expect(button).to_have_text(forget)
    read_it(page, f"{root}levers/")
    assert page.evaluate("localStorage.length") == 0


def test_all_pages_of_a_language_can_be_kept(page: Page, site: Path) -> None:
    """The page About keeps every page of its language on request: without a network they open, are searched, filter."""
    server, root = serve(site)
    read_it(page, f"{root}fr/reference/about/")
    page.locator("[data-keep-all]").click()
    expect(page.locator("[data-keep-all] + [role=status]")).to_contain_text(re.compile(r"\d"), timeout=60_000)
    server.shutdown()
    page.context.set_offline(True)
    page.goto(f"{root}fr/themes/food/")
    expect(page.locator("article h1")).to_be_visible()
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("subvention")
    expect(page.locator(".search ol mark").first).to_be_visible()  # in an excerpt, which the index alone has
    page.goto(f"{root}fr/cases/?type=city")
    expect(page.locator("[data-group]:visible")).to_have_count(0)
    assert page.locator(".map .land").evaluate("node => getComputedStyle(node).fill") != "rgb(0, 0, 0)"
