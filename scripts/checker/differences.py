"""What two texts say differently: the figures of one that the other lacks, or has another one for.

Digits, dates and numbers from three to twelve in words must stand in both. Other words ("half", "both", "a dozen",
"first") may answer for a figure of the other text, and are a fault only where it has another word of their kind
instead: "half", « un tiers ».
"""

from collections.abc import Sequence

from checker.figures import IN_WORDS, Figure

REQUIRED = ("number", "date", "code", "count")  # in the other language
RIVALS = (("word", "count"), ("ordinal",), ("fraction",), ("period",))  # that contradict another one of their kind


def lacking(own: Sequence[Figure], other: Sequence[Figure]) -> list[Figure]:
    """The figures of a side that none of the other side agrees with: ten years do with « la dixième année »."""
    readings = {reading for figure in other for reading in figure.readings}
    either = readings.union(*(figure.short for figure in other))

    def is_said(figure: Figure) -> bool:
        # Beyond the numbers that a text writes in words, digits are an ordinal too: 15 ans, the fifteenth year.
        may_be_nth = figure.kind == "count" or (figure.value >= IN_WORDS.stop and figure.short)
        said = {*figure.readings, (figure.value, "nth")} if may_be_nth else figure.readings
        return not (said.isdisjoint(either) and figure.short.isdisjoint(readings))

    return [figure for figure in own if not is_said(figure)]


def differences(own: Sequence[Figure], other: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures of each side that the other side lacks, or for which it has another one of their kind.

    Of 12% and half on one side, 13% and a third on the other: all four. Both are empty where the sides agree.
    """
    alone, alone_other = lacking(own, other), lacking(other, own)
    if not (alone or alone_other):
        return [], []
    wrong, wrong_other = ({figure for figure in side if figure.kind in REQUIRED} for side in (alone, alone_other))
    # A word such as « moitié » may be left out by the other language. It is wrong only where the other has a different
    # word of the same kind: of these, as many as both have.
    for kinds in RIVALS:
        rivals, rivals_other = ([figure for figure in side if figure.kind in kinds] for side in (alone, alone_other))
        in_both = min(len(rivals), len(rivals_other))
        wrong.update(rivals[:in_both])
        wrong_other.update(rivals_other[:in_both])
    believed = _believed(alone, alone_other) | _believed(alone_other, alone)
    return _told_once(wrong - believed), _told_once(wrong_other - believed)


def _believed(dated: Sequence[Figure], far: Sequence[Figure]) -> set[Figure]:
    """The dates of a side beside which the other has none but distances, and these: "in 2016", « l’année suivante ».

    What a distance comes to is not computed, so it is believed of as many dates.
    """
    dates = [figure for figure in dated if figure.kind == "date"]
    distances = {each for each in far if each.kind == "relative" or (each.unit == "month" and each.kind != "period")}
    if any(figure.kind == "date" for figure in far) or not (dates and distances):
        return set()
    starts = sorted({figure.start for figure in dates})[: len(distances)]  # day, month and year of a date have one
    return distances.union(figure for figure in dates if figure.start in starts)


def _told_once(figures: set[Figure]) -> list[Figure]:
    """The figures in their order; of a date, which is several with one text, the first."""
    return list({(f.start, f.text): f for f in sorted(figures, key=lambda f: f.start)}.values())
