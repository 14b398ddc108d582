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
from conftest import copy_project, edit, free_port, read

PAGE = "docs/en/themes/index.md"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the project, served as `make serve` does, and its address."""
    root, port = copy_project(tmp_path_factory.mktemp("draft") / "project"), free_port()
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
    """The page is served, with the place of the fault on top; once it is mended an edit shows again."""
    root, address = draft
    assert shown(address, "</footer>")
    for file, old, new, said in FAULTS:
        text = edit(root / file, old, new)
        assert shown(address, said), file
        assert shown(address, "</footer>"), file
        (root / file).write_text(text, encoding="utf-8")
        assert shown(address, 'role="alert"', there=False), file
        edit(root / PAGE, "", f"\nSeen again after {Path(file).name}.\n")
        assert shown(address, f"Seen again after {Path(file).name}."), file


def test_an_edited_word_shows_in_template_and_text(draft: tuple[Path, str]) -> None:
    """The text of a page is kept while it is the same; a word that stands in it makes it anew."""
    file, address = draft[0] / "data/words.yml", f"{draft[1]}food/"
    assert shown(address, "</footer>")
    edited = re.sub(r"(?m)^(link_to|menu): .*$", r"\1: {en: Edited \1, fr: Modifié}", read(file))
    file.write_text(edited, encoding="utf-8")
    assert shown(address, "Edited menu")
    assert shown(address, "Edited link_to")
