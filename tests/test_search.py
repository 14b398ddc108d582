"""Finding a page: the search in the reader's language, in real Chromium."""

import re
from collections import Counter
from typing import Any

from conftest import HOME, Example, Open, data, search
from playwright.sync_api import Locator, Page, Route, expect

from content.files import Mapped
from content.model import Page as Content
from content.model import Study
from web.pages import address, first_sentence

QUERIES: dict[str, Any] = data("queries")
MOST = 12  # results shown
RESULT = ".search ol > li > a"


def test_queries_find_their_place_among_the_first_three(page: Page, root: str, locale: str) -> None:
    """What readers type, in their own words too, leads to the place that queries.yml names: 95 times of 100. Accents,
    elision and either apostrophe, œ, plurals and feminines, the marks of a number change nothing of what is found. As
    many are shown as are said, up to twelve, each address once. What a query names is the very first: an instrument, a
    page, then a term; what organisations ask for, only for them."""
    page.goto(root + HOME[locale])
    missed = {}
    for query, paths in QUERIES[locale].items():
        count, found, _ = page.evaluate("tests.find", query)
        assert len(found) == len({urls[0] for urls in found}) == min(count, MOST), query
        offered = [url.partition("?")[0] for urls in found[:3] for url in (*urls, urls[0].partition("#")[0])]
        wanted = [address(path, locale) for path in ([paths] if isinstance(paths, str) else paths or [])]
        if not (set(wanted) & set(offered) if wanted else not found):
            missed[query] = offered
    assert len(missed) <= 0.05 * len(QUERIES[locale]), missed
    first = {query: page.evaluate("tests.find", query)[1][0][0] for query in QUERIES["first"][locale]}
    assert first == {query: address(path, locale) for query, path in QUERIES["first"][locale].items()}
    forms = [re.split(" *, *", forms) for forms in QUERIES["forms"][locale]]
    counts = [{form: page.evaluate("tests.find", form)[0] for form in each} for each in forms]
    assert [each for each in counts if len(set(each.values())) > 1 or 0 in each.values()] == []


def test_an_answer_has_the_title_of_its_record(page: Page, root: str, locale: str, study: Study) -> None:
    """Also where search.yml has several records of one address, of which a query finds one."""
    page.goto(root + HOME[locale])
    records = Counter(answer.page for answer in study.answers.values())
    for answer in (one for one in study.answers.values() if one.title or records[one.page] > 1):
        _, found, titles = page.evaluate("tests.find", answer.asked[locale][0])
        assert len({urls[0] for urls in found}) == len(found), answer
        assert not answer.title or answer.title[locale] in titles[:3], answer


def test_what_stands_below_an_answer_is_of_its_own_section() -> None:
    """Its first sentence, of a step too; where it has none, its caption, not the next section."""
    table = "\n\nTable: The sums\n\n| a | b |\n| --- | --- |\n| c | d |\n\n"
    page = Content(
        "en",
        "a.md",
        Mapped(),
        f"## A {{ #a }}{table}A sentence.\n\n## B {{ #b }}{table}## C {{ #c }}\n\n## D {{ #d }}\n\n1. A step.\n",
        1,
    )
    assert [first_sentence(page, id) for id in "abcd"] == ["A sentence.", "The sums", "", "A step."]


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


def test_each_choice_says_how_many_results_it_leaves(page: Page, root: str, locale: str) -> None:
    """Also of a long query, of which no page has all the words."""
    page.goto(root + HOME[locale])
    said, left = page.evaluate("tests.choices", next(iter(QUERIES[locale])))
    assert said == left
    assert any(said)


def test_search_finds_what_is_typed_before_it_is_loaded(page: Page, root: str) -> None:
    """The first query of a visit, typed at once, has its results: what was asked before it does not put it aside. It
    says that it searches, and Enter need not wait."""
    held: list[Route] = []
    page.route("**/data/search.json*", lambda route: held.append(route))
    field, said = open_search(page, root)
    hint = said.inner_text()
    page.keyboard.type("social")
    expect(said).not_to_have_text(hint)
    expect(said).to_have_text(re.compile("…$"))
    held[0].continue_()
    expect(said).to_have_text(re.compile(r"\d"))
    field.fill("zero")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(root)


def test_who_comes_back_from_a_result_goes_on_from_the_search(page: Page, root: str) -> None:
    """Back from the page of a result, the search still has what was asked, and its results."""
    page.goto(root)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("zero")
    page.locator(".search ol a").first.click()
    page.wait_for_url(lambda url: url != root)
    page.go_back()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_have_value("zero")
    expect(page.locator(".search ol a").first).to_be_visible()


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
    open_search(page, root)
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
