"""The study to take away: one PDF and one EPUB per language, two PDFs per lever, and the picture of shared links.

    python -m books.book [SITE [NAME …]]

Reads the built site, so that a book says what the pages say. NAME (`study.epub`, `direct-support.pdf`, `share` for the
picture) makes these only, in both languages. Exit code 0, or 1 with one line, which names the page or the download
that failed.
"""

import os
import sys
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from books import brief, pictures
from books.chapters import Part, chapters, lever_of, parts
from books.epub import write_epub
from books.pdf import LACKS, provide_pango, write_pdf
from checker.project import load
from content.locales import LOCALES
from content.model import Page, Study
from web.assets import ROOT
from web.elements import html_of
from web.pages import address as address_of
from web.pages import epoch, file_of, is_public
from web.templates import environment, names_for
from web.wording import bytes_text


def render(template: str, study: Study, locale: str, site_url: str, **names: Any) -> str:
    """A template of overrides/, as HTML, with what it may ask for besides `names`."""
    own = names_for(study, locale)
    signed = ", ".join(own["authors"]) or own["t"]["site_short"]  # as long as nobody signs
    own |= {"author": signed, "site_url": site_url, "date": study.latest[locale], "published": is_public(site_url)}
    own["corrections"] = site_url + address_of("reference/about.md#changes", locale)
    return environment([str(ROOT / "overrides")]).get_template(template).render(own | names)


@dataclass(frozen=True)
class Job:
    """One file to make, from its HTML. `address` is where it will be; `words`, those of the interface."""

    file: Path
    html: str
    address: str
    words: Mapping[str, str] = field(default_factory=dict)


class BookError(Exception):
    """What could not be made, and why, in one line."""


def make(job: Job) -> Path:
    """Write the file of a job; returns it. Raises BookError."""
    try:
        job.file.parent.mkdir(parents=True, exist_ok=True)
        if job.file.suffix == ".pdf":
            write_pdf(job.html, job.file)
        else:
            write_epub(job.html, job.address, job.words, job.file)
    except Exception as error:  # of WeasyPrint or another: whatever it is, it must reach the one who waits for it
        reason = " ".join(f"{error}".split()) or "no reason given"
        raise BookError(f"{job.file}: {type(error).__name__}: {reason}") from None
    return job.file


def url_of(site: Path, home: Page) -> str:
    """The address of the built site, as its home page says it. Raises OSError."""
    link = LexborHTMLParser(file_of(site, home).read_text(encoding="utf-8")).css_first('link[rel="canonical"]')
    assert link is not None
    return (link.attributes["href"] or "").removesuffix(address_of(home.path, home.locale))


def jobs(study: Study, site: Path, locale: str) -> Iterator[Job]:
    """The files of a language. Raises OSError or ValueError at a page that is no chapter."""
    pages, folder = study.pages[locale], f"{address_of('index.md', locale)}downloads/"
    site_url = url_of(site, pages["index.md"])

    def job(name: str, page: Page, template: str, **names: Any) -> Job:
        address = site_url + (folder + name if page.kind == "page" else address_of(page.path, locale))
        said = {"title": page.meta["title"], "description": page.meta["description"], "address": address}
        html = render(template, study, locale, site_url, **said, **names)
        return Job(site / folder / name, html, site_url + folder + name, study.words_in[locale])

    whole = parts(study, locale, site, site_url)
    yield job("study.pdf", pages["index.md"], "book.html", parts=whole, paper=True)
    yield job("study.epub", pages["index.md"], "book.html", parts=whole, paper=False)
    for page in pages.values():
        if page.kind == "lever":
            alone = [Part("lever", page.meta["title"], tuple(chapters(study, [page], site, site_url)))]
            yield job(f"{page.slug}.pdf", page, "book.html", parts=alone, paper=False)
            names = brief.names_for_brief(page, study, site)
            yield job(f"{page.slug}-brief.pdf", page, "brief.html", number=lever_of(study, page), **names)


def fill_sizes(site: Path) -> None:
    """Write the size of a download where a page asks for it: `<span data-size="downloads/study.pdf"></span>`."""
    for file in site.rglob("index.html"):
        tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
        locale, named = tree.css("html")[0].attributes["lang"] or "", tree.css("[data-size]")
        for node in named:
            if (target := site / str(node.attributes["data-size"])).exists():
                node.inner_html = bytes_text(target.stat().st_size, locale)
        if named:
            file.write_text(html_of(tree), encoding="utf-8")


def write(site: Path, only: Collection[str]) -> None:
    """Make what is named in `only`, or all.

    Raises BookError, OSError or ValueError; BrokenProcessPool where a process was killed.
    """
    if not (site / "index.html").exists():
        raise BookError(f"{site} has no built site: run `mkdocs build` first")
    study = load(ROOT)
    if study.findings:
        raise BookError(study.findings[0])
    if not provide_pango():
        raise BookError(LACKS)
    os.environ.setdefault("SOURCE_DATE_EPOCH", epoch(study))
    every = [job for locale in LOCALES for job in jobs(study, site, locale)]
    names = {job.file.name for job in every} | {"share"}
    if unknown := set(only) - names:
        raise BookError(f"there is no {' and no '.join(unknown)}; there are {', '.join(sorted(names))}")
    todo = [job for job in every if not only or job.file.name in only]
    todo.sort(key=lambda job: len(job.html), reverse=True)
    with ProcessPoolExecutor() as pool:
        for number, file in enumerate(pool.map(make, todo), 1):  # after a fault, what was not begun is left
            print(f"book: {number} of {len(todo)}, {file.relative_to(site)}", flush=True)
    if not only or "share" in only:
        pictures.write(study, site)
    fill_sizes(site)


if __name__ == "__main__":
    arguments = sys.argv[1:] or [str(ROOT / "site")]
    try:
        write(Path(arguments[0]), arguments[1:])
    except (BookError, BrokenProcessPool, OSError, ValueError) as error:
        sys.exit(f"book: {error}")
