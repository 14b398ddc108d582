"""What stands beside the pages. For others to reuse: tables as CSV and JSON, sources as BibTeX, pages as Markdown,
`llms.txt`, a feed of changes. Redirects: the short addresses of levers and instruments, and addresses that have moved.

Addresses and columns are documented on the downloads page and do not change. Texts: `overrides/exports/`.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2

from content import marks
from content.instruments import Instrument
from content.locales import LOCALES, OTHER
from content.model import Chart, Page, Study, Term, Territory
from web import amounts, cases, citing, instruments, pages
from web.pages import first_sentence
from web.templates import names_for

Row = dict[str, Any]
IN_JSON = ("cases", "territories", "sources", "instruments", "glossary")  # the tables that are JSON too

# The columns of each table in their order: fields of its records, and what its function says besides. The tables of
# charts and of the glossary have those that their functions say.
COLUMNS = {
    "cases": "id title description territory_id territory territory_type region levers modes themes since status"
    " status_year in_study updated sources url instruments inhabitants lesson cost result source_urls setback",
    "territories": "id name type region latitude longitude inhabitants within cases lesson cost copy avoid",
    "sources": "id publisher title subject date language url cited_on caution",
    "instruments": "id name lever good_for takes months_from months_to risk first_step who_why law"
    " travels travels_why situations cases url to_begin duties",
    "amounts": "id kind instrument what where inhabitants low high measure unit text each covers from to sources url"
    " case",
}


def case_rows(study: Study, locale: str, site_url: str) -> Iterator[Row]:
    """The cases in the order of their ids; `cost` and `result` are the first sentences that their pages say of them."""
    failed = cases.setbacks(study, locale)
    for case in study.cases(locale):
        place = study.place(case)
        cited = citing.cited_sources(case, study)
        yield {
            **case.meta,
            "id": case.slug,
            "territory_id": place.id,
            "territory": place,
            "territory_type": study.terms["territory_types"][place.type],
            "region": study.terms["regions"][place.region],
            "levers": [study.terms["levers"][slug] for slug in case.meta["levers"]],
            "modes": [study.terms["modes"][slug] for slug in case.meta["modes"] or ()],
            "themes": [study.terms["themes"][slug] for slug in case.meta["themes"] or ()],
            "status": study.terms["statuses"][case.meta["status"]],
            "sources": cited,
            "url": site_url + pages.address(case.path, locale),
            "instruments": [instrument.id for instrument in instruments.instruments_of(study, case)],
            "inhabitants": place.inhabitants,
            "cost": first_sentence(case, "means"),
            "result": first_sentence(case, "results"),
            "source_urls": [study.sources[id].url or "" for id in cited],
            "setback": case.slug in failed,
        }


def territory_rows(study: Study, locale: str) -> Iterator[Row]:
    """The territories, with their position in decimal degrees (WGS 84) and their number of cases."""
    for place in study.territories.values():
        yield {
            **vars(place),
            "type": study.terms["territory_types"][place.type],
            "region": study.terms["regions"][place.region],
            "within": study.territories.get(place.within or "", place.within),
            "cases": len(study.cases(locale, territory=place.id)),
        }


def source_rows(study: Study, locale: str, site_url: str) -> Iterator[Row]:
    """The sources. `subject` is our description where the title is not known, `caution` what was not seen."""
    pages_of = citing.citing_pages(study, locale)
    for source in study.sources.values():
        cited_on = [site_url + pages.address(page.path, locale) for page in pages_of[source.id]]
        caution = study.words[f"caution_{source.caution}"] if source.caution else None
        yield {**vars(source), "language": source.lang, "cited_on": cited_on, "caution": caution}


def instrument_rows(study: Study, locale: str, site_url: str) -> Iterator[Row]:
    """The instruments."""
    for instrument in study.instruments.values():
        first, last = instrument.months or (None, None)
        yield {
            **vars(instrument),
            "lever": study.terms["levers"][instrument.lever],
            "good_for": instrument.use,
            "months_from": first,
            "months_to": last,
            "first_step": instrument.first,
            "law": [site_url + pages.address(f"frameworks/{section}", locale) for section in instrument.law],
            "duties": [duty.text(locale) for duty in instruments.duties_of(study, instrument)],
            "travels": study.words[f"travels_{instrument.travels}"],
            "situations": [
                pages.section_title(study, f"start/index.md#{start.id}", locale)
                for start in instruments.situations_of(study, instrument)
            ],
            "url": f"{site_url}{pages.address(f'i/{instrument.id}.md', locale)}",
            "to_begin": study.words[f"to_begin_{instrument.to_begin}"],
        }


def amount_rows(study: Study, locale: str, site_url: str) -> Iterator[Row]:
    """The amounts: the numbers as they are, and in words."""
    for amount in study.amounts.values():
        place, page = study.territories.get(amount.territory or ""), study.pages[locale][amount.page.partition("#")[0]]
        yield {
            **vars(amount),
            "where": place or amount.where,
            "inhabitants": place.inhabitants if place else None,
            "text": amounts.amount_text(study, amount, locale),
            "each": amounts.each_text(study, amount, locale),
            "from": amount.first_year,
            "to": amount.last_year,
            "url": site_url + pages.address(amount.page, locale),
            "case": page.slug if page.kind == "case" else None,
        }


def glossary_rows(study: Study, locale: str, site_url: str) -> Iterator[Row]:
    """The terms of the glossary, in both languages."""
    for entry in pages.glossary(study, locale):
        both = {"term": entry.term, "abbr": entry.abbr, "definition": entry.definition, "abroad": entry.abroad}
        texts = {f"{name}_{each}": (text or {}).get(each, "") for name, text in both.items() for each in LOCALES}
        url = pages.address(f"reference/glossary.md#{entry.id}", locale)
        yield {"id": entry.id, **texts, "sources": entry.sources, "url": site_url + url}


def chart_rows(chart: Chart, locale: str) -> Iterator[Row]:
    """What a chart draws: its columns, its dates or values as they are, the ids of its sources."""
    for row in chart.rows:
        drawn = {"date": row.date} if chart.form == "timeline" else {"value": row.value, "said": row.cells.get("said")}
        yield {column: row.text(column, locale) for column in chart.columns} | drawn | {"sources": row.sources}


def in_table(value: Any, locale: str) -> Any:
    """A value as tables have it: a term, place or instrument by its name, a text in the locale, a tuple as a list."""
    if isinstance(value, list | tuple):
        return [in_table(one, locale) for one in value]
    text = value.name if isinstance(value, Term | Territory | Instrument) else value
    return text[locale] if isinstance(text, Mapping) else text


def tables(study: Study, locale: str, site_url: str) -> dict[str, list[Row]]:
    """The tables of a locale by name."""
    found: dict[str, Iterable[Row]] = {
        "cases": case_rows(study, locale, site_url),
        "territories": territory_rows(study, locale),
        "sources": source_rows(study, locale, site_url),
        "instruments": instrument_rows(study, locale, site_url),
        "amounts": amount_rows(study, locale, site_url),
        "glossary": glossary_rows(study, locale, site_url),
        "chart-cases": cases.region_rows(study, locale),
        "chart-fates": cases.fate_rows(study, locale),
        **{f"chart-{chart.id}": chart_rows(chart, locale) for chart in study.charts.values()},
    }
    made = {}
    for name, rows in found.items():
        columns = COLUMNS.get(name, "").split()
        made[name] = [{column: in_table(row[column], locale) for column in columns or row} for row in rows]
    return made


# What a spreadsheet takes for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: list[Row], locale: str) -> str:
    """CSV with a byte-order mark, in French as its spreadsheets expect. What looks like a formula has an apostrophe."""

    def cell(value: Any) -> str:
        if isinstance(value, float):
            text = f"{value:.10g}"  # a count has no decimals, an amount no exponent
            return text.replace(".", ",") if locale == "fr" else text
        if isinstance(value, int):
            return str(value).lower()  # true and false too
        text = " | ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        return f"'{text}" if text.startswith(FORMULA) else text

    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if locale == "fr" else ",", lineterminator="\r\n")
    writer.writerow(rows[0] if rows else [])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return "\ufeff" + text.getvalue()


def write_tables(study: Study, site: Path, site_url: str) -> None:
    """Write the tables as CSV, some as JSON too, and the definitions that bubbles.js shows."""
    made = {locale: tables(study, locale, site_url) for locale in LOCALES}
    for name in IN_JSON:
        both = {locale: made[locale][name] for locale in LOCALES}
        text = json.dumps({"licence": "CC BY 4.0", **both}, ensure_ascii=False, indent=1)
        pages.write(site / "data" / f"{name}.json", text + "\n")
    for locale in LOCALES:
        for name, rows in made[locale].items():
            pages.write(pages.data_file(site, locale, f"{name}.csv"), as_csv(rows, locale))
        terms = {e.id: [e.term[locale], e.text(locale), e.term[OTHER[locale]]] for e in study.glossary.values()}
        pages.write_data(site, locale, "terms", terms)


def write_texts(study: Study, site: Path, templates: jinja2.Environment, names: dict[str, dict[str, Any]]) -> None:
    """Write what the templates of `overrides/exports/` make. `names`: what they may use, by locale."""

    def save(file: Path, template: str, locale: str, page: Page | None = None, body: str = "", **more: Any) -> None:
        given = names_for(study, locale, page) | names[locale] | more
        given |= {"body": body, "cited": dict.fromkeys(mark["id"] for mark in marks.CITATION.finditer(body))}
        pages.write(file, templates.get_template(f"exports/{template}").render(given).strip("\n") + "\n")

    def markdown(page: Page) -> str:
        """The text of a page, with what is generated as Markdown too."""
        part = templates.get_template("exports/part.md")
        given = names_for(study, page.locale, page) | names[page.locale]
        body = marks.GENERATED.sub(lambda mark: part.render(given, name=mark["name"]), page.body)
        comment = marks.COMMENT.pattern  # one with a line of its own leaves no blank line
        return re.sub(rf"^{comment}\n*| *{comment}", "", body, flags=re.DOTALL | re.MULTILINE).strip()

    save(site / "data/sources.bib", "sources.bib", LOCALES[0])
    for locale in LOCALES:
        top = site / pages.address("index.md", locale)
        for name in ("llms.txt", "feed.xml", "study/original.bib", "study/original.ris"):
            save(top / name, Path(name).name, locale)
        for page in study.pages[locale].values():
            if page.body.strip():
                save(top / page.path, "page.md", locale, page, markdown(page))
            for name in page.drawings:
                save(top / f"data/{marks.DRAWING}{name}.svg", "drawing.svg", locale, page, name)
            for kind in ("bib", "ris"):
                save(site / pages.address(page.path, locale) / f"cite.{kind}", f"cite.{kind}", locale, page)
        for instrument in study.instruments.values():
            page = study.pages[locale][f"levers/{instrument.lever}.md"]
            file = site / pages.address(f"i/{instrument.id}.md", locale) / "cite.bib"
            save(file, "cite.bib", locale, page, instrument=instrument)


def short_addresses(study: Study) -> dict[str, str]:
    """The short addresses for print and speech: `l/5` of a lever, `i/social-clauses` of an instrument."""
    levers = {f"l/{term.number}": pages.term_path("levers", term.slug) for term in study.terms["levers"].values()}
    return levers | {f"i/{instrument.id}": instrument.page for instrument in study.instruments.values()}


def write_redirects(study: Study, site: Path, site_url: str, templates: jinja2.Environment) -> None:
    """Write the redirect pages below `site`."""
    template, short = templates.get_template("redirect.html"), short_addresses(study)
    for locale in LOCALES:
        for old, new in (short | dict(study.redirects)).items():
            if "#" in old:
                continue
            folder = pages.address(old.strip("/"), locale)
            root = "../" * folder.count("/")
            given = {"root": root, "target": root + pages.address(new, locale), "is_short": old in short}
            given |= {"canonical": site_url + pages.address(new.partition("#")[0], locale)}
            text = template.render(names_for(study, locale) | given, title=pages.section_title(study, new, locale))
            pages.write(site / folder / "index.html", text)
