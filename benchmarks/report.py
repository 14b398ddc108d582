"""What the benchmarks share: the machine they ran on, node packages, and their place in README.md."""

import datetime
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "benchmarks" / "README.md"
CACHE = ROOT / ".cache" / "benchmarks"  # everything the benchmarks make; can be deleted at any time
sys.path.insert(0, str(ROOT / "scripts"))


def conditions() -> str:
    """Date and machine of a run. A machine that was busy at the start makes its times worthless: the load is said."""
    load, python = os.getloadavg()[0], platform.python_version()
    return f"{datetime.date.today():%-d %B %Y}, {os.cpu_count()} processors, Python {python}, load before {load:.1f}"


def node_packages(folder: Path, packages: Path) -> None:
    """Install the exact versions of a package.json into a folder, where they are not there already."""
    copy = folder / "package.json"
    if copy.exists() and copy.read_bytes() == packages.read_bytes() and (folder / "node_modules").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(packages.read_bytes())
    npm = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(npm, cwd=folder, check=True)


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows])


def write(section: str, text: str) -> None:
    """Put the text between `<!-- section -->` and `<!-- /section -->` of the README, and print it."""
    print(text)
    marks = re.compile(rf"(<!-- {section} -->\n).*?(<!-- /{section} -->)", re.DOTALL)
    old = README.read_text(encoding="utf-8")
    README.write_text(marks.sub(lambda m: f"{m[1]}{text}\n{m[2]}", old), encoding="utf-8")
