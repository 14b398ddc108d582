"""Reads files: UTF-8 text, YAML with the line of each key. Writes files whole.

A fault that stops reading is a `ContentError` with its finding; nothing here prints or exits.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from content.findings import ContentError, Finding

CONFIG = "mkdocs.yml"
CONFLICT = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)  # that git leaves in a file


def read_text(path: Path, root: Path) -> str:
    """The text of a content file: UTF-8 without byte-order mark, LF line ends, not empty.

    Raises ContentError (F001 encoding, F002 byte-order mark, F003 line ends, F004 empty, F006 conflict).
    """
    name = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(Finding(name, 1, 1, f"cannot be read: {error.strerror}", code="F000")) from None

    def fault(code: str, message: str, offset: int = 0) -> ContentError:
        """What is wrong at a byte offset."""
        line, column = data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset)
        return ContentError(Finding(name, line, column, message, code=code))

    if data.startswith(b"\xef\xbb\xbf"):
        raise fault("F002", "starts with a byte-order mark: save it as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}"
        raise fault("F001", f"is not UTF-8 (byte {byte}): save it as UTF-8", error.start) from None
    if b"\r" in data:
        raise fault("F003", "has CRLF or CR line ends: save it with LF line ends", data.index(b"\r"))
    if conflict := CONFLICT.search(data):
        message = "the mark of a merge conflict: keep one of the two texts, or both, and remove the marks"
        raise fault("F006", message, conflict.start())
    if not text.strip():
        raise fault("F004", "is empty: write it or put it back (a page may also go, in both languages)")
    return text


def write_whole(file: Path, data: bytes) -> None:
    """Writes a file whole or not at all: it is the old one or the new one, never half, and no other file stays.

    A file that was there keeps its mode. Raises OSError, which names the file.
    """
    new = file.with_name(f".new-{file.name}")
    try:
        new.write_bytes(data)
        if file.exists():
            shutil.copymode(file, new)
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise OSError(f"{file} cannot be written, it stays as it was: {error.strerror}") from error


class Mapped(dict[str, Any]):
    """A YAML mapping that knows the line (from 1) of each of its keys and its own."""

    line: int = 1
    lines: Mapping[str, int] = {}


# The same loader in C, which is faster, where PyYAML was built with it.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """SafeLoader that refuses a key given twice and remembers the line of every mapping's keys."""


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> Iterator[Mapped]:
    result = Mapped()
    lines: dict[str, int] = {}
    result.lines = lines
    result.line = node.start_mark.line + 1
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a plain word", key_node.start_mark)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' is given twice", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        lines[key] = key_node.start_mark.line + 1


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)
# Dates stay text: one that does not exist (30 February) is for the rules to find, with its line.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


class TaggedLoader(_Loader):
    """Reads mkdocs.yml, whose tags (`!ENV`, `!!python/name:…`) are not acted on."""


TaggedLoader.add_multi_constructor(
    "", lambda loader, _, node: loader.construct_sequence(node) if node.id == "sequence" else str(node.value)
)


def parse_yaml(text: str, file: str, loader: Any = _Loader) -> Any:
    """The value of a YAML text, of which the first line is that of `file`.

    Mappings come as `Mapped`. Raises ContentError (Y001 broken, Y002 key given twice).
    """
    try:
        return yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise ContentError(_broken(error, text.split("\n"), file)) from None
    except (yaml.YAMLError, ValueError, KeyError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        line = text.encode().count(b"\n", 0, getattr(error, "position", 0)) + 1  # of a character that YAML has not
        raise ContentError(Finding(file, line, 1, f"broken YAML: {reason}", code="Y001")) from None


# What a line with a fault of YAML looks like, and how to mend it.
HINTS = {
    r"\t": "a tab stands here: write spaces",
    r": +['\"]": "the quote ends too early, or never: write the apostrophe as ’, and the same quote at both ends",
    r": +[@`%&*!|>\[{}\],#]": "a value that starts with a sign of YAML: put it in quotes",
    r": .*:(?: |$)": "a value with ': ' in it: put it in quotes",
    "": "mend this line, or the one above: each is 'key: value', indented as those beside it",
}


def _broken(error: yaml.MarkedYAMLError, lines: list[str], file: str) -> Finding:
    """The finding for a fault of YAML, with the line to mend and how."""
    mark, problem = error.problem_mark or error.context_mark, error.problem or "cannot be read"
    if error.context in ("while scanning a quoted scalar", "while scanning a simple key"):
        mark = error.context_mark  # where it begins, not where the parser gives up
    number, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines[number] if number < len(lines) else ""
    is_twice = "given twice" in problem
    hint = "keep one of the two" if is_twice else next(HINTS[looks] for looks in HINTS if re.search(looks, line))
    code = "Y002" if is_twice else "Y001"
    return Finding(file, number + 1, column + 1, f"{problem}: {hint}", code=code)


def mappings(value: Any, id: str = "") -> Iterator[tuple[str, Mapped]]:
    """The mappings of a YAML value at any depth, each with the id of its record, else the key that it is under.

    Of `- id: bordeaux\n  name: {en: B, fr: B}`: ("bordeaux", the record), then ("bordeaux", its name).
    """
    if isinstance(value, list):
        for item in value:
            yield from mappings(item, id)
    elif isinstance(value, Mapped):
        id = str(value.get("id") or value.get("slug") or id)
        yield id, value
        for key, inner in value.items():
            yield from mappings(inner, id or key)


def read_yaml(path: Path, root: Path) -> Any:
    """The value of a YAML file of `data/`, shared by all who ask; see `read_text` and `parse_yaml` for the errors."""
    return _parsed_once(read_text(path, root), path.relative_to(root).as_posix())


# Asked for by the loader of its records, and by rules that look at the file as it is written (`Project.data`).
_parsed_once = lru_cache(maxsize=32)(parse_yaml)
