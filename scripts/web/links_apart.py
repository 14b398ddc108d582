"""Links of a page that have one name and lead to several places: to all but the first place, what a voice adds."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urljoin, urlsplit

from content.anchors import GLOSSARY
from content.model import Page, Study
from web.pages import address, section_title
from web.view import view
from web.wording import date_text

LINK = re.compile(r'<a (?P<attributes>[^>]*href="(?P<href>[^"]*)"[^>]*)>(?P<inner>.*?)</a>', re.DOTALL)
SITE = "http://site.invalid/"  # below which addresses are resolved


def tell(html: str, page: Page, study: Study) -> str:
    """The HTML of a page; its links of one name are told apart by the page or section they lead to, or its host."""
    own_address = SITE + address(page.path, page.locale)
    first: dict[str, str] = {}  # where the first link of a name leads
    places = {SITE + address(path, page.locale): path for path in study.pages[page.locale]}
    names = view(study, page.locale, page)
    cases = {SITE + address(case.path, page.locale) for case in study.cases(page.locale)} - {own_address}
    colon, case = names["colon"], names["t"]["case"]
    mark: Callable[[str], str] = names["marked"]

    def has(name: str, target: str) -> bool:
        """Whether a name is that of this place alone so far."""
        return first.setdefault(name.casefold(), target) == target

    def add(link: re.Match[str]) -> str:
        text = " ".join(re.sub(r"<[^>]*>", "", link["inner"]).split())
        name = unescape(text)
        if not name or "aria-label" in link["attributes"]:
            return link[0]
        target = urljoin(own_address, unescape(link["href"]))
        if has(name, target) or (target.startswith(SITE) and "?" in target):
            return link[0]  # a choice of the finder is the number of a table: its row and column say which
        addition = where(target, first[name.casefold()])
        if target in cases and has(f"{name}{colon} {case}", target):
            addition = case
        if 'class="term"' in link["attributes"]:  # may stand in a clause to copy: nothing is added to its text
            label = f"{text}{colon} {re.sub(r'<[^>]*>', '', addition)}".replace('"', "&quot;")
            return f'<a {link["attributes"]} aria-label="{label}">{link["inner"]}</a>'
        return (
            f'<a {link["attributes"]}>{link["inner"]}<span class="apart visually-hidden">{colon} {addition}</span></a>'
        )

    def where(target: str, other: str) -> str:
        """What the place of a link is called, beside the place that has its name already."""
        url, _, id = target.partition("#")
        if url == own_address:
            return mark(study.words_in[page.locale]["on_this_page"])
        if url not in places:
            return target.rsplit("/", 1)[-1] if url.startswith(SITE) else urlsplit(target).netloc
        path = places[url]
        if id in study.sources:
            source = study.sources[id]
            title = mark(source.title or (source.subject or {})[page.locale])
            if has(f"{source.publisher}{colon} {title}", target) or not source.date:
                return title
            return f"{title}, {date_text(source.date, page.locale)}"
        one_page = url == other.partition("#")[0] and path != GLOSSARY
        return mark(section_title(study, f"{path}#{id}" if one_page else path, page.locale))

    return LINK.sub(add, html)
