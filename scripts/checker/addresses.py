"""The parts of an address, and what is wrong with its form."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

# A scheme or a host: an address outside the tree of pages.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def is_relative(target: str) -> bool:
    """Whether an address leads from one file of the tree to another, as `../levers/index.md#grants`."""
    return bool(target.strip()) and not SCHEME.match(target) and not target.startswith("/")


def split_address(target: str) -> tuple[str, str, str]:
    """Host, path and anchor of an address; empty when it cannot be read."""
    try:
        parts = urlsplit(target)
        return parts.hostname or "", unquote(parts.path), unquote(parts.fragment)
    except ValueError:
        return "", "", ""


@lru_cache(maxsize=10_000)  # a source is linked from many pages
def malformed_address(target: str) -> str | None:
    """What is wrong with the form of an external address."""
    if not target.strip():
        return "is empty"
    if re.search(r"[\s<>\"{}|\\^`]", target):
        return "has a space or a character that no address has"
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "cannot be read as an address"
    if parts.scheme == "mailto":
        return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path) else "is no mail address"
    if parts.scheme == "tel":
        return None
    if parts.scheme not in ("http", "https"):
        return "is not http(s)"
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) or host.startswith(("http.", "https.")):
        return f"has a host that cannot be right ('{host}')"
    return None
