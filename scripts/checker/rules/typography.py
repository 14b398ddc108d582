"""The typography of each language (CONTRIBUTING.md), as corrections that can be made.

One function per rule: it takes a text and its language and yields the corrections, each a place in
the text and what should stand there. `check.py` reports them and, with `--fix`, makes them in the
files; `fix` also gives headings their missing ids. What is in code, in an address or in a command of
the page is not touched; words marked with their language follow the rules of that language.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from checker import markdown
from checker.document import Block, Section
from checker.model import Pair, Project, Sheet
from checker.numerals import BABEL
from content.facts import RESERVED_IDS
from content.files import parse_page, read_text, write_whole
from content.model import LOCALES, TEXT_KEYS, ContentError, Hit

NBSP, THIN = "\u00a0", "\u202f"
BLANKS = f" {NBSP}{THIN}"
SPACE = f"[{BLANKS}]"

Correction = tuple[int, int, str]  # start, end, what should stand there
Rule = Callable[[str, str], Iterator[Correction]]

MONTHS = {locale: "|".join(BABEL[locale].months["format"]["wide"].values()) for locale in LOCALES}
OPENING = re.compile(rf"[\s(\[{{“‘«—–/{NBSP}{THIN}-]?$")  # what stands before an opening quote, or nothing


_compiled = functools.cache(re.compile)  # sooner than the cache of `re`


_doubtful: dict[Rule, dict[str, re.Pattern[str]]] = {}  # by language, what a text has that a rule may correct


def where(en: str, fr: str) -> Callable[[Rule], Rule]:
    """A rule that is tried only on a text with what it may correct in its language: most have none, as is soon seen.

    Expressions that begin with one of some characters are sought several times as fast as others.
    """
    doubtful = {"en": re.compile(en), "fr": re.compile(fr)}

    def narrow(rule: Rule) -> Rule:
        @functools.wraps(rule)
        def narrowed(text: str, locale: str) -> Iterator[Correction]:
            return rule(text, locale) if doubtful[locale].search(text) else iter(())

        _doubtful[narrowed] = doubtful
        return narrowed

    return narrow


def _replace(pattern: str, text: str, new: Callable[[re.Match[str]], str]) -> Iterator[Correction]:
    """A correction for each match that the new text would change."""
    for match in _compiled(pattern).finditer(text):
        if (replacement := new(match)) != match[0]:
            yield match.start(), match.end(), replacement


# French words in single quotes: 'prix', ‘prix’, 'mot d'ordre'.
SINGLE = re.compile(r"(?<!\w)(['‘])(?=\w)(?:[^'‘’\n]|(?<=\w)['’](?=\w))*['’](?!\w)")


@where("['´`]", "['´`]")
def apostrophes(text: str, locale: str) -> Iterator[Correction]:
    """The apostrophe is ’; in English, single quotes are ‘ and ’."""
    quoted = {end for m in SINGLE.finditer(text) for end in (m.start(), m.end() - 1)} if locale == "fr" else ()
    for match in re.finditer("['´`]", text):
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        letters = before.isalpha(), after.isalpha()
        if start in quoted or (match[0] != "'" and not all(letters)):
            continue
        if locale == "en" and OPENING.match(before) and after.isalnum():
            yield start, end, "‘" if letters[1] else "’"  # ‘word’, the ’90s
        elif any(letters) or (locale == "en" and before and before in ".,;:!?…)"):
            yield start, end, "’"


@where('["«»]', "[\"“”'‘]")
def quotes(text: str, locale: str) -> Iterator[Correction]:
    """Quotes are “…” or ‘…’ in English; « … » in French, with “…” only inside them."""
    for match in SINGLE.finditer(text) if locale == "fr" else ():
        before = text[: match.start()]
        inside = before.count("«") > before.count("»") or before.count('"') % 2
        for at, mark in (
            (match.start(), "“" if inside else f"«{NBSP}"),
            (match.end() - 1, "”" if inside else f"{NBSP}»"),
        ):
            yield at, at + 1, mark
    wrong = {"en": '"«»', "fr": '"“”'}[locale]
    nested, opened = 0, False
    for match in re.finditer('["“”«»]', text):
        (start, end), mark = match.span(), match[0]
        opens = mark in "“«"
        if mark == '"':
            before = text[max(start - 1, 0) : start]
            sides = bool(OPENING.match(before)), re.match(r"[\s.,;:!?…)\]]|$", text[end:]) is not None
            opens = sides[0] if sides[0] != sides[1] else not opened
            opened = opens
        nested += (mark == "«") - (mark == "»")
        if mark not in wrong or (nested and mark != '"' and locale == "fr"):
            continue
        if mark == "«" or (opens and locale == "fr"):
            end += len(text[end:]) - len(text[end:].lstrip(BLANKS))
        elif mark == "»" or locale == "fr":
            start = len(text[:start].rstrip(BLANKS))
        yield start, end, {"en": "“”", "fr": (f"«{NBSP}", f"{NBSP}»")}[locale][not opens]


@where(
    rf"{SPACE}[;:!?,.](?:\s|$)",
    rf"[;!?:«»{BLANKS}](?:(?<=[;!?])(?<!{THIN}.)|(?<=[:»])(?<!{NBSP}.)|(?<=«)(?!{NBSP})|(?<={SPACE})[{BLANKS},.])",
)
def spaces(text: str, locale: str) -> Iterator[Correction]:
    """French has U+202F before ; ! ? and U+00A0 before : and inside « »; English has no space there."""
    if locale == "en":
        yield from _replace(rf"(?<=[\w’”)]){SPACE}+[;:!?,.](?=\s|$)", text, lambda m: m[0][-1])
        return
    yield from _replace(rf"(?<=[^\s(\[;!?]){SPACE}*[;!?](?=[\s;!?)\]»”.]|$)", text, lambda m: THIN + m[0][-1])
    yield from _replace(rf"(?<=[^\s(\[:]){SPACE}*:(?=\s|$)", text, lambda _: f"{NBSP}:")
    yield from _replace(rf"«{SPACE}*(?=\S)", text, lambda _: f"«{NBSP}")
    yield from _replace(rf"(?<=\S){SPACE}*»", text, lambda _: f"{NBSP}»")
    yield from _replace(r"(?<=\w) +[,.](?=\s|$)", text, lambda m: m[0][-1])


@where(
    rf"[LRD]\.[ {THIN}]?\d",
    rf"[LRDnr\d](?:(?<=[LRD])\.[ {THIN}]?\d|(?<=[\dr])[ {THIN}](?:{MONTHS['fr']}|mill)|(?<=n)°[ {THIN}]?\d)",
)
def joined_numbers(text: str, locale: str) -> Iterator[Correction]:
    """U+00A0 joins L., R., D. to the number of an article; in French a number to its month or million, n° to it."""
    if locale == "fr":
        yield from _replace(rf"(?<=\d)[ {THIN}](?=(?:{MONTHS['fr']}|millions?|milliards?)\b)", text, lambda _: NBSP)
        yield from _replace(rf"(?<=\b1er)[ {THIN}](?=(?:{MONTHS['fr']})\b)", text, lambda _: NBSP)
        yield from _replace(rf"(?<=\bn°)[ {THIN}]?(?=\d)", text, lambda _: NBSP)
    yield from _replace(rf"(?<=\b[LRD]\.)[ {THIN}]?(?=\d)", text, lambda _: NBSP)


# Numbers of four digits or more that are no years and no names of something: a word in lower case follows.
UNGROUPED = rf"(?<![\w.,/°-])(?:\d{{5,}}|(?!19|20)\d{{4}})(?={SPACE}(?:€|[a-zéè]))"
# What comes before a number that is a name.
NAMED = re.compile(
    r"(?:\bn(?:o\.|os\.|°)|\b(?:articles?|art\.|laws?|lois?|decrees?|décrets?|r[eé]solutions?|circula(?:rs?|ires?)"
    r"|versions?|points?|sections?|annexe?s?|iso))\s*$",
    re.IGNORECASE,
)
# The end of a name, which has its own numbers: Licence Ouverte 2.0; not a first word as Environ.
CAPITAL = re.compile(r"\b(?!(?:About|Around|Nearly|Only|Some|Environ|Près|Quelque|Seuls?|Soit)\b)[A-Z]\w*\s*$")


def _follows(before: re.Pattern[str], text: str, start: int) -> bool:
    """Whether what stands right before a place of a text is as the expression, which ends with `$`, says."""
    return before.search(text, max(start - 40, 0), start) is not None


LARGE = rf"\d{{4}}|\d{{3}}(?<!19..)(?<!20..){SPACE}[€a-zéè]"


@where(rf"[\d€](?:{LARGE}|{SPACE}\d{{3}}|(?<=€)\d{{4}})", rf"\d(?:{LARGE}|[ {NBSP}]\d{{3}}|\d{{3}}{SPACE}?€)")
def thousands(text: str, locale: str) -> Iterator[Correction]:
    """Thousands are separated by a comma in English, by U+202F in French."""
    separator = {"en": ",", "fr": THIN}[locale]
    grouped = rf"(?<![\w.,/])\d{{1,3}}(?:{SPACE}\d{{3}})+(?![\w/])"
    yield from _replace(grouped, text, lambda m: re.sub(SPACE, separator, m[0]))
    before = "" if locale == "fr" else r"|(?<=€)\d{4,}(?![\d,])"
    after = rf"|(?<![\w.,/°-])\d{{4}}(?={SPACE}?€)" if locale == "fr" else ""
    for match in _compiled(UNGROUPED + before + after).finditer(text):
        if not _follows(NAMED, text, match.start()):
            yield match.start(), match.end(), f"{int(match[0]):,}".replace(",", separator)


@where(
    rf"[\d€](?:{SPACE}+[%\d]|{SPACE}?per ?cent|,\d\d?(?!\d))",
    rf"\d(?:[ {THIN}]?[%€]|{SPACE}pour{SPACE}cent|\.\d)",
)
def percentages(text: str, locale: str) -> Iterator[Correction]:
    """12.5%, €5 and €1.2 million in English; 12,5 %, 5 € (U+00A0) and 1,2 million in French."""
    scaled = rf"{SPACE}?(?:%|€|millions?\b|milliards?\b|billion\b|per ?cent\b|pour cent\b)"
    if locale == "en":
        yield from _replace(rf"(?<=\d){SPACE}+%|(?<=\d){SPACE}?per ?cent\b", text, lambda _: "%")
        yield from _replace(rf"€{SPACE}+(?=\d)", text, lambda _: "€")
        yield from _replace(rf"(?<!\d)\d+,\d{{1,2}}(?={scaled})", text, lambda m: m[0].replace(",", "."))
    else:
        yield from _replace(rf"(?<=\d)[ {THIN}]?([%€])", text, lambda m: f"{NBSP}{m[1]}")
        yield from _replace(rf"(?<=\d){SPACE}pour{SPACE}cent\b", text, lambda _: f"{NBSP}%")
        yield from _replace(rf"(?<![\d.])\d+\.\d{{1,2}}(?={scaled})", text, lambda m: m[0].replace(".", ","))
    wrong, right = (",", ".") if locale == "en" else (".", ",")
    counted = rf"{SPACE}(?:[a-zà-ÿ]|ETP|FTE|[MG](?:W|i?[oB]))"
    for match in _compiled(rf"(?<![\w.,/-])\d+\{wrong}\d\d?(?={counted})").finditer(text):
        # a capital follows the number of a criterion: 1.2 Usagers; or stands before it: Licence Ouverte 2.0
        if not _follows(NAMED, text, match.start()) and not _follows(CAPITAL, text, match.start()):
            yield match.start(), match.end(), match[0].replace(wrong, right)


@where(
    rf"\d(?:(?:st|nd|rd|th)(?: of)? (?:{MONTHS['en']})|(?:st|nd|rd|th)?,? \d{{4}})",
    rf"[\dIVX](?:i?è|nd|(?<=1){SPACE}(?:{MONTHS['fr']}))",
)
def ordinals(text: str, locale: str) -> Iterator[Correction]:
    """French ordinals are 1er, 1re, 2e; dates are 5 July 2019, 5 juillet 2019 and 1er juillet 2019."""
    if locale == "fr":
        ends = r"(?<!\w)(\d+|[IVX]+)(ère|ière|ème|ième|nde|nd|è)(s?)\b"
        yield from _replace(ends, text, lambda m: m[1] + ("re" if m[2].endswith("ère") else "e") + m[3])
        yield from _replace(rf"(?<![\w,.])1(?={SPACE}(?:{MONTHS['fr']})\b)", text, lambda _: "1er")
    else:
        months = MONTHS["en"]
        yield from _replace(rf"\b(\d{{1,2}})(?:st|nd|rd|th)(?: of)?(?= (?:{months})\b)", text, lambda m: m[1])
        american = rf"\b({months}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?=\d{{4}}\b))"
        yield from _replace(american, text, lambda m: f"{m[2]} {m[1]} ")


@where(r"\.\.\.", r"\.\.\.")
def ellipses(text: str, _locale: str) -> Iterator[Correction]:
    """Three dots are one sign, …."""
    yield from _replace(r"(?<!\.)\.\.\.(?!\.)", text, lambda _: "…")


ACCENTED = """État États Économie Économies Économique École Écoles Écologie Écologique Étude Études Élu Élus Élue
    Élues Énergie Énergies Égalité Évaluation Évaluations Équipe Équipes Échelle Éducation Établissement Établissements
    Étape Étapes Épicerie Épiceries Équipement Équipements Équité Église Électricité Élection Élections Élaboration
    Émergence Évolution Évry Île Îles Ça"""
BARE = {word[0].translate(str.maketrans("ÉÎÇ", "EIC")) + word[1:]: word for word in ACCENTED.split()}
# A preposition at the start of a sentence, neither a letter nor a verb.
AFTER_A = r"""la|partir|ce|cet|cette|ces|chaque|terme|titre|défaut|quoi|côté|cela|son|sa|ses|leur|leurs|une?|deux|moins
    court|long|moyen|elles?|eux|lui|nous|vous|nouveau|peine|peu|propos|raison|travers|tout|toute|tous|toutes|temps
    condition|compter|l’\w+|l'\w+|[A-ZÉ][a-zà-ÿ]+|\d+|[a-zà-ÿ]+(?:er|[^t]ir|ire|dre|tre|vre)"""
