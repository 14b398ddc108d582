"""Redirects: the short addresses of levers and instruments, and addresses that have moved (`data/redirects.yml`)."""

from pathlib import Path
from typing import Any

import jinja2

from content.locales import LOCALES
from content.model import Study
from web import pages
from web.pages import address, section_title, term_path
from web.templates import names_for


def short_addresses(study: Study) -> dict[str, str]:
    """The short addresses for print and speech: `l/5` of a lever, `i/social-clauses` of an instrument."""
    levers = {f"l/{term.number}": term_path("levers", term.slug) for term in study.terms["levers"].values()}
    return levers | {f"i/{instrument.id}": instrument.page for instrument in study.instruments.values()}


def write(study: Study, site: Path, site_url: str, env: jinja2.Environment) -> None:
    """Write the redirect pages below `site`."""
    template = env.get_template("redirect.html")
    for locale in LOCALES:
        short = short_addresses(study)
        for old, new in (short | dict(study.redirects)).items():
            if "#" in old:
                continue
            old_address, path = address(old.strip("/"), locale), new.partition("#")[0]
            root = "../" * old_address.count("/")
            context: dict[str, Any] = names_for(study, locale) | {
                "root": root,
                "target": root + address(new, locale),
                "canonical": site_url + address(path, locale),
                "title": section_title(study, new, locale),
                "is_short": old in short,
            }
            pages.write(site / old_address / "index.html", template.render(context))
