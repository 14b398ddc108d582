"""Records for reference managers, BibTeX and RIS: of a source, of a page of this site, of the study itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from content.model import LOCALES, OTHER, Original, Page, Source, Study
from web.pages import address
from web.pages import write as save
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


@dataclass(frozen=True)
class Author:
    """Who signs the site: a person, whose family name sorts, or an organisation, which has none."""

    name: str
    family: str = ""

    @property
    def sorted_name(self) -> str:
        """`Curie, Marie`; an organisation as it is."""
        return f"{self.family}, {self.name.removesuffix(self.family).strip()}" if self.family else self.name


# What CITATION.cff says as long as nobody signs: its format demands an author.
NOBODY = "The maintainers of this repository"


def authors(root: Path) -> list[Author]:
    """The authors that `CITATION.cff` names; none where there is no such file, or nobody signs."""
    file = root / "CITATION.cff"
    named = yaml.safe_load(file.read_text(encoding="utf-8"))["authors"] if file.exists() else []
    found = [
        Author(author["name"])
        if "name" in author
        else Author(f"{author.get('given-names', '')} {author['family-names']}".strip(), author["family-names"])
        for author in named
    ]
    return [author for author in found if author.name != NOBODY]


def of_page(page: Page, site_url: str, words: Mapping[str, str], signed: Sequence[Author] = ()) -> tuple[str, str]:
    """A page of this site as BibTeX and as RIS, with the date of its content, its permanent address and what it is not.

    `words`: the interface in the page's language; `signed`: the authors of the site.
    """
    title, date = str(page.meta["title"]), str(page.meta["updated"])
    url = site_url + address(page.path, page.locale)
    names = [author.sorted_name if author.family else f"{{{author.name}}}" for author in signed]
    fields = {
        "author": " and ".join(names),
        "title": title,
        "howpublished": words["site_cited"],
        "date": date,
        "year": date[:4],
        "month": date[5:7],
        "url": url,
        "langid": LANGUAGES[page.locale].lower(),
        "note": words["not_publisher"].rstrip("."),
    }
    tags = [("AU", author.sorted_name) for author in signed]
    tags += [("TI", title), ("T2", words["site_cited"]), ("PY", date[:4]), ("DA", date.replace("-", "/"))]
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


def write(study: Study, site: Path, site_url: str, signed: Sequence[Author]) -> None:
    """Write the records of each page beside it, `cite.bib` and `cite.ris`, and those of the study, `study/original`."""
    for locale in LOCALES:
        found = {
            address(page.path, locale) + "cite": of_page(page, site_url, study.words_in[locale], signed)
            for page in study.pages[locale].values()
            if page.path != "index.md"
        }
        found[address("study/index.md", locale) + "original"] = of_original(study.original, locale)
        for name, texts in found.items():
            for kind, text in zip(("bib", "ris"), texts, strict=True):
                save(site / f"{name}.{kind}", text)
