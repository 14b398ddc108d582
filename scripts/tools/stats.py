"""What the content amounts to, counted: `check.py --stats`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from checker.model import Project
from checker.rules.words import words_of
from content.model import LOCALES, Page, as_list


def _table(title: str, counts: Counter[str], names: Iterable[str] = ()) -> list[str]:
    """A title and a line for each count; `names` come first, even with nothing to count."""
    rows = [*dict.fromkeys([*names, *sorted(counts)])]
    width = max(map(len, rows), default=0)
    return ["", title, *(f"  {name:<{width}}  {counts[name]:>6,}" for name in rows)]


def _count(cases: list[Page], key: str) -> Counter[str]:
    return Counter(str(value) for page in cases for value in as_list(page.meta.get(key)))


def report(project: Project) -> str:
    """The counts as text."""
    pages = [sheet.page for sheet in project.all_sheets]
    cases = [page for page in pages if page.locale == LOCALES[0] and page.kind == "case"]
    places = [(project.territories or {}).get(str(page.meta.get("territory"))) for page in cases]
    known = [place for place in places if place]
    years = Counter(source.date[:4] if source.date else "undated" for source in (project.sources or {}).values())
    words = Counter[str]()
    for sheet in project.all_sheets:
        words[sheet.page.locale] += sum(len(words_of(block.text)) for block in sheet.blocks)
    kinds = Counter(f"{page.kind} {page.locale}" for page in pages)

    def names(vocabulary: str) -> Iterable[str]:
        return project.names(vocabulary) or ()

    lines = [
        *_table("Pages by kind and language", kinds),
        *_table("Cases by lever (main)", Counter(str(page.main_lever) for page in cases), names("levers")),
        *_table("Cases by mode", _count(cases, "modes"), names("modes")),
        *_table("Cases by theme", _count(cases, "themes"), names("themes")),
        *_table("Cases by type of territory", Counter(place.type for place in known), names("territory_types")),
        *_table("Cases by region", Counter(place.region for place in known), names("regions")),
        *_table("Cases by status", _count(cases, "status"), names("statuses")),
        *_table("Words by language", words),
        *_table("Sources by year", years),
        *_table(
            "In all",
            Counter(
                {
                    "cases": len(cases),
                    "territories": len({place.id for place in known}),
                    "sources": len(project.sources or {}),
                    "glossary terms": len(project.glossary or ()),
                }
            ),
        ),
    ]
    return "\n".join(lines[1:]) + "\n"
