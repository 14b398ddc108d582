"""Staleness: a section that changed in one language only is reported. What its reader is told: test_builds.py."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

import check
from checker import model, stale
from content.model import LOCALES

CLEAN = Path(__file__).parent / "fixtures" / "clean"
PAGE = "cases/rennes-clauses.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project whose sections are all declared equal."""
    shutil.copytree(CLEAN, tmp_path / "project")
    accept(tmp_path / "project")
    return tmp_path / "project"


def accept(root: Path, only: list[str] | None = None) -> int:
    return stale.accept(root, model.load(root).sections, only)


def edit(root: Path, locale: str, old: str, new: str, page: str = PAGE) -> None:
    file = root / "docs" / locale / page
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def reported(root: Path, *only: str) -> list[str]:
    return [f"{f.path}:{f.line}: {f.code}" for f in check.look_for_stale(root, only or None)]


def line_of(root: Path, locale: str, text: str) -> int:
    lines = (root / "docs" / locale / PAGE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_what_a_translation_must_follow_is_seen_and_nothing_else() -> None:
    pairs = yaml.safe_load((CLEAN.parent.parent / "data" / "stale.yml").read_text(encoding="utf-8"))
    for said, edits in pairs.items():
        equal = [name for name, texts in edits.items() if len(set(map(stale.fingerprint, texts))) == 1]
        assert equal == (list(edits) if said == "same" else [])


def test_declared_sections_are_not_stale(root: Path) -> None:
    """Nothing is stale after --accept, and the file is sorted, a line a section."""
    assert reported(root) == []
    lines = (root / stale.FILE).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert f"{PAGE}#need" in [line.split("  ")[0] for line in lines]


@pytest.mark.parametrize(("changed", "late"), [("en", "fr"), ("fr", "en")])
def test_a_change_in_one_language_is_reported_in_the_other(root: Path, changed: str, late: str) -> None:
    """The finding stands at the section that did not change, and names file and line of the one that did."""
    edit(root, changed, "{ #need }\n", "{ #need }\n\nMore.\n")
    (finding,) = check.look_for_stale(root)
    line = line_of(root, late, "#need")
    assert (finding.path, finding.line, finding.code) == (f"docs/{late}/{PAGE}", line, "C002")
    assert f"docs/{changed}/{PAGE}:{line_of(root, changed, '#need')}" in finding.message
    edit(root, changed, "{ #need }\n\nMore.\n", "{ #need }\n")
    assert reported(root) == []


def test_a_change_in_both_languages_is_to_be_read(root: Path) -> None:
    for locale in LOCALES:
        edit(root, locale, "{ #need }\n", "{ #need }\n\nMore.\n")
    assert reported(root) == [f"docs/en/{PAGE}:{line_of(root, 'en', '#need')}: C003"]
    assert stale.behind(model.load(root).sections) == {}


def test_a_new_section_was_never_declared(root: Path) -> None:
    for locale in LOCALES:
        edit(root, locale, "## ", "## Nantes { #new }\n\nNantes.\n\n## ")
    assert reported(root)[0] == f"docs/en/{PAGE}:{line_of(root, 'en', '#new')}: C004"


def test_title_and_description_are_a_section(root: Path) -> None:
    """A new title is a change; a new date is none."""
    edit(root, "en", "updated: ", "updated: 1999-01-01 # ")
    assert reported(root) == []
    edit(root, "en", "title: ", "title: New ")
    assert reported(root) == [f"docs/fr/{PAGE}:1: C002"]


def test_what_moves_unchanged_stays_equal(root: Path) -> None:
    """A page that is renamed and a heading that gets another id are not to be read again; --accept writes their new
    names. What moves and changes is new."""
    for locale in LOCALES:
        edit(root, locale, "{ #need }", "{ #new-need }")
        (root / "docs" / locale / PAGE).rename(root / "docs" / locale / "cases/elsewhere.md")
    assert reported(root) == []
    accept(root)
    assert "\ncases/elsewhere.md#new-need  " in (root / stale.FILE).read_text(encoding="utf-8")
    for locale in LOCALES:
        edit(root, locale, "{ #new-need }\n", "{ #need }\n\nMore.\n", "cases/elsewhere.md")
    assert [finding.split()[-1] for finding in reported(root)] == ["C004"]


def test_accept_of_one_page_leaves_the_others(root: Path) -> None:
    """PATH declares the sections of these pages only, whichever language it names; lines of what is gone go."""
    edit(root, "en", "title: ", "title: New ")
    edit(root, "en", "title: ", "title: New ", "index.md")
    for locale in LOCALES:
        edit(root, locale, "{ #need }", "{ #new-need }")
    assert accept(root, [f"docs/fr/{PAGE}"]) == 2
    assert reported(root) == ["docs/fr/index.md:1: C002"]
    assert "#need " not in (root / stale.FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["index.md  0123", "index.md  00000000  00000000"])
def test_a_broken_file_is_one_finding(root: Path, line: str) -> None:
    """A line that is none, or a section given twice, is named with its line, by the checker as by --stale; --accept
    then writes nothing."""
    file = root / stale.FILE
    text = file.read_text(encoding="utf-8") + line + "\n"
    file.write_text(text, encoding="utf-8")
    assert reported(root) == [f"{stale.FILE}:{len(text.splitlines())}: C001"]
    assert check.check(root) == check.look_for_stale(root)
    assert check.main(["--accept", "--all", "--root", str(root)]) == 1
    assert file.read_text(encoding="utf-8") == text


def test_command(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--stale: exit code 0, 1 or 2, and the formats of the other findings; --accept makes it 0 again."""
    at = ["--root", str(root)]
    assert check.main([*at, "--stale"]) == 0
    edit(root, "en", "title: ", "title: New ")
    capsys.readouterr()
    assert check.main([*at, "--stale", "--format", "json"]) == 1
    assert [finding["code"] for finding in json.loads(capsys.readouterr().out)] == ["C002"]
    assert check.main([*at, "--stale", str(root / "docs/fr/levers")]) == 0
    assert check.main(["--stale", "--root", str(root / "docs")]) == 2
    assert check.main([*at, "--accept"]) == 2  # every section, by four letters that were forgotten
    assert check.main([*at, "--accept", "--all"]) == 0


def test_the_check_ends_with_a_line_on_currency(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What changed in one language only is counted, and is no finding."""
    assert check.main(["--root", str(root)]) == 0
    assert "--stale" not in capsys.readouterr().err
    edit(root, "en", "The city wanted", "The city has wanted")
    assert check.main(["--root", str(root)]) == 0
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("1 section ") and "--stale" in last
