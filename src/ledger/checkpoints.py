"""Which checkpoints does a ledger keep, and how much of it lies behind the last one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.line import URN
from ledger.reader import Reader, rows
from ledger.record import Record

if TYPE_CHECKING:
    from ledger.append import Appending

KEPT = "SELECT size, note FROM checkpoint ORDER BY size, note"
SAME = "SELECT count(*) FROM checkpoint WHERE size = :at AND note = :text"
LAST_SIZE = "SELECT max(size) FROM checkpoint WHERE size <= :until"
RECORDED = "SELECT recorded FROM event WHERE position = :position"


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
    with record.store.asking() as reader:
        return [(size, note) for size, note in kept_in(reader) if isinstance(note, str)]


def kept_in(reader: Reader) -> list[tuple[int, str]]:
    """The same, from a database, as they lie there."""
    return [(size, note) for size, note in rows(reader, KEPT)]


def keep(appending: Appending, size: int, note: str) -> None:
    """Let the ledger keep a note; one that it keeps already is not added again."""
    from sqlalchemy import insert  # late, like the next: who asks needs neither

    from ledger.tables import checkpoint

    if rows(appending.connection, SAME, at=size, text=note) == [(0,)]:
        appending.connection.execute(insert(checkpoint), {"size": size, "note": note})


def unsealed(record: Record, until: int | None = None) -> Unsealed:
    """What lies behind the last checkpoint, at a glance; `until` is the last line that is asked about."""
    with record.store.asking() as reader:
        size = record.head().size if until is None else until
        ((last,),) = rows(reader, LAST_SIZE, until=size)
        sealed = last or 0
        return Unsealed(sealed, size - sealed, time_of(reader, sealed + 1) if sealed < size else None)


def time_of(reader: Reader, position: int) -> str | None:
    """When a line was recorded, as lines write it; None where there is no such line."""
    times = rows(reader, RECORDED, position=position)
    return times[0][0] if times else None
