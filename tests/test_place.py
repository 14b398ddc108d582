"""A site takes its place whole, or the old one stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

from web.place import beside, clear, put_in_place


def test_a_site_takes_its_place_whole_or_not_at_all(tmp_path: Path) -> None:
    """What fails half-way never shows: the old site stays as it was. Of that, nothing stays beside a whole new one."""
    site = tmp_path / "site"
    for name, whole, left in (("old", True, "old"), ("half", False, "old"), ("new", True, "new")):
        made = beside(site)
        (made / name).touch()
        if whole:
            put_in_place(made, site)
        else:
            clear(site)
        assert [file.name for file in tmp_path.rglob("*")] == ["site", left]


def test_what_a_killed_build_left_goes_with_the_next(tmp_path: Path) -> None:
    """SIGKILL leaves the old site and a hidden folder; the next build deletes it, but not that of a running one."""
    site = tmp_path / "site"
    code = "import sys, time, pathlib, web.place as p; p.beside(pathlib.Path(sys.argv[1])); time.sleep(60)"
    left: list[Path] = []
    with subprocess.Popen([sys.executable, "-c", code, site], env={"PYTHONPATH": str(ROOT / "scripts")}) as running:
        while not (left := list(tmp_path.iterdir())):
            pass
        mine = beside(site)
        assert sorted(tmp_path.iterdir()) == sorted([*left, mine])
        running.send_signal(signal.SIGKILL)
    (tmp_path / ".site-999999999-old").mkdir()
    mine = beside(site)
    assert list(tmp_path.iterdir()) == [mine]
