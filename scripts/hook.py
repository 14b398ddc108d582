"""The MkDocs hook: hands the study's content to the templates. Thin: what it does is done in other files.

MkDocs builds once per language (mkdocs-static-i18n): each function here runs for both.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from checker import stale
from content.load import load_study
from content.model import LOCALES, ContentError, Page, Study
from web import (
    charts,
    exports,
    french_names,
    glossary_links,
    instruments,
    offline,
    records,
    redirects,
    search_index,
    structured,
    view,
    weights,
)

_state: dict[str, Any] = {}  # the study and the Jinja environment of the build under way


def _locale(config: MkDocsConfig) -> str:
    return str(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]


def _page(page: SitePage) -> Page:
    locale, _, path = page.file.src_uri.partition("/")
    return _study().pages[locale][path]


def _study() -> Study:
    study: Study = _state["study"]
    return study


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001
    _state["serving"] = command == "serve"


@event_priority(-200)  # after mkdocs-static-i18n has set the language
def on_config(config: MkDocsConfig) -> None:
    _state.setdefault("names", {})[_locale(config)] = (config.site_name, config.site_description or "")
    if not any(isinstance(extension, glossary_links.GlossaryLinks) for extension in config.markdown_extensions):
        config.markdown_extensions.append(glossary_links.GlossaryLinks(_glossary_here))  # type: ignore[arg-type]
        config.markdown_extensions.append(french_names.FrenchNames(_french_names))  # type: ignore[arg-type]
    if config.plugins["i18n"].building:  # type: ignore[attr-defined]  # the second language: read already
        return
    try:
        study = load_study(Path(config.config_file_path).parent)
        view.verify(study)
        _state["study"] = view.with_territories(study)
        _state["behind"] = stale.behind(study.pages, study.root)
        _state["french"] = french_names.pattern(study)
        _state["terms"] = {locale: glossary_links.pattern(study.glossary, locale) for locale in LOCALES}
        os.environ.setdefault("SOURCE_DATE_EPOCH", view.epoch(study))  # the same commit makes the same bytes
    except ContentError as error:
        raise PluginError(str(error)) from None


@event_priority(-200)  # after mkdocs-static-i18n has placed the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Ship what the pages use and nothing else: not the theme's scripts and fonts, no second copy of the assets."""
    for file in list(files):
        from_theme = Path(file.src_dir or "") != Path(config.docs_dir)
        second_copy = not file.is_documentation_page() and _locale(config) != LOCALES[0]
        if from_theme or second_copy:
            files.remove(file)
    for page in _study().pages[_locale(config)].values():
        if page.kind == "territory":
            files.append(_generated(page, config))
    return files


def _generated(page: Page, config: MkDocsConfig) -> File:
    """A page that has no file in docs/, with what mkdocs-static-i18n expects of a file it has placed."""
    source = f"{page.locale}/{page.path}"
    file = File.generated(config, source, content=f"---\ntitle: {page.meta['title']}\n---\n")
    file.inclusion = InclusionLevel.NOT_IN_NAV
    file.dest_uri = view.address(page.path, page.locale) + "index.html"
    file.url = view.address(page.path, page.locale)
    file.locale = file.locale_alternate_of = file.localization = page.locale  # type: ignore[attr-defined]
    file.norm_src_uri = page.path  # type: ignore[attr-defined]
    file.alternates = {page.locale: file}  # type: ignore[attr-defined]
    return file


def _glossary_here() -> tuple[Any, ...] | None:
    """What the glossary links need for the page being read; none on the glossary itself."""
    page: Page | None = _state.get("page")
    if page is None or page.path == "reference/glossary.md":
        return None
    return (
        *_state["terms"][page.locale],
        "../" * view.address(page.path, "en").count("/") + "reference/glossary/#",
    )


def _french_names() -> re.Pattern[str] | None:
    """The names to mark as French on the page being read; none on a French page."""
    page: Page | None = _state.get("page")
    names: re.Pattern[str] = _state["french"]
    return names if page and page.locale == "en" else None


