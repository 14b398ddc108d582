"""The files that pages load: the version of docs/assets, what is left out when shipped, the colours."""

import functools
import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "docs/assets"
VERSIONED = (".css", ".js", ".svg", ".woff2")  # what pages load of docs/assets: it goes into a folder of its version


def version(assets: Path) -> str:
    """A short hash of style sheet, font, scripts and icon: it changes when one of them does."""
    digest = hashlib.sha256()
    for file in sorted(file for file in assets.rglob("*") if file.suffix in VERSIONED):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def lighten(assets: Path) -> None:
    """Leave out of the built style sheets and scripts what only their authors read: comments, indents, blanks."""
    for file in assets.glob("*.css"):
        style = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        style = re.sub(r"\s*([{};])\s*|(?<=\n)\s+", r"\1", style)
        style = re.sub(r"(?<=[a-z]:) |(?<=,) | (?=>)|(?<=>) |(?<![\d.])0(?=\.\d)|;(?=})", "", style)
        file.write_text(style, encoding="utf-8")
    for script in assets.glob("*.js"):  # a comment has a line of its own, or stands behind the end of one
        bare = re.sub(r"^\s*//.*\n|^\s+|(?<=[;{)]) //.*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
        script.write_text(bare, encoding="utf-8")


@functools.cache
def colours() -> dict[str, str]:
    """The colours of the site on paper by name: those that a light screen has.

    `:root { --ink: #1b1f24; --lever-1: light-dark(#8a4b00, #f0b35e); … }` gives {"ink": "#1b1f24", "lever-1": …}.
    """
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    roots = re.findall(r"^:root\s*{(.*?)}", style, re.DOTALL | re.MULTILINE)  # not those that print has of its own
    return dict(re.findall(r"--([\w-]+):[^;#]*(#\w+)", "".join(roots)))
