"""Every rule by its code. A rule is one function that yields hits; its docstring states what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from checker.model import Pair, Project, Sheet
from content.findings import Finding, Hit

OfPage = TypeVar("OfPage", bound=Callable[[Sheet], Iterable[Hit]])
OfPair = TypeVar("OfPair", bound=Callable[[Pair], Iterable[Hit]])
OfProject = TypeVar("OfProject", bound=Callable[[Project], Iterable[Hit]])
OfFindings = TypeVar("OfFindings", bound=Callable[[Project, Iterable[Finding]], Iterable[Hit]])


@dataclass(frozen=True)
class Rule:
    """A rule and what it sees: a `page` in one language, a `pair` in both, the `project`, or its `findings` too."""

    code: str
    sees: str
    function: Callable[..., Iterable[Hit]]

    @property
    def name(self) -> str:
        return self.function.__name__.replace("_", " ")


RULES: dict[str, Rule] = {}

# What is found while files are read, before any rule: `content/files.py`, `content/load.py`, `checker/stale.py`.
READING = {
    "F000": "A file can be read.",
    "F001": "A file is UTF-8.",
    "F002": "A file has no byte-order mark.",
    "F003": "A file has LF line ends.",
    "F004": "A file is not empty.",
    "F006": "A file has no mark of a merge conflict.",
    "Y001": "YAML can be read.",
    "Y002": "A key of YAML is given once.",
    "M001": "A page starts with front matter between two lines of ---.",
    "D001": "A record of a data file has its keys, each with a value of its form, and no other key.",
    "D002": "A record stands once in its data file.",
    "C001": "A line of data/equal.txt is a section and two hashes.",
    "C002": "A section does not change in one language only (--stale).",
    "C003": "A section that changed in both languages is read side by side and accepted (--stale).",
    "C004": "A new section is read side by side and accepted (--stale).",
}


def _register(code: str, sees: str) -> Callable[[Any], Any]:
    def register(function: Any) -> Any:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        RULES[code] = Rule(code, sees, function)
        return function

    return register


def page_rule(code: str) -> Callable[[OfPage], OfPage]:
    """Registers a rule that sees a page in one language."""
    return _register(code, "page")


def pair_rule(code: str) -> Callable[[OfPair], OfPair]:
    """Registers a rule that sees a page in both languages."""
    return _register(code, "pair")


def project_rule(code: str) -> Callable[[OfProject], OfProject]:
    """Registers a rule that sees the whole project."""
    return _register(code, "project")


def findings_rule(code: str) -> Callable[[OfFindings], OfFindings]:
    """Registers a rule that sees the project and what the other rules found."""
    return _register(code, "findings")
