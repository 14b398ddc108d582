"""The pages of the built site as chapters of a book, in the parts of its menu."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.model import Page, Study
from web.elements import put_for
from web.pages import address as address_of
from web.pages import file_of, is_public

# What a page has for a screen only.
SCREEN_ONLY = (
    ".contents, .headerlink, .finder, .map, .shortcuts, .bibliography li > p, .letters, [data-flat], .returns, .apart, "
    ".on-screen, :is(.how, .duties) > summary, .moved, .licence, .summary caption, "
    ".h2:has(#for-researchers), .h2:has(#for-researchers) + p, "
    ".h2:has(#more-amounts), .h2:has(#more-amounts) ~ :has(~ .h2 #not-found)"  # the amounts by subject: data
)
# Short sections that end a chapter, but for a case: on paper their headings stand beside the text.
TAIL = (
    "#ask-your-lawyer, #first-steps, #indicators, #legal-footing, #limits, #not-known, #outside-france, #readings, "
    "#since-2021, #traps, #what-fails, #what-helps"
)
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


def menu(study: Study, locale: str, site: Path) -> dict[str, list[str]]:
    """The parts of the site by their titles, as the menu has them, but for the home page: the paths of their pages."""
    home = study.pages[locale]["index.md"]
    path_of = {address_of(path, locale): path for path in study.pages[locale]}
    found = {}
    for part in LexborHTMLParser(file_of(site, home).read_bytes()).css("#menu > ul > li + li"):
        hrefs = [(link.attributes["href"] or "").removeprefix("./") for link in part.css("a")]
        found[part.css("summary, a")[0].text()] = [path_of[address_of("index.md", locale) + href] for href in hrefs]
    return found


def chapter_id(path: str) -> str:
    return path.removesuffix(".md").replace("/", "-")


def lever_of(study: Study, page: Page) -> int | None:
    """The number of a lever's own page, or of the main lever of a case."""
    slug = {"lever": page.slug, "case": page.main_lever}.get(page.kind)
    return study.terms["levers"][slug].number if slug else None


def pages_of(study: Study, locale: str, paths: list[str]) -> list[Page]:
    """The pages of a section that a book has; those of the cases come by lever."""
    if "cases/index.md" in paths:
        return sorted(study.cases(locale), key=lambda case: (lever_of(study, case) or 0, case.slug))
    return [study.pages[locale][path] for path in paths if path in study.pages[locale] and path not in LEFT_OUT]


def ordered_parts(study: Study, locale: str, site: Path) -> dict[str, list[str]]:
    """The parts of the menu in the order of the book: the paths of their pages by title.

    The overview of the levers stands first, alone, as a summary; then what a town decides with: where to start, levers,
    costs; then the others as they are, but for how local government works, which stands with the law.
    """
    overview, local = "levers/index.md", "reference/french-local-government.md"
    of_menu = menu(study, locale, site)
    title_of = {paths[0]: title for title, paths in of_menu.items()}
    of_menu[title_of[overview]].remove(overview)
    of_menu[title_of["reference/glossary.md"]].remove(local)
    of_menu[title_of["frameworks/index.md"]].append(local)
    first = {title_of[path]: of_menu[title_of[path]] for path in ("start/index.md", overview, "reference/costs.md")}
    return {study.words_in[locale]["book_summary"]: [overview]} | first | of_menu


def parts(study: Study, locale: str, site: Path, site_url: str) -> list[Part]:
    """The whole book. Raises OSError or ValueError at a page that is no chapter."""
    of_part = {title: pages_of(study, locale, paths) for title, paths in ordered_parts(study, locale, site).items()}
    every = [page for pages in of_part.values() for page in pages]
    chapter_of = dict(zip(every, chapters(study, every, site, site_url), strict=True))
    return [
        Part(f"part-{number}", title, tuple(map(chapter_of.__getitem__, pages)))
        for number, (title, pages) in enumerate(of_part.items(), 1)
        if pages
    ]


