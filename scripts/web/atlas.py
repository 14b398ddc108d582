"""The map of the cases as SVG: the outline of France, a mark per territory sized by its number of cases.

Outline and marks go through one projection, so that they agree. La Réunion stands in a box of its own,
the surroundings of Paris in a second one at a larger scale: its authorities lie a few kilometres apart.
Marks that would touch are set apart, with a line to their place; names are printed where there is room for them.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from content.load import load_outline
from content.model import Study, Territory

WIDTH, HEIGHT = 620, 690  # units of the SVG's viewBox
APART = 46  # between the middles of two marks: room for a finger, 24 px, on a map that is 320 px wide
LETTERS = 17  # the size of the names, in the style sheet too
FINEST = 2.5  # between two points of the outline
LONGEST = 26  # letters of a name that is printed
LETTER = 0.56 * LETTERS  # the width of a letter, about
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


MAINLAND = Frame("mainland", -5.2, 10.0, 41.3, 51.2, 0, 0, WIDTH, 585)
INSETS = (
    Frame("paris", 1.9, 2.86, 48.7, 49.01, 4, 518, 330, 168),
    Frame("la-reunion", 55.1, 56.0, -21.5, -20.8, 344, 560, 130, 126),
)


@dataclass(frozen=True)
class Label:
    """A name printed on the map: where its line begins, ends or has its middle (`anchor`), seen from its mark."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Mark:
    """A territory on the map. `radius` in units of the viewBox: its area grows with the number of cases.

    `home` is where the territory lies; the mark may stand beside it.
    """

    territory: Territory
    x: float
    y: float
    home: tuple[float, float]
    radius: float
    cases: int
    label: Label | None

    @property
    def is_apart(self) -> bool:
        return math.dist(self.home, (self.x, self.y)) > self.radius


@dataclass(frozen=True)
class Map:
    """What the template draws."""

    width: int
    height: int
    paths: tuple[str, ...]  # the outline, as SVG path data
    frames: tuple[Frame, ...]
    marks: tuple[Mark, ...]
    credit: str
    room: float = APART / 2  # around the middle of a mark, for a finger


def _thinned(points: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """A line without the points that the eye does not see at this size."""
    last = (math.inf, math.inf)
    for point in points:
        if math.dist(point, last) >= FINEST:
            yield point
            last = point


def _path(points: list[tuple[float, float]]) -> str:
    """A closed line as SVG path data: where it starts, then step by step, which is half as long as place by place."""
    points = [(round(x), round(y)) for x, y in _thinned(points)]
    steps = (f"{x - a:g},{y - b:g}" for (a, b), (x, y) in itertools.pairwise(points))
    return f"M{points[0][0]:g},{points[0][1]:g}l{' '.join(steps)}z"


def _spread(places: list[tuple[float, float]], radii: list[float], frames: list[Frame]) -> list[tuple[float, float]]:
    """The places moved until no two are closer than APART, each within its frame. The same places give the same."""
    found = [list(place) for place in places]
    for _ in range(400):
        before = [list(place) for place in found]
        for i, j in itertools.combinations(range(len(found)), 2):
            (x, y), (u, v) = found[i], found[j]
            distance, least = math.dist((x, y), (u, v)), max(APART, radii[i] + radii[j] + 3)
            if frames[i] is frames[j] and distance < least:
                angle = math.atan2(v - y, u - x) if distance else 2.4 * j  # two of one town part somewhere
                step = (least + 0.1 - distance) / 2
                for n, way in ((i, -step), (j, step)):
                    found[n][0] += way * math.cos(angle)
                    found[n][1] += way * math.sin(angle)
        for n, frame in enumerate(frames):
            edge = radii[n] + 3
            found[n][0] = min(max(found[n][0], frame.x + edge), frame.x + frame.width - edge)
            found[n][1] = min(max(found[n][1], frame.y + edge), frame.y + frame.height - edge)
        if found == before:
            break
    return [(round(x, 1), round(y, 1)) for x, y in found]


Box = tuple[float, float, float, float]  # left, top, right, bottom


def _boxes(text: str, x: float, y: float, radius: float) -> Iterator[tuple[Label, Box]]:
    """Where the name of a mark may stand, the best place first, with the room it takes."""
    width, near = len(text) * LETTER, radius + 4
    for anchor, at, base in (
        ("start", x + near, y + LETTERS / 3),
        ("end", x - near, y + LETTERS / 3),
        ("middle", x, y - near - 3),
        ("middle", x, y + near + LETTERS * 0.8),
        ("start", x + near * 0.75, y - near * 0.75),
        ("end", x - near * 0.75, y - near * 0.75),
        ("start", x + near * 0.75, y + near * 0.75 + LETTERS * 0.7),
        ("end", x - near * 0.75, y + near * 0.75 + LETTERS * 0.7),
    ):
        left = at - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        yield Label(text, round(at - x), round(base - y), anchor), (left, base - LETTERS * 0.9, left + width, base + 5)


def _clash(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _labels(marks: list[Mark], frames: list[Frame]) -> list[Mark]:
    """The marks with a name wherever one finds room: not over a mark, a name or the edge of its frame."""
    taken: list[Box] = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks]
    taken += [(f.x, f.y + f.height - LETTERS - 6, f.x + 9 * LETTERS, f.y + f.height) for f in INSETS]  # their own names
    found = []
    for mark, frame in zip(marks, frames, strict=True):
        place = mark.territory
        text, label = place.short or place.name["fr"], None
        for candidate, box in _boxes(text, mark.x, mark.y, mark.radius) if len(text) <= LONGEST else ():
            inside = frame.x <= box[0] and box[2] <= frame.x + frame.width and frame.y <= box[1]
            others = [(f.x, f.y, f.x + f.width, f.y + f.height) for f in INSETS if f is not frame]
            if inside and not any(_clash(box, other) for other in [*taken, *others]):
                taken.append(box)
                label = candidate
                break
        found.append(replace(mark, label=label))
    return found


def draw(study: Study, locale: str) -> Map:
    """The map of the cases of a locale."""
    outline = load_outline(study.root)
    paths = []
    for frame, rings in ((MAINLAND, outline.rings["mainland"]), (INSETS[1], outline.rings["la-reunion"])):
        for ring in rings:
            paths.append(_path([frame.place(*point) for point in ring]))
    cases = Counter(case.meta["territory"] for case in study.cases(locale))
    # Towns before the authorities around them, so that a name goes to the town.
    places = sorted(study.territories.values(), key=lambda t: (not (t.short or t.type == "city"), -cases[t.id], t.id))
    places = [place for place in places if cases[place.id]]
    frames = [next((f for f in INSETS if f.holds(p.longitude, p.latitude)), MAINLAND) for p in places]
    homes = [frame.place(place.longitude, place.latitude) for frame, place in zip(frames, places, strict=True)]
    radii = [round(8 * math.sqrt(cases[place.id]), 1) for place in places]
    marks = [
        Mark(place, *at, home, radius, cases[place.id], None)
        for place, at, home, radius in zip(places, _spread(homes, radii, frames), homes, radii, strict=True)
    ]
    return Map(WIDTH, HEIGHT, tuple(paths), INSETS, tuple(_labels(marks, frames)), outline.credit)
