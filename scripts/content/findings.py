"""What is wrong in the content, and where: what rules yield, and what the checker reports."""

from collections.abc import Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """One fault at one place. `path` is relative to the project root; line and column count from 1.

    `missing`: addresses that this finding says are gone: `fr/cases/x.md#id` of a page or section, `sources/ID` or
    `levers/SLUG` of a record. `needs`: the one address that this finding is about. `run.check` drops a finding whose
    `needs` is in another's `missing`: one cause, one line.
    A rule leaves the code out: `run.check` puts it in.
    """

    path: str
    line: int
    column: int
    message: str
    missing: tuple[str, ...] = ()
    needs: str = ""
    code: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


# In the `needs` of "this source is used nowhere" and the `missing` of "this page is gone", which may have used it.
SOME_USE = "uses"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by place, then by code and message."""
    return sorted(findings, key=lambda f: (f.path, f.line, f.column, f.code, f.message))


class ContentError(Exception):
    """Content that cannot be read at all; carries the finding that says where and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding
