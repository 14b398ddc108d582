"""The map of the cases as SVG: the outline of France, a mark per territory sized by its number of cases.

La Réunion and the surroundings of Paris, at a larger scale, stand in boxes of their own.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from content.forms import SHOWN
from content.model import Study, Territory

WIDTH, HEIGHT = 620, 690  # units of the SVG's viewBox
SPACING = 46  # between the middles of two marks: room for a finger, 24 px, on a map that is 320 px wide
LETTERS = 17  # the size of the names, in the style sheet too
MIDDLE = math.cos(math.radians(46.5))  # one degree of longitude, in degrees of latitude, in the middle of France

Label = tuple[int, int, str]  # where a name has its start, middle or end (text-anchor), seen from its mark


class Point(NamedTuple):
    x: float  # from left to right
    y: float  # from the top down


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Frame:
    """A part of the drawing: the degrees that it shows, and the box in which it does."""

    name: str
    longitudes: tuple[float, float]  # west, east
    latitudes: tuple[float, float]  # south, north
    box: Box

    def holds(self, longitude: float, latitude: float) -> bool:
        (west, east), (south, north) = self.longitudes, self.latitudes
        return west <= longitude <= east and south <= latitude <= north

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a point stands in the drawing: from the top left of the box, as large as it fits."""
        (west, east), (south, north), box = self.longitudes, self.latitudes, self.box
        scale = min((box.right - box.left) / ((east - west) * MIDDLE), (box.bottom - box.top) / (north - south))
        x, y = box.left + (longitude - west) * MIDDLE * scale, box.top + (north - latitude) * scale
        return Point(round(x), round(y))


MAINLAND = Frame("mainland", *SHOWN["mainland"], Box(0, 0, WIDTH, 585))
# Another island takes a frame here, its degrees in content/forms.py, its outline in overrides/partials/outline.txt, its
# name in data/words.yml (`map_…`).
INSETS = (
    Frame("paris", (1.9, 2.86), (48.7, 49.01), Box(4, 518, 334, 686)),
    Frame("la-reunion", *SHOWN["la-reunion"], Box(344, 560, 474, 686)),
)


@dataclass(frozen=True)
class MapMark:
    """A territory on the map; `home` is where it lies. Its area (`radius` in the viewBox) follows its cases."""

    territory: Territory
    name: str
    frame: Frame
    home: Point
    place: Point
    radius: float
    cases: int
    label: Label | None = None

    @property
    def moved(self) -> float:
        """How far from home it stands."""
        return math.dist(self.home, self.place)


def marks(study: Study, locale: str) -> list[MapMark]:
    """The territories that have a case in a locale: the largest first, so that they are named."""
    cases = Counter(case.meta["territory"] for case in study.cases(locale))
    found = []
    for place in (study.territories[id] for id in cases):
        frame = next((f for f in INSETS if f.holds(place.longitude, place.latitude)), MAINLAND)
        home = frame.place(place.longitude, place.latitude)
        radius = round(8 * math.sqrt(cases[place.id]), 1)
        found.append(MapMark(place, study.towns[place.id], frame, home, home, radius, cases[place.id]))
    # Of equals, the town stands before the authority around it.
    found.sort(key=lambda mark: (-mark.cases, mark.territory.type != "city", mark.territory.id))
    return list(_labelled(_spread(found)))


def _spread(marks: Sequence[MapMark]) -> list[MapMark]:
    """The marks moved until no two are closer than SPACING, each within its frame."""
    places = [mark.home for mark in marks]
    for _ in range(400):  # six are enough today
        before = list(places)
        for (i, one), (j, other) in itertools.combinations(enumerate(marks), 2):
            (x, y), (other_x, other_y) = places[i], places[j]
            across, down = other_x - x, other_y - y
            if not (across or down):  # two at one place part at an angle
                across, down = math.cos(2.4 * j) / 1000, math.sin(2.4 * j) / 1000
            lacking = max(SPACING, one.radius + other.radius + 3) - math.hypot(across, down)
            if one.frame is other.frame and lacking > 0:  # each moves by half of it
                step = (lacking + 0.1) / 2 / math.hypot(across, down)
                places[i] = Point(x - step * across, y - step * down)
                places[j] = Point(other_x + step * across, other_y + step * down)
        places = [_within_frame(mark, place) for mark, place in zip(marks, places, strict=True)]
        if places == before:
            break
    rounded = [Point(round(x), round(y)) for x, y in places]
    return [replace(mark, place=place) for mark, place in zip(marks, rounded, strict=True)]


def _within_frame(mark: MapMark, place: Point) -> Point:
    """The place nearest to this one where the whole mark is in its frame."""
    box, edge = mark.frame.box, mark.radius + 3
    x = min(max(place.x, box.left + edge), box.right - edge)
    return Point(x, min(max(place.y, box.top + edge), box.bottom - edge))


def _labelled(marks: Sequence[MapMark]) -> Iterator[MapMark]:
    """The marks, with a label where it finds room: not over a mark, a name, another frame or the edge of its own.

    A name that two have stands at the larger.
    """
    middles = [(*mark.place, mark.radius) for mark in marks]
    taken = [Box(x - radius, y - radius, x + radius, y + radius) for x, y, radius in middles]
    for box in (frame.box for frame in INSETS):  # where its own name stands
        taken.append(Box(box.left, box.bottom - LETTERS - 6, box.left + 9 * LETTERS, box.bottom))
    named: set[str] = set()
    for mark in marks:
        around = mark.frame.box
        filled = [*taken, *(frame.box for frame in INSETS if frame is not mark.frame)]
        for label, box in _places_of_name(mark) if mark.name not in named else ():
            is_inside = around.left <= box.left and box.right <= around.right and around.top <= box.top
            if is_inside and not any(box.overlaps(other) for other in filled):
                taken.append(box)
                named.add(mark.name)
                mark = replace(mark, label=label)
                break
        yield mark


def _places_of_name(mark: MapMark) -> Iterator[tuple[Label, Box]]:
    """Where the name of a mark may stand, and what it fills there, the best place first: right, left, above, below."""
    near, middle = mark.radius + 4, LETTERS / 3  # a third of a letter below the middle of the mark
    above, below, width = -near - 3, near + 0.8 * LETTERS, len(mark.name) * (0.56 * LETTERS)  # a letter's, about
    places = (near, middle, "start"), (-near, middle, "end"), (0, above, "middle"), (0, below, "middle")
    for x, y, anchor in places:
        left = mark.place.x + x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        line = mark.place.y + y
        yield (round(x), round(y), anchor), Box(left, line - LETTERS * 0.9, left + width, line + 5)
