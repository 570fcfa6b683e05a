"""When does time alone change a status? The first day on which another holds, if nothing is recorded until then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.assess.case import Case
from domain.assess.item import Item
from domain.assess.thresholds import BEHIND_POINTS, UNREPORTED_DAYS

if TYPE_CHECKING:
    from domain.assess import Assessed

HORIZON = 3653
"""Days that are looked ahead, ten years."""


def turn(judged: Assessed, judge: Callable[[date], Assessed]) -> Assessed | None:
    """The item on the first later day on which its status is another; None when that never comes, or not so soon.

    `judge` gives the item of another day, by the same facts.
    """
    if judged.item.state != "open":
        return None  # only records end it
    now, horizon = judged, _after(judged.item.on, HORIZON)
    while True:
        day = min((day for day in _days(now.case) if now.item.on < day <= horizon), default=None)
        if day is None:
            return None
        now = judge(day)
        if now.status != judged.status:
            return now


def _days(case: Case) -> Iterator[date]:
    """The days on which something that the status table asks for may be otherwise than on the day before."""
    for item in (case.item, *(child.item for child in case.children)):
        yield from _of_item(item)
    if case.report:
        yield _after(case.report.effective, UNREPORTED_DAYS)
    for one in case.outcomes:
        yield one.period.first
        yield _after(one.period.last)


def _of_item(item: Item) -> Iterator[date]:
    forecast: Any = item.forecast
    if item.start and item.start.earliest:
        yield item.start.earliest
    if item.report:
        yield _after(item.report.effective, UNREPORTED_DAYS)
    yield _after(item.made.effective, UNREPORTED_DAYS)
    for last in (item.due and item.due.latest, item.last_day, forecast and forecast.fact.expected.latest):
        if last:
            yield _after(last)
    yield from _falling_behind(item)


def _falling_behind(item: Item) -> Iterator[date]:
    """The day on which the last report comes to lie too far under the straight line."""
    report: Any = item.last("percent")
    start, due = item.start, item.due
    if not (report and start and start.earliest and due and due.latest and report.fact.percent.is_finite()):
        return
    whole = (due.latest - start.earliest).days
    gone = int((report.fact.percent + BEHIND_POINTS) * whole / Decimal(100)) + 1
    if 0 < gone <= whole:
        yield start.earliest + timedelta(days=gone)


def _after(day: date, days: int = 0) -> date:
    """The day after so many more."""
    return date.fromordinal(min(day.toordinal() + days + 1, date.max.toordinal()))
