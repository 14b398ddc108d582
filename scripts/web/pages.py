"""Which pages the site has and where: addresses and files, the generated pages of territories; what a section of a page
says and where it leads; the link to report an error on one.
"""

import datetime
import json
import os
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from checker import markdown
from checker.document import Block
from content.files import CONFIG, Mapped, read_text
from content.locales import LOCALES
from content.model import GlossaryEntry, Page, Study, Territory
from web.wording import keep_units, sort_key

# The folders whose pages belong to a vocabulary of data/terms.yml, by vocabulary.
FOLDERS = {"levers": "levers", "modes": "frameworks/modes-of-action", "themes": "themes"}
# The first sentence of a text, with the next where it is only a label (`Who pays.`), and what a text has besides.
SENTENCE = re.compile(r".{25,}?[.!?](?= [^\W\d_a-z]| [‘«€]|$)|.+")
CAPTION = re.compile("Table(?:au)?\u00a0?: ")


def address(path: str, locale: str) -> str:
    """The address of a page or section below the site's root: `levers/index.md#choose`, fr → `fr/levers/#choose`."""
    file, mark, id = path.partition("#")
    stem = file.removesuffix(".md")
    stem = stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else stem + "/"
    return ("" if locale == LOCALES[0] else f"{locale}/") + stem + mark + id


def is_public(site_url: str) -> bool:
    """Whether others can open the site: the address of a build for oneself is not worth printing."""
    return urlsplit(site_url).hostname not in (None, "localhost", "127.0.0.1", "::1")


def report_link(contact: str, subject: str, title: str, url: str) -> str:
    """The address that a page's "Report an error" leads to; empty without `contact`, the setting of mkdocs.yml.

    `{title}` and `{address}` in `contact` become the page's own. A mail address gets both, the title after `subject`.
    """
    if contact and "://" not in contact:
        contact = f"mailto:{contact}?subject={quote(f'{subject}: ')}{{title}}&body={{address}}"
    return contact.replace("{title}", quote(title, safe="")).replace("{address}", quote(url, safe=""))


def section_title(study: Study, section: str, locale: str) -> str:
    """The heading of a section `levers/x.md#id` in a language; the title of the page where it has no anchor."""
    path, _, anchor = section.partition("#")
    page = study.pages[locale][path]
    return page.headings.get(anchor) or str(page.meta["title"])


def _blocks(page: Page, id: str) -> list[Block]:
    sections = (section for section in markdown.parse(page.body, page.body_line).sections if section.id == id)
    return [block for section in sections for block in section.all_blocks]


def linked(page: Page, id: str) -> list[str]:
    """Where the links of a section lead, as they are written."""
    return [link.text for block in _blocks(page, id) for link in block.links]


def first_sentence(page: Page, id: str) -> str:
    """The first sentence of a section, outside its boxes; where it has but a table, what that shows."""
    blocks = (block for block in _blocks(page, id) if block.kind in ("paragraph", "item"))
    texts = [block.text for block in blocks if set(block.inside) <= {"list", "numbered list"}]
    said = next((text for text in texts if not CAPTION.match(text)), "".join(texts[:1]))
    sentence = SENTENCE.match(keep_units(CAPTION.sub("", said)))
    return sentence[0] if sentence else ""


def term_path(vocabulary: str, slug: str) -> str:
    """The path of the page about a term: `levers`, `land-and-places` → `levers/land-and-places.md`."""
    return f"{FOLDERS[vocabulary]}/{slug}.md"


def territory_path(id: str) -> str:
    """The path of the page about a territory, which it has if it has a case."""
    return f"territories/{id}.md"


def file_of(site: Path, page: Page) -> Path:
    """The file that a page has become, below the built site."""
    return site / address(page.path, page.locale) / "index.html"


def write(file: Path, text: str) -> None:
    """Write a text as it is, in a folder that is made where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def data_file(site: Path, locale: str, name: str) -> Path:
    """A file of the `data/` of a language."""
    return site / address("index.md", locale) / "data" / name


def write_data(site: Path, locale: str, name: str, value: Any) -> None:
    """Write what scripts load, as JSON: `data/NAME.json` of the language."""
    write(data_file(site, locale, f"{name}.json"), json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def moved_ids(study: Study, path: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The ids that headings, terms and charts of a page had before: by the one that they have there now; of those that
    are on another page, where they lead: `ofs-brs` → `themes/housing.md#ofs`."""
    here, away = defaultdict[str, list[str]](list), dict[str, str]()
    for old, new in study.redirects.items():
        (old_path, _, old_id), (new_path, _, new_id) = old.partition("#"), new.partition("#")
        if old_id and old_path == new_path == path:
            here[new_id].append(old_id)
        elif old_id and old_path == path:
            away[old_id] = new
    return here, away


def with_territories(study: Study) -> Study:
    """The study with a page for each territory that has a case. These pages have no file in docs/."""
    pages = {}
    for locale in LOCALES:
        pages[locale] = dict(study.pages[locale])
        for place in dict.fromkeys(case.meta["territory"] for case in study.cases(locale)):
            name = study.territories[place].name[locale]
            meta = {
                "title": name,
                "description": study.words_in[locale]["territory_description"].format(name=name),
                "kind": "territory",
                "updated": max(str(case.meta["updated"]) for case in study.cases(locale, territory=place)),
                "territory": place,
            }
            path = territory_path(place)
            pages[locale][path] = Page(locale, path, Mapped(meta), "", 1)
    return replace(study, pages=pages)


def epoch(study: Study) -> str:
    """What is made carries this date, in seconds: SOURCE_DATE_EPOCH, or the newest of the content, never today's.

    Raises ValueError where the setting is not what MkDocs, a gzip header and a PDF can take.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None and not (re.fullmatch(r"[0-9]{1,10}", given) and int(given) < 2**32):
        raise ValueError(f"SOURCE_DATE_EPOCH is '{given}': give whole seconds since 1970, or leave it unset")
    newest = max(study.latest.values())
    return given or str(int(datetime.datetime.fromisoformat(f"{newest}T00:00:00+00:00").timestamp()))


def territories(study: Study) -> list[Territory]:
    """The territories in the order of the alphabet, by their towns, a city before the bodies named after it."""
    return sorted(study.territories.values(), key=lambda place: (sort_key(study.towns[place.id]), place.type != "city"))


def with_texts(study: Study, locale: str, group: str) -> list[Page]:
    """The pages with texts to copy for a group, the `texts` of their front matter ("decide" where they have none), in
    the order of the menu."""
    menu = re.findall(r"(\S+\.md)$", read_text(study.root / CONFIG, study.root), re.MULTILINE)
    pages = [study.pages[locale][path] for path in menu if path in study.pages[locale]]
    return [page for page in pages if page.texts_to_copy and page.meta.get("texts", "decide") == group]


def glossary(study: Study, locale: str) -> list[GlossaryEntry]:
    """The terms of the glossary in the order of the language's alphabet."""
    return sorted(study.glossary.values(), key=lambda entry: sort_key(entry.term[locale]))
