"""The style sheets of a page besides that of all: each of a few pages, found by what they are for."""

from __future__ import annotations

import re

SHEETS = {
    "home.css": re.compile(r'class="(?:home|levers)"'),
    "lists.css": re.compile(r'class="(?:chart|glossary|letters|bibliography|results|map)[ "]'),
}
LINK = re.compile(r'<link rel="stylesheet" href="(?P<folder>[^"]*)style\.css">\n')


def add(html: str) -> str:
    """The HTML of a page, with a link to each sheet that it has a use for, after the link to style.css."""
    wanted = [name for name, use in SHEETS.items() if use.search(html)]
    links = "".join(rf'<link rel="stylesheet" href="\g<folder>{name}">\n' for name in wanted)
    return LINK.sub(rf"\g<0>{links}", html, count=1)
