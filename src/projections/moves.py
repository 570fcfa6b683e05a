"""Which moves of dues are on record, those too that were taken back?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.due import DueMoved
from domain.fuzzy import slip
from domain.recorded import Recorded
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.history import retractions


class Move(NamedTuple):
    """One move of a due. `days` is None when either side has no latest day; `retracted_by` is a position."""

    moved: Recorded
    fact: DueMoved
    days: int | None
    retracted_by: int | None


def moves(record: Record, base: Base, at: At) -> Iterator[Move]:
    """Every move that was known and effective at a point, oldest first; also those that were retracted."""
    holding = retractions(base, at)
    for page in record.recorded(until=at.known):
        for one in page:
            if isinstance(one.fact, DueMoved) and one.effective <= at.on:
                yield Move(one, one.fact, slip(one.fact.previous, one.fact.due), holding.get(one.position))
