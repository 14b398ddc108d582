"""What the templates are given: the names that every one may use."""

from typing import Any

from content.locales import LOCALES, OTHER
from content.model import Page, Study
from content.writing import date_text, number_text
from web import atlas, cases, charts, choosing, contact, french_names, mentions, pages, search_answers, wording
from web.icons import icon
from web.wording import marked

# `web.cases.related(study, this)` in a template is that function of web/cases.py.
WEB = {
    "atlas": atlas,
    "cases": cases,
    "charts": charts,
    "choosing": choosing,
    "contact": contact,
    "mentions": mentions,
    "pages": pages,
    "search_answers": search_answers,
    "wording": wording,
}


def view(study: Study, locale: str, page: Page | None) -> dict[str, Any]:
    """The names that every template may use, whatever the page."""
    names = french_names.pattern(study, locale)
    return {
        "web": WEB,
        "study": study,
        "locale": locale,
        "locales": LOCALES,
        "other_locale": OTHER[locale],
        "top": pages.address("index.md", locale),  # the folder of the language below the site's root
        "colon": "\u00a0:" if locale == "fr" else ":",
        "semicolon": "\u202f;" if locale == "fr" else ";",
        "t": study.words_in[locale],
        "this": page,
        "icon": icon,
        "marked": lambda text: marked(text, names, OTHER[locale]),
        "whole": lambda text: marked(text, None),
        "address": pages.address,
        "term_path": pages.term_path,
        "territory_path": pages.territory_path,
        "date_text": date_text,
        "number_of": lambda number: number_text(number, locale),
    }
