"""The browser the tests drive: an installed one, else Debian's package, else Playwright's own, which it installs."""

import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

from tools import system

# The first has no windows and takes less of the processor; Debian 12 has the second alone.
DEBIAN = ("chromium-headless-shell", "chromium")
INSTALLED = (*DEBIAN, "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

# Chromium as root needs --no-sandbox; the rest keeps it from calling home, which the tests would see.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def installed() -> str | None:
    """The path of a Chromium or Chrome on this machine, else of the one that Playwright has downloaded, or None."""
    if path := next(filter(None, map(shutil.which, (*INSTALLED, MAC))), None):
        return path
    with sync_playwright() as playwright:
        return shutil.which(playwright.chromium.executable_path)


def find() -> str:
    """The path of a browser, installing one where that is possible; else exits with a sentence."""
    for package in DEBIAN:
        if not installed():
            system.install([package], "for the tests in a browser")
    if not installed():
        print("downloads, for the tests in a browser: playwright install chromium", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return installed() or sys.exit(
        "The browser tests need Chromium or Chrome: install one, then run `make test` again."
    )


if __name__ == "__main__":
    print(find())
