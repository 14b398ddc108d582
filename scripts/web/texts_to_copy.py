"""The texts to copy: boxes `!!! copy "The decision"`, each with an address on its page, by what one wants to do."""

from content import marks
from content.model import Page, Study

# What a text is for, in the order of the list, and the pages of its texts; the page `start/texts-to-copy.md` has a
# heading for each. A text of a page that none names is for deciding and reporting.
GROUPS: dict[str, tuple[str, ...]] = {
    "ask": ("start/sse-organisations.md", "start/index.md", "legal/powers.md", "legal/who-does-what.md"),
    "give": (
        "legal/state-aid-and-grants.md",
        "legal/sse-law.md",
        "legal/de-minimis.md",
        "legal/business-aid.md",
        "legal/bookshops-and-guarantee-funds.md",
        "legal/last-shop.md",
        "legal/services-and-mandates.md",
        "legal/lending-an-officer.md",
        "legal/guarantees.md",
        "legal/legal-forms.md",
    ),
    "lend": ("legal/premises-and-land.md", "legal/permits-and-leases.md", "legal/loans-and-leases.md"),
    "buy": (
        "levers/responsible-purchasing.md",
        "legal/public-procurement.md",
        "legal/buyer-duties.md",
        "themes/food.md",
    ),
    "decide": (),
}


def text_id(number: int) -> str:
    """The id of a text by its number on its page, from 1."""
    return f"copy-{number}"


def of_group(study: Study, locale: str, group: str) -> list[tuple[Page, dict[str, str]]]:
    """The pages that have texts of a group, in its order: the title of each by its id, `{"copy-1": "The decision"}`."""
    found = []
    for path, page in sorted(study.pages[locale].items()):
        titles = [box["title"] for box in marks.TEXT_TO_COPY.finditer(page.body)]
        if titles and group == next((name for name, pages in GROUPS.items() if path.endswith(pages)), "decide"):
            found.append((page, {text_id(number): title for number, title in enumerate(titles, 1)}))
    order = GROUPS[group]
    return sorted(found, key=lambda of_page: [of_page[0].path.endswith(path) for path in order], reverse=True)
