"""What the tests share: the content, the built site, served under a path, and a browser.

Tests ask for a page by what it is (`lever`), not by its name: a page may be renamed, shortened or go.
"""

import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Dialog, Response, sync_playwright
from playwright.sync_api import Page as Tab
from selectolax.lexbor import LexborHTMLParser

import check
from checker.project import load
from content.locales import LOCALES
from content.model import Page, Study
from tools import browser as chromium
from tools.serving import serve
from web.pages import file_of, with_territories

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"
FIXTURES = ROOT / "tests" / "fixtures"
CASE, LEVER = "cases/rennes-clauses.md", "levers/purchasing.md"  # of the fixtures
HOME = {"en": "", "fr": "fr/"}  # below the root
Open = Callable[..., Tab]  # what `tab` is
LOCAL = re.compile(r"https?://127\.0\.0\.1:|(?!https?:)")
# What the Content-Security-Policy stops wherever it comes from (JSON-LD is data), and what is fetched from elsewhere.
STOPPED = """script:not([src], [type="application/ld+json"]), style, [style], iframe, object, embed, [formaction],
    form[action], base, [src*="//"], link[href*="//"]:not([rel~=canonical], [rel~=alternate]), svg [href*="//"]"""
Trees = list[tuple[Page, LexborHTMLParser]]  # what `trees` is


def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as processors: what waits for its browser leaves one to another."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need the built site, one of their own or a browser; `make quick` leaves them out."""
    for item in items:
        if {"site", "browser", "hostile", "draft"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.site)


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    """A test that asks for it runs in each language."""
    return str(request.param)


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desktop", "phone"])
def size(request: pytest.FixtureRequest) -> Any:
    """A test that asks for it runs in each size of window."""
    return request.param


@pytest.fixture(scope="session")
def study() -> Study:
    """The content, with a page for each territory."""
    return with_territories(load(ROOT))


@pytest.fixture(scope="session")
def pages(study: Study) -> list[Page]:
    """Every page in both languages."""
    return [page for locale in LOCALES for page in study.pages[locale].values()]


@dataclass(frozen=True)
class Example:
    """A page for a test to read: its path below a language's root, `levers/NAME/`, and the ids of its sections."""

    path: str
    number: int
    ids: tuple[str, ...]
    headings: Mapping[str, Mapping[str, str]]  # by locale and id


