"""Finding a page: the search in the reader's language, and the finder of cases, in real Chromium."""

import itertools
import math
import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from conftest import HOME, Example, Open, data, read, search
from playwright.sync_api import Locator, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser

from content.model import Study
from web.cases import facets
from web.elements import first_sentence
from web.pages import address

QUERIES: dict[str, Any] = data("queries")
MOST = 12  # results shown
RESULT = ".search ol > li > a"
CASE = ".cases > li:visible"

# How many pages a query finds, and its results in their order, each with the addresses that it offers: its own, then
# those of its sections.
FIND = """async (query) => {
  const { find, ready } = await import(new URL("search.js", document.querySelector("link[rel=stylesheet]").href));
  await ready();
  const { count, results } = await find(query);
  return [count, results.map(({ url, sections = [] }) => [url, ...sections.map((section) => section.url)])];
}"""


def place(path: str, locale: str) -> str:
    """The address below the site's root of a page or section: `themes/food.md#farmland`."""
    path, mark, id = path.partition("#")
    return address(path, locale) + mark + id


def test_queries_find_their_place_among_the_first_three(page: Page, root: str, locale: str) -> None:
    """What readers type, in their own words too, leads to the place that queries.yml names: 95 times of 100. Accents,
    elision and either apostrophe, œ, plurals and feminines, the marks of a number change nothing of what is found. As
    many are shown as are said, up to twelve. What a query names (a term, an instrument, a page) is the very first."""
    page.goto(root + HOME[locale])
    missed = {}
    for query, paths in QUERIES[locale].items():
        count, found = page.evaluate(FIND, query)
        assert len(found) == min(count, MOST), query
        offered = [url.partition("?")[0] for urls in found[:3] for url in (*urls, urls[0].partition("#")[0])]
        wanted = [place(path, locale) for path in ([paths] if isinstance(paths, str) else paths or [])]
        if not (set(wanted) & set(offered) if wanted else not found):
            missed[query] = offered
    assert len(missed) <= 0.05 * len(QUERIES[locale]), missed
    first = {query: page.evaluate(FIND, query)[1][0][0] for query in QUERIES["first"][locale]}
    assert first == {query: place(path, locale) for query, path in QUERIES["first"][locale].items()}
    forms = [re.split(" *, *", forms) for forms in QUERIES["forms"][locale]]
    counts = [{form: page.evaluate(FIND, form)[0] for form in each} for each in forms]
    assert [each for each in counts if len(set(each.values())) > 1 or 0 in each.values()] == []


def test_what_stands_below_an_answer_is_of_its_own_section() -> None:
    """Its first sentence, not the licence of its table; where it has none, its caption, not the next section."""
    table, licence = "<div><table><caption>The sums</caption></table></div>", '<p class="facts licence">CC BY.</p>'
    heading = '<div class="h2"><h2 id="{0}">{0}</h2></div>'.format
    page = LexborHTMLParser(
        f"{heading('a')}{table}{licence}<p>A sentence.</p>{heading('b')}{table}{licence}{heading('c')}"
    )
    assert [first_sentence(page, id) for id in "abc"] == ["A sentence.", "The sums", ""]


def open_search(page: Page, address: str) -> tuple[Locator, Locator]:
    """Opens the search of a page by its key: the field, which has the focus, and what is said below it."""
    page.goto(address)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    return field, page.locator(".said")


