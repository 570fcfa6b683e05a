"""Which notes are there to hold the ledger against, and what do they say?"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.text import shown
from ledger.checkpoints import kept_in
from ledger.note import NoteError, UnsignedError, open_note, parse_checkpoint
from ledger.verify_report import Findings
from ledger.verify_rows import readable


@dataclass(frozen=True)
class Given:
    """A checkpoint that somebody holds outside the ledger: the name of its file, and its bytes."""

    name: str
    raw: bytes


@dataclass(frozen=True)
class Checkpoint:
    """A sound one. `where` is the name of its file, None where the ledger keeps it. `bare`: it has no signatures."""

    where: str | None
    raw: bytes
    origin: str
    size: int
    root: bytes
    bare: bool = False

    @property
    def named(self) -> str:
        """How a sentence names it."""
        kept = f"The checkpoint of #{self.size} that the ledger keeps"
        return kept if self.where is None else f"The checkpoint {shown(self.where)} of #{self.size}"


def read_notes(connection: Connection, given: Iterable[Given], findings: Findings) -> list[Checkpoint]:
    """Those that are given and those that the ledger keeps, smallest first; what is none is a finding."""
    found = [_given(one, findings) for one in given]
    rows = readable(findings, kept_in, connection) or ()
    found += [_kept(size, note, findings) for size, note in rows]
    return sorted((one for one in found if one), key=lambda one: one.size)


def read_note(where: str | None, raw: bytes) -> Checkpoint:
    """A signed checkpoint; `NoteError` where it is none. Nothing is said of its signatures."""
    with suppress(UnsignedError):
        open_note(raw, ())
    return _checkpoint(where, raw, raw.decode().rpartition("\n\n")[0] + "\n")


def _checkpoint(where: str | None, raw: bytes, text: str, *, bare: bool = False) -> Checkpoint:
    origin, size, root, _ = parse_checkpoint(text)
    return Checkpoint(where, raw, origin, size, root, bare)


def _given(one: Given, findings: Findings) -> Checkpoint | None:
    """A note, or the text of one alone: what was copied from paper has no signature."""
    try:
        return read_note(one.name, one.raw)
    except NoteError as error:
        why = error
    try:
        return _checkpoint(one.name, one.raw, one.raw.decode(), bare=True)
    except (NoteError, UnicodeDecodeError):
        findings.add(None, "bad-checkpoint", f"{shown(one.name)} is no checkpoint: {why}")
        return None


def _kept(size: object, note: object, findings: Findings) -> Checkpoint | None:
    try:
        if not isinstance(note, str):
            raise NoteError("It is not text.")
        found = read_note(None, note.encode())
    except (NoteError, UnicodeEncodeError) as error:
        findings.add(None, "bad-checkpoint", f"What the ledger keeps as checkpoint of #{size} is none: {error}")
        return None
    if found.size != size:
        findings.add(None, "bad-checkpoint", f"{found.named} is kept as one of #{size}.")
    return found
