"""What a language that was added to LOCALES lacks, in one report: texts, pages, and code that is made for two."""

import re
from collections.abc import Iterator
from pathlib import Path

from content.files import mappings, page_files, read_yaml
from content.findings import ContentError
from content.model import LOCALES


def report(root: Path) -> str:
    """What each language after the second lacks, a line a file; empty for two languages."""
    return "\n".join(line for locale in LOCALES[2:] for line in _lacking(root, locale))


def _lacking(root: Path, locale: str) -> Iterator[str]:
    first = LOCALES[0]
    yield f"LOCALES names '{locale}', which is not whole yet (CONTRIBUTING.md, “A third language”):"
    pages = [{file.relative_to(root / "docs" / lang) for file in page_files(root, lang)} for lang in (first, locale)]
    if lost := len(pages[0] - pages[1]):
        yield f"  docs/{locale}: {lost} of {len(pages[0])} pages are not there"
    if f"locale: {locale}" not in (root / "mkdocs.yml").read_text(encoding="utf-8"):
        yield f"  mkdocs.yml: the plugin i18n has no language '{locale}'"
    for file in sorted((root / "data").glob("*.yml")):
        try:
            found = mappings(read_yaml(file, root))
            lost = sum(first in mapping and locale not in mapping for _, mapping in found)
        except ContentError as error:
            yield f"  {error}"
        else:
            if lost:
                yield f"  data/{file.name}: {lost} texts have no '{locale}:'"
    sources = [root / "scripts", root / "overrides", root / "docs/assets"]
    ours, theirs = _by_language("en|fr"), _by_language(locale)
    files = sorted(file for folder in sources for file in folder.rglob("*") if file.suffix in (".py", ".html", ".js"))
    for file in files:
        text = file.read_text(encoding="utf-8")
        places = [str(number) for number, line in enumerate(text.split("\n"), 1) if ours.search(line)]
        if places and not theirs.search(text):
            yield f"  {file.relative_to(root)}: made for two languages, line {', '.join(places)}"


def _by_language(locales: str) -> re.Pattern[str]:
    """What code and templates have for a language: its entry in a table, a choice by `==`, a tuple that begins so."""
    return re.compile(rf"""["'](?:{locales})["']: |==[= ]*["'](?:{locales})["']|\(["'](?:{locales})["'], """)
