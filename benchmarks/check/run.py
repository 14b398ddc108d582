"""How long the checker takes: beside lychee on the real site, and on trees of up to 10,000 pairs of pages.

    python benchmarks/check/run.py [--runs 5] [--pairs 100 1000 10000]

The real tree: this project with its built site (`make site`), in turns with lychee, which checks the links
of this `site/`. Ours reads the sources and compares both languages.

The trees: the cases of the content, copied under new names, each cited paragraph with a sentence of its
own, so that no such text stands twice. Time and memory are those of the whole command.
"""

import argparse
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import report
from report import ROOT

# A sentence with its number, so that each copy of a paragraph is another text.
OWN = {"en": " The file of this copy is n{0}.", "fr": " Le dossier de cette copie est n{0}."}


def timed(command: list[str | Path], folder: Path) -> tuple[float, float, int]:
    """Seconds by the clock and of processors, and exit code of a command."""
    start, before = time.perf_counter(), os.times()
    code = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    took, after = time.perf_counter() - start, os.times()
    return took, sum(after[2:4]) - sum(before[2:4]), code.returncode


def checker(root: Path) -> list[str | Path]:
    return [sys.executable, ROOT / "scripts" / "check.py", "--root", root]


def version(program: Path) -> str:
    """What a program says that it is: `lychee 0.24.2`."""
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def beside_lychee(lychee: Path, runs: int) -> list[list[str]]:
    """Rows of the table of the real tree."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for name in ("docs", "data", "overrides", "site"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "mkdocs.yml", root)
        options = "--offline --include-fragments=full --index-files index.html --extensions html --root-dir site site"
        ways = {"lychee, links of the site": [lychee, *options.split()], "check.py": checker(root)}
        seconds: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        for way, command in [*ways.items()] * runs:
            took, work, code = timed(command, root)
            if code != 0:
                raise SystemExit(f"{way}: exit code {code}, 0 expected: build the whole site first (make site)")
            seconds[way].append((took, work))
    rows = []
    for way, (took, work) in ((way, zip(*measured, strict=True)) for way, measured in seconds.items()):
        rows.append([way, f"{median(took):.2f}", f"{min(took):.2f}–{max(took):.2f}", f"{median(work):.2f}"])
    return rows


def grow(root: Path, pairs: int) -> None:
    """A tree of so many pairs of pages below the root, from the cases of the content."""
    for name in ("data", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    (root / "data" / "published.txt").unlink()
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    names = sorted(file.name for file in (ROOT / "docs" / "en" / "cases").glob("*.md") if file.name != "index.md")
    there = len(list((ROOT / "docs" / "en").rglob("*.md")))
    for number, name in zip(range(pairs - there), itertools.cycle(names), strict=False):
        for locale in OWN:
            text = (ROOT / "docs" / locale / "cases" / name).read_text(encoding="utf-8")
            end = OWN[locale].format(number)
            text = re.sub(r"""(?m)^(title: .*?)(["']?)$""", rf"\1 n{number}\2", text, count=1)
            text = re.sub(r"(?m)^([A-ZÀ-Ý-].*\])$", rf"\1{end}", text)
            (root / "docs" / locale / "cases" / f"copy-{number}-{name}").write_text(text, encoding="utf-8")


def growing(sizes: list[int]) -> list[list[str]]:
    """Rows of the table of the trees."""
    rows = []
    for pairs in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            grow(root, pairs)
            made = len(list((root / "docs" / "en").rglob("*.md")))
            start = time.perf_counter()
            process = subprocess.Popen(checker(root), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            found = process.stdout.read() if process.stdout else ""
            _, _, usage = os.wait4(process.pid, 0)
            took = time.perf_counter() - start
        work = usage.ru_utime + usage.ru_stime
        sizes_and_times = [f"{made:,}", f"{took:.1f}", f"{work:.1f}", f"{1000 * work / made:.1f}"]
        rows.append([*sizes_and_times, f"{usage.ru_maxrss / 1024:,.0f}", str(len(found.splitlines()))])
        print(rows[-1], flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the checker, beside lychee and on growing trees.")
    parser.add_argument("--runs", type=int, default=5, help="of the real tree, in turns")
    parser.add_argument("--pairs", type=int, nargs="*", default=[100, 1_000, 10_000])
    options = parser.parse_args()
    conditions = report.conditions()
    lychee = Path(sys.executable).with_name("lychee")
    head = ["on the real tree", "seconds, median", "range", "of processor"]
    real = report.table(head, beside_lychee(lychee, options.runs))
    head = ["pairs of pages", "seconds", "of processor", "ms a pair", "memory at most, MB", "findings"]
    trees = report.table(head, growing(options.pairs))
    report.write("check", f"{conditions}; {version(lychee)}.\n\n{real}\n\n{trees}")


if __name__ == "__main__":
    main()
