"""To read without a network: the service worker (`overrides/sw.js`), and the list of what a reader can have kept."""

from pathlib import Path

import jinja2

from content.locales import LOCALES, OTHER
from content.model import Study
from web.assets import VERSIONED
from web.pages import address, data_file, write, write_data

DATA = ("search", "search-dialog", "terms")  # what scripts load of the `data/` of a language


def write_offline(study: Study, site: Path, env: jinja2.Environment) -> None:
    """Write `sw.js` below `site`, with the words that it says itself, and `data/offline.json` of each language: the
    addresses of its pages, and of the files that they need."""
    names = ("offline_title", "offline_text", "offline_later")
    words = {locale: {name: study.words_in[locale][name] for name in names} for locale in LOCALES}
    write(site / "sw.js", env.get_template("sw.js").render(words=words))
    shipped = [file for file in (site / "assets").glob("*/*") if file.suffix in VERSIONED]
    index = [file for file in (site / "pagefind").rglob("*") if file.is_file()]
    for locale in LOCALES:
        other = (f"{OTHER[locale]}_", f"pagefind.{OTHER[locale]}_", f"wasm.{OTHER[locale]}.")
        data = [data_file(site, locale, f"{name}.json") for name in DATA]
        files = [*shipped, *data, *(file for file in index if not file.name.startswith(other))]
        pages = [address(path, locale) for path in study.pages[locale]]
        listed = sorted(file.relative_to(site).as_posix() for file in files)
        write_data(site, locale, "offline", {"pages": pages, "files": listed})
