"""The site as a reader meets it, in real Chromium: desktop and phone, keyboard, no script, both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from conftest import ROOT
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from content.load import load_study
from content.model import LOCALES
from web.pages import address, citations, with_territories
from web.wording import date_text

STUDY = with_territories(load_study(ROOT))
ADDRESSES = [address(page.path, locale) for locale in LOCALES for page in STUDY.pages[locale].values()]
LEVER = "levers/responsible-purchasing/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("start", "name", "end"), [("", "Français", "fr/"), ("fr/", "English", "")])
def test_switch_keeps_the_section_of_a_deep_link(page: Page, root: str, start: str, name: str, end: str) -> None:
    """From a link to an instrument, the other language opens at the same instrument."""
    page.goto(f"{root}{start}{LEVER}#social-clauses")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_url(f"{root}{end}{LEVER}#social-clauses")
    expect(page.locator("#social-clauses")).to_be_in_viewport()


@pytest.mark.parametrize(("start", "name", "end"), [("", "Français", "fr/"), ("fr/", "English", "")])
def test_switch_keeps_the_section_being_read(page: Page, root: str, start: str, name: str, end: str) -> None:
    """After scrolling to a section, the switch (its address too) leads to that section."""
    page.goto(f"{root}{start}{LEVER}")
    page.evaluate("document.getElementById('lots').scrollIntoView({behavior: 'instant'})")
    switch = page.get_by_role("link", name=name, exact=True)
    switch.focus()
    page.evaluate("document.getElementById('lots').scrollIntoView({behavior: 'instant'})")
    page.evaluate("document.querySelector('[data-switch]').click()")
    expect(page).to_have_url(f"{root}{end}{LEVER}#lots")


def test_switch_without_script_leads_to_the_same_page(browser: Browser, root: str) -> None:
    """Without JavaScript the switch is a plain link to the page in the other language."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}{LEVER}")
    page.get_by_role("link", name="Français", exact=True).click()
    assert page.url == f"{root}fr/{LEVER}"
    expect(page.locator("#social-clauses")).to_be_attached()
    context.close()


def test_phone_menu_opens_leads_and_closes(phone: Page, root: str) -> None:
    """On a phone the menu opens by its button, closes by Escape, and leads to each part."""
    phone.goto(root)
    menu = phone.locator("#menu")
    expect(menu).to_be_hidden()
    phone.get_by_role("button", name="Menu").tap()
    expect(menu).to_be_visible()
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    phone.get_by_role("button", name="Menu").tap()
    menu.get_by_role("link", name="Action levers").tap()
    expect(phone).to_have_url(f"{root}levers/")


