"""How is a ledger read over a database's own driver alone, by those who only ask?"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from ledger.reader import Reader
from ledger.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Dialect(NamedTuple):
    """Which database it is: `sqlite` or `postgresql`."""

    name: str


class Cursor(Protocol):
    """What drivers have in common (PEP 249)."""

    def execute(self, statement: str, parameters: Sequence[Any], /) -> object: ...

    def fetchall(self) -> list[Any]: ...

    def fetchmany(self, size: int, /) -> list[Any]: ...

    def close(self) -> None: ...


class Straight(ABC):
    """A connection of a driver, asked as one of SQLAlchemy is. What the driver complains of comes as `Refused`."""

    dialect: ClassVar[Dialect]
    begin: ClassVar[str] = "BEGIN"
    """How a transaction begins in which everything is answered from one state."""

    @abstractmethod
    def cursor(self, *, streamed: bool) -> Cursor:
        """`streamed`: its rows are not fetched before they are wanted."""

    @abstractmethod
    def explaining(self) -> AbstractContextManager[None]:
        """The driver's errors as what they mean."""

    @abstractmethod
    def end(self) -> bool:
        """End the transaction. Can another begin?"""

    @abstractmethod
    def close(self) -> None:
        """Give it back."""

    def exec_driver_sql(
        self, statement: str, parameters: tuple[Any, ...] = (), /, execution_options: Any = None
    ) -> StraightAnswer:
        """The answer to a statement."""
        with self.explaining():
            cursor = self.cursor(streamed=bool(execution_options))
            cursor.execute(statement, parameters)
        return StraightAnswer(cursor, self.explaining)


class StraightAnswer:
    """A cursor of the driver."""

    def __init__(self, cursor: Cursor, explaining: Callable[[], AbstractContextManager[None]]) -> None:
        self._cursor = cursor
        self._explaining = explaining

    def fetchall(self) -> list[Any]:
        """All rows."""
        with self._explaining():
            return self._cursor.fetchall()

    def partitions(self, size: int, /) -> Iterator[list[Any]]:
        """All rows, so many at a time."""
        with self._explaining():
            while found := self._cursor.fetchmany(size):
                yield found

    def close(self) -> None:
        """No more rows are wanted."""
        self._cursor.close()


class StraightStore(Store):
    """A ledger that is asked over its driver. SQLAlchemy is loaded only when somebody needs its connections."""

    def __init__(self, connect: Callable[[], Straight], engine: Callable[[], Engine]) -> None:
        super().__init__(engine)
        self._connect = connect
        self._idle: list[Straight] = []

    @contextmanager
    def asking(self) -> Iterator[Reader]:
        if self._held.connection is not None or self._held.reader is not None:
            with super().asking() as reader:
                yield reader
            return
        straight = self._idle.pop() if self._idle else self._connect()
        try:
            straight.exec_driver_sql(straight.begin)
            self._held.reader = straight
            yield straight
        finally:
            self._held.reader = None
            if straight.end():
                self._idle.append(straight)
            else:
                straight.close()

    def close(self) -> None:
        super().close()
        while self._idle:
            self._idle.pop().close()
