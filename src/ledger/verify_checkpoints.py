"""Does each checkpoint sign a prefix of this ledger, and do the signatures of known keys hold?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.recorded import Recorded
from ledger.note import NoteError
from ledger.verify_keys import Keys
from ledger.verify_notes import Checkpoint
from ledger.verify_report import Findings, Seen


@dataclass(frozen=True)
class Stands:
    """What stands in the ledger: its origin, its size, and its root at the sizes that checkpoints name."""

    origin: str
    size: int
    roots: Mapping[int, bytes | None]

    def holds(self, note: Checkpoint) -> bool:
        """Has it this root at this size?"""
        return note.origin == self.origin and self.roots.get(note.size) == note.root


def judge(
    notes: Sequence[Checkpoint],
    keys: Keys,
    acts: Iterable[Recorded],
    stands: Stands,
    findings: Findings,
    remarks: Findings,
) -> list[Seen]:
    """Each checkpoint against what stands and against the keys that are known."""
    keys.follow(acts, [note for note in notes if stands.holds(note)], remarks)
    seen = [_seen(note, keys, stands.holds(note), findings) for note in notes]
    firm = max((one.size for one in seen if one.anchor and one.holds), default=0)
    for note in notes:
        if not stands.holds(note):
            findings.add(None, *_contradiction(note, stands, firm))
    return seen


def _seen(note: Checkpoint, keys: Keys, holds: bool, findings: Findings) -> Seen:
    try:
        signers = keys.signers(note)
    except NoteError as error:
        findings.add(None, "bad-signature", f"{note.named}: {error}")
        return Seen(note.where, note.size, note.root, holds, not note.bare, {}, anchor=False)
    if retired := keys.retired(note, signers):
        findings.add(None, "retired-key", f"{note.named} is signed by {retired}, which was retired before.")
        signers = {vkey: time for vkey, time in signers.items() if vkey != retired}
    unsigned = bool(keys) and not signers and not note.bare
    if unsigned and note.where is not None:
        findings.add(None, "not-signed", f"{note.named} is signed by none of the known keys. Name its key with --vkey.")
    anchor = bool(signers) or (note.where is not None and not unsigned)
    return Seen(note.where, note.size, note.root, holds, not note.bare, signers, anchor)


def _contradiction(note: Checkpoint, stands: Stands, firm: int) -> tuple[str, str]:
    """The code and the sentence."""
    if note.origin != stands.origin:
        return "checkpoint-of-another-ledger", f"{note.named} is one of {note.origin}; this is {stands.origin}."
    if note.size > stands.size:
        return "checkpoint-beyond", (
            f"{note.named} pins more lines than the {stands.size:,} that are here: lines were taken away at the end, or"
            " an older copy was put in the ledger's place."
        )
    where = f" between #{firm + 1} and #{note.size}" if firm < note.size else f" up to #{note.size}"
    return "checkpoint-contradicted", (
        f"{note.named} pins another root than the lines have: something{where} was changed, added or taken away after"
        " it was signed, or it was signed for another history."
    )
