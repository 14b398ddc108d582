"""What the tests share: the built site, served under a path, and a browser."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import browser as chromium

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site: `make test` builds it before the tests run."""
    if not (SITE / "index.html").exists():
        pytest.fail("site/ is not built: run `make site` first")
    return SITE


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves `directory` below a prefix, and its 404.html for what is not there, as static hosts do."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        clean = path.split("?")[0].split("#")[0]
        if not clean.startswith(self.prefix):
            return str(SITE / "nothing-here")
        return super().translate_path("/" + clean[len(self.prefix) :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(directory: Path, prefix: str) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a folder on a free port below `prefix`; returns the server and the address of the root."""
    handler = type("Handler", (_Quiet,), {"prefix": prefix})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(directory)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}{prefix}"


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    """The address of the served site, with its final slash."""
    server, address = serve(site, "/")
    yield address
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield launched
        launched.close()
