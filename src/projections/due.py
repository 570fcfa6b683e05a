"""What falls due, and what is overdue?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from domain.assess import Assessed, Outcome, assess
from domain.commitment import value
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.period import Period
from projections.asked import At, Elsewhere, facts_by
from projections.base import Base
from projections.filters import EVERYTHING, Filter
from projections.rows import LAST_DAY
from projections.status import title_at

_PARTS = {"quarter": 32, "half": 39}
AT_REST = frozenset({"met", "met-late", "claimed", "withdrawn", "closed-short", "suspended"})
"""Statuses of which nothing is due."""


class Rest(msgspec.Struct, frozen=True):
    """A country in which a day is no working day, and why: the holiday's name, or `weekend`."""

    country: str
    name: str


class Working(msgspec.Struct, frozen=True):
    """Is a last day a working day: where it is none, and the last day before it that is one everywhere (itself, if it
    is one; None where there was none for a month)."""

    rest: list[Rest]
    last_day: date | None


Calendar = Callable[[tuple[str, ...], date], Working | None]
"""Tells of a day in the countries of these promisors; None where nothing is known of them."""


class DueItem(msgspec.Struct, frozen=True):
    """A commitment, a milestone, or a period of a target, and its last day. The status of a period is its outcome.

    `working` only tells of the last day: the due itself never moves. It is left out where that is a working
    day or past, or nothing is known of it.
    """

    what: Literal["commitment", "milestone", "period"]
    key: str
    title: str
    due: FuzzyDate
    days_left: int
    status: str
    working: Working | msgspec.UnsetType = msgspec.UNSET


class DueList(NamedTuple):
    """What falls due, soonest first and so with what is overdue on top; and the open items that have no day to show."""

    items: list[DueItem]
    undated: list[str]


def falling_due(
    base: Base, at: At, within: int, wanted: Filter = EVERYTHING, calendar: Calendar = lambda promisors, day: None
) -> DueList:
    """Open items whose last day is past, or at most `within` days ahead.

    Periods of targets: the running and the next one, and those that ended short or unreported and speak for their
    target. What is closed, suspended or claimed is not listed, nor are the milestones of such a commitment.
    """
    items = [_in_calendar(one, judged, calendar) for judged, one in falling(base, at, within, wanted)]
    return DueList(sorted(items, key=soonest), _undated(base, at, wanted))


def falling(base: Base, at: At, within: int, wanted: Filter) -> Iterator[tuple[Assessed, DueItem]]:
    """The same with the commitments that they belong to, in no order."""
    until = date.fromordinal(min(at.on.toordinal() + within, LAST_DAY - 1))
    elsewhere = Elsewhere(base, at)
    for facts in facts_by(base, at, "facts falling due", wanted.keep, until=until.toordinal()):
        if wanted.may_hold(facts) and (judged := assess(facts, at.on, elsewhere)):
            found = due_of(judged, until)
            yield from ((judged, one) for one in found if wanted.holds(facts, one.key, one.status))


def soonest(one: DueItem) -> tuple[int, str]:
    """The order in which what falls due is listed."""
    return one.days_left, one.key


def _in_calendar(one: DueItem, judged: Assessed, calendar: Calendar) -> DueItem:
    if one.days_left < 0:
        return one  # it is past: nobody can work on it before
    promisors = value(judged.item.facts, "promisors", judged.item.on) or ()
    working = calendar(promisors, one.due.latest) if one.due.latest else None
    return msgspec.structs.replace(one, working=working) if working and working.rest else one


def _undated(base: Base, at: At, wanted: Filter) -> list[str]:
    items = sorted(base.rows("undated", known=at.known, on=at.on.toordinal(), never=LAST_DAY))
    if wanted == EVERYTHING:
        return [item for item, _ in items]
    facts = {one.subject: one for one in facts_by(base, at, "facts undated", wanted.keep, never=LAST_DAY)}
    return [item for item, subject in items if _is_wanted(wanted, facts[subject], item)]


def _is_wanted(wanted: Filter, facts: Facts, item: str) -> bool:
    return wanted.may_hold(facts) and wanted.holds(facts, item, "undated")


def due_of(judged: Assessed, until: date) -> Iterator[DueItem]:
    """What falls due of one commitment by a day."""
    if judged.item.state != "open":
        return
    for one in (judged, *judged.milestones):
        due, left = one.item.due, one.days_left
        if due and due.latest and left is not None and due.latest <= until and one.status not in AT_REST:
            what: Literal["commitment", "milestone"] = "milestone" if one.item.is_milestone else "commitment"
            yield DueItem(what, one.item.key, title_at(one), due, left, one.status)
    for outcome in judged.outcomes:
        if outcome.period.last <= until and _asks(outcome):
            yield _period(judged, outcome)


def _asks(outcome: Outcome) -> bool:
    """Is something still to come of a period?"""
    return outcome.outcome in ("running", "future") or (outcome.outcome in ("short", "unreported") and outcome.decides)


def _period(judged: Assessed, outcome: Outcome) -> DueItem:
    item, last = judged.item, outcome.period.last
    title = title_at(judged) if outcome.indicator == item.key else f"{title_at(judged)}: {outcome.indicator}"
    return DueItem("period", item.key, title, dated(outcome.period), (last - item.on).days, outcome.outcome)


def dated(period: Period) -> FuzzyDate:
    """A period as a date: its label, and EDTF's number for a quarter or half."""
    edtf = period.label
    if period.kind in _PARTS:
        edtf = f"{period.first.year:04}-{_PARTS[period.kind] + int(period.label[-1])}"
    return FuzzyDate(earliest=period.first, edtf=edtf, latest=period.last, wording=period.label)
