"""The MkDocs hook: hands the study's content to the templates. Thin: what it does is done in other files.

MkDocs builds once per language (mkdocs-static-i18n): each function here runs for both. It gives an event more than most
ask for: `_` is the rest.
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
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
from mkdocs_static_i18n.folder import create_i18n_file

from checker import run, stale
from checker.project import load
from content.locales import LOCALES
from content.model import Page, Study
from web import assets, exports, offline, pages, search_index, serve, templates
from web.templates import names_for
from web.tree import finished_text

# The rules whose findings stop a build, besides what cannot be read: the templates could not show the content, or not
# as it is meant. `check.py` has more.
STOPPING = {"M002", "M005", "S003", "D003", "D008"}  # keys, values, dates that templates ask for
STOPPING |= {"S001", "S007", "L002", "L009", "D020", "R002"}  # anchors, parts …


@dataclass
class State:
    """What is kept from one event of MkDocs to the next; where a draft is served, from one build to the next too."""

    serving: bool = False
    dirty: bool = False  # only what an edit changed is made again
    about: dict[str, dict[str, Any]] = field(default_factory=dict)  # the site's own name and address, by locale
    # Where a draft is served, what each page is made from, in the build under way and in the last good one.
    sources: Mapping[str, int] = field(default_factory=dict)
    served: Mapping[str, int] = field(default_factory=dict)
    # Not there before the content is read.
    study: Study = field(init=False)
    # The ids of the sections that stayed behind, by locale and path of the page.
    late: Mapping[tuple[str, str], set[str]] = field(init=False)
    templates: jinja2.Environment = field(init=False)
    version: str = field(init=False)  # the folder of the assets


_state = State()


def _locale(config: MkDocsConfig) -> str:
    return str(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]


def _is_within(config: MkDocsConfig) -> bool:
    """Whether this is the build of the other language, which runs within that of the first."""
    return bool(config.plugins["i18n"].building)  # type: ignore[attr-defined]


def _content_of(page: SitePage) -> Page:
    """The page of the content that MkDocs makes a page of the site of."""
    locale, _, path = page.file.src_uri.partition("/")
    return _state.study.pages[locale][path]


def on_startup(command: str, dirty: bool) -> None:
    if not os.environ.get("SITE_URL", "http://").startswith(("http://", "https://")):
        raise PluginError("SITE_URL is no address: give it as https://example.org/, or leave it unset")
    _state.serving, _state.dirty = command == "serve", dirty


@event_priority(-200)  # after mkdocs-static-i18n has set the language
def on_config(config: MkDocsConfig) -> None:
    if not _is_within(config):
        _read(config)
    about = {"site_name": config.site_name, "site_description": config.site_description}
    _state.about[_locale(config)] = about | {"site_url": config.site_url or "/"}


def _read(config: MkDocsConfig) -> None:
    """Read the content. Stops the build at what the pages cannot be made from, before anything is written."""
    root = Path(config.config_file_path).parent
    contact = str(config.extra.get("contact") or "")
    is_mail = "@" in contact and ":" not in contact
    if contact and not is_mail and not contact.startswith(("http://", "https://")):
        raise PluginError("CONTACT is no address: give a mail address or https://…, or leave it unset")
    if os.environ.get("SITE_URL") and not contact:
        logging.getLogger("mkdocs").info("No contact: pages do not say whom to tell of an error (see DEPLOYING.md)")
    project = load(root)
    if faults := run.check(project, codes=STOPPING):
        raise PluginError("\n".join(map(str, faults[:20])))
    try:
        os.environ["SOURCE_DATE_EPOCH"] = pages.epoch(project)  # the same commit makes the same bytes
    except ValueError as error:
        raise PluginError(str(error)) from None
    _state.study, _state.late = pages.with_territories(project), stale.late_sections(project.compared)
    if not hasattr(_state, "templates"):  # while a draft is served, only an edited one is compiled again
        _state.templates = templates.environment(config.theme.dirs)
    # One that stays while a draft is served: a page that is not made again names it too.
    _state.version = "draft" if _state.serving else assets.version(Path(config.docs_dir) / "assets")
    _state.templates.globals.update(serving=_state.serving, version=_state.version, config=config)
    _state.sources = serve.sources(_state.study, root) if _state.dirty else {}


@event_priority(-200)  # after mkdocs-static-i18n has placed the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Ship what the pages use and nothing else: not the theme's scripts and fonts, no second copy of the assets."""
    for file in list(files):
        from_theme = Path(file.src_dir or "") != Path(config.docs_dir)
        second_copy = not file.is_documentation_page() and _locale(config) != LOCALES[0]
        if from_theme or second_copy:
            files.remove(file)
        elif file.src_uri.startswith("assets/") and file.src_uri.endswith(assets.VERSIONED):
            file.url = file.dest_uri = file.src_uri.replace("assets/", f"assets/{_state.version}/", 1)
            file.abs_dest_path = str(Path(config.site_dir) / file.dest_uri)
    for page in _state.study.pages[_locale(config)].values():
        if page.kind == "territory":
            files.append(_file_of_territory(page, config))
    if _state.dirty:
        serve.choose(files, _state.served, _state.sources)
    return files


