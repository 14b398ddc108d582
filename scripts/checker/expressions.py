"""The expressions that find figures in a text of each language, for `figures.py`."""

from __future__ import annotations

import re

from checker.numerals import LANGUAGES, WORDS, filled

# <<…>> stands for what languages.yml, under `pieces`, and numerals.py have under that name.
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


def _pattern(locale: str) -> re.Pattern[str]:
    return re.compile(filled(TEMPLATE, WORDS[locale].pieces), re.VERBOSE | re.IGNORECASE)


def _phrase(text: str, locale: str) -> re.Pattern[str]:
    return re.compile(filled(text, WORDS[locale].pieces), re.IGNORECASE)


PATTERNS = {locale: _pattern(locale) for locale in WORDS}
# What answers for a date: the following year, a month later, juin suivant.
RELATIVE = {lang: _phrase(rf"\b(?:{'|'.join(LANGUAGES[lang]['relative'])})(?!\w)", lang) for lang in WORDS}
# What stands between the numbers of a share: one in four, trois communes sur quatre.
SHARE = {lang: _phrase(LANGUAGES[lang]["share"], lang) for lang in WORDS}
OFTEN = re.compile(r"(?:(?<=twice)| times| fois) (?:(?:a|per|each|every) year|par an|l['’]an)\b", re.IGNORECASE)
ONE = re.compile(r"\bune(?: [\w’-]+){,3} sur $", re.IGNORECASE)
