"""Builds: the same commit makes the same bytes, and the fork of MkDocs that goes on makes the same site."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from selectolax.lexbor import LexborHTMLParser

from content.load import load_study
from web.pages import epoch

# One PDF and the EPUB of each language stand for all: the whole study as PDF takes a minute.
REMADE = ("direct-support.pdf", "study.epub")

OTHERWISE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "fr_FR.UTF-8"}


def run(folder: Path, *command: str, **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "scripts")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1000:]


def copy_of_the_tree(folder: Path) -> Path:
    for name in ("docs", "data", "overrides", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def files(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_the_same_commit_makes_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """A second build, in another folder, in another time zone, in the plainest locale and with another order
    of hashes, makes every file again, byte for byte."""
    again = copy_of_the_tree(tmp_path / "elsewhere, à côté")
    run(again, "-m", "mkdocs", "build", "--strict", **OTHERWISE)
    for downloads in ("downloads", "fr/downloads"):
        shutil.copytree(site / downloads, again / "site" / downloads, ignore=shutil.ignore_patterns(*REMADE))
    run(again, "-m", "books.book", "site", *REMADE, **OTHERWISE)
    first, second = files(site), files(again / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_what_is_made_carries_the_date_of_the_content(site: Path) -> None:
    """The compressed sitemap has the newest date of the content, not that of the build."""
    (time,) = struct.unpack("<I", (site / "sitemap.xml.gz").read_bytes()[4:8])
    assert str(time) == epoch(load_study(ROOT))


def pages(folder: Path) -> dict[str, list[tuple[str | None, ...]]]:
    """The ids and addresses of each page, in their order."""
    found = {}
    for file in folder.rglob("*.html"):
        nodes = LexborHTMLParser(file.read_text(encoding="utf-8")).css("[id], [href], [src]")
        named = [tuple(node.attributes.get(key) for key in ("id", "href", "src")) for node in nodes]
        found[file.relative_to(folder).as_posix()] = named
    return found


def test_properdocs_makes_the_same_site(site: Path, tmp_path: Path) -> None:
    """`properdocs build --strict` makes the same pages, with the same ids and links."""
    folder = copy_of_the_tree(tmp_path)
    run(folder, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml")
    ours, theirs = pages(site), pages(folder / "site")
    assert len(ours) > 200
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize("file", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda file: file.name)
def test_workflows_pin_their_actions_and_ask_for_little(file: Path) -> None:
    """Every action is pinned by its commit; a workflow says what it may do, and only publishing may write."""
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"uses: (.*)", text) == re.findall(r"uses: ([\w/-]+@[0-9a-f]{40} # v[\d.]+)$", text, re.MULTILINE)
    workflow = yaml.safe_load(text)
    grants = [workflow["permissions"], *(job.get("permissions", {}) for job in workflow["jobs"].values())]
    written = {name for grant in grants for name, level in grant.items() if level == "write"}
    assert written <= ({"pages", "id-token"} if file.name == "pages.yml" else set())
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120
