"""The pages of the built site as chapters of a book, in the parts that the navigation of mkdocs.yml names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.files import texts_in
from content.load import load_config
from content.model import Page, Study
from web.elements import put_for
from web.pages import address as address_of
from web.pages import file_of, is_public

# What a page has for a screen only.
DROPPED = (
    ".contents, .headerlink, .finder, .map, .shortcuts, .bibliography li > p, .letters, [data-flat], .returns, .apart, "
    ".on-screen, .moved, .licence, .summary caption, .h2:has(#for-researchers), .h2:has(#for-researchers) + p, "
    ".h2:has(#more-amounts), .h2:has(#more-amounts) ~ :has(~ .h2 #not-found)"  # the amounts by subject: data
)
# Short sections that end a chapter, but for a case: on paper their headings stand beside the text.
TAIL = "#first-steps, #indicators, #legal-footing, #limits, #not-known, #since-2021, #traps, #what-fails, #what-helps"
# Links of prose, which say on paper what page they lead to; those of a list or table that is looked up do not.
LOOKED_UP = "table *, figure *, .study-name *, .cases *, .pages *, .sources *"
PROSE = f':is(p, li, dd) a[href^="#"]:not(.term, .footnote-ref, {LOOKED_UP})'
# What a book leaves out of the navigation: pages that choose, filter or tell of the site itself.
LEFT_OUT = (
    *("index.md", "levers/instruments.md", "cases/index.md", "territories/index.md", "study/for-researchers.md"),
    *(f"reference/{name}.md" for name in ("about", "sources", "downloads", "accessibility", "ecodesign")),
)


@dataclass(frozen=True)
class Chapter:
    """A page as a chapter: its text, its cases (`practice`) and its `notes` have ids that are unique in the book and
    links that lead inside it. `mentions`: the id of its first link to each other chapter or section, by theirs.
    """

    id: str
    title: str
    lever: int | None
    html: str
    address: str
    notes: str = ""
    practice: str = ""
    place: str | None = None  # the territory of a case
    mentions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A part of the book: one section of the navigation."""

    id: str
    title: str
    chapters: tuple[Chapter, ...]


def navigation(root: Path, locale: str) -> list[tuple[str, list[str]]]:
    """The sections of `nav` in mkdocs.yml: the name that mkdocs-static-i18n gives each, and the paths of its pages."""
    config = load_config(root)
    languages = next(plugin["i18n"]["languages"] for plugin in config["plugins"] if "i18n" in plugin)
    names = next(language for language in languages if language["locale"] == locale).get("nav_translations", {})
    sections = [section for item in config["nav"] if isinstance(item, dict) for section in item.items()]
    return [(names.get(title, title), [t for t in texts_in(pages) if t.endswith(".md")]) for title, pages in sections]


def chapter_id(path: str) -> str:
    return path.removesuffix(".md").replace("/", "-")


def lever_of(study: Study, page: Page) -> int | None:
    """The number of a lever's own page, or of the main lever of a case."""
    slug = page.main_lever if page.kind == "case" else page.slug if page.kind == "lever" else None
    return study.terms["levers"][slug].number if slug else None


def pages_of(study: Study, locale: str, paths: list[str]) -> list[Page]:
    """The pages of a section that a book has; those of the cases come by lever."""
    if "cases/index.md" in paths:
        return sorted(study.cases(locale), key=lambda case: (lever_of(study, case) or 0, case.slug))
    return [study.pages[locale][path] for path in paths if path in study.pages[locale] and path not in LEFT_OUT]


def ordered_sections(root: Path, locale: str, summary_title: str) -> list[tuple[str, list[str]]]:
    """The sections of the navigation in the order of the book, each with its title and the paths of its pages.

    The overview of the levers stands first, alone, as a summary; then what a town decides with: where to start, levers,
    costs; then the others as they are, but for how local government works, which stands with the law.
    """
    sections = {paths[0]: (title, paths) for title, paths in navigation(root, locale)}  # by their first page
    levers, law, local = "levers/index.md", "frameworks/index.md", "reference/french-local-government.md"
    lever_pages, law_pages, reference_pages = (sections[first][1] for first in (levers, law, "reference/glossary.md"))
    lever_pages.remove(levers)
    reference_pages.remove(local)
    law_pages.append(local)
    to_decide_with = [sections.pop(first) for first in ("start/index.md", levers, "reference/costs.md")]
    return [(summary_title, [levers]), *to_decide_with, *sections.values()]


def parts(study: Study, locale: str, site: Path, site_url: str, root: Path) -> list[Part]:
    """The whole book. Raises OSError or ValueError at a page that is no chapter."""
    summary = study.words_in[locale]["book_summary"]
    sections = [(title, pages_of(study, locale, paths)) for title, paths in ordered_sections(root, locale, summary)]
    every = [page for _, pages in sections for page in pages]
    chapter_of = dict(zip(every, chapters(study, every, site, site_url), strict=True))
    return [
        Part(f"part-{number}", title, tuple(chapter_of[page] for page in pages))
        for number, (title, pages) in enumerate(sections, 1)
        if pages
    ]


