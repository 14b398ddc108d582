"""Compressed copies beside the files of the built site (.gz, .br), for servers that send them as they are.

python -m tools.compress [SITE]
"""

import gzip
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from web.assets import ROOT

TEXT_FILES = frozenset((".html", ".css", ".js", ".json", ".xml", ".svg", ".md", ".txt", ".csv", ".bib"))


def compress(file: Path) -> None:
    """Write the compressed copies of one file."""
    data = file.read_bytes()
    for suffix, packed in ((".gz", gzip.compress(data, 9, mtime=0)), (".br", brotli.compress(data))):
        if len(packed) < len(data):
            file.with_name(file.name + suffix).write_bytes(packed)


def main(site: Path) -> int:
    if not (site / "index.html").exists():
        print(f"compress: {site} has no built site: run `make site` first", file=sys.stderr)
        return 1
    files = [file for file in sorted(site.rglob("*")) if file.suffix in TEXT_FILES]
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(compress, files))
    except OSError as error:
        print(f"compress: {error}", file=sys.stderr)
        return 1
    print(f"compress: {len(files)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"))
