"""The MkDocs hook: hands the study's content to the templates. Thin: what it does is done in other files.

MkDocs builds once per language (mkdocs-static-i18n): each function here runs for both.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import CountHandler, get_relative_url
from mkdocs_static_i18n.folder import create_i18n_file

from checker import model, run, stale
from content import locales, marks
from content.findings import ContentError
from content.load import load_study
from content.model import LOCALES, Page, Study
from web import (
    assets,
    case_texts,
    charts,
    contact,
    draft,
    exports,
    french_names,
    glossary_links,
    links_apart,
    offline,
    pages,
    passages,
    place,
    records,
    redirects,
    search_index,
    weights,
)
from web.tree import WORDS, Here, Text, read
from web.view import view

# The findings that stop a build: the templates could not show the content, or not as it is meant. `check.py` has more.
UNREADABLE = {"F000", "F001", "F002", "F003", "F004", "F006", "Y001", "Y002", "M001", "D001", "D002", "C001"}
WRONG = {"M002", "M005", "S003", "D003", "D008", "D016", "D022"}  # keys, values and dates that templates ask for
MISSING = {"S001", "L002", "L009", "D013", "D020", "R002"}  # anchors, parts …
STOPPING = UNREADABLE | WRONG | MISSING

Source = tuple[str, Here, set[str]]  # what a text is made from: Markdown, what it is given, pages that it may link to


@dataclass
class Build:
    """What is known from one event of MkDocs to the next."""

    study: Study
    templates: jinja2.Environment  # ours; MkDocs makes its own for each language
    terms: Mapping[str, glossary_links.Terms]  # by locale
    french: re.Pattern[str]  # names, to be marked in English
    behind: Mapping[tuple[str, str], set[str]]  # ids of the sections that stayed behind, by locale and path
    passages: Mapping[str, Mapping[str, Mapping[str, list[passages.Passage]]]]  # by locale, territory, path of a page
    site: Path  # where the site will stand
    authors: list[records.Author]  # who signs it
    sources: Mapping[str, int]  # what each page is made from, where a draft is served
    source: Source | None = None  # of the page under way
    about: dict[str, dict[str, Any]] = field(default_factory=dict)  # the site's own name and address, by locale


_serving = _dirty = False
_build: Build
# The texts of the last build with what each was made from, by the file of the page: for a draft that is served.
_texts: dict[str, tuple[Source, Text]] = {}
# Templates are compiled once and not for each language and build.
_compiled = jinja2.FileSystemBytecodeCache()


def _locale(config: MkDocsConfig) -> str:
    return str(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]


def _page(page: SitePage) -> Page:
    locale, _, path = page.file.src_uri.partition("/")
    return _build.study.pages[locale][path]


def on_startup(command: str, dirty: bool) -> None:
    if not os.environ.get("SITE_URL", "http://").startswith(("http://", "https://")):
        raise PluginError("SITE_URL is no address: give it as https://example.org/, or leave it unset")
    global _serving, _dirty
    _serving, _dirty = command == "serve", dirty


@event_priority(-200)  # after mkdocs-static-i18n has set the language
def on_config(config: MkDocsConfig) -> None:
    global _build
    if not config.plugins["i18n"].building:  # type: ignore[attr-defined]  # the second language: read already
        if not _dirty or draft.changed(Path(config.config_file_path).parent):
            _build = _read(config)
        if not _serving:  # MkDocs serves a folder of its own
            config.site_dir = str(place.beside(_build.site))
    names = {"site_name": config.site_name, "site_description": config.site_description, "authors": _build.authors}
    _build.about[_locale(config)] = names | {"site_url": config.site_url or "/"}


def _read(config: MkDocsConfig) -> Build:
    """Read the content. Stops the build at what the pages cannot be made from, before anything is written."""
    root = Path(config.config_file_path).parent
    if not contact.is_one(str(config.extra.get("contact") or "")):
        raise PluginError("CONTACT is no address: give a mail address or https://…, or leave it unset")
    if unready := locales.report(root):
        raise PluginError(unready)
    project = model.load(root)
    faults = [finding for finding in run.check(project, codes=STOPPING) if finding.code in STOPPING]
    if faults:
        raise PluginError("\n".join(map(str, faults[:20])))
    try:
        study = load_study(root)
        behind = stale.behind(project.sections)
        os.environ["SOURCE_DATE_EPOCH"] = pages.epoch(study)  # the same commit makes the same bytes
    except (ContentError, ValueError) as error:
        raise PluginError(str(error)) from None
    templates = _strict(jinja2.Environment(loader=jinja2.FileSystemLoader(config.theme.dirs)), config)
    templates.filters["url"] = _relative
    study = pages.with_territories(study)
    return Build(
        study=study,
        templates=templates,
        terms={locale: glossary_links.terms_of(study.glossary, locale) for locale in LOCALES},
        french=french_names.pattern(study),
        behind=behind,
        passages={locale: passages.of_territories(study, locale) for locale in LOCALES},
        site=Path(config.site_dir),
        authors=records.authors(root),
        sources=draft.sources(study, root) if _dirty else {},
    )


@jinja2.pass_context
def _relative(context: jinja2.runtime.Context, address: str) -> str:
    """The filter `url` of MkDocs: an address below the site's root, as a link on the page."""
    here: Page = context["this"]
    return get_relative_url(address, pages.address(here.path, here.locale))


