"""What others reuse: open data, records and feeds, each read back by a reader of its format."""

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import HOME, ROOT, Trees, built, read
from selectolax.lexbor import LexborHTMLParser

from content.locales import LOCALES
from content.model import Page, Study
from web import citing
from web.amounts import OLD_AFTER
from web.pages import address
from web.templates import environment, names_for

ATOM = "{http://www.w3.org/2005/Atom}"
RECORD = re.compile(r"@\w+\{([^,\s]+),\n((?:  \w+ = \{.*\},\n)+)\}\n*")  # of BibTeX: its key, its fields


def table(file: Path, locale: str) -> list[dict[str, str]]:
    """The rows of a CSV, which has a byte-order mark and the separators of its language."""
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter="," if locale == "en" else ";"))


def test_cases_open_in_a_spreadsheet(site: Path, study: Study, locale: str) -> None:
    """The CSV of a language has one row a case, with the instruments that it used, and its decimal separator."""
    rows = table(site / HOME[locale] / "data/cases.csv", locale)
    assert {row["id"]: row["title"] for row in rows} == {c.slug: c.meta["title"] for c in study.cases(locale)}
    shown = {row["id"]: row["instruments"].split(" | ") for row in rows}  # by the finder of cases
    instruments = study.instruments.values()
    assert shown == {id: [one.id for one in instruments if id in one.cases] or [""] for id in shown}
    places = table(site / HOME[locale] / "data/territories.csv", locale)
    degrees = [row[name] for row in places for name in ("latitude", "longitude")]  # some below zero: no formulas
    assert all(float(number.replace(",", ".")) and ("," in number) == (locale == "fr") for number in degrees)


def test_setbacks_are_marked(site: Path, study: Study, locale: str) -> None:
    """They are the cases that the page about setbacks tells, each in an item that names its levers."""
    page, levers = study.pages[locale]["cases/setbacks.md"], study.terms["levers"]
    told = dict(re.findall(r"^- \*\*\[[^\]]+\]\(([\w-]+)\.md\) \(\w+\s([^)]+)\)", page.body, re.MULTILINE))
    rows = table(site / HOME[locale] / "data/cases.csv", locale)
    assert {row["id"] for row in rows if row["setback"] == "true"} == told.keys() != set()
    numbers = {case.slug: {str(levers[slug].number) for slug in case.meta["levers"]} for case in study.cases(locale)}
    assert {id: {*re.findall(r"\d", text)} for id, text in told.items()} == {id: numbers[id] for id in told}


def test_json_says_what_the_tables_say(site: Path, locale: str) -> None:
    """A table that is also JSON has the same rows, columns and values there, in both languages."""

    def cell(value: Any) -> str:
        if isinstance(value, int | float):  # true and false too
            return json.dumps(value).replace(".", "." if locale == "en" else ",")
        return " | ".join(value) if isinstance(value, list) else value or ""

    both = [file for file in site.glob("data/*.json") if file.with_suffix(".csv").exists()]
    assert {"cases", "instruments"} <= {file.stem for file in both}
    differ = []
    for file in both:
        rows = table(site / HOME[locale] / "data" / f"{file.stem}.csv", locale)
        for row, record in zip(rows, json.loads(read(file))[locale], strict=True):
            shown = {column: text.lstrip("'") for column, text in row.items()}  # which marks what is no formula
            said = {column: cell(value) for column, value in record.items()}
            differ += [f"{file.name}, {record['id']}: {one}" for one in shown.items() ^ said.items()]
    assert differ == []


def test_old_amounts_and_those_without_a_year_are_listed(site: Path, study: Study, locale: str) -> None:
    """The downloads list what the columns `from` and `to` say is old, the oldest first, then what has no year; an
    amount that a case tells leads to it by its column `case`."""
    rows = table(site / HOME[locale] / "data/amounts.csv", locale)
    years = [int(row["to"] or row["from"] or 0) for row in rows]
    newest = int(study.latest[locale][:4])
    old, undated = built(site, study.pages[locale]["reference/downloads.md"]).css("details.then > ul")
    assert len(undated.css("li")) == years.count(0)
    assert len(old.css("li")) == len([year for year in years if 0 < year < newest - OLD_AFTER])
    cases = {row["id"] for row in table(site / HOME[locale] / "data/cases.csv", locale)}
    assert {row["case"] for row in rows if "/cases/" in row["url"]} <= cases


def test_what_is_generated_is_in_the_markdown_and_drawings_are_files(site: Path, study: Study, locale: str) -> None:
    """The glossary as Markdown has its terms, with their notes; a drawing of a page is an SVG that stands alone, listed
    with the downloads."""
    text = read(site / HOME[locale] / "reference/glossary.md")
    assert [entry.id for entry in study.glossary.values() if f"- **{entry.term[locale]}**" not in text] == []
    cited = {f"[^{id}]:" for entry in study.glossary.values() for id in entry.sources}
    assert cited <= set(re.findall(r"\[\^[\w-]+\]:", text))
    drawn = {
        name for page in study.pages[locale].values() for name in re.findall(r"generated: (drawing-\w+)", page.body)
    }
    for name in drawn:
        drawing = ElementTree.parse(site / HOME[locale] / f"data/{name}.svg").getroot()
        assert drawing.find("{http://www.w3.org/2000/svg}style") is not None
    downloads = read(site / HOME[locale] / "reference/downloads/index.html")
    assert drawn and [name for name in drawn if f'/{name}.svg"' not in downloads] == []


def test_every_column_is_in_the_dictionary(site: Path, study: Study, locale: str) -> None:
    """The downloads page explains every column of every table."""
    page = read(ROOT / "docs" / locale / "reference/downloads.md")
    unexplained = []
    for file in sorted((site / HOME[locale] / "data").glob("*.csv")):
        entry = "chart-…" if file.stem.removeprefix("chart-") in study.charts else file.stem
        for column in read(file).lstrip("\ufeff").splitlines()[0].replace(";", ",").split(","):
            known = "lever_1 … lever_7" if column.startswith("lever_") else column
            if not re.search(rf"^\| [^|]*{entry}[,s ][^|]*\| [^|]*\b{known}\b", page, re.MULTILINE):
                unexplained.append(f"{file.name}: {column}")
    assert unexplained == []


def test_bars_are_to_one_scale(site: Path, study: Study) -> None:
    """Twice the value is twice the bar; the CSV of a chart has its rows and their sources."""
    for chart in study.charts.values():
        rows = table(site / f"data/chart-{chart.id}.csv", "en")
        assert [row["sources"].split(" | ") for row in rows] == [list(row.sources) for row in chart.rows]
        if chart.form == "bars":
            page = next(page for page in study.pages["en"].values() if f"generated: chart-{chart.id} " in page.body)
            drawn = built(site, page).css(f"#chart-{chart.id} tbody svg.bar rect:nth-child(2)")
            bars = [float((bar.attributes["width"] or "").rstrip("%")) for bar in drawn]
            values = [row.value or 0 for row in chart.rows]
            assert [bar * sum(values) for bar in bars] == pytest.approx([v * sum(bars) for v in values], rel=0.01)


def test_the_original_study_can_be_cited_from_the_pages_about_it(site: Path, trees: Trees, study: Study) -> None:
    """The pages about the study give its authors, its title in both languages, its year and its address, three ways."""
    original, missing = study.original, []
    for page, tree in ((page, tree) for page, tree in trees if page.path.startswith("study/")):
        records = [read(site / HOME[page.locale] / f"study/original.{kind}") for kind in ("bib", "ris")]
        wanted = [*original.authors, *original.title.values(), original.date[:4], original.url[page.locale]]
        for text in (tree.css("#cite-original p")[0].text(), *records):
            missing += [f"{page.file}: {item}" for item in wanted if item not in text]
    assert missing == []


def test_every_text_to_copy_is_listed(site: Path, trees: Trees, locale: str) -> None:
    """The page of texts to copy leads to each of them, by its title."""
    listed = LexborHTMLParser(read(site / HOME[locale] / "start/texts-to-copy/index.html")).css(".text ul a")
    titles = [
        box.text().strip() for page, tree in trees if page.locale == locale for box in tree.css(".copy > summary")
    ]
    assert sorted(titles) == sorted(link.text().strip() for link in listed) != []


