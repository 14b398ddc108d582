"""What `make serve` does beside a build: it makes again what an edit changed, and goes on serving at a fault.

`mkdocs serve --dirty` knows the file of a page alone. A page also shows data, templates and titles of other pages.
"""

import logging
import os
import traceback
from collections.abc import Mapping
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files

from content.model import Study

log = logging.getLogger("mkdocs.serve")


def sources(study: Study, root: Path) -> dict[str, int]:
    """What each page is made from, as a hash, by its file below docs/: its text, data, templates, all front matter."""
    pages = [page for of_locale in study.pages.values() for page in of_locale.values()]
    files = [file for name in ("data", "overrides") for file in (root / name).rglob("*")]
    shown = repr([*((file, file.stat().st_mtime_ns) for file in files), *((page.file, page.meta) for page in pages)])
    return {f"{page.locale}/{page.path}": hash((shown, page.body)) for page in pages}


def choose(files: Files, before: Mapping[str, int], now: Mapping[str, int]) -> None:
    """Tell MkDocs which pages to make again: those that are not made from the same as before (see `sources`)."""
    for file in files.documentation_pages():
        again = now[file.src_uri] != before.get(file.src_uri)
        file.is_modified = lambda again=again: again  # type: ignore[method-assign,misc]


def reason(error: BaseException) -> str:
    """An error in one line: the checker's finding as it is, a template with its file and line."""
    text = " ".join(str(error).split()) or type(error).__name__
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if "overrides" in Path(frame.filename).parts:
            return f"{os.path.relpath(frame.filename)}:{frame.lineno}: {text}"
    return text


def keep_serving(server: LiveReloadServer) -> None:
    """At a fault the last good pages are served, and the fault is told in one line."""
    build = server.builder

    def build_or_say() -> None:
        try:
            build()
        except Exception as error:
            met = error.__context__ if isinstance(error, Abort) else None  # what MkDocs has printed already
            log.error(f"{reason(met or error)} – the pages before this fault are still served: mend it, save")

    server.builder = build_or_say
