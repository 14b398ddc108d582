"""Every rule by its code. A rule is one function that yields findings; its docstring states what it requires."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from content.findings import Finding

F = TypeVar("F", bound=Callable[..., Iterable[Finding]])


@dataclass(frozen=True)
class Rule:
    """A rule. Its `scope` is what its function is given: a `page` (ParsedPage), a `pair` of them, the `project`, or the
    project and all `findings`. It waits until the rules `after` which it comes find nothing."""

    code: str
    scope: str
    function: Callable[..., Iterable[Finding]]
    requires: str  # in a sentence
    file: str  # below scripts/
    in_data: bool = False  # whether it looks at the texts of data files too
    after: frozenset[str] = frozenset()


# Rules that find a page, heading or address gone: what leads there waits for them.
GONE = ("P001", "H006", "R001", "M002", "M005")
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
    "C002": "A section does not change in one language only (--stale).",
    "C003": "A section that changed in both languages is read side by side and accepted (--stale).",
    "C004": "A new section is read side by side and accepted (--stale).",
}


def _rule(scope: str, code: str, in_data: bool = False, after: Iterable[str] = ()) -> Callable[[F], F]:
    """A decorator that registers the function of a rule under its code."""

    def register(function: F) -> F:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        requires = " ".join(str(function.__doc__).split())
        file = f"{function.__module__.replace('.', '/')}.py"
        RULES[code] = Rule(code, scope, function, requires, file, in_data, frozenset(after))
        return function

    return register


page_rule = partial(_rule, "page")
pair_rule = partial(_rule, "pair")
project_rule = partial(_rule, "project")
findings_rule = partial(_rule, "findings")


def listed() -> str:
    """A line a rule, sorted by code: its scope, its file below scripts/, and what it requires."""
    rows = [(rule.code, rule.scope, rule.file, rule.requires) for rule in RULES.values()]
    reads = {"C": "checker/stale.py"}  # by the first letter of a code
    rows += [(code, "file", reads.get(code[0], "content/"), text) for code, text in READING.items()]
    width = max(len(file) for _, _, file, _ in rows)
    return "".join(f"{code}  {scope:<8}  {file:<{width}}  {text}\n" for code, scope, file, text in sorted(rows))