def _strict(env: jinja2.Environment, config: MkDocsConfig) -> jinja2.Environment:
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = _compiled
    env.undefined = jinja2.StrictUndefined
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    plain = ("md", "txt", "bib", "ris")  # elsewhere a title or description is text, whatever it holds
    env.autoescape = jinja2.select_autoescape(disabled_extensions=plain, default=True)
    env.globals["serving"] = _serving
    env.globals["version"] = _version(config)
    return env


def _version(config: MkDocsConfig) -> str:
    """The folder of the assets. One that stays while a draft is served: a page that is not made again names it too."""
    return "draft" if _serving else assets.version(Path(config.docs_dir) / "assets")


@event_priority(-200)  # after mkdocs-static-i18n has placed the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Ship what the pages use and nothing else: not the theme's scripts and fonts, no second copy of the assets."""
    for file in list(files):
        from_theme = Path(file.src_dir or "") != Path(config.docs_dir)
        second_copy = not file.is_documentation_page() and _locale(config) != LOCALES[0]
        if from_theme or second_copy:
            files.remove(file)
        elif file.src_uri.startswith("assets/") and file.src_uri.endswith(assets.VERSIONED):
            file.url = file.dest_uri = file.src_uri.replace("assets/", f"assets/{_version(config)}/", 1)
            file.abs_dest_path = str(Path(config.site_dir) / file.dest_uri)
    for page in _build.study.pages[_locale(config)].values():
        if page.kind == "territory":
            files.append(_generated(page, config))
    if _dirty:
        draft.choose(files, _build.sources)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    for page in nav.pages:  # a page that is not made again names its neighbours too
        page.title = page.meta["title"] = _page(page).meta["title"]


def _generated(page: Page, config: MkDocsConfig) -> File:
    """A page that has no file in docs/, placed as mkdocs-static-i18n places the others."""
    source = File(f"{page.locale}/{page.path}", None, "", True, inclusion=InclusionLevel.NOT_IN_NAV)
    file: File = create_i18n_file(source, page.locale, LOCALES[0], list(LOCALES), config)
    file.content_string = f"---\ntitle: {page.meta['title']}\n---\n"
    return file


