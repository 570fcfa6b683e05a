"""Does each kind of database error have its sentence, and nothing else one of theirs?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ledger.trouble import CannotDecide, explained

CODES = {
    "SQLITE_BUSY": "ledger-busy",
    "SQLITE_BUSY_SNAPSHOT": "ledger-busy",
    "SQLITE_LOCKED": "ledger-busy",
    "SQLITE_PROTOCOL": "ledger-busy",
    "SQLITE_READONLY": "read-only",
    "SQLITE_READONLY_DIRECTORY": "read-only",
    "SQLITE_FULL": "disk-full",
    "SQLITE_IOERR": "disk-error",
    "SQLITE_IOERR_FSYNC": "disk-error",
    "SQLITE_CANTOPEN": "ledger-unreadable",
    "SQLITE_PERM": "ledger-unreadable",
    "SQLITE_AUTH": "ledger-unreadable",
    "SQLITE_NOTADB": "not-a-ledger",
    "SQLITE_CORRUPT": "ledger-damaged",
    "SQLITE_CORRUPT_INDEX": "ledger-damaged",
    "SQLITE_ERROR": "ledger-damaged",
    "SQLITE_TOOBIG": "ledger-damaged",
}
PATH = Path("ledgers", "gas\x1b[31m.db")


def error(name: str) -> sqlite3.Error:
    made = sqlite3.OperationalError("as SQLite says it")
    made.sqlite_errorcode = getattr(sqlite3, name)
    return made


@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_an_error_is_explained_by_its_family(name: str, code: str) -> None:
    refused = explained(error(name), PATH)
    assert refused
    assert refused.code == code
    assert refused.sentence.isprintable()
    assert "gas\\u001b[31m.db" in refused.sentence
    assert isinstance(refused, CannotDecide) == (code in ("ledger-unreadable", "disk-error"))


def test_text_that_is_not_utf8_is_damage() -> None:
    for found in (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), sqlite3.OperationalError("Could not decode")):
        refused = explained(found, PATH)
        assert refused
        assert refused.code == "ledger-damaged"


@pytest.mark.parametrize("found", [error("SQLITE_CONSTRAINT_TRIGGER"), KeyboardInterrupt(), ValueError(), None])
def test_what_is_no_trouble_of_the_file_is_left_alone(found: object) -> None:
    assert explained(found, PATH) is None
