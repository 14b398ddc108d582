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
    """Workflow commands, which GitHub shows beside the lines."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    lines = (f"file={value(f.path)},line={f.line},col={f.column},title={f.code}::{escape(f.message)}" for f in findings)
    return "".join(f"::error {line}\n" for line in lines)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "json": as_json, "github": as_github}


def rules() -> str:
    """A line a rule, sorted by code: its scope, its file below scripts/, its name and what it requires."""
    rows = [(rule.code, rule.scope, rule.file, rule.name, rule.requires) for rule in RULES.values()]
    reads = {"C": "checker/stale.py"}  # by the first letter of a code
    rows += [(code, "file", reads.get(code[0], "content/"), "reading", text) for code, text in READING.items()]
    files, names = (max(len(row[column]) for row in rows) for column in (2, 3))
    lines = (
        f"{code}  {scope:<8}  {file:<{files}}  {name:<{names}}  {text}"
        for code, scope, file, name, text in sorted(rows)
    )
    return "\n".join(lines) + "\n"
