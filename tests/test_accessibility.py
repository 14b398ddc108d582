"""Accessibility of every built page: axe-core without exclusion, then what axe cannot see, by keyboard and by eye."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from markupsafe import escape
from playwright.sync_api import Browser, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser
from test_reading import ADDRESSES, LEVER, STUDY

from content.model import LOCALES
from web import french_names

# WCAG 2.0 to 2.2, A and AA, RGAA 4, axe's best practices, and two of its experiments with tables.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"],
    "rules": {"td-has-header": {"enabled": True}, "table-fake-caption": {"enabled": True}},
    "resultTypes": ["violations"],
}
# The rules that look at colours, all that can differ between light and dark.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
AXE = Axe().axe_script
RUN = """async (options) => (await axe.run(options)).violations.map(
  (v) => `${v.id} (${v.impact}) at ${v.nodes[0].target}, ${v.nodes.length} times`)"""

# A desktop has a mouse, a phone a finger: what shows at a hover on the one stands open on the other.
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
}


def findings(page: Page, name: str) -> list[str]:
    """What axe finds on the page as it stands, in light, and of its colours in dark."""
    found = []
    page.emulate_media(color_scheme="light")
    found += [f"{name}, light: {violation}" for violation in page.evaluate(RUN, RULES)]
    page.emulate_media(color_scheme="dark")
    found += [f"{name}, dark: {violation}" for violation in page.evaluate(RUN, COLOURS)]
    return found


SHARES = 8  # of the pages, for the tests run on every core: each share a test


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_on_any_page(browser: Browser, root: str, site: Path, share: int) -> None:
    """No page has a finding of axe, in light or dark, on a desktop or a phone, with all that folds unfolded."""
    built = {str(file.relative_to(site)).removesuffix("index.html") for file in site.rglob("index.html")}
    assert built.issuperset(ADDRESSES)
    paths = [*sorted(built), "no/such/page/", "fr/pas/de/page/"]
    found: list[str] = []
    for name, options in SIZES.items():
        page = browser.new_page(**options)
        page.route("**/redirect.js*", lambda route: route.abort())  # a redirect stays to be looked at
        for path in paths[share::SHARES]:
            page.goto(root + path)
            page.evaluate(AXE)
            page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
            found += findings(page, f"{path}, {name}")
        page.close()
    assert found == []


def search(page: Page) -> None:
    page.locator("[data-search]").click()
    page.get_by_role("searchbox").fill("clause sociale")
    page.locator(".search ol > li > a").first.wait_for()


def filter_cases(page: Page) -> None:
    page.locator(".finder select[name=type]").select_option("city")


def both_languages(page: Page) -> None:
    page.locator("[data-side]").click()
    page.locator(".pair").first.wait_for()


def definition(page: Page) -> None:
    page.locator("a.term").first.focus()
    page.get_by_role("tooltip").wait_for()


def stay(page: Page) -> None:
    page.locator(":target").wait_for()


def menu(page: Page) -> None:
    if page.locator(".menu-open").is_visible():
        page.locator(".menu-open").click()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("fr/", search),
        ("cases/", filter_cases),
        (LEVER, both_languages),
        ("fr/study/key-findings/", both_languages),
        (f"fr/{LEVER}", definition),
        ("", menu),
        ("fr/cases/", both_languages),
        (f"{LEVER}#social-clauses", stay),
    ],
)
def test_axe_finds_nothing_in_what_opens(
    browser: Browser, root: str, path: str, act: Callable[[Page], None], size: str
) -> None:
    """Search, finder, side by side, definitions and menu have no finding of axe either once they are used."""
    page = browser.new_page(**SIZES[size])
    page.goto(root + path)
    act(page)
    page.evaluate(AXE)
    assert findings(page, path) == []
    page.close()


# What has the focus: its name, whether an outline shows it, how much of it lies under the header that stays in view,
# and whether it is what the eye sees at the middle of one of its lines. Null when the focus has left the page.
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = element.getBoundingClientRect();
  const header = document.querySelector(".site-header");
  const seen = [...element.getClientRects()].some((line) => {
    const y = Math.min(line.top + line.height / 2, innerHeight - 1);
    const top = document.elementFromPoint(line.left + line.width / 2, y);
    return top && (element.contains(top) || top.contains(element));
  });
  const style = getComputedStyle(element);
  return {
    name: `${element.className} ${element.textContent.trim().slice(0, 30)}`,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    covered: header && !header.contains(element) && element.className !== "skip" && box.height < innerHeight
      ? Math.round(header.getBoundingClientRect().bottom - box.top) : 0,
    seen,
  };
}"""


