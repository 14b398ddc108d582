"""What a build of the site knows of the study: read once for both languages, then asked page by page."""

import datetime
import os
import re
from collections.abc import Mapping
from pathlib import Path

from checker import run, stale
from checker.project import load
from content.model import Study
from web import pages

# The rules whose findings stop a build, besides what cannot be read: the templates could not show the content, or not
# as it is meant. `check.py` has more.
STOPPING = {"M002", "M005", "S003", "D003", "D008"}  # keys, values, dates that templates ask for
STOPPING |= {"S001", "S007", "L002", "L009", "D020", "R002"}  # anchors, parts …

Late = Mapping[tuple[str, str], set[str]]  # ids of the sections that stayed behind, by locale and path


def read_content(root: Path) -> tuple[Study, Late]:
    """The content as pages ask for it. Raises ValueError or ContentError at what they cannot be made from."""
    project = load(root)
    if faults := run.check(project, codes=STOPPING):
        raise ValueError("\n".join(map(str, faults[:20])))
    os.environ["SOURCE_DATE_EPOCH"] = epoch(project)  # the same commit makes the same bytes
    return pages.with_territories(project), stale.late_sections(project.compared)


def epoch(study: Study) -> str:
    """What is made carries this date, in seconds: SOURCE_DATE_EPOCH, or the newest of the content, never today's.

    Raises ValueError where the setting is not what MkDocs, a gzip header and a PDF can take.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None and not (re.fullmatch(r"[0-9]{1,10}", given) and int(given) < 2**32):
        raise ValueError(f"SOURCE_DATE_EPOCH is '{given}': give whole seconds since 1970, or leave it unset")
    newest = max(study.latest.values())
    return given or str(int(datetime.datetime.fromisoformat(f"{newest}T00:00:00+00:00").timestamp()))