def test_the_search_answers_in_the_language_of_the_page(page: Page, root: str, locale: str) -> None:
    """It loads when used; results are in the page's language. An excerpt begins with a sentence, says so where it is
    cut, and keeps French signs with their word."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + HOME[locale])
    assert not [url for url in asked if re.search("pagefind|/search", url)]
    search(page, "social")
    found = [link.get_attribute("href") or "" for link in page.locator(RESULT).all()]
    assert {url.startswith(f"{root}fr/") for url in found} == {locale == "fr"}
    texts = [text for text in page.locator(".search .excerpt:has(mark)").all_text_contents() if text]
    assert texts
    assert [text for text in texts if text[0].islower() or re.search("« | [»;:?!%]", text)] == []
    assert {text[-1] for text in texts if not re.search(r"[.!?][)»”]?\s*$", text)} <= {"…"}


def test_the_search_says_what_it_did_not_find(page: Page, root: str, locale: str) -> None:
    """It says which word it took a typing error for, and that it has nothing on a town, an article or words together;
    where it finds nothing, links lead on, by the arrow too."""
    field, said = open_search(page, root + HOME[locale])
    for typed, meant in QUERIES["typos"][locale].items():
        field.fill(typed)
        expect(said).to_contain_text(typed)
        expect(said).to_contain_text(meant)
        expect(page.locator(RESULT).first).to_be_visible()
    for query, words in QUERIES["unknown"][locale].items():
        field.fill(query)
        expect(said).to_contain_text(words)
    field.fill("xyzzyplugh")
    offers = page.locator(".search .offers")
    expect(offers).to_be_visible()
    expect(page.locator(RESULT)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(offers.get_by_role("link").first).to_be_focused()
    field.fill("social")
    expect(offers).to_be_hidden()
    expect(page.locator(RESULT).first).to_be_visible()


def test_the_search_is_narrowed_and_left_by_keys(page: Page, root: str, locale: str) -> None:
    """Arrows reach the results and, in a filter, narrow them. The choice goes with the query, and stays in sight where
    it leaves nothing of the next one. Escape gives the focus back."""
    field, said = open_search(page, root + HOME[locale])
    field.fill("social")
    page.locator(RESULT).first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULT).first).to_be_focused()
    kind, summary, everything = page.locator("[name=theme]"), page.locator(".narrow summary"), said.inner_text()
    summary.press("Enter")
    kind.focus()
    page.keyboard.press("ArrowDown")
    expect(said).not_to_have_text(everything)
    expect(kind).to_be_focused()
    expect(summary).to_contain_text(kind.input_value())
    field.fill("Autopi")
    expect(said).to_contain_text("Autopi")
    expect(page.locator(RESULT)).to_have_count(0)
    expect(page.locator(".search .offers")).to_be_hidden()
    field.fill("")
    field.fill("Autopi")
    expect(page.locator(RESULT).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    expect(page.locator("[data-search]")).to_be_focused()


def test_search_finds_what_is_typed_before_it_is_loaded(page: Page, root: str) -> None:
    """The first query of a visit, typed at once, has its results: what was asked before it does not put it aside. It
    says that it searches, and Enter need not wait."""
    held: list[Route] = []
    page.route("**/data/search.json*", lambda route: held.append(route))
    page.goto(root)
    page.keyboard.press("/")
    said = page.locator(".said")
    hint = said.inner_text()
    page.keyboard.type("social")
    expect(said).not_to_have_text(hint)
    expect(said).to_have_text(re.compile("…$"))
    held[0].continue_()
    expect(said).to_have_text(re.compile(r"\d"))
    page.get_by_role("searchbox").fill("zero")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(root)


def test_search_gives_the_focus_back_or_carries_it_to_the_result(
    tab: Open, root: str, lever: Example, size: tuple[int, int]
) -> None:
    """Escape returns to the link that had the focus; a result on this page is in view, and Tab goes on from there."""
    page = tab(*size)
    page.goto(root + lever.path)
    link = page.locator(".text a:visible").nth(2)
    link.focus()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.keyboard.press("/")
    id = lever.ids[0]
    field.fill(lever.headings["en"][id])
    here = page.locator(f".search a[href='{root}{lever.path}#{id}']")
    here.wait_for()
    here.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".search")).to_be_hidden()
    expect(page).to_have_url(f"{root}{lever.path}#{id}")
    expect(page.locator(f"#{id}")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator(f'.headerlink[href="#{id}"]')).to_be_focused()


def test_the_search_key_can_be_switched_off(page: Page, root: str) -> None:
    """A key alone opens the search unless the reader has said no, which the browser remembers (WCAG 2.1.4)."""
    page.goto(root)
    page.keyboard.press("/")
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.evaluate("addEventListener('keydown', (event) => { window.taken = event.defaultPrevented; })")
    page.keyboard.press("/")
    assert page.evaluate("taken") is False  # it is left to the browser
    search(page, "social")
    page.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator(".search")).to_be_visible()


def test_finder_filters_list_and_map_and_keeps_the_address(page: Page, root: str, study: Study) -> None:
    """A choice narrows the list and the map, also when it is made before its script has come; it stands in the address
    and survives the language switch. The number beside a choice is what the list then shows. Who hears the page is told
    what each control is, and how many cases there are."""
    held: list[Route] = []
    page.route("**/finder.js*", lambda route: held.append(route))
    with page.expect_request("**/finder.js*"):
        page.goto(f"{root}cases/", wait_until="domcontentloaded")
    everything = page.locator(CASE).count()
    word = study.words_in["en"].__getitem__
    page.locator(".finder summary").click()
    for facet in facets(study, "en"):
        expect(page.locator(".finder").get_by_role("combobox", name=word(facet.word), exact=True)).to_be_visible()
    expect(page.get_by_role("group", name=word("map"))).to_be_visible()
    page.locator(".finder [name=type]").select_option("city")
    held[0].continue_()
    page.unroute_all()
    page.wait_for_url("**/cases/?type=city")
    expect(page.locator(".finder").get_by_role("status")).to_contain_text(re.compile(r"\d"))
    cases = [case for case in study.cases("en") if study.territories[case.meta["territory"]].type == "city"]
    assert len(cases) < everything
    expect(page.locator(CASE)).to_have_count(len(cases))
    assert page.locator(".map svg a:not(.out)").count() == len({case.meta["territory"] for case in cases})
    page.locator("a[data-switch]").click()
    page.wait_for_url(f"{root}fr/cases/?type=city")  # at the top of the list: no section that the choice put away
    expect(page.locator(CASE)).to_have_count(len(cases))
    page.locator(".finder summary").click()
    lever = page.locator(".finder [name=lever]")
    for option in lever.locator("option:not([value=''])").all()[:3]:
        text = option.inner_text()
        lever.select_option(option.get_attribute("value"))
        assert text.endswith(f"({page.locator(CASE).count()})")
        lever.select_option("")
    page.locator(".finder [type=reset]").click()
    expect(page.locator(CASE)).to_have_count(everything)
    assert "type=" not in page.url


def plain(text: str) -> str:
    """A text in small letters without accents."""
    return unicodedata.normalize("NFD", text.casefold()).encode("ascii", "ignore").decode()


def test_a_word_finds_what_cases_say_on_their_own_pages(page: Page, root: str, site: Path, locale: str) -> None:
    """Without accents and in another form; a case then says where."""
    start = site / HOME[locale]
    listed = plain(read(start / "cases/index.html"))
    slug, word = next(
        (page.parent.name, word)
        for page in sorted((start / "cases").glob("*/index.html"))
        for section in LexborHTMLParser(read(page)).css(".text > .h2 ~ p")
        for word in re.findall(r"\b[^\W\d_]{8,}s\b", section.text())  # in the plural, in French with an accent
        if plain(word)[:6] not in listed and word.isascii() == (locale == "en")
    )
    page.goto(f"{root}{HOME[locale]}cases/")
    page.locator(".finder [name=q]").fill(plain(word)[:-1].upper())
    found = page.locator(CASE).filter(has=page.locator(f'a[href$="{slug}/"]'))
    expect(found.locator(".why mark").first).to_have_text(re.compile(word, re.IGNORECASE))


def test_what_a_choice_leaves_is_in_view(tab: Open, root: str, study: Study, size: tuple[int, int]) -> None:
    """A word and a choice leave a flat list, in view at once and beside the map on a wide screen. So does a link that
    brings a choice to the table of instruments."""
    page, places = tab(*size), study.territories
    case = next(case for case in study.cases("en") if not places[case.meta["territory"]].name["en"].isascii())
    name, region = places[case.meta["territory"]].name["en"], places[case.meta["territory"]].region
    page.goto(f"{root}cases/?region={region}&sort=newest")
    page.get_by_role("searchbox").first.fill(plain(name).upper())
    expect(page.locator("[data-group]:visible")).to_have_count(0)
    page.wait_for_url(f"{root}cases/?region={region}&sort=newest&q=**")
    expect(page.locator(CASE).filter(has=page.locator(f"a[href$='{case.slug}/']"))).to_have_count(1)
    box = page.locator(CASE).first.bounding_box()
    assert box and box["y"] + 60 < size[1]
    page.goto(f"{root}levers/instruments/?travels=money")
    expect(page.locator("tbody tr:visible").first).to_be_in_viewport()


def test_where_the_finder_finds_nothing_it_leads_on(page: Page, root: str, study: Study, locale: str) -> None:
    """Each choice that alone keeps cases away is a button that says how many it frees, and frees them. Words that no
    case has open the search with one press; Escape leads back."""
    cases, first = root + address("cases/index.md", locale), study.cases(locale)[0]
    regions = {case.slug: study.territories[case.meta["territory"]].region for case in study.cases(locale)}
    elsewhere = next(region for region in regions.values() if region != regions[first.slug])
    page.goto(f"{cases}?region={elsewhere}&q={quote(first.meta['title'])}")
    expect(page.locator(CASE)).to_have_count(0)
    button = page.locator("[data-drop] button").first
    (freed,) = re.findall(r"(\d+)\W*$", button.inner_text())
    button.click()
    expect(page.locator(CASE)).to_have_count(int(freed))
    page.goto(f"{cases}?q=xyzzyplugh")
    expect(page.locator(CASE)).to_have_count(0)
    offered = page.locator("[data-drop] button").last
    expect(offered).to_contain_text("xyzzyplugh")
    offered.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_have_value("xyzzyplugh")
    page.keyboard.press("Escape")
    expect(offered).to_be_focused()


def test_sources_are_found_by_word_and_by_letter(page: Page, root: str) -> None:
    """The field narrows the list of sources and the letters to what has all its words; a letter leads to its part."""
    page.goto(f"{root}fr/reference/sources/")
    field, shown = page.get_by_role("searchbox").first, page.locator(".bibliography > li:visible")
    field.fill("AVISE 2021")
    expect(shown.filter(has_not_text="2021")).to_have_count(0)
    assert all("avise" in text.casefold() for text in shown.all_inner_texts())
    page.locator(".letters a:visible").first.click()
    assert page.url.rpartition("#")[2] == page.locator("[data-group]:visible h2").first.get_attribute("id")
    field.fill("zzz")
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"^0\b"))


def test_a_mark_of_the_map_leads_to_its_territory(page: Page, root: str, study: Study) -> None:
    """Each mark is a link with the name of its territory, and no two are closer than a finger needs."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{root}fr/cases/")
    names = {place.name["fr"] for place in study.territories.values()}
    titles = page.locator(".map svg a > title").all_text_contents()
    assert {title.rpartition(", ")[0] for title in titles} == names
    boxes = [box for mark in page.locator(".map .room").all() if (box := mark.bounding_box())]
    for one, other in itertools.combinations(boxes, 2):
        assert math.dist((one["x"], one["y"]), (other["x"], other["y"])) >= 24
    page.locator(".map svg a").last.press("Enter")
    page.wait_for_url(f"{root}fr/territories/**")
    assert page.locator("h1").inner_text() in names


