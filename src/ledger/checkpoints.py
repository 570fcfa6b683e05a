"""Which checkpoints does a ledger keep, and how much of it lies behind the last one?"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from ledger.append import Appending
from ledger.line import URN
from ledger.record import Record
from ledger.tables import checkpoint, event

KEPT = select(checkpoint.c.size, checkpoint.c.note).order_by(checkpoint.c.size, checkpoint.c.note)
SAME = select(func.count()).where(checkpoint.c.size == bindparam("at"), checkpoint.c.note == bindparam("text"))
LAST_SIZE = select(func.max(checkpoint.c.size)).where(checkpoint.c.size <= bindparam("until"))
RECORDED = select(event.c.recorded).where(event.c.position == bindparam("position"))


class Unsealed(NamedTuple):
    """The lines after the last checkpoint that the ledger keeps: how many, and when the oldest was recorded.

    `sealed` is the size that this checkpoint pins, 0 without one; whether it holds is for an audit to say.
    """

    sealed: int
    lines: int
    oldest: str | None


def origin(ledger: str) -> str:
    """The first line of a ledger's checkpoints: the `source` of its lines (C2SP tlog-checkpoint, origin)."""
    return URN + ledger


def kept(record: Record) -> list[tuple[int, str]]:
    """The notes that the ledger keeps, each with the size that it is kept under, smallest first.

    What was put there and is no text is left out: that is for an audit to find.
    """
    with record.snapshot() as connection:
        return [(size, note) for size, note in kept_in(connection) if isinstance(note, str)]


def kept_in(connection: Connection) -> list[tuple[int, str]]:
    """The same, from a database, as they lie there."""
    return [(size, note) for size, note in connection.execute(KEPT)]


def keep(appending: Appending, size: int, note: str) -> None:
    """Let the ledger keep a note; one that it keeps already is not added again."""
    if not appending.connection.execute(SAME, {"at": size, "text": note}).scalar_one():
        appending.connection.execute(insert(checkpoint), {"size": size, "note": note})


def unsealed(record: Record, until: int | None = None) -> Unsealed:
    """What lies behind the last checkpoint, at a glance; `until` is the last line that is asked about."""
    with record.snapshot() as connection:
        size = record.head().size if until is None else until
        sealed = connection.execute(LAST_SIZE, {"until": size}).scalar_one() or 0
        return Unsealed(sealed, size - sealed, time_of(connection, sealed + 1) if sealed < size else None)


def time_of(connection: Connection, position: int) -> str | None:
    """When a line was recorded, as lines write it; None where there is no such line."""
    time: str | None = connection.execute(RECORDED, {"position": position}).scalar_one_or_none()
    return time
