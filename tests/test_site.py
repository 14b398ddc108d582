"""The built site, both languages: what the checker does not ask of it (rules X), and how a build begins and ends."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import jinja2
import pytest
from conftest import ROOT
from selectolax.lexbor import LexborHTMLParser

from content.load import load_study
from content.model import LOCALES, OTHER, Mapped, Page
from web import redirects
from web.pages import address, citations, with_territories

STUDY = with_territories(load_study(ROOT))
PAGES = [page for locale in LOCALES for page in STUDY.pages[locale].values()]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def built(site: Path, page: Page) -> LexborHTMLParser:
    file = site / address(page.path, page.locale) / "index.html"
    assert file.exists(), f"{page.file} has no page at {file.relative_to(site)}"
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    assert node is not None, f"no {selector}"
    return node.attributes[name] or ""


def root_of(site: Path) -> str:
    """The address of the site's root, as its home page gives it."""
    home = LexborHTMLParser((site / "index.html").read_text(encoding="utf-8"))
    return attribute(home, 'link[rel="canonical"]', "href")


def test_every_page_has_one_title_a_text_and_a_language_switch(site: Path) -> None:
    """One h1, a text, and a switch that is a plain link to the same page, marked with its language."""
    faults = []
    for page in PAGES:
        tree, other = built(site, page), OTHER[page.locale]
        here = site / address(page.path, page.locale)
        switch = tree.css(f'.languages a[data-switch][hreflang="{other}"][lang="{other}"]')
        targets = [os.path.normpath(here / (link.attributes["href"] or "")) for link in switch]
        if len(tree.css("h1")) != 1:
            faults.append(f"{page.file}: {len(tree.css('h1'))} titles")
        if len(" ".join(node.text(separator=" ") for node in tree.css("main")).split()) <= 40:
            faults.append(f"{page.file}: hardly any text")
        if targets != [os.path.normpath(site / address(page.path, other))]:
            faults.append(f"{page.file}: the switch leads to {targets}")
    assert faults == []


def test_a_lever_lists_the_cases_that_name_it(site: Path) -> None:
    """The cases at the end of a lever are those whose front matter names it, all of them."""
    for locale in LOCALES:
        for page in STUDY.pages[locale].values():
            if page.kind != "lever":
                continue
            shown = {node.attributes["data-address"] for node in built(site, page).css(".in-practice .cases > li > a")}
            assert shown == {address(case.path, locale) for case in STUDY.cases(locale, levers=page.slug)}, page.file


def test_every_source_of_a_page_is_in_its_notes_and_in_the_bibliography(site: Path) -> None:
    """A cited source has a note with a way back; the bibliography names the page among those that cite it."""
    for page in PAGES:
        keys = citations(page, STUDY)
        tree = built(site, page)
        assert {node.attributes["id"] for node in tree.css(".footnote li[id]")} == {f"fn-{key}" for key in keys}
        assert all(node.css_first("a.footnote-backref") for node in tree.css(".footnote li[id]"))
    for locale in LOCALES:
        tree = built(site, STUDY.pages[locale]["reference/sources.md"])
        assert {node.attributes["id"] for node in tree.css(".bibliography > li")} == set(STUDY.sources)


def test_sitemap_has_the_date_of_the_content(site: Path) -> None:
    """A page of the sitemap is dated by its front matter, not by the build."""
    tree = ElementTree.parse(site / "sitemap.xml")
    dated = {
        url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in tree.getroot().iter(f"{SITEMAP}url")
    }
    root = root_of(site)
    assert dated == {root + address(page.path, page.locale): page.meta["updated"] for page in PAGES}


def test_not_found_page_speaks_both_languages(site: Path) -> None:
    """There is one 404 page: it speaks English and French, and leads to both."""
    tree = LexborHTMLParser((site / "404.html").read_text(encoding="utf-8"))
    assert [node.attributes["lang"] for node in tree.css("[data-not-found]")] == list(LOCALES)


