"""The service worker, `sw.js` at the site's root (see `overrides/sw.js`), and the version of the assets it goes by."""

from __future__ import annotations

import hashlib
from pathlib import Path

import jinja2

from content.model import LOCALES, Study

VERSIONED = (".css", ".js", ".svg", ".woff2")  # what pages load of docs/assets: it goes into a folder of its version


def version(assets: Path) -> str:
    """A short hash of style sheet, font, scripts and icon: it changes when one of them does."""
    digest = hashlib.sha256()
    for file in sorted(file for file in assets.rglob("*") if file.suffix in VERSIONED):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def write(site: Path, env: jinja2.Environment, study: Study) -> None:
    """Write `sw.js` below `site`, with the words that it says itself."""
    names = ("offline_title", "offline_text", "offline_later")
    words = {locale: {name: study.words[name][locale] for name in names} for locale in LOCALES}
    (site / "sw.js").write_text(env.get_template("sw.js").render(words=words), encoding="utf-8")
