"""From which line on is a ledger read, where it is not read whole?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from domain.recorded import Recorded
from domain.refused import Refused
from ledger.checkpoints import origin
from ledger.line import describe
from ledger.note import NoteError
from ledger.record import Record
from ledger.roots import frontier_at
from ledger.rules import Before
from ledger.tree import Frontier
from ledger.verify_keys import Keys
from ledger.verify_notes import Checkpoint
from ledger.verify_rows import LOWEST


class Start(NamedTuple):
    """The tree over what is not read again, what rules must know of it, and what it says about the ledger itself."""

    tree: Frontier
    before: Before
    acts: Sequence[Recorded]

    @property
    def first(self) -> int:
        """The first position to be read; below 1 at the beginning, where stray lines may hide."""
        return self.before.size + 1 if self.before.size else LOWEST


def beginning() -> Start:
    """All is read."""
    return Start(Frontier(), Before(), ())


def after(record: Record, connection: Connection, size: int) -> Start:
    """What comes after the first `size` lines, from what the ledger keeps. Refused: `ledger-damaged`, `bad-line`."""
    if not size:
        return beginning()
    time = describe(record.line_at(size)).recorded
    before = Before(size, origin(record.id), time, record.zone)
    return Start(frontier_at(connection, size), before, record.stream("ledger", size))


def after_checkpoint(record: Record, connection: Connection, notes: Sequence[Checkpoint], keys: Keys) -> Start:
    """After the newest checkpoint that is given, or signed by a known key, and that the kept hashes agree with.

    The beginning, where there is none, or where what the ledger keeps cannot be used.
    """
    try:
        for note in reversed(notes):
            if note.origin == origin(record.id) and _pins(note, keys):
                start = after(record, connection, note.size)
                return start if start.tree.root() == note.root else beginning()
    except Refused:
        pass
    return beginning()


def _pins(note: Checkpoint, keys: Keys) -> bool:
    try:
        return note.where is not None or bool(keys.signers(note))
    except NoteError:
        return False
