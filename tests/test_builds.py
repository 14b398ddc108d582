"""Builds: the same commit makes the same bytes, bad content makes none, and the fork of MkDocs makes the same site."""

from __future__ import annotations

import re
import shutil
import struct
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, copy_project, run
from selectolax.lexbor import LexborHTMLParser

from content.model import Study
from web.pages import epoch

OTHERWISE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "fr_FR.UTF-8"}


def files(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_the_same_commit_makes_the_same_bytes(site: Path, study: Study, tmp_path: Path) -> None:
    """A second build, in another folder, in another time zone, in the plainest locale and with another order of
    hashes, makes every file again, byte for byte; of the books, the shortest PDF and both EPUB stand for all."""
    again = copy_project(tmp_path / "elsewhere, à côté")
    done = run(again, "mkdocs", "build", "--strict", **OTHERWISE)
    assert done.returncode == 0, done.stderr[-1000:]
    names = [f"{slug}.pdf" for slug in study.terms["levers"]]
    shortest = min(names, key=lambda name: (site / "downloads" / name).stat().st_size)
    for downloads in ("downloads", "fr/downloads"):
        left = shutil.ignore_patterns(shortest, "study.epub")
        shutil.copytree(site / downloads, again / "site" / downloads, ignore=left)
    done = run(again, "books.book", "site", shortest, "study.epub", "share", **OTHERWISE)
    assert done.returncode == 0, done.stderr[-1000:]
    first, second = files(site), files(again / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_what_is_made_carries_the_date_of_the_content(site: Path, study: Study) -> None:
    """The compressed sitemap has the newest date of the content, not that of the build."""
    (time,) = struct.unpack("<I", (site / "sitemap.xml.gz").read_bytes()[4:8])
    assert str(time) == epoch(study)


@pytest.mark.site
def test_a_site_under_a_path_builds_without_a_warning(tmp_path: Path) -> None:
    """SITE_URL may have a path: canonical addresses and the 404 page carry it, and the build is silent."""
    command = ("mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site"))
    done = run(ROOT, *command, SITE_URL="https://example.org/study/", CONTACT="mend@example.org")
    assert done.returncode == 0, done.stderr
    assert not re.search(r"WARNING|ERROR|DEPRECAT|end.of.life", done.stdout + done.stderr, re.IGNORECASE)
    home, lost = (
        LexborHTMLParser((tmp_path / "site" / name).read_text(encoding="utf-8")) for name in ("index.html", "404.html")
    )
    assert home.css("link[rel=canonical]")[0].attributes["href"] == "https://example.org/study/"
    assert [a for a in lost.css("main a") if not (a.attributes["href"] or "").startswith("/study/")] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("docs/en/index.md", "", "\nUnsupported.[^nobody-2099-nothing]\n", "S001"),
        ("docs/fr/cases/CASE.md", "\nstatus: ", "\nstatus: un", "M004"),
        ("docs/fr/index.md", "kind: page", "kind: [page", "Y001"),
        ("data/sources.yml", "publisher: ", "editor: ", "D001"),
        ("data/charts.yml", "sources: [", "sources: [x", "S001"),
        ("overrides/partials/footer.html", "t.licence", "t.no_such_word", "D013"),
        ("data/equal.txt", "", "<<<<<<< ours\n", "F006"),
        ("docs/fr/index.md", "", "\n<!-- generated: atlantis -->\n", "L009"),
    ],
)
def test_bad_content_stops_the_build_with_one_clear_line(
    tmp_path: Path, study: Study, file: str, old: str, new: str, expected: str
) -> None:
    """What the pages cannot be built from stops the build with the checker's own line, without a traceback.

    The site that was built before stays as it is.
    """
    root = copy_project(tmp_path)
    file = file.replace("CASE", study.cases("en")[0].slug)
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("as it was", encoding="utf-8")
    done = run(root, "mkdocs", "build", "--strict")
    assert done.returncode == 1
    assert re.search(rf"{re.escape(file)}:\d+:\d+: {expected} ", done.stderr), done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert (root / "site/index.html").read_text(encoding="utf-8") == "as it was"


@pytest.mark.parametrize(
    ("command", "setting", "value"),
    [
        ("mkdocs", "SOURCE_DATE_EPOCH", "-1"),
        ("mkdocs", "SITE_URL", ""),
        ("mkdocs", "SITE_URL", "example.org"),
        ("mkdocs", "CONTACT", "corrections"),
        ("books.book", "SOURCE_DATE_EPOCH", ""),
        ("books.book", "SOURCE_DATE_EPOCH", "99999999999"),
    ],
)
def test_an_odd_setting_is_named(site: Path, tmp_path: Path, command: str, setting: str, value: str) -> None:
    """A setting that no site can be made with stops the command, which says how to give it."""
    arguments = ("build", "--site-dir", str(tmp_path)) if command == "mkdocs" else (str(site),)
    done = run(ROOT, command, *arguments, **{setting: value})
    assert done.returncode == 1
    assert setting.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def named(folder: Path) -> dict[str, list[tuple[str | None, ...]]]:
    """The ids and addresses of each page, in their order."""
    found = {}
    for file in folder.rglob("*.html"):
        nodes = LexborHTMLParser(file.read_text(encoding="utf-8")).css("[id], [href], [src]")
        values = [tuple(node.attributes.get(key) for key in ("id", "href", "src")) for node in nodes]
        found[file.relative_to(folder).as_posix()] = values
    return found


def test_properdocs_makes_the_same_site(site: Path, tmp_path: Path) -> None:
    """`properdocs build --strict` makes the same pages, with the same ids and links."""
    folder = copy_project(tmp_path)
    done = run(folder, "properdocs", "build", "--strict", "-f", "mkdocs.yml")
    assert done.returncode == 0, done.stderr[-1000:]
    ours, theirs = named(site), named(folder / "site")
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
    assert max(job["timeout-minutes"] for job in workflow["jobs"].values()) <= 120
