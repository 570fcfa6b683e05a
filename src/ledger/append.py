"""How do lines enter the record, once the head lock is held?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from ledger.line import Columns
from ledger.tables import event, head, node
from ledger.tree import Frontier, leaf_hash

LOCK_HEAD = select(head).with_for_update()  # SQLite has no FOR UPDATE: there BEGIN IMMEDIATE took the lock
MOVE_HEAD = update(head).values(size=bindparam("size"), frontier=bindparam("frontier"), time=bindparam("time"))
INSERT_EVENTS = insert(event)
INSERT_NODES = insert(node)


class Entry(NamedTuple):
    """A line ready to be appended: `version` is its place in its stream."""

    columns: Columns
    version: int
    line: bytes


class Appending:
    """The head, locked: the only one who appends. `size`, `time` and `frontier` are those after the last append."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        locked = connection.execute(LOCK_HEAD).one()
        self.id: str = locked.id
        self.time: str = locked.time
        self.frontier = Frontier.load(locked.frontier)

    @property
    def size(self) -> int:
        """The lines in the record; also the position of the last one."""
        return self.frontier.size

    def append(self, entries: Sequence[Entry]) -> None:
        """Write lines with their leaf hashes and the nodes they complete, and move the head over them.

        Their positions must be the next ones. What the database itself forbids comes as its IntegrityError.
        """
        leaves = [leaf_hash(entry.line) for entry in entries]
        names = ("position", "stream", "type", "id", "command", "recorded", "effective", "actor")
        rows = [
            dict(zip(names, entry.columns, strict=True), version=entry.version, line=entry.line, leaf=leaf)
            for entry, leaf in zip(entries, leaves, strict=True)
        ]
        nodes = self.frontier.extend(leaves)
        self.connection.execute(INSERT_EVENTS, rows)
        if nodes:
            self.connection.execute(
                INSERT_NODES, [{"level": level, "index": index, "hash": hash} for level, index, hash in nodes]
            )
        self.time = max(self.time, entries[-1].columns.recorded)
        self.connection.execute(MOVE_HEAD, {"size": self.size, "frontier": self.frontier.dump(), "time": self.time})
