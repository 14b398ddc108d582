"""Results by name, computed by several processes, and kept between runs for what has not changed.

A result is kept with the digest of what it was made from, and the file of kept results with that of the
code that made them: another version of the code, of Python or of a parser starts anew. The file can be
deleted at any time; one that cannot be read or written is no fault.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from content.files import write_whole

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

FEW = 24  # so many are computed sooner in this process than by starting others
DIGEST = 16  # bytes
ENDED = "one of its processes was ended before it was done (by lack of memory?): run it again"


def digest(*parts: bytes) -> bytes:
    """A short digest of parts, in their order; where one ends and the next begins matters."""
    whole = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()


def version(*libraries: ModuleType) -> bytes:
    """The digest of the code of this folder, of Python's version and of the libraries'."""
    versions = [str(library.__version__).encode() for library in libraries]
    code = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    return digest(sys.version.encode(), *versions, *code)


class Kept(Generic[T]):
    """The kept results of a file; `None` keeps nothing."""

    def __init__(self, file: Path | None, version: bytes) -> None:
        self.file, self.version = file, version
        self.results: dict[str, tuple[bytes, T]] = {}
        try:
            data = file.read_bytes() if file else b""
        except OSError:
            return
        head, body = data[: 2 * DIGEST], data[2 * DIGEST :]
        if head == version + digest(body):
            self.results = pickle.loads(body)

    def save(self, results: dict[str, tuple[bytes, T]]) -> None:
        """Keeps these results, whole or not at all."""
        if self.file is None or results == self.results:
            return
        body = pickle.dumps(results, protocol=pickle.HIGHEST_PROTOCOL)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.file, self.version + digest(body) + body)
        except OSError:
            pass  # nothing is lost but time


_work: Callable[[str], Any]


def _begin(work: Callable[[str], Any]) -> None:
    global _work
    _work = work


def _call(name: str) -> Any:
    return _work(name)


def _later(work: Callable[[str], T], names: Sequence[str]) -> Callable[[], list[T]]:
    """The work for all names, done by this process when it is called."""
    return lambda: [work(name) for name in names]


def _elsewhere(work: Callable[[str], T], names: Sequence[str]) -> Callable[[], list[T]]:
    """Begins the work for all names, in as many processes as there are cores; asked for by a call, in their order.

    The first is done here before: what it compiles and remembers, the other processes have from their start,
    where they are forked. Raises OSError, now or when asked, where one of them was ended from outside.
    """
    cores = os.cpu_count() or 1
    if len(names) <= FEW or cores == 1:
        return _later(work, names)
    # Here, since after a change to one page to load it is a tenth of the time.
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    first = work(names[0])
    pool = ProcessPoolExecutor(cores, initializer=_begin, initargs=(work,))
    size = max(1, min(64, len(names) // (32 * cores)))
    try:
        others = pool.map(_call, names[1:], chunksize=size)
    except BrokenProcessPool:  # before all was handed over
        raise OSError(ENDED) from None

    def results() -> list[T]:
        with pool:  # which ends here
            try:
                return [first, *others]
            except BrokenProcessPool:
                raise OSError(ENDED) from None

    return results


def aside(work: Callable[[], T]) -> Callable[[], T]:
    """Begins the work in another process; what comes of it is had by calling what is returned.

    Raises there the OSError of the work, and one where the process was ended from outside.
    """
    if os.cpu_count() == 1:
        return work
    import multiprocessing

    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_send, args=(here, there, work), daemon=True)
    process.start()
    there.close()

    def result() -> T:
        try:
            value, error = here.recv()
        except EOFError:
            raise OSError(ENDED) from None
        process.join()
        if error:
            raise error
        return value  # type: ignore[no-any-return]

    return result


def _send(here: Connection, there: Connection, work: Callable[[], object]) -> None:
    here.close()  # of the process that asked: when it ends, there is nobody to send to
    try:
        there.send((work(), None))
    except OSError as error:
        there.send((None, error))


def begin(
    work: Callable[[str], T], digest_of: Callable[[str], bytes], names: Sequence[str], kept: Kept[T]
) -> Callable[[], dict[str, T]]:
    """The result for each name: the kept one where its digest is the same, else computed and kept.

    Other processes begin at once, where there is much to do; the results are had by calling what is returned.
    """
    digests = {name: digest_of(name) for name in names}
    same = {name: kept.results[name] for name in names if kept.results.get(name, (b"",))[0] == digests[name]}
    changed = [name for name in names if name not in same]
    begun = _elsewhere(work, changed)

    def results() -> dict[str, T]:
        new = dict(zip(changed, begun(), strict=True))
        found = {name: same[name] if name in same else (digests[name], new[name]) for name in names}
        kept.save(found)
        return {name: result for name, (_, result) in found.items()}

    return results


def results(
    work: Callable[[str], T], digest_of: Callable[[str], bytes], names: Sequence[str], kept: Kept[T]
) -> dict[str, T]:
    """As `begin`, in this process: a name is worked on right after its digest is asked for."""
    found: dict[str, tuple[bytes, T]] = {}
    for name in names:
        digest, old = digest_of(name), kept.results.get(name)
        found[name] = old if old is not None and old[0] == digest else (digest, work(name))
    kept.save(found)
    return {name: result for name, (_, result) in found.items()}
