"""X: the rules for the built site, `site/`, that no other tool knows.

English pages are at `site/…/index.html`, French ones at `site/fr/…/index.html`; `site/404.html` has both languages; a
page with a meta refresh is a redirect. `make test` has lychee see to links and anchors, the Nu checker to the HTML.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from checker.addresses import split_address
from checker.links import PUBLISHED
from checker.registry import RULES, site_rule
from content.findings import Finding, in_order
from content.locales import LANGUAGE, LOCALES, OTHER

REFRESH = re.compile(r"""url\s*=\s*["']?([^"']+)""", re.IGNORECASE)  # in `0; url=../../levers/`
# What the Content-Security-Policy stops wherever it comes from; JSON-LD is data. Handlers (`onclick`) come besides.
INLINE_CODE = """script:not([src], [type="application/ld+json"]), style, [style], iframe, object, embed, [formaction],
    form[action], base"""
# What a browser fetches with the page, by the attribute that names it.
LOADED_BY_ATTRIBUTE = {"src": "[src]", "href": "link:not([rel~=canonical], [rel~=alternate]), svg [href]"}
# A tag, **strong**, [^note], [link](address), { .attribute } or a name of a template, where a page means to show none.
MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|\*\*|\[\^[^\]]*\]|\]\([^)\s]+\)|\{:?\s*(?:[.#]\w|lang=)[^{}]*\}|\{\{|\{%"
)


@dataclass(frozen=True)
class SitePage:
    """A page of the site: `path` of its file below `site/`, `address` below the home page's."""

    path: str
    address: str
    locale: str
    text: str
    tree: LexborHTMLParser
    refresh: str | None  # the address that it redirects to

    def values(self, selector: str, name: str) -> list[str]:
        """The attribute of that name of each element that the selector finds, where it has one and not an empty one."""
        return [value for node in self.tree.css(selector) if (value := node.attributes.get(name))]

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(self.values("[id]", "id"))

    def finding(self, message: str, near: str = "") -> Finding:
        """A finding where `near` stands in the HTML, first in its main part; at the top when it does not."""
        main = max(self.text.find("<main"), 0)
        at = max(self.text.find(near, main), self.text.find(near, 0, main), 0) if near else 0
        return Finding(f"site/{self.path}", self.text.count("\n", 0, at) + 1, 1, message)


@dataclass(frozen=True)
class Site:
    """The built site of the project at `root`; `base` is the address of its home page."""

    root: Path
    base: str
    pages: dict[str, SitePage]  # by path
    content: list[SitePage]  # those that are no redirects and not the 404 page

    def locate(self, page: SitePage, target: str) -> tuple[str | None, str]:
        """The path below `site/` that an address on a page names (None: elsewhere, or unreadable) and its anchor."""
        try:
            address, _, anchor = urljoin(self.base + page.address, target).partition("#")
        except ValueError:
            return None, ""
        path = address.partition("?")[0].removeprefix(self.base)
        path += "index.html" if path[-1:] in ("", "/") else ""
        return path if address.startswith(self.base) else None, anchor


def read_site(root: Path) -> Site:
    """Reads every page of `site/`. Raises OSError when one cannot be read."""
    pages: dict[str, SitePage] = {}
    for file in sorted((root / "site").rglob("*.html")):
        path, text = file.relative_to(root / "site").as_posix(), file.read_text(encoding="utf-8", errors="replace")
        tree, locale = LexborHTMLParser(text), "fr" if path.startswith("fr/") else "en"
        meta = tree.css_first('meta[http-equiv="refresh" i]')
        found = REFRESH.search(meta.attributes.get("content") or "") if meta else None
        refresh = found[1].strip() if found else "" if meta else None
        pages[path] = SitePage(path, path.removesuffix("index.html"), locale, text, tree, refresh)
    content = [page for page in pages.values() if page.refresh is None and page.path != "404.html"]
    base = "".join(pages["index.html"].values("link[rel=canonical]", "href") if "index.html" in pages else [])
    return Site(root, base if split_address(base)[0] else "https://site.invalid/", pages, content)


@site_rule("X005")
def other_language_links(site: Site) -> Iterator[Finding]:
    """Only the language switch (elements with `hreflang`) leads to the other language."""
    for page in site.content:
        for target in set(page.values("a:not([hreflang], [href^='#'], [href*=':'])", "href")):
            to = site.pages.get(site.locate(page, target)[0] or "")
            if to and to.locale != page.locale and to.refresh is None:
                message = f"'{target}' leads to a page in {LANGUAGE[to.locale]}: link within the language"
                yield page.finding(message, target)


@site_rule("X008")
def wrong_languages(site: Site) -> Iterator[Finding]:
    """`<html lang>` is the language of the page's address."""
    for page in site.content:
        if (lang := "".join(page.values("html", "lang"))) != page.locale:
            yield page.finding(f"html has lang '{lang}' at an address in {LANGUAGE[page.locale]}: correct it")


@site_rule("X009")
def wrong_titles(site: Site) -> Iterator[Finding]:
    """Every page has a title and a description, its own in its language."""
    seen: dict[tuple[str, str, str], str] = {}
    for page in site.content:
        title = "".join(node.text().strip() for node in page.tree.css("head > title"))
        for what, text in ("title", title), ("description", "".join(page.values("meta[name=description]", "content"))):
            twin = seen.setdefault((page.locale, what, text), page.path)
            if not text:
                yield page.finding(f"has no {what}: give it one")
            elif twin != page.path:
                yield page.finding(f"the {what} is that of site/{twin} too: give each its own")


@site_rule("X010")
def wrong_addresses(site: Site) -> Iterator[Finding]:
    """The canonical and hreflang addresses are the page's own, in both languages and as x-default, and are there."""
    for page in site.content:
        plain = page.address.removeprefix("fr/")
        own = {"canonical": page.address, "en": plain, "fr": f"fr/{plain}", "x-default": plain}
        for name, address in own.items():
            given = page.values(f'link:is([rel=alternate][hreflang="{name}"], [rel="{name}"])', "href")
            if given != [site.base + address]:
                message = f"{name} is {given or 'missing'}: it should be once '{site.base}{address}'"
                yield page.finding(message, f'href="{"".join(given)}"')
        if (other := f"{own[OTHER[page.locale]]}index.html") not in site.pages:
            yield page.finding(f"has no page in {LANGUAGE[OTHER[page.locale]]}: site/{other} is missing")


@site_rule("X014")
def broken_redirects(site: Site) -> Iterator[Finding]:
    """A redirect leads to a page (and id) of the site."""
    for page in site.pages.values():
        path, anchor = site.locate(page, page.refresh or "")
        to = site.pages.get(path or "")
        if page.refresh is not None and (not to or to is page or (anchor and anchor not in to.ids)):
            yield page.finding(f"redirects to '{page.refresh}', which is no page of the site: correct it")


@site_rule("X016")
def stopped_by_policy(site: Site) -> Iterator[Finding]:
    """A page runs and loads the site's own files: nothing inline, nothing of another host."""
    for page in site.pages.values():
        nodes = page.tree.css(INLINE_CODE)
        nodes += [node for node in page.tree.css("*") if any(name.startswith("on") for name in node.attributes)]
        for start in ((node.html or "")[:40] for node in nodes):
            yield page.finding(f"'{start}…' does nothing under the page's Content-Security-Policy: remove it", start)
        loaded = [target for name, selector in LOADED_BY_ATTRIBUTE.items() for target in page.values(selector, name)]
        for target in (target for target in loaded if site.locate(page, target)[0] is None):
            yield page.finding(f"'{target}' is loaded from elsewhere: put the file into the site", target)


@site_rule("X017")
def shown_markup(site: Site) -> Iterator[Finding]:
    """A page shows its text, not tags, Markdown or names of a template."""
    for page in site.pages.values():
        tree = LexborHTMLParser(page.text)
        tree.strip_tags(["pre", "code", "script", "style"])  # they may show markup
        for shown in dict.fromkeys(MARKUP.findall(tree.body.text() if tree.body else "")):
            message = f"'{shown}' stands as text on the page: correct it where it is made"
            yield page.finding(message, html.escape(shown, quote=False))


@site_rule("X018")
def addresses_not_on_site(site: Site) -> Iterator[Finding]:
    """Every address of data/published.txt is on the site in both languages, with its anchor, or redirects.

    A page that was edited after the site was built is not judged by it: R001 sees to its source.
    """
    file = site.root / PUBLISHED
    for line, published in enumerate(file.read_text(encoding="utf-8").split() if file.exists() else [], 1):
        path, _, id = published.partition("#")
        for locale in LOCALES:
            folder = "" if locale == LOCALES[0] else f"{locale}/"
            names = (f"{folder}{path[:-3]}.html", f"{folder}{path[:-3]}/index.html")
            page = next((site.pages[name] for name in names if name in site.pages), None)
            if page and page.refresh:
                page = site.pages.get(site.locate(page, page.refresh)[0] or "")
            if page and (not id or id in page.ids):
                continue
            if not _edited_since(site, page or site.pages.get("index.html"), f"docs/{locale}/{path}"):
                message = f"'/{folder}{published}' is not on the site: say in data/redirects.yml where it leads"
                yield Finding(PUBLISHED, line, 1, message)


def _edited_since(site: Site, page: SitePage | None, source: str) -> bool:
    """Whether a source is newer than a page of the site."""
    file = site.root / source
    return bool(page and file.is_file() and file.stat().st_mtime > (site.root / "site" / page.path).stat().st_mtime)


WHOLE = ("sw.js", "sitemap.xml", "pagefind/pagefind.js")  # that no page links, and no reader would report missing


@site_rule("X019")
def incomplete_site(site: Site) -> Iterator[Finding]:
    """A site is whole: search, service worker and every file of docs/assets are there, and no file is empty."""
    folder, assets = site.root / "site", site.root / "docs" / "assets"
    sizes = {file.relative_to(folder): file.stat().st_size for file in folder.rglob("*") if file.is_file()}
    names = {path.name for path in sizes}
    missing = {name for name in WHOLE if Path(name) not in sizes}
    missing |= {file.name for file in assets.rglob("[!.]*") if file.is_file() and file.name not in names}
    for name in sorted(missing):
        yield Finding(f"site/{name}", 1, 1, "is not there: run make site")
    for path in sorted(path for path, size in sizes.items() if size == 0):
        yield Finding(f"site/{path.as_posix()}", 1, 1, "is empty: run make site")


def check(root: Path) -> list[Finding]:
    """The findings over the built site of a project; none when it is not built. Raises OSError."""
    site = read_site(root)
    rules = [rule for rule in RULES.values() if rule.scope == "site" and (root / "site").is_dir()]
    return in_order({found._replace(code=rule.code) for rule in rules for found in rule.function(site)})
