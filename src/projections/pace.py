"""How fast does a commitment go, and where does that lead? What is undefined is said to be so, never 0 or endless."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from domain.assess.item import Item, item_at
from domain.assess.outcome import Outcome, outcomes
from domain.assess.risk import straight_line
from domain.occasion import stream_of, unknown
from domain.quantity import Quantity
from domain.recorded import Recorded
from projections.asked import At, facts_of
from projections.base import Base
from projections.rows import FOR_REPORTS
from projections.slips import chain

ALL = Decimal(100)
TENTH = Decimal("0.1")
STRETCHES = 2
"""An interval needs so many stretches between reports; with fewer it would look surer than it is."""
METHODS = {
    "projected": "the average pace from the start, or the first report, to the last report, kept up",
    "interval": f"the fastest and the slowest stretch between reports, kept up; from {STRETCHES} stretches on",
    "earned": "the day on which the straight line from start to due has the reported percentage",
}
"""How each figure is reached. Weights of milestones, which earned schedule would need, are not recorded."""


class Finish(msgspec.Struct, frozen=True):
    """When 100 % is reached at the pace so far. `why` says why there is no day; `open_ended` that no slowest pace
    bounds the interval, since in a stretch nothing was gained."""

    projected: date | None
    earliest: date | None
    latest: date | None
    open_ended: bool
    why: str | None


class PercentPace(msgspec.Struct, frozen=True):
    """The last reported percentage against the straight line from the start's first to the due's last day.

    `line_then` and `line_now` are the line on the day of the report and on as-of, to a tenth, `earned` is the day on
    which it has the reported percentage, `ahead` the days between that and the report; negative when behind. All are
    None where there is no such line.
    """

    percent: Decimal
    reported: date
    position: int
    line_then: Decimal | None
    line_now: Decimal | None
    earned: date | None
    ahead: int | None
    finish: Finish


class Restatement(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """An actual that took the place of another for the same period."""

    position: int
    actor: str
    effective: date
    period: str
    before: Quantity
    after: Quantity
    reason: str | None


class TargetPace(msgspec.Struct, frozen=True):
    """A target: its running period, if one runs, how many periods came out how, and what was restated."""

    indicator: str
    period: str | None
    amount: Quantity | None
    aim: str | None
    actual: Quantity | None
    projected: Quantity | None
    needed_per_month: Quantity | None
    outcomes: dict[str, int]
    restatements: list[Restatement]


class Pace(msgspec.Struct, frozen=True):
    """The pace of a commitment or milestone; `percent` is None where no percentage was reported."""

    percent: PercentPace | None
    targets: list[TargetPace]
    methods: dict[str, str]


class _Report(NamedTuple):
    day: date
    percent: Decimal


def pace(base: Base, at: At, key: str) -> Pace:
    """The pace of an item at a point. Refused: `unknown-key`."""
    item = item_at(facts_of(base, at, stream_of(key), FOR_REPORTS), key, at.on)
    if item is None:
        raise unknown(f"commitment/{key}")
    return Pace(percent_pace(item), list(target_paces(item)), METHODS)


def percent_pace(item: Item) -> PercentPace | None:
    """The pace by reported percentages."""
    told = [one for one in chain(item, "percent") if _sound(_of(one).percent)]
    if not told:
        return None
    last, percent = told[-1], _of(told[-1]).percent
    earned = _earned(item, percent)
    return PercentPace(
        percent,
        last.effective,
        last.position,
        _tenth(straight_line(item, last.effective)),
        _tenth(straight_line(item, item.on)),
        earned,
        (earned - last.effective).days if earned else None,
        _finish(item, _reports(item, told)),
    )


def _sound(percent: Decimal) -> bool:
    """Is it a percentage? Only a ledger that breaks the rules holds another number, or none."""
    return percent.is_finite() and 0 <= percent <= ALL


def _tenth(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(TENTH, ROUND_CEILING)


def _earned(item: Item, percent: Decimal) -> date | None:
    start, due = item.start, item.due
    if straight_line(item, item.on) is None or start is None or start.earliest is None or due is None or not due.latest:
        return None
    return start.earliest + timedelta(days=int((due.latest - start.earliest).days * percent / ALL))


def _finish(item: Item, reports: list[_Report]) -> Finish:
    if item.closed:
        return _undefined("it is closed")
    if reports[-1].percent == ALL:
        return _undefined("100 % is reported, and nobody said that it is met")
    gained = reports[-1].percent - reports[0].percent
    if len(reports) < 2:
        return _undefined("there is no start, and no second report on another day, to measure a pace from")
    if gained <= 0:
        return _undefined(f"nothing was gained between {reports[0].day} and {reports[-1].day}")
    rates = [(after.percent - before.percent) / (after.day - before.day).days for before, after in pairwise(reports)]
    average = gained / (reports[-1].day - reports[0].day).days
    projected = _reached(reports[-1], average)
    if projected is None:
        return _undefined("at that pace it would end after the year 9999")
    if len(rates) < STRETCHES:
        return Finish(projected, None, None, open_ended=False, why=None)
    slowest = min(rates)
    latest = _reached(reports[-1], slowest) if slowest > 0 else None
    return Finish(projected, _reached(reports[-1], max(rates)), latest, open_ended=latest is None, why=None)


def _undefined(why: str) -> Finish:
    return Finish(None, None, None, open_ended=False, why=why)


def _reports(item: Item, told: list[Recorded]) -> list[_Report]:
    """A percentage a day, oldest first, from nothing at the stated start on."""
    days: dict[date, Decimal] = {}
    if item.start and item.start.earliest and item.start.earliest < told[-1].effective:
        days[item.start.earliest] = Decimal(0)
    for one in told:
        days[one.effective] = _of(one).percent
    return [_Report(*pair) for pair in sorted(days.items())]


def _reached(last: _Report, rate: Decimal) -> date | None:
    """The day on which the rest is done at that rate; None after the last day of the calendar."""
    days = ((ALL - last.percent) / rate).to_integral_value(ROUND_CEILING)
    return last.day + timedelta(days=int(days)) if days <= (date.max - last.day).days else None


def target_paces(item: Item) -> Iterator[TargetPace]:
    """The pace of each target, in order of indicators."""
    judged: dict[str, list[Outcome]] = {}
    for one in outcomes(item):
        judged.setdefault(one.indicator, []).append(one)
    for indicator, its in judged.items():
        running = next((one for one in its if one.outcome == "running"), None)
        yield TargetPace(
            indicator,
            running.period.label if running else None,
            running.terms.amount if running else None,
            running.terms.aim if running else None,
            running.actual if running else None,
            running.projected if running else None,
            running.needed_per_month if running else None,
            dict(Counter(one.outcome for one in its)),
            sorted(_restated(item, indicator), key=lambda one: one.position),
        )


def _restated(item: Item, indicator: str) -> Iterator[Restatement]:
    for actuals in item.chains.get("actual", ()):
        for before, after in pairwise(actuals):
            if _of(after).indicator == indicator:
                yield _restatement(before, after)


def _restatement(before: Recorded, after: Recorded) -> Restatement:
    was, now = _of(before), _of(after)
    return Restatement(
        after.position, after.actor, after.effective, now.period.wording, was.quantity, now.quantity, now.reason
    )


def _of(one: Recorded) -> Any:
    return one.fact
