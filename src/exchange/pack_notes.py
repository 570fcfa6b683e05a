"""What do the notes in a pack say, and who signed them? (C2SP signed-note, tlog-checkpoint, tlog-witness)"""

from __future__ import annotations

from base64 import b64decode
from contextlib import suppress
from typing import NamedTuple

from exchange.pack_keys import signers, text_of
from ledger.note import NoteError, UnsignedError, open_note, parse_checkpoint


class Note(NamedTuple):
    """A sound note, and what its checkpoint says."""

    raw: bytes
    origin: str
    size: int
    root: bytes


def read_note(raw: bytes) -> Note:
    """A signed checkpoint; ValueError where it is none. Nothing is said of its signatures."""
    try:
        with suppress(UnsignedError):
            open_note(raw, ())
        origin, size, root, _ = parse_checkpoint(text_of(raw).decode())
    except NoteError as error:
        raise ValueError(str(error)) from None
    return Note(raw, origin, size, root)


def signed_by(raw: bytes, vkey: str) -> bool:
    """Did that key sign a sound note? Refused: `bad-vkey`, `bad-signature`."""
    return bool(signers(raw, [vkey]))


def read_growth(raw: bytes) -> tuple[int, list[bytes]]:
    """The size that a consistency proof begins from, and its hashes; ValueError where it is none."""
    head, *lines = raw.partition(b"\n\n")[0].decode("ascii").rstrip("\n").split("\n")
    old, _, size = head.partition(" ")
    if old != "old" or not size.isdigit() or len(size) > 20:
        raise ValueError("it is no consistency proof")
    return int(size), [b64decode(line, validate=True) for line in lines]
