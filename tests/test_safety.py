"""Private and safe: what the pages may load, run and keep, and what cannot get into them.

The copy that shows it is built once: it stands below a path besides, and has sections changed in one language only.
"""

import itertools
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from conftest import Example, all_pages, copy_project, edit, read, run, search, stopped_by_policy
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from checker import stale
from checker.project import load
from content.locales import LOCALES
from content.model import Study
from tools.serving import serve


def test_every_page_states_the_policy_before_it_loads_anything(site: Path) -> None:
    """Every HTML file has one and the same policy, before its first link or script, and nothing of another host in it;
    no link opens a window that could reach back to the page. It lets nothing run or load but files of the site: no
    source is written in the page, evaluated or of another host."""
    states, policies, wrong = 'meta[http-equiv="Content-Security-Policy"]', set(), []
    for here, tree in all_pages(site).items():
        stated, first = tree.css(states), tree.css_first(f"head > :is({states}, link, script, style, noscript)")
        if not first or stated != [first]:
            wrong.append(f"{here}: {len(stated)} policies, or something is loaded before")
        wrong += [f"{here}: {link.html}" for link in tree.css("[target]")]
        policies |= {node.attributes["content"] or "" for node in stated}
    assert wrong == []
    (stated_once,) = policies
    policy = dict(directive.split(maxsplit=1) for directive in stated_once.split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert {value for name, value in policy.items() if name.endswith("-src")} == {"'none'", "'self'"}


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


def test_nothing_in_the_address_gets_into_the_page(page: Page, root: str, lever: Example) -> None:
    """Whatever stands in the query or after the #, raw or encoded: no error, no markup, no way off the site."""
    for path, value in itertools.product(("fr/cases/", lever.path, f"l/{lever.number}/", "no/such/page/"), HOSTILE):
        for text in {quote(value, safe="%"), value.replace("#", "")}:
            page.goto(f"{root}{path}?side&lever={text}&q={text}#{text}")
            switch = page.locator("a[data-switch]")
            if switch.count():
                switch.focus()
                assert switch.evaluate("link => link.href").startswith(root)
            assert page.locator("img[src=x], main script, dialog script, iframe").count() == 0


def test_nothing_that_is_searched_gets_into_the_page(page: Page, root: str) -> None:
    """Whatever is typed into the search stays text, and is answered; of blanks nothing is asked."""
    page.goto(f"{root}fr/")
    page.keyboard.press("/")
    field, said, results = page.get_by_role("searchbox"), page.locator(".search .said"), page.locator(".search ol > li")
    hint = said.inner_text()
    for value in ("   ", "🦊🦊", *HOSTILE):
        field.fill("clause")
        results.first.wait_for()
        field.fill(value)
        expect(said).to_contain_text(re.compile("page|résultat") if value.strip() else hint)
        assert page.locator(".search :is(img, script)").count() == 0
        if results.count() == 0:
            page.keyboard.press("Enter")  # nothing to open: the search stays
        assert page.url == f"{root}fr/"


# What a title, a name or a source could hold by mistake or malice: ends of strings, tags, formulas, BibTeX, Markdown.
NASTY = (
    """=cmd|'/C calc'!A0 "b"> </title></script><script>alert(1)</script><img src=x onerror=alert(1)> """
    r"& {d} }e{ \f $ % # _ ](x)"
)


@dataclass(frozen=True)
class Hostile:
    """A built project with NASTY as the title of a case and a lever, of a source, a territory, a term, a change."""

    root: Path
    case: str
    lever: str
    place: str
    behind: str  # another case: sections of it changed in one language
    said: str  # what the build printed

    def tree(self, path: str) -> LexborHTMLParser:
        return LexborHTMLParser((self.root / "site" / path / "index.html").read_bytes())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, study: Study, lever: Example) -> Hostile:
    root = copy_project(tmp_path_factory.mktemp("hostile"))
    places = [page.slug for page in study.pages["en"].values() if page.kind == "territory"]
    case = next(case for case in study.cases("en") if case.meta["territory"] in places)
    names = (f"cases/{case.slug}", lever.path.strip("/"))
    for locale, path in itertools.product(LOCALES, names):
        file = root / "docs" / locale / f"{path}.md"
        text = re.sub("(?m)^(title|description): .*", lambda m: f"{m[1]}: {json.dumps(NASTY)}", read(file))
        file.write_text(text, encoding="utf-8")

    def change(table: str, id: str, **values: Any) -> None:
        file = root / "data" / f"{table}.yml"
        records = yaml.safe_load(read(file))
        next(record for record in records if record["id"] == id).update(values)
        file.write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")

    both = {"en": NASTY, "fr": f"{NASTY} fr"}
    change("sources", next(iter(study.sources)), title=NASTY, publisher=NASTY)
    change("territories", case.meta["territory"], name=both)
    change("glossary", next(iter(study.glossary)), definition=both)
    change("changes", next(iter(study.changes)), text=both)
    stale.accept(root, load(root).compared)
    behind = next(c.path for c in study.cases("fr") if c.slug != case.slug and {"need", "results"} <= c.headings.keys())
    description = study.pages["fr"][behind].meta["description"]
    for locale, old, new in (
        ("en", "{ #need }\n", "\nMore.\n"),
        ("fr", description, " Voici."),
        ("en", "{ #results }\n", "\nMore.\n"),
        ("fr", "{ #results }\n", "\nMore.\n"),
    ):
        edit(root / "docs" / locale / behind, old, old + new)
    settings = {"SITE_URL": "https://example.org/study/", "CONTACT": "mend@example.org"}
    done = run(root, "mkdocs", "build", "--strict", **settings)
    assert done.returncode == 0, done.stderr[-1000:]
    return Hostile(root, *names, case.meta["territory"], behind.removesuffix(".md"), done.stdout + done.stderr)


