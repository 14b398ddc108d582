"""Text as authors write it, with what the checker must say of it: the files of `tests/data/`.

The faults that it cannot see are counted in benchmarks/README.md.
"""

import re
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from conftest import CASE, ROOT, data, project, read

from checker import stale
from checker.project import load
from checker.rules import fix, typography
from checker.rules.numbers import difference
from checker.run import check as find
from content.files import read_yaml
from content.locales import LOCALES

SOURCE = "[^rennes-2023-report]"
ACRONYMS = f"ADEME, ANCT, CRESS, PTCE, RTES, SCIC.{SOURCE}"  # acronyms of both languages


def found(
    rows: list[list[str]], folder: Path, corrected: bool, codes: Collection[str] | None = None
) -> dict[int, list[str]]:
    """What the checker, or these rules of it, find in each row, by its number, when all stand in one page, each in a
    section of its own."""
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
    if corrected:
        fix.fix(load(root))
    result: dict[int, list[str]] = {}
    for finding in find(load(root), codes=codes):
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


def test_one_cause_is_told_once(tmp_path: Path) -> None:
    """What follows from a fault is no other line, also where several rules see it."""
    rows = data("faulty")["once"]
    seen = found(rows, tmp_path, corrected=False)
    assert [row for n, row in enumerate(rows) if len(seen.get(n, [])) != 1] == []


def test_figures_are_compared_by_what_they_say() -> None:
    """The same figures agree however each language writes them, others do not; each side is told in its own words."""
    pairs = data("figures")
    assert [pair for pair in pairs["same"] if difference(*pair)] == []
    assert [pair for pair in pairs["different"] if not difference(*pair)] == []
    said = "'12.5%' here, '12,4\u00a0%' in French"
    assert difference("12.5% of 40 contracts", "12,4\u00a0% de 40 marchés") == said


def test_what_a_translation_must_follow_is_seen_and_nothing_else() -> None:
    """An edit of spaces, quotes or accents makes no section stale, one of words or figures does."""
    for said, edits in data("stale").items():
        equal = [name for name, texts in edits.items() if len(set(map(stale.fingerprint, texts))) == 1]
        assert equal == (list(edits) if said == "same" else [])


def test_right_sentences_have_nothing_to_correct() -> None:
    """Typography that is right is left as it is."""
    both = [(text, locale) for pair in data("right_sentences") for text, locale in zip(pair, LOCALES, strict=True)]
    assert [(text, *typography.corrections(text, locale)) for text, locale in both] == [(text,) for text, _ in both]


RULE = {  # that tells the words of a key
    "beside": "N005", "qualified": "N006", "stated": "N006", "trends": "N006", "negated": "N008",
    "contrary": "N009", "opposites": "N009", "nouns": "N013", "false_friends": "T005",
}  # fmt: skip
ALONE = ("beside", "qualified", "stated", "negated")  # what one language says and the other does not
BOTH_WAYS = ("trends", "opposites")
FIGURES = {"years": ("2019", "2019"), "money": ("€7", "7\u00a0€"), "nouns": ("7 other", "7 autres")}
# What an expression may have in several forms: a group, a choice of letters, a letter that may be left out.
GROUP = re.compile(r"(?<!\\)\((?P<look>\?<?[!=])?(?:\?:)?(?P<words>(?:[^()\\]|\\.)*)\)(?P<less>\?)?(?:{\d?,\d}\??)?")
BRACKET = re.compile(r"\[(?P<words>[^]]+)\](?P<less>[?*]\??)?")
LETTER = re.compile(r"(?P<words>\\?.)(?:(?P<less>[?*])|\+)\??")
CLASSES = {r"\d": "7", r"\w": "e", r"\s": " ", r"\b": ""}


def forms(expression: str) -> set[str]:
    """The texts that an expression stands for: `jobs?` for job and jobs."""
    match = GROUP.search(expression) or BRACKET.search(expression) or LETTER.search(expression)
    if not match:
        return {re.sub(r"\\.", lambda part: CLASSES.get(part[0], part[0][1:]), expression.replace("{4}", "777"))}
    words = match["words"].split("|") if match.re is GROUP else re.findall(r"\\?.", match["words"])
    if match.re is GROUP and "!" in (match["look"] or ""):
        words = [""]
    if match["words"].startswith("^"):
        words = [" "]
    before, after = expression[: match.start()], expression[match.end() :]
    return set().union(*(forms(before + word + after) for word in [*words, *[""] * bool(match["less"])]))


def sentence(row: dict[str, Any], side: int, words: str = "") -> str:
    """A small sentence of a language, the first or the second, with these words beside a figure."""
    figure = FIGURES.get(row.get("of", ""), ("7", "7"))[side]
    words = words.removesuffix(" 7")
    said = f"{figure} {words}," if row.get("side") == "after" else f"{words} {figure}"
    return " ".join(f"Zog {said} zog.".split()).replace("’ ", "’")


def told(key: str, row: dict[str, Any]) -> Iterator[list[str]]:
    """Sentences in both languages for a row of words: each form of them stands in one that its rule tells.

    Not those that are enough in their own language: no fewer than, which has fewer than in it.
    """
    for sought, enough in [("", "enough_"), ("enough_", "")][: 1 + (key in BOTH_WAYS)]:
        said = []
        for locale in LOCALES:
            mends = rf"\b(?:{'|'.join(row.get(enough + locale, ['(?!)']))})"
            every = sorted(form for words in row[sought + locale] for form in forms(words))
            said.append([form for form in every if key in ALONE or not re.search(mends, form)])
        if key in ALONE:
            yield from ([sentence(row, 0, words), sentence(row, 1)] for words in said[0])
            yield from ([sentence(row, 0), sentence(row, 1, words)] for words in said[1])
        else:
            yield from ([sentence(row, 0, words), sentence(row, 1, said[1][0])] for words in said[0])
            yield from ([sentence(row, 0, said[0][0]), sentence(row, 1, words)] for words in said[1])


def test_each_wording_is_found_in_all_its_forms(tmp_path: Path) -> None:
    """No form of a wording of data/check.yml is passed over."""
    known = {**read_yaml(ROOT / "data" / "check.yml", ROOT)}
    nouns = known["nouns"]
    known["nouns"] = [
        {"en": one["en"], "fr": other["fr"], "side": "after", "of": "nouns"}
        for one, other in zip(nouns, [*nouns[1:], nouns[0]], strict=True)
    ]
    for key, code in RULE.items():
        rows = [said for row in known[key] for said in told(key, row)]
        seen = found(rows, tmp_path / key, corrected=False, codes={code})
        assert [said for n, said in enumerate(rows) if n not in seen] == []
