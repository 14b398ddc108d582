"""Amounts and times as pages show them: in words, for each thing that was paid for, and what one thing costs."""

from content.instruments import Amount
from content.model import Study
from content.writing import money_text, number_text

OLD_AFTER = 10  # an amount that is more years older than the newest content is called old


def amount_text(study: Study, amount: Amount, locale: str) -> str:
    """The amount in words: its value or range with measure and unit ("€150,000 a year")."""
    is_money, words = amount.measure == "EUR", study.words_in[locale]
    ends = [money_text(n, locale) if is_money else number_text(round(n, 2), locale) for n in (amount.low, amount.high)]
    value = words["from_to"].format(*ends) if ends[0] != ends[1] else ends[0]
    one = "_one" if amount.high <= 1 else ""
    return f"{value} {words[f'unit_{amount.unit}' if is_money else f'measure_{amount.measure}{one}']}"


def each_text(study: Study, amount: Amount, locale: str) -> str:
    """What an amount is for each thing it paid for, or inhabitant and year: €779,973 for 31 places is €25,160 a place.

    Only sums of money of one value are divided; else empty.
    """
    if amount.measure != "EUR" or amount.low != amount.high:
        return ""
    each, words, texts = amount.low / amount.paid_for.number, study.words_in[locale], []
    if amount.count:
        texts.append(f"{money_text(rounded(each), locale)} {words[f'unit_{amount.count.unit}']}")
    if inhabitants := paid_by(study, amount):
        texts.append(f"{money_text(round(each / inhabitants, 2), locale)} {words['unit_inhabitant_year']}")
    return ", ".join(texts)


def paid_by(study: Study, amount: Amount) -> int | None:
    """The inhabitants of whoever paid an amount; None where it is no sum of money for a year, or unlike the others."""
    place = study.territories.get(amount.territory or "")
    yearly = amount.measure == "EUR" and amount.paid_for.unit == "year"
    return place.inhabitants if place and yearly and "inhabitants" not in amount.apart else None


def rounded(value: float) -> float:
    """A quotient with three figures that count, 25,160.4 is 25,200; with four where that makes it exact: 262,500."""
    return value if value == float(f"{value:.4g}") else float(f"{value:.3g}")


def years_text(amount: Amount, locale: str) -> str:
    """The year or years of an amount: `2022–2026`; empty where its source gives none."""
    years = dict.fromkeys(str(year) for year in (amount.first_year, amount.last_year) if year)
    return ("–" if locale == "en" else "-").join(years)


def when_text(study: Study, amount: Amount, locale: str) -> str:
    """The year or years of an amount; that its source gives none, or that it is an old one."""
    words, text = study.words_in[locale], years_text(amount, locale)
    if not is_old(study, amount):
        return text or words["undated"]
    return words["old_sum" if amount.measure == "EUR" else "old_figure"].format(text)


def is_old(study: Study, amount: Amount) -> bool:
    """Whether the last year of an amount is long ago; of one without a year nobody knows."""
    return amount.year is not None and int(max(study.latest.values())[:4]) - amount.year > OLD_AFTER


def months_text(study: Study, months: tuple[int, int] | None, locale: str) -> str:
    """When it is in place, in words: (3, 12) is "in 3 to 12 months", (15, 84) "in 15 months to 7 years"; or empty."""
    if months is None:
        return ""
    words, unit = study.words_in[locale], "months"
    first, last = months
    if last >= 24:
        if first < 24 and first % 12:
            return words["months_to_years"].format(first, round(last / 12))
        unit, first, last = "years", round(first / 12), round(last / 12)
    return words[f"{unit}_range" if first != last else unit].format(first, last)
