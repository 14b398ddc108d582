"""The colours of the site. They are said once, in docs/assets/style.css; books and share pictures read them there."""

from __future__ import annotations

import tinycss2


def colours_of(style: str) -> dict[str, str]:
    """The colours on paper by name: those that a light screen has.

    `:root { --ink: #1b1f24; --lever-1: light-dark(#8a4b00, #f0b35e); … }` gives {"ink": "#1b1f24", "lever-1": …}.
    Raises ValueError where the style sheet has none.
    """
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(style):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for declaration in tinycss2.parse_blocks_contents(rule.content):
                if declaration.type == "declaration" and declaration.name.startswith("--"):
                    parts = [inner for part in declaration.value for inner in getattr(part, "arguments", [part])]
                    colours = [part.serialize() for part in parts if part.type == "hash"]
                    if colours:
                        found[declaration.name.removeprefix("--")] = colours[0]
    if not any(name.startswith("lever-") for name in found):
        raise ValueError("no colours of levers, --lever-1: light-dark(…), at :root of the style sheet")
    return found
