"""From what can a ledger be made again: its lines, with all that lies beside them and is not worked out from them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import insert

from domain.refused import Refused
from domain.text import shown
from exchange.check import Watch
from exchange.handed import Handed
from exchange.lines import write_lines
from ledger.checkpoints import keep, kept, origin
from ledger.checkpoints_import import Receipt, receipts
from ledger.note import NoteError
from ledger.place import label
from ledger.record import Record
from ledger.tables import receipt
from ledger.verify_notes import read_note


@dataclass(frozen=True)
class Source:
    """`name` is how a sentence names it; size and root (RFC 6962) are those that it says it has."""

    name: str
    lines: Handed
    size: int
    root: bytes
    notes: Sequence[str]
    receipts: Sequence[Receipt]

    def admit(self, record: Record) -> None:
        """Give a copy, whose lines have just entered, all that lay beside them; called under the head lock.

        Refused: `copy-differs` where the lines do not give the root, `bad-checkpoint` where a checkpoint does not hold.
        """
        if (record.size, record.root()) != (self.size, self.root):
            raise Refused(
                "copy-differs",
                f"{self.name} says that it has {self.size:,} lines with the root {self.root.hex()}; its lines are"
                f" {record.size:,}, with the root {record.root().hex()}. It was changed or damaged; nothing was made.",
            )
        with record.store.appending() as appending:
            for note in self.notes:
                keep(appending, self._pinned(record, note), note)
            if self.receipts:
                appending.connection.execute(
                    insert(receipt), list({one.first: one._asdict() for one in self.receipts}.values())
                )

    def _pinned(self, record: Record, note: str) -> int:
        """The size that a checkpoint pins, which must be what the lines are up to there."""
        try:
            found = read_note(None, note.encode())
        except (NoteError, UnicodeEncodeError) as error:
            raise Refused("bad-checkpoint", f"A checkpoint in {self.name} is none: {error}") from None
        if found.origin != origin(record.id) or found.size > record.size or record.root(found.size) != found.root:
            raise Refused(
                "bad-checkpoint",
                f"The checkpoint of #{found.size} in {self.name} does not pin its lines: see pledger audit verify."
                " Nothing was made.",
            )
        return found.size


@contextmanager
def ledger_source(where: str | Path, watch: Watch) -> Iterator[Source]:
    """A ledger, as it is at one moment. Refused: `ledger-damaged`, and as `Record.open`."""
    with Record.open(where) as record, record.store.reading(), TemporaryFile() as file:
        size, root = record.size, record.root()
        write_lines(record, file, size, watch)
        file.flush()  # or it would change when it is first read, as if somebody wrote to it
        notes = [note for _, note in kept(record)]
        yield Source(_named(where), Handed(_named(where), file, "lines"), size, root, notes, receipts(record))


def _named(where: str | Path) -> str:
    return shown(label(where), 200)[1:-1]
