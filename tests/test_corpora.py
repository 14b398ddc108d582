"""Text as authors write it, with what the checker must say of it: the files of `tests/data/`.

`correct.yml` has edits that are right in both languages: once their typography is corrected, nothing is found.
`faulty.yml` has faults as translators make them, by kind: each is found. Of those that were written, what the
checker cannot see is counted in benchmarks/README.md.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import CASE, ROOT, data, project, read

import check
from checker import figures, model, stale
from checker.rules import fix, typography
from content.model import LOCALES

SOURCE = "[^rennes-2023-report]"
TOWNS = ("Brest", "Grenoble", "Lille", "Lyon", "Metz", "Nantes", "Strasbourg")
SHARED = f"ADEME, ANCT, CRESS, PTCE, RTES, SCIC, SCOP.{SOURCE}"  # acronyms of both languages


def found(rows: list[list[str]], folder: Path, corrected: bool) -> dict[int, list[str]]:
    """What the checker finds in each row, by its number, when all stand in one page, each in a section of its own."""
    root = project("clean", folder)
    shutil.copy(ROOT / "data" / "check.yml", root / "data")
    territories = root / "data" / "territories.yml"
    first = read(territories).split("\n- ")[0].rstrip()
    others = [first.replace("Rennes", town).replace("rennes", town.lower()) for town in TOWNS]
    territories.write_text("\n".join([first, *others]) + "\n", encoding="utf-8")
    places: dict[tuple[str, int], int] = {}
    for side, locale in enumerate(LOCALES):
        file = root / "docs" / locale / CASE
        lines = [*read(file).rstrip("\n").split("\n"), "", SHARED]
        for number, row in enumerate(rows):
            text = row[side] if row[side].endswith("\n") else row[side] + SOURCE
            start = len(lines) + 4
            lines += ["", f"## {locale.upper()} {number} {{ #row-{number} }}", "", *text.rstrip("\n").split("\n")]
            places |= {(f"docs/{locale}/{CASE}", line): number for line in range(start, len(lines) + 1)}
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if corrected:
        fix.fix(model.load(root))
    result: dict[int, list[str]] = {}
    for finding in check.check(root):
        if (number := places.get((finding.path, finding.line), -1)) >= 0:
            result.setdefault(number, []).append(f"{finding.code} {finding.message}")
    return result


def test_nothing_is_found_in_correct_edits(tmp_path: Path) -> None:
    """What is right in both languages gives no finding."""
    edits = data("correct")
    assert {edits[number][0]: said for number, said in found(edits, tmp_path, corrected=True).items()} == {}


def test_faults_of_translators_are_found(tmp_path: Path) -> None:
    """Each fault of a translation has a finding in its own section; those of spelling, before `--fix` mends them."""
    kinds = data("faulty")
    spelling = kinds.pop("orthography")
    rows = [row for faults in kinds.values() for row in faults]
    for number, (some, corrected) in enumerate(((rows, True), (spelling, False))):
        seen = found(some, tmp_path / str(number), corrected)
        assert [row for index, row in enumerate(some) if index not in seen] == []


def test_figures_are_compared_by_what_they_say() -> None:
    """The same figures agree however each language writes them, others do not; each side is told in its own words."""
    pairs = data("figures")
    assert [pair for pair in pairs["same"] if figures.compare(*pair) != ([], [])] == []
    assert [pair for pair in pairs["different"] if figures.compare(*pair) == ([], [])] == []
    sides = figures.compare("12.5% of 40 contracts", "12,4\u00a0% de 40 marchés")
    assert [[figure.text for figure in side] for side in sides] == [["12.5%"], ["12,4\u00a0%"]]


def test_what_a_translation_must_follow_is_seen_and_nothing_else() -> None:
    """An edit of spaces, quotes or accents makes no section stale, one of words or figures does."""
    for said, edits in data("stale").items():
        equal = [name for name, texts in edits.items() if len(set(map(stale.fingerprint, texts))) == 1]
        assert equal == (list(edits) if said == "same" else [])


def test_right_sentences_have_nothing_to_correct() -> None:
    """Typography that is right is left as it is."""
    both = [(text, locale) for pair in data("right_sentences") for text, locale in zip(pair, LOCALES, strict=True)]
    assert [(text, *typography.corrections(text, locale)) for text, locale in both] == [(text,) for text, _ in both]
