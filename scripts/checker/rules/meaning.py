"""What a sentence says beside its figures: a negation has its word in the other language (N008), no word stands for its
contrary (N009), or for one that only looks like it (T005, data/check.yml), days and seasons are the same (N010).

Sentences are compared one by one where both languages have as many, else the whole paragraph. The words that are sought
are few, those that are enough in the other language many: in doubt the rule is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from checker.document import Block
from checker.model import Pair
from checker.registry import pair_rule
from checker.rules.words import sentences
from content.findings import Hit
from content.model import LANGUAGE, OTHER

NEGATION = {
    "en": re.compile(r"\b(?:not|never|nobody|cannot|neither|nor)\b|n[’']t\b", re.IGNORECASE),
    "fr": re.compile(
        r"\bn(?:e |[’'])(?!hésit|oubli|attend)(?:\w+[ ’']){1,4}?(?:pas|jamais|aucune?|personne"
        r"|plus(?! d[e’'u]| que| tôt| tard| \w+e?s? que))\b",
        re.IGNORECASE,
    ),
}
# Words that say it in another way: without, refused, lacked, unknown, only, except …
ENOUGH = {
    "en": re.compile(
        r"\b(?:not?|never|nobody|none|nothing|nowhere|non\w*|neither|nor|cannot|without|only|unless|hardly|barely|lack\w*|fail\w*|refus\w*"
        r"|reject\w*|absen\w*|miss\w*|un(?!der|i)\w+|in\w+|im\w+|dis\w+|few\w*|less|except|but|end\w*|stop\w*|avoid\w*|prevent\w*"
        r"|yet|still|rather|instead|beyond|far|other\w*|out|off|against|at all|any\w*|ever|exclud\w*|deni\w*|deny"
        r"|close\w*|drop\w*|g[ai]ve\w* up|forbid\w*|bann?\w*|than|free|last|longer|more|too|short|zero|whether|early)\b"
        r"|n[’']t\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:ne|pas|jamais|aucune?|rien|personne|ni|sans|non|sinon|sauf|nul\w*|guère|refus\w*|rejet\w*|manqu\w*|absen\w*"
        r"|impossib\w*|in\w+|im\w+|ir\w+|dé(?:faut|nu|pourvu|sert|truit|laiss|courag|clin|fait|bout|fend)\w*|dif\w+|div\w+|mal\w*|peu|moins|hors|faute|plutôt|lieu|cess\w*|arrêt\w*"
        r"|interdi\w*|évit\w*|échou\w*|échec\w*|priv\w*|exclu\w*|contre|seul\w*|que|ignor\w*|reste\w*|loin|aussi|autre\w*"
        r"|plus|épargn\w*|empêch\w*|perd\w*|encore|ferm\w*|tard\w*|avant|trop|dépass\w*|même|renon\w+|voire)\b|\bn[’']",
        re.IGNORECASE,
    ),
}


# An English word, a French one that says the contrary, and English and French words with which both may stand.
CONTRARY = tuple(
    tuple(re.compile(rf"\b(?:{words})", re.IGNORECASE) for words in row)
    for row in (
        (r"before\b", r"après\b", "after|once|later|follow|since|from|then",
         "avant|auparavant|plus tôt|précéd|préalable"),
        (r"after\b", r"avant\b(?! tout)", "before|first|prior|until|by |earlier|ahead",
         "après|suite|depuis|une fois|ensuite|puis|dès|plus tard|lendemain|issue|suiv"),
        (r"(?:less|fewer)\b", r"plus\b", r"more|most|no longer|also|longer|\w+er\b|further|than|over|best|old|least",
         "moins|peu|inférieur|rédui|baiss|sous|n[e’']"),
        (r"(?:may|can)\b", r"doi(?:t|vent)\b", "must|ha[sd] to|have to|should|need|required|shall|obliged|to be|owe",
         "p(?:eu(?:t|vent)|ourr)|permet|possib|autoris|libre|droit"),
        (r"(?:must|has to|have to|is required)\b", r"peu(?:t|vent)\b", "may|can|might|could|able|allow",
         "doi|dev|faut|falloir|oblig|impos|exig|requis|nécess|tenu|contrain|requier"),
        (r"with\b", r"sans\b", r"no|not|free|un\w+|\w*less|lack|never|outside|zero|instead|besides|rather|without",
         "avec|muni|doté|à |de |au |et "),
        (r"without\b", r"avec\b", r"with\b", "sans|hors|n[e’']|aucun|non |faute|pas |sauf"),
        (r"(?:voted for|in favour)\b", r"contre\b", r"against|oppos|instead|in return|compared|from|\d to \d",
         "pour|faveur|favorable"),
        (r"until\b", r"(?:depuis|à partir d|à compter d)", "since|from|not |as of|then|only|begin|start",
         "jusqu|avant que|d[’']ici|attend|n[e’']"),
        (r"since\b", r"jusqu[’'](?:en|au|à)", "until|till|up to|to |far|through|because",
         "depuis|dès|partir|compter|après|car"),
        (r"late (?:in )?(?:\w+ )?(?=\d{4})", r"début (?:\w+ )?(?=\d{4})", "early|start|begin", "fin|tard"),
        (r"early (?:in )?(?:\w+ )?(?=\d{4})", r"fin (?:\w+ )?(?=\d{4})", "late|end", "début|tôt|premier"),
        (r"tripl", r"doubl", "doubl|twice|two", "tripl|trois"),
        (r"doubl", r"tripl", "tripl|three|third", "doubl|deux"),
        (r"regulation \(?(?:EU|EC)\b", r"directive \(?(?:UE|CE)\b", "directive", "règlement"),
        (r"directive \(?(?:EU|EC)\b", r"règlement \(?(?:UE|CE)\b", "regulation", "directive"),
        (r"most of\b", r"tou(?:s|tes) les\b", "all|every|whole|each",
         "plupart|majorité|essentiel|presque|plus|surtout|quasi|part"),
        (r"all (?:of )?the\b", r"la plupart\b", "most|nearly|almost|major", "tou[st]|ensemble|chaque|intégral"),
        (r"(?:the|a) region\b", r"départements?\b", "département|department|county", "région"),
        (r"(?:the|a) département\b", r"région\b", "region", "départe"),
        (r"(?:all|every)\b", r"certaine?s?\b", "some|certain|several|few|not all|various",
         "tou[st]|chaque|chacun|ensemble|entier|n’importe|quel"),
    )
)  # fmt: skip


# Days and seasons, in their order. Words that say something else too are enough, but not asked for: « été », "fall".
CALENDAR = {
    lang: re.compile("|".join(rf"\b({word})\b" for word in words), re.IGNORECASE)
    for lang, words in {
        "en": ("Mondays?", "Tuesdays?", "Wednesdays?", "Thursdays?", "Fridays?", "Saturdays?", "Sundays?",
               "spring", "summer", "autumn", "winter"),
        "fr": ("lundis?", "mardis?", "mercredis?", "jeudis?", "vendredis?", "samedis?", "dimanches?",
               "printemps", r"étés?|estiv\w+", r"automnes?|automnal\w*", r"hivers?|hivern\w+"),
    }.items()
}  # fmt: skip


@lru_cache(maxsize=1)  # three rules read them, page by page
def _sentences(pair: Pair) -> list[dict[str, tuple[tuple[int, int], str]]]:
    """The sentences that stand side by side, each by its language, with its place."""
    found = []
    for blocks in ({"en": en, "fr": fr} for en, fr in pair.rows):
        sides = {lang: list(sentences(block.unmarked)) for lang, block in blocks.items()}
        if len(sides["en"]) != len(sides["fr"]):
            sides = {lang: [(0, block.unmarked)] for lang, block in blocks.items()}
        for row in zip(sides["en"], sides["fr"], strict=True):
            found.append({lang: (blocks[lang].place(at), text) for lang, (at, text) in zip(blocks, row, strict=True)})
    return found


@pair_rule("N008")
def lost_negations(pair: Pair) -> Iterator[Hit]:
    """A sentence with a negation (not, never, ne … pas) has a word for it in the other language."""
    for row in _sentences(pair):
        for lang, other in OTHER.items():
            place, text = row[lang]
            match = NEGATION[lang].search(text)
            if match and not ENOUGH[other].search(row[other][1]):
                there = f"{LANGUAGE[other]} (line {row[other][0][0]})"
                message = f"'{match[0]}' denies what {there} says: say the same in both languages"
                yield (pair.en if lang == "en" else pair.fr).hit(place, message)


@pair_rule("N009")
def contrary_words(pair: Pair) -> Iterator[Hit]:
    """No word of a sentence stands for its contrary in the other language: before for après, may for doivent."""
    for row in _sentences(pair):
        (place, english), (there, french) = row["en"], row["fr"]
        for english_word, french_word, enough_english, enough_french in CONTRARY:
            here, contrary = english_word.search(english), french_word.search(french)
            if here and contrary and not enough_english.search(english) and not enough_french.search(french):
                message = f"'{here[0]}' here, '{contrary[0]}' in French (line {there[0]}): make them say the same"
                yield pair.en.hit(place, message)


def _calendar(block: Block, lang: str) -> dict[int, re.Match[str]]:
    """The first mention of each day and season of a block, by its number in the calendar."""
    matches = list(CALENDAR[lang].finditer(block.unmarked))
    return {match.lastindex or 0: match for match in reversed(matches)}


@pair_rule("N010")
def days_and_seasons(pair: Pair) -> Iterator[Hit]:
    """A paragraph, item or cell names the same days and seasons in both languages."""
    for en, fr in pair.rows:
        english, french = _calendar(en, "en"), _calendar(fr, "fr")
        here = [english[number] for number in sorted(english.keys() - french.keys())]
        there = [french[number] for number in sorted(french.keys() - english.keys())]
        there = [match for match in there if not match[0].startswith("été") and "fall" not in en.unmarked]
        for first, second in zip_longest(here, there):
            if first and second:
                message = f"'{first[0]}' here, '{second[0]}' in French (line {fr.line}): make them the same"
                yield pair.en.hit(en.place(first.start()), message)
            elif first:
                message = f"'{first[0]}' is not in French (line {fr.line}): say it there, or remove it here"
                yield pair.en.hit(en.place(first.start()), message)
            elif second:
                message = f"'{second[0]}' is not in English (line {en.line}): say it there, or remove it here"
                yield pair.fr.hit(fr.place(second.start()), message)


@pair_rule("T005")
def false_friends(pair: Pair) -> Iterator[Hit]:
    """A word is not translated by one that looks like it and says something else (data/check.yml)."""
    friends = pair.project.known.false_friends if pair.project.known else {}
    for row in _sentences(pair):
        for english, french in friends.items():
            if english not in row["en"][1].casefold():
                continue
            here = re.search(rf"\b{re.escape(english)}", row["en"][1], re.IGNORECASE)
            there = re.search(rf"\b{re.escape(french)}\w*", row["fr"][1], re.IGNORECASE)
            if here and there:
                message = f"'{there[0]}' looks like '{here[0]}' (line {row['en'][0][0]}) and says something else"
                yield pair.fr.hit(row["fr"][0], f"{message}: translate it otherwise")
