"""What a change does to the site: built from the last commit and from what stands here, compared byte by byte.

    python -m tools.compare

Each file that differs, is new or is gone, one a line. Exit code 0: the same bytes; 1: not; 2: a build failed. Where
requirements.lock differs too, the last commit is built with the packages of its own: after `make lock UPGRADE=NAME`
and `make site`, this says what the new packages change.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def differences(old: Path, new: Path) -> list[str]:
    """The files below two folders that are not the same, sorted: `differs x`, `new x`, `gone x`."""
    before, after = ({f.relative_to(top): f for f in top.rglob("*") if f.is_file()} for top in (old, new))
    lines = [f"gone {name}" for name in before.keys() - after.keys()]
    lines += [f"new {name}" for name in after.keys() - before.keys()]
    both = before.keys() & after.keys()
    lines += [f"differs {name}" for name in both if before[name].read_bytes() != after[name].read_bytes()]
    return sorted(lines)


def python_of(tree: Path) -> str:
    """The Python to build that tree with: this one, or one with its own packages where its lock file is another."""
    lock = "requirements.lock"
    if (tree / lock).read_bytes() == (ROOT / lock).read_bytes():
        return sys.executable
    venv.create(tree / ".venv", with_pip=True)
    python = str(tree / ".venv/bin/python")
    subprocess.run((python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", tree / lock), check=True)
    return python


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        tree, old, new = (Path(folder) / name for name in ("tree", "old", "new"))
        subprocess.run(("git", "worktree", "add", "--quiet", "--detach", tree), cwd=ROOT, check=True)
        try:
            for where, python, site in ((tree, python_of(tree), old), (ROOT, sys.executable, new)):
                build = (python, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", site)
                subprocess.run(build, cwd=where, check=True)
        except subprocess.CalledProcessError as error:
            print(f"compare: {' '.join(map(str, error.cmd))} failed", file=sys.stderr)
            return 2
        finally:
            subprocess.run(("git", "worktree", "remove", "--force", tree), cwd=ROOT, check=True)
        found = differences(old, new)
    print("\n".join(found) or "the same bytes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
