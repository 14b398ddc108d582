"""What machines read in a page's head: schema.org data (JSON-LD) and Highwire tags (`citation_*`, for Zotero)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from content.model import LOCALES, OTHER, Page, Study
from web.pages import address, term_path
from web.records import Author

Data = dict[str, Any]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SECTIONS = ("study", "levers", "frameworks", "themes", "cases", "territories")  # folders with an index page


def _report(study: Study) -> Data:
    """The study presented: its authors published it."""
    original = study.original
    bodies = [{"@type": "Organization", "name": name} for name in original.authors]
    return {
        "@type": "Report",
        "name": original.title["fr"],
        "alternateName": original.title["en"],
        "datePublished": original.date,
        "inLanguage": ["fr", "en"],
        "author": bodies,
        "publisher": bodies,
    }


def _trail(page: Page, study: Study, site_url: str) -> Data:
    """Where the page stands: home, the index of its part, of a case its main lever too, itself."""
    locale = page.locale
    paths = ["index.md"]
    folder = page.path.split("/")[0]
    if folder in SECTIONS and page.path != f"{folder}/index.md":
        paths.append(f"{folder}/index.md")
    if page.main_lever:
        paths.append(term_path("levers", page.main_lever))
    items = [(study.pages[locale][path].meta["title"], path) for path in paths if path in study.pages[locale]]
    items.append((page.meta["title"], page.path))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name, "item": site_url + address(path, locale)}
            for i, (name, path) in enumerate(items, 1)
        ],
    }


def json_ld(page: Page, study: Study, site_url: str, site_name: str) -> Data:
    """The page as schema.org data: an article about the study; the cases' index also as a data set."""
    locale = page.locale
    url = site_url + address(page.path, locale)
    article: Data = {
        "@type": "Article",
        "headline": page.meta["title"],
        "description": page.meta["description"],
        "url": url,
        "inLanguage": locale,
        "dateModified": str(page.meta["updated"]),
        "license": LICENCE,
        "isPartOf": {"@type": "WebSite", "name": site_name, "url": site_url + address("index.md", locale)},
        "about": _report(study),
        "workTranslation": {"@type": "Article", "url": site_url + address(page.path, OTHER[locale])},
    }
    graph = [article, _trail(page, study, site_url)] if page.path != "index.md" else [article]
    if page.path == "cases/index.md":
        graph.append(
            {
                "@type": "Dataset",
                "name": page.meta["title"],
                "description": page.meta["description"],
                "license": LICENCE,
                "inLanguage": locale,
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "encodingFormat": "text/csv",
                        "contentUrl": f"{site_url}{'' if locale == LOCALES[0] else locale + '/'}data/cases.csv",
                    },
                    {
                        "@type": "DataDownload",
                        "encodingFormat": "application/json",
                        "contentUrl": f"{site_url}data/cases.json",
                    },
                ],
            }
        )
    return {"@context": "https://schema.org", "@graph": graph}


def highwire(page: Page, site_url: str, words: Mapping[str, str], signed: Sequence[Author]) -> list[tuple[str, str]]:
    """The `citation_*` tags of a page as (name, content). The site is no author: its name is near that of the study."""
    return [
        *(("citation_author", author.sorted_name) for author in signed),
        ("citation_title", page.meta["title"]),
        ("citation_publisher", words["site_cited"]),
        ("citation_publication_date", str(page.meta["updated"]).replace("-", "/")),
        ("citation_language", page.locale),
        ("citation_public_url", site_url + address(page.path, page.locale)),
    ]