def test_a_site_under_a_path_builds_in_silence(hostile: Hostile) -> None:
    """SITE_URL may have a path: canonical addresses and the 404 page carry it."""
    assert not re.search(r"WARNING|ERROR|DEPRECAT|end.of.life", hostile.said, re.IGNORECASE)
    home, lost = (LexborHTMLParser((hostile.root / "site" / name).read_bytes()) for name in ("index.html", "404.html"))
    assert home.css("link[rel=canonical]")[0].attributes["href"] == "https://example.org/study/"
    hrefs = [link.attributes["href"] or "" for link in lost.css("main a")]
    assert [href for href in hrefs if not href.startswith("/study/")] == []


def test_a_section_says_that_it_stayed_behind(hostile: Hostile) -> None:
    """Where a section, or the front matter, changed in one language only, a note below the heading of the other leads
    to it; where both changed, none."""
    path, trees = hostile.behind, all_pages(hostile.root / "site")
    links = {here: [link.attributes["href"] for link in tree.css(".behind a")] for here, tree in trees.items()}
    due = {f"fr/{path}/": [f"../../../{path}/#need"], f"{path}/": [f"../../fr/{path}/"]}
    assert {here: hrefs for here, hrefs in links.items() if hrefs} == due
    assert trees[f"fr/{path}/"].css(".h2:has(#need) + .behind")
    assert trees[f"{path}/"].css(".text > .behind:first-child")
    stale.accept(hostile.root, load(hostile.root).compared)
    assert stale.late_sections(load(hostile.root).compared) == {}


def test_what_the_content_says_stays_text_on_every_page(hostile: Hostile) -> None:
    """No page of the hostile site holds an inline script, a handler or a foreign file; the titles read as written."""
    assert [*stopped_by_policy(all_pages(hostile.root / "site"))] == []
    places = (hostile.case, hostile.lever, f"fr/{hostile.case}", f"territories/{hostile.place}")
    trees = [hostile.tree(path) for path in places]
    assert all(NASTY in [node.text() for node in tree.css("h1, main a")] for tree in trees)
    for name in ('[name="description"]', '[property="og:title"]', '[name="citation_title"]'):
        assert [node.attributes["content"] for node in trees[0].css(f"meta{name}")] == [NASTY]
    (data,) = trees[0].css('script[type="application/ld+json"]')
    assert json.loads(data.text())["@graph"][0]["headline"] == NASTY


def test_a_report_of_an_error_names_the_page(hostile: Hostile) -> None:
    """Title and address are filled into the contact, safe in an address, in each language."""
    for locale, path in (("en", hostile.case), ("fr", f"fr/{hostile.case}")):
        links = hostile.tree(path).css("main a[href^='mailto:mend@example.org?subject=']")
        hrefs = [link.attributes["href"] or "" for link in links]
        assert len(hrefs) == 1 and quote(NASTY, safe="") in hrefs[0], locale
        assert hrefs[0].endswith(f"&body={quote(f'https://example.org/study/{path}/', safe='')}"), locale


def test_what_the_content_says_stays_text_in_what_is_reused(hostile: Hostile) -> None:
    """Feed, lists, tables and records carry a nasty title whole, and no spreadsheet takes it for a formula."""
    site = hostile.root / "site"
    feed = ElementTree.parse(site / "feed.xml").getroot()
    assert NASTY in [node.text for node in feed.iter("{http://www.w3.org/2005/Atom}title")]
    for name in ("cases", "territories", "sources"):
        assert f"'{NASTY}".replace('"', '""') in read(site / "data" / f"{name}.csv")
    cited = [node.text() for node in hostile.tree(hostile.case).css(".cite pre") if node.text().startswith("@")]
    for record in (read(site / "data/sources.bib"), *cited):
        assert record.count("{") == record.count("}")
        assert not re.search(r"(?<!\\)[&%#_$]", re.sub(r"\b(url|langid|urldate) = .*|@misc.*", "", record))
    listed = re.findall(r"^- \[(?:[^\]\\]|\\.)*\]\(([^)]+)\): ", read(site / "llms.txt"), re.MULTILINE)
    assert f"{hostile.case}.md" in listed
    assert all((site / path).exists() for path in listed)


def test_nothing_the_content_says_runs_in_the_browser(page: Page, hostile: Hostile) -> None:
    """Search results, finder, definitions and both languages side by side show a nasty title as text, no more."""
    server, root = serve(hostile.root / "site")
    page.goto(f"{root}{hostile.case}/?side")
    page.locator(".pair").first.wait_for()
    search(page, "onerror")
    expect(page.locator(".search strong").first).to_contain_text("<img src=x onerror=alert(1)>")
    page.goto(f"{root}cases/")
    page.locator(".finder summary").click()
    page.locator(".finder select").first.select_option(index=2)
    page.goto(f"{root}{hostile.lever}/")
    server.shutdown()
