"""Instruments as readers look for them: what shows or advises one, and the choices of their table."""

from functools import partial
from typing import get_args

from content.forms import Translated
from content.instruments import Duty, Instrument, Start, ToBegin, Travels
from content.locales import LOCALES
from content.model import Page, Study
from web.facets import Facet, term_names
from web.pages import linked, section_title


def who_may(study: Study, instrument: Instrument) -> Translated:
    """Whose council may use it in France; without a condition of its own, any council or, for some levers, who else."""
    return instrument.who_why or study.words.get(f"anyone_may_{instrument.lever}") or study.words["anyone_may"]


def duties_of(study: Study, instrument: Instrument) -> list[Duty]:
    """What a French council that uses it must not forget, in the order in which it falls due."""
    return [study.duties[id] for id in instrument.duties]


def instruments_of(study: Study, case: Page) -> list[Instrument]:
    """The instruments that a case shows."""
    return [instrument for instrument in study.instruments.values() if case.slug in instrument.cases]


def instruments_of_place(study: Study, place: str) -> list[Instrument]:
    """The instruments that a territory has used, by one of its cases or by what one cost there."""
    cases = {case.slug for case in study.cases(LOCALES[0], territory=place)}
    paid = {amount.instrument for amount in study.amounts.values() if amount.territory == place}
    return [i for i in study.instruments.values() if i.id in paid or cases.intersection(i.cases)]


def situations_of(study: Study, instrument: Instrument) -> list[Start]:
    """The situations in which an instrument is advised: one of their steps, or linked in what their section says."""
    page = study.pages[LOCALES[0]]["start/index.md"]

    def advises(start: Start) -> bool:
        steps = [step.instrument for step in start.steps]
        return instrument.id in steps or any(link.endswith(instrument.page) for link in linked(page, start.id))

    return [start for start in study.starts.values() if start.group == "situation" and advises(start)]


def instrument_facets(study: Study, locale: str) -> list[Facet]:
    """The choices of the table of instruments."""
    words = study.words_in[locale]
    situations = {
        start.id: section_title(study, f"start/index.md#{start.id}", locale)
        for start in study.starts.values()
        if start.group == "situation"
    }
    begin = (*get_args(ToBegin), "aside")  # aside: closed, or we advise against it
    to_begin = {key: words[f"to_begin_{key}"] for key in begin}
    travels = {key: words[f"travels_{key}"] for key in get_args(Travels)}
    who = {"any": words["anyone_may"], "condition": words["on_a_condition"]}
    of_instruments = partial(Facet, study.instruments)
    return [
        of_instruments("lever", "lever", term_names(study, "levers", locale), lambda i: [i.lever]),
        of_instruments("situation", "situation", situations, lambda i: [s.id for s in situations_of(study, i)]),
        of_instruments("to-begin", "to_begin", to_begin, lambda i: ["aside" if i.advised is False else i.to_begin]),
        of_instruments("who", "in_france", who, lambda i: ["condition" if i.who_why else "any"]),
        of_instruments("travels", "outside_france", travels, lambda i: [i.travels]),
    ]
