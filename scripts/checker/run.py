"""Every rule for the sources, by its code, and the run over them; see `check.py`.

Each rule is one function that yields hits. It is in PAGE_RULES, PAIR_RULES or PROJECT_RULES, by what it sees.
Codes: A allowances, C currency, F files, Y YAML, M front matter, D data, P pairs, H headings, L links,
S sources, G navigation, R published addresses, T text, N numbers and names. F000 to F004, Y001, Y002, M001,
D001 and D002 are found while reading, in `content/`, C001 in `stale.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from checker import structure
from checker.model import Pair, Project, Sheet
from checker.rules import charts, data, instruments, language, typography
from content.model import Finding, Hit

PAGE_RULES: dict[str, Callable[[Sheet], Iterable[Hit]]] = {
    **structure.PAGE_RULES,
    **charts.PAGE_RULES,
    **instruments.PAGE_RULES,
    **language.PAGE_RULES,
    **typography.PAGE_RULES,
}
PAIR_RULES: dict[str, Callable[[Pair], Iterable[Hit]]] = {**structure.PAIR_RULES, **language.PAIR_RULES}
PROJECT_RULES: dict[str, Callable[[Project], Iterable[Hit]]] = {
    **structure.PROJECT_RULES,
    **data.RULES,
    **charts.RULES,
    **instruments.RULES,
    **language.PROJECT_RULES,
}


def _apply(rules: Mapping[str, Callable[..., Iterable[Hit]]], seen: object) -> Iterator[Finding]:
    for code, rule in rules.items():
        for hit in rule(seen):
            yield Finding(hit.file, hit.line, hit.column, code, hit.message)


def check_page(project: Project, path: str) -> dict[Finding, tuple[str, ...]]:
    """What is found in the page of that path, in either language, each finding with the files that it is about."""
    found: dict[Finding, tuple[str, ...]] = {}
    for sheet in (sheets[path] for sheets in project.sheets.values() if path in sheets):
        found |= {finding: (finding.path,) for finding in _apply(PAGE_RULES, sheet)}
    if pair := project.pairs.get(path):
        found |= dict.fromkeys(_apply(PAIR_RULES, pair), (pair.en.page.file, pair.fr.page.file))
    return found


def check(project: Project, only: Iterable[str] | None = None) -> list[Finding]:
    """The findings of the sources, sorted; `only` keeps those that are about one of these files."""
    found: dict[Finding, tuple[str, ...]] = {}
    for path in project.paths:
        found |= check_page(project, path)
    for finding in (*_apply(PROJECT_RULES, project), *project.findings):
        found[finding] = (finding.path,)
    found |= {finding: (finding.path,) for finding in structure.unneeded_allowances(project, found)}
    wanted = None if only is None else set(only)
    return sorted(
        finding
        for finding, files in found.items()
        if not structure.is_allowed(project, finding) and (wanted is None or wanted.intersection(files))
    )
