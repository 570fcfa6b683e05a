"""How is a ledger in a SQLite file copied while others record into it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from ledger import trouble
from ledger.record import Record
from ledger.sqlite import finish, must_be_free, publish_file

PAGES = 2000
"""So many pages at a time: between them the progress is told."""


def back_up_file(record: Record, target: Path, watch: Callable[[int, int], None]) -> tuple[int, bytes]:
    """Copy the database, as it is at one moment, into a file that is whole and durable before it gets its name.

    Nobody waits. Gives size and root of what was copied. Refused: `ledger-exists`, `no-folder`, `read-only`,
    `disk-full`; undecided: `disk-error`.
    """
    must_be_free(target)
    draft = target.with_name(f".{target.name}.{uuid4().hex}.draft")
    try:
        with record.store.reading() as connection:
            at = record.size, record.root()  # the first look: the copy is of this moment
            driver: Any = connection.connection.driver_connection
            _copy(driver, draft, target, watch)
        finish(draft, target)
        publish_file(draft, target)
    finally:
        for left in (draft, *(Path(f"{draft}{end}") for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)
    return at


def _copy(source: sqlite3.Connection, draft: Path, target: Path, watch: Callable[[int, int], None]) -> None:
    try:
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy, pages=PAGES, progress=lambda _, left, total: watch(total - left, total))
    except sqlite3.Error as error:
        raise trouble.explained(error, target) or error from None
