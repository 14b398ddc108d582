"""What a page weighs when it is first seen, its HTML and the files it names, compressed: for the page on ecodesign."""

import functools
import gzip
from dataclasses import dataclass
from pathlib import Path

import jinja2
from babel.numbers import format_decimal
from selectolax.lexbor import LexborHTMLParser

from checker.languages import BABEL
from content.locales import LOCALES
from content.model import Page, Study
from web.pages import file_of
from web.view import view

PAGE = "reference/ecodesign.md"

# Files that a page loads at once: what its HTML names, and what its script loads for an element of it.
NAMED = "link:is([rel~=stylesheet], [rel~=preload], [rel~=icon], [rel~=modulepreload]), script[src], img[src]"
BY_SCRIPT = {"[data-finder]": "finder.js", "[data-sortable]": "sort.js"}

# Where the page about ecodesign wants its table (generated/weights.html), once there is a site to measure.
MARK = "<!-- weights -->"


@dataclass(frozen=True)
class Weight:
    """The first view of a page: requests, bytes of its HTML, and bytes in all, compressed."""

    requests: int
    html: int
    total: int


@functools.lru_cache(maxsize=16)  # the few files that all pages ask for
def _compressed(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def compressed(file: Path) -> int:
    """The bytes of a file compressed with gzip, as a host sends it."""
    return _compressed(file.read_bytes())


def group(page: Page) -> str:
    """The row of the table that a page belongs to: its kind, but for three pages that are unlike all others."""
    return {"index.md": "home", "cases/index.md": "list", "reference/sources.md": "sources"}.get(page.path, page.kind)


def weigh(site: Path, file: Path) -> Weight:
    """The weight of one page of the built site. A file that it names and that is not there has none: MkDocs says so."""
    tree = LexborHTMLParser(file.read_bytes())
    named = [node.attributes.get("href") or node.attributes.get("src") or "" for node in tree.css(NAMED)]
    files = {(file.parent / name).resolve() for name in named}
    for selector, name in BY_SCRIPT.items():
        if tree.css_first(selector):
            files.update(script.resolve() for script in (site / "assets").glob(f"*/{name}"))
    files = {name for name in files if name.is_file()}
    html = compressed(file)
    return Weight(1 + len(files), html, html + sum(map(compressed, files)))


def heaviest(study: Study, site: Path) -> dict[str, Weight]:
    """For each group of pages, its heaviest page in either language."""
    found: dict[str, Weight] = {}
    for locale in LOCALES:
        for page in study.pages[locale].values():
            weight = weigh(site, file_of(site, page))
            if page.path != PAGE:  # it is being written
                found[group(page)] = max(found.get(group(page), weight), weight, key=lambda w: w.total)
    return found


def fill(study: Study, site: Path, assets: Path, templates: jinja2.Environment) -> None:
    """Write the weights into the page about ecodesign of each language, kilobytes with one decimal."""
    groups = heaviest(study, site)
    script, style = assets / "site.js", assets / "style.css"
    later = [file for file in assets.glob("*.js") if file not in (script, assets / "redirect.js")]
    files = {"style": compressed(style), "script": compressed(script), "later": sum(map(compressed, later))}
    for locale in LOCALES:
        if page := study.pages[locale].get(PAGE):
            one_decimal = functools.partial(format_decimal, format="0.0", locale=BABEL[locale])
            own = {"groups": groups, "files": files, "one_decimal": one_decimal}
            table = templates.get_template("partials/weights.html").render(view(study, locale, None) | own)
            file = file_of(site, page)
            file.write_text(file.read_text(encoding="utf-8").replace(MARK, table.strip()), encoding="utf-8")
