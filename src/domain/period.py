"""Which stretches of the calendar do amounts belong to: years, halves, quarters, months, and runs of them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from domain.fuzzy import FuzzyDate, last_day
from domain.refused import Refused
from domain.text import shown

Kind = Literal["year", "half", "quarter", "month", "span"]
CalendarPer = Literal["year", "quarter", "month"]
Per = Literal[CalendarPer, "once"]

_KINDS: dict[int, Kind] = {12: "year", 6: "half", 3: "quarter", 1: "month"}
_MONTHS: dict[CalendarPer, int] = {"year": 12, "quarter": 3, "month": 1}


class Period(msgspec.Struct, frozen=True):
    """A stretch of whole days, from its first to its last. `kind` is `span` where it is no single calendar period."""

    first: date
    last: date
    kind: Kind

    @property
    def days(self) -> int:
        """How many days it has, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """How it is called: `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2022/2027`, `2025-01/2025-08`."""
        return _label(self)

    def overlaps(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Period) -> bool:
        """Whether every day of this one is a day of the other."""
        return other.first <= self.first and self.last <= other.last


def period_of(fuzzy: FuzzyDate) -> Period:
    """The calendar period, or run of whole months, that a date names exactly.

    Refused: `bad-period` when it is open, approximate or doubtful, or cuts a month.
    """
    first, last = fuzzy.earliest, fuzzy.latest
    if first is None or last is None:
        raise _bad_period(fuzzy, "has an open side")
    if fuzzy.edtf.endswith(("~", "?", "%")):
        raise _bad_period(fuzzy, "is marked as approximate or uncertain")
    if not (_begins(first, 1) and _ends(last, 1)):
        raise _bad_period(fuzzy, "does not consist of whole months")
    return _period(first, last)


def _bad_period(fuzzy: FuzzyDate, why: str) -> Refused:
    forms = "a whole year, half, quarter or month (2026, H1 2026, 2026-Q1, 2026-03) or a run of months, 2026-01/2026-08"
    return Refused("bad-period", f"{shown(fuzzy.wording)} {why}. Write {forms}.")


def cuts(window: FuzzyDate, per: Per) -> bool:
    """Whether a window begins or ends inside a year, quarter or month (an open side, and `once`, cut nothing)."""
    if per == "once":
        return False
    size = _MONTHS[per]
    late_start = window.earliest is not None and not _begins(window.earliest, size)
    return late_start or (window.latest is not None and not _ends(window.latest, size))


def calendar_period(per: CalendarPer, day: date) -> Period:
    """The year, quarter or month in which a day lies."""
    size = _MONTHS[per]
    return _calendar(_month(day) // size * size, size)


def periods(window: FuzzyDate, per: Per, until: date) -> list[Period]:
    """The whole periods of a window, oldest first, up to the one that contains `until` and the next after it.

    `once` has one period, the window itself. There is none without a first day, or for `once` without a last one.
    """
    if window.earliest is None:
        return []
    if per == "once":
        return [_period(window.earliest, window.latest)] if window.latest else []
    found = []
    for period in _whole_ones(window.earliest, window.latest or date.max, _MONTHS[per]):
        found.append(period)
        if period.first > until:
            break
    return found


# Months are counted from the year 0, so that a year, half or quarter begins where its size divides the count.


def _month(of: date) -> int:
    return of.year * 12 + of.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_of(month: int) -> date:
    return last_day(month // 12, month % 12 + 1)


def _begins(first: date, size: int) -> bool:
    """Whether a day is the first of a period of `size` months."""
    return first.day == 1 and _month(first) % size == 0


def _ends(last: date, size: int) -> bool:
    """Whether a day is the last of a period of `size` months."""
    return (_month(last) + 1) % size == 0 and last == _last_of(_month(last))


@lru_cache(1000)
def _label(period: Period) -> str:
    year = f"{period.first.year:04}"
    match period.kind:
        case "year":
            return year
        case "half":
            return f"{year}-H{period.first.month // 6 + 1}"
        case "quarter":
            return f"{year}-Q{period.first.month // 3 + 1}"
        case "month":
            return f"{year}-{period.first.month:02}"
    return _from_to(period.first, period.last)


def _from_to(first: date, last: date) -> str:
    """As EDTF: years where it has whole ones, else months, else days."""
    figures = next((n for n, size in ((4, 12), (7, 1)) if _begins(first, size) and _ends(last, size)), 10)
    return f"{first.isoformat()[:figures]}/{last.isoformat()[:figures]}"


@lru_cache(1000)  # the same few years, quarters and months are asked for again and again
def _calendar(month: int, size: int) -> Period:
    return Period(first=_first_of(month), last=_last_of(month + size - 1), kind=_KINDS[size])


def _period(first: date, last: date) -> Period:
    months = _month(last) - _month(first) + 1
    whole = months in _KINDS and _begins(first, months) and _ends(last, months)
    return Period(first=first, last=last, kind=_KINDS[months] if whole else "span")


def _whole_ones(first: date, last: date, size: int) -> Iterator[Period]:
    """The whole periods of `size` months that lie between two days."""
    start = _month(first) // size * size
    if not _begins(first, size):
        start += size
    beyond = _month(last) + _ends(last, 1)
    for month in range(start, beyond - size + 1, size):
        yield _calendar(month, size)
