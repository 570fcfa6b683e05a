"""What puts an open item at risk?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any, NamedTuple

from domain.assess.case import Case, Child, Expectations
from domain.assess.item import Item, Reason
from domain.assess.outcome import Outcome
from domain.assess.thresholds import BEHIND_POINTS
from domain.assess.words import dated, days
from domain.quantity import plain
from domain.quantity import text as amount


def at_risk(case: Case) -> list[Reason]:
    """Every reason why an open item may not arrive in time."""
    item = case.item
    reasons = _grace(item)
    if item.forecast:
        reasons += _forecast(item)
    if "percent" in item.chains:
        reasons += _behind(item)
    for child in case.children:
        if child.item.state == "open":
            reasons += _child(item, child)
    if item.is_milestone:
        reasons += _predecessors(item, case.expectations)
    return reasons + [_projection(one) for one in case.outcomes if one.misses]


def _grace(item: Item) -> list[Reason]:
    if item.due is None or item.due.latest is None or item.on <= item.due.latest:
        return []
    return [Reason("in-grace", f"in its grace until {item.last_day}: due {dated(item.due)}", (item.due_by.position,))]


def _forecast(item: Item) -> list[Reason]:
    by: Any = item.forecast
    latest = by.fact.expected.latest
    reasons = []
    if latest and item.last_day and latest > item.last_day:
        over = days((latest - item.last_day).days)
        text = f"expected {dated(by.fact.expected)}, {over} after {item.last_day}: {by.fact.reason}"
        reasons.append(Reason("forecast-late", text, (by.position, item.due_by.position)))
    if latest and latest < item.on:
        text = f"was expected {dated(by.fact.expected)} and is not met"
        reasons.append(Reason("forecast-passed", text, (by.position,)))
    return reasons


def _behind(item: Item) -> list[Reason]:
    report: Any = item.last("percent")
    percent, line = report.fact.percent, straight_line(item, item.on)
    # What is no percentage, or no number at all, only a ledger that breaks the rules can hold.
    if line is None or not percent.is_finite() or line - percent <= BEHIND_POINTS or percent < 0:
        return []
    aimed = line.quantize(Decimal("0.1"), ROUND_CEILING)
    text = f"{_percent(percent)} reported {report.effective}, {_percent(aimed)} by the straight line"
    return [Reason("behind", text, (report.position, item.start_by.position, item.due_by.position))]


def _percent(value: Decimal) -> str:
    return f"{plain(round(value, 6))} %"


def straight_line(item: Item, day: date) -> Decimal | None:
    """The percentage that steady work would have reached by a day; None where no time has passed, or none was given."""
    start, due = item.start, item.due
    if start is None or start.earliest is None or due is None or due.latest is None:
        return None
    whole = (due.latest - start.earliest).days
    gone = min((day - start.earliest).days, whole)
    return Decimal(gone * 100) / whole if gone > 0 else None


def _child(item: Item, child: Child) -> list[Reason]:
    milestone = child.item
    reasons = []
    if child.status in ("late", "at-risk"):
        how = child.reasons[0].text if child.status == "late" else f"at risk: {child.reasons[0].text}"
        reasons.append(Reason(f"milestone-{child.status}", f"milestone {child.name} is {how}", child.behind()))
    if milestone.due and due_after(milestone, item):
        text = f"milestone {child.name} is due {dated(milestone.due)}, after its commitment"
        reasons.append(Reason("milestone-after-due", text, (milestone.due_by.position, item.due_by.position)))
    return reasons


def due_after(milestone: Item, commitment: Item) -> bool:
    """Is a milestone due after the commitment that it belongs to?"""
    due, last = milestone.due, commitment.due.latest if commitment.due else None
    return bool(due and due.latest and last and due.latest > last)


class Awaited(NamedTuple):
    """An open item that must come first and is expected later: when, so many days later, and by which events."""

    name: str
    latest: date
    over: int
    positions: tuple[int, ...]


def awaited(item: Item, expectations: Expectations) -> Iterator[Awaited]:
    """The items that it waits for beyond the day on which it is expected itself."""
    expected = item.expected
    for name in item.after if expected else ():
        before = expectations(name)
        if expected and before and before.open and before.latest and before.latest > expected:
            yield Awaited(name, before.latest, (before.latest - expected).days, before.positions)


def _predecessors(item: Item, expectations: Expectations) -> list[Reason]:
    return [
        Reason(
            "predecessor-later",
            f"waits for {one.name}, expected {one.latest}: {days(one.over)} after {item.expected}",
            (*one.positions, item.expected_by.position),
        )
        for one in awaited(item, expectations)
    ]


def _projection(one: Outcome) -> Reason:
    assert one.projected
    text = f"{one.indicator}: {one.period.label} heads for {amount(one.projected)}, {one.promised}"
    return Reason("projected-miss", text, one.positions)
