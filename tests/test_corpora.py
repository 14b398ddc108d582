"""Text as authors write it, put into a page, its typography corrected, then checked as a whole.

`data/correct.yml` has edits that are right in both languages: nothing is found in them.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from test_check import FIXTURES, project

import check
from checker import model
from checker.rules import fix

PAGE = "cases/rennes-clauses.md"
SOURCE = "[^rennes-2023-report]"


def found(rows: list[list[str]], folder: Path) -> dict[int, list[str]]:
    """What the checker finds in each row, by its number, when all are paragraphs of one page."""
    root = project("clean", folder)
    lines: dict[int, int] = {}
    for locale, side in (("en", 0), ("fr", 1)):
        file = root / "docs" / locale / PAGE
        text = file.read_text(encoding="utf-8").rstrip("\n") + "\n"
        for number, row in enumerate(rows):
            text += f"\n{row[side]}{SOURCE}\n"
            lines[text.count("\n")] = number
        file.write_text(text, encoding="utf-8")
    fix.fix(model.load(root))
    result: dict[int, list[str]] = {}
    for finding in check.check(root):
        if finding.path.endswith(PAGE) and finding.line in lines:
            result.setdefault(lines[finding.line], []).append(f"{finding.code} {finding.message}")
    return result


def rows(name: str) -> list[list[str]]:
    value = yaml.safe_load((FIXTURES.parent / "data" / name).read_text(encoding="utf-8"))
    assert isinstance(value, list)
    return value


def test_nothing_is_found_in_correct_edits(tmp_path: Path) -> None:
    edits = rows("correct.yml")
    assert {edits[number][0]: said for number, said in found(edits, tmp_path).items()} == {}
