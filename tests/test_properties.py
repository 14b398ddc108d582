"""Properties that hold for any input: no traceback, no endless loop, exit codes 0 and 1 only."""

import time
from pathlib import Path

import pytest
from conftest import project, read
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import check
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
@example(name=FILES[0], data=b"| a\n| -\n> - 1. ```\n\t!!! x", fix=True)
@example(name=FILES[0], data=b"1,000" * 1500 + b"%", fix=False)
@example(name=FILES[1], data=b"1 000 000 % . 5 ; ; ! ? # # ``` ``` b ' \" ' \" b", fix=True)
@example(name=FILES[1], data=b"12-" * 1500 + b"9" * 5000, fix=False)
@example(name=FILES[0], data=b">" * 5_000 + b" a", fix=False)
@example(name=FILES[0], data=b"*a " * 3_000 + b"b*" * 3_000, fix=False)
@example(name=FILES[0], data=b"- " * 3_000 + b"a", fix=False)
def test_any_bytes_give_findings(root: Path, name: str, data: bytes, fix: bool) -> None:
    """A file of any bytes, alone or after the front matter of a page: exit code 0 or 1. --fix twice is --fix once."""
    file = root / name
    whole = file.read_bytes()
    head, _, _ = whole.partition(b"\n---\n")
    try:
        for content in (data, head + b"\n---\n" + data):
            file.write_bytes(content)
            assert check.main(["--root", str(root), *["--fix"] * fix]) in (0, 1)
            if fix:
                once = file.read_bytes()
                check.main(["--root", str(root), "--fix"])
                assert file.read_bytes() == once
    finally:
        file.write_bytes(whole)


# What readers and rules look for, or begin to look for: each is said thousands of times in one paragraph.
LONG = """1@234@ 1,000 1 €1@million@ 5@July@2019@ 2015–2020@ XVIIIe@siècle@ 1er@ 1- ½ deux@tiers@ one@third@of@
    vingt@et@ a@ a ' 'a « “ [ [^ [^a] ]( * < <a@ <!-- { { {#a {#a= http:// a@b. www. A AB- A.@ not@ n’est@ more@than@
    about@the@ ... |@ `"""


def test_no_text_hangs_the_checker(root: Path) -> None:
    """A paragraph of four thousand characters is checked at once, also where the languages differ all along; a rule
    whose time grows with its square takes seconds."""
    seconds = {}
    files = {locale: root / "docs" / locale / "cases/rennes-clauses.md" for locale in LOCALES}
    before = {locale: read(file) for locale, file in files.items()}
    for piece in (piece.replace("@", " ") for piece in LONG.split()):
        english, french = (some * (4_000 // len(piece)) for some in (piece, piece.replace("1", "2")))
        files["en"].write_text(f"{before['en']}\n@ {english} @ http://\n", encoding="utf-8")
        files["fr"].write_text(f"{before['fr']}\n@ {french}\n", encoding="utf-8")
        start = time.process_time()
        check.check(root)
        seconds[piece] = round(time.process_time() - start, 1)
    assert {piece: taken for piece, taken in seconds.items() if taken > 2} == {}
