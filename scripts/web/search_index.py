"""The search index of each language, made by Pagefind from the built pages and the terms of the glossary.

Pagefind does not see a word after a typographic apostrophe (l’enseignement), keeps œ apart from oe and takes a French
50 000 for two words: the text is given to it with ', oe and 50'000. `docs/assets/search.js` does the same to a query.
"""

import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import cbor2
import jinja2
from selectolax.lexbor import LexborHTMLParser

from content.anchors import GLOSSARY
from content.locales import LOCALES
from content.model import Study
from web.pages import address, file_of, write, write_data
from web.search_answers import answers
from web.view import view

# The same table stands in docs/assets/search.js.
FOLD = str.maketrans({"’": "'", "œ": "oe", "Œ": "Oe", "æ": "ae", "\u202f": " ", "\u00a0": " "})
THOUSANDS = re.compile(r"(?<=\d)[\u202f\u00a0](?=\d{3})")
# The weights that Pagefind gives to headings: it forgets them on a page with a weight of its own (base.html). Two cells
# of a table would stand in an excerpt as a sentence.
MARKS = {
    "<h2": '<h2 data-pagefind-weight="6"',
    "<h3": '<h3 data-pagefind-weight="5"',
    "</td>": " ·</td>",
    "</th>": " ·</th>",
}
OFTEN = 8  # so many times, a word is a likely one where another was mistyped
# What only the index reads of a page: once it is made, no reader has to load it.
FOR_INDEX = re.compile(r' data-pagefind-[a-z]+(="[^"]*")?|<meta name="search:[^>]*>\n')
# Not searched: what is said elsewhere, as a case in the lists of a lever, or an instrument in its tables.
IGNORED = (
    ".footnote, sup, .headerlink, .apart, thead, table.choose, table.instruments, .cases, [aria-labelledby=in-practice]"
)


def build_index(study: Study, site: Path, templates: jinja2.Environment) -> None:
    """Write `site/pagefind/` and, for each language, `data/search.json` and `data/search-dialog.json`: HTML in JSON."""
    texts = {locale: _texts(study, site, templates, locale) for locale in LOCALES}
    with tempfile.TemporaryDirectory() as folder:
        for of_locale in texts.values():
            for path, text in of_locale.items():
                write(Path(folder) / path / "index.html", text)
        # As a program: Pagefind's Python client ends its service while files are still being written.
        places = ["--site", folder, "--output-path", str(site / "pagefind")]
        ignored = ["--exclude-selectors", IGNORED]
        subprocess.run([sys.executable, "-m", "pagefind", "--quiet", *places, *ignored], check=True)
    _put_in_order(site / "pagefind")
    # Pagefind brings interfaces of its own, which we do not use: not shipped.
    for unused in ("ui", "modular-ui", "component-ui", "highlight"):
        for file in (site / "pagefind").glob(f"pagefind-{unused}.*"):
            file.unlink()
    for locale in LOCALES:
        known = {
            "small": study.words_in[locale]["search_small"].split(),
            "same": [group.split() for group in study.words_in[locale]["search_same"].split(",")],
            "answers": answers(study, site, locale),
            "words": _words(texts[locale].values()),
        }
        write_data(site, locale, "search", known)
        dialog = templates.get_template("search.html").render(view(study, locale, None))
        write_data(site, locale, "search-dialog", dialog.strip())


def as_searched(html: str) -> str:
    """The HTML of a page as the search knows it: `l’œuvre` is `l'oeuvre`."""
    for tag, with_mark in MARKS.items():
        html = html.replace(tag, with_mark)
    return THOUSANDS.sub("'", html).translate(FOLD)


def _texts(study: Study, site: Path, templates: jinja2.Environment, locale: str) -> dict[str, str]:
    """What is searched, as HTML by its address: pages, and each term. What only the index wants goes from the page."""
    texts = {}
    for page in study.pages[locale].values():
        path, file = address(page.path, locale), file_of(site, page)
        html = file.read_text(encoding="utf-8")
        texts[path] = as_searched(html)
        file.write_text(FOR_INDEX.sub("", html), encoding="utf-8")
    term, own = templates.get_template("search-term.html"), view(study, locale, None)
    for entry in study.glossary:
        texts[f"{address(GLOSSARY, locale)}{entry.id}"] = as_searched(term.render(own, entry=entry))
    return texts


def _words(texts: Iterable[str]) -> list[str]:
    """The words that pages have, as they are mostly written: frequent ones, and rare ones."""
    counts: Counter[str] = Counter()
    for text in texts:
        tree = LexborHTMLParser(text)
        for node in tree.css(f"{IGNORED}, [data-pagefind-ignore]"):
            node.decompose()
        for body in tree.css("[data-pagefind-body]"):
            counts.update(re.findall(r"[^\W\d_]{2,}", body.text(separator=" ")))
    forms: dict[str, Counter[str]] = {}
    for word, count in counts.items():
        forms.setdefault(word.casefold(), Counter())[word] = count
    written: dict[str, int] = {}
    for each in forms.values():
        usual = max(each, key=lambda form: (each[form], form))
        written[usual] = each.total()
    often = sorted(word for word, count in written.items() if count >= OFTEN)
    return [" ".join(often), " ".join(sorted(written.keys() - set(often)))]


# Before the CBOR of each file that Pagefind writes.
SIGNATURE = b"pagefind_dcd"


def _put_in_order(folder: Path) -> None:
    """The same index for the same pages: Pagefind writes filters and their values in another order each time."""
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    for language in entry["languages"].values():
        index = folder / f"pagefind.{language['hash']}.pf_meta"
        version, pages, words, filters, *rest = _read(index)
        for name in filters:
            file = folder / "filter" / f"{name[1]}.pf_filter"
            key, values = _read(file)
            name[1] = _write(file, name[1], [key, sorted(values)])
        language["hash"] = _write(index, language["hash"], [version, pages, words, sorted(filters), *rest])
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, sort_keys=True), encoding="utf-8")


def _read(file: Path) -> Any:
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(SIGNATURE))


def _write(file: Path, old: str, value: Any) -> str:
    """Write a file anew, with the hash of what it now holds in its name in place of the old one; returns that."""
    data = SIGNATURE + cbor2.dumps(value)
    new = f"{old.split('_')[0]}_{hashlib.sha256(data).hexdigest()[:10]}"
    file.with_name(file.name.replace(old, new)).write_bytes(gzip.compress(data, mtime=0))
    file.unlink()
    return new
