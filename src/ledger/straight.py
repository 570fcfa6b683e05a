"""How is a file read over the standard driver alone, by those who only ask?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.reader import Reader
from ledger.store import Store
from ledger.trouble import explained

if TYPE_CHECKING:
    from sqlalchemy import Engine


class _SQLite(NamedTuple):
    name: str = "sqlite"


class Straight:
    """A connection of the driver, asked as one of SQLAlchemy is. Errors come as `Refused`, naming `path`."""

    dialect = _SQLite()

    def __init__(self, driver: sqlite3.Connection, path: Path) -> None:
        self._driver = driver
        self._path = path

    def exec_driver_sql(
        self, statement: str, parameters: tuple[Any, ...] = (), /, execution_options: Any = None
    ) -> StraightAnswer:
        """The answer to a statement; rows are never fetched before they are wanted."""
        with explaining(self._path):
            return StraightAnswer(self._driver.execute(statement, parameters), self._path)


class StraightAnswer:
    """A cursor of the driver."""

    def __init__(self, cursor: sqlite3.Cursor, path: Path) -> None:
        self._cursor = cursor
        self._path = path

    def fetchall(self) -> list[Any]:
        """All rows."""
        with explaining(self._path):
            return self._cursor.fetchall()

    def partitions(self, size: int, /) -> Iterator[list[Any]]:
        """All rows, so many at a time."""
        with explaining(self._path):
            while found := self._cursor.fetchmany(size):
                yield found

    def close(self) -> None:
        """No more rows are wanted."""
        self._cursor.close()


class FileStore(Store):
    """A ledger in a file. SQLAlchemy is loaded only when somebody needs its connections."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], engine: Callable[[], Engine], path: Path) -> None:
        super().__init__(engine)
        self._connect = connect
        self._path = path
        self._idle: list[sqlite3.Connection] = []

    @contextmanager
    def asking(self) -> Iterator[Reader]:
        if self._held.connection is not None or self._held.reader is not None:
            with super().asking() as reader:
                yield reader
            return
        driver = self._idle.pop() if self._idle else self._connect()
        try:
            straight = Straight(driver, self._path)
            straight.exec_driver_sql("BEGIN")
            self._held.reader = straight
            yield straight
        finally:
            self._held.reader = None
            driver.rollback()
            self._idle.append(driver)

    def close(self) -> None:
        super().close()
        while self._idle:
            self._idle.pop().close()


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """The driver's errors as what they mean."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explained(error, path) or error from None
