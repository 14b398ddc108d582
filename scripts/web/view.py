"""What the templates are given: the names that every one may use.

Plain functions over `content.model.Study`; no MkDocs object goes in or comes out.
"""

from __future__ import annotations

import math
import re
from typing import Any

from babel.numbers import format_decimal

from content.model import LOCALES, OTHER, Page, Study
from web import atlas, cases, french_names, instruments, search_answers
from web.icons import icon
from web.pages import (
    TERRITORY_SOURCES,
    address,
    bibliography,
    citations,
    citing_pages,
    initial,
    share_picture,
    term_path,
    territory_path,
)
from web.wording import date_text, marked, short_title, sort_key


def view(study: Study, locale: str, page: Page | None, names: re.Pattern[str] | None = None) -> dict[str, Any]:
    """The names that every template may use, whatever the page. `names`: the French ones, to be marked in English."""
    return {
        "study": study,
        "locale": locale,
        "locales": LOCALES,
        "other_locale": OTHER[locale],
        "top": address("index.md", locale),  # the folder of the language below the site's root
        "colon": "\u00a0:" if locale == "fr" else ":",
        "t": study.words_in[locale],
        "this": page,
        "icon": icon,
        "marked": lambda text: marked(text, names) if locale == "en" else marked(text, french_names.ENGLISH, "en"),
        "whole": lambda text: marked(text, None),
        "address": address,
        "share_picture": share_picture,
        "term_path": term_path,
        "territory_path": territory_path,
        "territories": lambda: sorted(
            study.territories.values(), key=lambda place: sort_key(place.short or place.name[locale])
        ),
        "territory_sources": [key for key in TERRITORY_SOURCES if key in study.sources],
        "within": lambda place: [other for other in study.territories.values() if other.within == place.id],
        "date_text": date_text,
        "short_title": short_title,
        "glossary": lambda: sorted(study.glossary, key=lambda entry: sort_key(entry.term[locale])),
        "initial": initial,
        "bibliography": lambda: bibliography(study),
        "search_facts": lambda: search_answers.facts(study, page) if page else "",
        "facets": lambda: cases.facets(study, locale),
        "cases_by_region": lambda: cases.cases_by_region(study, locale),
        "fates": lambda: cases.fates(study, locale),
        "case_values": lambda case: cases.case_values(study, case),
        "draw_map": lambda: atlas.draw(study, locale),
        "citations": lambda case: citations(case, study),
        "related": lambda: cases.related(study, page) if page else [],
        "like": lambda case: instruments.like(study, case),
        "neighbours": lambda: cases.neighbours(study, page) if page else (None, None),
        "citing_pages": lambda: citing_pages(study, locale),
        "latest": study.latest[locale],
        "instruments_in": lambda place: instruments.of_place(study, place),
        "instrument_values": lambda instrument: instruments.values(study, instrument),
        "instrument_facets": lambda: instruments.facets(study, locale),
        "amounts_by_size": lambda: instruments.by_size(study),
        "cost_spans": lambda: instruments.spans(study),
        "number_of": lambda number: format_decimal(number, locale=locale),
        "money": lambda value: instruments.number_text(value, "EUR", locale),
        "log_ten": math.log10,
        **{told.__name__: lambda value, told=told: told(study, value, locale) for told in instruments.TOLD},
    }
