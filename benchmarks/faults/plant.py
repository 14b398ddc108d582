"""The checker's score: plants faults in the real content and counts what is found.

    python benchmarks/faults/plant.py [--seed N] [--places 5] [--only WORD] [--readme]

Each kind of fault yields places for itself in random order. The content is copied to a temporary folder and never
changed itself. Faults are planted there, as many at once as change files of their own, the rules are run in-process,
and the new findings are compared with those of the content as it is:

- caught: a new finding has the code of the fault, and is in no file of another fault;
- file: it names the file of the fault, or its translation;
- line: its line is in the section of the fault (the front matter, the record of a data file);
- false alarms: new findings elsewhere that follow from none of the faults.

Exit code 0 when 98 % are caught, and 95 % of the figures (N001) as of the right sections, without false alarm.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import kinds  # noqa: F401 (they register themselves)
import report
import texts  # noqa: F401
from world import KINDS, Changes, Kind, Plant, World, section_of

from checker.registry import READING, RULES
from content.findings import ContentError, Finding
from content.load import parse_page
from content.model import Page


@dataclass
class Score:
    """What became of a kind of fault."""

    kind: str
    codes: str
    planted: int = 0
    caught: int = 0
    file: int = 0
    line: int = 0
    notes: list[str] = field(default_factory=list)  # what was missed, and false alarms
    alarms: int = 0


@dataclass(frozen=True, eq=False)
class Fault:
    """A fault that is planted: its kind, its place, the score that it counts for."""

    kind: Kind
    plant: Plant
    score: Score

    @property
    def pages(self) -> set[str]:
        """The files that it changes or is told in, whatever the language."""
        return {twin_of(file) for file in (self.plant.file, *self.plant.changes)}

    def explains(self, finding: Finding) -> bool:
        """Whether a finding elsewhere follows from it."""
        too_long = finding.code == "M009" and finding.path in self.plant.changes  # by a word of its own
        if too_long or finding.code in self.kind.codes or finding.code.startswith(tuple(self.kind.follow)):
            return True
        if finding.code == "D009" and "its cases" in finding.message:  # a lesson says what they say
            return any("/cases/" in file for file in self.plant.changes)
        told = {name for file in self.plant.changes for name in (file, Path(file).stem, twin_of(file))}
        return finding.code in HELD and any(name in finding.message for name in told)


def plain(finding: Finding) -> tuple[str, str, str]:
    """A finding without line numbers, which a fault above it moves."""
    return finding.path, finding.code, re.sub(r"\(?(?:from )?(?:at )?line \d+\)?", "", finding.message)


# Rules by which data holds a page: it says another thing, or is gone.
HELD = ("D003", "D009", "D014", "D020")


def batches(faults: list[Fault]) -> list[list[Fault]]:
    """The faults in batches of which no two change one file; alone, one that leaves a file which cannot be read, and
    one whose rule waits for those of others."""
    apart = READING.keys() | {rule.code for rule in RULES.values() if rule.after}
    alone = [[fault] for fault in faults if fault.kind.codes & apart]
    together: list[list[Fault]] = []
    for fault in (fault for fault in faults if not fault.kind.codes & apart):
        free = (batch for batch in together if all(fault.pages.isdisjoint(other.pages) for other in batch))
        batch = next(free, None)
        if batch is None:
            together.append(batch := [])
        batch.append(fault)
    return [*alone, *together]


def judge(world: World, batch: list[Fault]) -> None:
    """Plants some faults and adds what was found to their scores."""
    known = set(map(plain, world.known))
    changes: Changes = {}
    for fault in batch:
        changes |= fault.plant.changes
    new = [finding for finding in world.check(changes) if plain(finding) not in known]
    for fault in batch:
        plant, score = fault.plant, fault.score
        others = set().union(*(other.pages for other in batch if other is not fault))
        right = [finding for finding in new if finding.code in fault.kind.codes and twin_of(finding.path) not in others]
        where = f"{plant.file}:{plant.line}"
        score.planted += 1
        score.caught += bool(right)
        named = [finding for finding in right if twin_of(finding.path) == twin_of(plant.file)]
        score.file += bool(named)
        near = [finding for finding in named if same_section(world, plant, finding)]
        score.line += bool(near)
        if not right:
            instead = [str(finding)[:150] for finding in new if twin_of(finding.path) in fault.pages]
            score.notes.append(f"missed {where}; found instead: {instead[:3]}")
        elif not near:
            score.notes.append(f"other line {where}: {str(right[0])[:150]}")
    for finding in new:
        own = [fault for fault in batch if twin_of(finding.path) == twin_of(fault.plant.file)]
        near_one = any(same_section(world, fault.plant, finding) for fault in own)
        if not near_one and not any(fault.explains(finding) for fault in batch):
            score = (own or batch)[0].score
            score.alarms += 1
            score.notes.append(f"false alarm, {len(batch)} planted: {str(finding)[:200]}")


def twin_of(file: str) -> str:
    return re.sub(r"^docs/(?:en|fr)/", "", file)


def same_section(world: World, plant: Plant, finding: Finding) -> bool:
    """Whether a finding is in the section of the fault; in a data file, in the record, from its first line on."""
    if not plant.file.startswith("docs/"):
        return -2 <= finding.line - plant.line <= 12
    if finding.path == plant.file and abs(finding.line - plant.line) <= 2:
        return True
    sections = {section(world, plant.file, line, plant) for line in (plant.line - 1, plant.line)}
    sections.add(section(world, plant.file, plant.line, None))  # of the content as it was
    return section(world, finding.path, finding.line, plant) in sections


def section(world: World, file: str, line: int, plant: Plant | None) -> str:
    """The section that a line of a page is in, after the fault (None: before)."""
    content = plant.changes.get(file) if plant else None
    _, locale, path = file.split("/", 2)
    page: Page = world.pages[locale][path]
    try:
        text = content.decode() if content is not None else world.text(file)
        page = parse_page(text, locale, path)
    except (ContentError, UnicodeDecodeError):
        pass  # it cannot be read: the lines are those of the page as it was
    return section_of(page, line)


def total(scores: Iterable[Score]) -> Score:
    """The sum of some scores."""
    whole = Score("", "")
    for score, name in product(scores, ("planted", "caught", "file", "line", "alarms")):
        setattr(whole, name, getattr(whole, name) + getattr(score, name))
    return whole


def run(seed: int, places: int, names: list[str]) -> list[Score]:
    """The scores of some kinds of fault."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for name in ("docs", "data", "overrides"):
            shutil.copytree(report.ROOT / name, root / name)
        shutil.copy(report.ROOT / "mkdocs.yml", root)
        world = World(root, random.Random(seed))
        scores, faults = [], []
        for kind in (kind for kind in KINDS if kind.name in names):
            world.random = random.Random(f"{seed} {kind.name}")
            scores.append(Score(kind.name, " ".join(sorted(kind.codes))))
            found = zip(range(places), kind.places(world), strict=False)
            faults += [Fault(kind, plant, scores[-1]) for _, plant in found]
        for batch in batches(faults):
            judge(world, batch)
        return scores


