"""What a section of a page says, by its Markdown: its first sentence, and where it leads."""

import re

from checker import markdown
from checker.document import Block
from content.model import Page
from web.wording import keep_units

# The first sentence of a text, with the next where it is only a label (`Who pays.`), and what a text has besides.
SENTENCE = re.compile(r".{25,}?[.!?](?= [^\W\d_a-z]| [‘«€]|$)|.+")
CAPTION = re.compile("Table(?:au)?\u00a0?: ")


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
