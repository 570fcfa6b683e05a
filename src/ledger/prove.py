"""Which checkpoint covers a line, and how does the ledger show that the line is under it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from domain.refused import Refused
from ledger.checkpoints import kept, origin
from ledger.note import NoteError
from ledger.record import Record
from ledger.roots import Nodes
from ledger.tlog_proof import TlogProof
from ledger.tree import inclusion_proof
from ledger.verify_notes import Checkpoint, Given, read_note


def prove(record: Record, position: int, note: Checkpoint) -> TlogProof:
    """The proof that a line is under a checkpoint, by the hashes that the ledger keeps; it carries the line.

    Refused: `no-such-position`, `ledger-damaged`, `not-included` where the kept hashes lead elsewhere.
    """
    with record.snapshot():
        line = record.line_at(position)
        found = TlogProof(position, inclusion(record, position, note.size), note.raw, line)
    found.check(line, note.size, note.root)
    return found


def inclusion(record: Record, position: int, size: int) -> list[bytes]:
    """The hashes that lead from a line to the root of the first `size` lines. Refused: `ledger-damaged`."""
    with record.store.asking() as reader:
        return inclusion_proof(Nodes(reader), position - 1, size)


def covering(record: Record, position: int, given: Iterable[Given] = (), *, newest: bool = True) -> Checkpoint:
    """The newest checkpoint (or the oldest) that pins this ledger at that position or after it.

    Those that are given come before those of the same size that the ledger keeps. Refused: `not-sealed-yet`.
    """
    notes = [one for one in notes_of(record, given) if one.size >= position]
    if not notes:
        raise Refused(
            "not-sealed-yet",
            f"No checkpoint covers #{position} yet, so that nothing outside pins it. Seal first: pledger audit seal.",
        )
    size = max(one.size for one in notes) if newest else notes[0].size
    return next(one for one in notes if one.size == size)


def notes_of(record: Record, given: Iterable[Given] = ()) -> list[Checkpoint]:
    """The signed checkpoints that pin this ledger, given or kept, smallest first; what does not is left out."""
    with record.snapshot():
        size = record.size
        found = [one for one in _read(record, given) if 0 < one.size <= size and one.origin == origin(record.id)]
        return sorted((one for one in found if record.root(one.size) == one.root), key=lambda one: one.size)


def _read(record: Record, given: Iterable[Given]) -> Iterator[Checkpoint]:
    for one in given:
        try:
            yield read_note(one.name, one.raw)
        except NoteError as error:
            raise Refused("bad-checkpoint", f"This is no checkpoint: {error}") from None
    for _, note in kept(record):
        with suppress(NoteError):
            yield read_note(None, note.encode())
