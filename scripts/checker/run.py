"""The run of every rule over the sources of a project; see `check.py`."""

import pkgutil
import re
from collections.abc import Collection, Iterator
from importlib import import_module
from itertools import product

import checker
from checker.pair import Pair, pair_of
from checker.project import QUOTED, Project
from checker.registry import RULES
from content.findings import Finding, in_order
from content.locales import LOCALES

for module in pkgutil.walk_packages(checker.__path__, "checker."):
    import_module(module.name)  # each registers its rules


def _apply(codes: Collection[str] | None, scope: str, *given: object) -> Iterator[Finding]:
    """What the rules of a scope find in what they are given, a page, a pair …; `codes`: these rules alone."""
    for rule in RULES.values():
        if rule.scope == scope and (codes is None or rule.code in codes):
            yield from (finding._replace(code=rule.code) for finding in rule.function(*given))


def _found(project: Project, only: Collection[str] | None, codes: Collection[str] | None) -> Iterator[Finding]:
    """What the rules find in the project, and in its pages, or in those of them that `only` names."""
    named = {file.split("/", 2)[-1] for file in only or ()}
    for path in (path for path in project.paths if only is None or path in named):
        for parsed in (of[path] for of in project.pages.values() if path in of):
            yield from _apply(codes, "page", parsed)
        if pair := pair_of(project, path):
            yield from _apply(codes, "pair", pair)
    of_texts = {code for code, rule in RULES.items() if rule.in_data and (codes is None or code in codes)}
    for en, fr in project.data_pages:
        yield from (finding for page in (en, fr) for finding in _apply(of_texts, "page", page))
        yield from _apply(of_texts, "pair", Pair(project, en, fr))
    yield from _apply(codes, "project", project)


def _is_about(finding: Finding, files: Collection[str]) -> bool:
    """Whether a finding is about one of these files: what differs between two languages, about both pages."""
    rule, path = RULES.get(finding.code), finding.path.split("/", 2)[-1]
    both_pages = [f"docs/{locale}/{path}" for locale in LOCALES] if rule and rule.scope == "pair" else []
    return any(file in files for file in (finding.path, *both_pages))


def _kept(project: Project, found: Collection[Finding]) -> list[Finding]:
    """The findings, each once, that no allowance covers."""
    pages = {parsed.file: parsed for parsed in project.all_parsed}
    once = dict.fromkeys(found)
    return [finding for finding in once if finding.path not in pages or not pages[finding.path].allows(finding)]


OTHER_LINE = re.compile(r"\(line (\d+)\)")  # what a message says of the other language: '13 %' in French (line 8)


def _lines_named(finding: Finding) -> set[tuple[str, int]]:
    """The file and line of a finding, and those of the other language that it names."""
    path, beside = finding.path.split("/", 2)[-1], map(int, OTHER_LINE.findall(finding.message))
    return {(finding.path, finding.line), *product((f"docs/{locale}/{path}" for locale in LOCALES), beside)}


# Rules that wait until others find nothing: a link leads to nothing, perhaps because its page is in one language alone.
GONE = {"P001", "H006", "R001", "M002", "M005"}
WAITING = {
    **dict.fromkeys(("L001", "L002", "R002", "D003", "D004", "D014"), GONE),
    "S002": {*GONE, "S001"},
    "P009": {"S001"},
    "P014": {"P010"},
    "M008": {"M002"},
    "M010": {"H006"},
    "H006": {"H001"},
    "D009": {"D003"},
}


def _causes(found: Collection[Finding]) -> Iterator[Finding]:
    """The findings without those that follow from another one. Left out is what waits for another rule, what else is
    wrong with text in the wrong language, but for its layout (T003), and what a second rule of names and figures (N)
    says of the same words: the rule with the lowest number tells them."""
    codes = {finding.code for finding in found}
    foreign = {(finding.path, finding.line) for finding in found if finding.code == "T001"}
    first_of: dict[tuple[tuple[str, int], str], str] = {}  # of the rules N, the first that quotes words of a line
    for finding in sorted(found, key=lambda finding: finding.code):
        quoted = product(_lines_named(finding), QUOTED.findall(finding.message)) if finding.code[0] == "N" else ()
        is_told = {first_of.setdefault(words, finding.code) for words in quoted} - {finding.code}
        is_foreign = not foreign.isdisjoint(_lines_named(finding)) and finding.code not in ("T001", "T003")
        if not (is_told or is_foreign or codes & WAITING.get(finding.code, set())):
            yield finding


def check(project: Project, only: Collection[str] | None = None, codes: Collection[str] | None = None) -> list[Finding]:
    """The findings of the sources, sorted, one for a cause; `only` keeps those that are about one of these files.

    `codes` runs these rules alone, as a build does. Where something cannot be read, that is all that is found.
    """
    if project.findings:  # what cannot be read, wherever it is, comes first
        return in_order(project.findings)
    found = [*_found(project, only, codes)]
    found += [*_apply(codes, "findings", project, found)]
    causes = _causes(_kept(project, found))
    return in_order(finding for finding in causes if only is None or _is_about(finding, only))
