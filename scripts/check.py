"""The bilingual content checker; `--help` lists its options, `--rules` its rules.

Reads the pages of `docs/`, the files of `data/`, the navigation of `mkdocs.yml` and the templates of `overrides/`. One
line a finding, `file:line:column: CODE message`, sorted; PATH (files or folders) keeps those about these files and
about what differs between them and their translations. Exit code: 0 clean, 1 findings, 2 could not run.

A comment `<!-- allow N001 12.5%: reason -->` before a paragraph, or in an item or row, allows that rule these words.
"""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

try:
    from checker import registry, run, stale
    from checker.project import load
    from checker.rules import published, typography
    from content.files import CONFIG
    from content.findings import Finding, in_order
except ModuleNotFoundError as error:
    print(f"check.py: no {error.name} here: run make check, or .venv/bin/python {sys.argv[0]}", file=sys.stderr)
    sys.exit(2)


READ = ("docs/", "data/", "overrides/")  # what the findings are about, besides mkdocs.yml


def check(root: Path, only: Collection[str] | None = None) -> list[Finding]:
    """The findings below the root, sorted; `only`: see `run.check`."""
    return run.check(load(root), only)


def files_below(paths: Sequence[Path], root: Path) -> set[str]:
    """The files that the paths name, relative to the root.

    Raises OSError for a path that is not there, and for a folder without any file that is checked.
    """
    files: set[str] = set()
    for path in paths:
        resolved = path.resolve(strict=True)
        if not resolved.is_relative_to(root):
            raise OSError(f"{path} is not below {root}")
        names = {file.relative_to(root).as_posix() for file in (resolved, *resolved.rglob("*"))}
        if resolved.is_dir() and not any(name == CONFIG or name.startswith(READ) for name in names):
            raise OSError(f"no file that the checker reads stands below {path}")
        files |= names
    return files


def correct(options: argparse.Namespace, root: Path, only: Collection[str] | None) -> None:
    """What `--fix`, `--publish` and `--accept` change in the sources; how much, is said on stderr."""
    if options.fix:
        for file in typography.fix(load(root), only):
            print(f"fixed {file}", file=sys.stderr)
    if options.publish:
        print(f"{published.publish(load(root))} new addresses in {published.PUBLISHED}", file=sys.stderr)
    if options.accept:
        if only is None and not options.all:
            raise OSError("--accept wants the pages whose sections you compared, as docs/fr/cases/NAME.md, or --all")
        count = stale.accept(root, load(root).compared, only)
        print(f"{count} section{'s' * (count != 1)} declared equal in {stale.EQUAL}", file=sys.stderr)


def as_text(findings: Sequence[Finding]) -> str:
    """A line a finding: `file:line:column: CODE message`."""
    return "".join(f"{finding}\n" for finding in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """A list of objects with path, line, column, message and code."""
    return json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=1) + "\n"


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, which GitHub shows beside the lines: the file `a,b.md` is `a%2Cb.md` in them."""
    text = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
    name = text | str.maketrans({":": "%3A", ",": "%2C"})
    places = [f"file={f.path.translate(name)},line={f.line},col={f.column},title={f.code}" for f in findings]
    return "".join(f"::error {at}::{f.message.translate(text)}\n" for at, f in zip(places, findings, strict=True))


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "json": as_json, "github": as_github}


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command; `--help` and what is no option end it."""
    parser = argparse.ArgumentParser(description="Checks both languages of the study and its data.")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text (default), json, or github")
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent, help="the project's folder")
    parser.add_argument("--fix", action="store_true", help="correct typography, then check")
    parser.add_argument("--publish", action="store_true", help="add today's addresses to data/published.txt first")
    parser.add_argument("--stale", action="store_true", help="report sections changed since --accept, instead")
    parser.add_argument("--accept", action="store_true", help="declare the sections of PATH equal, then --stale")
    parser.add_argument("--all", action="store_true", help="with --accept: those of every page")
    parser.add_argument("--rules", action="store_true", help="list the rules instead of checking")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report on these files and folders only")
    return parser.parse_args(arguments)


def look(options: argparse.Namespace) -> list[Finding]:
    """What the command finds, after what it corrects; on stderr, how many sections changed in one language only.

    Raises OSError where there is nothing to look at, or a file cannot be written.
    """
    root = options.root.resolve()
    if not (root / "docs").is_dir():
        raise OSError(f"no folder docs in {root}: give the project's folder with --root")
    only = files_below(options.paths, root) if options.paths else None
    if (options.fix or options.publish or options.accept) and not load(root).findings:
        correct(options, root, only)
    project = load(root)
    sections = stale.of_files(project.compared, only)
    if not project.findings and (options.stale or options.accept):
        return in_order(stale.findings(sections))
    if late := sum(section.late_locale is not None for section in sections):
        print(f"{late} section{'s' * (late != 1)} changed in one language only: --stale says which", file=sys.stderr)
    return run.check(project, only)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = read_options(arguments)
    try:
        findings = [] if options.rules else look(options)
    except OSError as error:
        print(f"check.py could not run: {error}", file=sys.stderr)
        return 2
    with contextlib.suppress(BrokenPipeError):  # whoever reads has seen enough
        print(registry.listed() if options.rules else FORMATS[options.format](findings), end="", flush=True)
    if not options.rules:
        print(f"{len(findings)} finding{'s' * (len(findings) != 1)}", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # any file names
    sys.exit(main())
