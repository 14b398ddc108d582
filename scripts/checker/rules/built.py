"""The checker's rules for the built site, over `site/`; see `check.py`.

English pages are at `site/…/index.html`, French ones at `site/fr/…/index.html`; `site/404.html` has
both languages; a page with a meta refresh is a redirect. Each file is parsed once.
"""

from __future__ import annotations

import html
import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from checker.addresses import malformed_address, split_address
from content.model import LANGUAGE, OTHER, Finding, Hit


class Reference(NamedTuple):
    """An address in an attribute, the `nth` of the page with this target (from 0).

    `switch` when its element has `hreflang`, `meta` when it is a canonical or alternate link.
    """

    target: str
    nth: int
    tag: str
    switch: bool
    meta: bool


_reference = lru_cache(maxsize=100_000)(Reference)  # pages have most of their links in common


@dataclass(frozen=True)
class SitePage:
    """A page of the site; `path` is relative to `site/`, `address` to the address of the home page."""

    folder: Path  # of the site
    path: str
    lang: str | None
    title: str
    description: str
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]  # hreflang, address
    ids: tuple[str, ...]
    references: tuple[Reference, ...]
    images_without_alt: tuple[str, ...]
    has_text: bool
    refresh: str | None
    inline: tuple[str, ...]  # what the page's policy stops, as it is written
    markup: tuple[str, ...]  # tags, marks of Markdown and of templates that a reader would see

    @cached_property
    def address(self) -> str:
        return self.path.removesuffix("index.html")

    @cached_property
    def above(self) -> list[str]:
        """The folder that the page is in, then those above it, up to that of the site."""
        folders = self.address.split("/")[:-1]
        return ["".join(f"{name}/" for name in folders[:end]) for end in range(len(folders), -1, -1)]

    @property
    def locale(self) -> str:
        return "fr" if self.path.startswith("fr/") else "en"

    @property
    def is_content(self) -> bool:
        """Whether it is a page of its own: no redirect, not the 404 page."""
        return self.refresh is None and self.path.rsplit("/", 1)[-1] != "404.html"

    def hit(self, message: str, near: str = "", nth: int = 0) -> Hit:
        """A hit at the nth attribute (from 0) with that value; at the top when it is not found."""
        text = (self.folder / self.path).read_text(encoding="utf-8", errors="replace")
        value = f"(?:{re.escape(near)}|{re.escape(html.escape(near))})"
        attribute = re.compile(rf"""\b(?:href|src|srcset|id|hreflang)\s*=\s*(?:"{value}"|'{value}'|{value}[\s>])""")
        found = next(itertools.islice(attribute.finditer(text), nth, None), None) if near else None
        at = found.start() if found else text.find(near)
        return Hit(f"site/{self.path}", text.count("\n", 0, max(at, 0)) + 1, 1, message)

    def hit_at(self, reference: Reference, message: str) -> Hit:
        return self.hit(message, reference.target, reference.nth)


