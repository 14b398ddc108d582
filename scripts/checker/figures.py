"""The figures of a text, by the rules of its language, and what two texts say differently.

`read("€1.2 million in July 2019", "en")` and `read("1,2 M€ en juillet 2019", "fr")` say the same. Digits, dates,
amounts, numbers of laws, and the numbers from three to twelve in words must stand in both languages, once or more.
Other words ("half", "both", "a dozen", "first") may answer for a figure of the other language, and are a fault only
where the other language has another word of their kind instead: "half", « un tiers ».

A text that can be read in two ways gives both readings, and agrees with either: 5 in "5 or 10%" is 5 and 5%.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from checker.numerals import LISTED, NOUN, NUMBER_WORDS, OF, PATTERNS, RELATIVE, SHARE, NumberWords, small

Number = int | Fraction  # never a float: 0.1 is a tenth
Reading = tuple[Number | str, str]  # a value in the smallest unit of its kind, and that unit: 3 years are 36 "month"
REQUIRED = ("number", "date", "code", "count")  # in the other language
RIVALS = (("word", "count"), ("ordinal",), ("fraction",), ("period",))  # that contradict another one of their kind
MONEY = frozenset("€$£")
STRICT = MONEY | {"%", "month name", "nth"}  # other units may be left out: "a five-year plan", « quinquennal »


class Figure(NamedTuple):
    """A number as it stands in a text. A date is several: day, month and year, each with the whole date as its text.

    Kinds: number (with digits), date, code (CO2, an article of law), count (three to twelve in words), word (other
    numbers in words), ordinal, fraction, period (a year), hint (both), relative (the following year).
    """

    text: str
    start: int
    end: int
    kind: str
    value: Number | str  # as written, without its unit: 3 for "three years"
    unit: str = ""
    factor: Number = 1  # how many of the unit: 12 months for "years"
    scale: int = 1  # a million, where it is said
    readings: frozenset[Reading] = frozenset()

    def also(self, readings: Iterable[Reading]) -> Figure:
        """The figure, which may be read so besides."""
        return self._replace(readings=self.readings.union(readings))


# No-break spaces, CO₂, 1ᵉʳ.
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "₂": "2", "ᵉ": "e", "ʳ": "r"})
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def plain(text: str) -> str:
    """The text with plain spaces, as the expressions know no other; of the same length."""
    return text.translate(PLAIN)


@lru_cache(maxsize=20_000)  # several rules read the same paragraphs, page by page
def read(text: str, locale: str) -> tuple[Figure, ...]:
    """The figures of a text, in their order, each with all its readings."""
    found, bare = list[Figure](), plain(text)
    sought = small(bare)
    for match in PATTERNS[locale].finditer(sought):
        start, end = match.span()
        said = _said(match, (text[start:end], start, end), locale) if end - start < 100 else ()  # longer is no number
        for figure in said:  # twice a year: every six months
            often = isinstance(figure.value, Number) and figure.value and match["often"]
            found.append(figure.also({(12 / Fraction(figure.value), "month")}) if often else figure)
    found = _lend(_shared(found, bare, locale), bare, locale)
    relative = ((text[slice(*match.span())], *match.span()) for match in RELATIVE[locale].finditer(sought))
    return *found, *(_say(place, "relative", "date") for place in relative)


Place = tuple[str, int, int]  # what is written, where it starts and ends


def _say(
    place: Place, kind: str, value: Number | str, unit: str = "", *more: Reading, factor: Number = 1, scale: int = 1
) -> Figure:
    """A figure with its own reading and more."""
    first = value if isinstance(value, str) else value * factor
    return Figure(*place, kind, value, unit, factor, scale, frozenset([(first, unit), *more]))


def _said(match: re.Match[str], place: Place, locale: str) -> Iterator[Figure]:
    """What a match says: the parts of a date, or one number."""
    words, found = NUMBER_WORDS[locale], {name: text.lower() for name, text in match.groupdict().items() if text}
    if "article" in found:
        yield _say(place, "code", re.sub(r"[. ]", "", match[0]))
    elif "code" in found:
        yield _say(place, "code", re.sub("[A-Z]", "", match[0]))  # 2FA, A2F
    elif "month" in found:
        month, beside = found["month"], [int(found[name]) for name in ("day", "year") if name in found]
        # May and March are words besides, and so are abbreviations
        sure = beside or (len(month) > 3 and (locale, month) != ("en", "march"))
        yield _say(place, "date" if sure else "hint", words.months[month], "month name")
        yield from (_say(place, "date", number) for number in beside)
    elif "since" in found:
        yield from (_say(place, "date", int(year)) for year in (found["since"], found["since"][:2] + found["until"]))
    elif "hour" in found:
        hour = int(found["hour"])
        yield _say(place, "number", hour, "", *[((hour + 12) % 24, "")] * ("pm" in found))
    elif "share" in found:  # 3/4: three quarters, or the third of four
        over, under = map(int, found["share"].split("/"))
        yield _say(place, "hint", over, "", (under, ""), (Fraction(over, under), "%"))
    elif "under" in found:
        over, under = words.cardinals.get(found["over"], 1), words.under[found["under"]]
        share = Fraction(over, under)
        if over > 1 or OF[locale].match(match.string, match.end()):
            yield _say(place, "fraction", share, "%", *[(under, "nth")] * (over == 1))
        else:  # a third: the third one, or of something
            yield _say(place, "ordinal" if found["under"] in words.nth else "hint", under, "nth", (share, "%"))
    elif "nth" in found:
        yield _say(place, "ordinal", words.nth[found["nth"]] + words.cardinals.get(found.get("tens", ""), 0), "nth")
    elif "roman" in found:
        values = [ROMAN[letter] for letter in match["roman"]]
        number = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
        yield _say(place, "number" if number > 1 else "ordinal", number, "", (number, "nth"))
    elif "alone" in found:
        kind, (number, *others) = words.alone[found["alone"]]
        unit = {"fraction": "%", "period": "month"}.get(kind, "")
        yield _say(place, kind, Fraction(1, number) if unit == "%" else number, unit, *((n, "") for n in others))
    else:
        yield _counted(place, found, match[0].lower(), words)


def _counted(place: Place, found: dict[str, str], text: str, words: NumberWords) -> Figure:
    """A number in digits or words with its scale and unit: €1.2 million, two and a half years, un quart d’heure."""
    written, spelt, part = (found.get(name, "") for name in ("digits", "spelt", "part"))
    digits = written.replace(" ", "").replace(",", "" if words is NUMBER_WORDS["en"] else ".")
    value: Number = int(digits) if digits.isdecimal() else Fraction(digits or 1)
    value = words.number(spelt) if spelt else value
    if part:
        value = Fraction(1, 2) if part[0] in "hd" or "demi" in part else Fraction(3 if part[0] == "t" else 1, 4)
    unit, factor = words.units[found["unit"]] if "unit" in found else ("", 1)
    scale = words.scales.get(found.get("scale") or found.get("short", ""), 1)  # bn is none in French
    if "sign" in found:
        scale = 10**6 if unit == "m" else scale  # €3.5m
        unit, factor = found["sign"][-1], 1
    value = (value + Fraction(1, 2) if re.search(" and a half| et demi", text) else value) * scale
    more = {10080: [(value * 10080 + 1440, unit)], 120: [(value * 10, "")]}.get(int(factor), [])  # weeks, decades
    if written and scale == 1 and not unit:
        more.append((value, "nth"))  # lever 4, the fourth lever
    year = re.fullmatch(r"(?:19|20)\d\d", written)
    if found.get("rank") == "s" or (year and "sign" not in found):
        more.append((value + (1900 if value < 100 else 0), ""))  # the ’90s; in 2018 euros
    if part or value == 0 or (written and value == 1 and unit not in STRICT) or spelt == "neuf":
        kind = "ordinal" if "rank" in found else "number" if scale > 1 else "hint"
    elif written or scale > 1 or (unit in STRICT and value != 1):
        kind = "date" if year and not unit else "number"
    elif value == 1:
        kind = "period" if unit and unit not in STRICT else "hint"
    else:
        kind = "count" if value in range(3, 13) else "word"
    said = _say(place, kind, value, unit, *more, factor=factor, scale=scale)
    return said._replace(value="each") if kind == "period" else said  # a lone 1 is no period


def _shared(found: list[Figure], text: str, locale: str) -> list[Figure]:
    """The figures, those of a share with the share besides: one in four is a quarter."""
    result = list(found)
    for index, (part, whole) in enumerate(pairwise(found)):
        of = whole.value if isinstance(whole.value, Number) and whole.kind != "date" else 0
        if of >= 2 and SHARE[locale].fullmatch(text, part.end, whole.start):
            share = {(Fraction(part.value if isinstance(part.value, Number) else 1) / of, "%")}
            result[index : index + 2] = result[index].also(share), whole.also(share)
    return result


BETWEEN = re.compile(r"[.!?…;:(](?:\s|$)| \(")


def _lend(found: list[Figure], text: str, locale: str) -> list[Figure]:
    """The figures with the readings that each has besides, if it leaves out what the text says nearby.

    The next of a list may say it: 5 or 10%, 1.2 to 1.5 million. In English a range has its sign first: €3–5 million. In
    French any amount of the sentence may: de 18 000 en 2019 à 24 000 euros; 1 milliard d’euros, 2,1 pour les villes.
    """
    money = {(f.unit, f.factor, f.scale) for f in found if f.unit in MONEY}
    sentences = list(accumulate((bool(BETWEEN.search(text, a.end, b.start)) for a, b in pairwise(found)), initial=0))
    of_money = {sentence for sentence, figure in zip(sentences, found, strict=False) if figure.unit in MONEY}
    result, listed = list(found), set[tuple[str, Number, int]]()
    for index, figure in reversed([*enumerate(found)]):
        if isinstance(figure.value, str) or figure.kind not in ("number", "count", "word", "hint"):
            listed = set()
            continue
        before, after = found[index - 1 if index else 0], found[min(index + 1, len(found) - 1)]
        listed = listed if LISTED[locale].fullmatch(text, figure.end, after.start) else set()
        lent = set(listed)
        of_noun = NOUN.match(text, figure.end) or sentences[index] not in of_money
        if locale == "fr" and (figure.scale > 1 or not of_noun):
            lent |= {(unit, 1, 1) for unit, _, _ in money}
        if figure.scale == 1 and figure.value < 1000 and (locale == "fr" or not figure.unit):
            lent |= {lends for lends in money if lends[2] > 1}
        if locale == "en" and before.unit in MONEY and LISTED[locale].fullmatch(text, before.end, figure.start):
            lent.add((before.unit, 1, 1))
        if figure.unit:  # it leaves out the scale alone
            lent = {(figure.unit, figure.factor, scale) for _, _, scale in lent if figure.scale == 1}
        if lent:
            result[index] = figure.also((figure.value * scale * factor, unit) for unit, factor, scale in lent)
        listed |= {(figure.unit, figure.factor, figure.scale)} if figure.unit or figure.scale > 1 else set()
    return result


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures say the same, in one of their readings; a unit that is not strict may be left out."""
    lone, other = (b, a) if a.unit else (a, b)
    left_out = not lone.unit and other.unit not in STRICT and (other.value, "") in lone.readings
    return left_out or bool(a.readings & b.readings)


