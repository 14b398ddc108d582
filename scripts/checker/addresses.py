"""The parts of an address, and its form."""

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
    r"""https?://(?!https?\.)[\w-]+(\.[\w-]+)+(:\d{1,5})?([/?#][^\s<>"{}|\\^`]*)?|mailto:[^@\s]+@[^@\s]+\.[^@\s]+|tel:\S+""",
    re.IGNORECASE,
)
