"""Links of a page that have one name and lead to several places: to all but the first place, what a voice adds."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from content.anchors import GLOSSARY
from content.model import Page, Study
from web.elements import element
from web.pages import address, section_title
from web.view import view
from web.wording import date_text

SITE = "http://site.invalid/"  # below which addresses are resolved


def tell(tree: LexborHTMLParser, page: Page, study: Study) -> None:
    """Tell the links of a page that have one name apart by the page or section they lead to, or its host."""
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

    for link in tree.css("a[href]:not([aria-label])"):
        name, target = " ".join(link.text().split()), urljoin(own_address, link.attributes["href"] or "")
        if not name or has(name, target) or (target.startswith(SITE) and "?" in target):
            continue  # a choice of the finder is the number of a table: its row and column say which
        addition = where(target, first[name.casefold()])
        if target in cases and has(f"{name}{colon} {case}", target):
            addition = case
        added = element(f'<span class="apart visually-hidden">{colon} {addition}</span>')
        if link.attributes.get("class") == "term":  # may stand in a clause to copy: nothing is added to its text
            link.attrs["aria-label"] = name + added.text()
        else:
            link.insert_child(added)
