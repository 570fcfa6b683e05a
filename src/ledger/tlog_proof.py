"""How is it shown, without the ledger, that a line is in it? (C2SP tlog-proof)"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import NamedTuple

from domain.refused import Refused
from ledger.tree import HASH, ProofError, leaf_hash, verify_inclusion

FORM = "c2sp.org/tlog-proof@v1"
MOST = 64
"""Hashes, at most: as many as a tree has levels."""


class TlogProof(NamedTuple):
    """A line's position, the hashes from its sibling up to the root (RFC 6962, 2.1.1), and the checkpoint's note.

    `line` is the line itself, carried as extra data; empty where it lies elsewhere. That it is the one that was
    proved is for `check` to say.
    """

    position: int
    hashes: Sequence[bytes]
    note: bytes
    line: bytes = b""

    def dump(self) -> bytes:
        """The proof as a file (C2SP tlog-proof, format); `load` is the way back."""
        extra = [f"extra {_to_base64(self.line)}"] if self.line else []
        lines = [FORM, *extra, f"index {self.position - 1}", *map(_to_base64, self.hashes)]
        return ("\n".join(lines) + "\n\n").encode() + self.note

    @classmethod
    def load(cls, raw: bytes) -> TlogProof:
        """What was dumped. The note in it is not looked at. Refused: `bad-proof`."""
        head, gap, note = raw.partition(b"\n\n")
        try:
            form, *lines = head.decode("ascii").split("\n")
            line = _from_base64(lines.pop(0)[len("extra ") :]) if lines and lines[0].startswith("extra ") else b""
            index, *hashes = lines
            found = cls(_index(index) + 1, [_from_base64(one) for one in hashes], note, line)
        except ValueError:
            raise _bad() from None
        if form != FORM or not gap or len(found.hashes) > MOST or any(len(one) != HASH for one in found.hashes):
            raise _bad()
        return found

    def check(self, line: bytes, size: int, root: bytes) -> None:
        """Returns when it leads from this line to the root of so many lines. Refused: `not-included`."""
        try:
            verify_inclusion(self.position - 1, size, leaf_hash(line), self.hashes, root)
        except ProofError as error:
            raise Refused("not-included", f"#{self.position} is not shown to be among the {size:,}: {error}") from None


def _index(line: str) -> int:
    """The index in its line, in decimal without leading zeros (C2SP tlog-proof, format)."""
    word, _, digits = line.partition(" ")
    if word != "index" or not digits.isdigit() or len(digits) > 20 or str(int(digits)) != digits:
        raise ValueError(line)
    return int(digits)


def _to_base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    """Standard base64 in its one canonical spelling (RFC 4648, 4 and 3.5)."""
    raw = b64decode(text)
    if not raw or _to_base64(raw) != text:
        raise ValueError(text)
    return raw


def _bad() -> Refused:
    return Refused(
        "bad-proof", f"This is no proof of a line: {FORM}, its index, hashes in base64, an empty line, a checkpoint."
    )
