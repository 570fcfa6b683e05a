"""On what may the status of an item rest: on itself, its milestones, its targets, and on whom it waits for?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import msgspec

from domain.assess.item import Item, Reason
from domain.assess.outcome import Outcome
from domain.recorded import Recorded


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
    reasons: list[Reason]

    @property
    def name(self) -> str:
        """Its key without that of its commitment."""
        return self.item.key.partition("/")[2]

    def behind(self) -> tuple[int, ...]:
        """The positions of the events behind its status."""
        return tuple(sorted({position for reason in self.reasons for position in reason.positions}))


class Case(msgspec.Struct, frozen=True, gc=False):
    """An item with all else that counts."""

    item: Item
    report: Recorded | None
    """The latest report of the item and of its milestones that count."""
    expectations: Expectations
    children: list[Child]
    """The milestones that count: all but those withdrawn."""
    outcomes: list[Outcome]
    all: list[Item]
    """The item and every milestone of it, withdrawn or not."""


def expected_of(item: Item) -> Expected:
    """What others may expect of an item."""
    return Expected(not item.closed, item.expected, (item.expected_by.position,))
