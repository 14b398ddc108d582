"""What others reuse: cases, territories and sources as CSV and JSON, sources as BibTeX, pages as Markdown,
`llms.txt`, and a feed of changes. Written below the built site; addresses and columns are documented on the
downloads page and do not change.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from content import marks
from content.model import LOCALES, OTHER, Page, Study, as_list
from web import cases, charts, instruments, pages, records, wording

Row = dict[str, Any]
IN_JSON = ("cases", "territories", "sources", "instruments")  # the tables that are JSON too, in both languages


def case_rows(study: Study, locale: str, site_url: str) -> list[Row]:
    """One row a case, in the order of their ids; names in the locale, lists as lists."""
    rows = []
    for case in sorted(study.cases(locale), key=lambda page: page.slug):
        place = study.territories[case.meta["territory"]]
        rows.append(
            {
                "id": case.slug,
                "title": case.meta["title"],
                "description": case.meta["description"],
                "territory_id": place.id,
                "territory": place.name[locale],
                "territory_type": study.terms["territory_types"][place.type].name[locale],
                "region": study.terms["regions"][place.region].name[locale],
                "levers": [study.terms["levers"][slug].name[locale] for slug in as_list(case.meta["levers"])],
                "modes": [study.terms["modes"][slug].name[locale] for slug in as_list(case.meta["modes"])],
                "themes": [study.terms["themes"][slug].name[locale] for slug in as_list(case.meta["themes"])],
                "since": case.meta["since"],
                "status": study.terms["statuses"][case.meta["status"]].name[locale],
                "status_year": case.meta["status_year"],
                "in_study": case.meta["in_study"],
                "updated": case.meta["updated"],
                "sources": pages.citations(case, study),
                "url": site_url + pages.address(case.path, locale),
                "instruments": cases.case_values(study, case)["instrument"],
                "inhabitants": place.inhabitants,
            }
        )
    return rows


def territory_rows(study: Study, locale: str) -> list[Row]:
    """One row a territory: type, region, position in decimal degrees (WGS 84), number of cases, what to learn."""
    return [
        {
            "id": place.id,
            "name": place.name[locale],
            "type": study.terms["territory_types"][place.type].name[locale],
            "region": study.terms["regions"][place.region].name[locale],
            "latitude": place.latitude,
            "longitude": place.longitude,
            "inhabitants": place.inhabitants,
            "within": around.name[locale] if (around := study.territories.get(place.within or "")) else place.within,
            "cases": len(study.cases(locale, territory=place.id)),
            "lesson": place.lesson[locale],
            **{key: text[locale] if (text := getattr(place, key)) else None for key in ("cost", "copy", "avoid")},
        }
        for place in study.territories.values()
    ]


def source_rows(study: Study, locale: str) -> list[Row]:
    """One row a source. `subject` is our description where the title is not known."""
    citing = pages.citing_pages(study, locale)
    return [
        {
            "id": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "subject": source.subject[locale] if source.subject else None,
            "date": source.date,
            "language": source.lang,
            "url": source.url,
            "cited_on": [pages.address(page.path, locale) for page in citing[source.id]],
        }
        for source in study.sources.values()
    ]


def region_rows(study: Study, locale: str) -> list[Row]:
    """One row a region that has cases: their number, and how many use each lever."""
    return [
        {
            "region": row.term.name[locale],
            "cases": row.cases,
            **{f"lever_{number}": count for number, count in enumerate(row.each, 1)},
        }
        for row in cases.cases_by_region(study, locale)
    ]


def fate_rows(study: Study, locale: str) -> list[Row]:
    """One row a year in which cases were last seen: how many were in each state."""
    years, rows = cases.fates(study, locale)
    return [{"year": year, **{row.term.slug: row.each[place] for row in rows}} for place, year in enumerate(years)]


def instrument_rows(study: Study, locale: str, site_url: str) -> list[Row]:
    """One row an instrument, for CSV and JSON; texts in the locale, lists as lists."""
    return [
        {
            "id": instrument.id,
            "name": instrument.name[locale],
            "lever": study.terms["levers"][instrument.lever].name[locale],
            "good_for": instrument.use[locale],
            "takes": instrument.takes[locale],
            "months_from": instrument.months[0] if instrument.months else None,
            "months_to": instrument.months[1] if instrument.months else None,
            "risk": instrument.risk[locale],
            "first_step": instrument.first[locale],
            "who_may": [study.terms["territory_types"][slug].name[locale] for slug in instrument.who],
            "travels": study.words[f"travels_{instrument.travels}"][locale],
            "travels_why": instrument.travels_why[locale],
            "situations": [
                instruments.start_name(study, study.starts[key], locale)
                for key in instruments.situations_of(study, instrument)
            ],
            "cases": list(instrument.cases),
            "url": f"{site_url}{pages.address(f'i/{instrument.id}.md', locale)}",
        }
        for instrument in study.instruments.values()
    ]


def span_rows(study: Study, locale: str) -> list[Row]:
    """One row for each instrument and unit of the chart of costs, for CSV."""
    return [
        {
            "instrument": span.instrument.name[locale],
            "unit": instruments.unit_text(study, span.unit, locale),
            "least": span.least,
            "most": span.most,
            "sums": [amount.id for amount in span.amounts],
        }
        for span in instruments.spans(study)
    ]


def amount_rows(study: Study, locale: str, site_url: str) -> list[Row]:
    """One row an amount, for CSV: the numbers as they are, the words in the locale."""
    rows = []
    for amount in study.amounts.values():
        place = study.territories.get(amount.territory or "")
        rows.append(
            {
                "id": amount.id,
                "kind": amount.kind,
                "instrument": amount.instrument,
                "what": amount.what[locale],
                "where": place.name[locale] if place else amount.where[locale],
                "inhabitants": place.inhabitants if place else None,
                "low": amount.low,
                "high": amount.high,
                "measure": amount.measure,
                "unit": amount.unit,
                "text": instruments.amount_text(study, amount, locale),
                "each": instruments.each_text(study, amount, locale),
                "covers": amount.covers[locale] if amount.covers else None,
                "from": amount.first_year,
                "to": amount.last_year,
                "sources": list(amount.sources),
                "url": site_url + pages.address(amount.page, locale),
            }
        )
    return rows


# What a spreadsheet takes for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: list[Row], locale: str) -> str:
    """CSV with a byte-order mark. French: semicolons and decimal commas, as French spreadsheets expect.

    A text that a spreadsheet would run as a formula begins with an apostrophe. No rows: an empty table.
    """

    def cell(value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            text = f"{value:.10g}"  # a count has no decimals, an amount no exponent
            return text.replace(".", ",") if locale == "fr" else text
        if isinstance(value, int):
            return str(value)
        text = " | ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        return f"'{text}" if text.startswith(FORMULA) else text

    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if locale == "fr" else ",", lineterminator="\r\n")
    writer.writerow(rows[0] if rows else [])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return "\ufeff" + text.getvalue()


def as_markdown(page: Page, study: Study, site_url: str) -> str:
    """The page's own Markdown with its title, its address and its notes spelt out; what is generated is left out."""
    locale = page.locale
    words = study.words_in[locale]
    body = pages.replace_charts(page.body, study, lambda chart: charts.as_markdown(chart, locale))
    body = marks.GENERATED.sub("", body).strip()
    notes = []
    for key in pages.citations(page, study):
        source = study.sources[key]
        title = source.title or f"[{(source.subject or {})[locale]}]"
        date = wording.date_text(source.date, locale) if source.date else words["no_date"].rstrip(".")
        notes.append(f"[^{key}]: {source.publisher}, {date}. {title}." + (f" <{source.url}>" if source.url else ""))
    updated = words["content_date"].format(wording.date_text(str(page.meta["updated"]), locale))
    address = f"<{site_url}{pages.address(page.path, locale)}>"
    about = f"{words['not_publisher']} {updated}. {words['licence']} CC BY 4.0. {address}"
    parts = [f"# {page.meta['title']}", str(page.meta["description"]), about, body, "\n".join(notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def llms(study: Study, locale: str, site_name: str, description: str) -> str:
    """`llms.txt`: the pages of a locale by kind, each as Markdown, for programs that read."""
    lines = [f"# {site_name}", "", f"> {description}", "", study.words["not_publisher"][locale]]
    for kind in ("page", "lever", "framework", "theme", "case"):
        lines += ["", f"## {study.words[f'kind_{kind}'][locale]}", ""]
        for page in sorted(study.pages[locale].values(), key=lambda page: page.path):
            if page.kind == kind:
                title = re.sub(r"([\[\]\\])", r"\\\1", page.meta["title"])  # nothing in it ends the link
                lines.append(f"- [{title}]({page.path}): {page.meta['description']}")
    return "\n".join(lines) + "\n"


def feed(study: Study, locale: str, site_name: str, site_url: str) -> str:
    """An Atom feed of the dated changes of the content, newest first: what changed where, then the change in full."""
    home = site_url + pages.address("index.md", locale)
    changes = sorted(study.changes, key=lambda change: change.date, reverse=True)
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": locale})

    def add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
        element = SubElement(parent, tag, attributes)
        element.text = text
        return element

    add(root, "title", site_name)
    add(root, "id", home)
    add(root, "link", rel="alternate", href=home)
    add(root, "link", rel="self", href=f"{home}feed.xml")
    add(root, "updated", f"{changes[0].date if changes else study.latest[locale]}T00:00:00Z")
    add(add(root, "author"), "name", study.words["site_short"][locale])
    for change in changes:
        entry = add(root, "entry")
        add(entry, "id", f"{home}#{change.id}")
        add(entry, "title", study.pages[locale][change.page.partition("#")[0]].meta["title"])
        add(entry, "link", href=site_url + pages.address(change.page, locale))
        add(entry, "updated", f"{change.date}T00:00:00Z")
        add(entry, "summary", change.text[locale])
    indent(root, space="")
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml.decode() + "\n"


def tables(study: Study, locale: str, site_url: str) -> dict[str, list[Row]]:
    """The tables of a locale by name."""
    return {
        "cases": case_rows(study, locale, site_url),
        "territories": territory_rows(study, locale),
        "sources": source_rows(study, locale),
        "instruments": instrument_rows(study, locale, site_url),
        "amounts": amount_rows(study, locale, site_url),
        "chart-cases": region_rows(study, locale),
        "chart-fates": fate_rows(study, locale),
        "chart-costs": span_rows(study, locale),
        **{f"chart-{chart.id}": charts.as_rows(chart, locale) for chart in study.charts.values()},
    }


def write(study: Study, site: Path, site_url: str, names: dict[str, tuple[str, str]]) -> None:
    """Write every export below `site`. `names`: site name and description by locale."""
    made = {locale: tables(study, locale, site_url) for locale in LOCALES}
    for name in IN_JSON:
        both = {locale: made[locale][name] for locale in LOCALES}
        text = json.dumps({"licence": "CC BY 4.0", **both}, ensure_ascii=False, indent=1)
        pages.write(site / "data" / f"{name}.json", text + "\n")
    for locale in LOCALES:
        top = site / pages.address("index.md", locale)
        for name, rows in made[locale].items():
            pages.write(top / "data" / f"{name}.csv", as_csv(rows, locale))
        for page in study.pages[locale].values():
            if page.body.strip():
                pages.write(top / page.path, as_markdown(page, study, site_url))
        terms = {e.id: [e.term[locale], e.definition[locale], e.term[OTHER[locale]]] for e in study.glossary}
        pages.write_data(site, locale, "glossary", terms)
        pages.write(top / "llms.txt", llms(study, locale, *names[locale]))
        pages.write(top / "feed.xml", feed(study, locale, names[locale][0], site_url))
    pages.write(site / "data" / "sources.bib", "\n".join(map(records.of_source, study.sources.values())))
