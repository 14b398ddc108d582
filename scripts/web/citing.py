"""What records for reference managers (`overrides/exports/`) need: who signs the site, texts as BibTeX reads them."""

from pathlib import Path
from typing import NamedTuple

from content.files import read_yaml

# What BibTeX takes for a command or a separator. Braces by name: it counts escaped ones too.
SIGNS = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}
NAMED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
BIBTEX = str.maketrans(SIGNS | NAMED)


def bibtex(text: str) -> str:
    """A text as BibTeX reads it."""
    return text.translate(BIBTEX)


class Author(NamedTuple):
    """Who signs the site: a person, `Curie, Marie` where names are sorted, or an organisation, in braces for BibTeX."""

    name: str
    sorted_name: str
    braced_name: str


# What CITATION.cff says as long as nobody signs: its format demands an author.
NOBODY = "The maintainers of this repository"


def authors(root: Path) -> list[Author]:
    """The authors that `CITATION.cff` names; none where there is no such file, or nobody signs."""
    file = root / "CITATION.cff"
    named = read_yaml(file, root)["authors"] if file.exists() else []
    found = []
    for author in named:
        if name := author.get("name"):
            found.append(Author(name, name, f"{{{name}}}"))
        else:
            given, family = author["given-names"], author["family-names"]
            found.append(Author(f"{given} {family}", f"{family}, {given}", f"{family}, {given}"))
    return [author for author in found if author.name != NOBODY]
