"""What happens to a ledger itself after it was opened: another key seals it, or a backup took its place."""

from __future__ import annotations

import re
from typing import ClassVar

from domain.fold import Facts
from domain.occasion import Occasion
from domain.recorded import Fact, New, Recorded, Slot
from domain.refused import Refused
from domain.text import required, shown

VKEY = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+A[Q-Za-f][A-Za-z0-9+/]{42}")
"""A verifier key with an Ed25519 key of 32 bytes behind the byte 1 (C2SP signed-note, verifier keys)."""
ROOT = re.compile("[0-9a-f]{64}")


class KeyRotated(Fact, frozen=True, kw_only=True):
    """Another key seals the ledger from here on. Both are verifier keys; a checkpoint signed by both confirms it."""

    stored: ClassVar[str] = "ledger.key-rotated.v1"
    noun: ClassVar[str] = "ledger"

    previous: str
    key: str
    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "sealing-key"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        for vkey in (self.previous, self.key):
            if not VKEY.fullmatch(vkey):
                raise Refused("bad-vkey", f"{shown(vkey)} is no verifier key, as `pledger audit key show` prints it.")
        if self.key == self.previous:
            raise Refused("nothing-changed", "The new key is the old one. Make another with `pledger audit key new`.")
        rotations = facts.chain(facts.key, "sealing-key")
        _check_retired(self.previous, rotations, "cannot be followed by another again")
        _check_retired(self.key, rotations, "cannot come back")


class LedgerRestored(Fact, frozen=True, kw_only=True):
    """A backup took the ledger's place, and sealed lines are gone. `size` and `root` (hex) are what had been sealed."""

    stored: ClassVar[str] = "ledger.restored.v1"
    noun: ClassVar[str] = "ledger"

    size: int
    root: str
    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "restored"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        if self.size < 1 or not ROOT.fullmatch(self.root):
            raise Refused("bad-root", "What had been sealed has a size from 1 on, and a root of 64 hexadecimal digits.")


def rotate_key(at: Occasion, previous: str, key: str, *, because: str | None) -> list[New]:
    """The same rotation again, as the last one, records nothing.

    Refused: `bad-vkey`, `nothing-changed`, `key-retired`, `no-reason`.
    """
    fact, last = KeyRotated(previous=previous, key=key, reason=required(because)), _last(at, "sealing-key")
    if isinstance(last, KeyRotated) and (last.previous, last.key) == (previous, key):
        return []
    return at.record("ledger", fact)


def acknowledge_restore(at: Occasion, size: int, root: str, *, because: str | None) -> list[New]:
    """That the same lines are gone, said again, records nothing. Refused: `bad-root`, `no-reason`."""
    fact, last = LedgerRestored(size=size, root=root, reason=required(because)), _last(at, "restored")
    if isinstance(last, LedgerRestored) and (last.size, last.root) == (size, root):
        return []
    return at.record("ledger", fact)


def retirement(rotations: list[Recorded], vkey: str) -> Recorded | None:
    """The rotation by which a key was retired; None while it seals."""
    return next((one for one in rotations if getattr(one.fact, "previous", None) == vkey), None)


def _last(at: Occasion, what: str) -> Fact | None:
    return at.known.facts("ledger").fact("ledger", what)


def _check_retired(vkey: str, rotations: list[Recorded], why: str) -> None:
    retired = retirement(rotations, vkey)
    if retired:
        raise Refused("key-retired", f"The key {shown(vkey)} was retired ({retired.place}) and {why}.")
