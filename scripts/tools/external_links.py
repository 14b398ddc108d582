"""Whether the addresses that the study cites still answer.

    python -m tools.external_links

Asks for each address of `data/sources.yml` and of the pages once, politely, with lychee;
those that answered in the last six days are not asked again. Writes `.cache/links/report.txt`: each address that did
not answer, with the sources and pages that use it. Exit code: 0 all answer, 1 some are broken (404, 410, a host that
does not exist), 3 some could not be reached (a refusal, a timeout, a server's error) and none is broken,
2 could not run, or no address at all answered (there is no network).
"""

from __future__ import annotations

import html
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from checker import markdown
from content.files import load_page, page_files
from content.findings import ContentError
from content.load import load_sources
from content.model import LOCALES

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "links"

# One request at a time to a host, one a second, eight hosts at once.
POLITE = (
    "--max-concurrency=8",
    "--host-concurrency=1",
    "--host-request-interval=1s",
    "--max-retries=2",
    "--retry-wait-time=5",
    "--timeout=30",
    "--user-agent=urban-regions-sse/1.0",
)

GONE = (404, 410)


@dataclass(frozen=True)
class Failure:
    """An address that did not answer, and why."""

    url: str
    broken: bool  # for certain; else it could not be reached this time
    reason: str
    answered: bool = True  # the host did, if only to refuse


def addresses(root: Path) -> dict[str, list[str]]:
    """The external addresses of the sources and pages, each with what uses it (`file:line`, a source with its id)."""
    found: dict[str, list[str]] = {}
    for source in load_sources(root).values():
        if source.url:
            found.setdefault(source.url, []).append(f"data/sources.yml:{source.line} {source.id}")
    for locale in LOCALES:
        for file in page_files(root, locale):
            page = load_page(file, root)
            for section in markdown.parse(page.body, page.body_line).sections:
                for link in (link for block in section.all_blocks for link in block.links):
                    if link.target.startswith(("http://", "https://")):
                        found.setdefault(link.target, []).append(f"{page.file}:{link.line}")
    return found


def host_exists(url: str) -> bool:
    """Whether the name of a host is known; a name server that does not answer leaves the doubt."""
    try:
        socket.getaddrinfo(urlsplit(url).hostname, None)
    except socket.gaierror as error:
        return error.errno != socket.EAI_NONAME
    except ValueError:
        return False
    return True


def failures(
    report: Mapping[str, Any], urls: Sequence[str], exists: Callable[[str], bool] = host_exists
) -> list[Failure]:
    """What lychee's JSON report says of the addresses that did not answer; `urls`: that of each line it read.

    A host that does not exist is broken, unless no host answers at all: then the fault is in our network.
    """
    found = []
    connected = bool(report["successful"])
    for kind in ("error_map", "timeout_map", "excluded_map"):
        for entry in (entry for entries in report[kind].values() for entry in entries):
            status, url = entry["status"], urls[entry["span"]["line"] - 1]
            code = status.get("code")
            connected |= code is not None
            found.append((url, code, status.get("details") or status["text"]))
    made = []
    for url, code, reason in found:
        lost = code is None and connected and not exists(url)
        made.append(Failure(url, code in GONE or lost, "the host does not exist" if lost else reason, code is not None))
    return sorted(made, key=lambda failure: (not failure.broken, failure.url))


def text(found: Sequence[Failure], uses: Mapping[str, Sequence[str]]) -> str:
    """The report: broken addresses first, each with its uses."""
    lines = []
    for failure in found:
        lines.append(f"{'broken' if failure.broken else 'unreachable'}: {failure.url} ({failure.reason})")
        lines += [f"    {use}" for use in uses[failure.url]]
    return "".join(f"{line}\n" for line in lines)


def ask(urls: Sequence[str], folder: Path, manners: Sequence[str]) -> dict[str, Any]:
    """lychee's report on the addresses; `folder` keeps its cache. Raises OSError when it cannot run."""
    folder.mkdir(parents=True, exist_ok=True)
    page = "".join(f'<a href="{html.escape(url)}">{number}</a>\n' for number, url in enumerate(urls))
    (folder / "addresses.html").write_text(page, encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    memory = ("--cache", "--max-cache-age=6d")
    output = ("--no-progress", "--format=json", "--output=report.json")
    command = ["lychee", *manners, *memory, *output, "--", "addresses.html"]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 2):  # 2: some address failed
        raise OSError(done.stderr.strip()[-300:])
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


def main(root: Path = ROOT, folder: Path = CACHE, manners: Sequence[str] = POLITE) -> int:
    try:
        uses = addresses(root)
        print(f"{len(uses)} addresses: this takes minutes", file=sys.stderr)
        found = failures(ask(list(uses), folder, manners), list(uses))
    except (OSError, ContentError) as error:
        print(f"external_links.py could not run: {error} (is lychee installed? `make links` does it)", file=sys.stderr)
        return 2
    (folder / "report.txt").write_text(text(found, uses), encoding="utf-8")
    sys.stdout.write(text(found, uses))
    broken = sum(failure.broken for failure in found)
    summary = f"{len(uses) - len(found)} answer, {broken} broken, {len(found) - broken} unreachable"
    print(summary, file=sys.stderr)
    if uses and len(found) == len(uses) and not any(failure.answered for failure in found):
        print("external_links.py could not run: no address answers: is there a network?", file=sys.stderr)
        return 2
    return 1 if broken else 3 if found else 0


if __name__ == "__main__":
    sys.exit(main())
