"""How is it shown, without the ledger, that a later checkpoint goes on from an earlier one?"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import NamedTuple

from domain.refused import Refused
from ledger.record import Record
from ledger.roots import Nodes
from ledger.tree import HASH, ProofError, consistency_proof, verify_consistency

MOST = 63  # hashes


class Consistency(NamedTuple):
    """The hashes that show that a tree of `size` leaves is the beginning of a larger one (RFC 9162, 2.1.4)."""

    size: int
    hashes: Sequence[bytes]

    def dump(self, note: str = "") -> bytes:
        """As witnesses take it, before the later checkpoint (C2SP tlog-witness, add-checkpoint)."""
        lines = [f"old {self.size}", *(b64encode(one).decode() for one in self.hashes)]
        return ("\n".join(lines) + "\n\n" + note).encode()

    @classmethod
    def load(cls, raw: bytes) -> Consistency:
        """What was dumped; what follows the empty line is not read. Refused: `bad-proof`."""
        try:
            head, *lines = raw.partition(b"\n\n")[0].decode("ascii").rstrip("\n").split("\n")
            old, size = head.split(" ")
            hashes = [b64decode(line, validate=True) for line in lines]
        except ValueError:
            raise _bad() from None
        if old != "old" or not size.isdigit() or len(size) > 20 or len(hashes) > MOST:
            raise _bad()
        if any(len(one) != HASH for one in hashes):
            raise _bad()
        return cls(int(size), hashes)

    def check(self, root1: bytes, size2: int, root2: bytes) -> None:
        """Returns when the proof leads from one root to the other. Refused: `inconsistent`."""
        if self.size == 0:
            return
        try:
            verify_consistency(self.size, size2, self.hashes, root1, root2)
        except ProofError as error:
            raise Refused("inconsistent", f"#{size2} does not go on from #{self.size}: {error}") from None


def consistency(record: Record, size1: int, size2: int) -> Consistency:
    """The proof from a ledger, by the hashes that it keeps. Refused: `no-such-position`, `ledger-damaged`."""
    if not 0 < size1 <= size2 <= record.size:
        raise Refused(
            "no-such-position", f"There is no way from #{size1} to #{size2}; the ledger ends at #{record.size}."
        )
    with record.store.asking() as reader:
        return Consistency(size1, consistency_proof(Nodes(reader), size1, size2))


def _bad() -> Refused:
    return Refused("bad-proof", "This is no consistency proof: a line `old SIZE`, then hashes in base64, one a line.")