def chapters(study: Study, pages: list[Page], site: Path, site_url: str) -> list[Chapter]:
    """The chapters of a book, with links between them; one to what a book drops leads to its chapter."""
    inside = {address_of(page.path, page.locale): chapter_id(page.path) for page in pages}
    articles = [(page, _article_in_book(page, site, site_url, inside)) for page in pages]
    ids = {str(node.attributes["id"]) for _, article in articles for node in article.css("[id]")} | {*inside.values()}
    found = []
    for page, article in articles:
        id, address = chapter_id(page.path), site_url + address_of(page.path, page.locale)
        mentions = _link_inside(article, id, ids)
        aside = {"sources": "", "in-practice": ""}
        for section in article.css("section.sources, section.in-practice"):
            aside[str(section.attributes["class"])] += section.html or ""
            section.decompose()
        place = page.meta["territory"] if page.kind == "case" else None
        own = (id, page.meta["title"], lever_of(study, page), article.inner_html or "", address)
        found.append(Chapter(*own, aside["sources"], aside["in-practice"], place, mentions))
    return found


def _link_inside(article: LexborNode, own: str, ids: Collection[str]) -> dict[str, str]:
    """Let the links of a chapter lead to what the book has; gives the id of the first to each, `Chapter.mentions`.

    `ids` are those of the book, `levers-food--choose`: the chapter before the dashes. In prose the first link to
    another chapter is marked `to`: paper says its page.
    """
    for link in article.css(PROSE):
        link.attrs["class"] = "to"
        link.insert_child("\u2060")  # its page stays with its last word
    mentions: dict[str, str] = {}
    for link in article.css('a[href^="#"]'):
        target = (link.attributes["href"] or "")[1:]
        chapter = target.split("--")[0]
        if target not in ids:  # a section that the book drops
            target = chapter
            link.attrs["href"] = f"#{target}"
        if target not in mentions and chapter != own:
            mentions[target] = link.attrs["id"] = f"{own}--to-{target}"
        elif link.attributes.get("class") == "to":
            del link.attrs["class"]
    return mentions


def article_of(site: Path, page: Page) -> LexborNode:
    """The text of a built page, without what is for a screen only. Raises OSError; ValueError where it has none."""
    article = LexborHTMLParser(file_of(site, page).read_text(encoding="utf-8")).css_first("article")
    if article is None:
        raise ValueError(f"{page.file}: its page has no article")
    for node in article.css(DROPPED):
        node.decompose()
    for node in article.css(".h2, .h3, .whole"):
        node.unwrap()
    return article


def _article_in_book(page: Page, site: Path, site_url: str, inside: dict[str, str]) -> LexborNode:
    """The text of a page, with ids that are its own in the book. `inside`: the chapter's id of each address in it."""
    article, address, own = article_of(site, page), address_of(page.path, page.locale), chapter_id(page.path)
    for node in article.css(".text"):
        node.attrs["data-title"] = page.meta["title"]  # for the running head
    for last in article.css(".text ~ p.notice"):  # or it would stand alone on a page: the notice at the head says it
        first = article.css("p.notice")[0]
        first.inner_html = f"{first.inner_html} {last.inner_html}"
        last.decompose()
    for heading in article.css(f"h2:is({TAIL})") if page.kind != "case" else ():
        html = f"<h2 id={heading.id}><span>{heading.inner_html}</span></h2>"
        while heading.next is not None and heading.next.tag != "h2":
            html += heading.next.html or heading.next.text_content or ""
            heading.next.decompose()
        put_for(heading, f'<div class="tail">{html}</div>')
    for node in article.css("[id]"):
        node.attrs["id"] = f"{own}--{node.attributes['id']}"
    for node in article.css("h1"):
        node.attrs["id"] = own
    for node in article.css("[aria-labelledby]"):
        node.attrs["aria-labelledby"] = f"{own}--{node.attributes['aria-labelledby']}"
    for node in article.css("a[href]"):
        node.attrs["href"] = target = _target(node.attributes["href"] or "", address, site_url, inside)
        if target.startswith(site_url) and not is_public(site_url):
            node.unwrap()
    for node in article.css('.sources a[href^="http"]'):  # which paper cannot follow
        node.insert_after(f", {(urlsplit(str(node.attributes['href'])).hostname or '').removeprefix('www.')}")
    return article


def _target(href: str, address: str, site_url: str, inside: dict[str, str]) -> str:
    """Where a link leads in the book: a chapter or its section where it has one, else the site or the web."""
    url, mark, anchor = urljoin(site_url + address, href).partition("#")
    if chapter := inside.get(url.removeprefix(site_url)):
        return f"#{chapter}--{anchor}" if anchor else f"#{chapter}"
    return url + mark + anchor
