"""How often, by how many days, by whom and why did each due move?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.due import DueMoved
from domain.recorded import Recorded
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.history import retractions


class Slip(NamedTuple):
    """One move of a due. `days` is None when either side has no latest day; `retracted_by` is a position."""

    moved: Recorded
    fact: DueMoved
    days: int | None
    retracted_by: int | None


def slips(record: Record, base: Base, at: At) -> Iterator[Slip]:
    """Every move that was known and effective at a point, oldest first; also those that were retracted."""
    holding = retractions(base, at)
    for page in record.recorded(until=at.known):
        for one in page:
            if isinstance(one.fact, DueMoved) and one.effective <= at.on:
                yield Slip(one, one.fact, days_of(one.fact), holding.get(one.position))


def days_of(fact: DueMoved) -> int | None:
    """Days from the last day of the due before to that of the due after."""
    before = fact.previous.latest if fact.previous else None
    return (fact.due.latest - before).days if before and fact.due.latest else None
