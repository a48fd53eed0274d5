"""A series as a plain list, by the rules' own words: slow, obvious; the engine must equal it."""

from __future__ import annotations

import math
import struct

Point = tuple[int, int, float]  # step, timestamp, value


def rank(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def tie(value: float) -> int:
    """Of values that rank alike: -0.0, then 0.0, then NaN."""
    if math.isnan(value):
        return 2
    return 0 if math.copysign(1.0, value) < 0 else 1


def identity(point: Point) -> tuple[int, int, bytes]:
    step, timestamp, value = point
    return step, timestamp, struct.pack("<d", value)


class SeriesModel:
    """What was logged, in the order logged, each point once."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self._known: set[tuple[int, int, bytes]] = set()

    def log(self, points: list[Point]) -> None:
        for point in points:
            if identity(point) not in self._known:
                self._known.add(identity(point))
                self.points.append(point)

    def history(self) -> list[Point]:
        return sorted(self.points, key=lambda p: (p[1], p[0], rank(p[2]), tie(p[2])))

    def latest(self) -> Point:
        """The greatest (step, timestamp, value); of equals the one logged first."""
        best = self.points[0]
        for point in self.points[1:]:
            if (point[0], point[1], rank(point[2])) > (best[0], best[1], rank(best[2])):
                best = point
        return best

    def first(self) -> Point:
        best = self.points[0]
        for point in self.points[1:]:
            if (point[0], point[1], rank(point[2])) < (best[0], best[1], rank(best[2])):
                best = point
        return best

    def numbers(self) -> list[float]:
        return [value for _, _, value in self.points if not math.isnan(value)]

    def extreme(self, choose: object) -> tuple[int, float] | None:
        """The least or greatest number and the least step at which it stands."""
        numbers = self.numbers()
        if not numbers:
            return None
        value = choose(numbers)  # type: ignore[operator]
        return min(step for step, _, v in self.points if v == value), value

    def total_is(self, total: float) -> bool:
        """Is `total` the sum, up to the order in which floats were added?"""
        numbers = self.numbers()
        infinite = {value for value in numbers if math.isinf(value)}
        if len(infinite) == 2:
            return math.isnan(total)
        size = sum(abs(value) for value in numbers if not math.isinf(value))
        if math.isinf(size):
            return True  # there is an order of addition that overflows
        if infinite:
            return total in infinite
        return abs(total - math.fsum(numbers)) <= 1e-9 * size