def _templates(config: MkDocsConfig) -> jinja2.Environment:
    """The templates, before MkDocs has made its own environment."""
    if "templates" not in _state:
        loader = jinja2.FileSystemLoader(config.theme.dirs)
        _state["templates"] = _strict(jinja2.Environment(loader=loader), config)
    environment: jinja2.Environment = _state["templates"]
    return environment


def on_page_markdown(markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    study, this = _study(), _page(page)
    _state["page"] = this
    words = study.words
    config.mdx_configs["footnotes"]["BACKLINK_TITLE"] = words["back_to_note"][this.locale]
    config.mdx_configs["toc"]["permalink"] = "#"
    page.meta["template"] = "home.html" if this.path == "index.md" else f"{this.kind}.html"
    return charts.draw(markdown, this, study, _templates(config)) + view.footnotes(this, study)


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG001
    _state["env"] = _strict(env, config)
    _state["sources"] = {}  # a source reads the same on every page of a language
    return env


def _strict(env: jinja2.Environment, config: MkDocsConfig) -> jinja2.Environment:
    env.trim_blocks = env.lstrip_blocks = True
    env.undefined = jinja2.StrictUndefined
    env.autoescape = True  # a title or description is text, whatever it holds
    env.globals["serving"] = _state.get("serving", False)
    env.globals["version"] = offline.version(Path(config.docs_dir) / "assets")
    return env


def on_page_context(context: dict[str, Any], page: SitePage, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG001
    study, this = _study(), _page(page)
    context.update(view.view(study, this.locale, this))
    names = _state["french"] if this.locale == "en" else None
    context["marked"] = lambda text: Markup(view.keep_whole(str(french_names.mark(text, names))))
    env: jinja2.Environment = _state["env"]

    this_words = context["t"]
    site_url, site_name = config.site_url or "/", config.site_name
    context["json_ld"] = structured.json_ld(this, study, site_url, site_name)
    context["page_records"] = records.of_page(this, site_url, this_words)
    context["original_records"] = records.of_original(study.original, this.locale)
    context["highwire"] = structured.highwire(this, site_url, this_words)

    def source(key: str) -> str:
        known: dict[str, str] = _state["sources"]
        if key not in known:
            known[key] = env.get_template("partials/source.html").render(context, source=study.sources[key]).strip()
        return known[key]

    def part(name: str) -> str:
        stem, _, argument = name.partition("-")  # `amounts-grants` asks the template `amounts` for `grants`
        template = env.select_template([f"generated/{name}.html", f"generated/{stem}.html"])
        return template.render(context, argument=argument).strip()

    behind = env.get_template("partials/behind.html")
    late = {id: behind.render(context, id=id) for id in _state["behind"].get((this.locale, this.path), ())}
    strip = env.get_template("partials/instrument-strip.html")
    strips = {i.id: strip.render(context, instrument=i) for i in instruments.of_page(study, this.path)}
    below = {id: strips.get(id, "") + late.get(id, "") for id in (*strips, *late)}
    text = stale.mark(page.content or "", below)
    text = view.finish(text, words=this_words, fill_source=source, fill_part=part)
    text = redirects.keep_old_anchors(study, this.path, text)
    page.content = view.print_addresses(text, view.address(this.path, this.locale))


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG001
    context.update(view.view(_study(), _locale(config), None))


@event_priority(-200)  # after mkdocs-static-i18n has built the other language
def on_post_build(config: MkDocsConfig) -> None:
    if not config.plugins["i18n"].building:  # type: ignore[attr-defined]
        site = Path(config.site_dir)
        redirects.write(_study(), site, config.site_url or "/", _state["env"])
        exports.write(_study(), site, config.site_url or "/", _state["names"])
        weights.lighten(site)
        weights.fill(_study(), site)
        offline.write(site, _state["env"])
        search_index.build_index(site)