def chapters(study: Study, pages: list[Page], site: Path, site_url: str) -> list[Chapter]:
    """The chapters of a book, with links between them; one to what a book drops leads to its chapter."""
    inside = {address_of(page.path, page.locale): chapter_id(page.path) for page in pages}
    articles = [(page, _article_in_book(page, site, site_url, inside)) for page in pages]
    ids = {str(node.attributes["id"]) for _, article in articles for node in article.css("[id]")} | {*inside.values()}
    return [_chapter(study, page, article, site_url, ids) for page, article in articles]


def _chapter(study: Study, page: Page, article: LexborNode, site_url: str, ids: Collection[str]) -> Chapter:
    """The chapter of a page, with its cases and notes taken out of its text. `ids`: see `_link_inside`."""
    mentions = _link_inside(article, chapter_id(page.path), ids)
    aside = {"sources": "", "in-practice": ""}
    for section in article.css("section.sources, section.in-practice"):
        aside[str(section.attributes["class"])] += section.html or ""
        section.decompose()
    return Chapter(
        id=chapter_id(page.path),
        title=page.meta["title"],
        lever=lever_of(study, page),
        html=article.inner_html or "",
        address=site_url + address_of(page.path, page.locale),
        notes=aside["sources"],
        practice=aside["in-practice"],
        place=page.meta["territory"] if page.kind == "case" else None,
        mentions=mentions,
    )


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
    for node in article.css(SCREEN_ONLY):
        node.decompose()
    for node in article.css(".h2, .h3, .whole"):
        node.unwrap()
    return article


def _article_in_book(page: Page, site: Path, site_url: str, inside: dict[str, str]) -> LexborNode:
    """The text of a page, with ids that are its own in the book. `inside`: the chapter's id of each address in it."""
    article = article_of(site, page)
    for node in article.css(".text"):
        node.attrs["data-title"] = page.meta["title"]  # for the running head
    for last in article.css(".text ~ p.notice"):  # with its last section: it would stand alone on a page
        article.css(".text")[0].insert_child(last)
        last.decompose()
    if page.kind != "case":
        _group_tails(article)
    _make_ids_own(article, chapter_id(page.path))
    address = address_of(page.path, page.locale)
    for link in article.css("a[href]"):
        link.attrs["href"] = target = _target(link.attributes["href"] or "", address, site_url, inside)
        if target.startswith(site_url) and not is_public(site_url):
            link.unwrap()
    for link in article.css('.sources a[href^="http"]'):  # which paper cannot follow
        host = urlsplit(str(link.attributes["href"])).hostname or ""
        link.insert_after(f", {host.removeprefix('www.')}")
    return article


def _group_tails(article: LexborNode) -> None:
    """Put each short section that ends a chapter into a box: `<div class="tail"><h2 id=limits>…</h2><p>…</div>`; and a
    list of all texts to copy, by chapter, into one: `<div class="texts">`."""
    for heading in article.css(f"h2:is({TAIL})"):
        heading.inner_html = f"<span>{heading.inner_html}</span>"
        _box(heading, "tail", "h2")
    for heading in article.css("h2:has(+ .then)")[:1]:
        _box(heading, "texts")


def _box(first: LexborNode, name: str, until: str | None = None) -> None:
    """Put an element and those that follow it, as far as the next with the tag `until`, into a box."""
    html = first.html or ""
    while first.next is not None and (until is None or first.next.tag != until):
        html += first.next.html or first.next.text_content or ""
        first.next.decompose()
    put_for(first, f'<div class="{name}">{html}</div>')


def _make_ids_own(article: LexborNode, chapter: str) -> None:
    """Let each id begin with that of the chapter, `levers-food--choose`; its title has the chapter's own."""
    for name in ("id", "aria-labelledby"):
        for node in article.css(f"[{name}]"):
            node.attrs[name] = f"{chapter}--{node.attributes[name]}"
    for title in article.css("h1"):
        title.attrs["id"] = chapter


def _target(href: str, address: str, site_url: str, inside: dict[str, str]) -> str:
    """Where a link leads in the book: a chapter or its section where it has one, else the site or the web."""
    url, mark, anchor = urljoin(site_url + address, href).partition("#")
    if chapter := inside.get(url.removeprefix(site_url)):
        return f"#{chapter}--{anchor}" if anchor else f"#{chapter}"
    return url + mark + anchor
