"""The texts to copy: boxes `!!! copy "The decision"`, each with an address on its page."""

from content import marks
from content.model import Page, Study


def text_id(number: int) -> str:
    """The id of a text by its number on its page, from 1."""
    return f"copy-{number}"


def by_page(study: Study, locale: str) -> list[tuple[Page, dict[str, str]]]:
    """The pages that have such texts, by path: the title of each by its id, `{"copy-1": "The decision"}`."""
    found = []
    for _, page in sorted(study.pages[locale].items()):
        titles = [box["title"] for box in marks.TEXT_TO_COPY.finditer(page.body)]
        if titles:
            found.append((page, {text_id(number): title for number, title in enumerate(titles, 1)}))
    return found
