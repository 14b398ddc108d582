"""Staleness: a section that changed in one language only is reported. What its reader is told: test_safety.py."""

import json
from pathlib import Path

import pytest
from conftest import CASE, data, edit, project, read

import check
from checker import stale
from checker.project import load
from content.locales import LOCALES, OTHER

NEED = "{ #need }\n"
MORE = f"{NEED}\nMore.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project whose sections are all declared equal."""
    root = project("clean", tmp_path)
    accept(root)
    return root


def accept(root: Path, only: list[str] | None = None) -> int:
    return stale.accept(root, load(root).compared, only)


def change(root: Path, locale: str, old: str, new: str, page: str = CASE) -> None:
    edit(root / "docs" / locale / page, old, new)


def reported(root: Path) -> list[str]:
    return [f"{f.path}:{f.line}: {f.code}" for f in stale.findings(load(root).compared)]


def place(root: Path, locale: str, text: str) -> str:
    """The file and line of a text of the case."""
    lines = read(root / "docs" / locale / CASE).splitlines()
    return f"docs/{locale}/{CASE}:{next(number for number, line in enumerate(lines, 1) if text in line)}"


def test_what_a_translation_must_follow_is_seen_and_nothing_else() -> None:
    """An edit of spaces, quotes or accents makes no section stale, one of words or figures does."""
    for said, edits in data("stale").items():
        equal = [name for name, texts in edits.items() if len(set(map(stale.fingerprint, texts))) == 1]
        assert equal == (list(edits) if said == "same" else [])


def test_a_change_in_one_language_is_reported_in_the_other(root: Path, locale: str) -> None:
    """The finding stands at the section that did not change, and names file and line of the one that did; title and
    description are a section, of which a new date changes nothing. A change that is undone, or made in both languages,
    leaves none behind; one of both is to be read."""
    changed, late = locale, OTHER[locale]
    change(root, changed, "updated: ", "updated: 1999-01-01 # ")
    change(root, changed, NEED, MORE)
    (finding,) = stale.findings(load(root).compared)
    assert f"{finding.path}:{finding.line} {finding.code}" == f"{place(root, late, '#need')} C002"
    assert place(root, changed, "#need") in finding.message
    change(root, changed, MORE, NEED)
    assert reported(root) == []
    change(root, changed, "title: ", "title: New ")
    assert reported(root) == [f"docs/{late}/{CASE}:1: C002"]
    change(root, changed, "title: New ", "title: ")
    for both in LOCALES:
        change(root, both, NEED, MORE)
    assert reported(root) == [f"{place(root, 'en', '#need')}: C003"]
    assert stale.late_sections(load(root).compared) == {}


def test_what_moves_unchanged_stays_equal(root: Path) -> None:
    """A page that is renamed and a heading that gets another id are not to be read again; --accept writes their new
    names. What moves and changes is new, as a section that was never declared is."""
    for locale in LOCALES:
        change(root, locale, "{ #need }", "{ #new-need }")
        (root / "docs" / locale / CASE).rename(root / "docs" / locale / "cases/elsewhere.md")
    assert reported(root) == []
    accept(root)
    assert "\ncases/elsewhere.md#new-need  " in read(root / stale.EQUAL)
    for locale in LOCALES:
        change(root, locale, "{ #new-need }\n", MORE, "cases/elsewhere.md")
    assert [finding.split()[-1] for finding in reported(root)] == ["C004"]


def test_accept_of_one_page_leaves_the_others(root: Path) -> None:
    """PATH declares the sections of these pages only, whichever language it names; lines of what is gone go, the others
    are sorted."""
    change(root, "en", "title: ", "title: New ")
    change(root, "en", "title: ", "title: New ", "index.md")
    for locale in LOCALES:
        change(root, locale, "{ #need }", "{ #new-need }")
    assert accept(root, [f"docs/fr/{CASE}"]) == 2
    assert reported(root) == ["docs/fr/index.md:1: C002"]
    lines = read(root / stale.EQUAL).splitlines()
    assert lines == sorted(lines) and not [line for line in lines if "#need " in line]


def test_stale_and_accept_as_commands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--stale: exit code 0, 1 or 2, and the formats of the other findings; --accept makes it 0 again. The check counts
    besides what changed in one language only, which is no finding."""
    at = ["--root", str(root)]
    assert check.main([*at, "--stale"]) == check.main(at) == 0
    assert "--stale" not in capsys.readouterr().err
    change(root, "en", "title: ", "title: New ")
    assert check.main(at) == 0
    late, count = capsys.readouterr().err.splitlines()
    assert late.startswith("1 section ") and "--stale" in late and count == "0 findings"
    assert check.main([*at, "--stale", "--format", "json"]) == 1
    assert [finding["code"] for finding in json.loads(capsys.readouterr().out)] == ["C002"]
    assert check.main([*at, "--stale", str(root / "docs/fr/levers")]) == 0
    assert check.main(["--stale", "--root", str(root / "docs")]) == 2
    assert check.main([*at, "--accept"]) == 2  # every section, by four letters that were forgotten
    assert check.main([*at, "--accept", "--all"]) == 0
