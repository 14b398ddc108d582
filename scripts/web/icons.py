"""The icons of Material for MkDocs (Material Design Icons), written into the page: no file is loaded for them."""

import functools
from importlib import resources

from markupsafe import Markup

FOLDER = resources.files("material") / "templates" / ".icons" / "material"


@functools.cache
def icon(name: str, kind: str = "icon") -> Markup:
    """An icon by its name in https://pictogrammers.com/library/mdi/, as SVG of class `kind` that a voice passes by."""
    svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    attributes = f'class="{kind}" width="24" height="24" aria-hidden="true" fill="currentColor"'
    return Markup(svg.replace('xmlns="http://www.w3.org/2000/svg"', attributes, 1).strip())
