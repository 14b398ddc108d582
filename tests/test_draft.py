"""`make serve`: an edit shows, a fault leaves the pages there with a word of it, and goes when it is mended."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from conftest import ROOT, copy_project, edit, free_port, read

PAGE = "docs/en/themes/index.md"
CASE = min(file.name for file in (ROOT / "docs/en/cases").iterdir() if "\nkind: case\n" in read(file))
# One term, in place of those whose pages are not there.
TERM = "- {id: sse, en: economy, fr: économie, definition: {en: A word., fr: Un mot.}, sources: []}\n"
# The records that no template lacks.
RECORDS = ("amounts", "briefs", "changes", "charts", "instruments", "redirects", "search", "start", "study")


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
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.DEVNULL) as server:
        yield root, f"http://127.0.0.1:{port}/themes/"
        server.terminate()


def shown(address: str, text: str, there: bool = True) -> bool:
    """Whether the page comes to hold a text, or to be without it, within minutes; a request may not hang."""
    for _ in range(1000):  # of a quarter of a second: a build may take a minute on a loaded machine
        time.sleep(0.25)
        with contextlib.suppress(ConnectionError, URLError), urlopen(address, timeout=60) as answer:
            if (text in answer.read().decode()) is there:
                return True
    return False


# Where a fault is put, in place of what, and what is then said of it.
FAULTS = [
    (PAGE, "", "\nUnsupported.[^nobody-2099-nothing]\n", f"{PAGE}:"),
    ("overrides/partials/footer.html", "<footer", "{{ nothing.there }}<footer", "overrides/partials/footer.html:"),
    ("mkdocs.yml", "site_name:", " site_name:", "mkdocs.yml"),
]


def test_a_fault_leaves_the_last_good_page_with_a_word_of_it(draft: tuple[Path, str]) -> None:
    """The page is served, with the place of the fault on top, until it is mended; then edits show again, those of a
    page and those of a word that stands in many."""
    root, address = draft
    assert shown(address, "</footer>")
    for file, old, new, said in FAULTS:
        text = edit(root / file, old, new)
        assert shown(address, said), file
        assert shown(address, "</footer>"), file
        (root / file).write_text(text, encoding="utf-8")
        assert shown(address, 'role="alert"', there=False), file
    edit(root / PAGE, "", "\nSeen again.\n")
    assert shown(address, "Seen again.")
    edit(root / "data/words.yml", "\nmenu: {en: Menu", "\nmenu: {en: Edited menu")
    assert shown(f"{address}food/", "Edited menu")
