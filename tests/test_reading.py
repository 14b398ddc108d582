"""The site as a reader meets it, in real Chromium: desktop and phone, keyboard, no script, on paper, both languages."""

import re
import unicodedata
from pathlib import Path

import pytest
from conftest import HOME, Example, Open, search
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from content.locales import OTHER
from content.model import Study
from content.writing import date_text
from web import pages
from web.citing import cited_sources
from web.pages import address


def scroll_to(page: Page, id: str) -> None:
    """Reads down to a section, without the address of it."""
    page.evaluate("(id) => document.getElementById(id).scrollIntoView({ behavior: 'instant' })", id)


def test_switch_keeps_the_section(tab: Open, root: str, lever: Example, locale: str, size: tuple[int, int]) -> None:
    """From a link to a section, or read down to one, the other language opens at the same section: who goes to the
    switch by keyboard stays at what is being read, or at the section of the address."""
    page, id = tab(*size), lever.ids[-1]
    here, there = (f"{root}{HOME[lang]}{lever.path}" for lang in (locale, OTHER[locale]))
    page.goto(f"{here}#{id}")
    switch = page.locator("a[data-switch]")
    switch.press("Enter")
    expect(page).to_have_url(f"{there}#{id}")
    expect(page.locator(f"#{id}")).to_be_in_viewport()
    page.goto(here)
    scroll_to(page, lever.ids[0])
    before = page.evaluate("scrollY")
    switch.focus()
    assert page.evaluate("scrollY") == before
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{there}#{lever.ids[0]}")
    page.goto(f"{here}#{id}")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")  # as Shift+Tab does on its way to the switch
    switch.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{there}#{id}")


def test_switch_keeps_the_place_in_a_list(tab: Open, root: str, locale: str, size: tuple[int, int]) -> None:
    """Within a list that has no headings, the other language opens at the same instrument or lever."""
    page = tab(*size)
    for path, entries in (("levers/instruments/", "tbody tr"), ("", ".levers > li")):
        page.goto(root + HOME[locale] + path)
        id = page.locator(entries).nth(5).get_attribute("id")
        assert id
        scroll_to(page, id)
        page.locator("a[data-switch]").click()
        expect(page).to_have_url(re.compile(f"{root}{HOME[OTHER[locale]]}{path}#."))
        expect(page.locator(f"#{id}")).to_be_in_viewport()


def test_a_section_that_moved_is_found(tab: Open, root: str, study: Study, locale: str) -> None:
    """The old address of a section that is on another page now leads there; without JavaScript, by a link."""
    path, id, new = next(
        (path, id, new) for path in study.pages[locale] for id, new in pages.moved_ids(study, path)[1].items()
    )
    here, there = f"{root}{address(path, locale)}#{id}", root + address(new, locale)
    page = tab(1280, 900)
    page.goto(here)
    expect(page).to_have_url(there)
    bare = tab(320, 640, java_script_enabled=False)
    bare.goto(here)
    bare.locator(".moved:visible a").click()
    expect(bare).to_have_url(there)


def test_without_script_switch_and_menu_are_plain_links(tab: Open, root: str, study: Study, lever: Example) -> None:
    """Without JavaScript the switch leads to the page in the other language, and the menu opens and leads on; the cases
    stand there in full, without a dead form."""
    bare = tab(320, 640, java_script_enabled=False)
    bare.goto(root + lever.path)
    bare.locator("a[data-switch]").click()
    assert bare.url == f"{root}fr/{lever.path}"
    bare.locator(".menu-open").click()
    bare.locator("#menu summary", has_text=re.compile("^Cas$")).click()
    bare.locator("#menu a[href*='cases/']:visible").first.click()
    assert bare.url == f"{root}fr/cases/"
    assert bare.locator(".cases > li:visible").count() == len(study.cases("fr"))
    expect(bare.locator(".finder")).to_be_hidden()


