"""Redirects: the short addresses of levers and instruments, and addresses that have moved (`data/redirects.yml`)."""

from pathlib import Path

import jinja2

from content.locales import LOCALES
from content.model import Study
from web.pages import address, section_title, term_path, write
from web.templates import names_for


def short_addresses(study: Study) -> dict[str, str]:
    """The short addresses for print and speech: `l/5` of a lever, `i/social-clauses` of an instrument."""
    levers = {f"l/{term.number}": term_path("levers", term.slug) for term in study.terms["levers"].values()}
    return levers | {f"i/{instrument.id}": instrument.page for instrument in study.instruments.values()}


def write_redirects(study: Study, site: Path, site_url: str, env: jinja2.Environment) -> None:
    """Write the redirect pages below `site`."""
    template, short = env.get_template("redirect.html"), short_addresses(study)
    for locale in LOCALES:
        for old, new in (short | dict(study.redirects)).items():
            if "#" in old:
                continue
            folder = address(old.strip("/"), locale)
            root = "../" * folder.count("/")
            given = {"root": root, "target": root + address(new, locale), "is_short": old in short}
            given |= {"canonical": site_url + address(new.partition("#")[0], locale)}
            text = template.render(names_for(study, locale) | given, title=section_title(study, new, locale))
            write(site / folder / "index.html", text)
