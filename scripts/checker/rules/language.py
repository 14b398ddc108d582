"""The checker's rules for what pages say: language, typography, figures, names; see `check_sources.py`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, zip_longest

from checker import figures
from checker.document import Block, parts
from checker.figures import Quantity
from checker.model import Blocks, Pair, Places, Project, Sheet
from checker.registry import pair_rule
from checker.rules.words import (
    ACRONYM,
    in_wrong_language,
    is_name,
    language_of,
    sentences,
    shows,
    untranslated,
    words_of,
)
from content import marks
from content.model import LANGUAGE, OTHER, TEXT_KEYS, Hit, Territory

# ---------------------------------------------------------------- T: text of one page


def wrong_language(sheet: Sheet) -> Iterator[Hit]:
    """Text is in the page's language; words of the other one are marked with their language."""
    locale, other = sheet.page.locale, LANGUAGE[OTHER[sheet.page.locale]]
    for key in TEXT_KEYS:
        if in_wrong_language(str(sheet.page.meta.get(key, "")), locale):
            yield sheet.meta_hit(key, f"the {key} is in {other}: translate it")
    mark = f"translate it, or mark a quotation as *…*{{ lang={OTHER[locale]} }}"
    for block in sheet.blocks:
        text = block.unmarked
        if block.kind == "code" or not shows(text, OTHER[locale]):  # as most are: no need to look closer
            continue
        if in_wrong_language(text, locale):
            yield sheet.hit(block, f"this {block.kind} is in {other}: {mark}")
            continue
        for start, sentence in sentences(text):
            if shows(sentence, OTHER[locale]) and in_wrong_language(sentence, locale):
                message = f"the sentence '{_short(sentence)}' is in {other}: {mark}"
                yield sheet.hit(block.place(start), message)


def _short(text: str) -> str:
    """The first words of a text."""
    words = text.split()
    return " ".join(words[:6]) + " …" * (len(words) > 6)


def stray_attributes(sheet: Sheet) -> Iterator[Hit]:
    """An attribute list follows what it belongs to: a heading, or marked words without a space."""
    for block in sheet.blocks:
        if block.kind != "code" and (match := marks.ATTRIBUTES.search(block.text)):
            message = f"'{match[0]}' belongs to nothing: put it right after the marked words, or after the heading"
            yield sheet.hit(block.place(match.start()), message)


def layout_traps(sheet: Sheet) -> Iterator[Hit]:
    """Layout is what Python-Markdown, which builds the site, needs: blank lines, four spaces, `## ` with its space."""
    for trap in sheet.doc.traps:
        yield sheet.hit(trap, trap.text)


def empty_headers(sheet: Sheet) -> Iterator[Hit]:
    """A header cell of a table has a text: what its column or row is about."""
    for block in sheet.blocks:
        if block.kind == "header" and not block.text.strip():
            yield sheet.hit(block, "a header cell without text: write what the column is about")


# ---------------------------------------------------------------- P010: what is the same in both languages


@pair_rule("P010")
def identical_texts(pair: Pair) -> Iterator[Hit]:
    """No heading, paragraph, item or cell is the same in both languages, names apart."""
    for en, fr in pair.aligned:
        twins = {" ".join(block.unmarked.split()): block for block in en.all_blocks if block.kind != "code"}
        for block in fr.all_blocks:
            twin = twins.get(" ".join(block.unmarked.split()))
            if not twin or not _same(twin.unmarked, block):
                continue
            if in_wrong_language(block.unmarked, "fr") or in_wrong_language(twin.unmarked, "en"):
                continue  # T001 says it, in the right file
            french = Counter(language_of(word.casefold()) for word in words_of(block.unmarked))
            sheet, place, line = (pair.fr, block, twin.line)
            if french["fr"] > french["en"]:
                sheet, place, line = (pair.en, twin, block.line)
            other = LANGUAGE[OTHER[sheet.page.locale]]
            message = f"this {block.kind} is the same in {other} (line {line}): translate it, or mark a name"
            yield sheet.hit(place, f"{message} with its language, as *Name*{{ lang=fr }}")


