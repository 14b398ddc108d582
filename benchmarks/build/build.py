"""The build and the weight of pages against plain Material, Starlight and Zensical: same content, same run.

    python benchmarks/build/build.py [--times 1 4 16] [--runs 3] [--no-views]

For each size: makes the projects (peers.py), builds them in turn, each from nothing (no cache, no site), and takes
the median of the wall clock of the whole process, the search index included; then weighs the pages. At the first
size, Lighthouse says what a first view of the same pages costs (--no-views leaves that out). More than four times
the content is built once. Writes ../README.md. Needs node, npm and a Chromium.
"""

import argparse
import gzip
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lighthouse"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import audit
import peers
import report

from checker.project import load
from content.locales import LOCALES
from web.pages import address

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
ZENSICAL = report.CACHE / "zensical" / "bin"
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "ASTRO_TELEMETRY_DISABLED": "1", "CI": "1"}
ENVIRONMENT["NODE_OPTIONS"] = "--max-old-space-size=8192"  # Starlight needs more than Node allows, at 16 times

# The pages whose first view is compared: levers and cases, in both languages.
VIEWS = (
    "levers/land-and-places/",
    "fr/levers/responsible-purchasing/",
    "cases/roubaix-zero-waste/",
    "fr/cases/bordeaux-spaser/",
)


@dataclass
class Tool:
    """One way to build the site: a command for each of its folders, and where the pages go."""

    name: str
    command: list[str]
    folders: tuple[str, ...]
    site: str
    caches: tuple[str, ...] = ()
    seconds: list[float] = field(default_factory=list)  # by the clock
    work: list[float] = field(default_factory=list)  # of processors, which other programs disturb less
    megabytes: float = 0.0


def tools() -> list[Tool]:
    mkdocs = [str(BIN / "mkdocs"), "build", "--strict", "--quiet"]
    cache, astro = (".cache",), (".astro", "node_modules/.astro", "node_modules/.vite")
    return [
        Tool("ours", mkdocs, ("ours",), "site"),
        Tool("Material", mkdocs, ("material",), "site"),
        Tool("Zensical", [f"{ZENSICAL}/zensical", "build", "--clean"], ("zensical-en", "zensical-fr"), "site", cache),
        Tool("Starlight", ["npx", "astro", "build"], ("starlight",), "dist", astro),
    ]


def make(base: Path, times: int) -> None:
    """The projects of one size below `base`."""
    peers.multiply(base / "ours", times)
    peers.material(base / "ours", base / "material")
    for locale in LOCALES:
        peers.material(base / "ours", base / f"zensical-{locale}", locale)
    peers.starlight(base / "ours", base / "starlight")
    report.node_packages(base / "starlight", HERE / "starlight" / "package.json")
    if not ZENSICAL.exists():
        subprocess.run([sys.executable, "-m", "venv", ZENSICAL.parent], check=True)
        pip = f"{ZENSICAL}/python -m pip install --quiet --disable-pip-version-check --requirement".split()
        subprocess.run([*pip, str(HERE / "requirements.txt")], check=True)


def build(tool: Tool, base: Path) -> None:
    """Build from nothing; adds the seconds it took and keeps the largest memory of one of its processes."""
    seconds = work = 0.0
    for folder in (base / name for name in tool.folders):
        for made in (tool.site, *tool.caches):
            shutil.rmtree(folder / made, ignore_errors=True)
        with (folder / "log").open("w") as log:
            started = time.monotonic()
            process = subprocess.Popen(tool.command, cwd=folder, env=ENVIRONMENT, stdout=log, stderr=log)
            _, status, usage = os.wait4(process.pid, 0)
            seconds += time.monotonic() - started
        work += usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{tool.name} failed: see {folder / 'log'}")
        tool.megabytes = max(tool.megabytes, usage.ru_maxrss / 1024)
    tool.seconds.append(seconds)
    tool.work.append(work)
    print(f"{base.name} {tool.name} {seconds:.1f} s", file=sys.stderr, flush=True)


def html(tool: Tool, base: Path) -> list[Path]:
    """The pages of a built site, without redirects and the 404 page."""
    found = [file for folder in tool.folders for file in (base / folder / tool.site).rglob("index.html")]
    return [file for file in found if not {"l", "i"} & set(file.relative_to(base).parts)]


