"""How did what was expected of an item move while time went on? Milestone trend analysis, from forecasts and dues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from domain.assess.item import Item, item_at
from domain.fuzzy import FuzzyDate
from domain.occasion import stream_of, unknown
from domain.recorded import Recorded
from projections.asked import At, facts_of
from projections.base import Base
from projections.rows import FOR_SLIPS
from projections.slips import chain
from projections.status import title_of

HUNDREDTH = Decimal("0.01")


class Point(msgspec.Struct, frozen=True):
    """What held from a day on: the forecast's and the due's last day, and by which of them it was expected.

    `position`, `actor` and `reason` are those of the event; a promise that was made has no reason.
    """

    day: date
    forecast: date | None
    due: date | None
    expected: date | None
    position: int
    actor: str
    reason: str | None


class Trend(msgspec.Struct, frozen=True):
    """An item with its points, oldest first.

    `slip_rate`: days by which what was expected moved, for each day that passed, from the first report to the last; at
    1 or more it never arrives. None where no two days have a report. `arrives`: the day on which the line of that rate
    meets the diagonal (day of report = expected day), for what is open.
    """

    item: str
    title: str
    points: list[Point]
    slip_rate: Decimal | None
    arrives: date | None
    met_on: FuzzyDate | None
    open: bool


def trend(base: Base, at: At, items: Sequence[str]) -> list[Trend]:
    """The trend of each item, as it was known at a point. Refused: `unknown-key`."""
    return [_trend(_item(base, at, key)) for key in items]


def _item(base: Base, at: At, key: str) -> Item:
    item = item_at(facts_of(base, at, stream_of(key), FOR_SLIPS), key, at.on)
    if item is None:
        raise unknown(f"commitment/{key}")
    return item


def _trend(item: Item) -> Trend:
    told = [item.made, *chain(item, "due"), *chain(item, "forecast")]
    points = list(points_of(sorted(told, key=lambda one: (one.effective, one.position))))
    rate = slip_rate(points)
    still = not item.closed
    named = item.facts.last(item.key, "field", "title", item.on)
    title = _title(named) if named else title_of(item.made)
    return Trend(item.key, title, points, rate, arrival(points, rate) if still else None, item.met_on, still)


def _title(restated: Recorded) -> str:
    fact: Any = restated.fact
    title: str = fact.changes["title"].to
    return title


def points_of(told: Iterable[Recorded]) -> Iterable[Point]:
    """What held from each event on, of an item's being made, its moves and its forecasts in order."""
    forecast = due = None
    for one in told:
        fact: Any = one.fact
        if hasattr(fact, "expected"):
            forecast = fact.expected.latest
        else:
            due = fact.due.latest if fact.due else None
        yield Point(
            one.effective, forecast, due, forecast or due, one.position, one.actor, getattr(fact, "reason", None)
        )


def slip_rate(points: Sequence[Point]) -> Decimal | None:
    """Days per day between the first and the last report that has an expected day; to a hundredth."""
    found = [(one.day, one.expected) for one in points if one.expected]
    if not found or found[0][0] == found[-1][0]:
        return None
    (first, before), (last, after) = found[0], found[-1]
    return (Decimal((after - before).days) / (last - first).days).quantize(HUNDREDTH)


def arrival(points: Sequence[Point], rate: Decimal | None) -> date | None:
    """Where the line through the last report, at that rate, meets the diagonal; None where it never does."""
    last = next((one for one in reversed(points) if one.expected), None)
    if last is None or last.expected is None or rate is None or rate >= 1:
        return None
    wait = int((last.expected - last.day).days / (1 - rate))
    return last.day + timedelta(days=wait) if wait <= (date.max - last.day).days else None
