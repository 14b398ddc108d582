"""The ids that templates and scripts make on pages: a link may lead to one, and no heading may have it."""

from content.model import Page, Study

GLOSSARY, BIBLIOGRAPHY = "reference/glossary.md", "reference/sources.md"
# The pages that list records of the study, each under its id, and which.
LISTS = {GLOSSARY: "glossary", BIBLIOGRAPHY: "sources"}
NOTES_ID = "sources"  # the notes of a page that cites a source
CASES_ID = "in-practice"  # the cases below the text of a lever, a theme or a mode of action
# On any page.
RESERVED = {NOTES_ID, CASES_ID, "text", "menu", "cite", "cite-original", "citation", "on-this-page", "term-definition"}
RESERVED |= {"what-is-law"}


def made(study: Study, page: Page) -> set[str]:
    """The ids that a page has by what it is: the glossary, those of the terms."""
    ids = {CASES_ID} if page.narrow_kind in ("lever", "theme", "mode") else set[str]()
    if page.path in LISTS:
        ids |= getattr(study, LISTS[page.path]).keys()
    return ids
