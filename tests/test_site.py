"""The built site, by rules that no other tool knows: lychee sees to links and anchors, the Nu checker to the HTML, axe
to names and headings, the checker to what the sources say.

A rule is a function that names all that breaks it.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from conftest import ROOT, Trees, all_pages, read
from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.locales import LOCALES, OTHER
from content.model import Page, Study
from web import exports, wording
from web.citing import cited_sources
from web.instruments import instruments_of_place
from web.pages import address, territory_path

# A tag, **strong**, [^note], [link](address), { .attribute } or a name of a template, where a page means to show none.
MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|\*\*|\[\^[^\]]*\]|\]\([^)\s]+\)|\{:?\s*(?:[.#]\w|lang=)[^{}]*\}|\{\{|\{%"
)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass(frozen=True)
class Site:
    """The built site: its files, its pages by address (`levers/`, `fr/levers/`, `404.html`), those of the content."""

    folder: Path
    study: Study
    all_pages: dict[str, LexborHTMLParser]
    trees: Trees

    @property
    def pages(self) -> dict[str, LexborHTMLParser]:
        """The pages that redirect nowhere, but for the one of what is not found, which has both languages."""
        return {at: tree for at, tree in self.all_pages.items() if refresh(tree) is None and at != "404.html"}


def values(nodes: Iterable[LexborNode], name: str) -> list[str]:
    return [node.attributes.get(name) or "" for node in nodes]


def refresh(tree: LexborHTMLParser) -> str | None:
    """The address to which a page redirects."""
    found = values(tree.css("meta[http-equiv=refresh]"), "content")
    return found[0].partition("url=")[2] if found else None


def targets(page: Page, links: list[LexborNode]) -> list[str]:
    """The addresses below the root that links of a page lead to."""
    here = address(page.path, page.locale)
    return [urljoin(f"/{here}", href)[1:] for href in values(links, "href")]


def wrong_addresses(site: Site) -> Iterator[str]:
    """A page has the language of its address; canonical and hreflang addresses are its own, in both languages, where
    it is, and as x-default; only the language switch, on every page, leads to the other language."""
    pages = site.pages
    home = values(pages[""].css("link[rel=canonical]"), "href")[0]
    for here, tree in pages.items():
        locale, english = "fr" if here.startswith("fr/") else "en", here.removeprefix("fr/")
        own = {"canonical": here, "en": english, "fr": f"fr/{english}", "x-default": english}
        for name, due in own.items():
            links = tree.css(f'link:is([rel=alternate][hreflang="{name}"], [rel="{name}"])')
            if values(links, "href") != [home + due]:
                yield f"{here}: {name}"
        switches = [urljoin(f"/{here}", href)[1:] for href in values(tree.css("a[data-switch]"), "href")]
        if values(tree.css("html"), "lang") != [locale] or switches != [own[OTHER[locale]]]:
            yield f"{here}: its language"
        links = tree.css("a[href]:not([hreflang], [href^='#'], [href*=':'])")
        leads = {urljoin(f"/{here}", href)[1:].partition("#")[0] for href in values(links, "href")}
        yield from (f"{here}: {to}" for to in leads & pages.keys() if to.startswith("fr/") != (locale == "fr"))


def wrong_titles(site: Site) -> Iterator[str]:
    """Every page has a title and a description, its own in its language."""
    seen = {("en", ""), ("fr", "")}
    for here, tree in site.pages.items():
        titles = [node.text().strip() for node in tree.css("head > title")]
        for text in (titles, values(tree.css("meta[name=description]"), "content")):
            said = ("fr" if here.startswith("fr/") else "en", "".join(text))
            if said in seen:
                yield f"{here}: {said[1]}"
            seen.add(said)


def shown_markup(site: Site) -> Iterator[str]:
    """A page shows its text, not tags, Markdown or names of a template."""
    for here, tree in all_pages(site.folder).items():
        tree.strip_tags(["pre", "code", "script", "style"])  # they may show markup
        yield from (f"{here}: {shown}" for shown in MARKUP.findall(tree.body.text() if tree.body else ""))


def wrong_redirects(site: Site) -> Iterator[str]:
    """The short address of a lever or instrument, and that of a page that moved, has a page that leads to the place, by
    itself and by a link, in its language. That the place is there, the checker and lychee say."""
    moved = {old: new for old, new in site.study.redirects.items() if "#" not in old}
    for old, new in (exports.short_addresses(site.study) | moved).items():
        for locale in LOCALES:
            here, to = address(old, locale), f"/{address(new, locale)}"
            page = site.all_pages.get(here)
            leads = [refresh(page) or "", *values(page.css("main a"), "href")] if page else []
            if [urljoin(f"/{here}", lead) for lead in leads] != [to, to]:
                yield f"{here}: {leads}"


def lost_addresses(site: Site) -> Iterator[str]:
    """Every address of data/published.txt is on the site in both languages, with its anchor, or redirects."""
    ids = {here: {*values(tree.css("[id]"), "id")} for here, tree in site.all_pages.items()}
    for line in read(ROOT / "data/published.txt").split():
        for locale in LOCALES:
            here, _, id = address(line, locale).partition("#")
            moved = refresh(site.all_pages[here]) if here in ids else None
            to = urljoin(f"/{here}", moved or "")[1:].partition("#")[0]
            if to not in ids or (id and id not in ids[to]):
                yield f"{locale}: {line}"


def incomplete(site: Site) -> Iterator[str]:
    """No file is empty; shared links have their picture; of the assets, what docs/ has is there, once."""
    pictures = [f"share/study-{locale}.png" for locale in LOCALES]
    yield from (picture for picture in pictures if not (site.folder / picture).is_file())
    yield from (str(file) for file in site.folder.rglob("*") if file.is_file() and not file.stat().st_size)
    shipped, own = (
        sorted(path.name for path in folder.rglob("assets/**/*") if path.is_file())
        for folder in (site.folder, ROOT / "docs")
    )
    yield from set(shipped) ^ set(own) or shipped[len(own) :]


def wrong_sitemap(site: Site) -> Iterator[str]:
    """It names every page once, as old as its front matter says, not as its build."""
    urls = ElementTree.parse(site.folder / "sitemap.xml").getroot().iter(f"{SITEMAP}url")
    said = sorted((url.findtext(f"{SITEMAP}loc") or "", url.findtext(f"{SITEMAP}lastmod") or "") for url in urls)
    home = said[0][0]
    due = sorted((home + address(page.path, page.locale), page.meta["updated"]) for page, _ in site.trees)
    yield from (str(one) for one in {*said} ^ {*due} or said[len(due) :])


def wrong_lists_of_cases(site: Site) -> Iterator[str]:
    """A lever lists the cases whose front matter names it: first those that name it first, and the newest of each."""
    for page, tree in ((page, tree) for page, tree in site.trees if page.kind == "lever"):
        own = site.study.cases(page.locale, levers=page.slug)
        order = [(case.main_lever != page.slug, -(case.meta["status_year"] or 0)) for case in own]
        listed = targets(page, [item.css("a")[0] for item in tree.css(".in-practice .cases > li")])
        due = [address(case.path, case.locale) for case in own]
        if listed != due or order != sorted(order):
            yield f"{page.file}: {listed}, not {due}"


def unnamed_forms(site: Site) -> Iterator[str]:
    """Each page names its Markdown and the feed of its language, for programs that look for them."""
    for page, tree in site.trees:
        top = address("index.md", page.locale)
        due = [f"{top}feed.xml", *([top + page.path] if page.body.strip() else [])]
        named = targets(page, tree.css('link:is([type="application/atom+xml"], [type="text/markdown"])'))
        if named != due:
            yield f"{page.file}: {named}"


def out_of_reach(site: Site) -> Iterator[str]:
    """From every page one click leads to where to start, what it costs, the downloads, and where to report an error."""
    wanted = ("start/index.md", "reference/costs.md", "reference/downloads.md", "reference/about.md#report-an-error")
    for here, tree in site.pages.items():
        leads = {urljoin(f"/{here}", href)[1:] for href in values(tree.css("a[href]"), "href")}
        locale = "fr" if here.startswith("fr/") else "en"
        yield from (f"{here}: {path}" for path in wanted if address(path, locale) not in leads)


def wrong_ways_between_cases(site: Site) -> Iterator[str]:
    """Previous and next lead through all the cases of a language and back; above each case stands its main lever."""
    for locale in LOCALES:
        cases = [(page, tree) for page, tree in site.trees if page.kind == "case" and page.locale == locale]
        on, back = set[tuple[str, str]](), set[tuple[str, str]]()
        for page, tree in cases:
            here, above = address(page.path, locale), targets(page, tree.css(".breadcrumb a"))
            on |= {(here, lead) for lead in targets(page, tree.css(".neighbours [rel=next]"))}
            back |= {(lead, here) for lead in targets(page, tree.css(".neighbours [rel=prev]"))}
            if address(f"levers/{page.main_lever}.md", locale) not in {lead.partition("#")[0] for lead in above}:
                yield f"{page.file}: its lever"
        yield from (f"{here} and {lead}" for here, lead in on ^ back)
        if len(on) != len(cases) - 1:
            yield f"{locale}: {len(on)} ways on between {len(cases)} cases"


def wrong_notes(site: Site) -> Iterator[str]:
    """A cited source has a note with a way back; the bibliography has every source."""
    for page, tree in site.trees:
        notes = tree.css(".footnote li[id]")
        cited = sorted(site.study.sources[key].publisher for key in cited_sources(page, site.study))
        returns = all(note.css("a.footnote-backref") for note in notes)
        shown = sorted(node.css("b")[0].text() for node in notes)
        if shown != cited or not returns:
            yield f"{page.file}: notes of {shown}, cited {cited}; {'a' if returns else 'not a'} way back from each"
        if page.path == "reference/sources.md":
            yield from set(values(tree.css(".bibliography > li"), "id")) ^ site.study.sources.keys()


def wrong_tables(site: Site) -> Iterator[str]:
    """A table says what it shows, and each of its cells has a header, of its column or its row."""
    for page, tree in site.trees:
        for table in tree.css("table"):
            title = table.attributes.get("aria-labelledby")
            caption = tree.css_first(f"#{title}") if title else table.css_first("caption")
            if not caption or not caption.text().strip():
                yield f"{page.file}: write 'Table: what it shows' before the table"
            scopes = {cell.attributes.get("scope") for cell in table.css("th")}
            if not scopes <= {"col", "row", "rowgroup"} or not all(row.css_first("th") for row in table.css("tr")):
                yield f"{page.file}: a cell has no header"


def costs_that_cannot_be_cited(site: Site) -> Iterator[str]:
    """On the page of costs each sum of money and each post that compares with others has a link to its own row."""
    due = {amount.id for amount in site.study.amounts.values() if amount.is_cost and not amount.apart}
    for locale in LOCALES:
        rows = site.all_pages[address("reference/costs.md", locale)].css("table.amounts tbody tr")
        yield from due ^ set(values(rows, "id"))
        yield from (str(row.id) for row in rows if values(row.css("th > .headerlink"), "href") != [f"#{row.id}"])


def unmarked_french_names(site: Site) -> Iterator[str]:
    """In English texts and lists, authorities, regions and places are marked as French (WCAG 3.1.2, RGAA 8.7)."""
    names = wording.foreign_names(site.study, "en")
    places = {place.name["fr"] for place in site.study.territories.values() if place.name["en"] == place.name["fr"]}
    for page, tree in ((page, LexborHTMLParser(tree.html or "")) for page, tree in site.trees if page.locale == "en"):
        shown = [node.css_first(".facts [lang=fr]") for node in tree.css(".cases > li")]
        yield from (f"{page.file}: {node}" for node in shown if node is None or node.text() not in places)
        tree.unwrap_tags(["strong"])
        for marked in tree.css("[lang=fr], svg, b, .entry-source"):
            marked.decompose()
        found = [name for part in tree.css("h1, .text, .cases") for name in names.findall(part.text())]
        yield from (f"{page.file}: {name}" for name in found)


def wrong_territories(site: Site) -> Iterator[str]:
    """The page of a territory leads to its cases, its instruments, what is around it and within it; the list of
    territories leads to it."""
    study, places = site.study, site.study.territories.values()
    for page, tree in ((page, tree) for page, tree in site.trees if page.path.startswith("territories/")):
        links = {lead.partition("#")[0] for lead in targets(page, tree.css("article a"))}
        ids = {lead.partition("#")[2] for lead in targets(page, tree.css(".chips a"))}
        if page.kind == "territory":
            here = study.territories[page.slug]
            near = [territory_path(place.id) for place in places if place.within == here.id or here.within == place.id]
            due = [case.path for case in study.cases(page.locale, territory=here.id)] + near
            asked = {one.id for one in instruments_of_place(study, here.id)}
        else:
            due, asked = [territory_path(place.id) for place in places], set()
        missing = ({address(path, page.locale) for path in due} - links) | (asked - ids)
        yield from (f"{page.file}: {lead}" for lead in missing)


RULES = (
    wrong_addresses, wrong_titles, shown_markup, wrong_redirects, lost_addresses, incomplete, wrong_sitemap,
    unnamed_forms, out_of_reach, wrong_lists_of_cases, wrong_ways_between_cases, wrong_notes, wrong_tables,
    costs_that_cannot_be_cited, unmarked_french_names, wrong_territories,
)  # fmt: skip


@pytest.fixture(scope="module")
def built_site(site: Path, study: Study, trees: Trees) -> Site:
    return Site(site, study, all_pages(site), trees)


@pytest.mark.parametrize("rule", RULES)
def test_the_site_keeps_the_rule(rule: Callable[[Site], Iterator[str]], built_site: Site) -> None:
    """Each rule says what it asks for."""
    assert [*rule(built_site)] == [], rule.__doc__
