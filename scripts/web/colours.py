"""The colours of the levers. They are said once, in docs/assets/style.css; books read them there."""

from __future__ import annotations

import tinycss2


def lever_colours(style: str) -> dict[str, str]:
    """The colours of the levers on paper, by number: those of a light screen.

    `style` is a style sheet that has `:root { --lever-1: light-dark(#8a4b00, #f0b35e); … }`: {"1": "#8a4b00", …}.
    Raises ValueError where it has none.
    """
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(style):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for declaration in tinycss2.parse_blocks_contents(rule.content):
                if declaration.type == "declaration" and declaration.name.startswith("--lever-"):
                    pair = next(part for part in declaration.value if part.type == "function")
                    found[declaration.name.removeprefix("--lever-")] = next(
                        part for part in pair.arguments if part.type == "hash"
                    ).serialize()
    if not found:
        raise ValueError("no colours of levers, --lever-1: light-dark(…), at :root of the style sheet")
    return found