def _same(text: str, block: Block) -> bool:
    """Whether a block that is the same in both languages should not be."""
    if block.kind in ("heading", "header"):
        return not is_name(marks.ATTRIBUTES.sub("", text).strip())
    return untranslated(text, block.unmarked)


# ---------------------------------------------------------------- S: figures and their sources

CITED_KINDS = ("lever", "framework", "theme", "case")


def uncited_figures(sheet: Sheet) -> Iterator[Hit]:
    """A figure has a citation in its paragraph, item or table row (levers, modes, legal pages, themes, cases).

    An item may have it from the paragraph that introduces the list, a row from its header or from the
    paragraph that introduces the table, and the paragraph that introduces a cited list from the list.
    A date that the page gives elsewhere with a citation may be named again (the 2018 ruling), and the numbers
    of articles and laws are names.
    """
    if sheet.page.kind not in CITED_KINDS:
        return
    known: set[object] | None = None  # asked for on few pages
    for section in sheet.doc.sections:
        rows = [list(row) for _, row in groupby(section.blocks, key=lambda b: (b.line, b.kind == "paragraph"))]
        introduced = header = False
        for row, after in zip(rows, [*rows[1:], []], strict=False):
            has = any(block.citations for block in row)
            if row[0].kind == "paragraph":
                introduced, header = has, False
                has = has or (row[0].text.rstrip().endswith(":") and any(block.citations for block in after))
            elif row[0].kind == "header":
                header = has
            if has or (introduced and row[0].kind != "paragraph") or (header and row[0].kind == "cell"):
                continue
            for block, quantity in _quantities(row, sheet.page.locale):
                known = _cited_values(sheet) if known is None else known
                dated = quantity.is_date and all(part.value in known for part in quantity.parts)
                code = all(part.unit == "code" for part in quantity.parts)
                if not dated and not code and re.search(r"\d", quantity.text) and not _is_name(block, quantity):
                    message = f"'{quantity.text}' has no source: cite one in this {block.kind}"
                    yield sheet.hit(block.place(quantity.start), message)


def _cited_values(sheet: Sheet) -> set[object]:
    """The values that the page gives with a citation, in a table or in its front matter."""
    cited = [block for block in sheet.blocks if block.citations or block.kind in ("header", "cell")]
    known: set[object] = {part.value for _, q in _quantities(cited, sheet.page.locale) for part in q.parts}
    meta = (str(sheet.page.meta.get(key)) for key in ("since", "status_year"))
    return known | {part.value for text in meta for q in figures.parse(text, "en") for part in q.parts}


def _is_name(block: Block, quantity: Quantity) -> bool:
    return bool(figures.NUMBERED.search(figures.plain(block.text), max(quantity.start - 60, 0), quantity.start))


# ---------------------------------------------------------------- N: the same figures and names in both languages

Found = tuple[Block, Quantity]


def _quantities(
    blocks: Iterable[Block], locale: str, read: Callable[[str, str], tuple[Quantity, ...]] = figures.read
) -> list[Found]:
    """The quantities of the blocks, words marked with their language read in that language."""
    found = []
    for block in blocks:
        for start, end, lang in parts(block, locale):
            for quantity in read(block.text[start:end], lang):
                if start:
                    quantity = replace(quantity, start=quantity.start + start, end=quantity.end + start)
                found.append((block, quantity))
    return found


