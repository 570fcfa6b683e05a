"""What was recorded, line by line, and what of it was retracted?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

import msgspec

from domain.recorded import Fact, Recorded
from ledger.line import stamp
from ledger.record import Record
from projections.asked import At
from projections.base import Base


class Event(msgspec.Struct, frozen=True):
    """A line. `recorded` is its instant as lines write it; `retracted_by` the position of the retraction that holds."""

    position: int
    id: str
    type: str
    subject: str
    recorded: str
    effective: date
    actor: str
    data: Fact
    command: str
    retracted_by: int | None


def history(record: Record, base: Base, at: At, subject: str | None = None) -> Iterator[Event]:
    """The lines of a stream, or of the whole ledger, as known and as true at a point; oldest first.

    The models answer at once; the lines are read as they are asked for, a page at a time. `projections.trail` has
    those that are looked for.
    """
    return events(seen(record, at, subject), retractions(base, at))


def seen(record: Record, at: At, subject: str | None = None) -> Iterator[Recorded]:
    """The lines themselves, read as they are asked for."""
    pages: Iterable[list[Recorded]] = (
        record.recorded(until=at.known) if subject is None else [record.stream(subject, until=at.known)]
    )
    return (one for one in chain.from_iterable(pages) if one.effective <= at.on)


def retractions(base: Base, at: At) -> dict[int, int]:
    """Which events counted as retracted, and by which."""
    holding: dict[int, int] = dict(base.rows("retracted", known=at.known))
    return holding


def events(lines: Iterable[Recorded], retracted: Mapping[int, int] | None = None) -> Iterator[Event]:
    """Lines in the shape in which they are given; `retracted` tells by position which retraction holds."""
    for one in lines:
        yield Event(
            one.position,
            one.id,
            one.fact.stored,
            one.subject,
            stamp(one.recorded),
            one.effective,
            one.actor,
            one.fact,
            one.command,
            (retracted or {}).get(one.position),
        )
