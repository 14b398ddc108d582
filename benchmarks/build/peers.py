"""The study's content several times over, and the same Markdown as other tools want it.

Every tool gets the same pages, the same notes written out, the same navigation.
"""

import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from report import ROOT

from checker.project import load
from content import marks
from content.locales import LOCALES
from content.model import Page, Study
from content.writing import date_text
from web.citing import cited_sources
from web.pages import address

COPIED = ("levers", "modes", "themes")  # vocabularies of data/terms.yml that are pages
LINK = re.compile(r"\]\((?P<path>[^)#:]+\.md)(?P<anchor>#[^)]*)?\)")

Nav = list[Any]


def _renamed(path: str, copy: int) -> str:
    return f"{path.removesuffix('.md')}-{copy}.md"


def copied(page: Page) -> bool:
    """Whether a page is multiplied: not an index, nor a page that lists everything."""
    return not page.path.endswith("index.md") and not marks.GENERATED.search(page.body)


def _write_copy(page: Page, copy: int, names: set[str], root: Path) -> None:
    """A page under a new name: its title, its terms and its links are those of the copy."""

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), match["path"]))
        path = _renamed(match["path"], copy) if target in names else match["path"]
        return f"]({path}{match['anchor'] or ''})"

    meta = dict(page.meta) | {"title": f"{page.meta['title']} ({copy})"}
    for key in (*COPIED, "territory"):
        if key in meta:
            value = meta[key]
            meta[key] = [f"{v}-{copy}" for v in value] if isinstance(value, list) else f"{value}-{copy}"
    front = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False)
    file = root / "docs" / page.locale / _renamed(page.path, copy)
    file.write_text(f"---\n{front}---\n{LINK.sub(link, page.body)}", encoding="utf-8")


def _nav_times(items: Nav, times: int, names: set[str]) -> Nav:
    """The navigation with the copies of each page after it."""
    result: Nav = []
    for item in items:
        if isinstance(item, dict):
            result += [{title: _nav_times(inner, times, names)} for title, inner in item.items()]
        else:
            result += [item, *(_renamed(item, copy) for copy in range(2, times + 1) if item in names)]
    return result


def read_nav(root: Path) -> Nav:
    """The navigation of mkdocs.yml, which comes last in it."""
    nav: Nav = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[1])
    return nav


