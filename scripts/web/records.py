"""What records for reference managers (`overrides/exports/`) need: who signs the site, texts as BibTeX reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

# What BibTeX takes for a command or a separator. Braces by name: it counts escaped ones too.
NAMED = {"\\": "backslash", "~": "asciitilde", "{": "braceleft", "}": "braceright"}
BIBTEX = str.maketrans({c: f"\\{c}" for c in "&%$#_"} | {c: f"\\text{name}{{}}" for c, name in NAMED.items()})


def bibtex(text: str) -> str:
    """A text as BibTeX reads it."""
    return text.translate(BIBTEX)


@dataclass(frozen=True)
class Author:
    """Who signs the site: a person, whose family name sorts, or an organisation, which has none."""

    name: str
    family: str = ""

    @property
    def sorted_name(self) -> str:
        """`Curie, Marie`; an organisation as it is."""
        return f"{self.family}, {self.name.removesuffix(self.family).strip()}" if self.family else self.name

    @property
    def braced_name(self) -> str:
        """The same for BibTeX, which takes a name in braces as a whole."""
        return self.sorted_name if self.family else f"{{{self.name}}}"


# What CITATION.cff says as long as nobody signs: its format demands an author.
NOBODY = "The maintainers of this repository"


def authors(root: Path) -> list[Author]:
    """The authors that `CITATION.cff` names; none where there is no such file, or nobody signs."""
    file = root / "CITATION.cff"
    named = yaml.safe_load(file.read_text(encoding="utf-8"))["authors"] if file.exists() else []
    found = [
        Author(author["name"])
        if "name" in author
        else Author(f"{author.get('given-names', '')} {author['family-names']}".strip(), author["family-names"])
        for author in named
    ]
    return [author for author in found if author.name != NOBODY]
