"""`--fix`: what it corrects, what it leaves alone, allowances; a file that cannot be written stays."""

import errno
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from conftest import CASE as PAGE
from conftest import check_command, data, edit, findings, project, read

import check
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
    ("value", "corrected"),
    [
        (""" "Rennes' hours: 12 %" """, """ "Rennes’ hours: 12%" """),
        ("'Rennes: 12 %, 2015-2020'", "'Rennes: 12%, 2015–2020'"),
    ],
)
def test_fix_corrects_front_matter_in_quotes(value: str, corrected: str, tmp_path: Path) -> None:
    """The quotes of YAML are no quotes of the text: they stay."""
    root = project("clean", tmp_path)
    file = root / CASE["en"]
    before = re.sub("^title: .*", lambda _: f"title: {value}", read(file), flags=re.MULTILINE)
    file.write_text(before, encoding="utf-8")
    assert fix(load(root)) == [CASE["en"]]
    assert read(file) == before.replace(value, corrected)


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


def test_an_address_with_the_words_of_a_text_stays(tmp_path: Path) -> None:
    """Of a record of data the text alone is corrected, in its language."""
    root = project("clean", tmp_path)
    file = root / "data/sources.yml"
    edit(file, "title: Rapport d’activité\n  url: https://", "title: 2015-2020\n  url: https://2015-2020.")
    edit(file, "lang: fr", "lang: en")
    before = read(file)
    assert [finding.code for finding in check.check(root)] == ["D010"]
    assert fix(load(root)) == ["data/sources.yml"]
    assert read(file) == before.replace("title: 2015-2020", "title: 2015–2020")


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_writing_that_fails_keeps_the_file(step: str, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    """The file is as it was, no other file stays, and one line says so: exit code 2."""

    def full(self: Path, *_: object) -> None:
        with self.open("a") as begun:
            begun.write("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def contents() -> dict[Path, object]:
        return {path: path.is_file() and path.read_bytes() for path in root.rglob("*")}

    root = project("straight-apostrophe", tmp_path)
    before = contents()
    monkeypatch.setattr(Path, step, full)
    assert check.main(["--fix", "--root", str(root)]) == 2
    assert contents() == before
    said = capsys.readouterr().err
    assert re.fullmatch(
        rf"check.py could not run: .*{CASE['en']} cannot be written, it stays as it was: No space.*\n", said
    )
