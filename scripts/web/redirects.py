"""Redirects: the short addresses of the levers, and addresses that were published and have moved.

`data/redirects.yml` says each once, for both languages. A page that moved leaves a small page at its
old address; a heading, term or chart whose id changed keeps its old id as a second anchor.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2

from content.model import LOCALES, Study
from web import view


def write(study: Study, site: Path, site_url: str, env: jinja2.Environment) -> list[str]:
    """Write the redirect pages below `site`; returns their addresses."""
    template = env.get_template("redirect.html")
    written = []
    for locale in LOCALES:
        for old, new in study.redirects.items():
            path, _, anchor = new.partition("#")
            if "#" in old:
                continue
            address = view.address(old.strip("/"), locale)
            root = "../" * address.count("/")
            target = view.address(path, locale)
            context: dict[str, Any] = view.view(study, locale, None) | {
                "root": root,
                "target": root + target + (f"#{anchor}" if anchor else ""),
                "canonical": site_url + target,
                "title": study.pages[locale][path].meta["title"],
            }
            file = site / address / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(template.render(context), encoding="utf-8")
            written.append(address)
    return written


def keep_old_anchors(study: Study, path: str, content: str) -> str:
    """The finished HTML of a page with the old ids of its headings, terms and charts as second anchors."""
    for old, new in study.redirects.items():
        old_path, _, old_id = old.partition("#")
        new_path, _, new_id = new.partition("#")
        if old_id and old_path == new_path == path:
            start = rf'(<(?:h[2-4]|figure|div)[^>]* id="{re.escape(new_id)}"[^>]*>(?:\s*<dt[^>]*>)?)'
            content = re.sub(start, rf'\1<span id="{old_id}"></span>', content)
    return content