@pytest.mark.parametrize("size", [(1280, 900), (360, 740), (320, 256)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("path", ["", f"fr/{LEVER}", "cases/", "frameworks/legal/sse-law/"])
def test_focus_is_seen_wherever_tab_leads(browser: Browser, root: str, path: str, size: tuple[int, int]) -> None:
    """Through whole pages, forwards and backwards, the focus has an outline, no header and no definition over it.

    The third size is a desktop window enlarged four times (WCAG 1.4.10, 2.4.7, 2.4.11).
    """
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(root + path)
    faults, stops = [], 0
    for key in ("Tab", "Shift+Tab"):
        page.keyboard.press(key)
        while (focused := page.evaluate(FOCUSED)) is not None:
            stops += 1
            if not focused["outlined"] or not focused["seen"] or focused["covered"] > 1:
                faults.append((key, focused))
            page.keyboard.press(key)
    page.close()
    assert stops > 60
    assert faults == []


@pytest.mark.parametrize("size", [(1280, 900), (360, 740), (320, 256)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_focus_is_seen_in_the_search(browser: Browser, root: str, size: tuple[int, int]) -> None:
    """Through the results and back, by Tab and by arrow, no result and no filter is under the form that stays."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{root}fr/")
    search(page)
    faults = []
    for key in ("Tab", "Shift+Tab", "ArrowDown", "ArrowUp"):
        for _ in range(40):
            page.keyboard.press(key)
            focused = page.evaluate(FOCUSED)  # null for a moment: a dialog leaves the browser's own controls reachable
            if focused and not (focused["outlined"] and focused["seen"]):
                faults.append((key, focused))
    page.close()
    assert faults == []


def test_a_result_on_the_same_page_is_gone_to(browser: Browser, root: str) -> None:
    """A result that stands on the page itself is in view once chosen, and Tab goes on from there."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{root}fr/{LEVER}")
    search(page)
    here = page.locator(f".search a[href*='{LEVER}#']").first
    target = (here.get_attribute("href") or "").split("#")[1]
    here.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".search")).to_be_hidden()
    page.wait_for_timeout(300)
    expect(page.locator(f"#{target}")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"#{target}"
    page.close()


def test_the_menu_of_a_phone_covers_no_focus(browser: Browser, root: str) -> None:
    """The opened menu has the focus; it closes when that goes on, on to the page or back to the button."""
    page = browser.new_page(**SIZES["phone"])
    page.goto(f"{root}cases/roubaix-zero-waste/")
    entries = page.locator("#menu a")
    page.locator(".menu-open").focus()
    for key, out in (("Tab", entries.count()), ("Shift+Tab", 1)):
        page.keyboard.press("Enter")
        expect(entries.first).to_be_focused()
        for _ in range(out):
            expect(page.locator("#menu")).to_be_visible()
            page.keyboard.press(key)
        expect(page.locator("#menu")).to_be_hidden()
        assert page.evaluate(FOCUSED)["seen"]
        page.locator(".menu-open").focus()
    page.close()


# The spacing that a reader may set (WCAG 1.4.12).
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }\
 p { margin-bottom: 2em !important }"
CLIPPED = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
  const clipped = [...document.querySelectorAll("body *")].filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    return element.clientWidth > 1
      && ((hides(overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (hides(overflowY) && element.scrollHeight > element.clientHeight + 1));
  }).map((element) => `${element.tagName}.${element.className}`);
  return document.documentElement.scrollWidth > innerWidth ? ["the page", ...clipped] : clipped;
}"""


def test_spaced_text_is_not_clipped(browser: Browser, root: str) -> None:
    """With the letters, words, lines and paragraphs a reader may space out, no page cuts a text or scrolls sideways."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    faults = {}
    for path in ADDRESSES:
        page.goto(root + path)
        if clipped := page.evaluate(CLIPPED, SPACING):
            faults[path] = clipped
    page.close()
    assert faults == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_focus_and_states(browser: Browser, root: str, scheme: Any) -> None:
    """In the colours that a reader forces, focus, the current menu entry, chips, marks and a pressed button show."""
    page = browser.new_page(**SIZES["desktop"], forced_colors="active", color_scheme=scheme)

    def colour(selector: str, name: str) -> str:
        return str(page.eval_on_selector(selector, "(e, name) => getComputedStyle(e)[name]", name))

    page.goto(f"{root}cases/")
    paper = colour("body", "backgroundColor")
    assert colour(".map circle", "fill") != paper
    assert colour(".menu a[aria-current]", "borderBottomColor") != colour(
        ".menu a:not([aria-current])", "borderBottomColor"
    )
    for control in (".finder select", ".finder button", ".map summary", ".cases > li > a"):
        page.locator(control).first.focus()
        assert colour(f"{control}:focus", "outlineStyle") != "none", control
    page.goto(f"{root}cases/roubaix-zero-waste/")
    assert page.eval_on_selector(".chip", "e => getComputedStyle(e, '::before').backgroundColor") != paper
    both_languages(page)
    assert colour("[data-side]", "backgroundColor") != paper
    page.close()


