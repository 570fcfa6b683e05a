"""Whose signature counts? The keys that are known, and those that the ledger's rotations lead to."""

from __future__ import annotations

from collections.abc import Iterable

from domain.ledger_acts import KeyRotated
from domain.recorded import Recorded
from domain.refused import Refused
from domain.text import shown
from ledger.note import NoteError, UnsignedError, open_note, parse_vkey
from ledger.verify_notes import Checkpoint, read_note
from ledger.verify_report import Findings


class Keys:
    """The known verifier keys. NoteError: one of them is malformed."""

    def __init__(self, vkeys: Iterable[str]) -> None:
        self._known = list(dict.fromkeys(vkeys))
        self._retired: dict[str, int] = {}
        for vkey in self._known:
            parse_vkey(vkey)

    def __bool__(self) -> bool:
        return bool(self._known)

    def signers(self, note: Checkpoint) -> dict[str, int | None]:
        """The known keys that signed it, each with the time of a cosignature. NoteError: a signature does not hold."""
        if note.bare:
            return {}
        return {vkey: times[0] for vkey in self._known if (times := signs(note.raw, vkey))}

    def retired(self, note: Checkpoint, signers: Iterable[str]) -> str | None:
        """A key among the signers that was retired before."""
        return next((vkey for vkey in signers if note.size > self._retired.get(vkey, note.size)), None)

    def follow(self, acts: Iterable[Recorded], holding: Iterable[Checkpoint], remarks: Findings) -> None:
        """A key is known too where a known one hands over to it, in a checkpoint that holds and that both signed."""
        for one in acts:
            if isinstance(fact := one.fact, KeyRotated) and fact.previous in self._known:
                confirming = [note for note in holding if note.size >= one.position and _both(note, fact)]
                if confirming:
                    self._known.append(fact.key)
                    self._retired[fact.previous] = min(note.size for note in confirming)
                else:
                    text = f"No checkpoint signed by both keys confirms that {shown(fact.key, 200)} follows."
                    remarks.add(one.position, "rotation-unconfirmed", text)


def known(vkeys: Iterable[str]) -> Keys:
    """Those keys. Refused: `bad-vkey`."""
    try:
        return Keys(vkeys)
    except NoteError as error:
        raise Refused("bad-vkey", f"{error} Copy it as `pledger audit key show` prints it.") from None


def sealed_note(raw: bytes, keys: Keys) -> Checkpoint:
    """A checkpoint of at least one line that a known key has signed.

    Refused: `bad-checkpoint`, `bad-signature`, `not-signed`, `retired-key`.
    """
    try:
        note = read_note(None, raw)
    except NoteError as error:
        raise Refused("bad-checkpoint", f"This is no checkpoint: {error}") from None
    if not note.size:
        raise Refused("bad-checkpoint", "The checkpoint pins no line.")
    try:
        signers = keys.signers(note)
    except NoteError as error:
        raise Refused("bad-signature", f"The checkpoint is not what was sealed: {error}") from None
    if not signers:
        raise Refused("not-signed", "None of the known keys has sealed this checkpoint. Name the sealer's with --vkey.")
    if retired := keys.retired(note, signers):
        raise Refused("retired-key", f"The checkpoint is signed by {shown(retired, 200)}, which was retired before.")
    return note


def signs(raw: bytes, vkey: str) -> tuple[int | None] | None:
    """The time of its cosignature, None in a plain signature; no tuple at all where the key did not sign.

    NoteError: its signature does not hold, or the key is malformed.
    """
    try:
        _, times = open_note(raw, [vkey])
    except UnsignedError:
        return None
    return (next(iter(times.values())),)


def _both(note: Checkpoint, fact: KeyRotated) -> bool:
    try:
        return bool(signs(note.raw, fact.previous) and signs(note.raw, fact.key))
    except NoteError:
        return False
