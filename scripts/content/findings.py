"""What is wrong in the content, and where: what rules yield, and what the checker reports."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Hit(NamedTuple):
    """What a rule yields: a place and what is wrong there; the rule's code makes it a Finding.

    `lost` are addresses, as `fr/cases/name.md#id`, that this says are missing; `to` is the one that this needs. What
    needs an address that another finding says is missing follows from that one, and is not reported.
    """

    file: str
    line: int
    column: int
    message: str
    lost: tuple[str, ...] = ()
    to: str = ""

    def finding(self, code: str) -> "Finding":
        """What the rule of that code found."""
        return Finding(self.file, self.line, self.column, code, self.message, self.lost, self.to)


@dataclass(frozen=True, order=True)
class Finding:
    """One fault at one place. `path` is relative to the project root; line and column count from 1; see `Hit`."""

    path: str
    line: int
    column: int
    code: str
    message: str
    lost: tuple[str, ...] = field(default=(), compare=False, repr=False)
    to: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


class ContentError(Exception):
    """Content that cannot be read at all; carries the finding that says where and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding
