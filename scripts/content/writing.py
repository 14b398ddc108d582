"""How each language writes dates and numbers."""

import datetime
import functools

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from content.locales import BABEL


@functools.cache
def date_text(value: str, locale: str) -> str:
    """A date of the content (YYYY, YYYY-MM or YYYY-MM-DD) as the locale writes it: `24 November 2026`."""
    babel = BABEL[locale]
    parts = value.split("-")
    if len(parts) == 3:
        text = format_date(datetime.date.fromisoformat(value), "long", locale=babel)
        # French writes « 1ᵉʳ août » and keeps day and month together.
        text = f"1ᵉʳ {text[2:]}" if locale == "fr" and text.startswith("1 ") else text
        return text.replace(" ", "\u00a0", 1)
    if len(parts) == 2:
        return format_skeleton("yMMMM", datetime.date.fromisoformat(value + "-01"), locale=babel)
    return value


def number_text(value: float, locale: str) -> str:
    """A number as the locale writes it: 1,234.5, 1 234,5."""
    return format_decimal(value, locale=locale)


def money_text(value: float, locale: str) -> str:
    """A number of euros as the locale writes it: €2.7 million, 2,7 M€, €779,973, €0.28."""
    if value >= 1_000_000 and value % 10_000 == 0:
        millions = number_text(value / 1_000_000, locale)
        return f"€{millions} million" if locale == "en" else f"{millions}\u00a0M€"
    pattern = "¤#,##0" if locale == "en" else "#,##0\u00a0¤"
    if value < 100 and value != int(value):
        pattern = pattern.replace("#,##0", "#,##0.00")
    return format_currency(value, "EUR", pattern, locale=BABEL[locale], currency_digits=False)
