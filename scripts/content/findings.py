"""What is wrong in the content, and where: what rules yield, and what the checker reports."""

from collections.abc import Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """One fault at one place. `path` is relative to the project root; line and column count from 1.

    A rule leaves the code out: `run.check` puts it in.
    """

    path: str
    line: int
    column: int
    message: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by place, then by code and message."""
    return sorted(findings, key=lambda f: (f.path, f.line, f.column, f.code, f.message))


class ContentError(Exception):
    """Content that cannot be read at all; carries the finding that says where and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding
