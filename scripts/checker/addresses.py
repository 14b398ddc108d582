"""The parts of an address, and what is wrong with its form."""

import re
from urllib.parse import unquote, urlsplit

# A scheme or a host: an address outside the tree of pages.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def is_within(target: str) -> bool:
    """Whether an address leads from one file of the tree to another: `../levers/index.md#grants`."""
    return bool(target.strip()) and not SCHEME.match(target)


def split_address(target: str) -> tuple[str, str, str]:
    """Host, path and anchor of an address: `https://a.fr/b%20c.md#d` gives ("a.fr", "/b c.md", "d").

    The anchor of `#grants:~:text=2024` is `grants`. All are empty where the address cannot be read.
    """
    try:
        parts = urlsplit(target)
        return parts.hostname or "", unquote(parts.path), unquote(parts.fragment.partition(":~:")[0])
    except ValueError:
        return "", "", ""


# An address of the web (its host is no scheme by mistake, as in https://http.a.example), of mail or of a telephone.
WELL_FORMED = re.compile(
    r"https?://(?!https?\.)[\w-]+(\.[\w-]+)+(:\d{1,5})?([/?#].*)?|mailto:[^@]+@[^@]+\.[^@]+|tel:.+", re.I
)


def malformed_address(target: str) -> str | None:
    """What is wrong with the form of an external address, as "is empty"; None where nothing is."""
    if not target.strip():
        return "is empty"
    if re.search(r"[\s<>\"{}|\\^`]", target):
        return "has a space or a character that no address has"
    return (
        None if WELL_FORMED.fullmatch(target) else "is no address of a page, of mail (mailto:) or of a telephone (tel:)"
    )
