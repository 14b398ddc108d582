"""The version of the assets, which their addresses carry: a browser may keep what has one for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path


def version(assets: Path) -> str:
    """A short hash of the style sheet and the scripts: it changes when one of them does."""
    digest = hashlib.sha256()
    for file in sorted([*assets.glob("*.css"), *assets.glob("*.js")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
