"""The checker: each rule by a fixture, sentences as authors write them, odd projects and files, the command.

A fault is a file of `tests/fixtures/`, which says what breaks `clean/`, the small project that has no fault:

- `rule`: what is broken, in words; `found`: every finding, `file:line: CODE`.
- `edits`: by file, each old text with the new one (`''`: adds it at the end), a whole text, or `null`, which
  takes the file away. `moved`: by old path, the new one.
- `pairs`: paragraphs to add to the lever, each in English, in French, and what is found in it: `en N001`.

Sentences are in `tests/data/`; the faults that the checker cannot see are counted in benchmarks/README.md.
"""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import CASE, FIXTURES, LEVER, ROOT, check_command, data, edit, findings, project, read

import check
from checker import figures, stale
from checker.differences import differences
from checker.registry import READING, RULES
from content.locales import LOCALES

FAULTS = sorted(path.stem for path in FIXTURES.glob("*.yml"))
SOURCE = "[^rennes-2023-report]"
ACRONYMS = f"ADEME, ANCT, CRESS, PTCE, RTES, SCIC.{SOURCE}"  # acronyms of both languages
Rows = list[list[str]]  # a text in English, in French


def expected(fault: str) -> list[str]:
    """The findings of a fault, those of its pairs with them, which stand below the text of the lever."""
    given, end = data(FIXTURES / f"{fault}.yml"), len(read(FIXTURES / "clean/docs/en" / LEVER).splitlines())
    paired = [
        f"docs/{locale}/{LEVER}:{end + 2 * number}: {code}"
        for number, pair in enumerate(given.get("pairs", ()), 1)
        for locale, code in map(str.split, pair[2:])
    ]
    return sorted([*given.get("found", ()), *paired])


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_gives_exactly_its_findings(fault: str, tmp_path: Path) -> None:
    """A fault is found where it stands, and nothing else is; what is right all the same has a file without findings."""
    assert findings(project(fault, tmp_path)) == expected(fault), data(FIXTURES / f"{fault}.yml")["rule"]


