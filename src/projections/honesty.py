"""How near were forecasts to what came, and how soon were reports recorded?"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from statistics import median_high
from typing import Any, NamedTuple

import msgspec

from domain.assess import Assessed
from domain.assess.item import Item
from domain.life import ItemMet
from domain.recorded import Recorded
from projections.slips import chain

LEADS: tuple[tuple[str, int], ...] = (
    ("up to 30 days ahead", 30),
    ("31 to 90 days ahead", 90),
    ("91 to 180 days ahead", 180),
    ("181 to 365 days ahead", 365),
    ("over 365 days ahead", 10**7),
)
"""Lead times: from the day of a forecast to the day that it named, at most so many days."""


class Honesty(msgspec.Struct, frozen=True):
    """Forecasts of one lead time against the day on which the item was met, in days; later than forecast is positive.

    `bias` is the median (of two in the middle the later), `least` and `most` are the spread. `waiting` forecasts are
    not among them: their day has passed, and their item is not met yet.
    """

    lead: str
    forecasts: int
    bias: int | None
    least: int | None
    most: int | None
    waiting: int


class Lag(msgspec.Struct, frozen=True):
    """Days from the day on which something was so to the day on which it was recorded.

    Of a period's first actual they count from its end, of what was met from the day of being met.
    """

    reports: int
    median: int | None
    longest: int | None


class Forecast(NamedTuple):
    """A forecast by its lead time in days, and by how much later the item was met; None where it waits."""

    lead: int
    error: int | None


def honesty(forecasts: Iterable[Forecast]) -> list[Honesty]:
    """Forecasts by lead time; lead times without any are left out."""
    all, told, below = list(forecasts), [], -1
    for lead, most in LEADS:
        within = [one for one in all if below < one.lead <= most]
        below = most
        if within:
            told.append(_told(lead, within))
    return told


def _told(lead: str, within: list[Forecast]) -> Honesty:
    errors = [one.error for one in within if one.error is not None]
    waiting = len(within) - len(errors)
    if not errors:
        return Honesty(lead, 0, None, None, None, waiting)
    return Honesty(lead, len(errors), median_high(errors), min(errors), max(errors), waiting)


def lag(days: Counter[int]) -> Lag:
    """How soon reports were recorded; so many after so many days."""
    count = days.total()
    if not count:
        return Lag(0, None, None)
    ordered = sorted(days)
    passed = list(accumulate(days[one] for one in ordered))
    median = ordered[bisect_right(passed, count // 2)]
    return Lag(count, median, max(days))


def forecasts_of(found: Assessed) -> list[Forecast]:
    """The forecasts of a commitment and its milestones that can be held against what came."""
    return [one for item in items_of(found) for one in _forecasts(item)]


def lags_of(found: Assessed) -> Counter[int]:
    """After how many days the reports of a commitment and its milestones were recorded."""
    return Counter(one for item in items_of(found) for one in _lags(item))


def items_of(found: Assessed) -> list[Item]:
    """The commitment and its milestones."""
    return [found.item, *(each.item for each in found.milestones)]


def _forecasts(item: Item) -> Iterator[Forecast]:
    met = item.met_on.latest if item.met_on else None
    for one in chain(item, "forecast"):
        fact: Any = one.fact
        named: date | None = fact.expected.latest
        if named is None:
            continue
        lead = max(0, (named - one.effective).days)
        if met and one.effective <= met:
            yield Forecast(lead, (met - named).days)
        elif not item.closed and named < item.on:
            yield Forecast(lead, None)


def _lags(item: Item) -> Iterator[int]:
    reports = {one.position: one for what in ("percent", "remark", "forecast") for one in chain(item, what)}
    for one in reports.values():
        yield _waited(one, one.effective)
    for actuals in item.chains.get("actual", ()):
        first = min(actuals, key=lambda one: one.position)
        yield _waited(first, _last_day(first, "period"))
    for one in chain(item, "life"):
        if isinstance(one.fact, ItemMet):
            yield _waited(one, _last_day(one, "met_on"))


def _last_day(one: Recorded, name: str) -> date:
    latest: date | None = getattr(one.fact, name).latest
    return latest or one.effective


def _waited(one: Recorded, day: date) -> int:
    """A report on a period that still runs waits for nothing."""
    return max(0, (one.recorded.date() - day).days)
