"""External links: broken is told from unreachable, and each address names what uses it."""

from __future__ import annotations

import http.server
import re
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tools import external_links

CLEAN = Path(__file__).parent / "fixtures" / "clean"
LYCHEE = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")


def report(*entries: tuple[str, int | None], successful: int = 0) -> dict[str, Any]:
    """A report as lychee 0.24 writes it, one entry a line: the map it stands in, and the status code."""
    maps: dict[str, Any] = {"error_map": {}, "timeout_map": {}, "excluded_map": {}, "successful": successful}
    for line, (name, code) in enumerate(entries, 1):
        status = {"text": "Rejected", "code": code} if code else {"text": "Network error: …", "details": "Failed"}
        maps[name].setdefault("addresses.html", []).append({"status": status, "span": {"line": line, "column": 10}})
    return maps


@pytest.mark.parametrize(
    ("entry", "broken"),
    [
        (("error_map", 404), True),
        (("error_map", 410), True),
        (("error_map", 403), False),
        (("error_map", 429), False),
        (("error_map", 500), False),
        (("error_map", 503), False),
        (("error_map", None), False),
        (("timeout_map", None), False),
        (("excluded_map", None), False),
    ],
)
def test_broken_is_told_from_unreachable(entry: tuple[str, int | None], broken: bool) -> None:
    """Only what is gone for certain is broken: not a refusal, a timeout or an error of the server."""
    (failure,) = external_links.failures(report(entry, successful=1), ["https://a.example/"], lambda _: True)
    assert failure.broken == broken


def test_a_host_that_does_not_exist_is_broken_where_others_answer() -> None:
    """Without any answer the network is down, and nothing is known of the host."""
    entries, urls = [("error_map", None), ("error_map", 503)], ["https://gone.example/", "https://busy.example/"]
    found = external_links.failures(report(*entries), urls, lambda url: "gone" not in url)
    assert [(failure.url, failure.broken) for failure in found] == [(urls[0], True), (urls[1], False)]
    (alone,) = external_links.failures(report(entries[0]), urls, lambda _: False)
    assert not alone.broken


def test_addresses_name_their_sources_and_pages() -> None:
    """An address of a source is listed with the source's id and line."""
    found = external_links.addresses(CLEAN)
    assert found
    assert any(use.startswith("data/sources.yml:") and use.count(" ") == 1 for uses in found.values() for use in uses)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers `/404/…` with 404 and so on; `/slow` not in time."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.strip("/").split("/")[0]
        if name == "slow":
            time.sleep(3)
        self.send_response(int(name) if name.isdigit() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.skipif(not LYCHEE, reason="lychee is not installed: `make links` does it")
def test_lychee_asks_a_server(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real lychee, against a server here: exit codes 0, 1, 3, and 2 where nothing answers; a report
    by use; what answered is not asked again."""

    def run(*paths: str) -> tuple[int, str]:
        uses = {f"{server}{path}": [f"docs/en/index.md:{number}"] for number, path in enumerate(paths, 1)}
        monkeypatch.setattr(external_links, "addresses", lambda _: uses)
        Handler.asked.clear()
        code = external_links.main(tmp_path, tmp_path, ("--max-retries=0", "--timeout=1"))
        report = (tmp_path / "report.txt").read_text(encoding="utf-8")
        assert report == capsys.readouterr().out
        return code, re.sub(r" \(.*\)$", "", report.replace(server, ""), flags=re.MULTILINE)

    assert run("/200/a(b)") == (0, "")
    assert run("/200/a(b)", "/403", "/429", "/503", "/slow") == (
        3,
        "unreachable: /403\n    docs/en/index.md:2\nunreachable: /429\n    docs/en/index.md:3\n"
        "unreachable: /503\n    docs/en/index.md:4\nunreachable: /slow\n    docs/en/index.md:5\n",
    )
    assert "/200/a(b)" not in Handler.asked
    assert run("/403", "/404/x?a=1&b=2") == (
        1,
        "broken: /404/x?a=1&b=2\n    docs/en/index.md:2\nunreachable: /403\n    docs/en/index.md:1\n",
    )
    assert run("/slow") == (2, "unreachable: /slow\n    docs/en/index.md:1\n")


def test_without_lychee_it_cannot_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and a sentence, no traceback."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert external_links.main(CLEAN, tmp_path) == 2
    assert "make links" in capsys.readouterr().err
