"""The two languages: what `languages.yml` and the Unicode data say of them, and expressions made of such words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from content.files import read_yaml

LANGUAGES = read_yaml(Path(__file__).with_name("languages.yml"), Path(__file__).parent)


ACCENT = re.compile("[\u0300-\u036f]+")  # that stands behind its letter
# No-break spaces, CO₂, 1ᵉʳ.
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "₂": "2", "ᵉ": "e", "ʳ": "r"})


def plain(text: str) -> str:
    """A text with plain spaces, digits and letters, which expressions know: `1ᵉʳ CO₂` is `1er CO2`. Offsets stay."""
    return text.translate(PLAIN)


def without_accents(text: str) -> str:
    """A text with plain letters: `Évry` is `Evry`, and `m²` is `m2`."""
    return ACCENT.sub("", unicodedata.normalize("NFKD", text))


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first: a.b|a for "a" and "a.b", dots as dots."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def filled(text: str, pieces: Mapping[str, str]) -> str:
    """An expression in which `<<name>>` stands for the piece of that name, which may have others in it.

    `filled("<<number>> %", {"number": r"\\d+"})` is `(?:\\d+) %`.
    """
    while "<<" in text:
        text = re.sub("<<(.*?)>>", lambda match: f"(?:{pieces[match[1]]})", text)
    return text
