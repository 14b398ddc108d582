"""The run of every rule over the sources of a project; see `check.py`."""

import pkgutil
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import product

import checker
from checker.pair import Pair
from checker.project import QUOTED, Project
from checker.registry import RULES, Rule
from content.findings import Finding, in_order
from content.locales import LOCALES

for module in pkgutil.walk_packages(checker.__path__, "checker."):
    import_module(module.name)  # each registers its rules


def _apply(rules: Iterable[Rule], scope: str, *given: object) -> Iterator[Finding]:
    """What the rules of a scope find in what they are given, a page, a pair …"""
    for rule in rules:
        if rule.scope == scope:
            yield from (finding._replace(code=rule.code) for finding in rule.function(*given))


def _found(project: Project, only: Collection[str] | None, rules: Sequence[Rule]) -> Iterator[Finding]:
    """What the rules find in the project, in its data, and in its pages, or in those of them that `only` names."""
    named = {file.split("/", 2)[-1] for file in only or ()}
    paths = [path for path in project.paths if only is None or path in named]
    of_data = [rule for rule in rules if rule.in_data]
    both = [(rules, project.pages["en"].get(path), project.pages["fr"].get(path)) for path in paths]
    for asked, en, fr in (*both, *((of_data, en, fr) for en, fr in project.data_pages)):
        for parsed in filter(None, (en, fr)):
            yield from _apply(asked, "page", parsed)
        if en and fr:
            yield from _apply(asked, "pair", Pair(project, en, fr))
    yield from _apply(rules, "project", project)


def _is_about(finding: Finding, files: Collection[str]) -> bool:
    """Whether a finding is about one of these files: what differs between two languages, about both pages."""
    path, is_of_both = finding.path.split("/", 2)[-1], RULES[finding.code].scope == "pair"
    both_pages = [f"docs/{locale}/{path}" for locale in LOCALES if is_of_both]
    return any(file in files for file in (finding.path, *both_pages))


OTHER_LINE = re.compile(r"\(line (\d+)\)")  # what a message says of the other language: '13 %' in French (line 8)


def _lines_named(finding: Finding) -> set[tuple[str, int]]:
    """The file and line of a finding, and those of the other language that it names."""
    path, beside = finding.path.split("/", 2)[-1], map(int, OTHER_LINE.findall(finding.message))
    return {(finding.path, finding.line), *product((f"docs/{locale}/{path}" for locale in LOCALES), beside)}


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
        if not (is_told or is_foreign or codes & RULES[finding.code].after):
            yield finding


def check(project: Project, only: Collection[str] | None = None, codes: Collection[str] | None = None) -> list[Finding]:
    """The findings of the sources, sorted, one for a cause; `only` keeps those that are about one of these files.

    `codes` runs these rules alone, as a build does. Where something cannot be read, that is all that is found.
    """
    if project.findings:  # what cannot be read, wherever it is, comes first
        return in_order(project.findings)
    rules = [rule for code, rule in RULES.items() if codes is None or code in codes]
    found = [*_found(project, only, rules)]
    found += [*_apply(rules, "findings", project, found)]
    allowed = {parsed.file: parsed.allows for parsed in project.all_parsed}
    causes = _causes([one for one in dict.fromkeys(found) if one.path not in allowed or not allowed[one.path](one)])
    return in_order(finding for finding in causes if only is None or _is_about(finding, only))
