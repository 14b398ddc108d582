"""Instruments, ways to start and amounts as templates show them: texts of times and sums, rows in their order, the
choices that filter instruments.
"""

from dataclasses import dataclass

from checker import markdown
from content.instruments import SMALL_TOWN, TRAVELS, Amount, Instrument, Start
from content.locales import LOCALES
from content.model import Study
from content.writing import money_text, number_text
from web.cases import Facet, term_names
from web.pages import section_title

LAST_OLD_YEAR = 2012  # a sum of money of this year or before is called old


def of_place(study: Study, place: str) -> list[Instrument]:
    """The instruments that a territory has used, by one of its cases or by what one cost there."""
    cases = {case.slug for case in study.cases(LOCALES[0], territory=place)}
    paid = {amount.instrument for amount in study.amounts.values() if amount.territory == place}
    return [i for i in study.instruments.values() if i.id in paid or cases.intersection(i.cases)]


def situations_of(study: Study, instrument: Instrument) -> list[Start]:
    """The situations in which an instrument is advised."""
    return [s for s in study.starts.values() if s.group == "situation" and instrument.id in s.instruments]


def start_name(study: Study, start: Start, locale: str) -> str:
    """What a way to start is called: the heading of its section."""
    return section_title(study, f"start/index.md#{start.id}", locale)


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


def amount_text(study: Study, amount: Amount, locale: str) -> str:
    """The amount in words: its value or range with measure and unit ("€150,000 a year")."""
    is_money = amount.measure == "EUR"
    ends = [money_text(n, locale) if is_money else number_text(round(n, 2), locale) for n in (amount.low, amount.high)]
    value = study.words_in[locale]["from_to"].format(*ends) if ends[0] != ends[1] else ends[0]
    if is_money:
        return f"{value} {unit_text(study, amount.unit, locale)}"
    word = f"measure_{amount.measure}_one" if amount.high <= 1 else f"measure_{amount.measure}"
    return f"{value} {study.words_in[locale][word]}"


def each_text(study: Study, amount: Amount, locale: str) -> str:
    """What an amount is for each thing it paid for, or inhabitant and year: €779,973 for 31 places is €25,160 a place.

    Only sums of money of one value are divided; else empty.
    """
    if amount.measure != "EUR" or amount.low != amount.high:
        return ""
    number, unit = amount.paid_for.number, amount.paid_for.unit
    texts = []
    if amount.count:
        texts.append(f"{money_text(_rounded(amount.low / number), locale)} {unit_text(study, unit, locale)}")
    inhabitants = paid_by(study, amount)
    if inhabitants:
        share = money_text(round(amount.low / number / inhabitants, 2), locale)
        texts.append(f"{share} {study.words_in[locale]['unit_inhabitant_year']}")
    return ", ".join(texts)


def paid_by(study: Study, amount: Amount) -> int | None:
    """The inhabitants of whoever paid an amount; None where it is no sum of money for a year, or unlike the others."""
    place = study.territories.get(amount.territory or "")
    yearly = amount.measure == "EUR" and amount.paid_for.unit == "year"
    return place.inhabitants if place and yearly and "inhabitants" not in amount.apart else None


def unit_text(study: Study, unit: str, locale: str) -> str:
    """What an amount is given for, in words: "a year", "par an"."""
    return study.words_in[locale][f"unit_{unit.replace('-', '_')}"]


def _rounded(value: float) -> float:
    """A quotient with three figures that count, 25,160.4 is 25,200; with four where that makes it exact: 262,500."""
    return value if value == float(f"{value:.4g}") else float(f"{value:.3g}")


def when_text(study: Study, amount: Amount, locale: str) -> str:
    """The year or years of an amount; that its source gives none, or that a sum of money is an old one."""
    first, last = amount.first_year, amount.last_year
    if first is None and last is None:
        return study.words_in[locale]["undated"]
    dash = "–" if locale == "en" else "-"
    text = f"{first}{dash}{last}" if first and last and first != last else str(first or last)
    old = amount.measure == "EUR" and (last or first or 0) <= LAST_OLD_YEAR
    return study.words_in[locale]["old_figure"].format(text) if old else text


@dataclass(frozen=True)
class Costs:
    """The sums of one instrument for one unit (a project, a post): the least, the most, and the sums themselves."""

    instrument: Instrument
    unit: str
    least: float
    most: float
    amounts: tuple[Amount, ...]


def spans(study: Study) -> list[Costs]:
    """What one project, winner or post costs, where two places say it; sums of a year follow the size of the place."""
    found: dict[tuple[str, str], list[Amount]] = {}
    for amount in study.amounts.values():
        one = amount.paid_for.unit in ("project", "winner", "post")
        if amount.measure == "EUR" and amount.instrument and one and "chart" not in amount.apart:
            found.setdefault((amount.instrument, amount.paid_for.unit), []).append(amount)
    made = []
    for (id, unit), amounts in found.items():
        places = {amount.territory or amount.where["en"] for amount in amounts}
        if len(places) > 1:
            least = _rounded(min(amount.low / amount.paid_for.number for amount in amounts))
            most = _rounded(max(amount.high / amount.paid_for.number for amount in amounts))
            made.append(Costs(study.instruments[id], unit, least, most, tuple(amounts)))
    return sorted(made, key=lambda span: (span.least, span.most))


def values(study: Study, instrument: Instrument) -> dict[str, list[str]]:
    """What the table of instruments is filtered by."""
    return {
        "lever": [instrument.lever],
        "situation": [start.id for start in situations_of(study, instrument)],
        "small-town": [instrument.small_town],
        "who": ["condition" if instrument.who_why else "any"],
        "travels": [instrument.travels],
    }


def facets(study: Study, locale: str) -> list[Facet]:
    """The choices of the table of instruments."""
    words = study.words_in[locale]
    situations = {s.id: start_name(study, s, locale) for s in study.starts.values() if s.group == "situation"}
    every = [
        Facet("lever", "lever", term_names(study, "levers", locale)),
        Facet("situation", "situation", situations),
        Facet("small-town", "small_town", {key: words[f"small_town_{key}"] for key in SMALL_TOWN}),
        Facet("who", "in_france", {"any": words["anyone_may"], "condition": words["on_a_condition"]}),
        Facet("travels", "outside_france", {key: words[f"travels_{key}"] for key in TRAVELS}),
    ]
    given = [values(study, instrument) for instrument in study.instruments.values()]
    return [facet.had_by(given) for facet in every]


def case_besides(study: Study, instrument: Instrument, locale: str) -> str | None:
    """The best case of an instrument, by slug, that its own section does not link already; none where it links all."""
    page = study.pages[locale][instrument.page.partition("#")[0]]
    sections = [one for one in markdown.parse(page.body, page.body_line).sections if one.id == instrument.id]
    links = [link.text for section in sections for block in section.all_blocks for link in block.links]
    return next((slug for slug in instrument.cases if not any(f"cases/{slug}.md" in link for link in links)), None)
