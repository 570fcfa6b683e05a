"""What puts an open item at risk?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from domain.assess.item import Item, Reason, days
from domain.assess.outcome import Outcome
from domain.assess.thresholds import BEHIND_POINTS


class Expected(NamedTuple):
    """What an item waiting for another must know of it: is it open, and when is it expected?"""

    open: bool
    latest: date | None
    positions: tuple[int, ...]


Expectations = Callable[[str], Expected | None]
"""What is expected of an item anywhere, by its name; None when it does not stand."""


class Child(NamedTuple):
    """A milestone beside its status, as its commitment sees it."""

    item: Item
    status: str
    positions: tuple[int, ...]


def at_risk(item: Item, children: list[Child], judged: list[Outcome], expectations: Expectations) -> list[Reason]:
    """Every reason why an open item may not arrive in time."""
    return [
        *_forecast(item),
        *_grace(item),
        *_behind(item),
        *(reason for child in children for reason in _child(item, child)),
        *_predecessors(item, expectations),
        *_projection(judged),
    ]


def expected_of(item: Item) -> Expected:
    """What others may expect of an item."""
    return Expected(not item.closed, item.expected, item.behind())


def _forecast(item: Item) -> Iterator[Reason]:
    if item.forecast is None:
        return
    fact: Any = item.forecast.fact
    latest = fact.expected.latest
    if latest is None:
        return
    if item.last_day and latest > item.last_day:
        late = days((latest - item.last_day).days)
        yield Reason(
            "forecast-late",
            f"expected {fact.expected.wording}, {late} after the due ({fact.reason})",
            (item.forecast.position, item.due_by.position),
        )
    if latest < item.on:
        yield Reason(
            "forecast-passed",
            f"was expected {fact.expected.wording} and is not met",
            (item.forecast.position,),
        )


def _grace(item: Item) -> Iterator[Reason]:
    if item.due and item.due.latest and item.last_day and item.due.latest < item.on <= item.last_day:
        yield Reason(
            "in-grace",
            f"due {item.due.wording}; in its grace until {item.last_day}",
            (item.due_by.position,),
        )


def _behind(item: Item) -> Iterator[Reason]:
    report = item.facts.last(item.key, "percent", on=item.on)
    if not (report and item.start and item.start.earliest and item.start_by and item.due and item.due.latest):
        return
    whole = (item.due.latest - item.start.earliest).days
    gone = (item.on - item.start.earliest).days
    line = Decimal(100) if gone >= whole else Decimal(max(0, gone) * 100) / whole
    percent = report.fact.percent  # type: ignore[attr-defined]  # only reports of a percentage lie there
    if line - percent > BEHIND_POINTS:
        yield Reason(
            "behind",
            f"{percent:f} % reported {report.effective}, {line:.0f} % by the straight line from start to due",
            (report.position, item.start_by.position, item.due_by.position),
        )


def _child(item: Item, child: Child) -> Iterator[Reason]:
    milestone = child.item
    if milestone.state != "open":
        return
    if child.status in ("late", "at-risk"):
        yield Reason(f"milestone-{child.status}", f"milestone {milestone.key} is {child.status}", child.positions)
    due, last = milestone.due, item.due.latest if item.due else None
    if due and due.latest and last and due.latest > last:
        yield Reason(
            "milestone-after-due",
            f"milestone {milestone.key} is due {due.wording}, after the commitment itself",
            (milestone.due_by.position, item.due_by.position),
        )


def _predecessors(item: Item, expectations: Expectations) -> Iterator[Reason]:
    if not item.is_milestone or item.expected is None:
        return
    for name in item.after:
        before = expectations(name)
        if before and before.open and before.latest and before.latest > item.expected:
            yield Reason(
                "predecessor-later",
                f"waits for {name}, which is expected {before.latest}, after {item.expected}",
                (*before.positions, *item.behind()),
            )


def _projection(judged: list[Outcome]) -> Iterator[Reason]:
    for one in judged:
        if one.misses and one.projected:
            yield Reason(
                "projected-miss",
                f"{one.indicator}: {one.period.label} is heading for {one.projected.value:f} {one.projected.unit},"
                f" {one.terms.aim.replace('-', ' ')} {one.terms.amount.value:f} is promised",
                one.positions,
            )
