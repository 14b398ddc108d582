"""Properties that hold for any input: no traceback, no endless loop, exit codes 0 and 1 only."""

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import project, read
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import check
from checker import figures, markdown
from checker.project import ParsedPage, Project
from checker.rules import fix
from content.files import parse_page
from content.known import Known
from content.locales import LOCALES

FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FILES = ["docs/en/levers/purchasing.md", "docs/fr/cases/rennes-clauses.md", "data/sources.yml", "mkdocs.yml"]
FILES += ["data/glossary.yml", "data/territories.yml", "overrides/base.html"]

# Pieces of Markdown, of both languages and of what the rules look at: random text seldom has them.
PIECES = """# ## | --- - 1. !!! > ``` ` * ** [ ] ( ) [^a] [^ {#a} { lang=fr } <!-- --> <a href= <img & &nbsp; \\ « » “ ”
    ' " 12,5 12.5 % € 1 000 2015-2020 1er 19th XIXe L. n° no. July juillet two deux half et demi million d’euros
    third un tiers A Etat the le ... … ; : ! ? allow N001: M001 é œ 🙂 1/2/2019 2019-01-01"""
SPACES = ["\n", "\n\n", "    ", "\u00a0", "\u202f", "\x00", "\ufffc"]
words = st.one_of(st.sampled_from([*PIECES.split(), *SPACES]), st.text(max_size=8).map(lambda t: t.replace("\r", "")))
texts = st.lists(words, max_size=40).map(" ".join)  # what is read has no \r: content/files.py refuses it


@FEW
@given(texts, st.integers(1, 50))
@example("| a\n| -\n> - 1. ```\n\t!!! x", 1)
def test_any_markdown_is_read(text: str, first_line: int) -> None:
    """Every block, link and id stands on a line of the text."""
    document = markdown.parse(text, first_line)
    lines = range(first_line, first_line + text.count("\n") + 1)
    for section in document.sections:
        for block in section.all_blocks:
            assert block.line in lines and block.end in lines
            assert all(item.line in lines for item in (*block.targets, *block.citations))


@FEW
@given(texts, st.sampled_from(LOCALES))
@example("1" * 5000, "en")
@example("1,000" * 1500 + "%", "en")
@example("1 000" * 1500 + "e", "fr")
@example("12-" * 1500 + "9" * 5000, "fr")
def test_any_text_says_the_same_as_itself(text: str, locale: str) -> None:
    """Each figure stands where it is said to, none over another, and a text differs in nothing from itself."""
    found = figures.read(text, locale)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start or (a.start, a.end) == (b.start, b.end) for a, b in pairwise(found))
    assert figures.differences(found, found) == ([], [])


def parsed(body: str, locale: str) -> tuple[str, ParsedPage]:
    source = f"---\ntitle: A\n---\n{body}"
    page = parse_page(source, locale, "a.md", f"docs/{locale}/a.md")
    return source, ParsedPage(Project(Path(), Known()), page, markdown.parse(page.body, page.body_line))


@FEW
@given(texts, st.sampled_from(LOCALES))
@example("a ' \" ' \" b", "fr")
@example("1 000 000 % . 5 ; ; ! ?", "fr")
@example("# # ``` ```", "en")
def test_a_correction_is_made_once(body: str, locale: str) -> None:
    """--fix twice is --fix once, and no line is added or removed."""
    source, before = parsed(body, locale)
    once = fix.fixed(source, before)
    page = parse_page(once, locale, "a.md", before.page.file)
    again = replace(before, page=page, doc=markdown.parse(page.body, page.body_line))
    assert fix.fixed(once, again) == once
    assert once.count("\n") == source.count("\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project("clean", tmp_path)


@FEW
@given(
    name=st.sampled_from(FILES),
    data=st.one_of(st.binary(max_size=300), texts.map(lambda text: text.encode())),
    fix=st.booleans(),
)
@example(name=FILES[0], data=b"---\ntitle: [\n---\n", fix=True)
@example(name=FILES[0], data=b"---\n? [a]\n: b\n---\nx", fix=False)
def test_any_bytes_give_findings(root: Path, name: str, data: bytes, fix: bool) -> None:
    """A file of any bytes, alone or after the front matter of a page: exit code 0 or 1."""
    file = root / name
    whole = file.read_bytes()
    head, _, _ = whole.partition(b"\n---\n")
    try:
        for content in (data, head + b"\n---\n" + data):
            file.write_bytes(content)
            assert check.main(["--root", str(root), *["--fix"] * fix]) in (0, 1)
    finally:
        file.write_bytes(whole)


# What readers and rules look for, or begin to look for: each is said thousands of times in one paragraph.
LONG = """1@234@ 1,000 1 €1@million@ 5@July@2019@ 2015–2020@ XVIIIe@siècle@ 1er@ 1- ½ deux@tiers@ one@third@of@
    vingt@et@ a@ a ' 'a « “ [ [^ [^a] ]( * < <a@ <!-- { { {#a {#a= http:// a@b. www. A AB- A.@ not@ n’est@ more@than@
    about@the@ ... |@ `"""


def test_no_text_hangs_the_checker(root: Path) -> None:
    """A paragraph of eight thousand characters is checked at once, also where the languages differ all along; a rule
    whose time grows with the square of the length takes many seconds."""
    seconds = {}
    files = {locale: root / "docs" / locale / "cases/rennes-clauses.md" for locale in LOCALES}
    before = {locale: read(file) for locale, file in files.items()}
    for piece in (piece.replace("@", " ") for piece in LONG.split()):
        english, french = (some * (8_000 // len(piece)) for some in (piece, piece.replace("1", "2")))
        files["en"].write_text(f"{before['en']}\n@ {english} @ http://\n", encoding="utf-8")
        files["fr"].write_text(f"{before['fr']}\n@ {french}\n", encoding="utf-8")
        start = time.process_time()
        check.check(root)
        seconds[piece] = round(time.process_time() - start, 1)
    assert {piece: taken for piece, taken in seconds.items() if taken > 2} == {}


@pytest.mark.parametrize("nested", [">" * 5_000 + " a", "*a " * 3_000 + "b*" * 3_000, "- " * 3_000 + "a"])
def test_a_text_is_read_however_deep_its_parts_stand_in_one_another(nested: str) -> None:
    """Quotations, marked words and lists in one another by the thousand: read, and what follows them too."""
    assert [block.text for block in markdown.parse(f"{nested}\n\n## After\n\nText\n").sections[-1].blocks] == ["Text"]
