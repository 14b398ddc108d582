"""What a build of the site knows of the study: read once for both languages, then asked page by page."""

import datetime
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from checker import run, stale
from checker.project import load
from content import marks
from content.anchors import GLOSSARY
from content.model import Page, Study
from web import glossary_links, pages, wording
from web.templates import names_for
from web.tree import PageInput

# The rules whose findings stop a build, besides what cannot be read: the templates could not show the content, or not
# as it is meant. `check.py` has more.
WRONG = {"M002", "M005", "S003", "D003", "D008"}  # keys, values, dates that templates ask for
MISSING = {"S001", "S007", "L002", "L009", "D020", "R002"}  # anchors, parts …
STOPPING = WRONG | MISSING


Late = Mapping[tuple[str, str], set[str]]  # ids of the sections that stayed behind, by locale and path


def read_content(root: Path) -> tuple[Study, Late]:
    """The content as pages ask for it. Raises ValueError or ContentError at what they cannot be made from."""
    project = load(root)
    if faults := run.check(project, codes=STOPPING):
        raise ValueError("\n".join(map(str, faults[:20])))
    os.environ["SOURCE_DATE_EPOCH"] = epoch(project)  # the same commit makes the same bytes
    return pages.with_territories(project), stale.late_sections(project.compared)


def page_input(study: Study, late: Late, page: Page, templates: jinja2.Environment) -> PageInput:
    """What the text of a page is given."""
    names = names_for(study, page.locale, page)

    def partial(name: str, **given: Any) -> str:
        return templates.get_template(f"partials/{name}.html").render(names, **given)

    def generated(name: str) -> str:
        """A generated part. `amounts-grants` asks the template `amounts` for `grants`."""
        stem, _, argument = name.partition("-")
        template = templates.select_template([f"generated/{name}.html", f"generated/{stem}.html"])
        return template.render(names, argument=argument)

    charts = {f"{marks.CHART}{id}": each for id, each in study.charts.items()}
    asked = [mark["name"] for mark in marks.GENERATED.finditer(page.body)]
    instruments = [each for each in study.instruments.values() if page.kind == "lever" and each.lever == page.slug]
    return PageInput(
        locale=page.locale,
        address=pages.address(page.path, page.locale),
        words=names["t"],
        terms=None if page.path == GLOSSARY else glossary_links.terms_of(study, page.locale),
        names=wording.foreign_names(study, "en") if page.locale == "en" else None,
        old_ids=names["old_ids"],
        levers={term.slug: term.number for term in study.terms["levers"].values()},
        below={id: partial("behind", id=id) for id in late.get((page.locale, page.path), ())},
        credit=lambda title, id: partial("credit", title=title, id=id),
        strips={each.id: partial("instrument-strip", instrument=each) for each in instruments},
        charts={name: partial("chart", chart=charts[name]) for name in asked if name in charts},
        parts={name: generated(name) for name in asked if name not in charts},
    )


def epoch(study: Study) -> str:
    """What is made carries this date, in seconds: SOURCE_DATE_EPOCH, or the newest of the content, never today's.

    Raises ValueError where the setting is not what MkDocs, a gzip header and a PDF can take.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None and not (re.fullmatch(r"[0-9]{1,10}", given) and int(given) < 2**32):
        raise ValueError(f"SOURCE_DATE_EPOCH is '{given}': give whole seconds since 1970, or leave it unset")
    newest = max(study.latest.values())
    return given or str(int(datetime.datetime.fromisoformat(f"{newest}T00:00:00+00:00").timestamp()))
