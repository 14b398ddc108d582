"""What the tests share: the built site, served under a path, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools import browser as chromium
from tools.serving import serve

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need the built site or a browser; `make quick` leaves them out."""
    for item in items:
        if {"site", "browser"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.site)


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site: `make test` builds it before the tests run."""
    if not (SITE / "index.html").exists():
        pytest.fail("site/ is not built: run `make site` first")
    return SITE


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    """The address of the served site, with its final slash."""
    server, address = serve(site)
    yield address
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield launched
        launched.close()
