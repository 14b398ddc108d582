"""Builds: the same commit makes the same bytes, also with the fork of MkDocs; a site takes its place whole or not."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, copy_project, edit, read, run

from content.model import Study

OTHERWISE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "fr_FR.UTF-8"}


def files(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_the_same_commit_makes_the_same_bytes(site: Path, study: Study, tmp_path: Path) -> None:
    """A second build by ProperDocs, the fork of MkDocs, in another folder, time zone, locale and order of hashes, makes
    every file again, byte for byte; of the books, the shortest PDF and both EPUB stand for all."""
    again = copy_project(tmp_path / "elsewhere, à côté")
    (again / "site").mkdir()
    (again / "site/gone.html").touch()  # of the site that was there
    done = run(again, "properdocs", "build", "--strict", "-f", "mkdocs.yml", **OTHERWISE)
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


def test_bad_content_stops_the_build_with_one_clear_line(tmp_path: Path) -> None:
    """What the pages cannot be built from stops the build with the checker's own line, without a traceback: what cannot
    be read, and what is wrong. The site that was built before stays as it is."""
    root = copy_project(tmp_path)
    (root / "site").mkdir()
    (root / "site/index.html").write_text("as it was", encoding="utf-8")
    for file, old, new, code in (
        ("docs/fr/index.md", "kind: page", "kind: [page", "Y001"),
        ("docs/fr/index.md", "", "\n<!-- generated: atlantis -->\n", "L009"),
    ):
        before = edit(root / file, old, new)
        done = run(root, "mkdocs", "build", "--strict")
        said = re.search(rf"{re.escape(file)}:\d+:\d+: {code} ", done.stderr)
        assert said and done.returncode == 1, f"{code} does not stop the build, which says:\n{done.stderr[-1000:]}"
        assert "Traceback" not in done.stderr
        assert read(root / "site/index.html") == "as it was"
        (root / file).write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "setting", "value"),
    [
        ("mkdocs", "SOURCE_DATE_EPOCH", "9" * 5000),
        ("mkdocs", "SITE_URL", ""),
        ("mkdocs", "CONTACT", "corrections"),
        ("books.book", "SOURCE_DATE_EPOCH", "-1"),
    ],
)
def test_an_odd_setting_is_named(site: Path, tmp_path: Path, command: str, setting: str, value: str) -> None:
    """A setting that no site can be made with stops the command, which says how to give it."""
    arguments = ("build", "--site-dir", str(tmp_path)) if command == "mkdocs" else (str(site),)
    done = run(ROOT, command, *arguments, **{setting: value})
    assert done.returncode == 1
    assert setting.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr
