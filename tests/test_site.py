"""The built site, both languages: what its pages hold. What the checker, lychee and the Nu checker say is not said."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from conftest import ROOT, Trees, built
from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.locales import LOCALES, OTHER
from content.model import Page, Study
from web import cases, french_names, redirects
from web.citing import citations
from web.instruments import of_place
from web.pages import address, territory_path


def targets(page: Page, links: list[LexborNode]) -> list[str]:
    """The addresses that links of a page lead to."""
    return [urljoin(f"/{address(page.path, page.locale)}", link.attributes["href"] or "") for link in links]


def test_every_page_has_one_title_its_text_and_a_language_switch(trees: Trees) -> None:
    """One h1, the description of its front matter, a text, and a switch: a plain link to the same page, marked with
    its language."""
    wrong = []
    for page, tree in trees:
        switches, other = tree.css(".languages a[data-switch]"), OTHER[page.locale]
        described = [node.attributes["content"] for node in tree.css('meta[name="description"]')]
        if not (
            len(tree.css("h1")) == 1
            and len(tree.css("main")[0].text(separator=" ").split()) > 40
            and targets(page, switches) == [f"/{address(page.path, other)}"]
            and [(link.attributes["hreflang"], link.attributes["lang"]) for link in switches] == [(other, other)]
            and [(text or "").split() for text in described] == [page.meta["description"].split()]
        ):
            wrong.append(page.file)
    assert wrong == []


def test_a_list_of_cases_is_whole_and_tells_of_other_levers(trees: Trees, study: Study) -> None:
    """A lever lists the cases whose front matter names it, the smallest territory first, the page of cases all of them;
    below the title of a case stand the numbers of all its levers, unless the page's is the only one."""
    wrong = []
    for page, tree in ((page, tree) for page, tree in trees if page.kind == "lever" or page.path == "cases/index.md"):
        items = tree.css(".in-practice .cases > li" if page.kind == "lever" else ".cases > li")
        facts = [" ".join(node.text().strip() for node in item.css(".facts")).replace("\u00a0", " ") for item in items]
        shown = dict(zip(targets(page, [item.css("a")[0] for item in items]), facts, strict=True))
        cases = study.cases(page.locale, levers=page.slug) if page.kind == "lever" else study.cases(page.locale)
        sizes = [study.territories[case.meta["territory"]].inhabitants or 0 for case in cases]
        if list(shown) != [f"/{address(case.path, case.locale)}" for case in cases]:
            wrong.append(page.file)
        if page.kind == "lever" and sizes != sorted(sizes):
            wrong.append(f"{page.file}: {sizes}")
        for case in cases:
            told = shown.get(f"/{address(case.path, case.locale)}", "")
            numbers = sorted(study.terms["levers"][slug].number or 0 for slug in case.meta["levers"])
            if told.endswith(f" {', '.join(map(str, numbers))}") == (case.meta["levers"] == [page.slug]):
                wrong.append(f"{page.file}: {case.slug}: {told}")
    assert wrong == []


def test_a_lever_begins_with_what_a_small_town_can_do_alone(trees: Trees, study: Study) -> None:
    """The table to choose from has the instruments that we advise under two headings, in the order of the data."""
    wrong = []
    for page, tree in ((page, tree) for page, tree in trees if page.kind == "lever"):
        shown = {body.css("th")[0].text(): targets(page, body.css("th a")) for body in tree.css(".choose tbody")}
        advised = [one for one in study.instruments.values() if one.lever == page.slug and one.advised is not False]
        asked = {
            study.words[f"begin_{group}"][page.locale]: [
                f"/{address(one.page, page.locale)}" for one in advised if one.small_town == group
            ]
            for group in ("alone", "shared")
        }
        if list(shown.items()) != [(heading, links) for heading, links in asked.items() if links]:
            wrong.append(page.file)
    assert wrong == []


def test_a_case_leads_to_others_of_its_instruments(study: Study, locale: str) -> None:
    """A reader of a case goes on to three from elsewhere: first to one that shows an instrument of this one too."""
    for case in study.cases(locale):
        near = {slug for each in study.instruments.values() if case.slug in each.cases for slug in each.cases}
        elsewhere = [other for other in study.cases(locale) if other.meta["territory"] != case.meta["territory"]]
        others = cases.related(study, case)
        assert len(others) == 3 and all(other in elsewhere for other in others), case.path
        assert others[0].slug in near or not any(other.slug in near for other in elsewhere), case.path


def test_links_have_a_name(trees: Trees) -> None:
    """Who hears the list of a page's links hears words: no link is a bare sign."""
    wrong = []
    for page, tree in trees:
        for link in tree.css("body a[href]"):
            name = link.attributes.get("aria-label") or link.text()
            if not any(sign.isalnum() for sign in name):
                wrong.append(f"{page.file}: {name!r}")
    assert wrong == []


def test_every_source_of_a_page_is_in_its_notes_and_in_the_bibliography(trees: Trees, study: Study) -> None:
    """A cited source has a note with a way back, which says its language where that is another; the bibliography has
    every source."""
    wrong, said = [], {"en": "(in French)", "fr": "(en anglais)"}
    for page, tree in trees:
        notes = tree.css(".footnote li[id]")
        cited = sorted(study.sources[key].publisher for key in citations(page, study))
        returns = all(note.css("a.footnote-backref") for note in notes)
        if sorted(node.css("b")[0].text() for node in notes) != cited or not returns:
            wrong.append(page.file)
        foreign = [key for key in citations(page, study) if study.sources[key].lang == OTHER[page.locale]]
        if len([note for note in notes if said[page.locale] in note.text()]) != len(foreign):
            wrong.append(f"{page.file}: languages")
        if page.path == "reference/sources.md":
            assert {node.attributes["id"] for node in tree.css(".bibliography > li")} == set(study.sources)
    assert wrong == []


def test_the_sitemap_has_the_date_of_the_content(site: Path, pages: list[Page]) -> None:
    """It names every page once, as old as its front matter says, not as its build."""
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ElementTree.parse(site / "sitemap.xml").getroot().iter(f"{namespace}url")
    said = sorted((url.findtext(f"{namespace}loc") or "", url.findtext(f"{namespace}lastmod")) for url in urls)
    home = said[0][0]
    assert said == sorted((home + address(page.path, page.locale), page.meta["updated"]) for page in pages)


def test_the_site_ships_only_what_its_pages_use(site: Path) -> None:
    """No theme script, font or style sheet that no page asks for, and no second copy of the assets."""
    shipped = {path.name for path in (site / "assets").rglob("*") if path.is_file()}
    assert shipped == {path.name for path in (ROOT / "docs/assets").rglob("*") if path.is_file()}
    assert not (site / "fr/assets").exists()


def test_every_table_has_a_caption_and_headers(trees: Trees) -> None:
    """A table says what it shows, and each of its cells has a header, of its column or its row."""
    wrong = []
    for page, tree in trees:
        for table in tree.css("table"):
            title = table.attributes.get("aria-labelledby")
            caption = tree.css_first(f"#{title}") if title else table.css_first("caption")
            if not caption or not caption.text().strip():
                wrong.append(f"{page.file}: write 'Table: what it shows' before the table")
            scopes = {cell.attributes.get("scope") for cell in table.css("th")}
            if not scopes <= {"col", "row", "rowgroup"} or not all(row.css_first("th") for row in table.css("tr")):
                wrong.append(f"{page.file}: a cell has no header")
    assert wrong == []


def test_a_cost_can_be_cited(site: Path, study: Study, locale: str) -> None:
    """On the page of costs each sum of money and each post that compares with others has a link to its own row."""
    tree = built(site, study.pages[locale]["reference/costs.md"])
    rows = tree.css("table.amounts tbody tr")
    ids = [row.attributes["id"] for row in rows]
    assert set(ids) == {amount.id for amount in study.amounts.values() if amount.is_cost and not amount.apart}
    marks = [[link.attributes["href"] for link in row.css("th > .headerlink")] for row in rows]
    assert marks == [[f"#{id}"] for id in ids]


