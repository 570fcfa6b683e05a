"""How does a trend look on a terminal: days of report from left to right, expected days upwards, and the diagonal?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from projections.trend import Point, Trend

HEIGHT = 17
GUTTER = len("2026-12-31 |")
NARROWEST, WIDEST = 16, 100
LEGEND = (
    "a b c: what was expected from that day on, *: several, -: as before, =: the due, M: met,"
    " /: the diagonal, where the expected day is there"
)


class Frame(NamedTuple):
    """The days at the edges, and the columns and rows between them."""

    first: date
    last: date
    top: date
    width: int
    height: int

    def column(self, day: date) -> int:
        """Where a day of report lies."""
        return _share(day, self.first, self.last, self.width)

    def row(self, day: date) -> int:
        """Where an expected day lies; the latest is in row 0."""
        return self.height - 1 - _share(day, self.first, self.top, self.height)

    def day(self, column: int) -> date:
        """The last day of a column."""
        return date.fromordinal(_edge(column, self.first, self.last, self.width))

    def level(self, row: int) -> date:
        """The last day of a row."""
        return date.fromordinal(_edge(self.height - 1 - row, self.first, self.top, self.height))


def _share(day: date, first: date, last: date, count: int) -> int:
    days = (last - first).days + 1
    return min(count - 1, max(0, (day - first).days * count // days))


def _edge(index: int, first: date, last: date, count: int) -> int:
    days = (last - first).days + 1
    return first.toordinal() + max(0, -(-(index + 1) * days // count) - 1)


def frame(trends: Sequence[Trend], on: date, columns: int) -> Frame:
    """The days that these trends need, as wide as the screen allows."""
    days = [one.day for each in trends for one in each.points]
    days += [each.met_on.latest for each in trends if each.met_on and each.met_on.latest]
    days += [on] if any(each.open for each in trends) else []
    expected = [day for each in trends for one in each.points for day in (one.expected, one.due) if day]
    width = min(WIDEST, max(NARROWEST, columns - GUTTER))
    return Frame(min(days), max(days), max([*expected, *days]), width, HEIGHT)


def chart(trends: Sequence[Trend], on: date, columns: int) -> list[str]:
    """The chart, line by line, without a legend."""
    room = frame(trends, on, columns)
    grid = [[" "] * room.width for _ in range(room.height)]
    for column in range(room.width):
        grid[room.row(room.day(column))][column] = "/"
    for each in trends:
        _draw_due(grid, room, each)
    for letter, each in zip(ascii_lowercase, trends, strict=False):
        _draw(grid, room, each, letter)
    lines = [f"{_label(room, row)} |{''.join(cells)}".rstrip() for row, cells in enumerate(grid)]
    return [*lines, f"{' ' * 10} +{'-' * room.width}", _days(room)]


def _label(room: Frame, row: int) -> str:
    return str(room.level(row)) if row % 4 == 0 else " " * 10


def _days(room: Frame) -> str:
    first, last = str(room.first), str(room.last)
    gap = room.width - len(first) - len(last)
    return f"{' ' * 12}{first}{' ' * gap}{last}" if gap > 0 else f"{' ' * 12}{first}"


def _until(room: Frame, each: Trend) -> date:
    """The day up to which what was expected last still held."""
    return each.met_on.latest if each.met_on and each.met_on.latest else room.last if each.open else each.points[-1].day


def _draw_due(grid: list[list[str]], room: Frame, each: Trend) -> None:
    for one, end in _stretches(room, each):
        if one.due:
            for column in range(room.column(one.day), end + 1):
                grid[room.row(one.due)][column] = "="


def _draw(grid: list[list[str]], room: Frame, each: Trend, letter: str) -> None:
    for one, end in _stretches(room, each):
        if one.expected:
            for column in range(room.column(one.day), end + 1):
                cell = grid[room.row(one.expected)]
                cell[column] = "-" if cell[column] in " -/" else cell[column]
    for one in each.points:
        if one.expected:
            cell = grid[room.row(one.expected)]
            column = room.column(one.day)
            cell[column] = letter if cell[column] in f" -=/{letter}" else "*"
    if each.met_on and each.met_on.latest:
        met = each.met_on.latest
        grid[room.row(met)][room.column(met)] = "M"


def _stretches(room: Frame, each: Trend) -> list[tuple[Point, int]]:
    """Each point with the last column in which it held."""
    ends = [room.column(after.day) for _, after in pairwise(each.points)] + [room.column(_until(room, each))]
    return list(zip(each.points, ends, strict=True))
