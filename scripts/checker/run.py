"""The run of every rule over the sources of a project; see `check.py`."""

import pkgutil
import re
from collections.abc import Collection, Iterator
from importlib import import_module
from itertools import product

import checker
from checker.pair import pair_of
from checker.project import QUOTED, Project
from checker.registry import RULES
from content.findings import Finding, in_order
from content.known import KNOWN
from content.locales import LOCALES

for module in pkgutil.walk_packages(checker.__path__, "checker."):
    import_module(module.name)  # each registers its rules


def _apply(codes: Collection[str] | None, scope: str, *given: object) -> Iterator[Finding]:
    """What the rules of a scope find in what they are given, a page, a pair …; `codes`: these rules alone."""
    for rule in RULES.values():
        if rule.scope == scope and (codes is None or rule.code in codes):
            yield from (finding._replace(code=rule.code) for finding in rule.function(*given))


def _found(project: Project, only: Collection[str] | None, codes: Collection[str] | None) -> Iterator[Finding]:
    """What the rules find; where `only` names pages alone, no other page is looked at, and no data."""
    pages, scopes = set(project.paths), ["project", "data"]
    if only is not None and all(file.endswith(".md") for file in only):
        pages = {file.split("/", 2)[-1] for file in only if file.startswith("docs/")}
        scopes.remove("data")
    for path in sorted(pages):
        for parsed in (of[path] for of in project.pages.values() if path in of):
            yield from _apply(codes, "page", parsed)
        if pair := pair_of(project, path):
            yield from _apply(codes, "pair", pair)
    for scope in scopes:
        yield from _apply(codes, scope, project)


def _is_about(finding: Finding, files: Collection[str]) -> bool:
    """Whether a finding is about one of these files: what differs between two languages, about both pages."""
    rule, path = RULES.get(finding.code), finding.path.split("/", 2)[-1]
    both_pages = [f"docs/{locale}/{path}" for locale in LOCALES] if rule and rule.scope == "pair" else []
    return any(file in files for file in (finding.path, *both_pages))


def _kept(project: Project, found: Collection[Finding], only: Collection[str] | None) -> list[Finding]:
    """The findings, each once, that are about one of these files and that no allowance covers."""
    pages = {parsed.file: parsed for parsed in project.all_parsed}
    told = (finding for finding in dict.fromkeys(found) if only is None or _is_about(finding, only))
    return [finding for finding in told if finding.path not in pages or not pages[finding.path].allows(finding)]


OTHER_LINE = re.compile(r"\(line (\d+)\)")  # what a message says of the other language: '13 %' in French (line 8)


def _lines_named(finding: Finding) -> set[tuple[str, int]]:
    """The file and line of a finding, and those of the other language that it names."""
    path, beside = finding.path.split("/", 2)[-1], map(int, OTHER_LINE.findall(finding.message))
    return {(finding.path, finding.line), *product((f"docs/{locale}/{path}" for locale in LOCALES), beside)}


def _causes(found: Collection[Finding]) -> Iterator[Finding]:
    """The findings without those that follow from another one. Left out is what needs an address that another one says
    is missing, what else is wrong with text in the wrong language, but for its layout (T003), and what a second rule of
    names and figures (N) says of the same words: the rule with the lowest number tells them."""
    missing = {address for finding in found for address in finding.missing}
    foreign = {(finding.path, finding.line) for finding in found if finding.code == "T001"}
    first_of: dict[tuple[tuple[str, int], str], str] = {}  # of the rules N, the first that quotes words of a line
    for finding in sorted(found, key=lambda finding: finding.code):
        quoted = product(_lines_named(finding), QUOTED.findall(finding.message)) if finding.code[0] == "N" else ()
        is_told = {first_of.setdefault(words, finding.code) for words in quoted} - {finding.code}
        needs_what_is_missing = bool(missing & {finding.needs, finding.needs.partition("#")[0]})
        is_foreign = not foreign.isdisjoint(_lines_named(finding)) and finding.code not in ("T001", "T003")
        if not (is_told or needs_what_is_missing or is_foreign):
            yield finding


def check(project: Project, only: Collection[str] | None = None, codes: Collection[str] | None = None) -> list[Finding]:
    """The findings of the sources, sorted, one for a cause; `only` keeps those that are about one of these files.

    `codes` runs these rules alone, as a build does; what cannot be read is found anyway.
    """
    if project.lacks(KNOWN):
        codes = ()  # the words that rules know cannot be read: they would find what is none
    found = [*project.findings, *_found(project, only, codes)]
    found += [*_apply(codes, "findings", project, found)]
    return in_order(_causes(_kept(project, found, only)))
