"""The repository: what it says of itself holds, for whoever clones it, changes it or takes it over."""

import re
import subprocess
import tomllib

import yaml
from conftest import ROOT, read

from content.model import Page, Study

FOLDERS = (".github", "benchmarks", "data", "deploy", "docs", "overrides", "scripts", "tests")


def test_the_guides_name_commands_and_files_that_are_there() -> None:
    """Whoever follows a guide finds each target of `make`, and each file that it names with its folder, or a part of
    it; NAME and x.md stand for any."""
    targets = re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE)
    files = [path.as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    gone = []
    for guide in ("README.md", "CONTRIBUTING.md", "DEPLOYING.md"):
        text = read(ROOT / guide)
        gone += [f"{guide}: make {name}" for name in re.findall(r"`make ([a-z]+)", text) if name not in targets]
        named = re.findall(r"`([\w./-]+/[\w-]+\.[a-z]+)`", text)
        named = [name for name in named if not re.search(r"\bNAME\b|/x\.md", name)]
        gone += [f"{guide}: {name}" for name in named if not any(file.endswith(f"/{name}") for file in files)]
    assert gone == []


def test_publishing_without_an_address_is_refused() -> None:
    """`make publish` stops, and says how to give the address, before anything is built."""
    command = ["make", "publish", "SITE_URL=", "MAKE=true"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode, "make publish went on to build the site"
    assert "SITE_URL=https://" in done.stdout


def test_the_citation_file_is_of_this_version(pages: list[Page], study: Study) -> None:
    """CITATION.cff has the project's own version, the date of the newest content, and the title that pages cite."""
    record = yaml.safe_load(read(ROOT / "CITATION.cff"))
    assert record["version"] == tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["version"]
    assert record["date-released"] == max(page.meta["updated"] for page in pages)
    assert record["title"] == study.words["site_cited"]["en"]


def test_the_licence_of_every_dependency_is_listed() -> None:
    """LICENSES.md names every package that requirements.lock installs everywhere, and nothing that it does not lock. No
    address of an index stands there; that each line has its hashes, pip asks at each installation."""
    lock = read(ROOT / "requirements.lock")
    assert "://" not in lock
    names = dict(re.findall(r"^([\w.-]+)==\S+ (;)?", lock, re.MULTILINE))
    rows = read(ROOT / "LICENSES.md").splitlines()[2:]
    listed = {re.sub(r"[._-]+", "-", row.split("|")[1].strip().lower()) for row in rows}
    assert {name for name, condition in names.items() if not condition} <= listed <= names.keys()


def test_workflows_pin_their_actions_and_ask_for_little() -> None:
    """Every action is pinned by its commit; only publishing may write."""
    for file in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = read(file)
        actions = re.findall(r"uses: (.*)", text)
        assert [used for used in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", used)] == [], file.name
        assert "permissions:" in text and (": write" in text) == (file.name == "pages.yml"), file.name
