"""The run of every rule over the sources of a project; see `check.py`."""

import pkgutil
from collections.abc import Collection, Iterator
from importlib import import_module

import checker
from checker.pair import pair_of
from checker.project import Project
from checker.registry import RULES
from content.findings import Finding, in_order
from content.known import KNOWN

for module in pkgutil.walk_packages(checker.__path__, "checker."):
    import_module(module.name)  # each registers its rules


def _apply(codes: Collection[str] | None, scope: str, *given: object) -> Iterator[Finding]:
    """What the rules of a scope find in what they are given, a page, a pair …; `codes`: these rules alone."""
    for rule in RULES.values():
        if rule.scope == scope and (codes is None or rule.code in codes):
            yield from (finding._replace(code=rule.code) for finding in rule.function(*given))


def _check_page(project: Project, path: str, codes: Collection[str] | None) -> dict[Finding, tuple[str, ...]]:
    """What is found in the page of that path, in either language, each finding with the files that it is about."""
    found: dict[Finding, tuple[str, ...]] = {}
    for parsed in (pages[path] for pages in project.parsed.values() if path in pages):
        found |= {finding: (finding.path,) for finding in _apply(codes, "page", parsed)}
    if pair := pair_of(project, path):
        found |= dict.fromkeys(_apply(codes, "pair", pair), (pair.en.page.file, pair.fr.page.file))
    return found


def _foreign(project: Project, found: Collection[Finding]) -> Iterator[tuple[str, int]]:
    """The lines, in both pages, of what is in the wrong language (T001)."""
    for finding in (finding for finding in found if finding.code == "T001"):
        yield finding.path, finding.line
        if pair := pair_of(project, finding.path.split("/", 2)[2]):
            for row in pair.block_pairs:
                sides = zip((pair.en.page.file, pair.fr.page.file), row, strict=True)
                lines = [(file, n) for file, block in sides for n in range(block.line, block.end + 1)]
                yield from lines if (finding.path, finding.line) in lines else ()


def check(project: Project, only: Collection[str] | None = None, codes: Collection[str] | None = None) -> list[Finding]:
    """The findings of the sources, sorted; `only` keeps those that are about one of these files.

    `codes` runs these rules alone, as a build does; what cannot be read is found anyway. Where `only` names pages
    alone, no other page is looked at, and no data.

    One cause, one finding: left out is what needs an address that another one says is missing, what else is wrong with
    text in the wrong language, but for its layout (T003), and what a second rule of names and figures (N) says of the
    same words.
    """
    if project.lacks(KNOWN):
        codes = ()  # the words that rules know cannot be read: they would find what is none
    pages, scopes = set(project.paths), ["project", "data"]
    if only is not None and all(file.endswith(".md") for file in only):
        pages = {file.split("/", 2)[-1] for file in only if file.startswith("docs/")}
        scopes.remove("data")
    found: dict[Finding, tuple[str, ...]] = {}
    for path in sorted(pages):
        found |= _check_page(project, path, codes)
    of_project = (finding for scope in scopes for finding in _apply(codes, scope, project))
    for finding in (*of_project, *project.findings):
        found[finding] = (finding.path,)
    found |= {finding: (finding.path,) for finding in _apply(codes, "findings", project, list(found))}
    kept = [
        finding
        for finding, files in found.items()
        if not project.allows(finding) and (only is None or any(file in only for file in files))
    ]
    missing, foreign = {address for finding in kept for address in finding.missing}, {*_foreign(project, kept)}
    kept.sort(key=lambda f: f.code, reverse=True)  # of one place, the rule with the lowest number is told
    names = {(f.path, f.line, f.column): f for f in kept if f.code[0] == "N"}
    return in_order(
        f
        for f in kept
        if missing.isdisjoint((f.needs, f.needs.partition("#")[0]))
        and (f.code in ("T001", "T003") or (f.path, f.line) not in foreign)
        and (f.code[0] != "N" or names[f.path, f.line, f.column] == f)
    )
