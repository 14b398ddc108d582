"""The figures of a text, by the rules of its language, and what two texts say differently.

`read("€1.2 million in July 2019", "en")` and `read("1,2 M€ en juillet 2019", "fr")` say the same. Digits, dates,
amounts, numbers of laws, and the numbers from three to twelve in words must stand in both languages, once or more.
Other words ("half", "both", "a dozen", "first") may answer for a figure of the other language, and are a fault only
where the other language has another word of their kind instead: "half", « un tiers ».

A text that can be read in two ways gives both readings, and agrees with either: 5 in "5 or 10%" is 5 and 5%.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from checker.document import Block, by_language
from checker.languages import FIRST_CAPITAL, NUMBER_WORDS, Number, NumberWords, exact, plain

Reading = tuple[Number, str]  # a value in the smallest unit of its kind, and that unit: 3 years are 36 "month"
REQUIRED = ("number", "date", "code", "count")  # in the other language
RIVALS = (("word", "count"), ("ordinal",), ("fraction",), ("period",))  # that contradict another one of their kind
MONEY = frozenset("€$£")
STRICT = MONEY | {"%", "month name", "nth", "relative", "kg", "m²", "m³", "litre", "kWh", "kB"}  # see `short`


class Figure(NamedTuple):
    """A number as it stands in a text. A date is several: day, month and year, each with the whole date as its text.

    Kinds: number (with digits), date, code (CO2, an article of law), count (three to twelve in words), word (other
    numbers in words), ordinal, fraction, period (a year), relative (the following year), hint (both, one, 0, May: what
    may be no number, or go without saying; it answers for a figure, and is asked for by none).
    """

    kind: str
    value: Number  # as written, without its unit: 3 for "three years"
    unit: str = ""  # of a code, the code: one L2113-12
    factor: Number = 1  # how many of the unit: 12 months for "years"
    scale: int = 1  # a million, where it is said
    readings: frozenset[Reading] = frozenset()  # all that it may say
    text: str = ""
    start: int = 0
    end: int = 0

    @property
    def short(self) -> set[Reading]:
        """What may stand for it in the other language, without its unit: « quinquennal » for "five years"."""
        return set() if self.unit in STRICT or self.value == 1 else {(self.value, "")}

    def also(self, *readings: Reading) -> "Figure":
        """The figure, which may say these things besides."""
        return self._replace(readings=self.readings.union(readings)) if readings else self


def _figure(kind: str, value: Number, unit: str = "", factor: Number = 1, scale: int = 1) -> Figure:
    """A figure that says one thing."""
    return Figure(kind, value, unit, factor, scale, frozenset([(value * factor, unit)]))


BETWEEN = re.compile(r"[.!?…;:(](?:\s|$)| \(")  # where a sentence ends, or a part of it that is read alone
YEAR = re.compile(r"(?:19|20)\d\d")
DAY, WEEK, DECADE = 1440, 10080, 120  # minutes and, of a decade, months
TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
ROMAN = [tens + ones for tens in TENS for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")]


@lru_cache(maxsize=20_000)  # several rules read the same paragraphs, page by page
def read(text: str, locale: str) -> tuple[Figure, ...]:
    """The figures of a text, in their order, each with all its readings; then those that are relative.

    "€5 to 6 million" in English has two, each of which may be so many euros, or so many million.
    """
    bare, words = plain(text), NUMBER_WORDS[locale]
    sought = FIRST_CAPITAL.sub(lambda capital: capital[0].lower(), bare)
    pieces = [(figure, m) for m in words.find["figure"].finditer(sought) for figure in _figures_in(m, words)]
    pieces += [(_figure("relative", n, "relative"), m) for n, m in enumerate(words.find["relative"].finditer(sought))]
    found = [f._replace(text=text[m.start() : m.end()], start=m.start(), end=m.end()) for f, m in pieces]
    gaps = [bare[a.end : b.start] for a, b in pairwise(found)] + [""]  # none behind the last
    for add in (_add_shares, _add_lists, _add_sums):
        add(found, gaps, bare, words)
    return tuple(found)


def _figures_in(piece: re.Match[str], words: NumberWords) -> Iterator[Figure]:
    """What a piece of the text says: the parts of a date, or one number."""
    found = {name: text.lower() for name, text in piece.groupdict().items() if text}
    match found:
        case {"article": article}:
            yield _figure("code", 1, re.sub(r"[. ]", "", article))
        case {"code": code}:
            yield _figure("code", 1, re.sub("[a-z]", "", code))  # 2FA, A2F
        case {"month": month}:
            beside = [int(found[name]) for name in ("day", "year") if name in found]
            sure = beside or (len(month) > 3 and month != "march")  # May, March, Mar are other words too
            yield _figure("date" if sure else "hint", words.months[month], "month name")
            yield from (_figure("date", number) for number in beside)
        case {"since": since, "until": until}:
            yield from (_figure("date", int(year)) for year in (since, since[:2] + until))
        case {"hour": hour}:
            afternoon = [((int(hour) + 12) % 24, "")] if "pm" in found else []
            yield _figure("number", int(hour)).also(*afternoon)
        case {"share": share}:
            yield _figure("hint", Fraction(share), "%", 100)
        case {"over": over, "under": under}:  # a third: of something, or the third one
            number, nth = words.number(over) or 1, words.number(under)
            is_part = number > 1 or words.find["of"].match(piece.string, piece.end())
            kind = "fraction" if is_part else "ordinal" if under in words.ordinals else "hint"
            figure = _figure(kind, Fraction(number, nth), "%", 100)
            yield figure.also((nth, "nth")) if kind == "ordinal" else figure
        case {"nth": nth}:
            yield _figure("ordinal", words.number(nth), "nth")
        case {"roman": roman}:
            number = ROMAN.index(roman)
            yield _figure("number" if number > 1 else "ordinal", number).also((number, "nth"))
        case {"alone": word}:
            kind, (value, *others) = words.alone[word]
            unit, factor = {"fraction": ("%", 100), "period": ("month", 1)}.get(kind, ("", 1))
            often = [(Fraction(12, value), "month")] if "often" in found else []
            yield _figure(kind, value, unit, factor).also(*((other, "") for other in others), *often)
        case _:
            yield _counted(found, piece[0].lower(), words)


def _counted(found: dict[str, str], text: str, words: NumberWords) -> Figure:
    """A number in digits or words with its scale and unit: €1.2 million, two and a half years, un quart d’heure."""
    unit, factor = words.units.get(found.get("sign") or found.get("unit", ""), ("", 1))
    scale = words.number(found.get("scale") or found.get("short", "")) or 1  # bn is none in French
    half = Fraction(1, 2) if re.search(" and a half| et demi", text) else 0
    value = exact((_number_said(found, words) + half) * scale)
    figure = _figure(_kind(found, value, unit, scale), value, unit, factor, scale)
    return figure.also(*_said_besides(found, figure))


def _number_said(found: dict[str, str], words: NumberWords) -> Number:
    """The number without scale and unit: 1.2 for "€1.2 million", 1/4 for « un quart d’heure », 1 for "a year"."""
    if digits := found.get("digits"):
        return exact(digits.replace(" ", "").replace(",", "" if words.locale == "en" else "."))
    if part := found.get("part"):
        return Fraction(3 if part[0] == "t" else 1, 4 if "quart" in part else 2)  # three quarters, trois quarts
    return words.number(found.get("spelt", "")) or 1


def _kind(found: dict[str, str], value: Number, unit: str, scale: int) -> str:
    """What kind of figure a counted number is: 2021 is a date, 5% a number, "three" a count, "a year" a period."""
    digits, is_strict = found.get("digits", ""), unit in STRICT
    goes_without_saying = value == 0 or (value == 1 and not (digits and is_strict))
    if scale > 1 or (not goes_without_saying and (digits or is_strict)):
        return "date" if YEAR.fullmatch(digits) and not unit else "number"
    if digits:
        return "ordinal" if "rank" in found else "hint"
    if goes_without_saying and unit and not is_strict:
        return "period"
    if goes_without_saying or "part" in found or found.get("spelt") == "neuf":  # new, too
        return "hint"
    return "count" if value in range(3, 13) else "word"


def _said_besides(found: dict[str, str], figure: Figure) -> Iterator[Reading]:
    """What else a counted number may say: "twice a year" also every six months, "the 4th year" also the fourth."""
    value, digits, rank = figure.value, found.get("digits", ""), found.get("rank")
    if figure.factor == WEEK:
        yield value * 8 * DAY, figure.unit  # it is eight days, in French
    if figure.factor == DECADE:
        yield value * 10, ""  # years
    if "often" in found and value:
        yield Fraction(12) / value, "month"
    if digits and figure.scale == 1 and (rank or not figure.unit):
        yield value, "nth"  # lever 4: the fourth
    if YEAR.fullmatch(digits) and "sign" not in found:
        yield value, ""  # in 2018 euros
    if rank == "s":
        yield value + (1900 if value < 100 else 0), ""  # the ’90s


def of_block(block: Block, locale: str) -> list[Figure]:
    """The figures of a block, words marked with their language read in that language."""
    return [figure for lang, text in by_language(block, locale) for figure in read(text, lang)]


# What a figure may say besides, by what stands near it: each of these is given the figures of a text and adds to them,
# the gaps behind them, the text, the words of its language.
COUNTING = ("number", "count", "word", "hint")  # the kinds that may have a unit


def _add_shares(found: list[Figure], gaps: Sequence[str], _: str, words: NumberWords) -> None:
    """Each figure of a share says it: one in four is a quarter, six to nine in ten are 60% to 90%."""
    for index, whole in enumerate(found[1:]):
        if words.find["share"].fullmatch(gaps[index]) and whole.value > 1 and whole.kind != "date":
            first = index
            while first and found[first - 1].kind in COUNTING and words.find["listed"].fullmatch(gaps[first - 1]):
                first -= 1
            shares = [(exact(100 * each.value / Fraction(whole.value)), "%") for each in found[first : index + 1]]
            for at, share in zip(range(first, index + 2), [*shares, shares[-1]], strict=True):
                found[at] = found[at].also(share)


def _add_lists(found: list[Figure], gaps: Sequence[str], _: str, words: NumberWords) -> None:
    """What a figure leaves out, the next of its list may say: the unit of 5 or 10%, the scale of 1.2 to 1.5 million."""
    of_rest = set[tuple[str, Number, int]]()  # a unit, how many of it, a scale: those of the rest of the list
    for index, figure in reversed([*enumerate(found)]):
        if figure.kind not in COUNTING or not words.find["listed"].fullmatch(gaps[index]):
            of_rest = set()  # no list goes on behind it
        if figure.kind not in COUNTING:
            continue
        own, lent = (figure.unit, figure.factor, figure.scale), of_rest
        if figure.unit:  # it leaves out the scale alone
            lent = {(figure.unit, figure.factor, scale) for _, _, scale in of_rest if figure.scale == 1}
        found[index] = figure.also(*((figure.value * scale * factor, unit) for unit, factor, scale in lent))
        of_rest = of_rest | {own}


def _add_sums(found: list[Figure], gaps: Sequence[str], text: str, words: NumberWords) -> None:
    """A number without a unit may be a sum of money. An English range has its sign first: €3–5 million. In French any
    sum of the sentence may say it: de 18 000 en 2019 à 24 000 euros; 1 milliard d’euros, 2,1 pour les villes."""
    money = [figure for figure in found if figure.unit in MONEY]
    ends = [match.start() for match in BETWEEN.finditer(text)] if money else []
    of_money = {bisect(ends, figure.start) for figure in money}
    for index, figure in enumerate(found if money else ()):
        if figure.kind not in COUNTING or figure.unit:
            continue
        if words.locale == "en":
            before = found[index - 1] if index and words.find["listed"].fullmatch(gaps[index - 1]) else None
            is_sum = before is not None and before.unit in MONEY
        else:
            counts_a_thing = words.find["noun"].match(text, figure.end) or bisect(ends, figure.start) not in of_money
            is_sum = figure.scale > 1 or not counts_a_thing
        sums = [(figure.value, each.unit) for each in money if is_sum]
        if figure.scale == 1 and figure.value < 1000:
            sums += [(figure.value * each.scale, each.unit) for each in money if each.scale > 1]
        found[index] = figure.also(*sums)


def lacking(own: Sequence[Figure], other: Sequence[Figure]) -> list[Figure]:
    """The figures of a side that none of the other side agrees with: dix ans does with the tenth year."""
    readings = {reading for figure in other for reading in figure.readings}
    answers = readings.union(*(figure.short for figure in other))
    nth = {("count", value) for value, unit in readings if unit == "nth"}
    left = [figure for figure in own if figure.readings.isdisjoint(answers) and figure.short.isdisjoint(readings)]
    return [figure for figure in left if (figure.kind, figure.value) not in nth]


def differences(own: Sequence[Figure], other: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures of each side that the other side lacks, or for which it has another one of their kind.

    Of 12% and half on one side, 13% and a third on the other: all four. Both are empty where the sides agree.
    """
    alone = lacking(own, other), lacking(other, own)
    if not any(alone):
        return [], []
    wrong = [{figure for figure in side if figure.kind in REQUIRED} for side in alone]
    # A word such as « moitié » may be left out by the other language. It is wrong only where the other has a different
    # word of the same kind: of these, as many as both have.
    for kinds in RIVALS:
        rivals = [[figure for figure in side if figure.kind in kinds] for side in alone]
        wrong = [side.union(some[: min(map(len, rivals))]) for side, some in zip(wrong, rivals, strict=True)]
    # "in 2016" against « l’année suivante »: a date on one side, a distance on the other. What it comes to is not
    # computed, so it is believed.
    for dated, far in (alone, alone[::-1]):
        distances = {f for f in far if f.kind == "relative" or (f.unit == "month" and f.kind != "period")}
        dates = sorted({figure.start for figure in dated if figure.kind == "date"})[: len(distances)]
        if dates and not any(figure.kind == "date" for figure in far):
            believed = distances.union(figure for figure in dated if figure.kind == "date" and figure.start in dates)
            wrong = [side - believed for side in wrong]
    return _told_once(wrong[0]), _told_once(wrong[1])


def _told_once(figures: set[Figure]) -> list[Figure]:
    """The figures in their order; of a date, which is several with one text, the first."""
    return list({(f.start, f.text): f for f in sorted(figures, key=lambda f: f.start)}.values())