A_GRAVE = rf"(?:^|(?<=[.!?…]{SPACE}))A(?= (?:{'|'.join(AFTER_A.split())})\b)"


@where(r"(?!)", rf"[AEIC](?:{'|'.join(word[1:] for word in BARE)}| (?:{'|'.join(AFTER_A.split())}))\b")
def capitals(text: str, locale: str) -> Iterator[Correction]:
    """French capitals have their accents: État, Économie, À."""
    if locale == "fr":
        yield from _replace(rf"\b(?:{'|'.join(BARE)})\b", text, lambda m: BARE[m[0]])
        yield from _replace(A_GRAVE, text, lambda _: "À")


LAW = re.compile(r"(n(o\.|os\.|°)|law|loi|decree|décret|order|ordonnance)\s*$", re.IGNORECASE)


@where(r"\d\d-\d\d\d\d", r"\d\d–\d\d\d\d")
def ranges(text: str, locale: str) -> Iterator[Correction]:
    """Years are joined by an en dash in English, by a hyphen in French: 2015–2020, 2015-2020."""
    wrong, right = ("-", "–") if locale == "en" else ("–", "-")
    for match in _compiled(rf"(?<![\w/-])((?:19|20)\d\d){wrong}((?:19|20)\d\d)(?![\w/-])").finditer(text):
        law = _follows(LAW, text, match.start())
        if match[1] < match[2] and not law:
            yield match.start(1), match.end(2), match[1] + right + match[2]


