"""Text as authors write it, put into a page and checked as a whole.

`data/correct.yml` has edits that are right in both languages: once their typography is corrected, nothing is found.
`data/faulty.yml` has faults as translators make them, by kind: each is found. Of those that were written, what the
checker cannot see is counted in benchmarks/README.md.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml
from test_check import FIXTURES, project

import check
from checker import model
from checker.rules import fix

PAGE = "cases/rennes-clauses.md"
SOURCE = "[^rennes-2023-report]"
TOWNS = ("Brest", "Grenoble", "Lille", "Lyon", "Metz", "Nantes", "Strasbourg")
SHARED = f"ADEME, ANCT, CRESS, PTCE, RTES, SCIC, SCOP.{SOURCE}"  # acronyms of both languages


def found(rows: list[list[str]], folder: Path, corrected: bool) -> dict[int, list[str]]:
    """What the checker finds in each row, by its number, when all stand in one page, each in a section of its own."""
    root = project("clean", folder)
    shutil.copy(FIXTURES.parent.parent / "data" / "check.yml", root / "data")
    territories = root / "data" / "territories.yml"
    first = territories.read_text(encoding="utf-8").split("\n- ")[0].rstrip()
    others = [first.replace("Rennes", town).replace("rennes", town.lower()) for town in TOWNS]
    territories.write_text("\n".join([first, *others]) + "\n", encoding="utf-8")
    places: dict[tuple[str, int], int] = {}
    for side, locale in enumerate(("en", "fr")):
        file = root / "docs" / locale / PAGE
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
        lines += ["", SHARED]
        for number, row in enumerate(rows):
            text = row[side] if row[side].endswith("\n") else row[side] + SOURCE
            start = len(lines) + 4
            lines += ["", f"## {locale.upper()} {number} {{ #row-{number} }}", "", *text.rstrip("\n").split("\n")]
            places |= {(f"docs/{locale}/{PAGE}", line): number for line in range(start, len(lines) + 1)}
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if corrected:
        fix.fix(model.load(root))
    result: dict[int, list[str]] = {}
    for finding in check.check(root):
        if (number := places.get((finding.path, finding.line), -1)) >= 0:
            result.setdefault(number, []).append(f"{finding.code} {finding.message}")
    return result


def test_nothing_is_found_in_correct_edits(tmp_path: Path) -> None:
    edits = yaml.safe_load((FIXTURES.parent / "data" / "correct.yml").read_text(encoding="utf-8"))
    assert {edits[number][0]: said for number, said in found(edits, tmp_path, corrected=True).items()} == {}


def test_faults_of_translators_are_found(tmp_path: Path) -> None:
    kinds = yaml.safe_load((FIXTURES.parent / "data" / "faulty.yml").read_text(encoding="utf-8"))
    spelling = kinds.pop("orthography")
    rows = [row for faults in kinds.values() for row in faults]
    assert len(rows) + len(spelling) >= 150
    for number, (some, corrected) in enumerate(((rows, True), (spelling, False))):
        seen = found(some, tmp_path / str(number), corrected)
        assert [row for index, row in enumerate(some) if index not in seen] == []
