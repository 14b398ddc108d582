"""The search index: one per language, made by Pagefind from the built pages.

Pagefind stems and folds accents, but does not see a word after a typographic apostrophe (l’enseignement)
and keeps œ apart from oe: the text is given to it with ' and oe. `docs/assets/search.js` does the same to a query.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

# The same table stands in docs/assets/search.js.
FOLD = str.maketrans({"’": "'", "œ": "oe", "Œ": "Oe", "æ": "ae", "\u202f": " ", "\u00a0": " "})


async def _index(site: Path) -> int:
    config = IndexConfig(
        output_path=str(site / "pagefind"),
        exclude_selectors=[".footnote", "sup", ".headerlink"],
    )
    pages = 0
    async with PagefindIndex(config=config) as index:
        for file in sorted(site.rglob("index.html")):
            text = file.read_text(encoding="utf-8")
            if "data-pagefind-body" not in text:
                continue
            url = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
            await index.add_html_file(content=text.translate(FOLD), url=url)
            pages += 1
    return pages


def build_index(site: Path) -> int:
    """Write `site/pagefind/` from the pages of `site/` that have a `data-pagefind-body`; returns their number."""
    pages = asyncio.run(_index(site))
    # Pagefind brings interfaces of its own, which we do not use: not shipped.
    for file in (site / "pagefind").iterdir():
        if file.name.startswith(("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")):
            file.unlink()
    return pages