RULES: dict[str, Rule] = {
    "T010": apostrophes,
    "T011": quotes,
    "T012": spaces,
    "T013": joined_numbers,
    "T014": thousands,
    "T015": percentages,
    "T016": ordinals,
    "T017": ellipses,
    "T018": capitals,
    "T019": ranges,
}


# ---------------------------------------------------------------- in the pages


def corrections(sheet: Sheet, rule: Rule) -> Iterator[tuple[Block | str, str, Correction]]:
    """What a rule corrects in a page: the block, or the key of front matter, its text, and the correction."""
    if not any(_doubtful[rule][lang].search(text) for lang, text in sheet.joined.items()):
        return
    for key in TEXT_KEYS:
        text = str(sheet.page.meta.get(key) or "")
        yield from ((key, text, correction) for correction in rule(text, sheet.page.locale))
    for block, lang, text in sheet.texts:
        for correction in rule(text, lang):
            yield block, block.text, correction


def shown(text: str) -> str:
    """A text with its no-break spaces made visible."""
    return text.replace(NBSP, "[U+00A0]").replace(THIN, "[U+202F]")


def corrected(text: str, locale: str) -> str:
    """A text with all that the rules correct in it."""
    for _ in range(5):  # a correction may make room for another
        edits = sorted({edit for rule in RULES.values() for edit in rule(text, locale)}, reverse=True)
        before, end = text, len(text)
        for start, stop, new in edits:
            if stop <= end:
                text, end = text[:start] + new + text[stop:], start
        if text == before:
            break
    return text


