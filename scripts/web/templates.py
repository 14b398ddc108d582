"""How templates are read, and the names that every one may use. A name that is not given stops the build."""

from collections.abc import Sequence
from typing import Any

import jinja2
from mkdocs.utils import get_relative_url

import web
from content.locales import LOCALES, OTHER
from content.model import Page, Study
from content.writing import date_text, number_text
from web import amounts, assets, atlas, cases, citing, instruments, pages, search_answers, wording  # noqa: F401
from web.elements import icon
from web.wording import marked

UNESCAPED = ("md", "txt", "bib", "ris")  # elsewhere a title or description is text, whatever it holds


def environment(folders: Sequence[str]) -> jinja2.Environment:
    """The templates in these folders."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(disabled_extensions=UNESCAPED, default=True),
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    env.filters["url"] = _relative
    return env


@jinja2.pass_context
def _relative(context: jinja2.runtime.Context, to: str) -> str:
    """The filter `url`, as MkDocs has it: an address below the site's root, as a link on the page."""
    page = context["this"]
    return get_relative_url(to, pages.address(page.path, page.locale))


def names_for(study: Study, locale: str, page: Page | None = None) -> dict[str, Any]:
    """The names that every template may use; `this` is the page, if it is for one."""
    names = wording.foreign_names(study, locale)
    old_ids, moved_away = pages.moved_ids(study, page.path) if page else ({}, {})
    return {
        "web": web,  # `web.cases.related(study, this)` is that function of web/cases.py
        "study": study,
        "locale": locale,
        "locales": LOCALES,
        "other_locale": OTHER[locale],
        "top": pages.address("index.md", locale),  # the folder of the language below the site's root
        "colon": "\u00a0:" if locale == "fr" else ":",
        "semicolon": "\u202f;" if locale == "fr" else ";",
        "t": study.words_in[locale],
        "authors": citing.authors(study.root),
        "this": page,
        "root": "../" * pages.address(page.path, locale).count("/") if page else "",
        "old_ids": old_ids,
        "moved_away": moved_away,
        "icon": icon,
        "marked": lambda text: marked(text, names, OTHER[locale]),
        "whole": lambda text: marked(text, None),
        "address": pages.address,
        "term_path": pages.term_path,
        "territory_path": pages.territory_path,
        "date_text": date_text,
        "number_of": lambda number: number_text(number, locale),
    }
