"""The bilingual content checker.

    python scripts/check.py [--format text|json|github] [--fix] [--stats] [--publish] [--stale] [--accept]
                            [--root DIR] [PATH …]

Reads the pages of `docs/en` and `docs/fr`, the files of `data/`, the navigation of `mkdocs.yml`,
the templates of `overrides/` and, where it is built, `site/`. PATH (files or folders) limits the
findings to these files and to the other language of these pages. One line per finding,
`file:line:column: CODE message`, sorted. Exit code: 0 clean, 1 findings, 2 could not run.

`--fix` first corrects the typography of the pages and adds missing heading ids; `--publish` first adds
today's addresses to `data/published.txt`; `--stats` counts the content instead, `--stale` reports sections
that changed in one language only, `--accept` declares sections equal before (`stale.py`: C001 to C004).
A comment `<!-- allow N001: reason -->` before a block allows that one rule there.

The rules of the sources are gathered in `checker/run.py`, those of the built site (X) in `checker/rules/built.py`.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from checker import run, stale, stats
from checker.model import load
from checker.rules import built, data, typography
from content.model import ContentError, Finding


def check(root: Path, only: Iterable[str] | None = None) -> list[Finding]:
    """The findings below the root, of the sources and of the built site, sorted; `only`: see `run.check`."""
    wanted = None if only is None else set(only)
    in_site = (finding for finding in built.check(root) if wanted is None or finding.path in wanted)
    return sorted([*run.check(load(root), wanted), *in_site])


# ---------------------------------------------------------------- the command


def _text(findings: list[Finding]) -> str:
    return "".join(f"{finding}\n" for finding in findings)


def _json(findings: list[Finding]) -> str:
    return json.dumps([vars(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"


def _github(findings: list[Finding]) -> str:
    """Workflow commands that GitHub shows beside the lines."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    lines = (f"file={value(f.path)},line={f.line},col={f.column},title={f.code}::{escape(f.message)}" for f in findings)
    return "".join(f"::error {line}\n" for line in lines)


FORMATS = {"text": _text, "json": _json, "github": _github}


def files_below(paths: Sequence[Path], root: Path) -> list[str]:
    """The files that the paths name, relative to the root. Raises OSError for a path that is not there."""
    files: list[str] = []
    for path in paths:
        resolved = path.resolve(strict=True)
        if not resolved.is_relative_to(root):
            raise OSError(f"{path} is not below {root}")
        found = resolved.rglob("*") if resolved.is_dir() else [resolved]
        files += [file.relative_to(root).as_posix() for file in found]
    return files


def correct(options: argparse.Namespace, root: Path, only: Sequence[str] | None) -> None:
    """What `--fix`, `--publish` and `--accept` change in the sources; how much, is said on stderr."""
    if options.fix:
        for file in typography.fix(load(root), only):
            print(f"fixed {file}", file=sys.stderr)
    if options.publish:
        print(f"{data.publish(load(root))} new addresses in {data.PUBLISHED}", file=sys.stderr)
    if options.accept:
        count = stale.accept(root, only)
        print(f"{count} section{'s' * (count != 1)} declared equal in {stale.FILE}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    parser = argparse.ArgumentParser(description="Checks both languages of the study, its data and the built site.")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text (default), json, or github")
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent, help="the project's folder")
    parser.add_argument("--fix", action="store_true", help="correct typography, add missing heading ids, then check")
    parser.add_argument("--stats", action="store_true", help="count the content instead of checking it")
    parser.add_argument("--publish", action="store_true", help="add today's addresses to data/published.txt")
    parser.add_argument("--stale", action="store_true", help="report sections changed in one language only, instead")
    parser.add_argument("--accept", action="store_true", help="declare both languages equal as they are, then --stale")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report on these files and folders only")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # file names may be any bytes
    try:
        root = options.root.resolve()
        if not (root / "docs").is_dir():
            raise OSError(f"no folder docs in {root}: give the project's folder with --root")
        only = files_below(options.paths, root) if options.paths else None
        if options.fix or options.publish or options.accept:
            correct(options, root, only)
        if options.stats:
            sys.stdout.write(stats.report(load(root)))
            return 0
        findings = stale.findings(root, only) if options.stale or options.accept else check(root, only)
    except ContentError as error:  # of a file that --publish or --fix must read
        findings = [error.finding]
    except OSError as error:
        print(f"check.py could not run: {error}", file=sys.stderr)
        return 2
    try:
        sys.stdout.write(FORMATS[options.format](findings))
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # whoever reads has seen enough
    except OSError as error:
        print(f"check.py could not write its findings: {error}", file=sys.stderr)
        return 2
    print(f"{len(findings)} finding{'s' * (len(findings) != 1)}", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
