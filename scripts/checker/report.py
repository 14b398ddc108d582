"""How findings and rules are written out."""

import json
from collections.abc import Callable, Sequence

from checker.registry import READING, RULES
from content.findings import Finding


def as_text(findings: Sequence[Finding]) -> str:
    """A line a finding: `file:line:column: CODE message`."""
    return "".join(f"{finding}\n" for finding in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """A list of objects with path, line, column, code and message."""
    keys = ("path", "line", "column", "code", "message")
    return json.dumps([{key: getattr(f, key) for key in keys} for f in findings], ensure_ascii=False, indent=1) + "\n"


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, which GitHub shows beside the lines: the file `a,b.md` is `a%2Cb.md` in them."""
    in_text = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
    in_value = in_text | str.maketrans({":": "%3A", ",": "%2C"})
    places = [f"file={f.path.translate(in_value)},line={f.line},col={f.column},title={f.code}" for f in findings]
    texts = [f.message.translate(in_text) for f in findings]
    return "".join(f"::error {place}::{text}\n" for place, text in zip(places, texts, strict=True))


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "json": as_json, "github": as_github}


def rules() -> str:
    """A line a rule, sorted by code: its scope, its file below scripts/, and what it requires."""
    rows = [(rule.code, rule.scope, rule.file, rule.requires) for rule in RULES.values()]
    reads = {"C": "checker/stale.py"}  # by the first letter of a code
    rows += [(code, "file", reads.get(code[0], "content/"), text) for code, text in READING.items()]
    width = max(len(file) for _, _, file, _ in rows)
    return "".join(f"{code}  {scope:<8}  {file:<{width}}  {text}\n" for code, scope, file, text in sorted(rows))
