"""Accessibility: axe-core without exclusion, then what axe cannot see, by keyboard and by eye."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Example, Open, search
from playwright.sync_api import Page, expect

from content.locales import LOCALES
from content.model import Page as Content
from web.pages import address

# WCAG 2.0 to 2.2, A and AA, RGAA 4, axe's best practices, and two of its experiments with tables.
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"],
    "rules": {"td-has-header": {"enabled": True}, "table-fake-caption": {"enabled": True}},
    "resultTypes": ["violations"],
}
# In dark, those of its rules that look at colours: the elements are those of the light page.
OF_COLOURS: dict[str, Any] = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
SCHEMES: dict[Any, Any] = {"light": RULES, "dark": OF_COLOURS}
AXE = Axe().axe_script
RUN = """async (options) => (await axe.run(options)).violations.map(
  (v) => `${v.id} (${v.impact}) at ${v.nodes[0].target}, ${v.nodes.length} times`)"""

# A desktop has a mouse, a phone a finger: what shows at a hover on the one stands open on the other.
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {},
    "phone": {"width": 320, "height": 640, "has_touch": True},
}


def violations(page: Page, seen: list[str], in_dark: bool) -> list[str]:
    """What axe finds of what is new on the page, in light and, of colours, in dark."""
    new, found = page.evaluate("tests.prune", seen), list[str]()
    if not new:
        return []
    seen += new
    page.evaluate(AXE)
    for scheme, rules in list(SCHEMES.items())[: 1 + in_dark]:
        page.emulate_media(color_scheme=scheme)
        found += [f"{page.url}, {scheme}: {violation}" for violation in page.evaluate(RUN, rules)]
    return found


def too_wide(page: Page) -> list[str]:
    """What a narrow window would have to scroll sideways for, or cuts, as it is and spaced out."""
    return [f"{page.url}: {clipped}" for clipped in page.evaluate("tests.clipped()")]


def unfold(page: Page) -> None:
    page.locator("details").evaluate_all("(all) => all.forEach((details) => { details.open = true; })")


def filter_cases(page: Page) -> None:
    page.locator(".finder summary").click()
    page.locator(".finder select[name=type]").select_option("city")


def both_languages(page: Page) -> None:
    if not page.locator(".tools [data-side]").is_visible():
        page.locator(".menu-open").click()  # on a phone it is in the menu
    page.locator("[data-side]:visible").click()
    page.locator(".pair").first.wait_for()


def definition(page: Page) -> None:
    page.locator("a.term").first.focus()
    page.get_by_role("tooltip").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_finding_of_axe_or_is_too_wide(
    tab: Open, root: str, pages: list[Content], lever: Example, size: str
) -> None:
    """Axe finds nothing, with all that folds unfolded, nor in search, finder, side by side, definitions and menu once
    they are used. On a narrow phone no page scrolls sideways (a wide table scrolls inside itself), nor is a text cut,
    nor with the letters, words, lines and paragraphs that a reader may space out.

    What depends on words is asked of every page by others: the order of headings and ids by the checker, captions and
    heads of tables by test_site.py. Both languages have the same elements; those in French are of other widths.
    The style sheets give no element a colour on a phone that it has not on a desktop, but for what the menu opens.
    """
    page, found, seen = tab(**SIZES[size]), list[str](), list[str]()
    own = {locale: [address(one.path, locale) for one in pages if one.locale == locale] for locale in LOCALES}
    redirect = f"l/{lever.number}/"
    walk: list[tuple[str, Callable[[Page], object]]] = [
        *((path, unfold) for path in (*own["en"], "no/such/page/", "fr/pas/de/page/", f"{lever.path}#{lever.ids[0]}")),
        ("fr/", lambda page: search(page, "social")),
        ("cases/", filter_cases),
        (lever.path, both_languages),
        ("fr/cases/", both_languages),
        (f"fr/{lever.path}", definition),
        (lever.path, lambda page: page.locator(".menu-open").click()),
        (redirect, unfold),
    ]
    for path, act in walk:
        if path == redirect:  # it stays to be looked at; the last, for what is routed is loaded anew each time
            page.route("**/redirect.js*", lambda route: route.abort())
        page.goto(root + path)
        found += too_wide(page) if size == "phone" else []
        act(page)
        found += violations(page, seen, in_dark=size == "desktop" or act is not unfold)
    page.unroute_all()
    for path in own["fr"] if size == "phone" else ():
        page.goto(root + path)
        found += too_wide(page)
    assert found == []


# The second is a desktop window enlarged four times (WCAG 1.4.10, 2.4.7, 2.4.11): as narrow as a phone, and lower.
@pytest.mark.parametrize("size", [(1280, 900), (320, 256)], ids=["1280", "320"])
def test_focus_is_seen_wherever_keys_lead(tab: Open, root: str, lever: Example, size: tuple[int, int]) -> None:
    """Through whole pages, forwards and backwards, the focus has an outline, and no header and no definition over it;
    so it is through the results of the search, by Tab and by arrow, where a form stays."""
    page, wrong = tab(*size), dict[str, str]()  # where each was first met

    def look() -> bool:
        found = page.evaluate("tests.focused()")
        wrong.update({each: wrong.get(each, page.url) for each in found or ()})
        return found is not None

    for path in ("cases/", f"fr/{lever.path}", ""):
        page.goto(root + path)
        stops = 0
        for key in ("Tab", "Shift+Tab"):
            page.keyboard.press(key)
            assert stops or page.evaluate("document.activeElement.hash") == "#text"  # the skip link is the first of all
            while look():
                stops += 1
                page.keyboard.press(key)
        assert stops > page.locator("main a[href]:visible").count()
    search(page, "social")
    for key in ("Tab", "Shift+Tab", "ArrowDown", "ArrowUp"):
        for _ in range(40):
            page.keyboard.press(key)
            look()  # nothing has it for a moment: a dialog leaves the browser's own controls reachable
    assert wrong == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_focus_and_states(tab: Open, root: str, lever: Example, scheme: Any) -> None:
    """In the colours that a reader forces, focus, the current menu entry, marks and a pressed button show."""
    page = tab(forced_colors="active", color_scheme=scheme)

    def colour(selector: str, name: str) -> str:
        return str(page.eval_on_selector(selector, "(e, name) => getComputedStyle(e)[name]", name))

    page.goto(f"{root}cases/?type=city")
    paper = colour("body", "backgroundColor")
    assert colour(".map circle:not(.room)", "fill") != paper
    current, other = (f".parts > ul > li > a{kind}" for kind in ("[aria-current]", ":not([aria-current])"))
    assert colour(current, "borderBottomColor") != colour(other, "borderBottomColor")
    page.locator(".finder summary").press("Enter")
    for control in (".finder select", ".finder button", ".cases > li > a"):
        expect(page.locator(control).first).to_be_visible()  # the button, once the finder has read the address
        page.locator(control).first.focus()
        assert colour(f"{control}:focus", "outlineStyle") != "none", control
    page.goto(root + lever.path)
    both_languages(page)
    assert colour(".tools [data-side]", "backgroundColor") != paper
