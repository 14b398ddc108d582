"""The search index: one per language, made by Pagefind from the built pages.

Pagefind stems and folds accents, but does not see a word after a typographic apostrophe (l’enseignement)
and keeps œ apart from oe: the text is given to it with ' and oe. `docs/assets/search.js` does the same to a query.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import cbor2

# The same table stands in docs/assets/search.js.
FOLD = {"’": "'", "œ": "oe", "Œ": "Oe", "æ": "ae", "\u202f": " ", "\u00a0": " "}


def fold(text: str) -> str:
    """The text as the search knows it: `l’œuvre` is `l'oeuvre`."""
    for old, new in FOLD.items():
        text = text.replace(old, new)
    return text


# The weights that Pagefind gives to headings; it forgets them on a page with a weight of its own (base.html).
HEADINGS = {"<h2": '<h2 data-pagefind-weight="6"', "<h3": '<h3 data-pagefind-weight="5"'}


def weighted(text: str) -> str:
    """The HTML of a page with the weights of its headings: a section comes before a mere mention of its name."""
    for tag, with_weight in HEADINGS.items():
        text = text.replace(tag, with_weight)
    return text


def build_index(site: Path) -> int:
    """Write `site/pagefind/` from the pages of `site/` that have a `data-pagefind-body`; returns their number."""
    pages = 0
    with tempfile.TemporaryDirectory() as folder:
        for file in site.rglob("index.html"):
            text = file.read_text(encoding="utf-8")
            if "data-pagefind-body" in text:
                copy = Path(folder) / file.relative_to(site)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(fold(weighted(text)), encoding="utf-8")
                pages += 1
        # As a program: Pagefind's Python client ends its service while files are still being written.
        places = ["--site", folder, "--output-path", str(site / "pagefind")]
        ignored = ["--exclude-selectors", ".footnote, sup, .headerlink"]
        subprocess.run([sys.executable, "-m", "pagefind", "--quiet", *places, *ignored], check=True)
    _put_in_order(site / "pagefind")
    # Pagefind brings interfaces of its own, which we do not use: not shipped.
    for unused in ("ui", "modular-ui", "component-ui", "highlight"):
        for file in (site / "pagefind").glob(f"pagefind-{unused}.*"):
            file.unlink()
    return pages


# Before the CBOR of each file that Pagefind writes.
SIGNATURE = b"pagefind_dcd"


def _put_in_order(folder: Path) -> None:
    """The same index for the same pages: Pagefind writes filters and their values in an order that changes each time.

    The name of a file holds its hash, and the file that lists it is named after its own.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    for locale, language in entry["languages"].items():
        index = folder / f"pagefind.{language['hash']}.pf_meta"
        version, pages, words, filters, *rest = _read(index)
        for name in filters:
            file = folder / "filter" / f"{name[1]}.pf_filter"
            key, values = _read(file)
            name[1] = f"{locale}_{_digest([key, sorted(values)])[:7]}"
            _write(file, file.with_name(f"{name[1]}.pf_filter"), [key, sorted(values)])
        ordered = [version, pages, words, sorted(filters), *rest]
        language["hash"] = f"{locale}_{_digest(ordered)[:10]}"
        _write(index, folder / f"pagefind.{language['hash']}.pf_meta", ordered)
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, sort_keys=True), encoding="utf-8")


def _read(file: Path) -> Any:
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(SIGNATURE))


def _digest(value: Any) -> str:
    return hashlib.sha256(cbor2.dumps(value)).hexdigest()


def _write(old: Path, new: Path, value: Any) -> None:
    old.unlink()
    new.write_bytes(gzip.compress(SIGNATURE + cbor2.dumps(value), mtime=0))
