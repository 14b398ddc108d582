"""The marks that our pages have besides plain Markdown: one grammar for the build, the checker and the exports.

| mark | written as |
| --- | --- |
| citation of a source | `[^bordeaux-2024-spaser]` |
| generated part | `<!-- generated: levers -->`, a chart `<!-- generated: chart-contributors -->` |
| allowance of a finding | `<!-- allow N001 12.5%: the reason -->` |
| text to copy | `!!! copy "The decision of the council"`, a box |
| attribute list, with the id of a heading | `{ #social-clauses .wide lang=fr }` after a heading or marked words |

Blanks inside the marks of a comment do not matter: `<!--generated:levers-->` is the same part.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

# A citation. Its id may be wrong, even empty: the rules say so.
CITATION = re.compile(r"\[\^(?P<id>[^\[\]\n]*)\]")
# `[^id]: text` at the start of a line: the definition of a footnote, which is generated and never written by hand.
DEFINITION = re.compile(r"^[ ]{0,3}\[\^(?P<id>[^\]\n]*)\]:", re.MULTILINE)

# A comment that a template of overrides/generated replaces; `chart` is the id of a chart of data/charts.yml.
GENERATED = re.compile(r"<!--\s*generated\b[\s:]*(?P<name>chart-(?P<chart>[^\s>]*?)|[^\s>]*?)\s*-->")
CHART, DRAWING = "chart-", "drawing-"
FIRST_WORD = re.compile(r"<!--\W*(\w*)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)  # any: for the author, or replaced by the build
ALLOWANCE = re.compile(r"<!--\s*allow\b(?P<text>.*)-->", re.DOTALL)

# A box with a text that readers copy: a decision, a clause, a letter.
TEXT_TO_COPY = re.compile(r'^!!! copy "(?P<title>.*)"', re.MULTILINE)

# An attribute list as Python-Markdown's extension attr_list reads it; a brace in prose is not one.
ATTRIBUTES = re.compile(r"\{:?[ ]*(?P<list>(?:[#.][\w-]|[\w-]{1,40}=)[^}\n]{0,200})\}")
ATTRIBUTE = re.compile(r"""#(?P<id>[^\s}]+)|\.[^\s}]+|(?<![\w-])(?P<key>[\w-]+)=(?:"(?P<q>[^"]*)"|(?P<v>[^\s}]+))""")

# The id of a heading, a source, a chart …: social-clauses.
KEBAB_CASE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# A heading of a section with its id: `## Social clauses { #social-clauses }`.
HEADING = re.compile(r"^#{2,4} (?P<text>.+?) *\{[^}\n]*#(?P<id>[\w-]+)[^}\n]*\}", re.MULTILINE)


def citations(line: str) -> Iterator[re.Match[str]]:
    """The citations of a line of Markdown; the head of a footnote definition is none."""
    head = DEFINITION.match(line)
    return CITATION.finditer(line, head.end() if head else 0)


def is_part_misspelt(comment: str) -> bool:
    """Whether a comment was meant to be a generated part and is none: `<!-- Generate: levers -->`."""
    word = FIRST_WORD.match(comment)
    meant = word and get_close_matches(word[1].lower(), ["generated"], cutoff=0.8)
    return bool(meant) and not GENERATED.fullmatch(comment)


def allowance(comment: str) -> tuple[str, str, str] | None:
    """What a comment allows, rule, words and reason: `<!-- allow N001 12.5%: why -->` gives ("N001", "12.5%", "why").

    Each is empty where it does not say it; None for another comment.
    """
    match = ALLOWANCE.fullmatch(comment)
    if not match:
        return None
    head, _, reason = " ".join(match["text"].split()).partition(": ")
    code, _, words = head.partition(" ")
    code = code.rstrip(":")
    return code if re.fullmatch(r"[A-Z]\d{3}", code) else "", words, reason


def attributes(text: str) -> dict[str, str]:
    """The id and the attributes of a list: `#a .b lang=fr` gives `{"id": "a", "lang": "fr"}`."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(text):
        if match["id"]:
            found["id"] = match["id"]
        elif match["key"]:
            found[match["key"]] = match["q"] or match["v"] or ""
    return found
