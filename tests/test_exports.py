"""What others reuse: open data, records and feeds, each read back by a reader of its format."""

from __future__ import annotations

import csv
import datetime
import json
import re
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import urljoin

import jinja2
import pytest
import yaml
from conftest import ROOT, built
from selectolax.lexbor import LexborHTMLParser

from content.model import LOCALES, Page, Study
from web import records
from web.contact import report_link
from web.exports import as_csv
from web.pages import address
from web.view import view
from web.wording import LANGUAGES

ATOM = "{http://www.w3.org/2005/Atom}"

# What search engines ask of each kind of record.
DEMANDED = {
    "Article": ("headline", "description", "url", "inLanguage", "dateModified", "license"),
    "BreadcrumbList": ("itemListElement",),
    "Dataset": ("name", "description", "license", "distribution"),
}


def top(site: Path, locale: str) -> Path:
    return site if locale == LOCALES[0] else site / locale


def table(file: Path, locale: str) -> list[dict[str, str]]:
    """The rows of a CSV, which has a byte-order mark and the separators of its language."""
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter="," if locale == "en" else ";"))


@pytest.mark.parametrize("locale", LOCALES)
def test_cases_open_in_a_spreadsheet(site: Path, study: Study, locale: str) -> None:
    """The CSV of a language has one row a case, and that language's decimal separator; JSON has both languages."""
    rows = table(top(site, locale) / "data/cases.csv", locale)
    assert {row["id"]: row["title"] for row in rows} == {c.slug: c.meta["title"] for c in study.cases(locale)}
    for row in rows:  # what the finder of cases chooses by
        shown = [i.id for i in study.instruments.values() if row["id"] in i.cases]
        assert (row["instruments"], row["inhabitants"]) == (
            " | ".join(shown),
            str(study.territories[row["territory_id"]].inhabitants or ""),
        )
    places = table(top(site, locale) / "data/territories.csv", locale)
    assert all(("," in row["latitude"]) == (locale == "fr") for row in places)
    data = json.loads((site / "data/cases.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in data[locale]] == [row["id"] for row in rows]


@pytest.mark.parametrize("value", ["=1+1", ["=1+1", "b"], "@a", "-a", "+a", "\ta"])
def test_no_cell_is_a_formula(value: object) -> None:
    """Text that a spreadsheet would run, alone or first in a list, begins with an apostrophe; numbers stay. A table
    without rows is an empty one."""
    rows = list(csv.reader(as_csv([{"a": value, "b": -1, "c": -0.5, "d": None, "e": False}], "en").splitlines()))
    assert rows[1][0].startswith("'")
    assert rows[1][1:] == ["-1", "-0.5", "", "false"]
    assert as_csv([], "fr").strip("\ufeff\r\n") == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_every_column_is_in_the_dictionary(site: Path, study: Study, locale: str) -> None:
    """The downloads page explains every column of every table."""
    page = (ROOT / "docs" / locale / "reference/downloads.md").read_text(encoding="utf-8")
    unexplained = []
    for file in sorted((top(site, locale) / "data").glob("*.csv")):
        entry = "chart-…" if file.stem.removeprefix("chart-") in study.charts else file.stem
        for column in file.read_text(encoding="utf-8-sig").splitlines()[0].replace(";", ",").split(","):
            known = "lever_1 … lever_7" if column.startswith("lever_") else column
            if not re.search(rf"^\| [^|]*{entry}[,s ][^|]*\| [^|]*\b{known}\b", page, re.MULTILINE):
                unexplained.append(f"{file.name}: {column}")
    assert unexplained == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_chart_its_notes_and_its_data_agree(site: Path, study: Study, locale: str) -> None:
    """The page, the Markdown and the CSV of a chart have the same rows; each row leads to the notes of its sources.
    Bars are to one scale; a range is drawn in each row."""
    for chart in study.charts.values():
        page = next(page for page in study.pages[locale].values() if f"generated: chart-{chart.id} " in page.body)
        tree = built(site, page)
        (figure,) = tree.css(f"#chart-{chart.id}")
        assert chart.title[locale] in figure.text()
        notes = {f"#{node.attributes['id']}": node.css("b")[0].text() for node in tree.css(".footnote li[id]")}
        cited = [
            {notes[link.attributes["href"] or ""] for link in row.css(".footnote-ref")} for row in figure.css("tr, li")
        ]
        (link,) = (link for link in figure.css("a") if link.text().startswith("CSV"))
        file = (site / address(page.path, locale) / (link.attributes["href"] or "")).resolve()
        assert [row["sources"].split(" | ") for row in table(file, locale)] == [list(row.sources) for row in chart.rows]
        bars = [
            float((bar.attributes["width"] or "").rstrip("%")) for bar in figure.css("tbody svg.bar rect:nth-child(2)")
        ]
        assert len(bars) == (len(chart.rows) if chart.form in ("bars", "ranges") else 0)
        values = [row.value or 0 for row in chart.rows]
        if chart.form == "bars":
            assert [bar / sum(bars) for bar in bars] == pytest.approx(
                [value / sum(values) for value in values], abs=0.01
            )
        data, markdown = file.read_text("utf-8-sig"), (top(site, locale) / page.path).read_text(encoding="utf-8")
        for row in chart.rows:
            assert {study.sources[key].publisher for key in row.sources} in cited
            texts = [words[locale] for words in row.cells.values()]
            assert [text for text in texts if text not in markdown or text not in data + figure.text()] == []


def test_every_source_has_a_bibtex_record(site: Path, study: Study) -> None:
    """sources.bib has one balanced record for each source."""
    text = (site / "data/sources.bib").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^@misc\{([^,]+),$", text, re.MULTILINE)) == sorted(study.sources)
    assert text.count("{") == text.count("}")


def test_the_original_study_can_be_cited_from_the_pages_about_it(
    site: Path, trees: list[tuple[Page, LexborHTMLParser]], study: Study
) -> None:
    """The pages about the study give its authors, its title in both languages, its year and its address, three ways."""
    original = study.original
    for page, tree in trees:
        cites = tree.css("#cite-original")
        assert len(cites) == page.path.startswith("study/"), page.file
        for cite in cites:
            bib, ris_text = ((top(site, page.locale) / f"study/original.{kind}").read_text() for kind in ("bib", "ris"))
            ris = dict(line.split("  - ", 1) for line in ris_text.splitlines())
            assert (ris["TY"], ris["PY"]) == ("RPRT", original.date[:4])
            wanted = [*original.authors, *original.title.values(), original.date[:4], original.url[page.locale]]
            texts = [cite.css("p")[0].text(), bib, ris_text]
            assert [item for text in texts for item in wanted if item not in text] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_feed_is_valid_atom_and_stands_on_the_page_about_the_site(site: Path, study: Study, locale: str) -> None:
    """The feed has what RFC 4287 demands: absolute ids, each once, titles, dates with their zone, an author, links.

    What it tells stands on a page too: in the same order, with the same dates and links.
    """
    feed = ElementTree.parse(top(site, locale) / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(study.changes) > 0
    for part in [feed, *entries]:
        assert [len(part.findall(f"{ATOM}{tag}")) for tag in ("id", "title", "updated")] == [1, 1, 1]
        assert re.match(r"https?://", part.findtext(f"{ATOM}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(f"{ATOM}updated") or "")
        assert [link.get("rel", "alternate") for link in part.findall(f"{ATOM}link")].count("alternate") == 1
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
    about = built(site, study.pages[locale]["reference/about.md"])
    here = about.css("link[rel=canonical]")[0].attributes["href"] or ""
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [here.replace("reference/about/", "feed.xml")]
    told = [
        (item.css("time")[0].attributes["datetime"], urljoin(here, item.css("a")[-1].attributes["href"] or ""))
        for item in about.css("main li:has(> time)")
    ]
    links = [entry.find(f"{ATOM}link") for entry in entries]
    dates = [(entry.findtext(f"{ATOM}updated") or "")[:10] for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert told == [(date, link is not None and link.get("href")) for date, link in zip(dates, links, strict=True)]


def test_the_citation_file_has_what_its_format_demands() -> None:
    """CITATION.cff (1.2.0): its required keys, authors with a name, a date that exists, the project's own version."""
    record = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert record["cff-version"] == "1.2.0"
    assert record["message"] and record["title"]
    authors = [part["authors"] for part in [record, *record["references"]]]
    assert all(author["name"] for group in authors for author in group) and all(authors)
    assert datetime.date.fromisoformat(record["date-released"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert record["version"] == project["version"]
    assert record["license"] in project["license"]


def test_every_page_exists_as_markdown(site: Path, pages: list[Page]) -> None:
    """Each page has its Markdown with its notes spelt out, and llms.txt lists it."""
    listed = {locale: (top(site, locale) / "llms.txt").read_text(encoding="utf-8") for locale in LOCALES}
    wrong = []
    for page in (page for page in pages if page.kind != "territory"):  # which is made of other pages
        text = (top(site, page.locale) / page.path).read_text(encoding="utf-8")
        cited, spelt = (set(re.findall(rf"\[\^([^\]]+)\]{sign}", text)) for sign in ("(?!:)", ":"))
        if (
            not text.startswith(f"# {page.meta['title']}\n")
            or cited != spelt
            or f"]({page.path})" not in listed[page.locale]
        ):
            wrong.append(page.file)
    assert wrong == []


def test_structured_data_and_citations_agree_with_the_page(
    site: Path, trees: list[tuple[Page, LexborHTMLParser]]
) -> None:
    """JSON-LD is JSON and names the page's own title, date and address; so do the records to cite it by."""
    wrong = []
    for page, tree in trees:
        (block,), (link,) = tree.css('script[type="application/ld+json"]'), tree.css('link[rel="canonical"]')
        parts, url, title = json.loads(block.text())["@graph"], link.attributes["href"] or "", page.meta["title"]
        article = [parts[0][key] for key in ("headline", "url", "dateModified")]
        if article != [title, url, page.meta["updated"]]:
            wrong.append(f"{page.file}: {article}")
        wrong += [f"{page.file}: {part}" for part in parts if not set(DEMANDED[part["@type"]]) <= set(part)]
        folder = site / address(page.path, page.locale)
        cited = [(folder / f"cite.{kind}").read_text() for kind in ("bib", "ris")] if page.path != "index.md" else []
        cited += [node.text() for node in tree.css("#citation")]
        if cited and [title in cited[1], *(url in text for text in cited)] != [True] * 4:
            wrong.append(f"{page.file}: {cited}")
    assert wrong == []


TITLE, PAGE = "R%C3%A9emploi%20%26%20lots", "https%3A%2F%2Fs%2Fx%2F"  # as they stand in an address


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("", ""),
        ("a@b.example", f"mailto:a@b.example?subject=Error%20on%3A%20{TITLE}&body={PAGE}"),
        ("https://t.example/new?t={title}&b={address}", f"https://t.example/new?t={TITLE}&b={PAGE}"),
        ("https://f.example/form", "https://f.example/form"),
    ],
)
def test_a_report_of_an_error_names_the_page(contact: str, link: str) -> None:
    """The page's title and address are filled into the contact, safe in an address; without one there is no link."""
    assert report_link(contact, "Error on", "Réemploi & lots", "https://s/x/") == link


def test_a_citation_names_who_signs(tmp_path: Path, pages: list[Page], study: Study) -> None:
    """Persons by family name, organisations as they are; the placeholder that the format demands is no author."""
    file = tmp_path / "CITATION.cff"
    file.write_text(f"authors: [{{name: {records.NOBODY}}}]", encoding="utf-8")
    assert records.authors(tmp_path) == []
    file.write_text("authors: [{family-names: Curie, given-names: Marie}, {name: Ville de X}]", encoding="utf-8")
    folder = jinja2.FileSystemLoader(ROOT / "overrides/exports")
    env = jinja2.Environment(loader=jinja2.PrefixLoader({"exports": folder}), trim_blocks=True)
    given = view(study, "en", pages[0]) | {"authors": records.authors(tmp_path), "site_url": "https://s/"}
    given |= {"bibtex": records.bibtex, "languages": LANGUAGES}
    bib, ris = (env.get_template(f"exports/cite.{kind}").render(given) for kind in ("bib", "ris"))
    assert "author = {Curie, Marie and {Ville de X}}" in bib
    assert "AU  - Curie, Marie\nAU  - Ville de X\n" in ris