def test_every_rule_has_a_fixture_and_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Every code is found in some fixture (--stale has tests of its own), and --rules says in a full sentence what it
    asks for."""
    found = {line.rsplit(" ", 1)[1] for fault in FAULTS for line in expected(fault)}
    assert found == {*RULES, *READING} - {"C002", "C003", "C004"}
    assert check.main(["--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted({*RULES, *READING})
    assert [line for line in lines if not line.endswith(".")] == []


def found(rows: Rows, folder: Path) -> list[list[str]]:
    """What the checker finds in each row when all stand in one page, each in a section of its own."""
    root = project("clean", folder)
    for name in ("check.yml", "territories.yml"):
        shutil.copy(ROOT / "data" / name, root / "data")
    places: dict[tuple[str, int], int] = {}
    for side, locale in enumerate(LOCALES):
        file = root / "docs" / locale / CASE
        lines = [*read(file).rstrip("\n").split("\n"), "", ACRONYMS]
        for number, row in enumerate(rows):
            text = row[side] if row[side].endswith("\n") else row[side] + SOURCE
            start = len(lines) + 4
            lines += ["", f"## {locale.upper()} {number} {{ #row-{number} }}", "", *text.rstrip("\n").split("\n")]
            places |= {(f"docs/{locale}/{CASE}", line): number for line in range(start, len(lines) + 1)}
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result: list[list[str]] = [[] for _ in rows]
    for finding in check.check(root):
        if (finding.path, finding.line) in places:
            result[places[finding.path, finding.line]].append(f"{finding.code} {finding.message}")
    return result


def mended(said: str) -> bool:
    """Whether a finding is one that `--fix` mends, which is tested in test_typography.py."""
    return said.startswith("T01")


def test_nothing_is_found_in_right_edits(tmp_path: Path) -> None:
    """What is right in both languages gives no finding."""
    edits: Rows = data("right")
    told = zip(edits, found(edits, tmp_path), strict=True)
    assert [(edit[0], one) for edit, said in told for one in said if not mended(one)] == []


def test_faults_of_translators_are_found(tmp_path: Path) -> None:
    """Each fault of a translation has a finding in its own section: one of spelling of those that `--fix` mends, the
    others another one. Rows of `once` have one cause, which is told in one line where several rules see it."""
    kinds: dict[str, Rows] = data("wrong")
    rows = [(kind, row) for kind, faults in kinds.items() for row in faults]
    missed = []
    for (kind, row), said in zip(rows, found([row for _, row in rows], tmp_path), strict=True):
        told = said if kind == "orthography" else [one for one in said if not mended(one)]
        if not told or (kind == "once" and len(said) > 1):
            missed.append((row, said))
    assert missed == []


def test_figures_are_compared_by_what_they_say() -> None:
    """The same figures agree however each language writes them, others do not."""
    for said, pairs in data("figures").items():
        read = [(pair, figures.read(pair[0], "en"), figures.read(pair[1], "fr")) for pair in pairs]
        assert [pair for pair, *both in read if any(differences(*both)) == (said == "same")] == []


def test_another_project_is_checked_without_our_data(tmp_path: Path) -> None:
    """Two folders of pages are enough: figures, links and sections are compared, and no file of data is missed."""
    for locale, figure, title in (("en", "1,200", "Home"), ("fr", "1\u202f300", "Accueil")):
        page = tmp_path / "docs" / locale / "index.md"
        page.parent.mkdir(parents=True)
        front = f"title: {title}\ndescription: {title}, {locale}\nkind: page\nupdated: 2026-01-01"
        page.write_text(f"---\n{front}\n---\n\n[{figure}](gone.md)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Another\nnav:\n  - index.md\n", encoding="utf-8")
    found = [(finding.path[5:7], finding.code) for finding in check.check(tmp_path)]
    assert found == [("en", "L001"), ("en", "N001"), ("fr", "L001")]


def test_odd_files_are_findings(tmp_path: Path) -> None:
    """A folder named as a page, a link that leads nowhere or to a file elsewhere, a name that is no UTF-8, a file that
    may not be read: findings, not crashes."""
    root = project("clean", tmp_path)
    (root / "docs/assets/elsewhere.txt").symlink_to(root / "mkdocs.yml")
    assert findings(root) == ["docs/assets/elsewhere.txt:1: F007"]
    (root / "docs/en/folder.md").mkdir()
    (root / "docs/en/nowhere.md").symlink_to(root / "gone.md")
    Path(os.fsdecode(os.fsencode(root / "docs/fr") + b"/caf\xe9.md")).write_text("x", encoding="utf-8")
    (root / "docs/en/index.md").chmod(0)
    result = check_command("--root", root)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    found = {(line.split(":")[0], line.split(" ")[1]) for line in result.stdout.splitlines()}
    due = {("docs/en/folder.md", "F000"), ("docs/en/nowhere.md", "F000"), ("docs/fr/caf\\udce9.md", "M001")}
    assert due | ({("docs/en/index.md", "F000")} if os.geteuid() else set()) <= found  # root reads everything


def test_findings_are_said_in_three_formats(tmp_path: Path) -> None:
    """Text: a line each, sorted, with its place, and a count on standard error; JSON; commands of a workflow, in which
    % and line ends are escaped. Exit code 1; 0 where there are none."""
    clean = check_command("--root", project("clean", tmp_path / "clean"))
    assert (clean.returncode, clean.stdout, clean.stderr[:2]) == (0, "", "0 ")
    root = project("missing-page", tmp_path)
    edit(root / "docs/en/index.md", "levers/buying.md", "levers/50%25.md")
    said = [check_command("--format", form, "--root", root) for form in ("text", "json", "github")]
    assert {(done.returncode, done.stderr.splitlines()[-1]) for done in said} == {(1, "3 findings")}
    text, as_json, github = (done.stdout for done in said)
    lines, commands = text.splitlines(), github.splitlines()
    assert lines == sorted(lines) and len(lines) == len(commands) == 3
    assert all(re.fullmatch(r"\S+:\d+:\d+: [A-Z]\d{3} .+", line) for line in lines)
    assert lines == ["{path}:{line}:{column}: {code} {message}".format(**finding) for finding in json.loads(as_json)]
    assert all(re.match(r"::error file=[^,]+,line=\d+,col=\d+,title=[A-Z]\d{3}::.", line) for line in commands)
    assert all("%" not in re.sub("%25|%0A|%0D|%3A|%2C", "", line) for line in commands)


def test_path_limits_the_findings(tmp_path: Path) -> None:
    """A file or folder limits the findings to it; pairs are still compared, whichever language is named."""
    root = project("missing-key", tmp_path)
    assert findings(root, f"docs/en/{CASE}") == [f"docs/en/{CASE}:1: M002"]
    assert check_command("--root", root, root / "docs/fr/cases").returncode == 0
    assert check_command("--root", root, root / "docs/fr/levers", root / "docs/en").stdout.count("M002") == 2
    root = project("table-shape-differs", tmp_path / "2")
    for locale in LOCALES:
        assert findings(root, f"docs/{locale}/levers/purchasing.md") == expected("table-shape-differs")
    assert findings(root, "docs/fr/index.md") == []


def test_output_that_is_closed_is_no_traceback(tmp_path: Path) -> None:
    """Whoever reads may have seen enough (`check.py | head`): the exit code is that of the findings."""
    command = [sys.executable, check.__file__, "--root", str(project("missing-key", tmp_path))]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


@pytest.mark.parametrize(
    "arguments",
    ["--root nowhere", "--root .", "--format xml", "--unknown", "missing.md", "..", "--root project project/tools"],
)
def test_command_that_cannot_run(arguments: str, tmp_path: Path) -> None:
    """Exit code 2 and a sentence, no traceback: no project there, unknown option, PATH missing, outside, or a folder
    without a file to look at."""
    (project("clean", tmp_path) / "tools").mkdir()
    result = check_command(*arguments.split(), folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("option", ["--fix", "--publish", "--accept"])
def test_nothing_is_written_where_something_cannot_be_read(option: str, tmp_path: Path) -> None:
    """What is wrong is named, exit code 1, and every file stays as it is."""
    root = project("straight-apostrophe", tmp_path)
    (root / "data/published.txt").write_bytes(b"index.md\r\n")
    before = contents(root)
    result = check_command(option, "--all", "--root", root)
    assert (result.returncode, contents(root)) == (1, before)
    assert result.stdout.startswith("data/published.txt:1:9: F003 ")


def contents(root: Path) -> set[tuple[str, bytes]]:
    """Every file below a folder, with what is in it."""
    return {(str(path), path.read_bytes() if path.is_file() else b"") for path in root.rglob("*")}


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
@pytest.mark.parametrize(
    ("option", "file"), [("--fix", f"docs/en/{CASE}"), ("--publish", "data/published.txt"), ("--accept", stale.EQUAL)]
)
def test_writing_that_fails_keeps_the_file(
    option: str, file: str, step: str, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    """Where the disk is full, every file is as it was, no other stays, and one line says so: exit code 2."""

    def full(self: Path, *_: object) -> None:
        with self.open("a") as begun:
            begun.write("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    root = project("straight-apostrophe", tmp_path)
    before = contents(root)
    monkeypatch.setattr(Path, step, full)
    assert check.main([option, "--all", "--root", str(root)]) == 2
    assert {path for path, _ in contents(root) ^ before} == set()
    said = capsys.readouterr().err
    assert re.fullmatch(rf"check.py could not run: .*{file} cannot be written, it stays as it was: No space.*\n", said)
