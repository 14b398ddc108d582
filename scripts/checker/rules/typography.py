"""The typography of each language (CONTRIBUTING.md, T010 to T019), as corrections that `--fix` can make.

One function per rule: it takes a text and its language and yields the corrections, each a place in the text and what
should stand there. What is in code, in an address or in a command of the page is not touched; words marked with their
language follow the rules of that language.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect
from collections.abc import Callable, Iterator

from checker.document import Block
from checker.model import Sheet
from checker.numerals import BABEL
from checker.registry import page_rule
from content.findings import Hit
from content.known import Known
from content.model import TEXT_KEYS

NBSP, THIN = "\u00a0", "\u202f"
BLANKS = f" {NBSP}{THIN}"
SPACE = f"[{BLANKS}]"
MONTHS = {locale: "|".join(BABEL[locale].months["format"]["wide"].values()) for locale in BABEL}

Correction = tuple[int, int, str]  # start, end, what should stand there
Rule = Callable[..., Iterator[Correction]]  # of a text and its language

RULES: dict[str, Rule] = {}


def typography_rule(code: str) -> Callable[[Rule], Rule]:
    """Registers a rule of typography, and the rule of the checker that reports what it corrects."""

    def register(rule: Rule) -> Rule:
        def check(sheet: Sheet) -> Iterator[Hit]:
            for where, text, correction in corrections(sheet, code):
                message, start = said(text, correction), correction[0]
                yield (
                    sheet.meta_hit(where, message) if isinstance(where, str) else sheet.hit(where.place(start), message)
                )

        check.__name__, check.__doc__ = rule.__name__, rule.__doc__
        page_rule(code)(check)
        RULES[code] = rule
        return rule

    return register


def _replace(pattern: str, text: str, new: Callable[[re.Match[str]], str]) -> Iterator[Correction]:
    """A correction for each match that the new text would change."""
    for match in re.finditer(pattern, text):
        if (replacement := new(match)) != match[0]:
            yield match.start(), match.end(), replacement


# ---------------------------------------------------------------- the rules

# French words in single quotes: 'prix', ‘prix’, 'mot d'ordre'.
SINGLE = re.compile(r"(?<!\w)(['‘])(?=\w)(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,200}['’](?!\w)")
OPENING = re.compile(rf"[\s(\[{{“‘«—–/{NBSP}{THIN}-]?")  # what stands before an opening quote, or nothing
CLOSING = re.compile(r"[\s.,;:!?…)\]]|$")  # what stands after a closing quote


@typography_rule("T010")
def apostrophes(text: str, locale: str) -> Iterator[Correction]:
    """The apostrophe is ’; in English, single quotes are ‘ and ’."""
    quoted = {end for m in SINGLE.finditer(text) for end in (m.start(), m.end() - 1)} if locale == "fr" else ()
    for match in re.finditer("['´`]", text):
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        letters = before.isalpha(), after.isalpha()
        if start in quoted or (match[0] != "'" and not all(letters)):
            continue
        if locale == "en" and OPENING.fullmatch(before) and after.isalnum():
            yield start, end, "‘" if letters[1] else "’"  # ‘word’, the ’90s
        elif any(letters) or (locale == "en" and before and before in ".,;:!?…)"):
            yield start, end, "’"


@typography_rule("T011")
def quotes(text: str, locale: str) -> Iterator[Correction]:
    """Quotes are “…” or ‘…’ in English; « … » in French, with “…” only inside them."""
    right = {"en": "“”", "fr": (f"«{NBSP}", f"{NBSP}»")}[locale]
    opens, closes, straight = ([match.start() for match in re.finditer(mark, text)] for mark in ("«", "»", '"'))
    for match in SINGLE.finditer(text) if locale == "fr" else ():
        start, end = match.span()
        inside = bisect(opens, start) > bisect(closes, start) or bisect(straight, start) % 2
        for at, mark in zip((start, end - 1), "“”" if inside else right, strict=True):
            yield at, at + 1, mark
    wrong = {"en": '"«»', "fr": '"“”'}[locale]
    nested, opened = 0, False
    for match in re.finditer('["“”«»]', text):
        (start, end), mark = match.span(), match[0]
        begins = mark in "“«"
        if mark == '"':
            before, after = OPENING.fullmatch(text, max(start - 1, 0), start), CLOSING.match(text, end)
            begins = opened = bool(before) if bool(before) != bool(after) else not opened
        nested += (mark == "«") - (mark == "»")
        if mark not in wrong or (nested and mark != '"' and locale == "fr"):
            continue
        while text[end : end + 1] in (" ", NBSP, THIN) and (mark == "«" or (begins and locale == "fr")):
            end += 1
        while text[start - 1 : start] in (" ", NBSP, THIN) and (mark == "»" or (not begins and locale == "fr")):
            start -= 1
        yield start, end, right[not begins]


@typography_rule("T012")
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


@typography_rule("T013")
def joined_numbers(text: str, locale: str) -> Iterator[Correction]:
    """U+00A0 joins L., R., D. to the number of an article; in French a number to its month or million, n° to it."""
    if locale == "fr":
        yield from _replace(rf"(?<=\d)[ {THIN}](?=(?:{MONTHS['fr']}|millions?|milliards?)\b)", text, lambda _: NBSP)
        yield from _replace(rf"(?<=\b1ᵉʳ)[ {THIN}](?=(?:{MONTHS['fr']})\b)", text, lambda _: NBSP)
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


@typography_rule("T014")
def thousands(text: str, locale: str) -> Iterator[Correction]:
    """Thousands are separated by a comma in English, by U+202F in French."""
    separator = {"en": ",", "fr": THIN}[locale]
    grouped = rf"(?<![\w.,/])\d{{1,3}}(?:{SPACE}\d{{3}})+(?![\w/])"
    yield from _replace(grouped, text, lambda m: re.sub(SPACE, separator, m[0]))
    before = "" if locale == "fr" else r"|(?<=€)\d{4,}(?![\d,])"
    after = rf"|(?<![\w.,/°-])\d{{4}}(?={SPACE}?€)" if locale == "fr" else ""
    for match in re.compile(UNGROUPED + before + after).finditer(text):
        if not _follows(NAMED, text, match.start()):
            yield match.start(), match.end(), f"{int(match[0]):,}".replace(",", separator)


@typography_rule("T015")
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
    for match in re.compile(rf"(?<![\w.,/-])\d+\{wrong}\d\d?(?={counted})").finditer(text):
        # a capital follows the number of a criterion: 1.2 Usagers; or stands before it: Licence Ouverte 2.0
        if not _follows(NAMED, text, match.start()) and not _follows(CAPITAL, text, match.start()):
            yield match.start(), match.end(), match[0].replace(wrong, right)


@typography_rule("T016")
def ordinals(text: str, locale: str) -> Iterator[Correction]:
    """French ordinals are 1ᵉʳ, 1re, 2e; dates are 5 July 2019, 5 juillet 2019 and 1ᵉʳ juillet 2019."""
    if locale == "fr":
        ends = r"(?<!\w)(\d+|[IVX]+)(ère|ière|ème|ième|nde|nd|è)(s?)\b"
        yield from _replace(ends, text, lambda m: m[1] + ("re" if m[2].endswith("ère") else "e") + m[3])
        yield from _replace(rf"(?<![\w,.])1(?={SPACE}(?:{MONTHS['fr']})\b)", text, lambda _: "1ᵉʳ")
        yield from _replace(r"(?<![\w,.])1er\b", text, lambda _: "1ᵉʳ")
    else:
        months = MONTHS["en"]
        yield from _replace(rf"\b(\d{{1,2}})(?:st|nd|rd|th)(?: of)?(?= (?:{months})\b)", text, lambda m: m[1])
        american = rf"\b({months}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?=\d{{4}}\b))"
        yield from _replace(american, text, lambda m: f"{m[2]} {m[1]} ")


@typography_rule("T017")
def ellipses(text: str, _locale: str) -> Iterator[Correction]:
    """Three dots are one sign, …."""
    yield from _replace(r"(?<!\.)\.\.\.(?!\.)", text, lambda _: "…")


BARE = str.maketrans("ÀÂÉÈÊÎÔÇ", "AAEEEIOC")
# A preposition at the start of a sentence, neither a letter nor a verb.
AFTER_A = r"""la|partir|ce|cet|cette|ces|chaque|terme|titre|défaut|quoi|côté|cela|son|sa|ses|leur|leurs|une?|deux|moins
    court|long|moyen|elles?|eux|lui|nous|vous|nouveau|peine|peu|propos|raison|travers|tout|toute|tous|toutes|temps
    condition|compter|l’\w+|l'\w+|[A-ZÉ][a-zà-ÿ]+|\d+|[a-zà-ÿ]+(?:er|[^t]ir|ire|dre|tre|vre)"""
