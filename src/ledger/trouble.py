"""What does a database's error mean to the person at the desk, and what can be done about it?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from domain.refused import Refused
from domain.text import shown

UNREADABLE_SO = frozenset({"ledger-unreadable", "read-only", "disk-full", "disk-error"})
"""Codes after which a gentler way of opening a file may still succeed."""

UNDECODED = sqlite3.SQLITE_CORRUPT
"""What it means when an error has no code of SQLite: the driver found text that is not UTF-8."""


PASSING = frozenset({"ledger-busy", "disk-full", "read-only", "not-allowed"})
"""Refusals that are about the moment, and not about the ledger."""


class CannotDecide(Refused):
    """The question could not be answered either way (exit 3): the ledger may be sound, but not from here."""


def undecided(refused: Refused) -> CannotDecide:
    """The same, as something that says nothing about the ledger."""
    return CannotDecide(refused.code, refused.sentence)


def refuse_passing(error: Exception) -> None:
    """Raise what is about the moment, or about the disk; return where the ledger itself is to blame."""
    if isinstance(error, CannotDecide):
        raise error
    if isinstance(error, Refused) and error.code in PASSING:
        raise undecided(error) from None


def no_ledger(path: Path) -> Refused:
    """Nothing is there."""
    return Refused(
        "no-ledger", f"There is no ledger at {_at(path)}. Make one with `pledger init`, or name another with --ledger."
    )


def ledger_exists(path: Path) -> Refused:
    """Something is there already."""
    return Refused("ledger-exists", f"{_at(path)} exists already. Choose another path, or record into that ledger.")


def no_folder(path: Path) -> Refused:
    """There is no folder to make it in."""
    return Refused("no-folder", f"There is no folder {_at(path.parent)}. Make it first, or choose another path.")


def not_a_ledger(path: Path, why: str) -> Refused:
    """Something else is there; `why` ends the sentence "… is no ledger: it "."""
    return Refused("not-a-ledger", f"{_at(path)} is no ledger: it {why}. Name the right file with --ledger.")


def wrong_format(path: Path, found: int, known: int) -> Refused:
    """The ledger was made by a later version, or by an earlier one."""
    if found > known:
        return Refused(
            "newer-format",
            f"{_at(path)} has format {found}; this program reads up to {known}. Update pledger to use it.",
        )
    return Refused(
        "older-format", f"{_at(path)} has format {found}, which is older than {known}. Run `pledger migrate`."
    )


def read_only(path: Path, what: str) -> Refused:
    """Writing is not allowed; `what` is the file or its folder."""
    return Refused(
        "read-only",
        f"{_at(path)} cannot be changed: {what} is read-only here. Reading works; to record, ask its owner for write"
        " permission, or work on a copy.",
    )


def unreadable(path: Path) -> CannotDecide:
    """The file is there but cannot be opened as things are."""
    return CannotDecide(
        "ledger-unreadable",
        f"{_at(path)} cannot be read from here: permission is missing, or recent changes lie in its -wal file and the"
        " folder is read-only. Copy the ledger with its -wal file to a folder of your own and read that.",
    )


def gone(path: Path) -> Refused:
    """Another file, or none, is there now."""
    return Refused(
        "ledger-gone",
        f"{_at(path)} was deleted, moved or replaced while this command was at work. Nothing was recorded; look what is"
        " there now, and send the command again.",
    )


def damaged(path: Path, why: str) -> Refused:
    """The file says it is a ledger and is broken."""
    return Refused(
        "ledger-damaged",
        f"{_at(path)} is damaged ({why}). Nothing was changed. Copy it aside, then restore a backup;"
        " `pledger audit verify` shows what can be trusted.",
    )


def disk_error(path: Path, error: object) -> CannotDecide:
    """The operating system would not do what must be possible."""
    return CannotDecide(
        "disk-error", f"The disk under {_at(path)} reports an error ({error}). Nothing was recorded; check the disk."
    )


def explained(error: object, path: Path) -> Refused | None:
    """The refusal that an error of SQLite stands for; None where the error is not about the file but about us.

    Codes: `ledger-busy`, `read-only`, `disk-full`, `disk-error`, `ledger-unreadable`, `not-a-ledger`,
    `ledger-damaged`.
    """
    if isinstance(error, UnicodeDecodeError):
        return damaged(path, "it holds text that is not UTF-8")
    if not isinstance(error, sqlite3.Error):
        return None
    match getattr(error, "sqlite_errorcode", UNDECODED) & 0xFF:  # the low byte of an extended code is its family
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return Refused(
                "ledger-busy",
                f"Someone else is writing to {_at(path)} and did not finish in time. Nothing was recorded; try again.",
            )
        case sqlite3.SQLITE_READONLY:
            return read_only(path, "the file, its folder or the disk")
        case sqlite3.SQLITE_FULL:
            return Refused(
                "disk-full", f"The disk under {_at(path)} is full. Nothing was recorded; make room and try again."
            )
        case sqlite3.SQLITE_IOERR:
            return disk_error(path, error)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return unreadable(path)
        case sqlite3.SQLITE_NOTADB:
            return not_a_ledger(path, "is not an SQLite database")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_ERROR | sqlite3.SQLITE_TOOBIG:
            # Our statements are sound; where one fails, the tables are not as we make them.
            return damaged(path, str(error))
    return None


def _at(path: Path) -> str:
    return shown(str(path), 200)
