"""How is a ledger sealed: its size and root pinned by a signature, which nobody can give to another history later?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from domain.ledger_acts import KeyRotated, acknowledge_restore, retirement, rotate_key
from domain.occasion import Occasion
from domain.recorded import New
from domain.refused import Refused
from domain.text import shown
from ledger.checkpoints import keep, kept, origin
from ledger.keys import SealingKey
from ledger.ledger import Ledger
from ledger.note import NoteError, checkpoint, countersign, sign
from ledger.record import Record
from ledger.roots import frontier_at
from ledger.seal_state import Signed, State, holding
from ledger.verify_keys import signs
from ledger.verify_notes import read_note
from ledger.verify_pass import Watch, nobody, read_again
from ledger.verify_report import Findings
from ledger.verify_schema import check_schema
from ledger.verify_start import after

WAY_OUT = (
    "`pledger audit verify` says what differs. If a backup was restored on purpose, say so for ever:"
    ' pledger audit seal --acknowledge-restore "…".'
)


class Sealed(NamedTuple):
    """A checkpoint that was made: its note, what it pins, and how many lines it is the first to pin."""

    note: str
    size: int
    root: bytes
    lines: int


class Unsound(Refused):
    """The lines that were to be sealed are not as they should be; `findings` says where."""

    def __init__(self, findings: Findings) -> None:
        first = findings.listed[0]
        where = "" if first.position is None else f"#{first.position}: "
        many = "1 finding" if findings.count == 1 else f"{findings.count:,} findings"
        super().__init__("unsound", f"The ledger is not sealed, for {many}: {where}{first.text}")
        self.findings = findings


def seal(ledger: Ledger, key: SealingKey, *, watch: Watch = nobody) -> Sealed:
    """Sign all that stands, once it is known to go on from what this key signed last. The ledger keeps the note.

    Lines that are new since then are read and hashed again. Sealed again, the same gives the same note.
    Refused: `ledger-smaller`, `ledger-inconsistent`, `key-retired`, `bad-state`, `not-written`; `Unsound`.
    """
    with holding(key.file) as (state,):
        return _seal(ledger, [(key, state)], _last(ledger.record, state, key), watch)


def seal_restored(ledger: Ledger, key: SealingKey, *, because: str | None, actor: str, watch: Watch = nobody) -> Sealed:
    """Record that a backup took the ledger's place, and seal what stands now, all of which is read again.

    Refused: `nothing-restored` where all that was sealed is still there, `no-reason`, and as `seal`.
    """
    with holding(key.file) as (state,):
        last = state.last(ledger.record.id)
        if last is None or _lost(ledger.record, last) is None:
            raise Refused(
                "nothing-restored", "The ledger holds all that this key has sealed. Leave --acknowledge-restore out."
            )
        _read_new(ledger.record, None, watch)
        _record(ledger, actor, lambda at: acknowledge_restore(at, last.size, last.root.hex(), because=because))
        return _seal(ledger, [(key, state)], None, watch)


def rotate(
    ledger: Ledger, old: SealingKey, new: SealingKey, *, because: str | None, actor: str, watch: Watch = nobody
) -> Sealed:
    """Let another key seal the ledger from now on: an event, and a checkpoint that both keys sign.

    Refused: `nothing-changed`, `key-retired`, `no-reason`, and as `seal`.
    """
    with holding(old.file, new.file) as (state, next_state):
        last = _last(ledger.record, state, old)
        _read_new(ledger.record, last, watch)
        _record(ledger, actor, lambda at: rotate_key(at, old.vkey, new.vkey, because=because))
        return _seal(ledger, [(old, state), (new, next_state)], last, watch)


def _seal(ledger: Ledger, keys: Sequence[tuple[SealingKey, State]], last: Signed | None, watch: Watch) -> Sealed:
    record = ledger.record
    _refuse_retired(record, keys[-1][0])
    signed = _read_new(record, last, watch)
    text = checkpoint(origin(record.id), signed.size, signed.root)
    (first, _), *others = keys
    note = sign(text, first.name, first.private)
    for key, _ in others:
        note = countersign(note, key.name, key.private)
    for _, state in keys:
        state.set(record.id, signed)
    with ledger.appending() as appending:
        keep(appending, signed.size, note)
    return Sealed(note, signed.size, signed.root, signed.size - (last.size if last else 0))


def _read_new(record: Record, last: Signed | None, watch: Watch) -> Signed:
    """Read what is new since a key signed last; gives what can be signed now. Refused: as `seal`."""
    findings, remarks = Findings(), Findings()
    with record.snapshot() as connection:
        if last and (refused := _lost(record, last)):
            raise refused
        if not check_schema(connection, findings, remarks):
            raise Unsound(findings)
        start = after(record, connection, last.size if last else 0)
        tree = read_again(record, start, (), findings, remarks, watch).tree
    if findings:
        raise Unsound(findings)
    return Signed(tree.size, tree.root())


def _lost(record: Record, last: Signed) -> Refused | None:
    """Why the ledger does not go on from what was signed last; None where it does."""
    with record.snapshot() as connection:
        size = record.head().size
        if size < last.size:
            return Refused(
                "ledger-smaller",
                f"The ledger ends at #{size}, and this key has sealed {last.size:,} lines of it: lines were taken away,"
                f" or an older copy was put in its place. {WAY_OUT}",
            )
        if frontier_at(connection, last.size).root() != last.root:
            return Refused(
                "ledger-inconsistent",
                f"The first {last.size:,} lines are not those that this key has sealed: they were changed, or this is a"
                f" copy that went on otherwise. {WAY_OUT}",
            )
    return None


def _last(record: Record, state: State, key: SealingKey) -> Signed | None:
    """What the key signed last: by its state, or where that was lost, by the notes that the ledger keeps."""
    if last := state.last(record.id):
        return last
    for size, note in reversed(kept(record)):
        with suppress(NoteError):
            found = read_note(None, note.encode())
            if signs(found.raw, key.vkey):
                return Signed(size, found.root)
    return None


def _refuse_retired(record: Record, key: SealingKey) -> None:
    rotations = [one for one in record.stream("ledger") if isinstance(one.fact, KeyRotated)]
    if retired := retirement(rotations, key.vkey):
        raise Refused(
            "key-retired",
            f"The key {shown(key.vkey, 200)} was retired ({retired.place}). Seal with the key that followed it.",
        )


def _record(ledger: Ledger, actor: str, decide: Callable[[Occasion], Sequence[New]]) -> None:
    zone = ledger.record.zone
    ledger.change(lambda known, now: decide(Occasion(known, now.astimezone(zone).date(), actor)), actor=actor)