A_GRAVE = rf"(?:^|(?<=[.!?…]{SPACE}))A(?= (?:{'|'.join(AFTER_A.split())})\b)"


@functools.lru_cache(maxsize=1)  # the same for all texts
def _without_accents(accented: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """The words with their accent by how they are written without, and the expression that finds these."""
    bare = {word[0].translate(BARE) + word[1:]: word for word in accented}
    return bare, rf"\b(?:{'|'.join(map(re.escape, bare))})\b" if bare else "(?!)"


@typography_rule("T018")
def capitals(text: str, locale: str, accented: tuple[str, ...] = ()) -> Iterator[Correction]:
    """French capitals have their accents: État, Économie, À (the words are those of data/check.yml)."""
    if locale == "fr":
        bare, pattern = _without_accents(accented)
        yield from _replace(pattern, text, lambda m: bare[m[0]])
        yield from _replace(A_GRAVE, text, lambda _: "À")


LAW = re.compile(r"(n(o\.|os\.|°)|law|loi|decree|décret|order|ordonnance)\s*$", re.IGNORECASE)


@typography_rule("T019")
def ranges(text: str, locale: str) -> Iterator[Correction]:
    """Years are joined by an en dash in English, by a hyphen in French: 2015–2020, 2015-2020."""
    wrong, right = ("-", "–") if locale == "en" else ("–", "-")
    for match in re.compile(rf"(?<![\w/-])((?:19|20)\d\d){wrong}((?:19|20)\d\d)(?![\w/-])").finditer(text):
        law = _follows(LAW, text, match.start())
        if match[1] < match[2] and not law:
            yield match.start(1), match.end(2), match[1] + right + match[2]


# ---------------------------------------------------------------- in the pages


def rules(known: Known | None) -> dict[str, Rule]:
    """The rules with the words that they know."""
    return RULES | {"T018": functools.partial(capitals, accented=known.accented if known else ())}


def corrections(sheet: Sheet, code: str) -> Iterator[tuple[Block | str, str, Correction]]:
    """What a rule corrects in a page: the block, or the key of front matter, its text, and the correction."""
    rule = rules(sheet.project.known)[code]
    for key in TEXT_KEYS:
        text = str(sheet.page.meta.get(key) or "")
        yield from ((key, text, correction) for correction in rule(text, sheet.page.locale))
    for block, lang, text in sheet.texts:
        yield from ((block, block.text, correction) for correction in rule(text, lang))


def said(text: str, correction: Correction) -> str:
    """What is said of a correction: the words around it, and what to write."""
    start, end, new = correction
    before, after = text[:start].rsplit(" ", 1)[-1][-15:], text[end:].split(" ", 1)[0][:15]
    return f"'{shown(before + text[start:end] + after)}': write '{shown(before + new + after)}' (--fix does)"


def shown(text: str) -> str:
    """A text with its no-break spaces made visible."""
    return text.replace(NBSP, "[U+00A0]").replace(THIN, "[U+202F]")


def corrected(text: str, locale: str, known: Known | None) -> str:
    """A text with all that the rules correct in it."""
    wanted = rules(known).values()
    for _ in range(5):  # a correction may make room for another
        edits = sorted({edit for rule in wanted for edit in rule(text, locale)}, reverse=True)
        before, end = text, len(text)
        for start, stop, new in edits:
            if stop <= end:
                text, end = text[:start] + new + text[stop:], start
        if text == before:
            break
    return text