def on_page_markdown(markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    this = _page(page)
    page.meta["template"] = pages.template(this)
    names = _names(this)
    behind, strip = map(_build.templates.get_template, ("partials/behind.html", "partials/instrument-strip.html"))
    here = Here(
        locale=this.locale,
        address=pages.address(this.path, this.locale),
        words={key: names["t"][key] for key in WORDS},
        glossary="../" * pages.address(this.path, LOCALES[0]).count("/") + "reference/glossary/",
        terms=None if this.path == "reference/glossary.md" else _build.terms[this.locale],
        names=_build.french if this.locale == "en" else None,
        old_ids=names["old_ids"],
        levers={term.slug: term.number for term in _build.study.terms["levers"].values()},
        below={id: behind.render(names, id=id) for id in _build.behind.get((this.locale, this.path), ())},
        charts={
            mark["chart"]: charts.draw(_build.study.charts[mark["chart"]], _build.templates, names)
            for mark in marks.GENERATED.finditer(markdown)
            if mark["chart"] in _build.study.charts
        },
        strips={
            instrument.id: strip.render(names, instrument=instrument)
            for instrument in _build.study.instruments.values()
            if instrument.lever == this.slug and this.kind == "lever"
        },
    )
    _build.source = (markdown, here, set(_build.study.pages[this.locale]))
    made = _texts.get(page.file.src_uri)
    return "" if made and made[0] == _build.source else markdown  # nothing to convert where the text is there


def _names(page: Page) -> dict[str, Any]:
    """The names that the templates of a page may use, whatever MkDocs gives them besides."""
    return view(_build.study, page.locale, page, _build.french) | {
        "root": "../" * pages.address(page.path, page.locale).count("/"),
        "old_ids": redirects.old_ids(_build.study, page.path),
        "passages": _build.passages[page.locale],
    }


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    uri, source = page.file.src_uri, _build.source
    assert source is not None
    if uri not in _texts or _texts[uri][0] != source:
        _texts[uri] = source, read(html, source[1])
    return _texts[uri][1].html


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG001
    return _strict(env, config)


def on_page_context(context: dict[str, Any], page: SitePage, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG001
    this, site_url = _page(page), config.site_url or "/"
    context.update(_names(this))
    words = context["t"]
    url = site_url + pages.address(this.path, this.locale)
    context["report"] = contact.report_link(
        str(config.extra.get("contact") or ""), words["error_on"], this.meta["title"], url
    )
    context["authors"] = _build.authors
    made = _texts[page.file.src_uri][1]
    context["notes"], context["contents"] = made.notes, made.contents
    # The text between the generated parts, and the name of the part that follows each; the last has none.
    text = marks.GENERATED.split(page.content or "")
    context["pieces"] = list(zip_longest(text[::3], text[1::3]))


def on_post_page(output: str, page: SitePage, config: MkDocsConfig) -> str:  # noqa: ARG001
    if not _serving:  # who reads a draft sees where a link stands
        this = _page(page)
        mark = view(_build.study, this.locale, this, _build.french)["marked"]
        output = links_apart.tell(output, this, _build.study, mark)
    return assets.add_sheets(output)


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG001
    context.update(view(_build.study, _locale(config), None, _build.french))


@event_priority(-200)  # after mkdocs-static-i18n has built the other language
def on_post_build(config: MkDocsConfig) -> None:
    if config.plugins["i18n"].building:  # type: ignore[attr-defined]
        return
    study, site, site_url = _build.study, Path(config.site_dir), config.site_url or "/"
    if os.environ.get("SITE_URL") and not config.extra.get("contact"):
        logging.getLogger("mkdocs").info("No contact: pages do not say whom to tell of an error (see DEPLOYING.md)")
    if not (_dirty and draft.made.pages):  # who reads a draft needs no new search, exports and weights
        redirects.write(study, site, site_url, _build.templates)
        exports.write_tables(study, site, site_url)
        exports.write_texts(study, site, _build.templates, _build.about)
        shipped = site / "assets" / _version(config)
        offline.write_worker(site, _build.templates, study)
        search_index.build_index(study, site, _build.templates, _build.french)
        case_texts.write(study, site)
        offline.write_list(site, study)
        assets.lighten(shipped)
        weights.fill(study, site, shipped, _build.templates)  # of pages as they will be read
    if _serving:
        draft.made.pages = _build.sources
    elif not _warnings():  # with one, MkDocs will say that it failed
        books = (sys.executable, "-m", "books.book", str(site))
        if os.environ.get("BOOKS") and subprocess.run(books, check=False).returncode:
            raise PluginError("The books were not made: the site is as it was")
        place.put_in_place(site, _build.site)


def _warnings() -> bool:
    """Whether MkDocs has counted a warning in its strict mode."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:  # noqa: ARG001
    draft.keep_serving(server, Path(config.config_file_path).parent, Path(config.site_dir))


def on_build_error(error: Exception) -> None:
    draft.made.error = error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise PluginError(str(error)) from None  # one line: a full disk is no fault of the code


def on_shutdown() -> None:
    """A build that was stopped leaves nothing beside the site."""
    with contextlib.suppress(NameError):  # a fault stopped it before anything was made
        place.clear(_build.site)
