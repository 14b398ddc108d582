"""The search index of each language, made by Pagefind from the built pages and the terms of the glossary.

Pagefind does not see a word after a typographic apostrophe (l’enseignement), keeps œ apart from oe and takes a French
50 000 for two words: the text is given to it with ', oe and 50'000. `docs/assets/search-query.js` does the same to a
query.
"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import jinja2
from selectolax.lexbor import LexborHTMLParser

from checker.languages import without_accents
from content.anchors import GLOSSARY, LISTS
from content.locales import LOCALES
from content.model import Page, Study, as_list
from web.elements import html_of
from web.pages import address, file_of, write, write_data
from web.search_answers import answers, kind_name
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
    entry = site / "pagefind/pagefind-entry.json"  # its languages come in another order each time
    entry.write_text(json.dumps(json.loads(entry.read_text(encoding="utf-8")), sort_keys=True), encoding="utf-8")
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
            "choices": _choices(study, site, locale),
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


def _choices(study: Study, site: Path, locale: str) -> list[tuple[str, str, list[str]]]:
    """What narrows a search, each choice with its pages as Pagefind calls them: ("theme", "Food", ["en_10f24d1", …]).

    Pagefind's own filters come in another order each time, which would change the index.
    """
    called = {}
    for file in (site / "pagefind/fragment").glob(f"{locale}_*"):
        text = gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")
        called[json.loads(text)["url"]] = file.stem
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in study.pages[locale].values():
        for choice in _values(study, page) if page.path not in LISTS else ():
            found[choice].append(called[f"/{address(page.path, locale)}"])
    term = ("kind", study.words_in[locale]["kind_term"])
    found[term] += [called[f"/{address(GLOSSARY, locale)}{id}/"] for id in study.glossary]
    return [(*choice, pages) for choice, pages in sorted(found.items())]


def _values(study: Study, page: Page) -> list[tuple[str, str]]:
    """The choices by which a page is among the results: its kind, its levers, its themes, its type of authority."""
    if page.kind == "territory":  # found by its name alone
        return []
    slugs: dict[str, Any] = {f"{page.kind}s": [page.slug]}
    if page.kind == "case":
        slugs = page.meta | {"territory_types": [study.place(page).type]}
    values = [("kind", kind_name(page, study.words_in[page.locale]))]
    for name, vocabulary in (("lever", "levers"), ("theme", "themes"), ("type", "territory_types")):
        terms = study.terms[vocabulary]
        values += [(name, terms[slug].name[page.locale]) for slug in as_list(slugs.get(vocabulary))]
    return values