@pytest.fixture(scope="session")
def lever(study: Study) -> Example:
    """The lever with the most instruments; `ids` are theirs, in order."""
    ((slug, _),) = Counter(instrument.lever for instrument in study.instruments.values()).most_common(1)
    ids = tuple(instrument.id for instrument in study.instruments.values() if instrument.lever == slug)
    both = {locale: study.pages[locale][f"levers/{slug}.md"] for locale in LOCALES}
    headings = {locale: page.headings for locale, page in both.items()}
    return Example(f"levers/{slug}/", study.terms["levers"][slug].number, ids, headings)


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site: `make test` builds it before the tests run."""
    if not (SITE / "index.html").exists():
        pytest.fail("site/ is not built: run `make site` first")
    return SITE


@pytest.fixture(scope="session")
def assets(site: Path) -> str:
    """The folder of the style sheet and scripts, which their version names: `assets/53cef27ba5f2`."""
    (style,) = site.glob("assets/*/style.css")
    return style.parent.relative_to(site).as_posix()


def built(site: Path, page: Page) -> LexborHTMLParser:
    """The page of the site that a page of the content has become."""
    if not (file := file_of(site, page)).exists():
        pytest.fail(f"{page.file} has no page in site/: run `make site` again")
    return LexborHTMLParser(file.read_bytes())


@pytest.fixture(scope="session")
def trees(site: Path, pages: list[Page]) -> Trees:
    """Every page of the content with its page of the site."""
    return [(page, built(site, page)) for page in pages]


def all_pages(site: Path) -> dict[str, LexborHTMLParser]:
    """Every HTML file of a site by its address: `levers/`, `fr/levers/`, `404.html`."""
    files = sorted(site.rglob("*.html"))
    return {f.relative_to(site).as_posix().removesuffix("index.html"): LexborHTMLParser(f.read_bytes()) for f in files}


def stopped_by_policy(pages: Mapping[str, LexborHTMLParser]) -> Iterator[str]:
    """What a browser stops in pages, by their address, for the policy that they state: inline, or of another host."""
    for here, tree in pages.items():
        handlers = [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)]
        yield from (f"{here}: {(node.html or '')[:60]}" for node in (*tree.css(STOPPED), *handlers))


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    """The address of the served site, with its final slash."""
    server, address = serve(site)
    yield address
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def faults() -> list[str]:
    """What goes wrong in the tabs of a test, which fails then: a breach of the policy, a cookie, an error, a dialog, a
    request to another host or for a file that is not there. A test that brings it about clears the list."""
    return []


@pytest.fixture
def tab(browser: Browser, faults: list[str]) -> Iterator[Open]:
    """Opens a tab of a width and a height, with what else a context may be given; it is closed when the test ends.

    Without the service worker, which has tests of its own: elsewhere it only takes time.
    """
    opened: list[BrowserContext] = []

    def dismiss(dialog: Dialog) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def lack(answer: Response) -> None:
        if answer.status >= 400 and not answer.request.is_navigation_request():
            faults.append(f"{answer.status} {answer.url}")

    def open_tab(width: int = 1280, height: int = 900, **options: Any) -> Tab:
        view: Any = {"width": width, "height": height}
        context = browser.new_context(**{"viewport": view, "service_workers": "block"} | options)
        context.add_init_script(path=ROOT / "tests" / "in_page.js")
        context.on("console", lambda said: faults.append(said.text) if said.text.startswith("policy:") else None)
        context.on("weberror", lambda failed: faults.append(str(failed.error)))
        context.on("dialog", dismiss)
        context.on("response", lack)
        context.on("request", lambda asked: None if LOCAL.match(asked.url) else faults.append(f"asks {asked.url}"))
        opened.append(context)
        return context.new_page()

    yield open_tab
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture
def page(tab: Open) -> Tab:
    """A tab on a desktop."""
    return tab()


def search(page: Tab, text: str) -> None:
    """Opens the search, types a text, and waits for the results."""
    page.locator("[data-search]").click()
    page.locator(".search").get_by_role("searchbox").fill(text)
    page.locator(".search ol > li > a").first.wait_for()


def copy_project(folder: Path) -> Path:
    """A copy of what a build reads, that a test may change."""
    for name in ("docs", "data", "overrides", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def project(fault: str, folder: Path) -> Path:
    """The small project of `fixtures/clean` with a fault: files moved, texts edited or put in whole, pairs added."""
    root = folder / "project"
    shutil.copytree(FIXTURES / "clean", root)
    given = data(FIXTURES / f"{fault}.yml") if fault != "clean" else {}
    for old, new in given.get("moved", {}).items():
        (root / old).rename(root / new)
    for name, edits in given.get("edits", {}).items():
        if edits is None:
            (root / name).unlink()
        elif isinstance(edits, dict):
            for was, now in edits.items():
                edit(root / name, was, now)
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(edits, encoding="utf-8", errors="surrogateescape")
    for pair, locale in itertools.product(given.get("pairs", ()), LOCALES):
        edit(root / "docs" / locale / LEVER, "", f"\n{pair[LOCALES.index(locale)]}[^law-2014-sse]\n")
    return root


def findings(root: Path, *only: str) -> list[str]:
    """What the checker finds: `docs/en/index.md:3: L001`, each once."""
    return sorted({f"{f.path}:{f.line}: {f.code}" for f in check.check(root, only or None)})


def check_command(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`check.py` run as a command, in a folder."""
    command = [sys.executable, check.__file__, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def edit(file: Path, old: str, new: str) -> str:
    """Puts a text in the place of another one in a file, or at its end; gives what the file was."""
    before = read(file)
    assert old in before, f"{file}: {old}"
    text = before.replace(old, new, 1) if old else before + new
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    return before


def data(name: str | Path) -> Any:
    """A file of `tests/data`, by its name, or another YAML file: texts with what is expected of them."""
    return yaml.safe_load(read(ROOT / "tests" / "data" / f"{name}.yml" if isinstance(name, str) else name))


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A Python module run in a folder, with that folder's scripts: `run(root, "mkdocs", "build", "--strict")`."""
    environment = os.environ | {"PYTHONPATH": str(folder / "scripts"), "NO_MKDOCS_2_WARNING": "1"} | environment
    command = (sys.executable, "-m", *command)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