def _file_of_territory(page: Page, config: MkDocsConfig) -> File:
    """What stands for a territory, which has no file in docs/; placed by mkdocs-static-i18n as other pages are."""
    source = File(f"{page.locale}/{page.path}", None, "", True, inclusion=InclusionLevel.NOT_IN_NAV)
    file: File = create_i18n_file(source, page.locale, LOCALES[0], list(LOCALES), config)
    file.content_string = ""
    return file


def on_nav(nav: Navigation, **_: object) -> None:
    for page in nav.pages:  # a page that is not made again names its neighbours too
        page.title = page.meta["title"] = _content_of(page).meta["title"]


def on_page_content(html: str, page: SitePage, **_: object) -> str:
    """The text of the page, from what MkDocs has converted of its Markdown."""
    this = _content_of(page)
    page.meta["template"] = "home.html" if this.path == "index.md" else f"{this.kind}.html"
    names = names_for(_state.study, this.locale, this)

    def render(*templates: str, **given: Any) -> str:
        return _state.templates.select_template(templates).render(names, **given)

    late = _state.late.get((this.locale, this.path), set())
    text, page.meta["notes"] = finished_text(html, _state.study, this, render, late)
    return text


def on_env(*_: object, **__: object) -> jinja2.Environment:
    return _state.templates


def on_page_context(context: dict[str, Any], page: SitePage, **_: object) -> None:
    this = _content_of(page)
    context.update(names_for(_state.study, this.locale, this))
    context["notes"] = page.meta["notes"]


def on_template_context(context: dict[str, Any], config: MkDocsConfig, **_: object) -> None:
    context.update(names_for(_state.study, _locale(config)))


@event_priority(-200)  # after mkdocs-static-i18n has built the other language
def on_post_build(config: MkDocsConfig) -> None:
    if _is_within(config):
        return
    if not (_state.dirty and _state.served):  # the reader of an edited draft needs no new search and exports
        _write_beside_pages(Path(config.site_dir), config.site_url or "/")
    _state.served = _state.sources


def _write_beside_pages(site: Path, site_url: str) -> None:
    study, env = _state.study, _state.templates
    exports.write_redirects(study, site, site_url, env)
    exports.write_tables(study, site, site_url)
    exports.write_texts(study, site, env, _state.about)
    search_index.build_index(study, site, env)
    offline.write_offline(study, site, env)
    assets.lighten(site / "assets" / _state.version)


def on_serve(server: LiveReloadServer, **_: object) -> None:
    serve.keep_serving(server)


def on_build_error(error: Exception) -> None:
    """A fault of a template is told in one line, as is one of the disk; any other is a fault of the code."""
    if isinstance(error, jinja2.TemplateError | OSError):
        raise PluginError(serve.reason(error)) from None
