"""Every rule for the sources, by its code, and the run over them; see `check.py`.

Each rule is one function that yields hits. It is in PAGE_RULES, PAIR_RULES, OUTLINE_RULES, PROJECT_RULES,
FACT_RULES or LAST_RULES, by what it needs to see. Codes: A allowances, C currency, F files, Y YAML,
M front matter, D data, P pairs, H headings, L links, S sources, G navigation, R published addresses,
T text, N numbers and names. F000 to F004, Y001, Y002, M001, D001 and D002 are found while reading, in
`study.py`, C001 in `currency.py`.

Pages are checked pair by pair, by as many processes as there are cores. What was found in what has not
changed since is kept in a cache, a folder (see `reuse.py`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import babel
import markdown_it
import mdit_py_plugins
import yaml

from checker import reuse, structure
from checker.model import Checked, Pair, Project, Sheet, pair_of, read_sheets
from checker.rules import charts, data, language, typography
from content.model import LOCALES, Finding, Hit

PAGE_RULES: dict[str, Callable[[Sheet], Iterable[Hit]]] = {
    **structure.PAGE_RULES,
    **charts.PAGE_RULES,
    **language.PAGE_RULES,
    **typography.PAGE_RULES,
}
PAIR_RULES: dict[str, Callable[[Pair], Iterable[Hit]]] = {**structure.PAIR_RULES, **language.PAIR_RULES}
OUTLINE_RULES = structure.OUTLINE_RULES
PROJECT_RULES: dict[str, Callable[[Project], Iterable[Hit]]] = {
    **structure.PROJECT_RULES,
    **data.RULES,
    **charts.RULES,
    **language.PROJECT_RULES,
}
# Of the project's rules, those that see nothing but the data and take long.
FACT_RULES = {code: PROJECT_RULES.pop(code) for code in ("D007", "D008", "D010", "S003", "S004", "S008")}
LAST_RULES = structure.LAST_RULES


def check_page(project: Project, path: str) -> Checked:
    """Reads a page in both languages and applies the rules that need nothing else of the project but `context`."""
    sheets, own = read_sheets(project, path)
    own += [finding for sheet in sheets for finding in _findings(PAGE_RULES, sheet)]
    pair = pair_of(project, sheets)
    paired = tuple(_findings(PAIR_RULES, pair)) if pair else ()
    outlines = tuple(sheet.outline for sheet in sheets)
    return Checked(tuple(own), paired, outlines, language.acronyms(pair) if pair else None)


def context(project: Project) -> bytes:
    """The digest of all that the rules of a page and of a pair see of the project."""
    known = (project.terms, project.territories, project.charts, project.config and project.config.host)
    return reuse.digest(repr(known).encode())


def _findings(rules: Mapping[str, Callable[..., Iterable[Hit]]], *seen: object) -> Iterator[Finding]:
    for code, rule in rules.items():
        for hit in rule(*seen):
            yield Finding(hit.file, hit.line, hit.column, code, hit.message)


def begin_pages(project: Project, cache: Path | None = None) -> Callable[[], dict[str, Checked]]:
    """Begins to check all pages, in other processes; the results are had by calling what is returned.

    What was found in pages that have not changed since is taken from the cache, a folder.
    """
    seen = context(project)

    def digest(path: str) -> bytes:
        files = (project.files[locale].get(path) for locale in LOCALES)
        return reuse.digest(seen, *(_bytes(project.root / file) if file else MISSING for file in files))

    kept: reuse.Kept[Checked] = reuse.Kept(
        cache and cache / "pages", reuse.version(babel, markdown_it, mdit_py_plugins, yaml)
    )
    return reuse.begin(functools.partial(check_page, project), digest, project.paths, kept)


def check(project: Project, cache: Path | None = None, only: Iterable[str] | None = None) -> list[Finding]:
    """The findings of the sources, sorted; `only` keeps those of these files and of their translations."""
    pages = begin_pages(project, cache)
    found: dict[Finding, tuple[str, ...]] = {f: (f.path,) for f in check_facts(project, cache)}
    project.outlines = {locale: {} for locale in LOCALES}
    for path, page in pages().items():
        for outline in page.outlines:
            project.outlines[outline.page.locale][path] = outline
        if page.acronyms:
            project.acronyms.append(page.acronyms)
        found |= {finding: (finding.path,) for finding in page.own}
        found |= {finding: tuple(outline.page.file for outline in page.outlines) for finding in page.paired}
    for outline in project.all_outlines:
        found |= {finding: (finding.path,) for finding in _findings(OUTLINE_RULES, project, outline)}
    found |= {finding: (finding.path,) for finding in _findings(PROJECT_RULES, project)}
    found |= {finding: (finding.path,) for finding in project.findings}
    found |= {finding: (finding.path,) for finding in _findings(LAST_RULES, project, list(found))}
    wanted = None if only is None else set(only)
    return sorted(
        finding
        for finding, files in found.items()
        if not structure.is_allowed(project, finding) and (wanted is None or wanted.intersection(files))
    )


def check_facts(project: Project, cache: Path | None) -> Iterator[Finding]:
    """The findings of FACT_RULES; the kept ones where the data has not changed."""
    files = sorted((project.root / "data").glob("*.yml"))
    seen = reuse.digest(*(part for file in files for part in (bytes(file), _bytes(file))))
    kept: reuse.Kept[tuple[Finding, ...]] = reuse.Kept(
        cache and cache / "facts", reuse.version(babel, markdown_it, mdit_py_plugins, yaml)
    )

    def check_rule(code: str) -> tuple[Finding, ...]:
        return tuple(_findings({code: FACT_RULES[code]}, project))

    for findings in reuse.results(check_rule, lambda _: seen, list(FACT_RULES), kept).values():
        yield from findings


MISSING, UNREADABLE = b"\0missing", b"\0unreadable"  # no page has such bytes


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return UNREADABLE  # `read_sheets` makes it a finding