def _lacking(here: Sequence[Figure], there: Sequence[Figure]) -> list[Figure]:
    """The figures of a side that none of the other side agrees with: dix ans does with the tenth year."""
    nth = {figure.value for figure in there if figure.kind == "ordinal"}
    others = {figure.readings: figure for figure in there}.values()  # each once: a text may say one thousands of times
    said = frozenset[Reading]().union(*(figure.readings for figure in others))
    alone = [figure for figure in here if figure.readings.isdisjoint(said)]
    return [
        figure
        for figure in alone
        if not any(agree(figure, other) for other in others) and (figure.kind != "count" or figure.value not in nth)
    ]


def _told_by_distance(sides: Sequence[Sequence[Figure]], wrong: Sequence[set[Figure]]) -> set[Figure]:
    """Of the wrong figures, dates of one side alone that the other tells as a distance, and the distances.

    In 2016: four years later, the following year. As many as there are such distances, whatever they come to.
    """
    told = set[Figure]()
    for n in (0, 1):
        dates = {figure for figure in wrong[n] if figure.kind == "date"}
        spans = {figure for figure in wrong[1 - n] if figure.unit == "month"}
        here, there = (sum(figure.kind == "relative" for figure in sides[side]) for side in (n, 1 - n))
        if dates and not any(figure.kind == "date" for figure in wrong[1 - n]):
            first = sorted({date.start for date in dates})[: max(there - here, 0) + len(spans)]
            told |= spans | {date for date in dates if date.start in first}
    return told


def differences(here: Sequence[Figure], there: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures of each side that the other side lacks, or for which it has another one of their kind."""
    lacking = _lacking(here, there), _lacking(there, here)
    if not any(lacking):
        return [], []
    wrong = [{figure for figure in side if figure.kind in REQUIRED} for side in lacking]
    for kinds in RIVALS:
        for a, b in zip(*([figure for figure in side if figure.kind in kinds] for side in lacking), strict=False):
            wrong[0].add(a)
            wrong[1].add(b)
    told = _told_by_distance((here, there), wrong)
    wrong = [side - told for side in wrong]
    once = [{(figure.start, figure.text): figure for figure in sorted(side, key=lambda f: f.start)} for side in wrong]
    return list(once[0].values()), list(once[1].values())


def compare(english: str, french: str) -> tuple[list[Figure], list[Figure]]:
    """The figures of an English and a French text that the other one does not have."""
    return differences(read(english, "en"), read(french, "fr"))
