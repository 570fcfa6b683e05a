"""How do lines enter the record, once the head lock is held?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, select, update

from domain.refused import Refused
from ledger.line import Columns
from ledger.roots import frontier_of
from ledger.tables import event, head, node
from ledger.tree import leaf_hash

LOCK_HEAD = select(head).with_for_update()  # SQLite has no FOR UPDATE: there BEGIN IMMEDIATE took the lock
MOVE_HEAD = update(head).values(size=bindparam("size"), frontier=bindparam("frontier"), time=bindparam("time"))

COPIED = 100
"""More rows than that go into PostgreSQL by COPY."""


class Entry(NamedTuple):
    """A line ready to be appended: `version` is its place in its stream."""

    columns: Columns
    version: int
    line: bytes

    def row(self, leaf: bytes) -> tuple[Any, ...]:
        """The row of `event`, in the order of its columns."""
        position, stream, type, id, command, recorded, effective, actor = self.columns
        return position, stream, self.version, type, id, command, recorded, effective, actor, self.line, leaf


class Appending:
    """The head, locked: nobody else appends. `size`, `time` and `frontier` are those after the last append."""

    def __init__(self, connection: Connection) -> None:
        """Takes the lock, where the transaction does not hold it yet. Refused: `ledger-damaged`."""
        self.connection = connection
        locked = connection.execute(LOCK_HEAD).one()
        self.id: str = locked.id
        self.time: str = locked.time
        self.frontier = frontier_of(locked.frontier)

    @property
    def size(self) -> int:
        """The lines in the record; also the position of the last one."""
        return self.frontier.size

    def append(self, entries: Sequence[Entry]) -> None:
        """Write lines with their leaf hashes and the nodes they complete, and move the head over them.

        Refused: `out-of-sequence`. What the database itself forbids comes as its IntegrityError.
        """
        self._check_positions(entries)
        leaves = [leaf_hash(entry.line) for entry in entries]
        self._insert(event, [entry.row(leaf) for entry, leaf in zip(entries, leaves, strict=True)])
        self._insert(node, self.frontier.extend(leaves))
        self.time = max(self.time, entries[-1].columns.recorded)
        self.connection.execute(MOVE_HEAD, {"size": self.size, "frontier": self.frontier.dump(), "time": self.time})

    def _check_positions(self, entries: Sequence[Entry]) -> None:
        for position, entry in enumerate(entries, self.size + 1):
            if entry.columns.position != position:
                raise Refused(
                    "out-of-sequence",
                    f"The line says it is #{entry.columns.position}; the next one here is #{position}.",
                )

    def _insert(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        if len(rows) > COPIED and self.connection.dialect.name == "postgresql":
            _copy(self.connection, table, rows)
        elif rows:
            # Past SQLAlchemy's parameters: a dict for each row would cost as much as the insert.
            self.connection.exec_driver_sql(_insert_into(table, self.connection.dialect), list(rows))


@cache
def _insert_into(table: Table, dialect: Dialect) -> str:
    """The INSERT of a table, its values in the order of its columns."""
    return str(insert(table).compile(dialect=dialect))


def _copy(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
