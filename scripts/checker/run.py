"""The run of every rule over the sources of a project; see `check.py`."""

import pkgutil
from collections.abc import Collection, Iterator
from importlib import import_module

import checker
from checker.pair import pair_of
from checker.project import Project
from checker.registry import RULES
from content.findings import Finding
from content.known import KNOWN

for module in pkgutil.walk_packages(checker.__path__, "checker."):
    import_module(module.name)  # each registers its rules


def _apply(codes: Collection[str] | None, sees: str, *seen: object) -> Iterator[Finding]:
    """What the rules that see this kind of thing find in one such thing; `codes` keeps these rules."""
    for rule in RULES.values():
        if rule.sees == sees and (codes is None or rule.code in codes):
            yield from (hit.finding(rule.code) for hit in rule.function(*seen))


def _check_page(project: Project, path: str, codes: Collection[str] | None) -> dict[Finding, tuple[str, ...]]:
    """What is found in the page of that path, in either language, each finding with the files that it is about."""
    found: dict[Finding, tuple[str, ...]] = {}
    for sheet in (sheets[path] for sheets in project.sheets.values() if path in sheets):
        found |= {finding: (finding.path,) for finding in _apply(codes, "page", sheet)}
    if pair := pair_of(project, path):
        found |= dict.fromkeys(_apply(codes, "pair", pair), (pair.en.page.file, pair.fr.page.file))
    return found


def are_pages(files: Collection[str]) -> bool:
    """Whether these files are pages alone: nothing else need be looked at."""
    return all(file.endswith(".md") for file in files)


def check(project: Project, only: Collection[str] | None = None, codes: Collection[str] | None = None) -> list[Finding]:
    """The findings of the sources, sorted; `only` keeps those that are about one of these files.

    `codes` runs these rules alone, as a build does; what cannot be read is found anyway. Where `only` names pages
    alone, no other page is looked at.
    """
    if project.lacks(KNOWN):
        codes = ()  # the words that rules know cannot be read: they would find what is none
    pages = set(project.paths)
    if only is not None and are_pages(only):
        pages = {file.split("/", 2)[-1] for file in only if file.startswith("docs/")}
    found: dict[Finding, tuple[str, ...]] = {}
    for path in sorted(pages):
        found |= _check_page(project, path, codes)
    for finding in (*_apply(codes, "project", project), *project.findings):
        found[finding] = (finding.path,)
    found |= {finding: (finding.path,) for finding in _apply(codes, "findings", project, list(found))}
    kept = [
        finding
        for finding, files in found.items()
        if not project.allows(finding) and (only is None or any(file in only for file in files))
    ]
    lost = {address for finding in kept for address in finding.lost}
    return sorted(f for f in kept if not lost.intersection((f.to, f.to.partition("#")[0])))
