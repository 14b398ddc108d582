"""D020: what the study says, of `data/study.yml`, agrees with itself and with the cases."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import Project
from checker.registry import project_rule
from content.findings import Hit
from content.model import LOCALES, Passage

FILE = "data/study.yml"


@project_rule("D020")
def wrong_passages(project: Project) -> Iterator[Hit]:
    """Recommendations are numbered from 1, names of levers as the levers; a case of the study says so on its page."""
    passages = project.passages or ()
    for part in ("recommendation", "lever"):
        for edition in sorted({passage.edition for passage in passages}):
            yield from _wrong_numbers(project, [p for p in passages if (p.part, p.edition) == (part, edition)])
    named = {passage.page for passage in passages if passage.part == "case"}
    cases = {s.page.path: s.page.meta.get("in_study") for s in project.sheets[LOCALES[0]].values()}
    for passage in passages:
        if passage.page is not None and passage.page not in project.files[LOCALES[0]]:
            yield _hit(passage, f"there is no page '{passage.page}': correct it")
        elif passage.part == "case" and passage.page in cases and not cases[passage.page]:
            yield _hit(passage, f"{passage.page} says 'in_study: false': make both say the same")
    for path, in_study in cases.items():
        if passages and in_study is True and path not in named:
            yield Hit(FILE, 1, 1, f"{path} says 'in_study: true': add a record of the case, with its source")


def _wrong_numbers(project: Project, passages: list[Passage]) -> Iterator[Hit]:
    levers = project.names("levers")
    for place, passage in enumerate(passages, 1):
        if passage.part == "recommendation" and passage.number != place:
            yield _hit(passage, f"'number' is {passage.number}, and {place} would follow: number them in order")
        if passage.part == "lever" and levers is not None and passage.number not in range(1, len(levers) + 1):
            yield _hit(passage, f"'number' is {passage.number}, and there are {len(levers)} levers: correct it")


def _hit(passage: Passage, message: str) -> Hit:
    return Hit(FILE, passage.line, 1, f"'{passage.id}': {message}")
