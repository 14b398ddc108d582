"""Safety: files that lead out of their folder (F007), drawings that could run a script (F008), addresses outside the
site (R003)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import Project
from checker.registry import project_rule
from content.findings import Hit

FOLDERS = ("docs", "data", "overrides")

# What runs in an SVG that is opened by its own address, where the policy of our pages does not hold.
ACTIVE = re.compile(
    rb"<(?:\w+:)?(?:script|foreignObject|iframe)\b|\son\w+\s*=|javascript:|<!ENTITY|<\?xml-stylesheet", re.I
)


@project_rule("F007")
def links_to_files(project: Project) -> Iterator[Hit]:
    """A file of docs, data and overrides is itself there: a symbolic link would publish a file from elsewhere."""
    for folder in FOLDERS:
        for file in sorted((project.root / folder).rglob("[!.]*")):
            if file.is_symlink():
                name = file.relative_to(project.root).as_posix()
                yield Hit(name, 1, 1, "is a link to another file: put the file itself here")


@project_rule("F008")
def active_drawings(project: Project) -> Iterator[Hit]:
    """A drawing holds no script, no handler and nothing that loads another file."""
    for file in sorted((project.root / "docs").rglob("*.svg")):
        data = b"" if file.is_symlink() else file.read_bytes()
        if match := ACTIVE.search(data):
            name, line = file.relative_to(project.root).as_posix(), data.count(b"\n", 0, match.start()) + 1
            what = match[0].decode(errors="replace").strip()
            yield Hit(name, line, 1, f"'{what}' can run a script or load a file: leave it out of the drawing")


@project_rule("R003")
def climbing_redirects(project: Project) -> Iterator[Hit]:
    """An old address in data/redirects.yml is below the site: it has no '..' and no empty part."""
    for old in project.redirects or {}:
        parts = old.partition("#")[0].strip("/").split("/")
        if project.redirects and (".." in parts or "" in parts or "\\" in old or ":" in old):
            message = f"'{old}' leads out of the site: write the old path below docs/en, or a short form such as l/5"
            yield Hit("data/redirects.yml", project.redirects.lines[old], 1, message)
