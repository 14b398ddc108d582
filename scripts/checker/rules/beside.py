"""What is said beside a figure is said in both languages: at least, up to, since, a year, each; excluding VAT, undated.

The words that are sought in one language are few; those that are enough in the other are many: in doubt both rules are
silent.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from checker import figures
from checker.document import Block
from checker.figures import MONEY, Figure, Reading
from checker.model import Pair, Sheet
from checker.registry import pair_rule
from content.findings import Hit
from content.model import LANGUAGE, OTHER


class Words(NamedTuple):
    """Words beside a figure: what is sought in each language, and what is enough in the other one.

    `side`: b before the figure, a after it; `of`: the figures that it is about: numbers, years, or amounts of money.
    """

    side: str
    of: str
    en: str
    fr: str
    enough_en: str
    enough_fr: str


BESIDE = (
    Words("ba", "numbers", "at least|at a minimum|no fewer than|not? less than", "au moins|au minimum|pas moins d[e’']",
          "least|minim|fewer|less than|more|over|above|floor|exceed|not below|from |every|once|higher|greater",
          "moins|minim|plus|plancher|dépass|au-delà|dès|partir|supérieur|une fois"),
    Words("ba", "numbers", "at (?:the )?most|not? more than|(?<!add )(?<!adds )(?<!adding )up to|capped at",
          "au plus|au maximum|pas plus d[e’']|jusqu[’']à|dans la limite d[e’']|plafonnée?s? à",
          "most|more than|up to|maxim|cap|ceiling|limit|within|exceed|until|as far|as many|as high|to |reach|below",
          "plus|maxim|jusqu|limit|plafon|dépass|au mieux|borne|attei|égal|inférieur"),
    Words("b", "numbers", "(?<!no )(?<!not )more than|in excess of", "(?<!pas )(?<!au )plus d(?:e|es|[’'])",
          "more|over|above|exceed|beyond|least|past|passed|upwards|from|well|some|than|\\+",
          "plus|dépass|au-delà|supérieur|au-dessus|moins|passé|bonne|franchi|dès"),
    Words("b", "numbers", "(?<!no )(?<!not )(?:less|fewer) than", "(?<!pas )(?<!au )moins d(?:e|es|[’'])",
          "less|fewer|under|below|within|short|not even|nearly|almost|than|barely",
          "moins|inférieur|au-dessous|dessous|sous|près|presque|pas même"),
    Words("b", "numbers", "nearly|almost|close to", "près d(?:e|es|[’'])|presque",
          "nearly|almost|close|just under|some|about|around|approach|short of|barely|less|fewer",
          "près|presque|quasi|environ|quelque|proche|approch|frôl|moins|avoisin|bientôt"),
    Words("b", "numbers", "about|roughly|approximately", "environ|à peu près",
          "about|some|around|round|rough|approxim|nearly|almost|close|circa|over|more|less|order of|or so|a few",
          "environ|quelque|près|presque|peu|ordre|autour|alentour|plus|moins|approxim|aine|avoisin|une? "),
    Words("b", "numbers", "only", "seulement|à peine",
          "only|just|mere|bare|scarce|no more|hardly|sole|alone|single|not",
          "seul|que|qu[’']|uniquement|rien|à peine|juste|simple|limit|pas"),
    Words("a", "numbers", "(?:a|per|each|every) year|yearly|annually|per annum",
          "par an|chaque année|tous les ans|l[’']an",
          "year|annual|annum|twelve|12|season", r"\ban(?:s|née|nées)?\b|annuel|saison|exercice"),
    Words("a", "numbers", "(?:a|per|each|every) month|monthly", "par mois|chaque mois|tous les mois", "month",
          "mois|mensu"),
    Words("a", "numbers", "(?:a|per|each|every) week|weekly", "par semaine|chaque semaine", "week|fortnight",
          "semaine|hebdo|huit|quinz"),
    Words("a", "numbers", "(?:a|per|each|every) day|daily", "par jour|chaque jour|tous les jours", "day|dail",
          "jour|quotid"),
    Words("a", "numbers", "(?:per|a) (?:head|inhabitant|resident|capita)", "par (?:habitant|tête)",
          "head|inhabitant|resident|person|capita|people", "habitant|personne|tête"),
    Words("a", "money", "each(?! (?:year|month|week|day|other))|apiece", "chacune?",
          r"each|apiece|every|per |\ba (?:piece|head|place|home|firm|post)|both|respectively",
          "chacun|chaque|par |pièce|tou(?:s|te)|l[’']un|comme|moyen|valeur"),
    Words("b", "years", "since", "depuis|dès", "since|from|after|already|for |by |in |as of|of ",
          "depuis|dès|à partir|après|déjà|à compter|en |du |le "),
    Words("b", "years", "until|till", "jusqu[’'](?:en|au|à)", "until|till|up to|to |through|end|by |–",
          "jusqu|avant|à|fin|-"),
    Words("b", "years", "before", "avant", "before|by |until|earlier|prior|ahead",
          "avant|jusqu|d[’']ici|antérieur|plus tôt|précéd"),
    Words("b", "years", "after", "après", "after|since|from|later|following|once|beyond|then",
          "après|depuis|à partir|plus tard|suiv|dès|au-delà|une fois|puis|ensuite|postérieur"),
)  # fmt: skip
# Words that set a floor or a ceiling right before a figure: one language has no floor where the other has a ceiling.
FLOOR = {
    "en": "at least|at a minimum of|a minimum of|no fewer than|no less than|more than|over|above|exceeding|beyond",
    "fr": "au moins|au minimum|un minimum de|pas moins d[e’']|plus d(?:e|es|[’'])|au-delà d[e’']|au-dessus d[e’']"
    "|supérieure?s? à",
}
CEILING = {
    "en": "at most|no more than|not more than|a maximum of|up to|capped at|less than|fewer than|under|below|nearly",
    "fr": "au plus|au maximum|un maximum de|pas plus d[e’']|jusqu[’']à|dans la limite d[e’']|plafonnée?s? à"
    "|moins d(?:e|es|[’'])|au-dessous d[e’']|en dessous d[e’']|inférieure?s? à|près d(?:e|es|[’'])",
}
# What qualifies a whole paragraph, item or cell.
WHOLE = (
    Words("", "", "undated", "non datée?s?|sans date", "undated|dat", "dat"),
    Words("", "", "our (?:own )?(?:calculation|estimate)", "notre (?:propre )?(?:calcul|estimation)", "our|we",
          "no(?:tre|us|s)"),
    Words("", "", "excluding (?:VAT|tax)|excl. VAT|before tax", "HT|hors tax|hors TVA", "VAT|tax", "HT|tax|TVA"),
    Words("", "", "including (?:VAT|tax)|with VAT", "TTC|toutes taxes", "VAT|tax", "TTC|tax|TVA"),
)  # fmt: skip
# Words of a rise and of a fall: a paragraph of one alone is none of the other alone.
RISE = {
    "en": r"rose|risen|rises?|grew|grown|grows|increas\w+|climbed|gained|went up|doubled|tripled",
    "fr": r"augment\w+|progress\w+|hausse|croiss\w+|crû|accru\w*|grimp\w+|gagné|monté|doublé|triplé|multipli\w+",
}
FALL = {
    "en": r"fell|fallen|falls?|drop(?:s|ped) (?:by|from|to)|decreas\w+|declin\w+|shrank|shrunk|cut|halved|lost"
    r"|went down|reduced",
    "fr": r"baiss\w+|recul\w*|chut\w+|diminu\w+|rédui\w+|perd\w+|divis\w+|tomb\w+|déclin\w*|coup\w+|moitié",
}


def _sought(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)


def _compiled(words: Words) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """By language, what is sought and what is enough."""
    return {
        "en": (_sought(words.en), re.compile(words.enough_en, re.IGNORECASE)),
        "fr": (_sought(words.fr), re.compile(words.enough_fr, re.IGNORECASE)),
    }


AROUND, ABOUT_ALL = ([(words, _compiled(words)) for words in table] for table in (BESIDE, WHOLE))
ANY = {"en": _sought("|".join(words.en for words in BESIDE)), "fr": _sought("|".join(words.fr for words in BESIDE))}
BEFORE_NUMBER = r" ?(?:the |les? |la |d[’'])?$"
FLOORS, CEILINGS = (
    {lang: re.compile(rf"\b(?:{words}){BEFORE_NUMBER}", re.IGNORECASE) for lang, words in side.items()}
    for side in (FLOOR, CEILING)
)
RISES, FALLS = ({lang: _sought(words) for lang, words in side.items()} for side in (RISE, FALL))
KINDS = ("number", "count", "word", "fraction", "date")


def _twins(here: tuple[Figure, ...], there: tuple[Figure, ...]) -> Iterator[tuple[Figure, Figure]]:
    """The figures that both sides say once."""
    homes: tuple[dict[Reading, list[Figure]], ...] = (defaultdict(list), defaultdict(list))
    for home, side in zip(homes, (here, there), strict=True):
        for figure in side:
            for reading in figure.readings:
                home[reading].append(figure)
    for figure in here:
        once = [reading for reading in figure.readings if len(homes[0][reading]) == len(homes[1][reading]) == 1]
        if figure.kind in KINDS and once:
            yield figure, homes[1][once[0]][0]


def _is_of(figure: Figure, of: str) -> bool:
    """Whether words that are said of these figures may stand beside this one."""
    year = figure.kind == "date" and isinstance(figure.value, int) and figure.value > 1900
    return year if of == "years" else figure.kind != "date" and (of == "numbers" or figure.unit in MONEY)


def _beside(text: str, found: list[Figure], words: Words, sought: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The numbers of the figures (in their order) that these words stand beside, with the words as they stand there."""
    for match in sought.finditer(text):
        starts, ends = [figure.start for figure in found], [figure.end for figure in found]
        after, before = bisect_left(starts, match.end()), bisect_right(ends, match.start()) - 1
        near = "b" in words.side and after < len(found) and starts[after] - match.end() <= 12
        if near and not re.search("[,.;:()]", text[match.end() : starts[after]]):
            yield after, match[0]
            continue
        near = "a" in words.side and before >= 0 and match.start() - ends[before] <= 20
        if near and not re.search("[.;:()]", text[ends[before] : match.start()]):
            yield before, match[0]


