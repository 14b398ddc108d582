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


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "json": as_json}


def rules() -> str:
    """A line a rule, sorted by code: its scope, its file below scripts/, and what it requires."""
    rows = [(rule.code, rule.scope, rule.file, rule.requires) for rule in RULES.values()]
    reads = {"C": "checker/stale.py"}  # by the first letter of a code
    rows += [(code, "file", reads.get(code[0], "content/"), text) for code, text in READING.items()]
    width = max(len(file) for _, _, file, _ in rows)
    return "".join(f"{code}  {scope:<8}  {file:<{width}}  {text}\n" for code, scope, file, text in sorted(rows))
