"""Mends a fault of WeasyPrint: where the text behind bold words just fits, it is a hair wider once it is cut, and the
line was broken within the bold words: `Secure the / supply. Ask …`. To import this is enough.
"""

from typing import Any

from weasyprint.layout import inline

TOLERANCE = 0.5  # pixels that a line may be too long
_width_of_space = inline.trailing_whitespace_size


def _with_tolerance(context: Any, box: Any) -> float:
    """The width of the blank that ends a line, which may hang out of it, and of what is too little to be seen."""
    return float(_width_of_space(context, box)) + TOLERANCE


inline.trailing_whitespace_size = _with_tolerance
