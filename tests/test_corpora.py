"""Text as authors write it, with what the checker must say of it: the files of `tests/data/`.

The faults that it cannot see are counted in benchmarks/README.md.
"""

import shutil
from pathlib import Path

from conftest import CASE, ROOT, data, project, read

from checker import stale
from checker.project import load
from checker.rules.numbers import difference_text
from checker.run import check as find
from content.locales import LOCALES

SOURCE = "[^rennes-2023-report]"
ACRONYMS = f"ADEME, ANCT, CRESS, PTCE, RTES, SCIC.{SOURCE}"  # acronyms of both languages
Rows = list[list[str]]  # a text in English, in French


def found(rows: Rows, folder: Path) -> dict[int, list[str]]:
    """What the checker finds in each row, by its number, when all stand in one page, each in a section of its own."""
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
    result: dict[int, list[str]] = {number: [] for number in range(len(rows))}
    for finding in find(load(root)):
        if (finding.path, finding.line) in places:
            result[places[finding.path, finding.line]].append(f"{finding.code} {finding.message}")
    return result


def mended(said: str) -> bool:
    """Whether a finding is one that `--fix` mends, which is tested in test_typography.py."""
    return said.startswith("T01")


def test_nothing_is_found_in_right_edits(tmp_path: Path) -> None:
    """What is right in both languages gives no finding."""
    edits: Rows = data("right")
    alarms = [
        (edits[number][0], one) for number, said in found(edits, tmp_path).items() for one in said if not mended(one)
    ]
    assert alarms == []


def test_faults_of_translators_are_found(tmp_path: Path) -> None:
    """Each fault of a translation has a finding in its own section: one of spelling of those that `--fix` mends, the
    others another one. Rows of `once` have one cause, which is told in one line where several rules see it."""
    kinds: dict[str, Rows] = data("wrong")
    rows = [(kind, row) for kind, faults in kinds.items() for row in faults]
    missed = []
    for number, said in found([row for _, row in rows], tmp_path).items():
        kind, row = rows[number]
        told = said if kind == "orthography" else [one for one in said if not mended(one)]
        if not told or (kind == "once" and len(said) > 1):
            missed.append((row, said))
    assert missed == []


def test_figures_are_compared_by_what_they_say() -> None:
    """The same figures agree however each language writes them, others do not; each side is told in its own words."""
    pairs = data("figures")
    assert [pair for pair in pairs["same"] if difference_text(*pair)] == []
    assert [pair for pair in pairs["different"] if not difference_text(*pair)] == []
    said = "'12.5%' here, '12,4\u00a0%' in French"
    assert difference_text("12.5% of 40 contracts", "12,4\u00a0% de 40 marchés") == said
    assert difference_text("1,234", "1,234") == "'1,234 (1234)' here, '1,234 (1.234)' in French"  # 1.234 there


def test_what_a_translation_must_follow_is_seen_and_nothing_else() -> None:
    """An edit of spaces, quotes or accents makes no section stale, one of words or figures does."""
    for said, edits in data("stale").items():
        equal = [name for name, texts in edits.items() if len(set(map(stale.fingerprint, texts))) == 1]
        assert equal == (list(edits) if said == "same" else [])