def different_quantities(pair: Pair) -> Iterator[Hit]:
    """Both languages say the same numbers, dates, amounts, percentages, articles: in each paragraph, item or cell."""
    for en, fr in pair.aligned_blocks:
        if figures.same([q for _, q in _quantities(en, "en")], [q for _, q in _quantities(fr, "fr")]):
            continue  # as nearly always
        sides = _quantities(en, "en", figures.parse), _quantities(fr, "fr", figures.parse)
        homes = {id(quantity): block for side in sides for block, quantity in side}
        here, there = figures.differences([q for _, q in sides[0]], [q for _, q in sides[1]])
        for a, b in zip_longest(here, there):
            places = [homes[id(q)].place(q.start) if q else None for q in (a, b)]
            if a and b and places[0] and places[1]:
                message = f"'{a.text}' here, '{b.text}' in French (line {places[1][0]}): make them the same"
                yield pair.en.hit(places[0], message)
            else:
                sheet, quantity, place, others = (pair.en, a, places[0], fr) if a else (pair.fr, b, places[1], en)
                where = f"{LANGUAGE[OTHER[sheet.page.locale]]} (line {others[0].line if others else '?'})"
                if quantity and place:
                    yield sheet.hit(place, f"'{quantity.text}' is not in {where}: add it there or remove it here")
    for key in TEXT_KEYS:
        here, there = figures.compare(*(str(sheet.page.meta.get(key) or "") for sheet in (pair.en, pair.fr)))
        if here or there:
            line = pair.fr.page.meta_lines.get(key, 1)
            yield pair.en.meta_hit(key, f"the {key}: {_both(here, there)} (line {line}): make them the same")


def _both(here: list[Quantity], there: list[Quantity]) -> str:
    texts = [", ".join(f"'{q.text}'" for q in side) or "nothing" for side in (here, there)]
    return f"{texts[0]} here, {texts[1]} in French"


def different_data(project: Project) -> Iterator[Hit]:
    """The glossary, sources' subjects, charts and the interface say the same numbers in both languages."""
    texts = [("data/glossary.yml", entry.line, entry.id, entry.definition) for entry in project.glossary or ()]
    texts += [
        ("data/sources.yml", source.line, source.id, source.subject)
        for source in (project.sources or {}).values()
        if source.subject
    ]
    texts += project.chart_texts()
    texts += [("data/words.yml", 0, key, text) for key, text in (project.words or {}).items()]
    for file, line, key, text in texts:
        here, there = figures.compare(text["en"], text["fr"])
        if here or there:
            line = line or project.line_of(file, key)
            yield Hit(file, line, 1, f"'{key}': {_both(here, there)}: make them the same")


def _more(names: Places, other: Places) -> list[str]:
    """The names that stand more often than in the other language."""
    return [name for name, places in names.items() if len(places) > len(other.get(name, ()))]


def _replaced_names(file: str, what: str, rows: Iterable[tuple[Places, Places]]) -> Iterator[Hit]:
    """A hit for each block (with its names in both languages) in which one name stands for another."""
    for here, there in rows:
        for a, b in zip(_more(here, there), _more(there, here), strict=False):
            message = f"{what} '{a}' here, '{b}' in French (line {there[b][0][0]}): make them the same"
            yield Hit(file, *here[a][0], message)


# Words that the names of authorities share: a territory is known by the first word that is none of these.
GENERIC = """métropole metropolis ville city of de du des la le les grand greater communauté urbaine urban community
    d’agglomération agglomération agglomeration agglo eurométropole européenne european pays territoire côte"""
# How the name of a town's people begins, where it is not as the town does.
PEOPLE = {"Metz": "mess", "Besançon": "biso", "Saint-Étienne": "stép", "Reims": "rém", "Tours": "tourang"}
ADJECTIVES = {"Basque": "basque"}  # of a territory that is called so
WHOLE = ("Est", "Ouest", "Nord", "Sud", "Plaine", "Val")  # first words of names that are not to be cut
ENDINGS = r"\w*(?:ais|ois|ien|ain|in|aud|eau)(?:e|s|es|ne|nes)?"


def _town(place: Territory, name: str) -> str:
    """What a territory is called for short: Nantes for Nantes Métropole; Plaine Commune whole."""
    words = [word for word in name.split() if word.casefold() not in GENERIC.split()]
    if place.type == "greater-paris-territory" or not words or words[0] in WHOLE:
        return name
    first = words[0].split("-")[0]
    return words[0] if first in ("Saint", "Sainte", "Petit", "Grand", "Le", "La") else first


