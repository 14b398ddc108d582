"""The two languages: what `languages.yml` and the Unicode data say of them, and expressions made of such words."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel import Locale

from content.files import read_yaml

BABEL = {"en": Locale.parse("en_GB"), "fr": Locale.parse("fr_FR")}
LANGUAGES = read_yaml(Path(__file__).with_name("languages.yml"), Path(__file__).parent)


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def filled(text: str, pieces: Mapping[str, str]) -> str:
    """An expression in which `<<name>>` stands for the piece of that name, which may have others in it."""
    while "<<" in text:
        text = re.sub("<<(.*?)>>", lambda match: f"(?:{pieces[match[1]]})", text)
    return text