def test_a_link_to_a_section_of_costs_opens_its_amounts(tab: Open, root: str) -> None:
    """Who follows a link to the costs of one kind sees them, and finds the other kinds folded."""
    page = tab(390, 844)
    page.goto(f"{root}reference/costs/")
    folded = page.locator("details:has(.amounts)")
    ids = page.locator(".h3:has(~ details:has(.amounts)) > h3").evaluate_all("(all) => all.map(({ id }) => id)")
    expect(page.locator("details:has(.amounts)[open]")).to_have_count(0)
    page.goto("about:blank")
    page.goto(f"{root}reference/costs/#{ids[1]}")
    expect(page.locator("details:has(.amounts)[open]")).to_have_count(1)
    assert folded.count() > 1


def test_a_link_to_an_instrument_opens_how_to_use_it(tab: Open, root: str, lever: Example) -> None:
    """On a phone a lever's instruments fold below their definitions: who follows a link to one sees its steps, from
    another page or within this one. On a wide screen all stand open."""
    page, (first, second, *_) = tab(390, 844), lever.ids
    page.goto(f"{root}{lever.path}#{first}")
    opened = page.locator(".text .how[open]")
    expect(opened).to_have_count(1)
    expect(page.locator(f".h3:has(#{first}) ~ .how").first).to_have_attribute("open", "")
    page.goto(f"{root}{lever.path}#{second}")
    expect(opened).to_have_count(2)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".text .how:not([open])")).to_have_count(0)
    expect(page.locator(".how > summary:visible")).to_have_count(0)


def test_the_menu_of_a_phone_opens_leads_and_closes(tab: Open, root: str) -> None:
    """Its button opens it; it has the focus, closes by Escape, by its own button, and when the focus goes on, to the
    page or back to the button; it leads to each part, and shows where one is."""
    phone = tab(320, 640, has_touch=True)
    phone.goto(root)
    menu, button = phone.locator("#menu"), phone.locator(".menu-open")
    entries = phone.locator("#menu :is(a, button, summary, input:checked):visible")
    for key, out in (("Escape", 1), ("Tab", 0), ("Shift+Tab", 1)):
        expect(menu).to_be_hidden()
        button.focus()
        phone.keyboard.press("Enter")
        expect(entries.first).to_be_focused()
        for _ in range(out or entries.count()):
            expect(menu).to_be_visible()
            phone.keyboard.press(key)
    expect(menu).to_be_hidden()
    button.tap()
    levers = menu.locator("details", has=phone.locator("a[href*='levers/']")).first
    levers.locator("summary").tap()
    levers.locator("a").first.tap()
    expect(phone).to_have_url(f"{root}levers/")
    button.tap()
    expect(menu.locator("a[aria-current=page]")).to_be_in_viewport()  # the pages beside it are in view
    menu.locator(".close").tap()
    expect(menu).to_be_hidden()


