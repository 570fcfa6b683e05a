"""What is the status of a commitment on a day, and why? Computed from facts, never typed in, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.assess.flags import flags_of
from domain.assess.item import Item, Reason, item_at
from domain.assess.outcome import Outcome, outcomes
from domain.assess.risk import Child, Expectations, Expected, expected_of
from domain.assess.table import STATUSES, Case, status_of
from domain.fold import Facts

__all__ = ["STATUSES", "Assessed", "Expected", "Outcome", "Reason", "assess", "expectation"]


@dataclass(frozen=True, slots=True)
class Assessed:
    """An item with its status, the reasons for it, and its flags; a commitment with its milestones and periods."""

    item: Item
    status: str
    reasons: list[Reason]
    flags: list[Reason]
    milestones: list[Assessed]
    outcomes: list[Outcome]

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
    item = item_at(facts, facts.key, on)
    if item is None:
        return None

    def expectations(name: str) -> Expected | None:
        return expectation(facts, name, on) if name.partition("/")[0] == facts.key else elsewhere(name)

    milestones = [
        _milestone(found, expectations)
        for key in facts.items()
        if "/" in key and (found := item_at(facts, key, on)) is not None
    ]
    children = [Child(one.item, one.status, _behind(one)) for one in milestones if one.status != "withdrawn"]
    keys = [item.key, *(child.item.key for child in children)]
    judged = outcomes(facts, on)
    status, reasons = status_of(Case(item, children, judged, expectations, keys))
    return Assessed(item, status, reasons, flags_of(item, status, keys), milestones, judged)


def expectation(facts: Facts, name: str, on: date) -> Expected | None:
    """What those who wait for an item of this stream may expect of it."""
    item = item_at(facts, name, on)
    return expected_of(item) if item else None


def _milestone(item: Item, expectations: Expectations) -> Assessed:
    status, reasons = status_of(Case(item, [], [], expectations, [item.key]))
    return Assessed(item, status, reasons, flags_of(item, status, [item.key]), [], [])


def _behind(one: Assessed) -> tuple[int, ...]:
    return tuple(sorted({position for reason in one.reasons for position in reason.positions}))
