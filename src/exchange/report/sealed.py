"""What does a page need that checks its lines by itself: the lines, the hash of each, and what was sealed?"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import msgspec

from exchange.pack_keys import signers
from ledger.note import parse_vkey
from ledger.prove import notes_of
from ledger.record import Record
from ledger.tree import leaf_hash


class Sealed(msgspec.Struct, frozen=True):
    """The lines, and in base64 the hashes of all, one after the other; `note` is the newest checkpoint, if any."""

    lines: list[str]
    leaves: str
    note: dict[str, Any] | None


def sealed(record: Record, known: int, vkeys: Sequence[str]) -> Sealed:
    """All lines up to a position, under the newest checkpoint that covers no more. Refused: as `signers`."""
    lines = [line for page in record.lines(until=known) for _, line in page]
    hashes = b"".join(leaf_hash(line) for line in lines)
    return Sealed([line.decode() for line in lines], b64encode(hashes).decode(), _note(record, known, vkeys))


def _note(record: Record, known: int, vkeys: Sequence[str]) -> dict[str, Any] | None:
    found = [one for one in notes_of(record) if one.size <= known]
    if not found:
        return None
    note = found[-1]
    return {
        "origin": note.origin,
        "size": note.size,
        "root": b64encode(note.root).decode(),
        "signers": [
            {
                "name": one.name,
                "vkey": one.vkey,
                "key": b64encode(parse_vkey(one.vkey)[2]).decode(),
                "signed": b64encode(one.signed).decode(),
                "signature": b64encode(one.signature).decode(),
            }
            for one in signers(note.raw, vkeys)
        ],
    }
