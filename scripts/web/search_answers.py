"""What each result of the search is, and the answers that come first where a query has their words: a term, an
instrument, an authority, a page or section of `data/search.yml`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from content.anchors import GLOSSARY
from content.locales import LOCALES
from content.model import GlossaryEntry, Page, Study
from web.cases import state_text
from web.pages import address, first_sentence, section_title

# Between the parts of a name that are asked for alone: `Awards and events`, `Textile, mode et vêtements (filière)`.
# Not so a part that has but words of authorities: the town of `Town and country`.
PARTS = re.compile(r",? (?:and|et|ou|or) |, | ?[()]")
BRACKETS = re.compile(r" \(.*?\)")
SHARED = 3  # pages; of so many, a heading (What to do) tells nothing of a section, nor does one word (Limits)


# The kind of pages beside which one without a kind of its own stands, by its folder: `cases/setbacks.md` is on cases.
BESIDE = {"cases": "case", "levers": "lever", "frameworks": "framework", "themes": "theme"}


def kind_name(page: Page, words: Mapping[str, str]) -> str:
    """The kind of pages among which the search has a page, in words: `Cases`."""
    beside = BESIDE.get(page.path.partition("/")[0], page.kind)
    return words[f"kind_{beside if page.kind == 'page' else page.kind}"]


def facts(study: Study, page: Page) -> str:
    """What a page is, where, and what became of it: `Case · Nantes Métropole · Ended, 2023`, `Lever 4`, `Law`."""
    locale, words = page.locale, study.words_in[page.locale]
    if page.kind == "lever":
        return words["lever_number"].format(study.terms["levers"][page.slug].number)
    if page.kind == "framework":
        return words[page.meta["framework"]]
    if page.kind not in ("case", "territory"):
        return words[page.kind] if page.kind != "page" else kind_name(page, words)
    place = study.place(page)
    if page.kind == "territory":
        types, regions = study.terms["territory_types"], study.terms["regions"]
        return " · ".join((words["territory"], types[place.type].name[locale], regions[place.region].name[locale]))
    return " · ".join((words["case"], place.name[locale], state_text(study, page.meta, locale)))


def term_title(entry: GlossaryEntry, locale: str) -> str:
    """A term with its abbreviation before it: `SCIC – multi-stakeholder cooperative`."""
    abbr = entry.abbr[locale] if entry.abbr else ""
    return entry.term[locale] if abbr in entry.term[locale] else f"{abbr} – {entry.term[locale]}"


class Asked(NamedTuple):
    """A page or section that is asked for in these words, and what is special in how it is shown."""

    path: str
    words: Iterable[str]
    title: str = ""
    facts: str = ""
    text: str = ""


def _asked(study: Study, locale: str) -> Iterator[Asked]:
    """What is asked for, the better answers first: how to use the instrument of that name, the page, then what the word
    means; where a query asks for that, docs/assets/search-rank.js puts it first."""
    word = study.words_in[locale]

    for instrument in study.instruments.values():
        what = f"{word['instrument']} · {word['lever_number'].format(study.terms['levers'][instrument.lever].number)}"
        name, use = instrument.name[locale], f"{word['good_for']} {instrument.use[locale]}"
        parts = (part for part in PARTS.split(name) if not study.known.generic.issuperset(part.casefold().split()))
        yield Asked(instrument.page, [name, *parts], name, what, use)
    for answer in study.answers.values():
        title, text = (own[locale] if own else "" for own in (answer.title, answer.text))
        yield Asked(answer.page, answer.asked[locale], title, text=text)
    for page in study.pages[locale].values():
        words = [str(page.meta["title"])]
        if page.kind == "territory":
            words.append(" ".join(name for name in words[0].split() if name.casefold() not in study.known.generic))
            words += filter(None, [study.place(page).short])
        elif page.kind == "lever":
            words += [text for passage in study.lever_passages(page.slug) for text in passage.text.values()]
        if page.kind != "case":
            yield Asked(page.path, words)
    instruments = {instrument.page for instrument in study.instruments.values()}
    for entry in study.glossary.values():
        if entry.page:  # where the site says more of a term
            is_section = "#" in entry.page and entry.page not in instruments
            yield Asked(entry.page, _names(entry), section_title(study, entry.page, locale) if is_section else "")
    for entry in study.glossary.values():
        title, text = term_title(entry, locale), entry.text(locale)
        yield Asked(f"{GLOSSARY}#{entry.id}", _names(entry), title, word["term_word"], text)


def answers(study: Study, locale: str) -> list[dict[str, Any]]:
    """All answers of a locale, the better first: address, title, facts, text (of a section its first sentence), and the
    words asked for. Of one address there are as many as `data/search.yml` has titles or texts for it, and one more.
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    headings = Counter(title for page in study.pages[locale].values() for title in page.headings.values())
    for asked in _asked(study, locale):
        section, mark, id = asked.path.partition("#")
        file, question, choice = section.partition("?")
        url = address(file, locale) + question + choice + mark + id
        page = study.pages[locale][file]
        page_title, page_facts = str(page.meta["title"]), facts(study, page)
        title, what, text = asked.title or page_title, asked.facts or page_facts, asked.text
        words = [*asked.words]
        if " " in (heading := page.headings.get(id, "")) and headings[heading] < SHARED:
            words += [heading, BRACKETS.sub("", heading)]
        if id and not asked.facts:
            title = asked.title or section_title(study, asked.path, locale)
            what = page_title if page.kind == "page" else f"{page_facts} · {page_title}"
        if not text and not choice:
            text = first_sentence(page, id) if id else str(page.meta["description"])
        answer = {"url": url, "title": title, "facts": what, "text": text, "asked": []}
        own = () if asked.facts else (asked.title, asked.text)
        kept = found.setdefault((url, *filter(None, own)), answer)
        if asked.facts:  # a term, of which search.yml has words too
            kept.update(answer, asked=kept["asked"])
        kept["asked"] += words
    for answer in found.values():
        answer["asked"] = list({word.casefold(): word for word in answer["asked"]}.values())
    return list(found.values())


def _names(entry: GlossaryEntry) -> list[str]:
    """A term and its abbreviation in both languages: who reads in one may ask in the other."""
    return list(dict.fromkeys(name[locale] for name in (entry.term, entry.abbr) if name for locale in LOCALES))
