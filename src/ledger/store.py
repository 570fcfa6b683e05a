"""Who reads one state of the database, and who holds its head lock?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from threading import local
from typing import TYPE_CHECKING

from ledger.reader import Reader

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from ledger.append import Appending


class _Held(local):
    """What this thread holds."""

    connection: Connection | None = None
    appending: Appending | None = None
    reader: Reader | None = None


class Store:
    """One ledger's database. Both contexts are re-entrant: what is asked within one is answered from its state.

    The engine brings all that differs between databases: how it opens, what BEGIN says when `immediate` is among
    the options of a connection, and what its errors mean (they come as `Refused`).
    """

    def __init__(self, engine: Callable[[], Engine], now: Callable[[Connection], datetime] | None = None) -> None:
        """`now` asks the database's own clock, where it is to count instead of the machine's."""
        self._make = engine
        self._now = now
        self._held = _Held()

    @cached_property
    def engine(self) -> Engine:
        """Made when first needed."""
        return self._make()

    @contextmanager
    def asking(self) -> Iterator[Reader]:
        """One state of the record, for questions that are written out; within it, only such are asked."""
        if self._held.reader is not None:
            yield self._held.reader
            return
        with self.reading() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the record, however many questions are asked of it."""
        assert self._held.reader is None, "it would be another state"
        if self._held.connection is not None:
            yield self._held.connection
            return
        with self.engine.connect() as connection, connection.begin(), self._holding(connection, None):
            yield connection

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        """The head lock: nobody else appends until the block ends. What it appended is durable then, or gone on error.

        Refused: `ledger-busy` when another holds the lock for too long.
        """
        if self._held.appending is not None:
            yield self._held.appending
            return
        from ledger.append import Appending  # late: those who only read need none of it

        with self.locking() as connection:
            appending = Appending(connection)
            with self._holding(connection, appending):
                yield appending

    @contextmanager
    def locking(self) -> Iterator[Connection]:
        """A transaction that may write."""
        with self.engine.execution_options(immediate=True).connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def making(self, prepare: Callable[[Connection], None]) -> Iterator[None]:
        """A record that is made in the block, all of it in one transaction: `prepare` makes its empty tables."""
        from ledger.append import Appending

        with self.locking() as connection:
            prepare(connection)
            with self._holding(connection, Appending(connection)):
                yield

    def now(self) -> datetime | None:
        """What the database's clock says; None where that of the machine counts."""
        if self._now is None:
            return None
        with self.reading() as connection:
            return self._now(connection)

    @contextmanager
    def _holding(self, connection: Connection, appending: Appending | None) -> Iterator[None]:
        before = self._held.connection, self._held.appending
        self._held.connection, self._held.appending = connection, appending
        try:
            yield
        finally:
            self._held.connection, self._held.appending = before

    def close(self) -> None:
        """Give back all connections."""
        if "engine" in self.__dict__:
            self.engine.dispose()
