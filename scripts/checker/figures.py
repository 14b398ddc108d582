"""The figures of a text, by the rules of its language: `differences.py` says what two texts say differently.

`read("€1.2 million in July 2019", "en")` and `read("1,2 M€ en juillet 2019", "fr")` say the same. A text that can be
read in two ways gives both readings, and agrees with either: 5 in "5 or 10%" is 5 and 5%.
"""

import re
from bisect import bisect
from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from checker.document import Block, by_language
from checker.languages import FIRST_CAPITAL, NUMBER_WORDS, Number, NumberWords, exact, plain

Reading = tuple[Number, str]  # a value in the smallest unit of its kind, and that unit: 3 years are 36 "month"
MONEY = frozenset("€$£")
IN_WORDS = range(3, 13)  # that a text writes in words, and that must then stand in both languages
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
        """What may stand for it in the other language: 5 for 5 cents, « quinquennal » for "five years"."""
        return set() if self.value == 1 or (self.unit in STRICT and self.factor >= 1) else {(self.value, "")}

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


@dataclass
class _Found:
    """The figures that a text has, in their order, and the text itself in plain letters."""

    figures: list[Figure]
    text: str
    words: NumberWords

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in BETWEEN.finditer(self.text)]

    def part(self, figure: Figure) -> int:
        """Which part of the text a figure is in, the first, the second …: a sentence, or what is read alone."""
        return bisect(self._ends, figure.start)

    def behind(self, index: int) -> str:
        """What stands between a figure and the next one; nothing behind the last."""
        following = self.figures[index + 1 : index + 2]
        return self.text[self.figures[index].end : following[0].start] if following else ""

    def goes_on(self, index: int) -> bool:
        """Whether the next figure goes on with a list: behind 5 in "5 or 10%"."""
        return self.words.find["listed"].fullmatch(self.behind(index)) is not None


def read(text: str, locale: str) -> tuple[Figure, ...]:
    """The figures of a text, in their order, each with all its readings; then those that are relative.

    "€5 to 6 million" in English has two, each of which may be so many euros, or so many million.
    """
    words = NUMBER_WORDS[locale]
    found = _Found([], plain(text), words)
    sought = FIRST_CAPITAL.sub(lambda capital: capital[0].lower(), found.text)
    for piece in words.find["figure"].finditer(sought):
        start, end = piece.span()
        found.figures += [
            each._replace(text=text[start:end], start=start, end=end) for each in _figures_in(piece, words)
        ]
    for add in (_add_shares, _add_lists, _add_sums, _add_wholes):
        add(found)
    for number, piece in enumerate(words.find["relative"].finditer(sought)):  # a number of its own: each is another
        start, end = piece.span()
        figure = _figure("relative", number, "relative")
        found.figures.append(figure._replace(text=text[start:end], start=start, end=end))
    return tuple(found.figures)


def _figures_in(piece: re.Match[str], words: NumberWords) -> Iterator[Figure]:
    """What a piece of the text says: the parts of a date, or one number."""
    found = {name: text.lower() for name, text in piece.groupdict().items() if text}
    match found:
        case {"article": article}:
            yield _figure("code", 1, re.sub(r"[. ]", "", article))
        case {"code": code}:
            yield _figure("code", 1, re.sub("[a-z]", "", code))  # 2FA, A2F
        case {"month": month}:
            yield from _date(month, [int(found[name]) for name in ("day", "year") if name in found], words)
        case {"since": since, "until": until}:
            yield from (_figure("date", int(year)) for year in (since, since[:2] + until))
        case {"hour": hour}:
            figure = _figure("number", int(hour))
            yield figure.also(((int(hour) + 12) % 24, "")) if "pm" in found else figure
        case {"share": share}:
            yield _figure("hint", Fraction(share), "%", 100)
        case {"over": over, "under": under}:
            yield _part(over, under, words.find["of"].match(piece.string, piece.end()) is not None, words)
        case {"nth": nth}:
            yield _figure("ordinal", words.number(nth), "nth")
        case {"roman": roman}:
            number = ROMAN.index(roman)
            yield _figure("number" if number > 1 else "ordinal", number).also((number, "nth"))
        case {"alone": word}:
            yield _number_word(word, words)
        case _:
            yield _counted(found, piece[0].lower(), words)


def _date(month: str, beside: Sequence[int], words: NumberWords) -> Iterator[Figure]:
    """A month, then the day and the year that stand `beside` it. May, March and Mar alone are other words too."""
    is_sure = beside or (len(month) > 3 and month != "march")
    yield _figure("date" if is_sure else "hint", words.months[month], "month name")
    for number in beside:
        is_last = number == monthrange(1999, words.months[month])[1]  # and goes without saying: the end of March
        yield _figure("date", number).also(*[(words.months[month], "month name")] * is_last)


def _part(over: str, under: str, of_something: bool, words: NumberWords) -> Figure:
    """A part in words, two thirds, a third of the places; or, where it may be no part, the third one."""
    number, nth = words.number(over) or 1, words.number(under)
    value = Fraction(number, nth)
    if number > 1 or of_something:
        return _figure("fraction", value, "%", 100)
    if under in words.ordinals:
        return _figure("ordinal", value, "%", 100).also((nth, "nth"))
    return _figure("hint", value, "%", 100)


