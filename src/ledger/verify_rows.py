"""What is in the table of lines, row by row, whatever was done to the file?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, bindparam, select

from ledger.tables import event
from ledger.trouble import refuse_passing
from ledger.verify_report import Findings

P = ParamSpec("P")
T = TypeVar("T")
PAGE = 1000
LOWEST, HIGHEST = -(2**63), 2**63 - 1
POSITION, STREAM, VERSION, TYPE, LINE, LEAF = 0, 1, 2, 3, 9, 10
"""Places in a row of `event`."""

_rows = select(event).order_by(event.c.position)
PAGES = _rows.where(event.c.position >= bindparam("first")).limit(PAGE)
ROW = select(event).where(event.c.position == bindparam("position"))
_positions = select(event.c.position).where(event.c.position >= bindparam("first"))
NEXT = _positions.order_by(event.c.position).limit(PAGE)

Line = Sequence[Any]
Rows = Sequence[Line]


def readable(findings: Findings, question: Callable[P, T], *asked: P.args, **how: P.kwargs) -> T | None:
    """The answer to a question; None, and a finding, where a damaged file cannot give it."""
    try:
        return question(*asked, **how)
    except Exception as error:
        refuse_passing(error)
        findings.add(None, "file-damaged", f"A table cannot be read: {error}", cause=str(error))
        return None


class Reading:
    """Reads all rows from a position on. Those that cannot be read are findings, and the others are still read."""

    def __init__(self, connection: Connection, first: int, findings: Findings) -> None:
        self._connection = connection
        self._next = first
        self._findings = findings
        self.unreadable: set[int] = set()
        """The positions of rows that are there and cannot be read."""

    def pages(self) -> Iterator[Rows]:
        """The rows in order of position, by pages. Refused (`CannotDecide`): the disk, or another, is in the way."""
        while True:
            before = self._next
            if rows := self._in_order(self._page()):
                self._next = max(self._next, rows[-1][0] + 1)
                yield rows
            if not before < self._next <= HIGHEST:
                return

    def _page(self) -> Rows:
        try:
            return self._connection.execute(PAGES, {"first": self._next}).all()
        except Exception as error:  # of all that a driver can make of a damaged page
            refuse_passing(error)
            return self._one_by_one()

    def _one_by_one(self) -> Rows:
        """The rows of a page that cannot be read as a whole."""
        rows: list[Line] = []
        for position in self._positions():
            try:
                rows += self._connection.execute(ROW, {"position": position}).all()
            except Exception as error:
                refuse_passing(error)
                self.unreadable.add(position)
                self._findings.add(position, "unreadable-row", f"The row cannot be read: {error}")
            self._next = max(self._next, position + 1)
        return rows

    def _positions(self) -> list[int]:
        try:
            return list(self._connection.execute(NEXT, {"first": self._next}).scalars())
        except Exception as error:
            refuse_passing(error)
            self._findings.add(None, "file-damaged", f"From #{self._next} on no line can be read: {error}")
            return []

    def _in_order(self, rows: Rows) -> Rows:
        """A damaged tree of pages can give rows in any order, and the same ones for ever: those in order are taken."""
        last = LOWEST - 1
        for index, row in enumerate(rows):
            if row[0] <= last:
                self._findings.add(last, "file-damaged", f"After #{last} the table of lines goes back to #{row[0]}.")
                return rows[:index]
            last = row[0]
        return rows