def weight(tool: Tool, base: Path, paths: list[str]) -> float:
    """The median weight (kB, gzip) of the HTML of the pages of today's content, which do not change with the size."""
    site = base / tool.folders[0] / tool.site
    return statistics.median(len(gzip.compress((site / path / "index.html").read_bytes(), 9)) for path in paths) / 1000


def times_table(sizes: dict[int, list[Tool]], base: Callable[[int], Path]) -> str:
    rows = []
    for size, built in sizes.items():
        ours, our_pages = statistics.median(built[0].seconds), len(html(built[0], base(size)))
        for tool in built:
            pages, seconds = len(html(tool, base(size))), statistics.median(tool.seconds)
            row = [f"{size}×", tool.name, f"{pages:,}"]
            row += [f"{seconds:.1f} ({min(tool.seconds):.1f}–{max(tool.seconds):.1f})"]
            row += [f"{statistics.median(tool.work):.1f}", f"{1000 * seconds / pages:.1f}"]
            row += [f"{ours / seconds:.2f}", f"{ours / our_pages / (seconds / pages):.2f}", f"{tool.megabytes:.0f}"]
            rows.append(row)
    head = ["content", "tool", "pages", "seconds (range)", "of processor", "ms a page"]
    return report.table([*head, "ours ÷ it", "ours ÷ it, a page", "memory, MB"], rows)


def weight_table(sizes: dict[int, list[Tool]], base: Callable[[int], Path]) -> str:
    study = load(report.ROOT)
    paths = [address(page.path, "en") for page in study.pages["en"].values() if peers.copied(page)]
    names = [tool.name for tool in next(iter(sizes.values()))]
    rows = [
        [f"{size}×", *(f"{weight(tool, base(size), paths):.1f}" for tool in built)] for size, built in sizes.items()
    ]
    return report.table(["content", *names], rows)


def views_table(built: list[Tool], base: Path) -> str:
    """What Lighthouse says of the same pages in each site that has both languages."""
    compared = [tool for tool in built if len(tool.folders) == 1]
    results = {
        tool.name: audit.audit_site(base / tool.folders[0] / tool.site, list(VIEWS), thrice=True) for tool in compared
    }
    rows = []
    for path, (name, pages) in itertools.product(VIEWS, results.items()):
        page = pages[path]
        measured = [f"{page['bytes'] / 1000:.1f}", str(page["requests"]), f"{page['blocked_ms']:.0f}"]
        rows.append([f"`/{path}`", name, " / ".join(map(str, page["scores"])), *measured])
    return report.table(["page", "tool", "Lighthouse", "first view, kB", "requests", "blocked, ms"], rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1, 4, 16], help="how many times today's content")
    parser.add_argument("--runs", type=int, default=3, help="builds of each, of which the median counts")
    parser.add_argument("--no-views", action="store_true", help="without Lighthouse")
    options = parser.parse_args()

    def base(size: int) -> Path:
        return report.CACHE / f"times-{size}"

    conditions = report.conditions()
    sizes: dict[int, list[Tool]] = {}
    for size in options.times:
        make(base(size), size)
        sizes[size] = tools()
        for _ in range(options.runs if size <= 4 else 1):
            for tool in sizes[size]:
                build(tool, base(size))
    packages = [f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "pagefind")]
    starlight = (HERE / "starlight" / "package.json").read_text(encoding="utf-8")
    packages += [line.strip(' ",').replace('": "', " ") for line in starlight.splitlines() if "astro" in line]
    packages.append((HERE / "requirements.txt").read_text(encoding="utf-8").strip().replace("==", " "))
    lines = [
        f"{conditions}; {', '.join(packages)}.",
        "",
        times_table(sizes, base),
        "",
        "Weight of the HTML of today's English pages (median, kB, gzip), as the content around them grows:",
        "",
        weight_table(sizes, base),
    ]
    if not options.no_views:
        views = views_table(sizes[options.times[0]], base(options.times[0]))
        lines += ["", "First view (Lighthouse, mobile; Brotli):", "", views]
    report.write("build", "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
