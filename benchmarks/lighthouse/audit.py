"""Lighthouse, mobile, on every page of the built site in both languages.

    python benchmarks/lighthouse/audit.py [WORD …]

Reads the pages from site/sitemap.xml (redirects and the 404 page, which search engines are told to leave out, are
not in it), serves site/ compressed, prints the figures of each page and writes the summary in ../README.md. With
words: only the pages whose address has one of them, and no summary. A page below 100 is audited twice more, and its
median counts: a busy machine must not look like a slow page, nor luck like a fast one. Needs node, npm, a Chromium.

Exit code 0 when every page has 100 in all four categories.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import report

from tools import browser
from tools.serving import serve

HERE = Path(__file__).resolve().parent
CATEGORIES = ("performance", "accessibility", "best practices", "SEO")
COLUMNS = ("path", *CATEGORIES, "bytes", "requests", "blocked_ms", "shift", "largest_paint_ms", "audits")


def pages(site: Path) -> list[str]:
    """The paths of the pages below the site's root."""
    locations = [str(node.text) for node in ElementTree.parse(site / "sitemap.xml").iter() if node.tag.endswith("}loc")]
    root = min(locations, key=len)
    return [location.removeprefix(root) for location in locations]


def audit(addresses: list[str]) -> Iterator[dict[str, Any]]:
    """What audit.mjs says of each address, as it comes."""
    report.node_packages(report.CACHE / "lighthouse", HERE / "package.json")
    script = report.CACHE / "lighthouse" / "audit.mjs"
    script.write_bytes((HERE / "audit.mjs").read_bytes())
    environment, pipe = os.environ | {"CHROME_PATH": browser.find()}, subprocess.PIPE
    node = subprocess.Popen(["node", script], stdin=pipe, stdout=pipe, text=True, env=environment)
    assert node.stdin and node.stdout
    node.stdin.write("\n".join(addresses) + "\n")
    node.stdin.close()
    yield from map(json.loads, node.stdout)
    if node.wait():
        sys.exit("Lighthouse stopped: see above.")


def median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run in the middle by the performance score, with the median of the other scores."""
    middle = sorted(runs, key=lambda run: run["scores"][0])[len(runs) // 2]
    scores = [round(statistics.median(column)) for column in zip(*(run["scores"] for run in runs), strict=True)]
    return middle | {"scores": scores, "audits": len(runs)}


def audit_site(site: Path, paths: list[str], thrice: bool = False) -> dict[str, dict[str, Any]]:
    """The result of each path of a served site. Those below 100 are audited three times; with `thrice`, all."""
    server, root = serve(site)
    runs: dict[str, list[dict[str, Any]]] = {path: [] for path in paths}

    def look(wanted: list[str]) -> None:
        for number, result in enumerate(audit([root + path for path in wanted]), 1):
            path = result["address"].removeprefix(root)
            runs[path].append(result)
            print(f"{number}/{len(wanted)} /{path} {result['scores']}", *result["failed"], file=sys.stderr, flush=True)

    look(paths)
    low = [path for path, results in runs.items() if thrice or min(results[0]["scores"]) < 100]
    if low:
        look(low * 2)
    server.shutdown()
    return {path: median(results) for path, results in runs.items()}


def main() -> int:
    words, site = sys.argv[1:], report.ROOT / "site"
    conditions, started = report.conditions(), time.monotonic()
    paths = [path for path in pages(site) if not words or any(word in f"/{path}" for word in words)]
    results = audit_site(site, paths)
    low = [path for path, result in results.items() if min(result["scores"]) < 100]
    rows = ([path, *r["scores"], *(r[key] for key in COLUMNS[5:])] for path, r in sorted(results.items()))
    csv.writer(sys.stdout).writerows([COLUMNS, *rows])
    if words:
        return bool(low)

    def spread(name: str, values: list[float]) -> list[str]:
        return [name, *(f"{pick(values):,.7g}" for pick in (min, statistics.median, max))]

    measures = [spread(name, [r["scores"][i] for r in results.values()]) for i, name in enumerate(CATEGORIES)]
    measures += [spread(key, [result[key] for result in results.values()]) for key in COLUMNS[5:10]]
    version = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]["lighthouse"]
    below = [f"- `/{path}` {results[path]['scores']} {', '.join(results[path]['failed'])}" for path in low]
    again = f"{sum(result['audits'] > 1 for result in results.values())} were audited three times"
    lines = [
        f"Lighthouse {version}, mobile, {conditions}; {(time.monotonic() - started) / 60:.0f} minutes.",
        f"**{len(paths) - len(low)} of {len(paths)} pages have 100 in all four categories**; {again}.",
        "",
        report.table(["", "lowest", "median", "highest"], measures),
        *(["", "Below 100 (performance, accessibility, best practices, SEO):", "", *below] if low else []),
    ]
    report.write("lighthouse", "\n".join(lines))
    return bool(low)


if __name__ == "__main__":
    sys.exit(main())
