"""Under what may lines of others enter a copy: a checkpoint that covers them, or a receipt that says there was none?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from domain.refused import Refused
from domain.text import text
from ledger.checkpoints import keep
from ledger.line import stamp
from ledger.reader import Reader, rows
from ledger.record import Record

if TYPE_CHECKING:
    from ledger.verify_notes import Given

RECEIPTS = "SELECT first, last, time, actor FROM receipt ORDER BY first"


class Receipt(NamedTuple):
    """The lines that were taken in under no checkpoint, when (as lines write it), and by whom."""

    first: int
    last: int
    time: str
    actor: str


def require_seal(record: Record, given: Sequence[Given], vkeys: Sequence[str]) -> None:
    """Returns when a checkpoint that a known key signed pins all lines now in the record, which then keeps it.

    Keys are known as in an audit: those named, and those that they handed over to. To be called under the head lock
    after lines were appended: what it refuses undoes them. Refused: `not-sealed`, `bad-checkpoint`, `bad-signature`,
    `not-signed`, `retired-key`, `bad-vkey`.
    """
    from ledger.prove import notes_of  # late: who looks at receipts needs no signatures
    from ledger.verify_keys import known, sealed_note
    from ledger.verify_report import Findings

    with record.store.appending() as appending:
        keys, holding = known(vkeys), notes_of(record, given)
        keys.follow(record.stream("ledger"), holding, Findings())
        notes = [sealed_note(one.raw, keys) for one in given]
        pinning = [note for note in holding if note.size == appending.size and note.where is not None]
        if not pinning:
            raise not_sealed(appending.size, sorted(note.size for note in notes))
        keep(appending, appending.size, pinning[0].raw.decode())


def not_sealed(size: int, others: Sequence[int] = ()) -> Refused:
    """No checkpoint pins the lines up to there; `others` are the sizes that those which were given say."""
    pinned = ", ".join(f"#{one}" for one in others)
    told = f" What was given pins {pinned}: the lines must end there, and be those." if others else ""
    return Refused(
        "not-sealed",
        f"No checkpoint by a known key pins these lines as they are, up to #{size}.{told} Give the one that was made of"
        " them with --checkpoint, and its key with --vkey; or take them on your own word with --unsealed.",
    )


def leave_receipt(record: Record, first: int, *, at: datetime, actor: str) -> None:
    """Note that the lines from `first` to the head came under no checkpoint; to be called as `require_seal` is.

    Refused: `bad-text`, `blank`.
    """
    from sqlalchemy import insert  # late, like the next: who looks at receipts needs neither

    from ledger.tables import receipt

    with record.store.appending() as appending:
        row = Receipt(first, appending.size, stamp(at), text(actor, "actor"))
        appending.connection.execute(insert(receipt), row._asdict())


def receipts(record: Record) -> list[Receipt]:
    """All of them, oldest lines first."""
    with record.store.asking() as reader:
        return receipts_in(reader)


def receipts_in(reader: Reader) -> list[Receipt]:
    """The same, from a database."""
    return [Receipt(*row) for row in rows(reader, RECEIPTS)]
