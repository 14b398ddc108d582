"""What `make serve` does beside a build: it makes again what an edit changed, and goes on serving at a fault.

`mkdocs serve --dirty` leaves alone the pages that are newer than their file. That is not enough: a page also shows
data, templates and the titles of other pages. `Made` knows what each page was made from.
"""

from __future__ import annotations

import html
import logging
import os
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from jinja2 import TemplateSyntaxError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files

from content.model import Study
from web.pages import template

log = logging.getLogger("mkdocs.draft")

BAR = (
    '<p role="alert" style="position:sticky;top:0;z-index:99;margin:0;padding:.6rem 1rem;background:#9b1c1c;color:#fff;'
    'font:1rem/1.4 system-ui;white-space:pre-wrap">{}</p>'
)


@dataclass
class Made:
    """What the pages that are being served were made from. Kept from one build to the next."""

    files: dict[Path, int] = field(default_factory=dict)  # what was read, with the time of its last change
    pages: Mapping[str, str] = field(default_factory=dict)  # what each was made from, see `sources`
    error: BaseException | None = None  # what MkDocs met in the build under way
    fault: str = ""  # why the last build failed; empty: it did not


made = Made()


def changed(root: Path) -> bool:
    """Whether a page, data or a template was edited since the last time of asking; an edit of a style sheet is none."""
    now = times(root, "docs/en", "docs/fr", "data", "overrides", "mkdocs.yml")
    before, made.files = made.files, now
    return now != before or bool(made.fault)


def times(root: Path, *names: str) -> dict[Path, int]:
    """When each file below these folders was last changed."""
    files = [file for name in names for file in [root / name, *(root / name).rglob("*")] if file.is_file()]
    return {file: file.stat().st_mtime_ns for file in files if "__pycache__" not in file.parts}


def sources(study: Study, root: Path) -> dict[str, str]:
    """What each page is made from, as a digest, by its file below docs/: its text, its template, and what all show.

    All may show data, the front matter of other pages, and the templates but those of a kind of page.
    """
    pages = [page for of_locale in study.pages.values() for page in of_locale.values()]
    own = {name: (root / "overrides" / name).read_bytes() for name in {template(page) for page in pages}}
    shown = sha256("".join(f"{page.file}{page.meta}" for page in pages).encode())
    for file in times(root, "data", "overrides"):
        if file.parent.name != "overrides" or file.name not in own:
            shown.update(file.read_bytes())
    found = {}
    for page in pages:
        digest = shown.copy()
        digest.update(page.body.encode() + own[template(page)])
        found[f"{page.locale}/{page.path}"] = digest.hexdigest()
    return found


def choose(files: Files, now: Mapping[str, str]) -> None:
    """Tell MkDocs which pages to make again: those that are not made from the same as in the last good build."""
    for file in files.documentation_pages():
        again = now[file.src_uri] != made.pages.get(file.src_uri)
        file.is_modified = lambda again=again: again  # type: ignore[method-assign,misc]


def reason(error: BaseException) -> str:
    """An error in one line: the checker's finding as it is, a template with its file and line."""
    text = " ".join(str(error).split())
    if isinstance(error, TemplateSyntaxError):
        return f"{os.path.relpath(error.filename or '')}:{error.lineno}: {text}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "overrides" in Path(frame.filename).parts]
    if frames:
        return f"{os.path.relpath(frames[-1].filename)}:{frames[-1].lineno}: {text}"
    return text or type(error).__name__


def keep_serving(server: LiveReloadServer, root: Path) -> None:
    """A fault no longer holds every request up: the pages of the last good build are served, with the fault on top."""
    build, code = server.builder, times(root, "scripts")

    def build_or_say() -> None:
        made.error = None
        try:
            build()
            made.fault = (
                "" if times(root, "scripts") == code else "scripts/ was edited: stop make serve and start it again"
            )
        except (Exception, SystemExit) as error:  # MkDocs ends with SystemExit, after on_build_error
            made.fault = (
                f"{reason(made.error or error)}\nThe pages before this fault are still served: mend it and save"
            )
        if made.fault:
            log.error(made.fault)

    server.builder = build_or_say
    server.set_app(with_bar(server.get_app() or server.serve_request))


def with_bar(app: WSGIApplication) -> WSGIApplication:
    """The same server, with the fault of the last build at the top of each page."""

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        answer: dict[str, Any] = {}

        def keep(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            answer.update(status=status, headers=headers)
            return start(status, headers, exc_info) if not _is_page(headers) else lambda _: None

        body = app(environ, keep)
        if not _is_page(answer["headers"]):
            return body
        page = b"".join(body)
        if made.fault:
            head, tag, rest = page.partition(b"<body")
            attributes, end, rest = rest.partition(b">")
            page = head + tag + attributes + end + BAR.format(html.escape(made.fault)).encode() + rest
        headers = [pair for pair in answer["headers"] if pair[0].lower() != "content-length"]
        start(answer["status"], [*headers, ("Content-Length", str(len(page)))])
        return [page]

    return serve


def _is_page(headers: Iterable[tuple[str, str]]) -> bool:
    return any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)