def multiply(root: Path, times: int) -> None:
    """Make `root` a project with the study `times` over: its levers, modes, themes, territories and cases too."""
    shutil.rmtree(root, ignore_errors=True)
    for name in ("docs", "data", "overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[0]
    study = load(ROOT)
    names = {page.path for page in study.pages["en"].values() if copied(page)}
    for locale in LOCALES:
        for page in study.pages[locale].values():
            for copy in range(2, times + 1) if page.path in names else ():
                _write_copy(page, copy, names, root)
    for name, keys in (("terms", COPIED), ("territories", (None,))):
        file = root / "data" / f"{name}.yml"
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key in keys:
            records, own = (data[key], "slug") if key else (data, "id")
            records += [r | {own: f"{r[own]}-{copy}"} for copy in range(2, times + 1) for r in list(records)]
        file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")  # which is YAML
    nav = yaml.safe_dump(_nav_times(read_nav(ROOT), times, names), allow_unicode=True)
    (root / "mkdocs.yml").write_text(f"{config}\nnav:\n{nav}", encoding="utf-8")


def _notes(page: Page, study: Study) -> str:
    """The notes of a page as Markdown: what our build shows of each source."""
    lines = []
    for key in cited_sources(page, study):
        source = study.sources[key]
        title = source.title or (source.subject or {})[page.locale]
        title = f"[{title.translate({91: '(', 93: ')'})}]({source.url})" if source.url else title
        date = date_text(source.date, page.locale) if source.date else study.words["no_date"][page.locale]
        lines.append(f"[^{key}]: **{source.publisher}**, {date}. {title}")
    return "\n\n" + "\n".join(lines) + "\n" if lines else ""


def _pages(root: Path) -> Iterator[tuple[Page, str]]:
    """Every page of both languages with its Markdown: notes included, generated parts left out."""
    study = load(root)
    for locale in LOCALES:
        for page in study.pages[locale].values():
            yield page, marks.GENERATED.sub("", page.body) + _notes(page, study)


def _front(page: Page) -> str:
    return yaml.safe_dump({k: page.meta[k] for k in ("title", "description")}, allow_unicode=True)


def _save(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def material(root: Path, target: Path, locale: str | None = None) -> None:
    """Material and mkdocs-static-i18n with their defaults; with `locale`, one language alone, for Zensical."""
    shutil.rmtree(target, ignore_errors=True)
    for page, text in _pages(root):
        if locale in (None, page.locale):
            folder = target / "docs" / ("" if locale else page.locale)
            _save(folder / page.path, f"---\n{_front(page)}---\n{text}")
    extensions = ["admonition", "attr_list", "tables", "footnotes", {"toc": {"permalink": True}}]
    config: dict[str, Any] = {
        "site_name": "Urban regions, social and solidarity economy and social innovation",
        "site_url": "http://127.0.0.1:8000/",
        "theme": {"name": "material", "font": False, "language": locale or "en"},
        "markdown_extensions": extensions,
        "nav": read_nav(root),
        "not_in_nav": "cases/*.md" if locale else "/*/cases/*.md",
    }
    if not locale:
        languages = [
            {"locale": "en", "name": "English", "default": True, "build": True},
            {"locale": "fr", "name": "Français", "build": True},
        ]
        config["plugins"] = ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}]
    _save(target / "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True, sort_keys=False))


ASIDE = re.compile(r'^!!! (?P<type>\w+) "(?P<title>[^"]*)"\n(?P<body>(?:\n|    .*\n?)+)', re.MULTILINE)
LANG = re.compile(r"(?<!\*)\*(?P<text>[^*\n]+)\*\{ lang=(?P<lang>\w+) \}")


def _starlight_text(page: Page, text: str) -> str:
    """A page as Starlight wants it: boxes as asides, addresses instead of files, marked languages as HTML."""

    def aside(match: re.Match[str]) -> str:
        body = re.sub(r"^    ", "", match["body"], flags=re.MULTILINE).strip()
        return f":::{'caution' if match['type'] == 'warning' else 'note'}[{match['title']}]\n{body}\n:::\n\n"

    def link(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), match["path"]))
        return f"](/{address(path, page.locale)}{match['anchor'] or ''})"

    text = LANG.sub(r'<i lang="\g<lang>">\g<text></i>', text)
    return LINK.sub(link, ASIDE.sub(aside, text))


def _sidebar(items: Nav, words: dict[str, str]) -> list[Any]:
    """The navigation as Starlight's sidebar, without the home page, which its title leads to."""
    result: list[Any] = []
    for item in items:
        if isinstance(item, dict):
            for title, inner in item.items():
                translated = {"label": title, "translations": {"fr": words[title]}}
                result.append(translated | {"collapsed": True, "items": _sidebar(inner, words)})
        elif item != "index.md":
            result.append(address(item, "en").strip("/"))
    return result


def starlight(root: Path, target: Path) -> None:
    """Starlight: its content, sidebar and configuration; packages and caches that stand in `target` are kept."""
    docs = target / "src" / "content" / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    for page, text in _pages(root):
        folder = docs if page.locale == "en" else docs / page.locale
        _save(folder / page.path, f"---\n{_front(page)}---\n{_starlight_text(page, text)}")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    words = dict(re.findall(r"^            ([^:\n]+): (.+)$", config, re.MULTILINE))
    _save(target / "sidebar.json", json.dumps(_sidebar(read_nav(root), words), ensure_ascii=False))
    for name, folder in (("astro.config.mjs", target), ("content.config.ts", target / "src")):
        shutil.copy(Path(__file__).parent / "starlight" / name, folder)
