"""The study to take away: one PDF and one EPUB per language, one PDF per lever, from the pages of `site/`.

    python -m books.book [SITE [NAME …]]

Reads the built site, so that a book says what the pages say. PDF by WeasyPrint (tagged, PDF/UA-1), EPUB by Pandoc.
WeasyPrint needs Pango. A PDF holds the fonts of the machine that makes it, Liberation and DejaVu where they are
installed: the same fonts make the same bytes. Where these lack, on Debian and as root, they are installed first, and
it says so. NAME (`study.epub`, `direct-support.pdf`) makes these only, in both languages. Exit code 0, or 1 with one
line, which names the page or the download that failed; the downloads that were there stay whole.
"""

from __future__ import annotations

import os
import posixpath
import re
import sys
import tempfile
import uuid
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from ctypes.util import find_library
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
import pypandoc
import yaml
from babel.numbers import format_decimal
from selectolax.lexbor import LexborHTMLParser, LexborNode

from books import pdf_tags
from content.findings import ContentError
from content.load import load_study
from content.model import LOCALES, Page, Study
from tools import system
from web.colours import lever_colours
from web.pages import address as address_of
from web.pages import epoch
from web.view import view

ROOT = Path(__file__).resolve().parents[2]

# What a page has for a screen only.
DROPPED = (
    ".contents, .headerlink, .finder, .map, .cite, .neighbours, .page-date, .shortcuts, "
    ".bibliography .facts, .letters, [data-flat], .returns, .apart, script"
)
PARTS = ("study", "levers", "frameworks", "themes", "cases", "reference")
KEPT_REFERENCE = ("reference/glossary.md", "reference/costs.md", "reference/sources.md", "reference/about.md")


@dataclass(frozen=True)
class Chapter:
    """A page as a chapter: `html` has ids that are unique in the book and links that lead inside it."""

    id: str
    title: str
    opens_part: bool  # whether a part of the site begins with it
    lever: int | None
    html: str
    address: str


def chapter_id(path: str) -> str:
    return path.removesuffix(".md").replace("/", "-")


def pages_in_order(study: Study, locale: str, navigation: list[str]) -> list[Page]:
    """The pages of the book: those of the navigation in its order, the cases after their index."""
    pages = []
    for path in navigation:
        if path in study.pages[locale] and path.split("/")[0] in PARTS:
            if path.startswith("reference/") and path not in KEPT_REFERENCE:
                continue
            pages.append(study.pages[locale][path])
            if path == "cases/index.md":
                pages += sorted(study.cases(locale), key=lambda case: (_lever(study, case) or 0, case.slug))
    return pages


def _lever(study: Study, page: Page) -> int | None:
    slug = page.main_lever if page.kind == "case" else page.slug if page.kind == "lever" else None
    return study.terms["levers"][slug].number if slug else None


def chapter(page: Page, study: Study, site: Path, site_url: str, inside: dict[str, str]) -> Chapter:
    """A chapter from the built page. `inside`: chapter id of each address (below the site's root) in the book."""
    address = address_of(page.path, page.locale)
    tree = LexborHTMLParser((site / address / "index.html").read_text(encoding="utf-8"))
    article = tree.css_first("article")
    if article is None:
        raise ValueError(f"{page.file}: its page has no article")
    for node in article.css(DROPPED):
        node.decompose()
    for node in article.css(".h2, .h3"):
        node.unwrap()
    own = chapter_id(page.path)
    for node in article.css("[id]"):
        node.attrs["id"] = f"{own}--{node.attributes['id']}"
    for node in article.css("h1"):
        node.attrs["id"] = own
    for node in article.css("[aria-labelledby]"):
        names = (node.attributes["aria-labelledby"] or "").split()
        node.attrs["aria-labelledby"] = " ".join(f"{own}--{name}" for name in names)
    for node in article.css("a[href]"):
        node.attrs["href"] = _target(node, address, own, site_url, inside)
    return Chapter(
        id=own,
        title=page.meta["title"],
        opens_part=page.path.endswith("/index.md"),
        lever=_lever(study, page),
        html=article.inner_html or "",
        address=site_url + address,
    )