def test_phone_menu_works_without_script(browser: Browser, root: str) -> None:
    """The menu needs no JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{root}fr/")
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("link", name="Cas", exact=True).click()
    assert page.url == f"{root}fr/cases/"
    context.close()


def tab_to(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until the link or button of this name has the focus, which must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; return [e.innerText.trim(), getComputedStyle(e).outlineStyle] }"
        )
        if focused[0] == name:
            assert focused[1] != "none", f"the focus on {name!r} cannot be seen"
            return
    pytest.fail(f"no Tab stop {name!r} within {most}")


def test_keyboard_reaches_an_instrument_from_the_address_bar(page: Page, root: str) -> None:
    """Tab and Enter alone lead from the home page to a lever's instrument; the skip link comes first."""
    page.goto(root)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    page.keyboard.press("Enter")
    tab_to(page, STUDY.pages["en"]["levers/responsible-purchasing.md"].meta["title"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}{LEVER}")
    tab_to(page, "Social clauses")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{root}{LEVER}#social-clauses")
    expect(page.locator("#social-clauses")).to_be_in_viewport()


@pytest.mark.parametrize(("path", "lang"), [("no/such/page/", "en"), ("fr/pas/de/page/", "fr")])
def test_not_found_speaks_the_language_of_the_address(page: Page, root: str, path: str, lang: str) -> None:
    """An address that does not exist is answered in its own language, with links that work."""
    response = page.goto(root + path)
    assert response is not None
    assert response.status == 404
    assert page.evaluate("document.documentElement.lang") == lang
    expect(page.locator("h1:visible")).to_have_count(1)
    page.locator("main a:visible").first.click()
    assert page.url == (root if lang == "en" else f"{root}fr/")


def test_no_page_scrolls_sideways_on_a_narrow_phone(phone: Page, root: str) -> None:
    """At 320 px nothing is wider than the screen: a wide table scrolls inside itself."""
    wide = []
    for path in ADDRESSES:
        phone.goto(root + path)
        width = phone.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append(f"{path}: {width} px")
    assert wide == []


FIND = """async (query) => {
  const { asked } = await import("/assets/search.js");
  const pagefind = await import("/pagefind/pagefind.js");
  const found = await pagefind.search(asked(query));
  return (await Promise.all(found.results.map((hit) => hit.data()))).map((page) => page.url);
}"""


@pytest.mark.parametrize("locale", LOCALES)
def test_queries_find_their_page_among_the_first_three(page: Page, root: str, locale: str) -> None:
    """What readers type, accents, elisions, plurals and hyphens or not, leads to the page of tests/data/queries.yml."""
    queries = yaml.safe_load((ROOT / "tests/data/queries.yml").read_text(encoding="utf-8"))[locale]
    assert len(queries) >= 40
    page.goto(root + address("index.md", locale))
    missed = {}
    for query, path in queries.items():
        found = page.evaluate(FIND, query)[:3]
        if "/" + address(path, locale) not in found:
            missed[query] = found
    assert missed == {}


@pytest.mark.parametrize(
    ("start", "spellings"),
    [
        ("fr/", ["écoles", "ecoles", "ÉCOLE"]),
        ("fr/", ["évaluation", "l'évaluation", "l’évaluation", "d'evaluation"]),
        ("fr/", ["enseignement", "l'enseignement", "L’enseignement"]),
        ("fr/", ["œuvre", "oeuvre", "l'œuvre"]),
        ("fr/", ["territorial", "territoriaux", "territoriale", "territoriales"]),
        ("fr/", ["clause sociale", "clauses sociales"]),
        ("fr/", ["tiers lieu", "tiers lieux"]),
        ("fr/", ["tiers-lieu", "tiers-lieux"]),
        ("fr/", ["élu", "élus", "elus", "élue", "élues"]),
        ("fr/", ["enjeu", "enjeux"]),
        ("", ["purchase", "purchases", "purchasing"]),
        ("", ["metropolis", "metropolises", "Metropolises"]),
        ("", ["social clause", "social clauses"]),
    ],
)
def test_the_forms_of_a_word_find_the_same_pages(page: Page, root: str, start: str, spellings: list[str]) -> None:
    """Accents, elision and either apostrophe, œ, plurals and feminines change nothing of what is found."""
    page.goto(root + start)
    found = {spelling: frozenset(page.evaluate(FIND, spelling)) for spelling in spellings}
    assert all(found.values())
    assert len(set(found.values())) == 1, {spelling: len(pages) for spelling, pages in found.items()}


@pytest.mark.parametrize(("start", "query"), [("", "social clauses"), ("fr/", "clause sociale")])
def test_the_section_named_like_the_query_comes_first(phone: Page, root: str, start: str, query: str) -> None:
    """Search, type, one tap: the section about it is the first below its page, and opens. Enter need not wait."""
    phone.goto(root + start)
    phone.locator("[data-search]").tap()
    phone.get_by_role("searchbox").fill(query)
    section = phone.locator(".search ol ol a").first
    expect(section).to_have_attribute("href", f"{root}{start}{LEVER}#social-clauses")
    section.tap()
    expect(phone).to_have_url(f"{root}{start}{LEVER}#social-clauses")
    expect(phone.locator("#social-clauses")).to_be_in_viewport()
    phone.locator("[data-search]").tap()
    phone.get_by_role("searchbox").fill("spaser")
    phone.keyboard.press("Enter")
    expect(phone).not_to_have_url(re.compile("social-clauses"))


@pytest.mark.parametrize(
    ("start", "query", "target"),
    [
        ("", "social clauses", LEVER),
        ("fr/", "clause sociale", f"fr/{LEVER}"),
        ("fr/", "l'allotissement", f"fr/{LEVER}"),
        ("fr/", "reemploi", "fr/themes/circular-economy/"),
    ],
)
def test_search_finds_in_the_language_of_the_page(page: Page, root: str, start: str, query: str, target: str) -> None:
    """`/` opens the search; results are in the language of the page; Escape gives the focus back."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + start)
    assert not [url for url in asked if "pagefind" in url or "search.js" in url], "the search loads before it is used"
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.fill(query)
    links = page.locator(".search ol > li > a")
    links.first.wait_for()
    found = [link.get_attribute("href") or "" for link in links.all()]
    assert any(url.split("#")[0] == root + target for url in found[:6]), found
    assert all((f"{root}fr/" in url) == (start == "fr/") for url in found)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    expect(page.locator("[data-search]")).to_be_focused()


def test_search_finds_what_is_typed_before_it_is_loaded(browser: Browser, root: str) -> None:
    """The first query of a visit, typed at once, has its results: what was asked before it does not put it aside."""
    for _ in range(4):  # the order in which what the letters ask for is loaded is not always the same
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        page.goto(root + "fr/")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("légumerie")
        expect(page.locator(".search mark").first).to_be_visible()
        context.close()


def test_search_is_left_from_its_field_and_narrowed_by_keyboard(page: Page, root: str) -> None:
    """Escape in the field closes the search at once; the arrow keys in a filter choose there."""
    page.goto(f"{root}fr/")
    page.keyboard.press("/")
    field, kind = page.get_by_role("searchbox"), page.get_by_label("Type de page")
    field.fill("clause")
    page.locator(".search ol > li > a").first.wait_for()
    everything = page.locator(".search .said").inner_text()
    kind.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search .said")).not_to_have_text(everything)
    expect(kind).to_be_focused()
    assert kind.input_value() != ""
    field.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    expect(page.locator("[data-search]")).to_be_focused()


def test_search_gives_the_focus_back_or_carries_it_to_the_result(page: Page, root: str) -> None:
    """Escape returns to the link that had the focus; from a result on this page, Tab goes on in its section."""
    page.goto(f"{root}{LEVER}")
    link = page.locator(".contents a").nth(2)
    link.focus()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.keyboard.press("/")
    field.fill("social clauses")
    page.locator(f".search a[href='{root}{LEVER}#social-clauses']").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{root}{LEVER}#social-clauses")
    expect(page.locator("#social-clauses")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator('.headerlink[href="#social-clauses"]')).to_be_focused()


@pytest.mark.parametrize("query", ["", "   ", "x" * 500, "<img src=x onerror=alert(1)>", "🦊🦊", "%00\\\"'"])
@pytest.mark.parametrize("start", ["", "fr/"])
def test_search_stands_odd_queries(page: Page, root: str, start: str, query: str) -> None:
    """An empty, very long, marked-up or pictorial query does nothing bad: it is answered, and the next one works."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(root + start)
    page.keyboard.press("/")
    field, said = page.get_by_role("searchbox"), page.locator(".search .said")
    hint = said.inner_text()
    field.fill("clause")
    page.locator(".search ol > li > a").first.wait_for()
    found = said.inner_text()
    field.fill(query)
    if query.strip():
        expect(said).not_to_have_text(re.compile(f"{re.escape(found)}|{re.escape(hint)}"))
    else:
        expect(said).to_have_text(hint)
        expect(page.locator(".search ol > li")).to_have_count(0)
    assert page.locator(".search img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    if page.locator(".search ol > li").count() == 0:
        page.keyboard.press("Enter")  # nothing to open: the search stays
    field.fill("clause")
    page.locator(".search ol > li > a").first.wait_for()
    assert page.url == root + start
    assert faults == []


def test_a_choice_made_before_the_finder_is_loaded_counts(page: Page, root: str) -> None:
    """On a slow line the choices are there before their script: what is chosen meanwhile is not lost."""
    held: list[Route] = []
    page.route("**/finder.js*", lambda route: held.append(route))
    page.goto(f"{root}cases/", wait_until="domcontentloaded")
    page.get_by_label("Type of authority").select_option("city")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_url("**/cases/?type=city")
    expected = [c for c in STUDY.cases("en") if STUDY.territories[c.meta["territory"]].type == "city"]
    expect(page.locator(".cases > li:visible")).to_have_count(len(expected))


def test_finder_filters_list_and_map_and_keeps_the_address(page: Page, root: str) -> None:
    """A choice narrows the list and the map, stands in the address, and survives the language switch."""
    page.goto(f"{root}cases/")
    everything = page.locator(".cases > li:visible").count()
    page.get_by_label("Type of authority").select_option("city")
    expected = [c for c in STUDY.cases("en") if STUDY.territories[c.meta["territory"]].type == "city"]
    assert len(expected) < everything
    expect(page.locator(".cases > li:visible")).to_have_count(len(expected))
    towns = {case.meta["territory"] for case in expected}
    assert page.locator(".map circle:not(.out)").count() == len(towns)
    assert "type=city" in page.url
    page.get_by_role("link", name="Français", exact=True).click()
    page.wait_for_url(f"{root}fr/cases/?type=city")  # at the top of the list: no section that the choice put away
    expect(page.locator(".cases > li:visible")).to_have_count(len(expected))
    page.get_by_role("button", name="Afficher tous les cas").click()
    expect(page.locator(".cases > li:visible")).to_have_count(everything)
    assert "type=" not in page.url


@pytest.mark.parametrize("value", ["no-such-lever", "<img src=x onerror=alert(1)>", "'\"--", "%00"])
def test_finder_ignores_an_unknown_value_and_says_so(page: Page, root: str, value: str) -> None:
    """A filter value that does not exist is ignored with a notice; markup in it stays text."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto(f"{root}cases/?lever={quote(value)}&status=running")
    expect(page.locator("[data-said]")).to_contain_text(STUDY.words["unknown_filter"]["en"].split(":")[0])
    running = [c for c in STUDY.cases("en") if c.meta["status"] == "running"]
    expect(page.locator(".cases > li:visible")).to_have_count(len(running))
    assert page.locator(".finder img").count() == 0
    assert faults == []


def test_finder_ignores_what_it_does_not_know_of_in_an_address(page: Page, root: str) -> None:
    """Known and unknown values, in both languages: the known ones filter, the others are named; a choice clears it."""
    page.goto(f"{root}fr/cases/?status=running&region=atlantis&theme={'x' * 500}&who=me&lever=")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("atlantis")
    expect(said).not_to_contain_text("x" * 41)
    assert page.get_by_label("État").input_value() == "running"
    running = [case for case in STUDY.cases("fr") if case.meta["status"] == "running"]
    expect(page.locator(".cases > li:visible")).to_have_count(len(running))
    page.get_by_label("Thème").select_option("food")
    expect(said).not_to_contain_text("atlantis")
    assert "atlantis" not in page.url
    assert "status=running" in page.url


def test_each_choice_of_the_finder_counts_what_it_would_leave(page: Page, root: str) -> None:
    """The number beside a choice follows the other choices, and is what the list then shows."""
    page.goto(f"{root}cases/?type=metropolis")
    lever = page.get_by_label("Lever", exact=True)
    for option in lever.locator("option:not([value=''])").all()[:3]:
        text, value = option.inner_text(), option.get_attribute("value")
        lever.select_option(value)
        shown = page.locator(".cases > li:visible").count()
        assert text.endswith(f"({shown})")
        lever.select_option("")


def test_cases_stand_in_full_without_script(browser: Browser, root: str) -> None:
    """Without JavaScript the whole list is there, grouped by lever, and no dead form."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}fr/cases/")
    assert page.locator(".cases > li:visible").count() == len(STUDY.cases("fr"))
    expect(page.locator(".finder")).to_be_hidden()
    context.close()


CHARTS = [
    (page.path, name)
    for page in STUDY.pages["en"].values()
    for name in re.findall("generated: (chart-[a-z-]+)", page.body)
]


@pytest.mark.parametrize(("path", "name"), CHARTS)
@pytest.mark.parametrize("locale", LOCALES)
def test_charts_read_and_draw_without_script_colours_or_room(
    browser: Browser, root: str, locale: str, path: str, name: str
) -> None:
    """On a phone of 320 px, without script and in forced colours, a chart has title, table and bars to scale."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 640}, forced_colors="active"
    )
    page = context.new_page()
    page.goto(root + address(path, locale))
    figure = page.locator(f"#{name}")
    expect(figure.locator("figcaption")).to_be_visible()
    assert figure.locator("tbody tr").count() == figure.locator("tbody th[scope=row]").count() > 3
    expect(figure.get_by_role("link", name="CSV", exact=True)).to_be_visible()
    chart = STUDY.charts.get(name.removeprefix("chart-"))
    if chart and chart.form == "bars":
        boxes = [figure.locator("svg.bar rect:last-child").nth(n).bounding_box() for n in range(len(chart.rows))]
        scales = {round(box["width"] / (row.value or 1), 2) for box, row in zip(boxes, chart.rows, strict=True) if box}
        assert len(boxes) == len(chart.rows)
        assert max(scales) - min(scales) <= 0.02, "the bars are not to one scale"
    if chart and chart.form == "ranges":
        expect(figure.locator("svg.bar")).to_have_count(len(chart.rows))
    context.close()


def test_a_number_of_the_chart_of_cases_leads_to_these_cases(page: Page, root: str) -> None:
    """A cell of the table by lever and region opens the finder with as many cases as it says."""
    page.goto(f"{root}fr/cases/")
    cell = page.locator("#chart-cases tbody td a").first
    said = int(cell.inner_text())
    cell.click()
    expect(page.locator(".cases > li:visible")).to_have_count(said)
    assert "lever=" in page.url
    assert "region=" in page.url


@pytest.mark.parametrize("locale", LOCALES)
def test_a_lever_prints_as_a_brief(page: Page, root: str, locale: str, tmp_path: Path) -> None:
    """A few A4 sheets, each with the short address and the date; no navigation; links and notes with their address."""
    page.goto(f"{root}{address('levers/responsible-purchasing.md', locale)}")
    page.pdf(path=tmp_path / "lever.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "lever.pdf").pages
    assert 3 <= len(sheets) <= 8
    assert [round(float(side)) for side in sheets[0].mediabox[2:]] == [595, 842]
    text = [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in sheets]  # no ligatures, plain spaces
    short, lever = ("l/5/" if locale == "en" else "fr/l/5/"), STUDY.pages[locale]["levers/responsible-purchasing.md"]
    date = date_text(lever.meta["updated"], locale).replace("\u00a0", " ")
    for number, sheet in enumerate(text, 1):
        assert f"/{short} · " in sheet
        assert date in sheet
        assert f"{number}/{len(sheets)}" in sheet
    whole = " ".join(text)
    for word in ("menu", "on_this_page", "cite_page", "close"):
        assert not re.search(rf"^\s*{re.escape(STUDY.words[word][locale])}\s*$", whole, re.MULTILINE), word
    assert f"(.../{address('frameworks/legal/public-procurement.md', locale)}" in re.sub(r"\s", "", whole)
    for source in citations(lever, STUDY):
        assert (STUDY.sources[source].url or "").rstrip("/")[:40] in re.sub(r"\s", "", whole)


@pytest.mark.parametrize("locale", LOCALES)
def test_short_address_leads_to_the_lever_and_keeps_the_anchor(page: Page, root: str, locale: str) -> None:
    """`/l/5/#lots` opens lever 5 at that instrument, in the language of the address."""
    prefix = "" if locale == "en" else "fr/"
    page.goto(f"{root}{prefix}l/5/#lots")
    page.wait_for_url(f"{root}{prefix}{LEVER}#lots")


def test_mark_beside_a_heading_copies_its_address(browser: Browser, root: str) -> None:
    """The mark is a link to its heading; by keyboard too it copies the full address and says so."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{root}{LEVER}")
    page.locator('.headerlink[href="#social-clauses"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(":has(> #social-clauses) > [role=status]")).to_have_text("Copied to clipboard")
    assert page.evaluate("navigator.clipboard.readText()") == f"{root}{LEVER}#social-clauses"
    context.close()


def test_side_by_side_pairs_the_sections_of_both_languages(page: Page, root: str) -> None:
    """Each section stands beside its translation, which is fetched only when asked for; the address says so."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{root}{LEVER}")
    assert f"{root}fr/{LEVER}" not in asked
    sections = page.locator(".text > :is(.h2, .h3)").count()
    button = page.locator("[data-side]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pair")).to_have_count(sections + 1)
    assert page.url == f"{root}{LEVER}?side"
    row = page.locator(".pair", has=page.locator("#social-clauses"))
    expect(row.locator("> [lang=fr] :is(h2, h3)")).to_have_count(1)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    page.keyboard.press("Enter")
    expect(page.locator(".pair")).to_have_count(0)
    expect(page.locator(".text > :is(.h2, .h3)")).to_have_count(sections)
    assert page.url == f"{root}{LEVER}"


def test_side_by_side_keeps_the_place(page: Page, root: str) -> None:
    """In the middle of a long page, what is being read stays where it is when the other language comes and goes."""
    page.goto(root + LEVER)
    heading = page.locator("#award-criteria")
    heading.evaluate("(node) => scrollBy(0, node.getBoundingClientRect().top - 120)")
    before = heading.evaluate("(node) => node.getBoundingClientRect().top")
    for shown in (True, False):
        page.locator("[data-side]").click()
        expect(page.locator("[data-side]")).to_have_attribute("aria-pressed", str(shown).lower())
        page.wait_for_timeout(100)
        assert abs(heading.evaluate("(node) => node.getBoundingClientRect().top") - before) < 5


def test_side_by_side_address_can_be_shared(phone: Page, root: str) -> None:
    """An address with `?side` opens both languages, stacked on a phone, at its section."""
    phone.goto(f"{root}fr/{LEVER}?side#lots")
    expect(phone.locator(".pair > [lang=en]").first).to_be_visible()
    expect(phone.locator("#lots")).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_side_by_side_keeps_the_section_at_the_switch(page: Page, root: str) -> None:
    """With both languages beside each other, the switch leads to the section of the other page, as it does without."""
    page.goto(f"{root}{LEVER}?side")
    page.locator(".pair").first.wait_for()
    page.evaluate("document.querySelector('#social-clauses').scrollIntoView()")
    switch = page.locator("a[data-switch]").first
    switch.focus()
    assert (switch.get_attribute("href") or "").endswith("#social-clauses")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
def test_focus_in_the_header_does_not_move_the_page(browser: Browser, root: str, size: tuple[int, int]) -> None:
    """Who goes to the language switch by keyboard stays at the section being read, and the switch leads to it."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{root}{LEVER}")
    page.evaluate("document.querySelector('#social-clauses').scrollIntoView()")
    before = page.evaluate("scrollY")
    page.evaluate("document.querySelector('[data-search]').focus({ preventScroll: true })")
    switch = page.locator("a[data-switch]")
    for _ in range(6):
        page.keyboard.press("Tab")
        if switch.evaluate("link => link === document.activeElement"):
            break
    expect(switch).to_be_focused()
    assert page.evaluate("scrollY") == before
    assert (switch.get_attribute("href") or "").endswith("#social-clauses")
    page.close()


