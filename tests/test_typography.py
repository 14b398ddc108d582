"""`--fix`: what it corrects, what it leaves alone, heading ids, allowances."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_check import FIXTURES, findings, project, run

import check
from checker import links, model, stale
from checker.rules import fix, typography

CASE = {locale: f"docs/{locale}/cases/rennes-clauses.md" for locale in ("en", "fr")}
PUBLISHED, EQUAL = links.PUBLISHED, stale.FILE
TEXTS: dict[str, Any] = yaml.safe_load((FIXTURES.parent / "data" / "typography.yml").read_text(encoding="utf-8"))
CORRECTED: dict[str, dict[str, str]] = TEXTS["corrected"]


def page(root: Path, locale: str, text: str) -> Path:
    """The case of the clean project with a paragraph added."""
    file = root / CASE[locale]
    file.write_text(file.read_text(encoding="utf-8") + f"\n{text}.[^law-2014-sse]\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(("locale", "text"), [(locale, text) for locale, texts in CORRECTED.items() for text in texts])
def test_fix_corrects(locale: str, text: str, tmp_path: Path) -> None:
    """The text is found, corrected where it stands, and then found no more; nothing else changes."""
    root = project("clean", tmp_path)
    file = page(root, locale, f"Before {text} after" if locale == "en" else f"Avant {text} après")
    before = file.read_text(encoding="utf-8")
    assert any(re.search("T01[0-9]", finding) for finding in findings(root, CASE[locale]))
    assert fix.fix(model.load(root)) == [CASE[locale]]
    after = file.read_text(encoding="utf-8")
    assert after == before.replace(text, CORRECTED[locale][text])
    assert not any(re.search("T01[0-9]", finding) for finding in findings(root, CASE[locale]))
    assert fix.fix(model.load(root)) == []


@pytest.mark.parametrize(("locale", "text"), TEXTS["left_alone"])
def test_fix_leaves_alone(locale: str, text: str, tmp_path: Path) -> None:
    """Code, addresses, HTML attributes, comments, and words of the other language with its own typography."""
    root = project("clean", tmp_path)
    page(root, locale, text)
    assert fix.fix(model.load(root)) == []
    assert not [finding for finding in findings(root) if " T01" in finding]


def test_right_sentences_have_nothing_to_correct() -> None:
    sentences = yaml.safe_load((FIXTURES.parent / "data" / "right_sentences.yml").read_text(encoding="utf-8"))
    wrong = [
        (text, correction)
        for pair in sentences
        for text, locale in zip(pair, ("en", "fr"), strict=True)
        for correction in typography.corrections(text, locale)
    ]
    assert wrong == []


def test_fix_gives_headings_their_ids(tmp_path: Path) -> None:
    """An id is made from the English heading, the same in both languages; an id of one language is kept."""
    root = project("clean", tmp_path)
    for locale, texts in {
        "en": ["## The city’s (first) café & co", "## Need", "## Sources", "## Kept { #kept-id }", "## Half"],
        "fr": ["## Le premier café", "## Le besoin, encore", "## Les sources", "## Gardé", "## Moitié { #half-id }"],
    }.items():
        file = root / CASE[locale]
        file.write_text(file.read_text(encoding="utf-8") + "\n" + "\n\n".join(texts) + "\n", encoding="utf-8")
    fix.fix(model.load(root))
    ids = ["the-citys-first-cafe-and-co", "need-2", "sources-2", "kept-id", "half-id"]
    sheets = model.load(root).sheets.values()
    assert [[h.id for h in of["cases/rennes-clauses.md"].headings[-5:]] for of in sheets] == [ids, ids]


def test_fix_gives_no_ids_where_headings_do_not_correspond(tmp_path: Path) -> None:
    root = project("heading-missing", tmp_path)
    file = root / "docs/en/levers/purchasing.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n## More\n", encoding="utf-8")
    assert fix.fix(model.load(root)) == []


QUOTED = {
    """ "Rennes' hours: 12 %" """: """ "Rennes’ hours: 12%" """,
    "'Rennes: 12 %, 2015-2020'": "'Rennes: 12%, 2015–2020'",
}


@pytest.mark.parametrize("value", QUOTED)
def test_fix_corrects_front_matter_in_quotes(value: str, tmp_path: Path) -> None:
    root = project("clean", tmp_path)
    file = root / CASE["en"]
    before = re.sub("^title: .*", lambda _: f"title: {value}", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(before, encoding="utf-8")
    assert fix.fix(model.load(root)) == [CASE["en"]]
    assert file.read_text(encoding="utf-8") == before.replace(value, QUOTED[value])


def test_fix_respects_an_allowance(tmp_path: Path) -> None:
    root = project("clean", tmp_path)
    page(root, "en", "<!-- allow T017 continued...: the report writes its title so -->\n\nTo be continued... later")
    assert fix.fix(model.load(root)) == []
    assert not [finding for finding in findings(root) if finding.endswith(("T017", "A001"))]


def test_fix_keeps_the_mode_and_leaves_no_other_file(tmp_path: Path) -> None:
    root = project("straight-apostrophe", tmp_path)
    file = root / CASE["en"]
    file.chmod(0o640)
    before = sorted((root / "docs").rglob("*"))
    result = run("--fix", "--root", root)
    assert result.returncode == 0, result.stdout
    assert sorted((root / "docs").rglob("*")) == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert f"fixed {CASE['en']}" in result.stderr


def half(self: Path, data: bytes) -> int:
    """As where the disk is full: a part is written, then no more."""
    with self.open("wb") as file:
        file.write(data[: len(data) // 2])
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_replacing(*_: object) -> Path:
    raise OSError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.mark.parametrize(
    ("option", "file"), [("--fix", CASE["en"]), ("--publish", PUBLISHED), ("--accept --all", EQUAL)]
)
@pytest.mark.parametrize(("step", "fails"), [("write_bytes", half), ("replace", no_replacing)])
def test_writing_that_fails_keeps_the_file(
    option: str,
    file: str,
    step: str,
    fails: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The file is as it was, no other file stays, and one line says so: exit code 2."""
    root = project("straight-apostrophe", tmp_path)
    (root / PUBLISHED).write_text("index.md\n", encoding="utf-8")
    before = {path: path.is_file() and path.read_bytes() for path in root.rglob("*")}
    monkeypatch.setattr(Path, step, fails)
    assert check.main([*option.split(), "--root", str(root)]) == 2
    assert {
        path: path.is_file() and path.read_bytes() for path in root.rglob("*") if ".cache" not in path.parts
    } == before
    assert not [path for path in root.rglob(".cache/**/*") if path.is_file()]  # nor of what is kept
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert re.search(rf"could not run: .*{file} cannot be written, it stays as it was: (No space|Permission)", said)


def test_fix_of_one_path(tmp_path: Path) -> None:
    """A PATH limits what is corrected."""
    root = project("straight-apostrophe", tmp_path)
    assert run("--fix", "--root", root, root / "docs/fr").stderr.count("fixed") == 1
    assert [f for f in findings(root) if "T010" in f] == [CASE["en"] + ":17: T010"]