def differences(texts: dict[str, str]) -> Iterator[tuple[str, dict[str, Figure], str]]:
    """What one language says beside a figure and the other does not: the language, the figure in each, the words.

    The words are empty where one language sets a floor (at least) and the other a ceiling (au plus).
    """
    found = [figures.read(text, lang) for lang, text in texts.items()]
    if not all(found) or not any(ANY[lang].search(text) for lang, text in texts.items()):
        return
    plain = {lang: figures.plain(text) for lang, text in texts.items()}
    twins = [dict(zip(texts, pair, strict=True)) for pair in _twins(*found)]
    contrary = []
    for sides in twins:
        before = {lang: plain[lang][max(figure.start - 30, 0) : figure.start] for lang, figure in sides.items()}
        floors, ceilings = ([bool(side[lang].search(before[lang])) for lang in before] for side in (FLOORS, CEILINGS))
        if floors[0] != floors[1] and ceilings == floors[::-1]:
            contrary.append(sides)
            yield "en", sides, ""
    for lang, other in OTHER.items():
        order = sorted((sides for sides in twins if sides not in contrary), key=lambda sides: sides[lang].start)
        own = [sides[lang] for sides in order]
        for words, both in AROUND:
            for number, said in _beside(plain[lang], own, words, both[lang][0]):
                near = order[number][other]
                of_these = all(_is_of(figure, words.of) for figure in order[number].values())
                if of_these and not both[other][1].search(plain[other], max(near.start - 90, 0), near.end + 90):
                    yield lang, order[number], said


