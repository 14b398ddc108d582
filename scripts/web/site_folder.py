"""A site is made beside the one that is there, and takes its place when it is whole."""

import contextlib
import os
import shutil
from pathlib import Path


def beside(site: Path) -> Path:
    """A new empty folder for this process beside `site`: `.site-4711`."""
    clear(site)
    new = site.with_name(f".{site.name}-{os.getpid()}")
    new.mkdir(parents=True)
    return new


def clear(site: Path) -> None:
    """Delete the folder of this process beside `site`, and those of processes that were killed."""
    for left in site.parent.glob(f".{site.name}-*"):
        process = left.name.removesuffix("-old").rpartition("-")[2]
        if process == str(os.getpid()) or not _runs(process):
            shutil.rmtree(left, ignore_errors=True)  # another build may be deleting it too


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:  # it runs, for another user
        return True
    return True


def put_in_place(new: Path, site: Path) -> None:
    """Two renames: the old site goes, the whole new one comes. The old one is deleted after."""
    old = new.with_name(f"{new.name}-old")
    with contextlib.suppress(FileNotFoundError):
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