def page_rule(rule: Rule) -> Callable[[Sheet], Iterator[Hit]]:
    """A rule of the checker from a rule of typography."""

    def check(sheet: Sheet) -> Iterator[Hit]:
        for where, text, (start, end, new) in corrections(sheet, rule):
            before = text[:start].rsplit(" ", 1)[-1][-15:]
            after = text[end:].split(" ", 1)[0][:15]
            old = f"{before}{text[start:end]}{after}"
            message = f"'{shown(old)}': write '{shown(before + new + after)}' (--fix does)"
            if isinstance(where, str):
                yield sheet.meta_hit(where, message)
            else:
                yield sheet.hit(where.place(start), message)

    check.__name__, check.__doc__ = rule.__name__, rule.__doc__
    return check


PAGE_RULES = {code: page_rule(rule) for code, rule in RULES.items()}

# ---------------------------------------------------------------- --fix

Edit = tuple[int, int, str, str]  # line and column from 1, what stands there, what should


def _quoted(line: str, text: str) -> list[str]:
    """A front-matter line whose value is in quotes, with escapes: what stands before it, and each of its characters."""
    match = re.fullmatch(r"([\w-]+:\s*(['\"]))(.*)\2\s*", line)
    escaped = r"''|." if match and match[2] == "'" else r"\\(?:u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|.)|."
    pieces = re.findall(escaped, match[3]) if match else []
    return [match[1], *pieces] if match and len(pieces) == len(text) else []