# What a screen reader is told: roles and names, by language.
TOLD: dict[str, dict[str, Any]] = {
    "en": {
        "search": "Search",
        "dialog": "Search the study",
        "narrow": ["Kind of page", "Lever", "Theme", "Type of authority"],
        "found": "pages found",
        "finder": "Filter the cases",
        "choices": ["Lever", "Mode of action", "Theme", "Type of authority", "Region", "Status"],
        "map": "Map of the cases",
        "places": "The territories of the map",
        "languages": "Select language",
    },
    "fr": {
        "search": "Rechercher",
        "dialog": "Rechercher dans l’étude",
        "narrow": ["Type de page", "Levier", "Thème", "Type de collectivité"],
        "found": "pages trouvées",
        "finder": "Filtrer les cas",
        "choices": ["Levier", "Mode d’action", "Thème", "Type de collectivité", "Région", "État"],
        "map": "Carte des cas",
        "places": "Les territoires de la carte",
        "languages": "Sélectionner la langue",
    },
}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_screen_reader_is_told_what_each_control_is(browser: Browser, root: str, locale: str) -> None:
    """Search, finder, map and language switch have a role and a name in the page's language; counts are announced."""
    told = TOLD[locale]
    page = browser.new_page(**SIZES["desktop"])
    page.goto(f"{root}{'' if locale == 'en' else 'fr/'}cases/")
    switch = page.get_by_role("navigation", name=told["languages"])
    expect(switch.get_by_role("link")).to_have_text(["English", "Français"])
    expect(switch.locator("[aria-current]")).to_have_attribute("lang", locale)
    expect(page.get_by_role("img", name=told["map"])).to_be_visible()
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    assert "graphics-symbol" not in {node["role"]["value"] for node in tree if "role" in node}, "the map is one image"
    page.get_by_text(told["places"], exact=True).click()
    listed = page.locator(".map").get_by_role("link")
    expect(listed).to_have_count(len({case.meta["territory"] for case in STUDY.cases(locale)}))
    finder = page.get_by_role("group", name=told["finder"])
    for name in told["choices"]:
        expect(finder.get_by_role("combobox", name=name, exact=True)).to_be_visible()
    count = page.locator(".finder").get_by_role("status")
    before = count.inner_text()
    finder.get_by_role("combobox", name=told["choices"][3]).select_option("city")
    expect(count).not_to_have_text(before)
    page.get_by_role("button", name=told["search"], exact=True).click()
    dialog = page.get_by_role("dialog", name=told["dialog"])
    dialog.get_by_role("searchbox", name=told["dialog"]).fill("clause")
    expect(dialog.get_by_role("status")).to_contain_text(told["found"])
    for name in told["narrow"]:
        expect(dialog.get_by_role("combobox", name=name)).to_be_visible()
    page.close()