def test_the_contents_say_where_one_is(tab: Open, root: str, lever: Example, size: tuple[int, int]) -> None:
    """Far down a page its contents are in view or one tap away, mark the section being read, and lead to another."""
    page = tab(*size)
    page.goto(root + lever.path)
    contents, here, there = page.locator(".contents"), lever.ids[len(lever.ids) // 2], lever.ids[0]
    scroll_to(page, here)
    if page.locator(".contents-open").is_visible():
        expect(contents).to_be_hidden()
        page.locator(".contents-open").click()
    expect(contents.locator("[aria-current]")).to_have_attribute("href", f"#{here}")
    expect(contents.locator("[aria-current]")).to_be_in_viewport()
    contents.locator(f"a[href='#{there}']").click()
    expect(page.locator(f"#{there}")).to_be_in_viewport()
    assert contents.is_hidden() == (size[0] < 1000)


def test_a_lever_prints_as_a_brief(
    page: Page, root: str, study: Study, lever: Example, locale: str, tmp_path: Path
) -> None:
    """A few A4 sheets, each with its number and the date; no navigation; links and notes with their address."""
    page.goto(root + HOME[locale] + lever.path)
    page.pdf(path=tmp_path / "lever.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "lever.pdf").pages
    assert [round(float(side)) for side in sheets[0].mediabox[2:]] == [595, 842]
    text = [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in sheets]  # no ligatures, plain spaces
    here = next(page for page in study.pages[locale].values() if address(page.path, "en") == lever.path)
    date = unicodedata.normalize("NFKC", date_text(here.meta["updated"], locale))
    assert [n for n, sheet in enumerate(text, 1) if date not in sheet or f"{n}/{len(sheets)}" not in sheet] == []
    lines = {line.strip() for sheet in text for line in sheet.splitlines()}
    assert not lines & {study.words[word][locale] for word in ("menu", "on_this_page", "cite_page", "close")}
    printed = re.sub(r"\s", "", " ".join(text))
    inner = page.locator(".text a[data-address]").first.get_attribute("data-address")
    addresses = [(study.sources[source].url or "").rstrip("/")[:40] for source in cited_sources(here, study)]
    assert [url for url in (f"(.../{inner}", *addresses) if url not in printed] == []


def test_a_long_table_names_its_columns_on_each_sheet(
    page: Page, root: str, study: Study, locale: str, tmp_path: Path
) -> None:
    """Also one that can be sorted: the list of instruments."""
    page.goto(f"{root}{HOME[locale]}levers/instruments/")
    expect(page.locator("table .sort").first).to_be_visible()
    page.pdf(path=tmp_path / "list.pdf", prefer_css_page_size=True)
    text = [re.sub(r"\s", "", sheet.extract_text()) for sheet in PdfReader(tmp_path / "list.pdf").pages]
    names = [re.sub(r"\s", "", study.words[word][locale]) for word in ("good_for", "what_it_takes", "main_risk")]
    assert len(text) > 3 and [n for n, sheet in enumerate(text[:-2]) if not all(name in sheet for name in names)] == []


def test_a_short_address_leads_below_the_header(
    tab: Open, root: str, lever: Example, locale: str, size: tuple[int, int]
) -> None:
    """`/l/5/#lots` opens lever 5 at that instrument, in the language of the address: below the header that stays."""
    page, start, id = tab(*size), root + HOME[locale], lever.ids[2]
    page.goto(f"{start}l/{lever.number}/#{id}")
    page.wait_for_url(f"{start}{lever.path}#{id}")
    heading, header = page.locator(f"#{id}").bounding_box(), page.locator(".site-header").bounding_box()
    assert heading and header and heading["y"] >= header["y"] + header["height"]


def test_both_languages_stand_side_by_side_and_go(page: Page, root: str, lever: Example) -> None:
    """Each section stands beside its translation, fetched when asked for; the address says so. What is being read stays
    where it is when the other language comes and goes, and the switch leads to it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + lever.path)
    assert f"{root}fr/{lever.path}" not in asked
    sections = page.locator(".text > :is(.h2, .h3)").count()
    id = lever.ids[len(lever.ids) // 2]
    heading, button = page.locator(f"#{id}"), page.locator(".tools [data-side]")
    heading.evaluate("(node) => scrollBy(0, node.getBoundingClientRect().top - 120)")
    top = "(node) => node.getBoundingClientRect().top"
    before = heading.evaluate(top)
    button.click()
    expect(page.locator(".pair")).to_have_count(sections + 1)
    assert page.url == f"{root}{lever.path}?side"
    assert abs(heading.evaluate(top) - before) < 5
    row = page.locator(".pair", has=heading)
    expect(row.locator("> [lang=fr] :is(h2, h3)")).to_have_text(lever.headings["fr"][id])
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    page.locator("a[data-switch]").focus()
    assert (page.locator("a[data-switch]").get_attribute("href") or "").endswith(f"#{id}")
    button.press("Enter")
    expect(page.locator(".text > :is(.h2, .h3)")).to_have_count(sections)
    assert page.url == root + lever.path
    assert abs(heading.evaluate(top) - before) < 5


def test_side_by_side_a_phone_has_each_block_before_its_translation(tab: Open, root: str, lever: Example) -> None:
    """What is being read stays, with the translation of its heading and first block below; each item of a list is
    followed by its own, with its number. Closing gives the lists back whole; the address can be shared, and fits."""
    page, id = tab(390, 844, has_touch=True), lever.ids[0]
    page.goto(f"{root}{lever.path}#{id}")
    lists = "[...document.querySelectorAll(':is(.text, .how) > ol')].map((list) => list.children.length)"
    before = page.evaluate(lists)
    toggle = page.locator("[data-side]").last
    toggle.evaluate("(button) => button.click()")
    for width in (390, 320):
        expect(page.locator(f"#other-{id}")).to_be_in_viewport()
        expect(page.locator(f"#{id}")).to_be_in_viewport()
        expect(page.locator(f".pair:has(#{id}) + .pair > [lang=fr]")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.set_viewport_size({"width": 320, "height": 844})
        page.goto(f"{root}{lever.path}?side#{id}")
    numbers = page.locator(".pair > :first-child > ol, .pair > [lang=fr] > ol")
    starts = numbers.evaluate_all("(lists) => lists.map((list) => list.start)")
    assert starts == [n for length in before for item in range(1, length + 1) for n in (item, item)]
    toggle.evaluate("(button) => button.click()")
    expect(page.locator(".pair")).to_have_count(0)
    assert page.evaluate(lists) == before


def test_side_by_side_sets_each_item_beside_its_translation(page: Page, root: str, lever: Example) -> None:
    """Items, rows of tables and entries of the glossary begin at one height; a link within the site keeps the view."""
    for path in ("", lever.path, "reference/glossary/"):
        page.goto(f"{root}{path}?side")
        page.locator(".pair").first.wait_for()
        for _ in range(50):  # fonts move lines
            if not page.evaluate("tests.askew()"):
                break
            page.wait_for_timeout(100)
        assert page.evaluate("tests.askew()") == []
    page.locator(".parts a[href*='levers/']").first.click()
    page.wait_for_url(re.compile(r"/levers/.*\?side"))
    page.locator(".pair").first.wait_for()


def test_side_by_side_shows_the_same_items_on_both_sides(page: Page, root: str, study: Study) -> None:
    """What is filtered, by the address and then by a word, is filtered in both languages, and the page goes on."""
    publisher = next(iter(study.sources.values())).publisher
    for path in ("cases/?side&type=metropolis", f"reference/sources/?side&q={publisher}"):
        page.goto(root + path)
        page.locator(".pair").first.wait_for()
        items = ":is([data-has], .bibliography > li)"
        here, there = (page.locator(f".pair > {side} {items}") for side in (":first-child", "[lang]"))
        left, every = page.locator(":not([hidden])"), here.count()
        expect(here.and_(left)).not_to_have_count(every)
        expect(there.and_(left)).to_have_count(here.and_(left).count())
        page.locator(".finder [name=q]").fill("zzzz")
        expect(here.and_(left)).to_have_count(0)
        expect(there.and_(left)).to_have_count(0)


def test_a_term_shows_its_definition_and_can_be_dismissed(page: Page, root: str, study: Study, lever: Example) -> None:
    """By focus and by hover a term shows its definition in the page's language, and the pointer may go on it; Escape
    puts it away."""
    page.clock.install()
    page.goto(f"{root}fr/{lever.path}")
    term, box = page.locator("a.term").first, page.get_by_role("tooltip")
    entry = study.glossary[(term.get_attribute("href") or "").partition("#")[2]]
    term.focus()
    expect(box).to_contain_text(entry.definition["fr"])
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.locator("h1").hover()
    term.hover()
    expect(box).to_be_visible()
    box.hover()
    page.clock.run_for(5_000)
    expect(box).to_be_visible()
    page.locator("h1").hover()
    expect(box).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1366])
def test_a_note_shows_its_source_on_the_spot(tab: Open, root: str, lever: Example, width: int) -> None:
    """By focus, hover or a tap: on a wide screen beside the text. It adds no stop of the keyboard and is put away."""
    page = tab(width, 800, has_touch=width < 600)
    page.goto(root + lever.path)
    note, box = page.locator(".text > p > sup .footnote-ref").nth(3), page.get_by_role("tooltip")
    source = page.locator(note.get_attribute("href") or "")
    if width < 600:
        note.tap()
    else:
        note.hover()
    expect(box).to_contain_text(source.locator("b").inner_text())
    expect(box.locator("a").first).to_have_attribute("tabindex", "-1")
    text, at = note.locator("xpath=ancestor::p").bounding_box(), box.bounding_box()
    assert text and at
    assert (at["x"] >= text["x"] + text["width"]) == (width > 600)
    assert at["x"] + at["width"] <= width
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    note.blur()
    note.focus()
    expect(box).to_be_visible()


def test_what_is_to_be_copied_is_copied_whole(tab: Open, root: str, study: Study, lever: Example, locale: str) -> None:
    """The mark of a heading copies its address; buttons copy the citation of a page or instrument, and a text to copy
    as it is read, without the numbers of its notes, the items of its lists behind a dash. All say so."""
    page, id = tab(permissions=["clipboard-read", "clipboard-write"]), lever.ids[0]

    def copied(control: Locator, said: Locator) -> str:
        control.press("Enter")
        expect(said).to_have_text(re.compile(r"\w"))
        return str(page.evaluate("navigator.clipboard.readText()"))

    page.goto(root + HOME[locale] + lever.path)
    mark, said = page.locator(f'.headerlink[href="#{id}"]'), page.locator(f":has(> #{id}) > [role=status]")
    assert copied(mark, said) == f"{root}{HOME[locale]}{lever.path}#{id}"
    cite, strip = page.locator("#cite"), page.locator(".strip.end").first
    cite.locator("summary").click()
    words = copied(cite.locator('[data-copy="citation"]'), cite.get_by_role("status"))
    assert words == page.locator("#citation").text_content()
    words = copied(strip.get_by_role("button"), strip.get_by_role("status"))
    assert study.instruments[id].name[locale] in words and words.endswith(f"/{HOME[locale]}i/{id}/")
    most = max(study.pages[locale].values(), key=lambda page: page.body.count("!!! copy"))
    page.goto(root + address(most.path, locale))
    for box in page.locator("details.copy").all():
        box.locator("summary").click()
        words = copied(box.get_by_role("button"), box.get_by_role("status"))
        box.locator("sup").evaluate_all("numbers => numbers.forEach((number) => number.remove())")
        box.locator("ul > li").evaluate_all("items => items.forEach((item) => item.prepend('– '))")
        assert " ".join(words.split()) == " ".join(box.locator("blockquote").inner_text().split()) != ""


def test_a_reader_chooses_light_or_dark(tab: Open, root: str) -> None:
    """The colours chosen in the menu hold at once and on the next page, before its script; then the system's again."""
    page = tab(color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    page.goto(root)
    light = page.evaluate(paper)
    page.locator(".menu-open").click()
    page.locator("input[name=colours][value=dark]").check()
    dark = page.evaluate(paper)
    assert dark != light
    page.route(re.compile(r"/site\.js"), lambda route: route.abort())
    page.goto(f"{root}fr/levers/")
    assert page.evaluate(paper) == dark
    page.unroute_all()
    page.goto(root)
    page.locator(".menu-open").click()
    page.locator("input[name=colours][value='']").check()
    assert page.evaluate(paper) == light
    assert page.evaluate("localStorage.length") == 0


def test_not_found_speaks_the_language_of_the_address(page: Page, root: str, locale: str) -> None:
    """An address that does not exist is answered in its own language, with a search and with links to both homes."""
    response = page.goto(f"{root}{HOME[locale]}no/such/page/")
    assert response and response.status == 404
    expect(page.locator("html")).to_have_attribute("lang", locale)
    expect(page.locator("h1:visible")).to_have_count(1)
    expect(page.locator(".languages a")).to_have_count(2)
    assert page.locator("main a:visible").first.evaluate("link => link.href") == root + HOME[locale]
    search(page, "social")
    page.locator(".search ol > li > a").first.click()
    page.wait_for_url(f"{root}{HOME[locale]}**")
    assert page.locator("html").get_attribute("lang") == locale
    assert page.locator(".not-found").count() == 0