def _rows(pair: Pair) -> Iterator[tuple[dict[str, Sheet], dict[str, Block]]]:
    """The paragraphs, items and cells that stand side by side, each with its page."""
    return (({"en": pair.en, "fr": pair.fr}, {"en": en, "fr": fr}) for en, fr in pair.rows)


@pair_rule("N005")
def different_words_beside_figures(pair: Pair) -> Iterator[Hit]:
    """What stands beside a figure stands in both languages: at least, up to, more than, nearly, a year, each, since."""
    for sheets, blocks in _rows(pair):
        for lang, sides, said in differences({lang: block.unmarked for lang, block in blocks.items()}):
            other = OTHER[lang]
            place, line = blocks[lang].place(sides[lang].start), blocks[other].place(sides[other].start)[0]
            figure, there = sides[lang].text, f"in {LANGUAGE[other]} (line {line})"
            if said:
                message = f"'{said}' beside '{figure}' is not {there}: say it in both languages, or in neither"
            else:
                message = f"beside '{figure}' one language says at least, the other at most {there}: make them the same"
            yield sheets[lang].hit(place, message)


@pair_rule("N006")
def different_words_about_figures(pair: Pair) -> Iterator[Hit]:
    """What is undated, our calculation, with or without VAT, or rises or falls, does so in both languages."""
    for sheets, blocks in _rows(pair):
        texts = {lang: figures.plain(block.unmarked) for lang, block in blocks.items()}
        for _, both in ABOUT_ALL:
            for lang, other in OTHER.items():
                match = both[lang][0].search(texts[lang])
                if match and not both[other][1].search(texts[other]):
                    there = f"in {LANGUAGE[other]} (line {blocks[other].line})"
                    message = f"'{match[0]}' is not {there}: say it in both languages, or in neither"
                    yield sheets[lang].hit(blocks[lang].place(match.start()), message)
        for one, contrary in ((RISES, FALLS), (FALLS, RISES)):
            english, french = one["en"].search(texts["en"]), contrary["fr"].search(texts["fr"])
            mixed = contrary["en"].search(texts["en"]) or one["fr"].search(texts["fr"])
            if english and french and not mixed:
                message = f"'{english[0]}' here, '{french[0]}' in French (line {blocks['fr'].line}): make them the same"
                yield sheets["en"].hit(blocks["en"].place(english.start()), message)
