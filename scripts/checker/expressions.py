"""The expressions that find figures in a text of each language, for `figures.py`."""

from __future__ import annotations

import re

from checker.numerals import WORDS

# <<…>> stands for what PIECES and numerals.py have under that name.
TEMPLATE = r"""(?<!\w)(?:
  # an article of a French law: L. 2113-12, 19 septies
  (?P<article>(?-i:[LRD])\.?\ ?\d{3,}(?:-\d+)* | (?<=\d\ )(?:bis|ter|quater|quinquies|sexies|septies|octies)\b)
  # a time of the day: 2.30 pm, 14 h 30
| (?P<hour>\d\d?)(?:(?:[.:]\d\d)?\ ?(?P<pm>[ap])\.?m\b | (?:\ ?h\ ?|:)[0-5]\d\b(?![\w:]))
  # a date: 5 July 2019, July 5, 2019, 1er juillet
| (?:(?P<day>\d\d?)(?:<<end>>)?(?:\ of)?\ )?\b(?P<month><<month>>)\b
  (?:\.?\ (?P<day2>\d\d?)(?:<<end>>)?,(?=\ \d{4}))?(?:\.?,?\ (?P<year>\d{4})\b)?
  # years: 2015–20
| (?P<since>(?:19|20)\d\d)[-–/](?P<until>\d\d)\b
  # dozens: two dozen, half a dozen, une demi-douzaine
| (?P<times><<times>>)(?P<dozens><<dozens>>)\b
  # a fraction: two thirds, un quart, 3/4; but not a third party
| (?P<over><<an>>|<<small>>)[-\ ](?P<under><<under>>)s?\b(?!<<other>>) | (?P<share>[1-9]/[2-9])(?![\d/])
  # an ordinal: third, vingt et unième
| (?:(?P<tens><<tens>>)[-\ ](?:et[-\ ])?)?(?P<nth><<nth>>)(?:ly|s)?\b(?!<<other>>)
  # a Roman number: XIXe, IV
| (?P<roman>(?-i:[IVX][IVXLC]*(?=(?:er|re|ème|e)\b) | (?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})\b))[a-zè]*
  # a number with scale and unit: €1.2 million, two and a half years, un quart d’heure, a year, 19th
| (?P<sign>€|£|(?:US)?\$|EUR\ )?
  (?:(?P<digits><<digits>>)(?!\d)\+? | (?P<part><<part>>)(?=<<time or scale>>) | (?P<spelt><<spelt>>)\b
    | (?P<each><<each>>)(?=<<time>>\b) | (?:the|<<an>>)\ (?=<<scale>>\b))
  (?P<rank>(?:<<end>>)(?!\w))?<<half>>?
  (?:\ ?(?P<short>(?-i:k|bn|M|Mds?)(?=\W|$)) | [-\ ]?(?P<scale><<scale>>)\b)?<<half>>?
  (?:[-\ ]?(?:d['’]|de\ )?(?P<unit><<unit>>)(?!\w))?<<half>>?(?-i:(?![A-Z\d_]))
  # a name with digits: 3DS, CO2, 2.0.1
| (?P<code>(?-i:(?![QTHS][1-4]\b)(?:\d+[A-Z][A-Z\d]*|[A-Z]+\d[A-Z\d]*))\b | \d+(?:\.\d+){2,}\b)
  # a word that says a number: both, une dizaine
| (?P<alone><<alone>>)\b)"""
PIECES = {  # in English, in French
    "digits": (r"(?:\d{1,3}(?:[,\ ]\d{3})+|\d+)(?:\.\d+)?", r"(?:\d{1,3}(?:\ \d{3})+|\d+)(?:[,.]\d+)?"),
    "end": ("st|nd|rd|th|s", "ère|ème|er|re|nde|nd|es|e|è"),  # 1st, 1990s; 1er
    "an": ("an?", "une?|les?|la|du|au"),
    "part": (
        r"(?:half|(?:a|one|three)[-\ ]quarters?\ of)\ an?\ ",
        r"(?:un\ )?demie?[-\ ]|(?:un|trois)\ quarts?\ d.\ ?",
    ),
    "each": (r"(?:an?|per|each|every)\ ", r"(?:une?|par|chaque|tous\ les|toutes\ les)\ |[ld]['’]"),
    "times": (r"(?:half\ a|<<small>>)[-\ ]", r"(?:une\ )?demi-|<<small>>\ "),
    "dozens": ("dozen", "d(?:ou|i)zaines?"),
    "half": (r"\ and\ a\ half", r"(?:\ fois)?\ et\ demie?\b"),
    "other": (  # a third party, a quarter of an hour
        r"-(?:year|time)|[-\ ](?:part(?:y|ies)|(?<=third.|first.)places?|sector|countr|hand)"
        r"|\ of\ an?\ <<time or scale>>",
        r"-[a-z]|\ de\ confiance|\ d.\ ?<<time or scale>>",
    ),
    "time or scale": (r"(?:<<time>>|<<scale>>)\b",) * 2,
}


def _pattern(locale: str) -> re.Pattern[str]:
    pieces = {name: some[locale == "fr"] for name, some in PIECES.items()} | WORDS[locale].pieces
    text = TEMPLATE
    while "<<" in text:
        text = re.sub("<<(.*?)>>", lambda match: f"(?:{pieces[match[1]]})", text)
    return re.compile(text, re.VERBOSE | re.IGNORECASE)


PATTERNS = {locale: _pattern(locale) for locale in WORDS}

# What answers for a date: the following year, a month later, juin suivant.
RELATIVE = {
    "en": re.compile(
        r"\b(?:(?:following|next|previous|preceding|same|that|this|last) (?:calendar )?"
        r"(?:year|month|week|day|spring|summer|autumn|winter|<<month>>)"
        r"|(?:a|one) (?:year|month|week|day) (?:later|earlier|before|after|on|ago|previously)"
        r"|the (?:year|month|week|day) (?:before|after)|(?:since|by) then|at th(?:e|at) time)\b".replace(
            "<<month>>", WORDS["en"].pieces["month"]
        ),
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:(?:an|année|mois|semaine|jour|printemps|été|automne|hiver|<<month>>) (?:suivante?|précédente?|dernière?"
        r"|passée?|prochaine?|d’après|d’avant|même)|(?:cette|même) (?:année|semaine)|(?:ce|même) (?:mois|jour)"
        r"|une? (?:an|mois|semaine|jour) (?:plus tard|plus tôt|après|avant|auparavant)|il y a un (?:an|mois)"
        r"|lendemain|veille|depuis lors|d’ici là|à (?:l’époque|cette date))(?!\w)".replace(
            "<<month>>", WORDS["fr"].pieces["month"]
        ),
        re.IGNORECASE,
    ),
}
# What stands between the numbers of a share: one in four, trois communes sur quatre.
SHARE = {
    "en": re.compile(r"(?: [\w’-]+){,3} (?:in|out of|of every)(?: every| the)? "),
    "fr": re.compile(r"(?: [\w’-]+){,3} sur(?: les)? "),
}
OFTEN = re.compile(r"(?:(?<=twice)| times| fois) (?:(?:a|per|each|every) year|par an|l['’]an)\b", re.IGNORECASE)
ONE = re.compile(r"\bune(?: [\w’-]+){,3} sur $", re.IGNORECASE)
