"""The search index of each language, made by Pagefind from the built pages and the terms of the glossary.

Pagefind does not see a word after a typographic apostrophe (l’enseignement), keeps œ apart from oe and takes a French
50 000 for two words: the text is given to it with ', oe and 50'000. `docs/assets/search-query.js` does the same to a
query.
"""

import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import cbor2
import jinja2
from selectolax.lexbor import LexborHTMLParser

from checker.languages import without_accents
from content.anchors import GLOSSARY, LISTS
from content.locales import LOCALES
from content.model import Study
from web.elements import html_of
from web.pages import address, file_of, write, write_data
from web.search_answers import answers
from web.templates import names_for

# The same table stands in docs/assets/search-query.js.
FOLD = str.maketrans({"’": "'", "œ": "oe", "Œ": "Oe", "æ": "ae", "\u202f": " ", "\u00a0": " "})
THOUSANDS = re.compile(r"(?<=\d)[\u202f\u00a0](?=\d{3})")
# The weights that Pagefind gives to headings: it forgets them on a page with a weight of its own (search-page.html).
WEIGHTS = {"h2": "6", "h3": "5"}
# A word, or the number of an article: 1511-3. The same stands in docs/assets/search-query.js.
WORD = re.compile(r"[^\W\d_]{2,}|(?<!\d)\d{3,4}(?:-\d{1,3})+(?!\d)")
NAME = re.compile(r"(?<![\w’-])[A-ZÀ-Þ][a-zà-ÿ]+(?:[ -][A-ZÀ-Þ][a-zà-ÿ]+)*(?![\w’-])")
OFTEN = 8  # so many times, a word is a likely one where another was mistyped
# Not searched: what shows the way, and what is said elsewhere, as a case in the lists of a lever.
IGNORED = (
    ".footnote, sup, .headerlink, .apart, thead, table.choose, table.instruments, .cases, .sources, .strip, .summary, "
    ".in-practice:not([aria-labelledby=own-cases]), .matrix, .drawing, .map, .contents, .finder, .letters, .shortcuts, "
    ".moved, .behind, .without-script, .how > summary"
)


def build_index(study: Study, site: Path, templates: jinja2.Environment) -> None:
    """Write `site/pagefind/` and, for each language, `data/search.json` and `data/search-dialog.json`: HTML in JSON."""
    read: dict[str, list[str]] = {locale: [] for locale in LOCALES}
    with tempfile.TemporaryDirectory() as folder:
        for locale in LOCALES:
            for path, html in _texts(study, site, templates, locale).items():
                page = as_searched(html)
                write(Path(folder) / path / "index.html", page.html or "")
                read[locale].append(_text(page))
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
        text = " ".join(read[locale])
        bare = without_accents(text)
        subjects = study.words_in[locale]["search_absent"].split(", ")
        named = NAME.findall("; ".join(query for answer in study.answers.values() for query in answer.asked[locale]))
        same = [group.split() for group in study.words_in[locale]["search_same"].split(",")]
        missed = (*subjects, *study.known.towns, *sorted(set(named).difference(*same)))
        names = [name.translate(FOLD) for name in missed]
        known = {
            "small": study.words_in[locale]["search_small"].split(),
            "same": same,
            "answers": answers(study, locale),
            "words": _likely(Counter(WORD.findall(text))),
            "absent": [name for name in names if not re.search(rf"(?<![\w-]){without_accents(name)}(?![\w-])", bare)],
        }
        write_data(site, locale, "search", known)
        dialog = templates.get_template("search.html").render(names_for(study, locale))
        write_data(site, locale, "search-dialog", dialog.strip())


def as_searched(html: str) -> LexborHTMLParser:
    """A page as the search knows it: `l’œuvre` is `l'oeuvre`."""
    tree = LexborHTMLParser(THOUSANDS.sub("'", html).translate(FOLD))
    for tag, weight in WEIGHTS.items():
        for heading in tree.css(tag):
            heading.attrs["data-pagefind-weight"] = weight
    for cell in tree.css("td, th"):  # two would stand in an excerpt as a sentence
        cell.insert_child(" ·")
    return tree


def _texts(study: Study, site: Path, templates: jinja2.Environment, locale: str) -> dict[str, str]:
    """What is searched in a language, as HTML by its address: the built pages but for the long lists, and each term."""
    page_html, term_html = (templates.get_template(f"search-{name}.html") for name in ("page", "term"))
    texts = {}
    for page in (page for page in study.pages[locale].values() if page.path not in LISTS):
        article = LexborHTMLParser(file_of(site, page).read_text(encoding="utf-8")).css("article")[0]
        own = names_for(study, locale, page)
        texts[address(page.path, locale)] = page_html.render(own, article=html_of(article))
    for entry in study.glossary.values():
        texts[f"{address(GLOSSARY, locale)}{entry.id}"] = term_html.render(names_for(study, locale), entry=entry)
    return texts


def _text(page: LexborHTMLParser) -> str:
    """What is searched on a page."""
    for node in page.css(f"{IGNORED}, [data-pagefind-ignore]"):
        node.decompose()
    return " ".join(body.text(separator=" ") for body in page.css("[data-pagefind-body]"))


def _likely(counts: Counter[str]) -> list[str]:
    """Words as they are mostly written: frequent ones, and rare ones."""
    usual: dict[str, str] = {}
    total = Counter[str]()
    for word, count in sorted(counts.items(), key=lambda counted: (counted[1], counted[0])):
        usual[word.casefold()] = word  # of its forms, the last is the most frequent
        total[word.casefold()] += count
    often = {form for word, form in usual.items() if total[word] >= OFTEN}
    return [" ".join(sorted(often)), " ".join(sorted({*usual.values()} - often))]


# Before the CBOR of each file that Pagefind writes.
SIGNATURE = b"pagefind_dcd"


def _put_in_order(folder: Path) -> None:
    """The same index for the same pages: Pagefind writes filters and their values in another order each time."""
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    for language in entry["languages"].values():
        index = folder / f"pagefind.{language['hash']}.pf_meta"
        version, pages, words, filters, *rest = _read(index)
        for one in filters:  # its name, its hash
            file = folder / "filter" / f"{one[1]}.pf_filter"
            name, values = _read(file)
            one[1] = _write(file, one[1], [name, sorted(values)])
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