def _target(node: LexborNode, address: str, own: str, site_url: str, inside: dict[str, str]) -> str:
    """Where a link leads in the book: a chapter or its section where it has one, else the site or the web."""
    href = node.attributes["href"] or ""
    if "://" in href or href.startswith("mailto:"):
        return href
    path, _, anchor = href.partition("#")
    if not path:
        return f"#{own}--{anchor}"
    target = posixpath.normpath(posixpath.join(address, path)).removeprefix("./").removeprefix(".")
    if target and not target.endswith("/") and "." not in posixpath.basename(target) and "?" not in target:
        target += "/"
    if target in inside:
        return f"#{inside[target]}" + (f"--{anchor}" if anchor else "")
    return site_url + target + (f"#{anchor}" if anchor else "")


def chapters(study: Study, pages: list[Page], site: Path, site_url: str) -> list[Chapter]:
    """The chapters of a book, each part's first with the title of the part."""
    inside = {address_of(page.path, page.locale): chapter_id(page.path) for page in pages}
    ids: set[str] = set()
    found = []
    for page in pages:
        made = chapter(page, study, site, site_url, inside)
        ids |= {f"#{made.id}"} | {f"#{node.split(chr(34), 1)[0]}" for node in made.html.split('id="')[1:]}
        found.append(made)
    return [_without_broken_links(made, ids) for made in found]


def _without_broken_links(made: Chapter, ids: set[str]) -> Chapter:
    """The chapter with links to dropped sections (the citation, say) led to the chapter instead."""
    tree = LexborHTMLParser(f"<body>{made.html}</body>")
    for node in tree.css('a[href^="#"]'):
        if node.attributes["href"] not in ids:
            node.attrs["href"] = "#" + (node.attributes["href"] or "")[1:].split("--")[0]
    assert tree.body is not None
    return replace(made, html=tree.body.inner_html or "")