class Towns:
    """The territories of data/territories.yml as pages name them: Nantes Métropole, Nantes, nantais."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        towns = {_town(place, name) for place in territories for name in place.name.values()}
        self.towns = {ADJECTIVES.get(town, town): town for town in towns} | {town: town for town in towns}
        self.towns |= {town.removesuffix("ais"): town for town in towns}  # Niort and the Niortais
        self.people = {
            PEOPLE.get(town, town[: max(4, len(town) // 2)]).casefold(): town
            for town in towns
            if town in PEOPLE or re.fullmatch(r"\w+", town)
        }
        stems = [*self.people, *(stem[0].upper() + stem[1:] for stem in self.people)]
        names, people = (
            "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (self.towns, stems)
        )
        first = re.escape("".join({word[0] for word in (*self.towns, *stems)}))  # no other word is looked at closer
        known = rf"\b(?=[{first}])(?:(?P<town>{names})\b|(?P<people>{people}){ENDINGS}\b)"
        self.pattern = re.compile(known if first else "(?!)")

    def named(self, blocks: Iterable[Block]) -> Places:
        """The towns that the blocks name."""
        found: Places = {}
        for block in blocks:
            for match in self.pattern.finditer(block.text):
                town = self.towns[match["town"]] if match["town"] else self.people[match["people"].casefold()]
                if town == "Paris" and block.text[: match.start()].endswith(("Grand ", "Greater ")):
                    if block.text[match.end() :].startswith((" territor", " Sud", " Seine")):
                        continue  # a Greater Paris territory is an établissement public territorial
                    town = "Grand Paris"
                found.setdefault(town, []).append(block.place(match.start()))
        return found


@lru_cache(maxsize=1)  # the same for all pages
def _towns(project: Project) -> Towns:
    return Towns((project.territories or {}).values())


def different_territories(pair: Pair) -> Iterator[Hit]:
    """Both languages name the same territories (data/territories.yml) in each paragraph, item or cell.

    Paris may be named in one language alone where the other page names it too (near Paris), Greater Paris anywhere.
    """
    towns = _towns(pair.project)
    rows = [(towns.named(en), towns.named(fr)) for en, fr in pair.aligned_blocks]
    whole = [set().union(*side) for side in zip(*rows, strict=True)] or [set(), set()]
    for row in rows:
        more = _more(*row), _more(*row[::-1])
        if not any(more):
            continue
        replaced = list(zip(*more, strict=False))
        yield from _replaced_names(pair.en.page.file, "the territory", [row])
        for n, sheet in enumerate((pair.en, pair.fr)):
            for town in more[n]:
                glossed = town == "Grand Paris" or (town == "Paris" and town in whole[1 - n])
                if town not in row[1 - n] and not glossed and not any(town in names for names in replaced):
                    other = LANGUAGE[OTHER[sheet.page.locale]]
                    message = f"'{town}' is not in {other} here: name it there or remove it here"
                    yield sheet.hit(row[n][town][0], message)


# Acronyms that are translated, besides those of the glossary.
TRANSLATED = """SSE ESS EU UE SGEI SIEG OECD OCDE ILO OIT UN ONU ESF FSE ERDF FEDER CSR RSE VAT TVA SME PME
    MB MO GB GO GDP PIB TFEU TFUE NGO ONG PPP PPP CO CO GHG GES RD RD HR RH IT SI CAP PAC ETS SEQE AI IA FTE ETP
    CJEU CJUE GDPR RGPD EIB BEI EC CE"""
# Acronyms that readers know, which may stand once in one language.
KNOWN = "CAF CDD CDI HLM HT ICT IUFM SMIC TIC TPE TTC VTC"


def _acronyms(blocks: Blocks) -> Places:
    found: Places = {}
    for block in blocks:
        for match in ACRONYM.finditer(block.text):
            found.setdefault(match[0], []).append(block.place(match.start()))
    return found


def different_acronyms(project: Project) -> Iterator[Hit]:
    """An acronym that both languages use is the same in each paragraph, item or cell (RTES, SPASER).

    One that stands in one language alone, and once on the whole site, is known: in the glossary or the lists above.
    """
    english = english_acronyms(project)
    rows = {pair: [(_acronyms(en), _acronyms(fr)) for en, fr in pair.aligned_blocks] for pair in project.pairs.values()}
    shared = {name for sides in rows.values() for en, fr in sides for name in en.keys() & fr.keys()}
    shared |= set(english.values())
    hits: list[Hit] = []
    uses: dict[str, list[Hit]] = {}  # each acronym with the places where it stands
    for pair, sides in rows.items():
        differing = []
        for row in sides:
            here, there = ({english.get(name, name): places for name, places in side.items()} for side in row)
            if shared.intersection(_more(here, there) + _more(there, here)):  # not CDI, which is of one language
                differing.append((here, there))
            for sheet, side in zip((pair.en, pair.fr), row, strict=True):
                for name, places in side.items():
                    uses.setdefault(name, []).extend(sheet.hit(place, name) for place in places)
        hits += _replaced_names(pair.en.page.file, "the acronym", differing)
    yield from hits
    if project.unread:
        return
    known = {*english, *english.values(), *TRANSLATED.split(), *KNOWN.split()}
    for name, (place, *others) in uses.items():
        if not others and name not in known and not any(f"'{name}'" in hit.message for hit in hits):
            message = f"'{name}' stands nowhere else, in neither language: correct it, or add it to the glossary"
            yield place._replace(message=message)


def english_acronyms(project: Project) -> dict[str, str]:
    """The English acronym for a French one: SSE for ESS."""
    words = TRANSLATED.split()
    abbreviations = [entry.abbr for entry in project.glossary or () if entry.abbr]
    return dict(zip(words[1::2], words[::2], strict=True)) | {a["fr"].upper(): a["en"].upper() for a in abbreviations}


def different_marked_names(pair: Pair) -> Iterator[Hit]:
    """A name marked with the other language (`*Entreprendre autrement*{ lang=fr }`) is so called there."""
    for en, fr in pair.aligned_blocks:
        for sheet, blocks, other, others in ((pair.en, en, pair.fr, fr), (pair.fr, fr, pair.en, en)):
            for block, span in ((b, span) for b in blocks for span in b.spans):
                name = block.text[span.start : span.end]
                if span.lang != other.page.locale or not name[:1].isupper():
                    continue
                words = _folded(name)
                if set(words) <= set(_folded(" ".join(b.text for b in others))):
                    continue
                if f" {' '.join(words)} " not in _folded_page(other):
                    line = others[0].line if others else "?"
                    message = f"'{name}' is not in {LANGUAGE[other.page.locale]} (line {line}): give both one name"
                    yield sheet.hit(block.place(span.start), message)


def _folded(text: str) -> list[str]:
    """The words of a text without accents and capitals."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe"))
    return re.findall(r"[a-z0-9]+", "".join(char for char in plain if not unicodedata.combining(char)))


def _folded_page(sheet: Sheet) -> str:
    return _folded_text(" ".join(block.text for block in sheet.blocks))


@lru_cache(maxsize=2)  # asked for each name of a page that is not in its block
def _folded_text(text: str) -> str:
    return f" {' '.join(_folded(text))} "


PAGE_RULES: dict[str, Callable[[Sheet], Iterable[Hit]]] = {
    "S009": uncited_figures,
    "T001": wrong_language,
    "T002": stray_attributes,
    "T003": layout_traps,
    "T004": empty_headers,
}
PAIR_RULES: dict[str, Callable[[Pair], Iterable[Hit]]] = {
    "N001": different_quantities,
    "N002": different_territories,
    "N004": different_marked_names,
}
PROJECT_RULES: dict[str, Callable[[Project], Iterable[Hit]]] = {"D007": different_data, "N003": different_acronyms}