def test_finder_ignores_what_it_does_not_know_of_in_an_address(page: Page, root: str, study: Study) -> None:
    """Known and unknown values, in both languages: the known ones filter, the others are named; a choice clears it."""
    page.goto(f"{root}fr/cases/?status=running&region=atlantis&theme={'x' * 500}&who=me&lever=")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("atlantis")
    expect(said).not_to_contain_text("x" * 41)
    assert page.locator(".finder [name=status]").input_value() == "running"
    running = [case for case in study.cases("fr") if case.meta["status"] == "running"]
    expect(page.locator(CASE)).to_have_count(len(running))
    page.locator(".finder summary").click()
    page.locator(".finder [name=theme]").select_option(index=1)
    expect(said).not_to_contain_text("atlantis")
    assert "atlantis" not in page.url
    assert "status=running" in page.url


def test_a_number_of_the_chart_of_cases_leads_to_these_cases(page: Page, root: str) -> None:
    """A cell of the table by lever and region opens the finder with as many cases as it says."""
    page.goto(f"{root}fr/reference/downloads/")
    cell = page.locator("#chart-cases tbody td a").first
    said = int(cell.inner_text())
    cell.click()
    expect(page.locator(CASE)).to_have_count(said)
    assert "lever=" in page.url
    assert "region=" in page.url


def test_a_table_is_sorted_by_each_of_its_headers(page: Page, root: str, locale: str) -> None:
    """By key or click: numbers by size, names by the reader's alphabet; a second press turns the order round, and the
    header says which it is."""
    page.goto(f"{root}{HOME[locale]}territories/")
    rows, headers = page.locator("table[data-sortable] tbody tr"), page.locator("table[data-sortable] th[scope=col]")
    there = sorted(rows.all_inner_texts())
    for number, header in enumerate(headers.all()):
        header.get_by_role("button").press("Enter")
        expect(header).to_have_attribute("aria-sort", "ascending")
        up = rows.all_inner_texts()
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", "descending")
        assert page.locator("[aria-sort]").count() == 1
        assert rows.first.inner_text() != up[0] and sorted(rows.all_inner_texts()) == sorted(up) == there
        if rows.first.locator("td, th").nth(number).get_attribute("data-order"):
            sizes = [float(row.locator("td, th").nth(number).get_attribute("data-order") or 0) for row in rows.all()]
            assert sizes == sorted(sizes, reverse=True)