def test_the_search_key_can_be_switched_off(browser: Browser, root: str) -> None:
    """A key alone opens the search unless the reader has said no, which the browser remembers (WCAG 2.1.4)."""
    page = browser.new_page()
    page.goto(root)
    page.keyboard.press("/")
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    expect(page.locator(".search")).to_have_count(0)
    page.locator("[data-search]").click()
    page.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator(".search")).to_be_visible()
    page.close()


def test_a_definition_does_not_outstay_the_focus(browser: Browser, root: str) -> None:
    """When the focus has gone on before the definition is loaded, it does not appear over what is read then."""
    page = browser.new_page(service_workers="block")  # what a worker asks for is not held
    held: list[Route] = []
    page.route("**/glossary.json", lambda route: held.append(route))
    page.goto(root + LEVER)
    with page.expect_request("**/glossary.json"):
        page.locator("a.term").first.focus()
    page.locator("[data-search]").focus()
    held[0].continue_()
    page.wait_for_timeout(500)
    expect(page.locator(".definition:visible")).to_have_count(0)
    page.close()


def built_pages(site: Path) -> list[tuple[str, LexborHTMLParser]]:
    return [(path, LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))) for path in ADDRESSES]


def test_every_table_has_a_caption_and_headers(site: Path) -> None:
    """A table says what it shows, and each of its cells has a header, of its column or its row."""
    for path, tree in built_pages(site):
        for table in tree.css("table"):
            title = table.attributes.get("aria-labelledby")
            caption = tree.css_first(f"#{title}") if title else table.css_first("caption")
            assert caption is not None, f"{path}: write 'Table: what it shows' before the table"
            assert caption.text().strip()
            assert all(cell.attributes.get("scope") in ("col", "row") for cell in table.css("th")), path
            assert all(row.css_first("th") for row in table.css("tr")), path


def test_links_say_where_they_lead(site: Path) -> None:
    """No link is a bare sign to the ear; the mark beside a heading names the heading."""
    for path, tree in built_pages(site):
        for link in tree.css("a[href]"):
            name = link.attributes.get("aria-label") or link.text()
            assert any(c.isalnum() for c in name), f"{path}: {link.html}"
        marks = [link.attributes["aria-label"] for link in tree.css(".headerlink")]
        assert len(marks) == len(set(marks)), path


def test_names_of_places_are_french_in_english_pages(site: Path) -> None:
    """In the lists and tables of English pages, a French place name is marked as French (WCAG 3.1.2, RGAA 8.7)."""
    names = {place.name["fr"] for place in STUDY.territories.values() if place.name["en"] == place.name["fr"]}
    for path, tree in built_pages(site):
        if path.startswith("fr/"):
            continue
        for case in tree.css(".cases > li"):
            place = case.css_first(".facts [lang=fr]")
            assert place is not None and place.text() in names, path


def test_names_of_authorities_are_french_in_english_texts(site: Path) -> None:
    """In headings, texts and lists of English pages, authorities and regions are marked as French, as in tables."""
    names = french_names.pattern(STUDY)
    for path, tree in built_pages(site):
        if path.startswith("fr/"):
            continue
        tree.unwrap_tags(["strong"])
        for marked in tree.css("[lang=fr], svg, .publisher, .entry-source"):
            marked.decompose()
        for part in tree.css("h1, .text, .cases"):
            assert names.findall(part.text()) == [], path


def test_french_names_are_marked_whole_and_nothing_else_is() -> None:
    """The longest name wins, a possessive stays outside, text is escaped; a city and a part of a word are no match."""
    names = french_names.pattern(STUDY)
    text = "Métropole de Lyon’s <b> in Auvergne-Rhône-Alpes, Lyon, the départements & sub-Métropole de Lyon"
    assert french_names.mark(text, names) == (
        "<span lang=fr>Métropole de Lyon</span>’s &lt;b&gt; in <span lang=fr>Auvergne-Rhône-Alpes</span>, Lyon, "
        "the <span lang=fr>départements</span> &amp; sub-Métropole de Lyon"
    ).replace("=fr", '="fr"')
    assert french_names.mark(text, None) == escape(text)
