"""The map of the cases as SVG: the outline of France, a mark per territory sized by its number of cases.

Outline and marks go through one projection, so that they agree. La Réunion stands in a box of its own,
the surroundings of Paris in a second one at a larger scale: its authorities lie a few kilometres apart.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass

from content.load import load_outline
from content.model import Study, Territory

WIDTH, HEIGHT = 600, 640  # units of the SVG's viewBox
MIDDLE = math.cos(math.radians(46.5))  # one degree of longitude, in degrees of latitude, in the middle of France


@dataclass(frozen=True)
class Frame:
    """A part of the drawing: which degrees it shows and where. x, y, width and height in units of the viewBox."""

    name: str
    west: float
    east: float
    south: float
    north: float
    x: float
    y: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        return min(self.width / ((self.east - self.west) * MIDDLE), self.height / (self.north - self.south))

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point stands in the drawing."""
        return (
            round(self.x + (longitude - self.west) * MIDDLE * self.scale, 1),
            round(self.y + (self.north - latitude) * self.scale, 1),
        )


MAINLAND = Frame("mainland", -5.2, 9.7, 41.3, 51.2, 0, 0, WIDTH, 585)
INSETS = (
    Frame("paris", 2.08, 2.68, 48.68, 49.02, 4, 508, 150, 128),
    Frame("la-reunion", 55.15, 55.95, -21.55, -20.8, 170, 530, 90, 102),
)


@dataclass(frozen=True)
class Mark:
    """A territory on the map. `radius` in units of the viewBox: its area grows with the number of cases."""

    territory: Territory
    x: float
    y: float
    radius: float
    cases: int


@dataclass(frozen=True)
class Map:
    """What the template draws."""

    width: int
    height: int
    paths: tuple[str, ...]  # the outline, as SVG path data
    frames: tuple[Frame, ...]
    marks: tuple[Mark, ...]
    credit: str


def _path(points: list[tuple[float, float]]) -> str:
    """A closed line as SVG path data: where it starts, then step by step, which is half as long as place by place."""
    steps = (f"{round(x - a, 1):g},{round(y - b, 1):g}" for (a, b), (x, y) in itertools.pairwise(points))
    return f"M{points[0][0]:g},{points[0][1]:g}l{' '.join(steps)}z"


def draw(study: Study, locale: str) -> Map:
    """The map of the cases of a locale."""
    outline = load_outline(study.root)
    paths = []
    for frame, rings in ((MAINLAND, outline.rings["mainland"]), (INSETS[1], outline.rings["la-reunion"])):
        for ring in rings:
            paths.append(_path([frame.place(*point) for point in ring]))
    cases = Counter(case.meta["territory"] for case in study.cases(locale))
    marks = []
    for territory in sorted(study.territories.values(), key=lambda t: (-cases[t.id], t.id)):
        if not cases[territory.id]:
            continue
        frame = next((f for f in INSETS if f.holds(territory.longitude, territory.latitude)), MAINLAND)
        x, y = frame.place(territory.longitude, territory.latitude)
        marks.append(Mark(territory, x, y, round(7 * math.sqrt(cases[territory.id]), 1), cases[territory.id]))
    return Map(WIDTH, HEIGHT, tuple(paths), INSETS, tuple(marks), outline.credit)
