"""Which tree do the lines have, hashed anew, and are the hashes that the ledger keeps those of this tree?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from ledger.tables import node
from ledger.tree import STORED, Frontier, Node, leaf_hash
from ledger.verify_report import Findings
from ledger.verify_rows import LEAF, LINE, POSITION, Rows, readable

NODE = select(node.c.hash).where(node.c.level == bindparam("level"), node.c.index == bindparam("index"))
NODES = select(func.count()).select_from(node)


class Growth:
    """Grows the tree over lines, from a frontier on. What the ledger keeps of it is compared, never believed.

    `roots` has the root at each of the `sizes` that are reached.
    """

    def __init__(self, connection: Connection, start: Frontier, sizes: Iterable[int], findings: Findings) -> None:
        self.frontier = start
        self.roots: dict[int, bytes] = {}
        self._connection = connection
        self._findings = findings
        self._sizes = sorted({size for size in sizes if size >= start.size})

    def take(self, rows: Rows) -> None:
        """The next lines."""
        leaves = _leaves(rows)
        if [row[LEAF] for row in rows] != leaves:
            self._compare(rows, leaves)
        begin, done = self.frontier.size, 0
        for size in self._reached(begin + len(leaves)):
            self._grow(leaves[done : size - begin])
            done = size - begin
            self.roots[size] = self.frontier.root()
        self._grow(leaves[done:])

    def end(self) -> None:
        """No more lines come: is more kept than there should be?"""
        size = self.frontier.size
        self.roots[size] = self.frontier.root()
        due = sum(size >> level for level in range(STORED, 64, STORED))
        kept = readable(self._findings, self._count)
        if kept is not None and kept > due:
            self._findings.add(None, "node-differs", f"{kept:,} nodes of the tree are kept; it has {due:,}.")

    def _reached(self, until: int) -> list[int]:
        """The sizes asked for below one that the tree is about to have."""
        at = bisect_left(self._sizes, until)
        reached, self._sizes = self._sizes[:at], self._sizes[at:]
        return reached

    def _grow(self, leaves: list[bytes]) -> None:
        for level, index, hashed in self.frontier.extend(leaves):
            if readable(self._findings, self._kept, level, index) != hashed:
                self._differs((level, index, hashed))

    def _kept(self, level: int, index: int) -> Any:
        return self._connection.execute(NODE, {"level": level, "index": index}).scalar_one_or_none()

    def _count(self) -> int:
        return self._connection.execute(NODES).scalar_one()

    def _differs(self, node: Node) -> None:
        level, index, _ = node
        first, last = (index << level) + 1, index + 1 << level
        self._findings.add(
            None, "node-differs", f"The hash kept for #{first} to #{last} is not that of these lines (level {level})."
        )

    def _compare(self, rows: Rows, leaves: list[bytes]) -> None:
        for row, leaf in zip(rows, leaves, strict=True):
            if row[LEAF] != leaf:
                self._findings.add(
                    row[POSITION], "leaf-differs", "The hash kept beside the line is not that of the line."
                )


def _leaves(rows: Rows) -> list[bytes]:
    """The hashes of the lines as leaves (RFC 9162, 2.1.1)."""
    try:
        return [sha256(b"\x00" + row[LINE]).digest() for row in rows]
    except TypeError:
        return [_leaf(row[LINE]) for row in rows]


def _leaf(line: object) -> bytes:
    """What is no bytes has the hash of an empty line: it keeps its place, and can be nobody's line."""
    return leaf_hash(line if isinstance(line, bytes) else b"")