def _number_word(word: str, words: NumberWords) -> Figure:
    """A word that says a number: both, monthly, a dozen, which may be ten."""
    kind, (value, *others) = words.alone[word]
    unit, factor = {"fraction": ("%", 100), "period": ("month", 1)}.get(kind, ("", 1))
    return _figure(kind, value, unit, factor).also(*((other, "") for other in others))


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
        return Fraction(3 if part.startswith("t") else 1, 4 if "quart" in part else 2)  # three quarters, demi-
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
    return "count" if value in IN_WORDS else "word"


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
    if rank == "s":
        yield value + (1900 if value < 100 else 0), ""  # the ’90s


@lru_cache(maxsize=20_000)  # several rules read the same blocks, page by page
def of_block(block: Block, locale: str) -> tuple[Figure, ...]:
    """The figures of a block, words marked with their language read in that language."""
    return tuple(figure for lang, text in by_language(block, locale) for figure in read(text, lang))


# What a figure may say besides, by what stands near it: each of these adds to the figures of a text.
COUNTING = ("number", "count", "word", "hint")  # the kinds that may have a unit


def _add_shares(found: _Found) -> None:
    """Each figure of a share says it: one in four is a quarter, six to nine in ten are 60% to 90%."""
    figures, share = found.figures, found.words.find["share"]
    for index, whole in enumerate(figures):
        if not index or whole.kind == "date" or whole.value <= 1 or not share.fullmatch(found.behind(index - 1)):
            continue
        first = index - 1  # of the list of parts
        while first and figures[first - 1].kind in COUNTING and found.goes_on(first - 1):
            first -= 1
        for at in range(first, index):
            said = exact(100 * figures[at].value / Fraction(whole.value)), "%"
            figures[at] = figures[at].also(said)
        figures[index] = whole.also(said)  # as the part right before it


def _add_lists(found: _Found) -> None:
    """What a figure leaves out, the next of its list may say: the unit of 5 or 10%, the scale of 1.2 to 1.5 million."""
    rest = set[tuple[str, Number, int]]()  # of the list, behind the figure: units, how many of each, scales
    for index in reversed(range(len(found.figures))):
        figure = found.figures[index]
        is_counted = figure.kind in COUNTING
        if not is_counted or not found.goes_on(index):
            rest = set()
        if not is_counted:
            continue
        for unit, factor, scale in rest:
            if not figure.unit:
                found.figures[index] = found.figures[index].also((figure.value * scale * factor, unit))
        rest.add((figure.unit, figure.factor, figure.scale))


def _add_sums(found: _Found) -> None:
    """A number without a unit may be a sum of money, and a small one so many million: 1 milliard d’euros, 2,1 pour les
    villes."""
    money = [figure for figure in found.figures if figure.unit in MONEY]
    parts = {found.part(figure) for figure in money}  # of the text, that have a sum
    for index, figure in enumerate(found.figures if money else ()):
        if figure.kind not in COUNTING or figure.unit:
            continue
        sums = {(figure.value, each.unit) for each in money if _may_be_sum(found, index, parts)}
        if figure.scale == 1 and figure.value < 1000:
            sums |= {(figure.value * each.scale, each.unit) for each in money if each.scale > 1}
        found.figures[index] = figure.also(*sums)


def _add_wholes(found: _Found) -> None:
    """Parts of a length of time say the whole too, a year and four months; what a cut takes, "three quarters less" and
    « divisé par quatre », also says what it leaves: a quarter."""
    for index, figure in enumerate(found.figures):
        value, (part, *_) = figure.value * figure.factor, (*found.figures[index + 1 : index + 2], figure)
        if figure.unit == part.unit in ("month", "minute") and figure.factor > part.factor and found.goes_on(index):
            whole = value + part.value * part.factor, part.unit
            found.figures[index : index + 2] = [each.also(whole) for each in (figure, part)]
        around = f"{found.text[max(figure.start - 60, 0) : figure.start]}|{found.text[figure.end : figure.end + 20]}"
        is_cut = found.words.find["cut"].search(around) is not None
        if figure.unit == "%":
            found.figures[index] = figure.also((100 - value if is_cut else value, "left"))
        elif is_cut and figure.kind in COUNTING and not figure.unit and value > 1:
            found.figures[index] = figure.also((Fraction(100) / value, "left"))


def _may_be_sum(found: _Found, index: int, parts: Collection[int]) -> bool:
    """Whether a number that has no sign of money may be a sum. An English range has its sign first: €3–5 million. In
    French any sum of the sentence may say it: de 18 000 en 2019 à 24 000 euros; not of 18 000 habitants."""
    figure, words = found.figures[index], found.words
    if words.locale == "en":
        return index > 0 and found.goes_on(index - 1) and found.figures[index - 1].unit in MONEY
    counts_a_thing = words.find["noun"].match(found.text, figure.end) is not None
    return figure.scale > 1 or (found.part(figure) in parts and not counts_a_thing)