def test_feed_is_valid_atom(site: Path, study: Study, locale: str) -> None:
    """The feed has what RFC 4287 demands: absolute ids, each once, titles, dates with their zone, an author, links; the
    newest change is the first."""
    feed = ElementTree.parse(site / HOME[locale] / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed" and feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(study.changes) > 0
    for part in [feed, *entries]:
        assert [len(part.findall(f"{ATOM}{tag}")) for tag in ("id", "title", "updated")] == [1, 1, 1]
        assert re.match(r"https?://", part.findtext(f"{ATOM}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(f"{ATOM}updated") or "")
        assert [link.get("rel", "alternate") for link in part.findall(f"{ATOM}link")].count("alternate") == 1
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert feed.findtext(f"{ATOM}updated") == days[0] and days == sorted(days, reverse=True)


def test_every_page_is_there_as_markdown(site: Path, pages: list[Page]) -> None:
    """It has the title, every line of the page, and the notes spelt out; no comment for authors; llms.txt lists it."""
    wrong, listed = [], {locale: read(site / HOME[locale] / "llms.txt") for locale in LOCALES}
    for page in (page for page in pages if page.kind != "territory"):  # which is made of other pages
        text = read(site / HOME[page.locale] / page.path)
        cited, spelt = (set(re.findall(rf"\[\^([^\]]+)\]{sign}", text)) for sign in ("(?!:)", ":"))
        own = re.sub(r"<!--.*?-->", "<!--", page.body, flags=re.DOTALL).splitlines()
        lost = {line for line in own if "<!--" not in line} - set(text.splitlines())
        wrong += [f"{page.file}: without {text}" for text in (*lost, *(cited ^ spelt))]
        if not text.startswith(f"# {page.meta['title']}\n") or "<!--" in text:
            wrong.append(f"{page.file}: another title, or a comment")
        if f"]({page.path})" not in listed[page.locale]:
            wrong.append(f"{page.file}: not in llms.txt")
    assert wrong == []


def test_structured_data_and_citations_agree_with_the_page(site: Path, trees: Trees, study: Study) -> None:
    """JSON-LD is JSON and names the page's own title, date and address; so do the records to cite it by, of the site
    those of the home page."""
    wrong = []
    for page, tree in trees:
        (block,), (link,) = tree.css('script[type="application/ld+json"]'), tree.css('link[rel="canonical"]')
        url, title = link.attributes["href"] or "", page.meta["title"]
        article = json.loads(block.text())["@graph"][0]
        folder = site / address(page.path, page.locale)
        cited = [read(folder / f"cite.{kind}") for kind in ("ris", "bib")]
        cited += [node.text() for node in tree.css("#citation")]
        title_cited = title if page.path != "index.md" else study.words["site_cited"][page.locale]
        own = [article[key] for key in ("headline", "url", "dateModified")] == [title, url, page.meta["updated"]]
        if not own or not all(url in text for text in cited) or title_cited not in cited[0]:
            wrong.append(page.file)
    assert wrong == []


def test_one_bibliography_can_hold_all_of_it(site: Path, study: Study, pages: list[Page]) -> None:
    """Sources, pages and instruments have a BibTeX record each, with a key of its own; that of an instrument, its name
    and the address that will not change."""
    named = {address(f"i/{one.id}.md", each): one.name[each] for one in study.instruments.values() for each in LOCALES}
    files = [f"{folder}cite.bib" for folder in (*(address(page.path, page.locale) for page in pages), *named)]
    texts = {name: read(site / name) for name in ("data/sources.bib", *files)}
    records = {name: RECORD.findall(text) for name, text in texts.items()}
    assert [name for name, text in texts.items() if RECORD.sub("", text)] == []  # nothing else stands there
    assert [name for name in files if len(records[name]) != 1] == []
    keys = Counter(key for each in records.values() for key, _ in each)
    assert [key for key, count in keys.items() if count > 1] == []
    assert study.sources.keys() - keys.keys() == set()
    wrong = [
        folder
        for folder, name in named.items()
        if f"{{{citing.bibtex(name)}}}" not in (text := texts[f"{folder}cite.bib"]) or f"/{folder}}}" not in text
    ]
    assert wrong == []


def test_a_citation_names_who_signs(tmp_path: Path, pages: list[Page], study: Study) -> None:
    """Persons by family name, organisations as they are; the placeholder that the format demands is no author."""
    file = tmp_path / "CITATION.cff"
    file.write_text(f"authors: [{{name: {citing.NOBODY}}}]", encoding="utf-8")
    assert citing.authors(tmp_path) == []
    file.write_text("authors: [{family-names: Curie, given-names: Marie}, {name: Ville de X}]", encoding="utf-8")
    assert citing.authors(tmp_path) == ["Curie, Marie", "Ville de X"]
    env = environment([str(ROOT / "overrides")])
    given = names_for(study, "en", pages[0]) | {"authors": citing.authors(tmp_path), "site_url": "https://s/"}
    bib, ris = (env.get_template(f"exports/cite.{kind}").render(given) for kind in ("bib", "ris"))
    assert "author = {Curie, Marie and {Ville de X}}" in bib
    assert "AU  - Curie, Marie\nAU  - Ville de X\n" in ris
