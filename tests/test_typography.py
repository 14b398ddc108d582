"""`--fix`: what it corrects, what it leaves alone, allowances; a file that cannot be written stays."""

import re
import stat
from pathlib import Path

import pytest
from conftest import CASE as PAGE
from conftest import check_command, data, edit, findings, project, read

from checker.project import load
from checker.rules.typography import fix
from content.locales import LOCALES

CASE = {locale: f"docs/{locale}/{PAGE}" for locale in LOCALES}
AROUND = {"en": "Before {} after.[^law-2014-sse]", "fr": "Avant {} après.[^law-2014-sse]"}


def add(root: Path, locale: str, *texts: str) -> Path:
    """The case of the clean project with paragraphs added."""
    edit(root / CASE[locale], "", "".join(f"\n{text}\n" for text in texts))
    return root / CASE[locale]


def typography(root: Path) -> list[str]:
    return [finding for finding in findings(root) if " T01" in finding]


def test_fix_corrects(locale: str, tmp_path: Path) -> None:
    """Each text is found, corrected where it stands, and then found no more; nothing else changes."""
    root, texts = project("clean", tmp_path), data("typography")["corrected"][locale]
    before, after = ([AROUND[locale].format(text) for text in given] for given in (texts, texts.values()))
    file = add(root, locale, *before)
    lines = read(file).splitlines()
    found = {int(finding.split(":")[1]) for finding in typography(root)}
    assert [line for line in before if lines.index(line) + 1 not in found] == []
    assert fix(load(root)) == [CASE[locale]]
    assert read(file).splitlines() == [*lines[: -2 * len(after)], *(part for line in after for part in ("", line))]
    assert typography(root) == fix(load(root)) == []


def test_fix_leaves_alone(tmp_path: Path) -> None:
    """Code, addresses, HTML attributes, comments, words of the other language with its own typography, and what an
    allowance names stay as they are."""
    root = project("clean", tmp_path)
    for locale, text in data("typography")["left_alone"]:
        add(root, locale, f"{text}.[^law-2014-sse]")
    allowed = "<!-- allow T017 continued...: the report writes its title so -->\n\nTo be continued... later"
    add(root, "en", f"{allowed}.[^law-2014-sse]")
    assert fix(load(root)) == []
    assert [finding for finding in findings(root) if re.search("T01|A001", finding)] == []


@pytest.mark.parametrize(
    ("file", "title", "corrected"),
    [
        pytest.param(CASE["en"], """ "Rennes' 12 %" """, """ "Rennes’ 12%" """, id="double-quotes"),
        pytest.param(CASE["en"], "'12 %, 2015-2020'", "'12%, 2015–2020'", id="single-quotes"),
        pytest.param("data/sources.yml", "2015-2020", "2015–2020", id="words-of-an-address"),
    ],
)
def test_fix_corrects_the_texts_of_yaml_alone(file: str, title: str, corrected: str, tmp_path: Path) -> None:
    """In front matter and records: neither the quotes of YAML nor an address with the words of a text."""
    root = project("clean", tmp_path)
    edit(root / "data/sources.yml", "https://", "https://2015-2020.")
    edit(root / "data/sources.yml", "lang: fr", "lang: en")
    text = re.sub("title: .*", lambda _: f"title: {title}", read(root / file), count=1)
    (root / file).write_text(text, encoding="utf-8")
    assert fix(load(root)) == [file]
    assert read(root / file) == text.replace(f"title: {title}", f"title: {corrected}")


def test_fix_as_a_command(tmp_path: Path) -> None:
    """A PATH limits what is corrected; each file is named; its mode is kept and no other file stays. Data is mended
    too."""
    root = project("straight-apostrophe", tmp_path)
    file = root / CASE["en"]
    file.chmod(0o640)
    before = sorted((root / "docs").rglob("*"))
    assert check_command("--fix", "--root", root, root / "docs/fr").stderr.count("fixed") == 1
    assert typography(root) == [CASE["en"] + ":17: T010"]
    result = check_command("--fix", "--root", root)
    assert (result.returncode, f"fixed {CASE['en']}" in result.stderr) == (0, True)
    assert (stat.S_IMODE(file.stat().st_mode), sorted((root / "docs").rglob("*"))) == (0o640, before)
    root = project("data-typography", tmp_path / "2")
    assert [check_command(*option, "--root", root).returncode for option in ([], ["--fix"])] == [1, 0]