@dataclass(frozen=True)
class Site:
    """The built site; `base` is the address of its home page."""

    base: str
    files: frozenset[str]
    pages: dict[str, SitePage]  # by path
    sitemap: tuple[str, ...] | None  # None when it cannot be read

    @property
    def content(self) -> Iterator[SitePage]:
        return (page for page in self.pages.values() if page.is_content)

    def resolve(self, page: SitePage, given: str) -> tuple[str, str] | None:
        """The file below `site/` that an address names (whether it exists or not) and the anchor; None for others."""
        if given.startswith(("https://", "http://")) and not given.startswith(self.host):
            return None
        target, above = given, page.above
        if target.startswith(self.base):
            target, above = f"./{target.removeprefix(self.base)}", [""]
        plain = _plain(target)
        if plain and plain[0] < len(above):  # most addresses, and quicker than what follows
            up, rest, anchor = plain
            return self._file(above[up] + rest if up or rest or target[:1] == "." else page.address), anchor
        try:
            parts = urlsplit(urljoin(self.base + page.address, given.strip()))
        except ValueError:
            return None
        base = urlsplit(self.base)
        if (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
            return None
        path = unquote(parts.path)
        path = path.removeprefix(base.path) if path.startswith(base.path) else f"..{path}"
        return self._file(path), unquote(parts.fragment)

    def _file(self, path: str) -> str:
        if path.endswith("/") or path in ("", ".."):
            return path + "index.html"
        return f"{path}/index.html" if path not in self.files and f"{path}/index.html" in self.files else path

    @cached_property
    def host(self) -> str:
        """The start of every address on the site's host."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.base))

    @cached_property
    def links(self) -> list[tuple[SitePage, Reference, str, str]]:
        """Every reference with its page and what it leads to: a file of the site (none for others) and an anchor."""
        return [
            (page, reference, *(self.resolve(page, reference.target) or ("", "")))
            for page in self.pages.values()
            for reference in page.references
        ]


# `../../levers/direct-support/#grants`, `./?theme=housing`
NAME = r"[\w-]+(?:\.[\w-]+)*"
PLAIN = re.compile(
    rf"(?:\./)?(?P<up>(?:\.\./)*)(?P<rest>(?:{NAME}/)*(?:{NAME})?)(?:\?[\w=&.-]*)?(?:#(?P<anchor>[\w-]*))?", re.ASCII
)


@lru_cache(maxsize=100_000)  # pages have most of their links in common
def _plain(target: str) -> tuple[int, str, str] | None:
    """Of such an address, how many folders it goes up, what follows, and its anchor."""
    match = PLAIN.fullmatch(target)
    return (len(match["up"]) // 3, match["rest"], match["anchor"] or "") if match else None


# The address in `<meta http-equiv="refresh" content="0; url=../../levers/">`.
REFRESH = re.compile(r"""url\s*=\s*["']?([^"']+)""", re.IGNORECASE)
NO_BASE = "https://site.invalid/"  # when the home page has no canonical link, or one that cannot be read


ADDRESSES = ("href", "src", "xlink:href")  # attributes that have one each
# What a page is asked for, each element once (in a list without `:is` one comes again); [href] is xlink:href too.
NAMED = ":is(html, title, meta, img, [id], [href], [src], [srcset])"
# What the Content-Security-Policy stops wherever its address leads (JSON-LD is data), and how handlers look.
INLINE = """script:not([src], [type="application/ld+json"]), style, [style], iframe, object, embed, [formaction],
    form[action], base"""
HANDLER = re.compile(rb"""on(?<=[\s"'/]on)[a-z]+\s*=""")  # in lower case
# A tag, **strong**, [^note], [link](address), { .attribute } or a name of a template, where a page means to show none.
MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|\*\*|\[\^[^\]]*\]|\]\([^)\s]+\)|\{:?\s*(?:[.#]\w|lang=)[^{}]*\}|\{\{|\{%"
)


def read_page(folder: Path, path: str, data: bytes) -> SitePage:
    """One page from its HTML."""
    tree = LexborHTMLParser(data)
    lang: str | None = None
    title = description = ""
    canonical, refresh = None, None
    alternates: list[tuple[str, str]] = []
    references: list[Reference] = []
    counts: dict[str, int] = {}
    ids: list[str] = []
    images_without_alt: list[str] = []
    for node in tree.css(NAMED):
        values, tag, meta = node.attributes, node.tag or "", False
        if "id" in values:
            ids.append(values["id"] or "")
        if tag == "html":
            lang = values.get("lang")
        elif tag == "title" and not title and node.parent and node.parent.tag == "head":
            title = node.text().strip()
        elif tag == "meta" and values.get("name") == "description":
            description = (values.get("content") or "").strip()
        elif tag == "meta" and (values.get("http-equiv") or "").lower() == "refresh":
            match = REFRESH.search(values.get("content") or "")
            refresh = match[1].strip() if match else ""
        elif tag == "link":
            rel = (values.get("rel") or "").split()
            meta = "canonical" in rel or "alternate" in rel
            if "canonical" in rel:
                canonical = values.get("href") or ""
            elif "alternate" in rel and "hreflang" in values:
                alternates.append((values.get("hreflang") or "", values.get("href") or ""))
        elif tag == "img" and "alt" not in values:
            images_without_alt.append(values.get("src") or "")
        targets = [values[name] or "" for name in ADDRESSES if name in values]
        if "srcset" in values:
            targets += [part.split()[0] for part in (values["srcset"] or "").split(",") if part.split()]
        for target in targets:
            nth = counts.get(target, 0)
            references.append(_reference(target, nth, tag, "hreflang" in values, meta))
            counts[target] = nth + 1
    main = tree.css_first("main") or tree.body
    texts = (node.text_content or "" for node in main.traverse(include_text=True)) if main else ()
    has_text = any(text.strip() for text in texts)
    inline = tree.css(INLINE)
    if HANDLER.search(data.lower()):  # perhaps in a text, not in a tag: look closer
        inline += [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)]
    inline_text = tuple((node.html or "")[:40] for node in inline)
    for node in tree.css("pre, code, script, style"):  # last: they may show markup
        node.decompose()
    return SitePage(
        folder=folder,
        path=path,
        lang=lang,
        title=title,
        description=description,
        canonical=canonical,
        alternates=tuple(alternates),
        ids=tuple(ids),
        references=tuple(references),
        images_without_alt=tuple(images_without_alt),
        has_text=has_text,
        refresh=refresh,
        inline=inline_text,
        markup=tuple(MARKUP.findall(tree.body.text() if tree.body else "")),
    )


def read_site(folder: Path) -> Site:
    """Every file of the folder; raises OSError when one cannot be read."""
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    names = [name for name in files if name.endswith(".html")]
    pages = {name: read_page(folder, name, (folder / name).read_bytes()) for name in names}
    sitemap: tuple[str, ...] | None = None
    if "sitemap.xml" in files:
        try:
            tree = ElementTree.fromstring((folder / "sitemap.xml").read_bytes())
            sitemap = tuple((node.text or "").strip() for node in tree.iter() if node.tag.endswith("loc"))
        except (ElementTree.ParseError, ValueError, LookupError):
            sitemap = None
    base = pages["index.html"].canonical if "index.html" in pages else None
    return Site(base if base and split_address(base)[0] else NO_BASE, frozenset(files), pages, sitemap)


# What scripts/book.py adds to the site after it is built.
BOOK = re.compile(r"(?:fr/)?downloads/.")


def broken_targets(site: Site) -> Iterator[Hit]:
    """Every link, script, style or image within the site leads to a file. Books not built yet are said once."""
    have_books, said = any(BOOK.match(name) for name in site.files), False
    for page, reference, path, _ in site.links:
        if path and not reference.meta and path not in site.files:
            if BOOK.match(path) and not have_books:
                if not said:
                    yield page.hit_at(
                        reference, f"'{reference.target}' is not built, nor any other book: run make site"
                    )
                said = True
                continue
            message = f"'{reference.target}' leads to no file of the site: correct it where it is made"
            yield page.hit_at(reference, message)


def broken_anchors(site: Site) -> Iterator[Hit]:
    """Every link with an anchor leads to an id of the target page."""
    ids = {path: frozenset(page.ids) for path, page in site.pages.items()}
    for page, reference, path, anchor in site.links:
        if anchor and path in ids and anchor not in ids[path]:
            message = f"'{reference.target}': the page site/{path} has no id '{anchor}': correct it"
            yield page.hit_at(reference, message)


def duplicate_ids(site: Site) -> Iterator[Hit]:
    """An id stands once in a page."""
    for page in site.pages.values():
        for id, count in Counter(page.ids).items():
            if count > 1:
                yield page.hit(f"the id '{id}' stands {count} times: give others", id, 1)


def images_without_alt(site: Site) -> Iterator[Hit]:
    """An image has an `alt` attribute (empty when it only decorates)."""
    for page in site.pages.values():
        for source in page.images_without_alt:
            yield page.hit(f"the image '{source}' has no alt attribute: add it", source)


def other_language_links(site: Site) -> Iterator[Hit]:
    """Only the language switch (elements with `hreflang`) leads to the other language."""
    for page, reference, path, _ in site.links:
        if reference.tag != "a" or reference.switch:
            continue
        to = site.pages.get(path)
        if to and to.locale != page.locale and to.is_content and page.is_content:
            message = f"'{reference.target}' leads to a page in {LANGUAGE[to.locale]}: link within the language"
            yield page.hit_at(reference, message)


ABSOLUTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")


def absolute_links(site: Site) -> Iterator[Hit]:
    """Links within the site are relative (canonical and alternate addresses apart)."""
    for page, reference, path, _ in site.links:
        if path and "//" in reference.target and not reference.meta and ABSOLUTE.match(reference.target):
            yield page.hit_at(reference, f"'{reference.target}' is absolute: write it relative to the page")


def malformed_addresses(site: Site) -> Iterator[Hit]:
    """Addresses of other sites can be read."""
    for page, reference, path, _ in site.links:
        target = reference.target
        if not path:
            fault = malformed_address(f"https:{target}" if target.startswith("//") else target)
            if fault:
                yield page.hit_at(reference, f"the address '{target}' {fault}: correct it")


def wrong_languages(site: Site) -> Iterator[Hit]:
    """`<html lang>` is the language of the page's address."""
    for page in site.content:
        if page.lang != page.locale:
            yield page.hit(f"html has lang '{page.lang or ''}' at an address in {LANGUAGE[page.locale]}: correct it")


def wrong_titles(site: Site) -> Iterator[Hit]:
    """Every page has a title and a description, its own in its language."""
    seen: dict[tuple[str, str, str], str] = {}
    for page in site.content:
        for what, text in (("title", page.title), ("description", page.description)):
            twin = seen.setdefault((page.locale, what, text), page.path)
            if not text:
                yield page.hit(f"has no {what}: give it one")
            elif twin != page.path:
                yield page.hit(f"the {what} is that of site/{twin} too: give each its own")


def wrong_canonicals(site: Site) -> Iterator[Hit]:
    """The canonical address is the page's own."""
    for page in site.content:
        if page.canonical != site.base + page.address:
            found = f"'{page.canonical}'" if page.canonical else "missing"
            yield page.hit(f"the canonical address is {found}: it should be '{site.base}{page.address}'")


def wrong_alternates(site: Site) -> Iterator[Hit]:
    """The hreflang addresses are absolute, name both languages and x-default, and their pages exist."""
    for page in site.content:
        neutral = page.address.removeprefix("fr/")
        expected = {"en": site.base + neutral, "fr": f"{site.base}fr/{neutral}", "x-default": site.base + neutral}
        for lang, address in expected.items():
            given = [target for name, target in page.alternates if name == lang]
            if given != [address]:
                yield page.hit(f"hreflang {lang} is {given or 'missing'}: it should be once '{address}'", lang)
        other = {"en": f"fr/{page.path}", "fr": page.path.removeprefix("fr/")}[page.locale]
        if other not in site.pages:
            yield page.hit(f"has no page in {LANGUAGE[OTHER[page.locale]]}: site/{other} is missing")


def empty_pages(site: Site) -> Iterator[Hit]:
    """A page has text in its main part."""
    for page in site.pages.values():
        if not page.has_text and page.refresh is None:
            yield page.hit("has no text in <main>: see what it is made from")


def wrong_sitemap(site: Site) -> Iterator[Hit]:
    """The sitemap names every page, and nothing else, once."""
    listed, counts = site.sitemap or (), Counter(site.sitemap or ())
    if site.sitemap is None:
        yield Hit("site/sitemap.xml", 1, 1, "is missing or cannot be read: build it")
        return
    addresses = {site.base + page.address: page for page in site.content}
    for address in sorted(set(addresses) - set(listed)):
        yield addresses[address].hit("is not in sitemap.xml: add it")
    for address in sorted(set(listed)):
        if address not in addresses or counts[address] > 1:
            yield Hit("site/sitemap.xml", 1, 1, f"'{address}' is no page of the site, or stands twice: remove it")


def broken_redirects(site: Site) -> Iterator[Hit]:
    """A redirect leads to a page (and id) of the site."""
    for page in site.pages.values():
        if page.refresh is not None:
            path, anchor = site.resolve(page, page.refresh) or ("", "")
            to = site.pages.get(path)
            if not to or not page.refresh or (anchor and anchor not in to.ids):
                yield page.hit(f"redirects to '{page.refresh}', which is no page of the site: correct it")


def missing_home(site: Site) -> Iterator[Hit]:
    """The site has a home page in each language and a 404 page."""
    for name in ("index.html", "fr/index.html", "404.html"):
        if name not in site.files:
            yield Hit(f"site/{name}", 1, 1, "is missing: build the site again")


def stopped_by_policy(site: Site) -> Iterator[Hit]:
    """A page runs and loads the site's own files: nothing inline, nothing of another host."""
    for page in site.pages.values():
        for start in page.inline:
            yield page.hit(f"'{start}…' does nothing under the page's Content-Security-Policy: remove it", start)
        for reference in page.references:
            loads = reference.tag not in ("a", "area") and not reference.meta
            if loads and not site.resolve(page, reference.target):
                yield page.hit_at(
                    reference, f"'{reference.target}' is loaded from elsewhere: put the file into the site"
                )


def shown_markup(site: Site) -> Iterator[Hit]:
    """A page shows its text, not tags, Markdown or names of a template."""
    for page in site.pages.values():
        for shown in dict.fromkeys(page.markup):
            message = f"'{shown}' stands as text on the page: correct it where it is made"
            yield page.hit(message, html.escape(shown, quote=False))


RULES: dict[str, Callable[[Site], Iterable[Hit]]] = {
    "X001": broken_targets,
    "X002": broken_anchors,
    "X003": duplicate_ids,
    "X004": images_without_alt,
    "X005": other_language_links,
    "X006": absolute_links,
    "X007": malformed_addresses,
    "X008": wrong_languages,
    "X009": wrong_titles,
    "X010": wrong_canonicals,
    "X011": wrong_alternates,
    "X012": empty_pages,
    "X013": wrong_sitemap,
    "X014": broken_redirects,
    "X015": missing_home,
    "X016": stopped_by_policy,
    "X017": shown_markup,
}


def check(root: Path) -> list[Finding]:
    """The findings over the built site of a project; none when it is not built."""
    folder = root / "site"
    if not folder.is_dir():
        return []
    site = read_site(folder)
    hits = ((code, hit) for code, rule in RULES.items() for hit in rule(site))
    return sorted({Finding(hit.file, hit.line, hit.column, code, hit.message) for code, hit in hits})