def _edits(sheet: Sheet, lines: list[str]) -> Iterator[Edit]:
    """The corrections of a page as places of its file, those that are allowed to stand left out."""
    for code, rule in RULES.items():
        for where, text, (start, end, new) in corrections(sheet, rule):
            if isinstance(where, str):
                line = sheet.page.meta_lines[where]
                column = lines[line - 1].find(text, len(where)) + 1
                if column:
                    yield line, column + start, text[start:end], new
                elif pieces := _quoted(lines[line - 1], text):
                    column = 1 + len("".join(pieces[: start + 1]))
                    yield line, column, "".join(pieces[start + 1 : end + 1]), new
            else:
                line, column = where.place(start)
                if not any(a.code == code and line in a.lines for a in sheet.allowances):
                    yield line, column, text[start:end], new


def fixed(source: str, sheet: Sheet) -> str:
    """The text of a page's file with its typography corrected: what cannot be placed in it stays."""
    page = sheet.page
    for _ in range(5):  # a correction may make room for another
        lines = source.split("\n")
        last = (0, 0)
        for line, column, old, new in sorted(set(_edits(sheet, lines)), reverse=True):
            text, at = lines[line - 1], column - 1
            free = line != last[0] or column + len(old) <= last[1]
            if free and text[at : at + len(old)] == old:
                lines[line - 1] = text[:at] + new + text[at + len(old) :]
                last = line, column
        if "\n".join(lines) == source:
            break
        source = "\n".join(lines)
        page = parse_page(source, page.locale, page.path, page.file)
        sheet = replace(sheet, page=page, doc=markdown.parse(page.body, page.body_line))
    return source


def slug(text: str) -> str:
    """An id made from an English heading: kebab-case without accents."""
    plain = unicodedata.normalize("NFD", re.sub("['’]", "", text.casefold().replace("œ", "oe").replace("&", " and ")))
    return "-".join(re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def heading_ids(pair: Pair) -> Iterator[tuple[Sheet, Section, str]]:
    """The ids that headings of a pair lack, the same in both languages, made from the English heading.

    None where the headings of the two pages do not correspond one to one.
    """
    en, fr = pair.en.headings, pair.fr.headings
    if [h.level for h in en] != [h.level for h in fr]:
        return
    taken = {note.text for sheet in (pair.en, pair.fr) for note in sheet.doc.ids} | RESERVED_IDS
    for here, there in zip(en, fr, strict=True):
        id = here.id or there.id
        if not id:
            base = slug(here.text)
            id = next(name for n in itertools.count(1) if (name := f"{base}-{n}" if n > 1 else base) not in taken)
            taken.add(id)
        for sheet, heading in ((pair.en, here), (pair.fr, there)):
            if not heading.id and heading.text.strip() and slug(here.text):
                yield sheet, heading, id


def fix(project: Project, only: Collection[str] | None = None) -> list[str]:
    """Corrects the typography of the pages and adds missing heading ids; returns the files changed."""
    changed = []
    for path in project.paths:
        pair = project.pairs.get(path)
        ids = list(heading_ids(pair)) if pair else []
        for sheet in (sheets[path] for sheets in project.sheets.values() if path in sheets):
            file = sheet.page.file
            if only is not None and file not in only:
                continue
            try:
                source = read_text(project.root / file, project.root)
                lines = fixed(source, sheet).split("\n")
            except ContentError:
                continue  # changed meanwhile: the check that follows says what is wrong
            for heading, id in ((heading, id) for of, heading, id in ids if of is sheet):
                lines[heading.line - 1] = f"{lines[heading.line - 1].rstrip()} {{ #{id} }}"
            if (text := "\n".join(lines)) != source:
                write_whole(project.root / file, text.encode())
                changed.append(file)
    return changed