def table(scores: list[Score], seed: int, places: int, seconds: float) -> str:
    """The report, as the README has it."""
    whole = total(scores)
    short = [score.kind for score in scores if score.planted < places]
    measures = (("caught", whole.caught), ("right file", whole.file), ("right section", whole.line))
    rows = [[name, f"{n} of {whole.planted} ({100 * n / max(whole.planted, 1):.1f}%)"] for name, n in measures]
    each = [[s.kind, s.codes, *map(str, (s.planted, s.caught, s.file, s.line))] for s in scores]
    lines = [
        f"{len(scores)} kinds of fault, {whole.planted} planted (seed {seed}, up to {places} places each).",
        f"Took {seconds:.0f} s with two processes.\n",
        report.table(["measure", "result"], [*rows, ["false alarms", str(whole.alarms)]]) + "\n",
        *([f"Fewer places than asked, for want of content: {', '.join(short)}.\n"] if short else []),
        report.table(
            ["kind of fault", "code", "planted", "caught", "file", "section"],
            sorted(each, key=lambda row: (row[1], row[0])),
        ),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Plants faults in a copy of the content and scores the checker.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--places", type=int, default=5, help="places for each kind of fault")
    parser.add_argument("--only", default="", help="kinds whose name or code has this word")
    parser.add_argument("--readme", action="store_true", help="write the report into README.md")
    options = parser.parse_args()
    start = time.perf_counter()
    names = [kind.name for kind in KINDS if options.only in kind.name or options.only in kind.codes]
    with ProcessPoolExecutor(2) as pool:
        halves = pool.map(run, *zip(*((options.seed, options.places, names[n::2]) for n in (0, 1)), strict=True))
        scores = [score for half in halves for score in half]
    text = table(scores, options.seed, options.places, time.perf_counter() - start)
    print(text)
    for score in scores:
        for note in score.notes:
            print(f"{score.kind}: {note}")
    if options.readme:
        readme = Path(__file__).parent / "README.md"
        head = readme.read_text(encoding="utf-8").split("<!-- score -->")[0]
        readme.write_text(f"{head}<!-- score -->\n{text}", encoding="utf-8")
    whole, figures = total(scores), total(score for score in scores if "N001" in score.codes)
    enough = whole.caught >= 0.98 * whole.planted and whole.line >= 0.95 * whole.planted
    return 0 if enough and figures.caught >= 0.95 * figures.planted and not whole.alarms else 1


if __name__ == "__main__":
    sys.exit(main())
