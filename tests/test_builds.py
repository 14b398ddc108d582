"""Builds: the same commit makes the same bytes, also with the fork of MkDocs; bad content leaves the site as it was.

`make serve`: an edit shows; a fault leaves the pages there and is told in a line, until it is mended.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from conftest import ROOT, copy_project, edit, free_port, read, run

from content.model import Study

OTHERWISE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "fr_FR.UTF-8"}


def files(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_the_same_commit_makes_the_same_bytes(site: Path, study: Study, tmp_path: Path) -> None:
    """A second build by ProperDocs, the fork of MkDocs, in another folder, time zone, locale and order of hashes, makes
    every file again, byte for byte; of the books, the shortest PDF and both EPUB stand for all."""
    again = copy_project(tmp_path / "elsewhere, à côté")
    (again / "site").mkdir()
    (again / "site/gone.html").touch()  # of the site that was there
    done = run(again, "properdocs", "build", "--strict", "-f", "mkdocs.yml", **OTHERWISE)
    assert done.returncode == 0, done.stderr[-1000:]
    names = [f"{slug}.pdf" for slug in study.terms["levers"]]
    shortest = min(names, key=lambda name: (site / "downloads" / name).stat().st_size)
    for downloads in ("downloads", "fr/downloads"):
        left = shutil.ignore_patterns(shortest, "study.epub")
        shutil.copytree(site / downloads, again / "site" / downloads, ignore=left)
    done = run(again, "books.book", "site", shortest, "study.epub", "share", **OTHERWISE)
    assert done.returncode == 0, done.stderr[-1000:]
    first, second = files(site), files(again / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_bad_content_stops_the_build_with_one_clear_line(tmp_path: Path) -> None:
    """What the pages cannot be built from stops the build with the checker's own line, without a traceback: what cannot
    be read, and what is wrong. The site that was built before stays as it is."""
    root = copy_project(tmp_path)
    (root / "site").mkdir()
    (root / "site/index.html").write_text("as it was", encoding="utf-8")
    for file, old, new, code in (
        ("docs/fr/index.md", "kind: page", "kind: [page", "Y001"),
        ("docs/fr/index.md", "", "\n<!-- generated: atlantis -->\n", "L009"),
    ):
        before = edit(root / file, old, new)
        done = run(root, "mkdocs", "build", "--strict")
        said = re.search(rf"{re.escape(file)}:\d+:\d+: {code} ", done.stderr)
        assert said and done.returncode == 1, f"{code} does not stop the build, which says:\n{done.stderr[-1000:]}"
        assert "Traceback" not in done.stderr
        assert read(root / "site/index.html") == "as it was"
        (root / file).write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "setting", "value"),
    [
        ("mkdocs", "SOURCE_DATE_EPOCH", "9" * 5000),
        ("mkdocs", "SITE_URL", ""),
        ("mkdocs", "CONTACT", "corrections"),
        ("books.book", "SOURCE_DATE_EPOCH", "-1"),
    ],
)
def test_an_odd_setting_is_named(site: Path, tmp_path: Path, command: str, setting: str, value: str) -> None:
    """A setting that no site can be made with stops the command, which says how to give it."""
    arguments = ("build", "--site-dir", str(tmp_path)) if command == "mkdocs" else (str(site),)
    done = run(ROOT, command, *arguments, **{setting: value})
    assert done.returncode == 1
    assert setting.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


PAGE = "docs/en/themes/index.md"
CASE = min(file.name for file in (ROOT / "docs/en/cases").iterdir() if "\nkind: case\n" in read(file))
# One term, in place of those whose pages are not there.
TERM = "- {id: sse, en: economy, fr: économie, definition: {en: A word., fr: Un mot.}, sources: []}\n"
# The records that no template lacks.
RECORDS = ("amounts", "briefs", "changes", "charts", "duties", "instruments", "redirects", "search", "start", "study")


def small_project(folder: Path) -> Path:
    """The project with its templates, but one case and a sentence on each page: built in a sixth of the time."""
    root = copy_project(folder)
    for page in root.glob("docs/*/**/*.md"):
        front_matter = read(page).split("---")[1]
        if "\nkind: case\n" in front_matter and page.name != CASE:
            page.unlink()
        else:
            page.write_text(f"---{front_matter}---\n\nText.\n", encoding="utf-8")
    for name in RECORDS:
        (root / f"data/{name}.yml").unlink()
    (root / "data/glossary.yml").write_text(TERM, encoding="utf-8")
    territories = root / "data/territories.yml"  # their jobs name the cases that tell them
    told = re.sub(r"^  jobs.*\n(    .*\n)*", "", read(territories), flags=re.MULTILINE)
    territories.write_text(told, encoding="utf-8")
    return root


@pytest.fixture
def draft(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A small copy of the project, served as `make serve` does, and its address."""
    root, port = small_project(tmp_path), free_port()
    command = (sys.executable, "-m", "mkdocs", "serve", "--dirty", "--no-strict", "--dev-addr", f"127.0.0.1:{port}")
    environment = os.environ | {"PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    with (root / "said").open("w") as said, subprocess.Popen(command, cwd=root, env=environment, stderr=said) as server:
        yield root, f"http://127.0.0.1:{port}/themes/"
        server.terminate()


def shown(address: str, text: str) -> bool:
    """Whether the page comes to hold a text, within minutes; a request may not hang."""
    for _ in range(1000):  # of a quarter of a second: a build may take a minute on a loaded machine
        time.sleep(0.25)
        with contextlib.suppress(ConnectionError, URLError), urlopen(address, timeout=60) as answer:
            if text in answer.read().decode():
                return True
    return False


def told(root: Path, expression: str) -> bool:
    """Whether the server comes to say, in one line, what an expression finds."""
    for _ in range(1000):
        if re.search(expression, read(root / "said")):
            return True
        time.sleep(0.25)
    return False


# Where a fault is put, in place of what, and what is then said of it.
FAULTS = [
    (PAGE, "", "\nUnsupported.[^nobody-2099-nothing]\n", f"{PAGE}:"),
    ("overrides/partials/footer.html", "<footer", "{{ nothing.there }}<footer", "overrides/partials/footer.html:"),
    ("mkdocs.yml", "site_name:", " site_name:", "mkdocs.yml"),
]


def test_a_fault_leaves_the_last_good_page_and_is_told(draft: tuple[Path, str]) -> None:
    """The page is served, and one line has the place of the fault, until it is mended; then edits show again, those of
    a page and those of a word that stands in many."""
    root, address = draft
    assert shown(address, "</footer>")
    for file, old, new, said in FAULTS:
        text = edit(root / file, old, new)
        assert told(root, rf"{re.escape(said)}.* still served"), file
        assert shown(address, "</footer>"), file
        (root / file).write_text(text, encoding="utf-8")
    edit(root / PAGE, "", "\nSeen again.\n")
    assert shown(address, "Seen again.")
    edit(root / "data/words.yml", "\nmenu: {en: Menu", "\nmenu: {en: Edited menu")
    assert shown(f"{address}food/", "Edited menu")
