"""The files of docs/assets: their version, the sheets of a page, what is left out when shipped, the colours."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "docs/assets"
VERSIONED = (".css", ".js", ".svg", ".woff2")  # what pages load of docs/assets: it goes into a folder of its version
# The style sheets of a few pages besides that of all, each found by what it is for.
SHEETS = {
    "home.css": re.compile(r'class="(?:home|levers)"'),
    "lists.css": re.compile(r'class="(?:chart|glossary|letters|bibliography|results|map)[ "]'),
}
COLOUR = re.compile(r"--([\w-]+): (?:light-dark\()?(#\w+)")
LINK = re.compile(r'<link rel="stylesheet" href="(?P<folder>[^"]*)style\.css">\n')


def version(assets: Path) -> str:
    """A short hash of style sheet, font, scripts and icon: it changes when one of them does."""
    digest = hashlib.sha256()
    for file in sorted(file for file in assets.rglob("*") if file.suffix in VERSIONED):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def add_sheets(html: str) -> str:
    """The HTML of a page, with a link to each sheet that it has a use for, after the link to style.css."""
    wanted = [name for name, use in SHEETS.items() if use.search(html)]
    links = "".join(rf'<link rel="stylesheet" href="\g<folder>{name}">\n' for name in wanted)
    return LINK.sub(rf"\g<0>{links}", html, count=1)


def lighten(assets: Path) -> None:
    """Leave out of the built style sheets and scripts what only their authors read: comments, indents, blanks."""
    for file in assets.glob("*.css"):
        style = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        style = re.sub(r"\s*([{};])\s*|(?<=\n)\s+", r"\1", style)
        style = re.sub(r"(?<=[a-z]:) |(?<=,) |(?<![\d.])0(?=\.\d)|;(?=})", "", style)
        file.write_text(style, encoding="utf-8")
    for script in assets.glob("*.js"):  # a comment has a line of its own, or stands behind the end of one
        bare = re.sub(r"^\s*//.*\n|^\s+|(?<=[;{)]) //.*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
        script.write_text(bare, encoding="utf-8")


def colours() -> dict[str, str]:
    """The colours of the site on paper, by name."""
    return colours_of((ASSETS / "style.css").read_text(encoding="utf-8"))


def colours_of(style: str) -> dict[str, str]:
    """The colours on paper, which a light screen has, by name: `--ink: light-dark(#1b1f24, …)` is ink, #1b1f24.

    Raises ValueError where the style sheet has none.
    """
    at_root = style.partition("\n:root {")[2].partition("}")[0]
    found = dict(COLOUR.findall(at_root))
    if "lever-1" not in found:
        raise ValueError("no colours of levers, --lever-1: light-dark(…), at :root of the style sheet")
    return found