def test_french_names_are_marked_in_english_pages(trees: Trees, study: Study) -> None:
    """In texts and lists, authorities, regions and places are marked as French (WCAG 3.1.2, RGAA 8.7)."""
    names = french_names.pattern(study, "en")
    places = {place.name["fr"] for place in study.territories.values() if place.name["en"] == place.name["fr"]}
    wrong = []
    for page, tree in ((page, LexborHTMLParser(tree.html or "")) for page, tree in trees if page.locale == "en"):
        shown = [node.css_first(".facts [lang=fr]") for node in tree.css(".cases > li")]
        wrong += [f"{page.file}: the place of a case" for node in shown if node is None or node.text() not in places]
        tree.unwrap_tags(["strong"])
        for marked in tree.css("[lang=fr], svg, b, .entry-source"):
            marked.decompose()
        found = [name for part in tree.css("h1, .text, .cases") for name in names.findall(part.text())]
        wrong += [f"{page.file}: {name}" for name in found]
    assert wrong == []


def test_short_and_old_addresses_lead_on(site: Path, study: Study, locale: str) -> None:
    """The short address of a lever or an instrument, and that of a page that moved, has a page that links to the place,
    in its language."""
    moved = {old: new for old, new in study.redirects.items() if "#" not in old}
    for old, new in (redirects.short_addresses(study) | moved).items():
        here = address(old, locale)
        (link,) = LexborHTMLParser((site / here / "index.html").read_bytes()).css("main a")
        assert urljoin(f"/{here}", link.attributes["href"] or "") == f"/{address(new, locale)}", old


def test_every_territory_with_a_case_has_a_page(trees: Trees, study: Study) -> None:
    """It opens with its lesson and has its inhabitants, its cases, its instruments, what is around it and within it;
    the list of territories leads to it."""

    def due(place: str, locale: str) -> Iterator[str]:
        """The addresses and instruments that the page of a territory must lead to."""
        yield from (address(case.path, locale) for case in study.cases(locale, territory=place))
        near = [
            o.id for o in study.territories.values() if place == o.within or o.id == study.territories[place].within
        ]
        yield from (address(territory_path(id), locale) for id in near)
        yield from (instrument.id for instrument in of_place(study, place))

    wrong = []
    for locale in LOCALES:
        found = {page.path: tree for page, tree in trees if page.locale == locale}
        listed = {link.attributes.get("data-address") for link in found["territories/index.md"].css("tbody th a")}
        for place in study.territories.values():
            path = territory_path(place.id)
            links = {link.attributes.get("data-address") for link in found[path].css("article a")}
            leads = {(link.attributes["href"] or "").rpartition("#")[2] for link in found[path].css(".chips a")}
            opens = "".join(part.text() for part in found[path].css(".lead"))
            said = "".join(filter(str.isdigit, found[path].css(".notice")[0].text().split("·")[-1]))
            tells = opens.split() == place.lesson[locale].split() and str(place.inhabitants) in said
            if not {*due(place.id, locale)} <= links | leads or address(path, locale) not in listed or not tells:
                wrong.append(f"{locale}: {path}")
    assert wrong == []


def test_the_page_of_a_territory_leads_to_the_same_sections_in_both_languages(trees: Trees) -> None:
    """A text may name a place in one language alone: "the metropolis", or its name put another way."""
    found: dict[str, dict[str, list[str]]] = {locale: {} for locale in LOCALES}
    for page, tree in ((page, tree) for page, tree in trees if page.kind == "territory"):
        leads = targets(page, tree.css(".passages a"))
        found[page.locale][page.path] = [lead.replace("/fr/", "/", 1) for lead in leads]
    english, french = (found[locale] for locale in LOCALES)
    assert [path for path in english if english[path] != french[path]] == []
