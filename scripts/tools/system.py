"""Packages of the system that the build or the tests need, installed where that can be done without asking."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


def install(packages: Sequence[str], why: str) -> None:
    """Installs Debian packages, if this is Debian and root runs it; names them first, on stderr. Else does nothing."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"installs on this system, {why}: apt-get install {' '.join(packages)}", file=sys.stderr, flush=True)
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL)
