"""The study's content as small frozen records: pages, sources, territories, terms, glossary, charts.

It knows nothing of MkDocs and of rules. `load.py` makes these records of `docs/` and `data/`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from content import marks
from content.files import Mapped
from content.forms import (
    REST,
    Date,
    Day,
    Language,
    Latitude,
    Longitude,
    Month,
    NonEmptyTexts,
    OneOrEachLanguage,
    TextsByLanguage,
    Translated,
    WholeNumber,
    named,
    room,
)
from content.instruments import Amount, Brief, Duty, Instrument, Start
from content.known import Known
from content.locales import LOCALES
from content.record import Record
from content.writing import date_text, number_text

# The keys whose values are texts, in the language of the page.
TEXT_KEYS = ("title", "description", "lesson")
# The vocabularies of data/terms.yml.
VOCABULARIES = ("levers", "modes", "themes", "statuses", "territory_types", "regions")


@dataclass(frozen=True)
class Term:
    """A fixed term of a vocabulary in `data/terms.yml`: a lever, a mode, a theme, a region …"""

    slug: str
    name: Translated = field(metadata={"key": ""})
    number: int  # its place in the vocabulary, from 1


@dataclass(frozen=True)
class Territory(Record):
    """A local authority of `data/territories.yml`. Coordinates are decimal degrees (WGS 84) of its main town.

    `short` is what texts and the map call it: Nantes for Nantes Métropole, where no city of that name has a record.
    `within` is the authority around it: the id of a territory, or a name. `lesson`: what it tried and what came of it;
    its page opens with it. `cost`: what it cost. `copy`, `avoid`: what another town should take from it, and what not.
    `jobs`: those in the SSE there, with their year and who counted.
    """

    name: Translated
    short: str | None
    type: str = field(metadata=named("territory_types"))
    region: str = field(metadata=named("regions"))
    latitude: Latitude
    longitude: Longitude
    inhabitants: WholeNumber | None  # on 1 January 2023; None where the source has no figure
    within: str | None = field(metadata=named("territories", or_words=True))
    lesson: Translated = field(metadata=room(80, "words"))
    cost: Translated | None = field(metadata=room(40, "words"))
    copy: Translated | None = field(metadata=room(40, "words"))
    jobs: Translated | None = field(metadata=room(40, "words"))
    jobs_page: str | None = field(metadata=named("{}"))  # path below docs/LOCALE of the section that has its source
    avoid: Translated | None = field(metadata=room(40, "words"))


@dataclass(frozen=True)
class Source(Record):
    """A publication of `data/sources.yml`. It has a title, or, when the title is not known, a subject in our words.

    `caution` says what of it was not seen; such a source does not carry a sentence alone.
    """

    publisher: str
    title: str | None
    subject: Translated | None
    url: str | None
    date: Date | None
    lang: Language
    caution: Literal["title", "copy"] | None


@dataclass(frozen=True)
class GlossaryEntry(Record):
    """A term of `data/glossary.yml`. `page`, a path below docs/LOCALE, says more; `abroad`, what comes nearest."""

    term: Translated = field(metadata={"key": ""})
    abbr: OneOrEachLanguage | None
    definition: Translated
    abroad: Translated | None
    sources: tuple[str, ...]
    page: str | None = field(metadata=named("{}"))

    def text(self, locale: str) -> str:
        """What its entry says: the definition, then what there is abroad."""
        return f"{self.definition[locale]} {self.abroad[locale]}" if self.abroad else self.definition[locale]


@dataclass(frozen=True)
class Change(Record):
    """A dated change of the content, of `data/changes.yml`, for the feed."""

    date: Day
    page: str = field(metadata=named("{}"))  # path below docs/LOCALE
    text: Translated


@dataclass(frozen=True)
class Original:
    """The study that the site presents, of `data/original.yml`: its authors published it."""

    id: str
    authors: NonEmptyTexts
    title: Translated
    subtitle: Translated
    date: Month
    url: Translated
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Passage(Record):
    """Something of the study, of `data/study.yml`: a recommendation, the name of a lever, a contributor, a case.

    `text` has the study's words in the languages in which they were read: none where nobody read them for us.
    """

    part: Literal["recommendation", "lever", "contributor", "case"]
    edition: Literal[2019, 2021]
    number: WholeNumber | None
    text: Mapping[str, str]
    ours: Mapping[str, str]  # our translation, shown where nobody read the text whole in that language
    cut: bool | None  # the copy breaks off within the text
    page: str | None = field(metadata=named("{}"))  # path below docs/LOCALE of what the site has on it
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ChartRow:
    """A row of a chart: its texts by column (`said`: of the value, where that is no number), and what is drawn of it.

    Bars have a `value`, events a `date`.
    `told` are the sections (`path.md#id`) that tell the same fact in words.
    """

    cells: Mapping[str, OneOrEachLanguage] = field(metadata={"key": REST})
    value: float | None
    date: Date | None
    sources: NonEmptyTexts
    told: tuple[str, ...] = field(metadata=named("{}"))
    main: bool | None  # what the title of the chart speaks of
    line: int

    def text(self, column: str, locale: str) -> str:
        """The text of a cell: its words, its number as the locale writes it, its date; empty where it has none."""
        if words := self.cells.get("said" if column == "value" else column):
            return words[locale]
        if column == "date" and self.date:
            return date_text(self.date, locale)
        return number_text(self.value, locale) if column == "value" and self.value is not None else ""


@dataclass(frozen=True)
class Chart(Record):
    """A picture of `data/charts.yml`. Its columns are keys with their headers; `value` and `date` may be columns."""

    form: Literal["bars", "timeline"]  # a bar for each value, or events by year
    title: Translated
    note: Translated
    columns: Mapping[str, Translated]
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, eq=False)
class Page:
    """A Markdown file of `docs/LOCALE/`. `path` is relative to that folder: the same in both languages."""

    locale: str
    path: str
    meta: Mapped  # its front matter
    body: str
    body_line: int  # line of the file on which the body starts

    @property
    def file(self) -> str:
        """Its file, relative to the project root."""
        return f"docs/{self.locale}/{self.path}"

    @property
    def kind(self) -> str:
        return str(self.meta.get("kind", "page"))

    @property
    def narrow_kind(self) -> str:
        """Its kind; of a framework, whether it is a mode of action or a legal page."""
        return str(self.meta.get("framework", self.kind))

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of its front matter, by key."""
        return {key: str(self.meta[key]) for key in TEXT_KEYS if self.meta.get(key)}

    @property
    def main_lever(self) -> str | None:
        """The first of a case's levers."""
        return next(iter(as_list(self.meta.get("levers"))), None)

    @property
    def slug(self) -> str:
        return self.path.removesuffix(".md").rsplit("/", 1)[-1]

    @property
    def texts_to_copy(self) -> Mapping[str, str]:
        """The titles of its texts to copy, by the id that each has: `{"copy-1": "The decision"}`."""
        titles = (box["title"] for box in marks.TEXT_TO_COPY.finditer(self.body))
        return {f"copy-{number}": title for number, title in enumerate(titles, 1)}

    @property
    def drawings(self) -> list[str]:
        """The names of the drawings that it asks for: `scic` (overrides/drawings/scic.html)."""
        return re.findall(rf"generated: {marks.DRAWING}([\w-]+)", self.body)

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The headings of its sections, by id."""
        return {heading["id"]: heading["text"] for heading in marks.HEADING.finditer(self.body)}


@dataclass(frozen=True)
class Answer(Record):
    """A page or section, and what readers have `asked` in their own words where it answers, of `data/search.yml`.

    `title` and `text` are there where those of the section would not tell what it is, or not answer. `page` may end on
    a choice of the finder.
    """

    page: str = field(metadata=named("{}"))
    title: Translated | None
    text: Translated | None
    asked: TextsByLanguage = field(metadata={"key": ""})


def listed(name: str) -> Any:
    """A field with the records of a data file, by id."""
    return field(default_factory=dict, metadata={"file": f"data/{name}.yml"})


@dataclass(frozen=True, eq=False)
class Study:
    """All the content of one project folder. Of a data file that cannot be read, the checker has no records."""

    root: Path
    known: Known = field(default_factory=Known)  # words that rules and pages know
    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    territories: Mapping[str, Territory] = listed("territories")
    sources: Mapping[str, Source] = listed("sources")
    glossary: Mapping[str, GlossaryEntry] = listed("glossary")
    words: Mapping[str, Translated] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)  # from an old address or heading
    changes: Mapping[str, Change] = listed("changes")
    charts: Mapping[str, Chart] = listed("charts")
    instruments: Mapping[str, Instrument] = listed("instruments")
    duties: Mapping[str, Duty] = listed("duties")
    amounts: Mapping[str, Amount] = listed("amounts")
    starts: Mapping[str, Start] = listed("start")
    briefs: Mapping[str, Brief] = listed("briefs")
    answers: Mapping[str, Answer] = listed("search")
    original: Original = Original("", (), {}, {}, "", {}, ())
    passages: Mapping[str, Passage] = listed("study")
    pages: Mapping[str, Mapping[str, Page]] = field(default_factory=dict, repr=False)  # locale, then path

    def slugs(self, vocabulary: str) -> Sequence[str]:
        """The slugs of a vocabulary."""
        return list(self.terms.get(vocabulary, {}))

    @cached_property
    def words_in(self) -> Mapping[str, Mapping[str, str]]:
        """The words of the interface by locale, then by key."""
        return {locale: {key: word[locale] for key, word in self.words.items()} for locale in LOCALES}

    @cached_property
    def towns(self) -> Mapping[str, str]:
        """What each territory is called for short, by its id: Bordeaux, the city and Bordeaux Métropole around it."""
        towns = {place.id: place.short or place.name[LOCALES[0]] for place in self.territories.values()}
        for place in self.territories.values():
            if towns[place.id] in towns.get(place.within or "", "").split():
                towns[place.within or ""] = towns[place.id]
        return towns

    def place(self, page: Page) -> Territory:
        """The territory of a case, or the one that a page is about."""
        return self.territories[page.meta["territory"]]

    def lever_passages(self, lever: str) -> Sequence[Passage]:
        """What a lever is called in the study, where that was read."""
        number = self.terms["levers"][lever].number
        return [one for one in self.passages.values() if one.text and (one.part, one.number) == ("lever", number)]

    def cases(self, locale: str, **having: str) -> Sequence[Page]:
        """The cases of a locale, in the order of their file names.

        `having` keeps those whose front matter names one value: `cases("en", levers="land-and-places")`. Those of a
        lever, a theme or a mode come by the year when they were last seen, the newest first; of a lever, those of
        which it is the main one before the others.
        """
        key, value = next(iter(having.items()), ("kind", "case"))
        pages = (page for page in self.pages[locale].values() if page.kind == "case")
        found = sorted((page for page in pages if value in as_list(page.meta.get(key))), key=lambda page: page.slug)
        if key in ("levers", "modes", "themes"):
            found.sort(
                key=lambda page: (key == "levers" and page.main_lever != value, -(page.meta["status_year"] or 0))
            )
        return found

    @cached_property
    def latest(self) -> Mapping[str, str]:
        """The date of each locale's newest content."""
        return {
            locale: max(str(page.meta.get("updated", "")) for page in pages.values())
            for locale, pages in self.pages.items()
        }


def as_list(value: Any) -> list[Any]:
    """A front-matter value as a list: `None` is empty, a single value is a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
