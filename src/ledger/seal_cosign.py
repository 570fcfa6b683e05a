"""May an auditor put a name under a checkpoint: is it the largest of its ledger, and does it go on from all before?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from domain.refused import Refused
from domain.text import shown
from ledger.checkpoints import origin
from ledger.checkpoints_consistency import Consistency, consistency
from ledger.keys import SealingKey
from ledger.line import URN
from ledger.note import cosign
from ledger.record import Record
from ledger.seal_state import Signed, holding
from ledger.trouble import CannotDecide
from ledger.verify_keys import known, sealed_note
from ledger.verify_notes import Checkpoint

Proof = Callable[[int, Checkpoint], Consistency]
"""Gives what shows that a checkpoint goes on from a size."""


class Cosigned(NamedTuple):
    """A note with one more signature. `before` is the size that was signed last, 0 where this is the first."""

    note: str
    ledger: str
    size: int
    before: int


def cosign_checkpoint(raw: bytes, key: SealingKey, vkeys: Sequence[str], proof: Proof, time: int) -> Cosigned:
    """Sign a checkpoint as a witness does (C2SP tlog-witness); `time` in POSIX seconds, `vkeys` those of the sealer.

    Refused: `bad-checkpoint`, `not-signed`, `bad-signature`, `older-checkpoint`, `fork`, `inconsistent`, what `proof`
    refuses, and `bad-vkey`, `bad-state`, `not-written`.
    """
    note = sealed_note(raw, known(vkeys))
    ledger = note.origin.removeprefix(URN)
    with holding(key.file) as (state,):
        last = state.last(ledger)
        if last:
            _check_larger(note, last)
            if note.size > last.size:
                proof(last.size, note).check(last.root, note.size, note.root)
        else:
            proof(0, note)
        signed = cosign(note.raw.decode(), key.name, key.private, time)
        state.set(ledger, Signed(note.size, note.root))
    return Cosigned(signed, ledger, note.size, last.size if last else 0)


def by_ledger(record: Record) -> Proof:
    """Consistency shown by a copy of the ledger. Refused: `another-ledger`, `ledger-smaller`, `not-this-history`."""

    def prove(size: int, note: Checkpoint) -> Consistency:
        if note.origin != origin(record.id):
            raise Refused("another-ledger", f"The checkpoint is one of {shown(note.origin)}, not of the ledger here.")
        if note.size > record.size:
            raise CannotDecide(
                "ledger-smaller", f"The copy here ends at #{record.size}, before #{note.size}. Renew it."
            )
        if record.root(note.size) != note.root:
            raise Refused("not-this-history", f"The first {note.size:,} lines here have another root than it says.")
        return consistency(record, size, note.size) if size else Consistency(0, ())

    return prove


def by_proof(given: Consistency | None) -> Proof:
    """Consistency shown by a proof that was handed in. `CannotDecide`: `needs-proof`."""

    def prove(size: int, _: Checkpoint) -> Consistency:
        if size and (given is None or given.size != size):
            raise CannotDecide(
                "needs-proof",
                f"This key last signed #{size}. Give --ledger, or a proof that begins there: pledger audit prove"
                f" --consistency {size} SIZE.",
            )
        return given if given and size else Consistency(0, ())

    return prove


def _check_larger(note: Checkpoint, last: Signed) -> None:
    if note.size < last.size:
        raise Refused("older-checkpoint", f"This key has signed #{last.size} already, and #{note.size} is older.")
    if note.size == last.size and note.root != last.root:
        raise Refused(
            "fork",
            f"This key has signed another root at #{note.size}: {last.root.hex()}. The ledger has two histories; keep"
            " both checkpoints, they prove it.",
        )
