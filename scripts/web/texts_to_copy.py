"""The texts to copy: boxes `!!! copy "The decision"`, each with an address on its page, by what one wants to do."""

import re

from content import marks
from content.files import CONFIG, read_text
from content.model import Page, Study

IN_THE_MENU = re.compile(r"(\S+\.md)$", re.MULTILINE)


def text_id(number: int) -> str:
    """The id of a text by its number on its page, from 1."""
    return f"copy-{number}"


def of_group(study: Study, locale: str, group: str) -> list[tuple[Page, dict[str, str]]]:
    """The pages with texts for a group, the `texts` of their front matter ("decide" where they have none), in the order
    of the menu: the title of each text by its id, `{"copy-1": "The decision"}`."""
    found = []
    menu = IN_THE_MENU.findall(read_text(study.root / CONFIG, study.root))
    pages = study.pages[locale].values()
    for page in sorted(pages, key=lambda page: menu.index(page.path) if page.path in menu else len(menu)):
        titles = [box["title"] for box in marks.TEXT_TO_COPY.finditer(page.body)]
        if titles and page.meta.get("texts", "decide") == group:
            found.append((page, {text_id(number): title for number, title in enumerate(titles, 1)}))
    return found
