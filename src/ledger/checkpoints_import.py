"""Under what may lines of others enter a copy: a checkpoint that covers them, or a receipt that says there was none?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from domain.refused import Refused
from domain.text import text
from ledger.append import Appending
from ledger.checkpoints import keep, origin
from ledger.line import stamp
from ledger.record import Record
from ledger.roots import root_at
from ledger.tables import receipt

RECEIPTS = select(receipt).order_by(receipt.c.first)


class Receipt(NamedTuple):
    """The lines that were taken in under no checkpoint, when (as lines write it), and by whom."""

    first: int
    last: int
    time: str
    actor: str


def require_seal(appending: Appending, notes: Sequence[bytes], vkeys: Sequence[str]) -> None:
    """Returns when a note that a known key signed pins all lines now in the record; the record then keeps it.

    To be called under the head lock after lines were appended: what it refuses undoes them. Refused: `not-sealed`,
    `bad-checkpoint`, `bad-signature`, `bad-vkey`.
    """
    from ledger.verify_keys import sealed_note  # late: who looks at receipts needs no signatures

    for raw in notes:
        note = sealed_note(raw, vkeys)
        here = note.origin == origin(appending.id) and note.size == appending.size
        if here and root_at(appending.connection, note.size) == note.root:
            keep(appending, note.size, raw.decode())
            return
    raise Refused(
        "not-sealed",
        f"No checkpoint by a known key pins these lines as they are, up to #{appending.size}. Give the one that was"
        " made of them with --checkpoint, and its key with --vkey; or take them on your own word with --unsealed.",
    )


def leave_receipt(appending: Appending, first: int, *, at: datetime, actor: str) -> None:
    """Note that the lines from `first` to the head came under no checkpoint. Refused: `bad-text`, `blank`."""
    row = Receipt(first, appending.size, stamp(at), text(actor, "actor"))
    appending.connection.execute(insert(receipt), row._asdict())


def receipts(record: Record) -> list[Receipt]:
    """All of them, oldest lines first."""
    with record.snapshot() as connection:
        return receipts_in(connection)


def receipts_in(connection: Connection) -> list[Receipt]:
    """The same, from a database."""
    return [Receipt(*row) for row in connection.execute(RECEIPTS)]