def document(
    study: Study, locale: str, title: str, description: str, made: list[Chapter], site_url: str, cover: bool
) -> str:
    """The book as one HTML document."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "overrides"), trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    names: dict[str, Any] = view(study, locale, None)
    date = max(str(page.meta["updated"]) for page in study.pages[locale].values())
    return env.get_template("book.html").render(
        names, title=title, description=description, chapters=made, site_url=site_url, cover=cover, date=date
    )


def write_pdf(html: str, file: Path) -> None:
    """A tagged PDF with bookmarks, language and title."""
    import weasyprint  # here, for it needs Pango: see `provide_pango`

    colours = lever_colours((ROOT / "docs/assets/style.css").read_text(encoding="utf-8"))
    rules = "".join(f'[data-lever="{number}"] {{ --lever: {colour} }}' for number, colour in colours.items())
    html = pdf_tags.prepare(html, colours)
    sheets = [weasyprint.CSS(string=rules), weasyprint.CSS(filename=str(ROOT / "overrides/book.css"))]
    weasyprint.HTML(string=html).write_pdf(
        str(file), stylesheets=sheets, pdf_variant="pdf/ua-1", finisher=pdf_tags.finish
    )


EPUB_STYLE = (
    "body{line-height:1.5}table{border-collapse:collapse;width:100%}tbody th{font-weight:normal}"
    "th,td{border-bottom:1px solid #ccc;text-align:left}"
    ".bar{display:block;height:0;border-top:0.5em solid #0b4f6c}.visually-hidden{display:none}"
)


def for_epub(html: str) -> str:
    """The document as Pandoc makes a sound EPUB of it.

    A bar of a chart becomes a box of its length, which Pandoc keeps and readers of books draw; other drawings go, for
    Pandoc would make files of them that no reader accepts. The title of a chart stays above it, a term takes the id of
    its group, and the table of contents is left to Pandoc.
    """
    tree = LexborHTMLParser(html)
    for drawing in tree.css("svg.bar"):
        bar = drawing.css("rect")[1].attributes  # after the axis
        style = f"margin-left:{bar['x']};width:{bar['width']}"
        drawing.replace_with(pdf_tags.element(f'<span class="bar" style="{style}"></span>'))
    for caption in tree.css("figcaption"):
        caption.replace_with(pdf_tags.element(f"<div>{caption.inner_html}</div>"))
    for entry in tree.css("dl > div[id]"):
        term = entry.css_first("dt")
        if term is not None and term.child is not None:
            term.child.insert_before(pdf_tags.element(f'<span id="{entry.attributes["id"]}"></span>'))
        del entry.attrs["id"]
    for node in tree.css("svg, nav.book-contents"):
        node.decompose()
    return tree.html or ""


def write_epub(html: str, address: str, file: Path) -> None:
    """An EPUB 3, one file a chapter, with language and title of the HTML; `address`, where it will be, names it."""
    with tempfile.NamedTemporaryFile("w", suffix=".css", encoding="utf-8") as style:
        style.write(EPUB_STYLE)
        style.flush()
        pypandoc.convert_text(
            for_epub(html),
            "epub3",
            format="html",
            outputfile=str(file),
            extra_args=[
                "--toc",
                "--toc-depth=1",
                "--split-level=1",
                f"--css={style.name}",
                f"--metadata=identifier:urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}",
            ],
        )


# Where a page wants the size of a download: `<span data-size="downloads/study.pdf"></span>`.
SIZE = re.compile(r'(<span data-size="(?P<file>[^"]+)">)[^<]*(</span>)')


def fill_sizes(site: Path) -> None:
    """Write the sizes of the downloads into the pages that name them, as each language writes a number."""
    for file in site.rglob("index.html"):
        text = file.read_text(encoding="utf-8")
        if "data-size" not in text:
            continue
        locale = file.relative_to(site).parts[0] if file.relative_to(site).parts[0] in LOCALES else LOCALES[0]

        def size(match: re.Match[str], locale: str = locale) -> str:
            target = site / match["file"]
            if not target.exists():
                return match[0]
            return f"{match[1]}{size_text(target.stat().st_size, locale)}{match[3]}"

        file.write_text(SIZE.sub(size, text), encoding="utf-8")


def size_text(size: int, locale: str) -> str:
    """A size in bytes as kB or MB: `3.1 MB`, `3,1 Mo`."""
    unit, number = (("MB", "Mo"), size / 1e6) if size >= 1e6 else (("kB", "ko"), size / 1e3)
    return f"{format_decimal(round(number, 1), locale=locale)}\u00a0{unit[LOCALES.index(locale)]}"


def navigation() -> list[str]:
    """The pages of `nav` in mkdocs.yml, in order."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda *_: None)
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=Loader)

    def flat(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        items = value.values() if isinstance(value, dict) else value
        return [path for item in items for path in flat(item)]

    return flat(config["nav"])


PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation", "fonts-dejavu-core"]
FONTS = ("liberation/LiberationSans-Regular.ttf", "dejavu/DejaVuSans.ttf")


def provide_pango() -> bool:
    """Install Pango and the fonts of the PDF where they lack, on Debian as root. Whether WeasyPrint finds Pango."""
    complete = find_library("pango-1.0") and all((Path("/usr/share/fonts/truetype") / font).exists() for font in FONTS)
    if not complete:
        system.install(PACKAGES, "for the PDF")
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


@dataclass(frozen=True)
class Job:
    """One file to make, from its HTML."""

    file: Path
    html: str
    address: str


class BookError(Exception):
    """What could not be made, and why, in one line."""


def make(job: Job) -> None:
    """Write the file of a job, whole or not at all. Raises BookError."""
    part = job.file.with_name(f"part-{job.file.name}")
    try:
        if job.file.suffix == ".pdf":
            write_pdf(job.html, part)
        else:
            write_epub(job.html, job.address, part)
        part.replace(job.file)
    except Exception as error:  # of WeasyPrint or Pandoc: whatever it is, it must reach the one who waits for it
        reason = " ".join(f"{error}".split()) or "no reason given"
        raise BookError(f"{job.file}: {type(error).__name__}: {reason}") from None
    finally:
        part.unlink(missing_ok=True)


def names(study: Study) -> list[str]:
    """The downloads of a language, by the names of their files."""
    return ["study.pdf", "study.epub", *(f"{slug}.pdf" for slug in study.terms["levers"])]


def jobs(study: Study, site: Path, locale: str) -> Iterator[Job]:
    """The files of a language, the longest to make first. Raises OSError or ValueError at a page that is no chapter."""
    home_address = address_of("index.md", locale)
    home = LexborHTMLParser((site / home_address / "index.html").read_text(encoding="utf-8"))
    link, meta, heading = (home.css_first(s) for s in ('link[rel="canonical"]', 'meta[name="description"]', "h1"))
    assert link is not None and meta is not None and heading is not None
    site_url = (link.attributes["href"] or "").removesuffix(home_address)
    title, description = heading.text().strip(), meta.attributes["content"] or ""

    def job(name: str, html: str) -> Job:
        return Job(site / home_address / "downloads" / name, html, f"{site_url}{home_address}downloads/{name}")

    pages = pages_in_order(study, locale, navigation())
    made = chapters(study, pages, site, site_url)
    whole = document(study, locale, title, description, made, site_url, cover=True)
    yield job("study.pdf", whole)
    yield job("study.epub", whole)
    for page in pages:
        if page.kind == "lever":
            one = chapters(study, [page], site, site_url)
            title, description = page.meta["title"], page.meta["description"]
            html = document(study, locale, title, description, one, site_url, cover=False)
            yield job(f"{page.slug}.pdf", html)


def main(site: Path, only: Collection[str] = ()) -> int:
    try:
        write(site, only)
    except (BookError, ContentError, OSError, ValueError) as error:
        print(f"book: {error}", file=sys.stderr)
        return 1
    return 0


def write(site: Path, only: Collection[str]) -> None:
    """Make the downloads named `only`, or all. Raises BookError, ContentError, OSError or ValueError."""
    if not (site / "index.html").exists():
        raise BookError(f"{site} has no built site: run `mkdocs build` first")
    study = load_study(ROOT)
    if unknown := [name for name in only if name not in names(study)]:
        raise BookError(f"there is no {' and no '.join(unknown)}; there are {', '.join(names(study))}")
    if not provide_pango():
        raise BookError(f"the PDF needs Pango and fonts (Debian: apt-get install {' '.join(PACKAGES)})")
    os.environ.setdefault("SOURCE_DATE_EPOCH", epoch(study))
    todo = [job for locale in LOCALES for job in jobs(study, site, locale) if not only or job.file.name in only]
    todo.sort(key=lambda job: len(job.html), reverse=True)
    with ProcessPoolExecutor() as pool:
        started = {}
        for job in todo:
            job.file.parent.mkdir(parents=True, exist_ok=True)
            started[pool.submit(make, job)] = job
        for number, done in enumerate(as_completed(started), 1):
            try:
                done.result()
            except BrokenProcessPool:
                raise BookError(f"{started[done].file}: its process was ended (was there memory enough?)") from None
            except BookError:
                pool.shutdown(cancel_futures=True)
                raise
            print(f"book: {number} of {len(todo)}, {started[done].file.relative_to(site)}", flush=True)
    fill_sizes(site)


if __name__ == "__main__":
    arguments = sys.argv[1:] or [str(ROOT / "site")]
    sys.exit(main(Path(arguments[0]), arguments[1:]))
