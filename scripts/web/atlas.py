"""The map of the cases as SVG: the outline of France, a mark per territory sized by its number of cases.

La Réunion and the surroundings of Paris, at a larger scale, stand in boxes of their own.
"""

import cmath
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from content.forms import LATITUDES, LONGITUDES
from content.model import Study, Territory

WIDTH, HEIGHT = 620, 690  # units of the SVG's viewBox
SPACING = 46  # between the middles of two marks: room for a finger, 24 px, on a map that is 320 px wide
LETTERS = 17  # the size of the names, in the style sheet too
FINEST = 2.5  # between two points of the outline
LETTER = 0.56 * LETTERS  # the width of a letter, about
MIDDLE = math.cos(math.radians(46.5))  # one degree of longitude, in degrees of latitude, in the middle of France

# Where the name of a mark may stand, the best place first: the way to it in radii, how far below that its line is, in
# sizes of a letter.
WAYS = ((1, 0, 1 / 3), (-1, 0, 1 / 3), (0, -1, -3 / 17), (0, 1, 0.8), (0.75, -0.75, 0), (-0.75, -0.75, 0))

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Label = tuple[int, int, str]  # where a name has its start, middle or end (text-anchor), seen from its mark


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
    def box(self) -> Box:
        return self.x, self.y, self.x + self.width, self.y + self.height

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a point stands in the drawing."""
        scale = min(self.width / ((self.east - self.west) * MIDDLE), self.height / (self.north - self.south))
        return (
            round(self.x + (longitude - self.west) * MIDDLE * scale, 1),
            round(self.y + (self.north - latitude) * scale, 1),
        )


MAINLAND = Frame("mainland", *LONGITUDES["mainland"], *LATITUDES["mainland"], 0, 0, WIDTH, 585)
# Another island takes a frame here, its degrees in content/forms.py, its rings in `Outline` and data/outline.json, its
# name in data/words.yml (`map_…`).
INSETS = (
    Frame("paris", 1.9, 2.86, 48.7, 49.01, 4, 518, 330, 168),
    Frame("la-reunion", *LONGITUDES["la-reunion"], *LATITUDES["la-reunion"], 344, 560, 130, 126),
)


@dataclass(frozen=True)
class MapMark:
    """A territory on the map; `home` is where it lies. Its area (`radius` in the viewBox) follows its cases."""

    territory: Territory
    name: str
    frame: Frame
    home: Point
    x: float
    y: float
    radius: float
    cases: int
    label: Label | None = None

    @property
    def is_apart(self) -> bool:
        return math.dist(self.home, (self.x, self.y)) > self.radius


def outline(study: Study) -> list[str]:
    """The outline of France, as SVG path data."""
    assert study.outline, "no data/outline.json"
    paths = []
    for frame in (MAINLAND, *INSETS):
        rings = getattr(study.outline, frame.name.replace("-", "_"), ())  # of Paris there are none
        paths += [_path([frame.place(*point) for point in ring]) for ring in rings]
    return paths


def marks(study: Study, locale: str) -> list[MapMark]:
    """The territories that have a case in a locale."""
    cases = Counter(case.meta["territory"] for case in study.cases(locale))
    towns = [place for place in study.territories.values() if place.type == "city" and place.id in cases]

    def order(place: Territory) -> tuple[int, bool, str]:
        """The largest first, so that they are named; of equals, the town before the authority around it."""
        return -cases[place.id], place.type != "city", place.id

    def name(place: Territory) -> str:
        """What the map calls a place: Métropole de Lyon has the name of its town, and it stands there once for both."""
        full = place.name["fr"]
        own = next((town.name["fr"] for town in towns if town.within == place.id and town.name["fr"] in full), full)
        return place.short or own

    found = []
    for place in sorted((study.territories[id] for id in cases), key=order):
        frame = next((f for f in INSETS if f.holds(place.longitude, place.latitude)), MAINLAND)
        home = frame.place(place.longitude, place.latitude)
        radius = round(8 * math.sqrt(cases[place.id]), 1)
        found.append(MapMark(place, name(place), frame, home, *home, radius, cases[place.id]))
    return list(_labelled(_spread(found)))


def _path(points: Sequence[Point]) -> str:
    """A closed line as SVG path data, step by step, without the points that the eye does not see at this size."""
    seen = [points[0]]
    for point in points:
        if math.dist(point, seen[-1]) >= FINEST:
            seen.append(point)
    start, *others = [(round(x), round(y)) for x, y in seen]
    steps = (f"{x - a},{y - b}" for (a, b), (x, y) in itertools.pairwise([start, *others]))
    return f"M{start[0]},{start[1]}l{' '.join(steps)}z"


def _spread(marks: Sequence[MapMark]) -> list[MapMark]:
    """The marks moved until no two are closer than SPACING, each within its frame. A place is a complex number here."""
    places = [complex(*mark.home) for mark in marks]
    for _ in range(400):
        before = list(places)
        _push_apart(marks, places)
        places = [_within_frame(mark, place) for mark, place in zip(marks, places, strict=True)]
        if places == before:
            break
    return [
        replace(mark, x=round(place.real, 1), y=round(place.imag, 1)) for mark, place in zip(marks, places, strict=True)
    ]


def _push_apart(marks: Sequence[MapMark], places: list[complex]) -> None:
    """Move each two that are too close, each by half of what is lacking."""
    for (i, one), (j, other) in itertools.combinations(enumerate(marks), 2):
        way, least = places[j] - places[i], max(SPACING, one.radius + other.radius + 3)
        if one.frame is other.frame and abs(way) < least:
            angle = cmath.phase(way) if way else 2.4 * j  # two of one town part somewhere
            step = cmath.rect((least + 0.1 - abs(way)) / 2, angle)
            places[i], places[j] = places[i] - step, places[j] + step


def _within_frame(mark: MapMark, place: complex) -> complex:
    """The place nearest to this one where the whole mark is in its frame."""
    (left, top, right, bottom), edge = mark.frame.box, mark.radius + 3
    return complex(min(max(place.real, left + edge), right - edge), min(max(place.imag, top + edge), bottom - edge))


def _labelled(marks: Sequence[MapMark]) -> Iterator[MapMark]:
    """The marks, with a label where it finds room: not over a mark, a name, another frame or the edge of its own.

    A name that two have stands at the larger.
    """
    taken: list[Box] = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks]
    taken += [(f.x, f.y + f.height - LETTERS - 6, f.x + 9 * LETTERS, f.y + f.height) for f in INSETS]  # their own names
    named: set[str] = set()
    for mark in marks:
        filled = [*taken, *(other.box for other in INSETS if other is not mark.frame)]
        left, top, right, _ = mark.frame.box
        for label, box in _places(mark) if mark.name not in named else ():
            inside = left <= box[0] and box[2] <= right and top <= box[1]
            if inside and not any(_clash(box, other) for other in filled):
                taken.append(box)
                named.add(mark.name)
                mark = replace(mark, label=label)
                break
        yield mark


def _places(mark: MapMark) -> Iterator[tuple[Label, Box]]:
    """Where the name of a mark may stand, and the box that it fills there."""
    width, near = len(mark.name) * LETTER, mark.radius + 4
    for across, down, lower in WAYS:
        anchor = "start" if across > 0 else "end" if across < 0 else "middle"
        before = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        line = mark.y + down * near + lower * LETTERS
        left = mark.x + across * near - before
        box = (left, line - LETTERS * 0.9, left + width, line + 5)
        yield (round(across * near), round(line - mark.y), anchor), box


def _clash(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
