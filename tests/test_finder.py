"""The finder of cases, sources and instruments, the map and the tables that sort, in real Chromium."""

import itertools
import math
import re
from pathlib import Path
from urllib.parse import quote

from conftest import HOME, Open, read
from playwright.sync_api import Page, Route, expect
from selectolax.lexbor import LexborHTMLParser

from checker.languages import without_accents
from content.model import Study
from web.cases import case_facets, setbacks
from web.pages import address

CASE = ".cases > li:visible"


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
    for facet in case_facets(study, "en"):
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


def test_a_word_finds_what_cases_say_on_their_own_pages(page: Page, root: str, site: Path, locale: str) -> None:
    """Without accents and in another form; a case then says where."""
    start = site / HOME[locale]
    listed = without_accents(read(start / "cases/index.html").casefold())
    slug, word = next(
        (page.parent.name, word)
        for page in sorted((start / "cases").glob("*/index.html"))
        for section in LexborHTMLParser(read(page)).css(".text > .h2 ~ p")
        for word in re.findall(r"\b[^\W\d_]{8,}s\b", section.text())  # in the plural, in French with an accent
        if without_accents(word.casefold())[:6] not in listed and word.isascii() == (locale == "en")
    )
    page.goto(f"{root}{HOME[locale]}cases/")
    page.locator(".finder [name=q]").fill(without_accents(word)[:-1].upper())
    found = page.locator(CASE).filter(has=page.locator(f'a[href$="{slug}/"]'))
    expect(found.locator(".why mark").first).to_have_text(re.compile(word, re.IGNORECASE))


def test_what_a_choice_leaves_is_in_view(tab: Open, root: str, study: Study, size: tuple[int, int]) -> None:
    """A word and a choice leave a flat list, in view at once and beside the map on a wide screen. So does a link that
    brings a choice to the table of instruments."""
    page, places = tab(*size), study.territories
    case = next(case for case in study.cases("en") if not places[case.meta["territory"]].name["en"].isascii())
    name, region = places[case.meta["territory"]].name["en"], places[case.meta["territory"]].region
    page.goto(f"{root}cases/?region={region}&sort=newest")
    page.get_by_role("searchbox").first.fill(without_accents(name).upper())
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


def test_setbacks_of_a_lever_are_found_whatever_became_of_them(
    page: Page, root: str, study: Study, locale: str
) -> None:
    """The page about setbacks leads to them; a lever leaves its own."""
    page.goto(root + address("cases/setbacks.md", locale))
    page.locator(".text a[href*='status=setback']").click()
    failed = [case for case in study.cases(locale) if case.slug in setbacks(study, locale)]
    assert len({case.meta["status"] for case in failed}) > 1
    expect(page.locator(CASE)).to_have_count(len(failed))
    page.locator(".finder summary").click()
    lever = failed[0].meta["levers"][0]
    page.locator(".finder [name=lever]").select_option(lever)
    expect(page.locator(CASE)).to_have_count(len([case for case in failed if lever in case.meta["levers"]]))
    assert page.url.endswith(f"?status=setback&lever={lever}")


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
