"""The checker: each rule by a fixture, right pages that it must leave alone, the command.

A fault is a folder of `tests/fixtures/`: the files that differ from `clean/`, the small project
that has no fault; `delete.txt`, where there is one, names files to leave out. `expected.txt` says
the rule in its first line and then every finding, `file:line: CODE`. A fault `site-…` is laid over
`clean/` and `site-clean/`, a small built site.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import copy_project

import check
from checker.registry import READING, RULES

FIXTURES = Path(__file__).parent / "fixtures"
FAULTS = sorted(path.parent.name for path in FIXTURES.glob("*/expected.txt"))
SCRIPT = Path(check.__file__)


def project(fault: str, folder: Path) -> Path:
    """The clean project with a fault laid over it."""
    root = folder / "project"
    shutil.copytree(FIXTURES / "clean", root, symlinks=True)
    for layer in ["site-clean"] * fault.startswith("site-") + [fault]:
        shutil.copytree(FIXTURES / layer, root, symlinks=True, dirs_exist_ok=True)
    if (root / "delete.txt").exists():
        for name in (root / "delete.txt").read_text(encoding="utf-8").split():
            (root / name).unlink()
    return root


def expected(fault: str) -> list[str]:
    lines = (FIXTURES / fault / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# "), "the first line says the rule"
    return sorted(lines[1:])


def findings(root: Path, *only: str) -> list[str]:
    return sorted({f"{f.path}:{f.line}: {f.code}" for f in check.check(root, only or None)})


def test_clean_project_has_no_finding(tmp_path: Path) -> None:
    assert check.check(project("clean", tmp_path)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_gives_exactly_its_findings(fault: str, tmp_path: Path) -> None:
    assert findings(project(fault, tmp_path)) == expected(fault)


def test_every_rule_has_a_fixture() -> None:
    """Every code, of the rules and of the reading of files, is found in some fixture; --stale has tests of its own."""
    found = {line.rsplit(" ", 1)[1] for fault in FAULTS for line in expected(fault)}
    assert found == {*RULES, *READING} - {"C002", "C003", "C004"}


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """--rules says in a line what each rule asks for, in a full sentence."""
    assert check.main(["--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted({*RULES, *READING})
    assert [line for line in lines if not line.endswith(".")] == []


@pytest.mark.parametrize("title", ["SPASER", "Plaine Commune", "Les Ecossolies", "AGEC 2020"])
def test_a_title_that_is_a_name_may_be_the_same(title: str, tmp_path: Path) -> None:
    root = project("clean", tmp_path)
    for locale in ("en", "fr"):
        page = root / "docs" / locale / "cases" / "rennes-clauses.md"
        page.write_text(re.sub("title: .*", f"title: {title}", page.read_text(encoding="utf-8")), encoding="utf-8")
    assert check.check(root) == []


def test_columns_point_at_what_is_wrong(tmp_path: Path) -> None:
    """Line and column are those of the link, citation or image in the file."""
    root = project("unknown-source", tmp_path)
    for finding in check.check(root):
        line = (root / finding.path).read_text(encoding="utf-8").splitlines()[finding.line - 1]
        assert line[finding.column - 1 :].startswith("[^law-2015-sse]")


# ---------------------------------------------------------------- the command


def run(*arguments: str | Path, folder: Path | None = None, script: Path = SCRIPT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_third_language_is_told_what_it_lacks(tmp_path: Path) -> None:
    """A locale added to the list gets one report: pages, texts of each data file, configuration, tables of the code."""
    root = copy_project(tmp_path)
    model = root / "scripts/content/model.py"
    model.write_text(model.read_text(encoding="utf-8").replace('("en", "fr")', '("en", "fr", "es")', 1), "utf-8")
    done = run(script=root / "scripts/check.py")
    assert (done.returncode, done.stderr) == (1, "")
    assert "'es'" in done.stdout.split("\n")[0]
    places = ("docs/es", "mkdocs.yml", "data/words.yml", "data/terms.yml", "scripts/checker/numerals.py")
    assert [place for place in places if f"\n  {place}: " not in done.stdout] == []


def test_output_that_is_closed_is_no_traceback(tmp_path: Path) -> None:
    """Whoever reads may have seen enough (`check.py | head`): the exit code is that of the findings."""
    command = [sys.executable, str(SCRIPT), "--root", str(project("missing-key", tmp_path))]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_command_with_findings(tmp_path: Path) -> None:
    """One line per finding, sorted, with file, line and column, a count on standard error, exit code 1; none, 0."""
    clean = run("--root", project("clean", tmp_path / "clean"), folder=tmp_path)
    assert (clean.returncode, clean.stdout, clean.stderr[:2]) == (0, "", "0 ")
    result = run("--root", project("missing-key", tmp_path))
    lines = result.stdout.splitlines()
    assert result.returncode == 1
    assert lines == sorted(lines)
    assert all(re.fullmatch(r"\S+:\d+:\d+: [A-Z]\d{3} .+", line) for line in lines)
    assert result.stderr.splitlines()[-1].startswith(f"{len(lines)} ")


@pytest.mark.parametrize(
    "arguments", [["--root", "nowhere"], ["--root", "."], ["--format", "xml"], ["--unknown"], ["missing.md"], [".."]]
)
def test_command_that_cannot_run(arguments: list[str], tmp_path: Path) -> None:
    """Exit code 2 and a sentence, no traceback: no project there, unknown option, PATH missing or outside."""
    result = run(*arguments, folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr and "Traceback" not in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_a_finding(tmp_path: Path) -> None:
    root = project("clean", tmp_path)
    (root / "docs/en/index.md").chmod(0)
    assert "docs/en/index.md:1: F000" in findings(root)


def test_odd_names_and_links_in_the_tree(tmp_path: Path) -> None:
    """A folder named as a page, a link that leads nowhere, a name that is no UTF-8: findings, not crashes."""
    root = project("clean", tmp_path)
    (root / "docs/en/folder.md").mkdir()
    (root / "docs/en/nowhere.md").symlink_to(root / "gone.md")
    Path(os.fsdecode(os.fsencode(root / "docs/fr") + b"/caf\xe9.md")).write_text("x", encoding="utf-8")
    result = run("--root", root)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    found = {(line.split(":")[0], line.split(" ")[1]) for line in result.stdout.splitlines()}
    assert {("docs/en/folder.md", "F000"), ("docs/en/nowhere.md", "F000"), ("docs/fr/caf\\udce9.md", "M001")} < found


def test_a_list_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    """--publish names what is wrong with data/published.txt, exit code 1, and does not write it."""
    root = project("clean", tmp_path)
    file = root / "data/published.txt"
    file.write_bytes(b"index.md\r\n")
    result = run("--publish", "--root", root)
    assert (result.returncode, result.stderr.splitlines()[-1]) == (1, "1 finding")
    assert result.stdout.startswith("data/published.txt:1:9: F003 ")
    assert file.read_bytes() == b"index.md\r\n"


def test_json_format(tmp_path: Path) -> None:
    result = run("--format", "json", "--root", project("unknown-source", tmp_path))
    found = json.loads(result.stdout)
    assert [set(finding) for finding in found] == [{"path", "line", "column", "code", "message"}] * 2
    assert {(f["path"], f["line"], f["code"]) for f in found} == {
        ("docs/en/levers/purchasing.md", 8, "S001"),
        ("docs/fr/levers/purchasing.md", 8, "S001"),
    }
    assert json.loads(run("--format", "json", "--root", project("clean", tmp_path / "2")).stdout) == []


def test_github_format(tmp_path: Path) -> None:
    """Workflow commands, in which % and line ends are escaped."""
    root = project("missing-page", tmp_path)
    page = root / "docs/en/index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("levers/buying.md", "levers/50%25.md"), encoding="utf-8")
    lines = run("--format", "github", "--root", root).stdout.splitlines()
    assert all(re.match(r"::error file=[^,]+,line=\d+,col=\d+,title=[A-Z]\d{3}::.", line) for line in lines)
    assert all("%" not in re.sub("%25|%0A|%0D|%3A|%2C", "", line) for line in lines)


def test_path_limits_the_findings(tmp_path: Path) -> None:
    """A file or folder limits the findings to it; pairs are still compared, whichever language is named."""
    root = project("missing-key", tmp_path)
    assert findings(root, "docs/en/cases/rennes-clauses.md") == ["docs/en/cases/rennes-clauses.md:1: M002"]
    assert run("--root", root, root / "docs/fr/cases").returncode == 0
    assert run("--root", root, root / "docs/fr/levers", root / "docs/en").stdout.count("M002") == 2
    root = project("table-shape-differs", tmp_path / "2")
    for locale in ("en", "fr"):
        assert findings(root, f"docs/{locale}/levers/purchasing.md") == expected("table-shape-differs")
    assert findings(root, "docs/fr/index.md") == []


def test_fix_mends_the_typography_of_data(tmp_path: Path) -> None:
    root = project("data-typography", tmp_path)
    assert run("--root", root).returncode == 1
    assert run("--fix", "--root", root).returncode == 0
