"""The pictures that shared links show, one per lever and language and one for all other pages.

    python -m tools.share_pictures

Photographs `overrides/share.html` in a browser and writes `docs/assets/share/NAME-LOCALE.png`, which are committed:
run it after a change of a lever's title or colour. Needs the test dependencies (Playwright).
"""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
from playwright.sync_api import sync_playwright

from content.load import load_study
from content.model import LOCALES
from tools import browser
from web.view import view

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    study = load_study(ROOT)
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"), trim_blocks=True, lstrip_blocks=True)
    template = env.get_template("share.html")
    style = (ROOT / "docs/assets/style.css").read_text(encoding="utf-8")
    folder = ROOT / "docs/assets/share"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        page = launched.new_page(viewport={"width": 1200, "height": 630}, color_scheme="light")
        for locale in LOCALES:
            names = view(study, locale, None) | {"style": style}
            home = study.pages[locale]["index.md"]
            pictures: dict[str, tuple[int | None, str, str]] = {
                "study": (None, home.meta["title"], study.words["not_publisher"][locale])
            }
            for term in study.terms["levers"].values():
                pictures[term.slug] = (term.number, term.name[locale], study.words["site_short"][locale])
            for name, (number, title, footer) in pictures.items():
                page.set_content(template.render(names, number=number, title=title, footer=footer))
                page.screenshot(path=folder / f"{name}-{locale}.png")
        launched.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
