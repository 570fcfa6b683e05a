"""What did a key sign last, ledger by ledger? The memory that keeps it from signing two histories."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from domain.refused import Refused
from domain.text import shown
from ledger.keys import why

HEX = re.compile("[0-9a-f]{64}")


class Signed(NamedTuple):
    """A size and its root, under a key's name."""

    size: int
    root: bytes


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    root: str
    size: int


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    ledgers: dict[str, _Entry]


class State:
    """The state file of a key, `F.state` for the key `F`. While it is held, no other process signs with this key."""

    def __init__(self, key: Path) -> None:
        self.path = key.with_name(key.name + ".state")
        self._file = self._read()

    def last(self, ledger: str) -> Signed | None:
        """What was signed last of a ledger; None where nothing ever was."""
        entry = self._file.ledgers.get(ledger)
        return Signed(entry.size, bytes.fromhex(entry.root)) if entry else None

    def set(self, ledger: str, signed: Signed) -> None:
        """Remember it, durably: only then may the signature be let out. Refused: `not-written`."""
        self._file.ledgers[ledger] = _Entry(root=signed.root.hex(), size=signed.size)
        draft = self.path.with_name(self.path.name + ".part")
        try:
            made = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(made, "wb") as out:
                out.write(msgspec.json.format(msgspec.json.encode(self._file, order="sorted")) + b"\n")
                out.flush()
                os.fsync(out.fileno())
            draft.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError as error:
            raise Refused(
                "not-written", f"{shown(str(self.path), 200)} cannot be written: {why(error)}. Nothing was signed."
            ) from None

    def _read(self) -> _File:
        try:
            found = msgspec.json.decode(self.path.read_bytes(), type=_File)
        except FileNotFoundError:
            return _File(format=1, ledgers={})
        except (OSError, ValueError) as error:
            raise self._bad(str(error)) from None
        if found.format != 1 or not all(one.size > 0 and HEX.fullmatch(one.root) for one in found.ledgers.values()):
            raise self._bad("it is not what this program writes")
        return found

    def _bad(self, reason: str) -> Refused:
        return Refused(
            "bad-state",
            f"{shown(str(self.path), 200)} cannot be used: {reason}. It remembers what this key has signed, and keeps"
            " it from signing two histories. Bring it back from a backup.",
        )


@contextmanager
def holding(*keys: Path) -> Iterator[list[State]]:
    """The states of key files, which nobody else uses meanwhile. Refused: `bad-state`."""
    with ExitStack() as stack:
        for key in sorted(set(keys)):  # in one order, so that two processes never wait for each other
            _lock(stack.enter_context(key.open("rb")).fileno())
        yield [State(key) for key in keys]


if sys.platform == "win32":  # pragma: no cover - there one process at a time has to seal with a key

    def _lock(file: int) -> None:
        """Files that are only read cannot be locked there."""

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system lets a folder be synced
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
