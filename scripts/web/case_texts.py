"""What each case says on its own page, section by section, for the field of the finder: `data/case-texts.json`."""

from pathlib import Path

from content.locales import LOCALES
from content.model import Page, Study
from web.cases import case_values
from web.elements import page_to_read
from web.pages import file_of, term_path, write_data

SoughtSection = tuple[str, str, str]  # heading, text, and words that find it without being shown


def write(study: Study, site: Path) -> None:
    """Read the built pages of cases, and write their texts by case."""
    for locale in LOCALES:
        texts = {case.slug: [*_sections(file_of(site, case)), *_named(study, case)] for case in study.cases(locale)}
        write_data(site, locale, "case-texts", texts)


def _sections(page: Path) -> list[SoughtSection]:
    """The sections of a built page; what stands above the first heading has none."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for node in page_to_read(page).css("article .text > *"):
        text = " ".join(node.text().split())
        if "h2" in (node.attributes.get("class") or ""):
            found.append((text, []))
        else:
            found[-1][1].append(text)
    return [(heading, " ".join(texts), "") for heading, texts in found if texts]


def _named(study: Study, case: Page) -> list[SoughtSection]:
    """The instruments and themes of a case, found by the words that readers have for them too (data/search.yml)."""
    locale, values, words = case.locale, case_values(study, case), study.words_in[case.locale]
    asked: dict[str, list[str]] = {}
    for answer in study.answers:
        asked.setdefault(answer.page, []).extend(answer.asked[locale])
    found = []
    for id in values["instrument"]:
        instrument = study.instruments[id]
        found.append((words["instrument"], instrument.name[locale], " ".join(asked.get(instrument.page, ()))))
    for slug in values["theme"]:
        name = study.terms["themes"][slug].name[locale]
        found.append((words["theme"], name, " ".join(asked.get(term_path("themes", slug), ()))))
    return found
