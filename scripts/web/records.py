"""Records for reference managers, BibTeX and RIS: of a source, of a page of this site, of the study itself."""

from __future__ import annotations

from collections.abc import Mapping

from content.model import LOCALES, OTHER, Original, Page, Source
from web.pages import address
from web.wording import LANGUAGES

# What BibTeX takes for a command or a separator. Braces by name: it counts escaped ones too.
NAMED = {"\\": "backslash", "~": "asciitilde", "{": "braceleft", "}": "braceright"}
BIBTEX = str.maketrans({c: f"\\{c}" for c in "&%$#_"} | {c: f"\\text{name}{{}}" for c, name in NAMED.items()})


def bibtex(kind: str, key: str, fields: Mapping[str, str | None]) -> str:
    """A record for biblatex or BibTeX, in UTF-8; empty fields are left out. A title keeps its capitals."""
    lines = [f"@{kind}{{{key},"]
    for name, value in fields.items():
        if value:
            text = value if name in ("url", "author") else value.translate(BIBTEX)
            lines.append(f"  {name} = {{{{{text}}}}}," if name == "title" else f"  {name} = {{{text}}},")
    return "\n".join([*lines, "}\n"])


def ris(kind: str, fields: list[tuple[str, str]]) -> str:
    """A RIS record: a tag of two letters, two spaces, a hyphen and a space before each value."""
    return "\n".join(f"{tag}  - {value}" for tag, value in [("TY", kind), *fields, ("ER", "")])


def of_source(source: Source) -> str:
    """A source as a BibTeX record; where its title is not known, with our description in English, in brackets.

    Its publisher stands twice: styles print one of the two, and not the same.
    """
    return bibtex(
        "misc",
        source.id,
        {
            "title": source.title or f"[{(source.subject or {})[LOCALES[0]]}]",
            "howpublished": source.publisher,
            "publisher": source.publisher,
            "date": source.date,
            "year": source.date and source.date[:4],
            "url": source.url,
            "langid": LANGUAGES[source.lang].lower(),
        },
    )


def of_page(page: Page, site_url: str, words: Mapping[str, str]) -> tuple[str, str]:
    """A page of this site as BibTeX and as RIS, with the date of its content, its permanent address and what it is not.

    `words`: the interface in the page's language.
    """
    title, date = str(page.meta["title"]), str(page.meta["updated"])
    url = site_url + address(page.path, page.locale)
    fields = {
        "title": title,
        "howpublished": words["site_cited"],
        "date": date,
        "year": date[:4],
        "month": date[5:7],
        "url": url,
        "langid": LANGUAGES[page.locale].lower(),
        "note": words["not_publisher"].rstrip("."),
    }
    tags = [("TI", title), ("T2", words["site_cited"]), ("PY", date[:4]), ("DA", date.replace("-", "/"))]
    tags += [("UR", url), ("LA", page.locale), ("N1", words["not_publisher"])]
    return bibtex("misc", f"sse-{page.locale}-{page.slug}", fields), ris("ELEC", tags)


def of_original(original: Original, locale: str) -> tuple[str, str]:
    """The study itself as BibTeX and as RIS, in the edition of a language, with its title in the other one."""
    title, translated = (f"{original.title[lang]}. {original.subtitle[lang]}" for lang in (locale, OTHER[locale]))
    publisher = ", ".join(original.authors)
    year, month = original.date.split("-")
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in original.authors),
        "title": title,
        "institution": publisher,
        "date": original.date,
        "year": year,
        "month": month,
        "url": original.url[locale],
        "langid": LANGUAGES[locale].lower(),
        "note": translated,
    }
    tags = [*(("AU", author) for author in original.authors), ("TI", title), ("TT", translated), ("PB", publisher)]
    tags += [("PY", year), ("DA", f"{year}/{month}"), ("UR", original.url[locale]), ("LA", locale)]
    return bibtex("techreport", f"{original.id}-{locale}", fields), ris("RPRT", tags)
