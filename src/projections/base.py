"""How are the read models read and written, over a database's standard driver?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from projections.queries import query

Rows = list[tuple[Any, ...]]


class ModelsError(Exception):
    """The database cannot be used as it was meant to be."""


class DamagedError(ModelsError):
    """It is broken, or not laid out as read models are: it is to be thrown away."""


class UnwritableError(ModelsError):
    """It cannot be written, or not even opened, from here."""


class BusyError(ModelsError):
    """Another process is writing it and did not finish in time."""


class Base:
    """A database of read models. `kept` says that it outlives this process."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection, *, kept: bool = False) -> None:
        self.kept = kept
        self._connection = connection

    def close(self) -> None:
        """Give it back."""
        self._connection.close()

    def rows(self, name: str, **asked: Any) -> Rows:
        """The answer to a query of `projections.queries`."""
        with explaining():
            return self._execute(name, asked).fetchall()

    def each(self, name: str, **asked: Any) -> Iterator[tuple[Any, ...]]:
        """The same, row by row."""
        with explaining():
            yield from self._execute(name, asked)

    def change(self, name: str, **asked: Any) -> int:
        """Do what a named statement says; gives the number of rows that it changed."""
        with explaining():
            return self._execute(name, asked).rowcount

    def insert(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows whose values are in the order of the table's columns."""
        with explaining():
            self._connection.executemany(query(name, self.dialect).text, rows)

    def lay_out(self) -> None:
        """Make the tables anew, empty. The cursor stays."""
        from projections.tables import creation  # late, like the next: those who only read need none of it

        self._run(creation(self.dialect))

    def index(self) -> None:
        """Index tables that were made anew and filled."""
        from projections.tables import indexing

        self._run(indexing(self.dialect))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything asked in the block is answered from one state. Re-entrant."""
        if self._connection.in_transaction:
            yield
            return
        self._run(["BEGIN"])
        try:
            yield
        finally:
            self._connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is written in the block is there at once when it ends, or not at all. Raises `BusyError`."""
        self._run(["BEGIN IMMEDIATE"])
        try:
            yield
            self._run(["COMMIT"])
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()

    def _execute(self, name: str, asked: dict[str, Any]) -> sqlite3.Cursor:
        text, parameters = query(name, self.dialect)
        return self._connection.execute(text, [asked[one] for one in parameters])

    def _run(self, statements: Iterable[str]) -> None:
        with explaining():
            for statement in statements:
                self._connection.execute(statement)


@contextmanager
def explaining() -> Iterator[None]:
    """The driver's errors as ours, by the low byte of their extended code."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # ours, not the database's
    except sqlite3.Error as error:
        kind = _KINDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, DamagedError)
        raise kind(str(error)) from error


_KINDS: dict[int, type[ModelsError]] = {
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED), BusyError),
    **dict.fromkeys(
        (
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_AUTH,
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
        ),
        UnwritableError,
    ),
}
