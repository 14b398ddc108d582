"""The files that pages load: the version of docs/assets, what is left out when shipped, the colours; to read without a
network, the service worker (`overrides/sw.js`) and the list of what a reader can have kept.
"""

import functools
import hashlib
import re
from pathlib import Path

import jinja2

from content.locales import LOCALES, OTHER
from content.model import Study
from web.pages import address, data_file, write_data

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "docs/assets"
VERSIONED = (".css", ".js", ".svg", ".woff2")  # what pages load of docs/assets: it goes into a folder of its version
DATA = ("search", "search-dialog", "terms")  # what scripts load of the `data/` of a language


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
        style = re.sub(r"(?<=[a-z]:) |(?<=,) |(?<![\d.])0(?=\.\d)|;(?=})", "", style)
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


def write_offline(study: Study, site: Path, env: jinja2.Environment) -> None:
    """Write `sw.js` below `site`, with the words that it says itself, and `data/offline.json` of each language: the
    addresses of its pages, and of the files that they need."""
    names = ("offline_title", "offline_text", "offline_later")
    words = {locale: {name: study.words_in[locale][name] for name in names} for locale in LOCALES}
    (site / "sw.js").write_text(env.get_template("sw.js").render(words=words), encoding="utf-8")
    shipped = [file for file in (site / "assets").glob("*/*") if file.suffix in VERSIONED]
    index = [file for file in (site / "pagefind").rglob("*") if file.is_file()]
    for locale in LOCALES:
        other = (f"{OTHER[locale]}_", f"pagefind.{OTHER[locale]}_", f"wasm.{OTHER[locale]}.")
        data = [data_file(site, locale, f"{name}.json") for name in DATA]
        files = [*shipped, *data, *(file for file in index if not file.name.startswith(other))]
        pages = [address(path, locale) for path in study.pages[locale]]
        listed = sorted(file.relative_to(site).as_posix() for file in files)
        write_data(site, locale, "offline", {"pages": pages, "files": listed})
