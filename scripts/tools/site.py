"""The whole site: pages, search, data, and the books. Made beside `site/`, which it replaces when it is whole.

    python -m tools.site [SITE]

Exit code 0; 1 when MkDocs or a book failed, with its own line; 130 when stopped. `site/` is then as it was.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from books import book
from web.place import made_beside

ROOT = Path(__file__).resolve().parents[2]


def main(site: Path) -> int:
    """Make the site; returns the exit code of the command."""
    try:
        with made_beside(site) as new:
            pages = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(new))
            build = subprocess.Popen(pages, cwd=ROOT)
            try:
                failed = build.wait()
            finally:  # stopped: what it made is deleted only once it has ended (subprocess.run does not wait for that)
                build.kill()
                build.wait()
            if failed or book.main(new):
                raise SystemExit(1)
    except OSError as error:
        print(f"site: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"site: stopped; {site} is as it was", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"))
