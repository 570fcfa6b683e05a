"""What is the status of a commitment on a day, and why? Computed from facts, never typed in, never stored."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

import msgspec

from domain.assess.case import Case, Child, Expectations, Expected, expected_of
from domain.assess.flags import flags_of
from domain.assess.item import Item, Reason, item_at, later
from domain.assess.outcome import Outcome, outcomes
from domain.assess.table import STATUSES, status_of
from domain.fold import Facts

__all__ = ["STATUSES", "Assessed", "Expected", "Outcome", "Reason", "assess", "expectation"]


class Assessed(msgspec.Struct, frozen=True, gc=False):
    """An item with its status and the reasons for it; a commitment with its milestones and periods."""

    case: Case
    status: str
    reasons: list[Reason]
    milestones: list[Assessed]

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.case.item

    @property
    def outcomes(self) -> list[Outcome]:
        """The periods of its targets."""
        return self.case.outcomes

    @property
    def flags(self) -> list[Reason]:
        """What else must be seen beside the status. Worked out when it is asked for: many only need the status."""
        return flags_of(self.case, self.status)

    @property
    def days_left(self) -> int | None:
        """Days from as-of to the due's last day; negative when it has passed, None without one."""
        due = self.item.due
        return (due.latest - self.item.on).days if due and due.latest else None


def assess(facts: Facts, on: date, elsewhere: Expectations = lambda _: None) -> Assessed | None:
    """The commitment of a stream as of a day; None when it does not stand then.

    `facts` may hold everything that is known, or only what counts. `elsewhere` tells what is expected of items of
    other commitments that milestones wait for.
    """
    items = {key: item for key in facts.items() if (item := item_at(facts, key, on))}
    if facts.key not in items:
        return None

    def expectations(name: str) -> Expected | None:
        here = items.get(name)
        return expected_of(here) if here else elsewhere(name)

    planned = [item for key, item in items.items() if key != facts.key]
    planned.sort(key=attrgetter("made.position"))  # as it was seen on that day
    return _commitment(items[facts.key], [_milestone(item, expectations) for item in planned], expectations)


def expectation(facts: Facts, name: str, on: date) -> Expected | None:
    """What those who wait for an item of this stream may expect of it."""
    item = item_at(facts, name, on)
    return expected_of(item) if item else None


def _commitment(item: Item, milestones: list[Assessed], expectations: Expectations) -> Assessed:
    children = [Child(one.item, one.status, one.reasons) for one in milestones if one.status != "withdrawn"]
    report = item.report
    for child in children:
        report = later(report, child.item.report)
    everything = [item, *(one.item for one in milestones)]
    return _assessed(Case(item, report, expectations, children, outcomes(item), everything), milestones)


def _milestone(item: Item, expectations: Expectations) -> Assessed:
    return _assessed(Case(item, item.report, expectations, [], [], [item]), [])


def _assessed(case: Case, milestones: list[Assessed]) -> Assessed:
    status, reasons = status_of(case)
    return Assessed(case, status, reasons, milestones)
