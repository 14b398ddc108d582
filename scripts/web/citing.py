"""Which pages cite a source or name a territory; for records of the pages, who signs them, texts for BibTeX."""

import functools
import itertools
import re
from pathlib import Path

from checker.project import Project
from content import marks
from content.anchors import GLOSSARY
from content.files import read_yaml
from content.model import Page, Source, Study
from content.places import Places
from web.wording import initial, sort_key

# What BibTeX takes for a command or a separator. Braces by name: it counts escaped ones too.
SIGNS = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}
NAMED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
BIBTEX = str.maketrans(SIGNS | NAMED)


def bibtex(text: str) -> str:
    """A text as BibTeX reads it."""
    return text.translate(BIBTEX)


# What CITATION.cff says as long as nobody signs: its format demands an author.
NOBODY = "The maintainers of this repository"


def authors(root: Path) -> list[str]:
    """Who signs the site, as `CITATION.cff` names them, a person as `Curie, Marie`; none where nobody does."""
    file = root / "CITATION.cff"
    named = read_yaml(file, root)["authors"] if file.exists() else []
    names = [author.get("name") or f"{author['family-names']}, {author['given-names']}" for author in named]
    return [name for name in names if name != NOBODY]


MENTION = re.compile(f"{marks.CITATION.pattern}|{marks.GENERATED.pattern}")


def cited_sources(page: Page, study: Study) -> list[str]:
    """The ids of the sources a page and its charts cite, in the order of their first mention."""
    found: dict[str, None] = {}
    for mark in MENTION.finditer(page.body):
        chart = study.charts.get(mark["chart"])
        found |= dict.fromkeys(key for row in chart.rows for key in row.sources) if chart else {}
        found |= {mark["id"]: None} if mark["id"] else {}
    return list(found)


def citing_pages(study: Study, locale: str) -> dict[str, list[Page]]:
    """For each source, the pages of a locale that cite it (the glossary through its data), by path."""
    citing: dict[str, list[Page]] = {key: [] for key in study.sources}
    of_terms = [key for entry in study.glossary.values() for key in entry.sources]
    for page in sorted(study.pages[locale].values(), key=lambda page: page.path):
        more = of_terms if page.path == GLOSSARY else []
        for key in dict.fromkeys([*cited_sources(page, study), *more]):
            citing[key].append(page)
    return citing


def bibliography(study: Study) -> list[tuple[str, list[Source]]]:
    """The sources by the first letter of their publisher (`0` before all letters), then by publisher and date."""
    ordered = sorted(study.sources.values(), key=lambda s: (initial(s.publisher), sort_key(s.publisher), s.date or ""))
    by_letter = itertools.groupby(ordered, key=lambda source: initial(source.publisher))
    return [(letter, list(sources)) for letter, sources in by_letter]


# The order of the pages, by how their path begins.
ORDER = ("levers/", "frameworks/", "themes/", "study/", "start/", "reference/", "cases/")


@functools.lru_cache(maxsize=1)  # for the page of each territory
def naming_sections(project: Project) -> dict[str, dict[str, list[str | None]]]:
    """By territory and path of a page, the ids of its sections that name it (None above the first heading), but for
    those of its own cases, in the order of the folders and of the text.

    Named in one language is enough: the other may say "the metropolis" of the same thing.
    """
    places = Places(project)
    found: dict[str, dict[str, list[str | None]]] = {id: {} for id in project.territories}
    paths = [path for path in set.intersection(*map(set, project.pages.values())) if path.startswith(ORDER)]
    for path in sorted(paths, key=lambda path: (ORDER.index(path.split("/")[0] + "/"), path)):
        own, *others = (pages[path] for pages in project.pages.values())
        for section in own.doc.sections:
            twins = [twin for other in others for twin in other.doc.sections if twin.id == section.id]
            texts = [block.text for one in (section, *twins) for block in one.blocks]
            named = {mention.id for text in texts for mention in places.in_text(text) if mention.id}
            for id in named - {own.meta.get("territory")}:
                found[id].setdefault(path, []).append(section.id)
    return found