def test_two_clicks_open_both_languages_once(browser: Browser, root: str) -> None:
    """A second click while the other language is on its way does not open it twice: the page can be brought back."""
    page = browser.new_page(service_workers="block")
    held: list[Route] = []
    page.route("**/fr/levers/**", lambda route: held.append(route))
    page.goto(f"{root}{LEVER}")
    sections = page.locator(".text > :is(.h2, .h3)").count()
    page.locator("[data-side]").dblclick()
    page.wait_for_timeout(300)
    assert len(held) == 2
    for route in held:
        route.continue_()
    expect(page.locator(".pair")).to_have_count(sections + 1)
    page.wait_for_timeout(300)
    expect(page.locator(".pair")).to_have_count(sections + 1)
    page.locator("[data-side]").click()
    expect(page.locator(".text > :is(.h2, .h3)")).to_have_count(sections)
    page.close()


def test_side_by_side_prints_both_without_the_addresses_of_notes_and_terms(page: Page, root: str) -> None:
    """On paper both languages stand there; a note's number and a term of either are not followed by an address."""
    page.goto(f"{root}fr/{LEVER}?side")
    page.locator(".pair").first.wait_for()
    page.emulate_media(media="print")
    expect(page.locator("#social-clauses")).to_be_visible()
    expect(page.locator("#other-social-clauses")).to_be_visible()
    after = "links => links.map(link => getComputedStyle(link, '::after').content).filter(text => text !== 'none')"
    bare = page.locator(".pair :is(.footnote-ref, a.term)")
    assert bare.count()
    assert bare.evaluate_all(after) == []
    inner = page.locator(".pair > [lang=en] a[data-address]").evaluate_all(after)
    assert inner
    assert all("http" not in text for text in inner)


def test_a_term_shows_its_definition_and_can_be_dismissed(page: Page, root: str) -> None:
    """By focus and by hover a term shows its definition in the page's language; Escape puts it away."""
    page.goto(f"{root}fr/{LEVER}")
    term = page.locator("a.term").first
    entry = next(e for e in STUDY.glossary if e.id == term.get_attribute("data-term"))
    box = page.get_by_role("tooltip")
    term.focus()
    expect(box).to_contain_text(entry.definition["fr"])
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.locator("h1").hover()
    term.hover()
    expect(box).to_be_visible()
    box.hover()
    page.wait_for_timeout(500)
    expect(box).to_be_visible()
    page.locator("h1").hover()
    expect(box).to_be_hidden()
