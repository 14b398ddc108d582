"""The built site, by rules that no other tool knows: lychee sees to links and anchors, the Nu checker to the HTML.

A rule is a function that names all that breaks it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from conftest import ROOT, read
from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.locales import LOCALES, OTHER
from web.pages import address

# What the Content-Security-Policy stops wherever it comes from (JSON-LD is data), and what is fetched from elsewhere.
STOPPED = """script:not([src], [type="application/ld+json"]), style, [style], iframe, object, embed, [formaction],
    form[action], base, [src*="//"], link[href*="//"]:not([rel~=canonical], [rel~=alternate]), svg [href*="//"]"""
# A tag, **strong**, [^note], [link](address), { .attribute } or a name of a template, where a page means to show none.
MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|\*\*|\[\^[^\]]*\]|\]\([^)\s]+\)|\{:?\s*(?:[.#]\w|lang=)[^{}]*\}|\{\{|\{%"
)
WHOLE = ("sw.js", "sitemap.xml", "pagefind/pagefind.js")  # that no page links, and no reader would report missing


def values(nodes: Iterable[LexborNode], name: str) -> list[str]:
    return [node.attributes.get(name) or "" for node in nodes]


def all_pages(site: Path) -> dict[str, LexborHTMLParser]:
    """Every page of the site by its address: `levers/`, `fr/levers/`, `404.html`."""
    files = sorted(site.rglob("*.html"))
    return {f.relative_to(site).as_posix().removesuffix("index.html"): LexborHTMLParser(f.read_bytes()) for f in files}


def refresh(tree: LexborHTMLParser) -> str | None:
    """The address to which a page redirects."""
    found = values(tree.css("meta[http-equiv=refresh]"), "content")
    return found[0].partition("url=")[2] if found else None


def content_pages(site: Path) -> dict[str, LexborHTMLParser]:
    """The pages that redirect nowhere, but for the one of what is not found, which has both languages."""
    return {at: tree for at, tree in all_pages(site).items() if refresh(tree) is None and at != "404.html"}


def wrong_addresses(site: Path) -> Iterator[str]:
    """A page has the language of its address; canonical and hreflang addresses are its own, in both languages, where
    it is, and as x-default; only the language switch leads to the other language."""
    pages = content_pages(site)
    home = values(pages[""].css("link[rel=canonical]"), "href")[0]
    for here, tree in pages.items():
        locale, english = "fr" if here.startswith("fr/") else "en", here.removeprefix("fr/")
        own = {"canonical": here, "en": english, "fr": f"fr/{english}", "x-default": english}
        for name, due in own.items():
            links = tree.css(f'link:is([rel=alternate][hreflang="{name}"], [rel="{name}"])')
            if values(links, "href") != [home + due]:
                yield f"{here}: {name}"
        if values(tree.css("html"), "lang") != [locale] or own[OTHER[locale]] not in pages:
            yield f"{here}: its language"
        links = tree.css("a[href]:not([hreflang], [href^='#'], [href*=':'])")
        targets = {urljoin(f"/{here}", href)[1:].partition("#")[0] for href in values(links, "href")}
        yield from (f"{here}: {to}" for to in targets & pages.keys() if to.startswith("fr/") != (locale == "fr"))


def wrong_titles(site: Path) -> Iterator[str]:
    """Every page has a title and a description, its own in its language."""
    seen = {("en", ""), ("fr", "")}
    for here, tree in content_pages(site).items():
        titles = [node.text().strip() for node in tree.css("head > title")]
        for text in (titles, values(tree.css("meta[name=description]"), "content")):
            said = ("fr" if here.startswith("fr/") else "en", "".join(text))
            if said in seen:
                yield f"{here}: {said[1]}"
            seen.add(said)


def stopped_by_policy(site: Path) -> Iterator[str]:
    """A page runs and loads the site's own files: nothing inline, nothing of another host."""
    for here, tree in all_pages(site).items():
        handlers = [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)]
        yield from (f"{here}: {(node.html or '')[:60]}" for node in (*tree.css(STOPPED), *handlers))


def shown_markup(site: Path) -> Iterator[str]:
    """A page shows its text, not tags, Markdown or names of a template."""
    for here, tree in all_pages(site).items():
        tree.strip_tags(["pre", "code", "script", "style"])  # they may show markup
        yield from (f"{here}: {shown}" for shown in MARKUP.findall(tree.body.text() if tree.body else ""))


def broken_redirects(site: Path) -> Iterator[str]:
    """A redirect leads to a page and id of the site, and on to no other."""
    pages = content_pages(site)
    for here, tree in all_pages(site).items():
        to, _, id = urljoin(f"/{here}", refresh(tree) or "")[1:].partition("#")
        if refresh(tree) is not None and (to not in pages or (id and not pages[to].css(f'[id="{id}"]'))):
            yield f"{here}: {refresh(tree)}"


def lost_addresses(site: Path) -> Iterator[str]:
    """Every address of data/published.txt is on the site in both languages, with its anchor, or redirects."""
    pages = all_pages(site)
    ids = {here: {*values(tree.css("[id]"), "id")} for here, tree in pages.items()}
    for line in read(ROOT / "data/published.txt").split():
        for locale in LOCALES:
            here, _, id = address(line, locale).partition("#")
            moved = refresh(pages[here]) if here in pages else None
            to = urljoin(f"/{here}", moved or "")[1:].partition("#")[0]
            if to not in pages or (id and id not in ids[to]):
                yield f"{locale}: {line}"


def incomplete(site: Path) -> Iterator[str]:
    """Search, service worker and sitemap are there, and no file is empty."""
    yield from (name for name in WHOLE if not (site / name).exists())
    yield from (str(file) for file in site.rglob("*") if file.is_file() and not file.stat().st_size)


RULES = (wrong_addresses, wrong_titles, stopped_by_policy, shown_markup, broken_redirects, lost_addresses, incomplete)


@pytest.mark.parametrize("rule", RULES)
def test_the_site_keeps_the_rule(rule: Callable[[Path], Iterator[str]], site: Path) -> None:
    assert [*rule(site)] == []