def test_the_site_ships_only_what_its_pages_use(site: Path) -> None:
    """No theme script, font or style sheet that no page asks for, and no second copy of the assets."""
    assert {path.name for path in (site / "assets").iterdir()} == {p.name for p in (ROOT / "docs/assets").iterdir()}
    assert not (site / "fr/assets").exists()


def test_a_site_under_a_path_builds_without_a_warning(tmp_path: Path) -> None:
    """SITE_URL may have a path: canonical addresses and the 404 page carry it, and the build is silent."""
    environment = os.environ | {"SITE_URL": "https://example.org/study/", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"WARNING|ERROR|DEPRECAT|end.of.life", done.stdout + done.stderr, re.IGNORECASE)
    assert root_of(tmp_path / "site") == "https://example.org/study/"
    tree = LexborHTMLParser((tmp_path / "site/404.html").read_text(encoding="utf-8"))
    for node in tree.css("main a"):
        assert (node.attributes["href"] or "").startswith("/study/")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("docs/en/index.md", "", "\nUnsupported.[^nobody-2099-nothing]\n", "S001"),
        ("docs/fr/cases/roubaix-zero-waste.md", "status: running", "status: flying", "M004"),
        ("docs/fr/levers/index.md", "kind: page", "kind: lever\nnumber: 8", "M005"),
        ("docs/fr/index.md", "kind: page", "kind: [page", "Y001"),
        ("data/sources.yml", "publisher: ", "editor: ", "D001"),
        ("data/charts.yml", "sources: [", "sources: [x", "S001"),
        ("overrides/partials/footer.html", "t.licence", "t.no_such_word", "D013"),
        ("data/equal.txt", "", "<<<<<<< ours\n", "C001"),
        ("docs/fr/study/index.md", "", "\n<!-- generated: atlantis -->\n", "L009"),
    ],
)
def test_bad_content_stops_the_build_with_one_clear_line(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """What the pages cannot be built from stops the build with the checker's own line, without a traceback.

    The site that was built before stays as it is.
    """
    for name in ("docs", "data", "overrides", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    page = tmp_path / file
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    before = tmp_path / "site" / "index.html"
    before.parent.mkdir()
    before.write_text("as it was", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert re.search(rf"{re.escape(file)}:\d+:\d+: {expected} ", done.stderr), done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert before.read_text(encoding="utf-8") == "as it was"


def test_a_case_listed_under_another_lever_says_which_in_words(site: Path) -> None:
    for page in (p for p in PAGES if p.kind == "lever"):
        tree = built(site, page)
        own = [node.attributes["data-lever"] for node in tree.css("body")]
        for case in tree.css(".in-practice .cases > li"):
            number = case.attributes["data-lever"]
            facts = " ".join(node.text().strip() for node in case.css(".facts"))
            assert facts.replace("\u00a0", " ").endswith(f" {number}") == ([number] != own), f"{page.file}: {facts}"


@pytest.mark.parametrize(("old", "place"), [("guide/index.md", "guide/"), ("guide/first.md", "guide/first/")])
def test_a_page_that_moved_leads_on_from_its_old_address(tmp_path: Path, old: str, place: str) -> None:
    """The old address of a page, or of a folder's index, has in each language a page that links to the new one."""
    moved = replace(STUDY, redirects=Mapped({old: "study/index.md"}))
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"), autoescape=True)
    env.globals["version"] = "1"
    assert {place, f"fr/{place}"} <= set(redirects.write(moved, tmp_path, "https://study.example/", env))
    for address_, new in ((place, "study/"), (f"fr/{place}", "fr/study/")):
        tree = LexborHTMLParser((tmp_path / address_ / "index.html").read_text(encoding="utf-8"))
        assert urljoin(f"/{address_}", attribute(tree, "main a", "href")) == f"/{new}"
