"""The choices that a finder offers, of cases and of instruments."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from content.model import Study

T = TypeVar("T")


class Facet:
    """A choice of a finder: its key in the address, the `word` of its label (in data/words.yml), those of its `options`
    that some item has, names by their slugs, and the slugs that each item `had`, by its id."""

    def __init__(
        self, items: Mapping[str, T], key: str, word: str, names: Mapping[str, str], of: Callable[[T], Sequence[str]]
    ) -> None:
        self.key, self.word = key, word
        self.had = {id: of(item) for id, item in items.items()}
        some = {slug for slugs in self.had.values() for slug in slugs}
        self.options = {slug: name for slug, name in names.items() if slug in some}


def term_names(study: Study, vocabulary: str, locale: str) -> dict[str, str]:
    """The names of the terms of a vocabulary by their slugs, as options of a facet."""
    return {term.slug: term.name[locale] for term in study.terms[vocabulary].values()}
