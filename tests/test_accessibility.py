"""Accessibility of every built page: axe-core, all its rules, no exclusion."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from test_reading import ADDRESSES

# WCAG 2.0 to 2.2, A and AA, and axe's best practices.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

# Each page is seen twice: at its lightest and widest, at its darkest and narrowest.
VIEWS: dict[str, dict[str, Any]] = {
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone, dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_any_page(browser: Browser, root: str, view: str) -> None:
    """No page has a finding of axe in either view; the 404 page and the open search are pages too."""
    context = browser.new_context(**VIEWS[view])
    page = context.new_page()
    axe = Axe()
    found: list[str] = []

    def look(name: str) -> None:
        for violation in axe.run(page, options=RULES).response["violations"]:
            where = violation["nodes"][0]["target"]
            found.append(
                f"{name}: {violation['id']} ({violation['impact']}) at {where}, {len(violation['nodes'])} times"
            )

    for path in [*ADDRESSES, "no/such/page/", "fr/pas/de/page/"]:
        page.goto(root + path)
        look(path)
    page.goto(f"{root}fr/")
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("searchbox").fill("clause sociale")
    page.locator(".search ol > li > a").first.wait_for()
    look("the search")
    context.close()
    assert found == []
