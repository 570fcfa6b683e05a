"""How does a calendar of promises look on a terminal: a line for each item, with its marks in their columns?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from projections.timeline import Bar, Span

NARROWEST, WIDEST = 12, 100
ROOMY = 72
"""From so many columns on, the screen has room for statuses."""
UNITS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
"""Months between two labels of the calendar: the first of these that leaves room for each label."""
LEGEND = (
    "-: from the stated start, =: the window promised, D: due, F: expected, M: met, X: closed otherwise,"
    " [=]: a target's period, |: {on}, < >: there is more"
)


def room_for_status() -> int:
    """Columns for the longest word of a status, and a gap."""
    from cli.layout import GAP, breadth
    from cli.tongue import word
    from domain.assess import STATUSES

    return len(GAP) + max(breadth(word(status, "status")) for status in STATUSES)


class Scale(NamedTuple):
    """The days at the edges, and the columns between them."""

    first: date
    last: date
    width: int

    def column(self, day: date) -> int:
        """Where a day lies; before 0 or after the last column where it is outside."""
        days = (self.last - self.first).days + 1
        return (day - self.first).days * self.width // days

    def inside(self, day: date) -> bool:
        """Is the day among those shown?"""
        return self.first <= day <= self.last


def scale(bars: Sequence[Bar], on: date, bounds: tuple[date | None, date | None], width: int) -> Scale:
    """The days that are shown: those asked for, else all that the bars need, and today."""
    days = [on, *(day for bar in bars for day in days_of(bar))]
    first, last = bounds[0] or min(days), bounds[1] or max(days)
    return Scale(min(first, last), max(first, last), min(WIDEST, max(NARROWEST, width)))


def days_of(bar: Bar) -> Iterator[date]:
    """Every day that a bar marks."""
    spans = (bar.due, bar.forecast, bar.met, *bar.periods)
    yield from (day for one in spans if one for day in (one.first, one.last) if day)
    yield from (day for day in (bar.start, bar.ended) if day)


def axis(room: Scale) -> list[str]:
    """The calendar above the bars: labels at the first day of their year, quarter or month, and ticks."""
    months = (room.last.year - room.first.year) * 12 + room.last.month - room.first.month + 1
    unit = next((one for one in UNITS if room.width * one >= months * _label_room(one)), UNITS[-1])
    labels, ticks = [" "] * (room.width + 8), [" "] * room.width
    month = (room.first.year * 12 + room.first.month - 1) // unit * unit
    free = 0
    while month < 12 * 9999 + 12:
        day = date(max(1, month // 12), month % 12 + 1, 1)
        if day > room.last:
            break
        at = room.column(day)
        if day >= room.first and at >= free:
            label = _label(day, unit)
            labels[at : at + len(label)] = label
            ticks[at] = "'"
            free = at + len(label) + 1
        month += unit
    return ["".join(labels)[: room.width].rstrip(), "".join(ticks).rstrip()]


def _label_room(unit: int) -> int:
    return 8 if unit < 12 else 5


def _label(day: date, unit: int) -> str:
    if unit >= 12:
        return f"{day.year:04}"
    if unit == 6:
        return f"{day.year:04}-H{day.month // 6 + 1}"
    return f"{day.year:04}-Q{day.month // 3 + 1}" if unit == 3 else f"{day.year:04}-{day.month:02}"


def drawn(bar: Bar, room: Scale, on: date) -> str:
    """The marks of one item, a character a column."""
    cells = [" "] * room.width
    if bar.start:
        _fill(cells, room, bar.start, _end(bar), "-")
    for period in bar.periods:
        _window(cells, room, period)
    if bar.due and bar.due.first != bar.due.last:
        _fill(cells, room, bar.due.first, bar.due.last, "=")
    if room.inside(on) and cells[room.column(on)] == " ":
        cells[room.column(on)] = "|"
    marks = (
        ("F", bar.forecast and bar.forecast.last),
        ("D", bar.due and bar.due.last),
        ("X", bar.ended),
        ("M", bar.met and (bar.met.last or bar.met.first)),
    )
    for mark, day in marks:
        if day and room.inside(day):
            cells[room.column(day)] = mark
    _edges(cells, bar, room)
    return "".join(cells).rstrip()


def _end(bar: Bar) -> date | None:
    """Up to where work goes on from its start: to being met or closed, else to the later of due and forecast."""
    closed = bar.met.last if bar.met else bar.ended
    ahead = [one.last for one in (bar.due, bar.forecast) if one and one.last]
    return closed or max(ahead, default=None)


def _window(cells: list[str], room: Scale, span: Span) -> None:
    _fill(cells, room, span.first, span.last, "=")
    for mark, day in (("[", span.first), ("]", span.last)):
        if day and room.inside(day):
            cells[room.column(day)] = mark


def _fill(cells: list[str], room: Scale, first: date | None, last: date | None, mark: str) -> None:
    begin = max(0, room.column(first)) if first else 0
    end = min(room.width - 1, room.column(last)) if last else room.width - 1
    for column in range(begin, end + 1):
        cells[column] = mark


def _edges(cells: list[str], bar: Bar, room: Scale) -> None:
    """What lies outside of the days shown is pointed at."""
    days = list(days_of(bar))
    if any(day < room.first for day in days) or (bar.due and bar.due.first is None):
        cells[0] = "<"
    if any(day > room.last for day in days) or (bar.due and bar.due.last is None):
        cells[-1] = ">"
