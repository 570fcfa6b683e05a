"""How far have the read models followed the ledger, and do they belong to it?"""

from __future__ import annotations

from typing import NamedTuple

from ledger.record import Head, Record
from projections.base import Base, DamagedError
from projections.version import VERSION


class Cursor(NamedTuple):
    """The one row of that name: see `projections.tables.cursor`."""

    position: int
    model: int
    ledger: str
    leaf: bytes
    stopped: int | None = None
    sentence: str | None = None

    def row(self) -> tuple[int, int, int, str, bytes, int | None, str | None]:
        """The row, in the order of its columns."""
        return (1, *self)

    def fits(self, record: Record, head: Head) -> bool:
        """Do models that stand here belong to this ledger and to this version of the program?

        Where the line at this position is another, an older copy of the ledger was put back and went on otherwise.
        """
        if (self.model, self.ledger) != (VERSION, head.id) or self.position > head.size:
            return False
        return self.leaf == leaf_at(record, self.position)


NOWHERE = Cursor(0, 0, "", b"")
"""Where models begin: they fit no ledger."""


def cursor_of(base: Base) -> Cursor:
    """Where the models of a database stand. Raises `DamagedError`."""
    rows = base.rows("cursor")
    if len(rows) != 1:
        raise DamagedError(f"it has {len(rows)} cursors")
    return Cursor(*rows[0])


def move(base: Base, old: Cursor, new: Cursor) -> bool:
    """Compare and set: False, and nothing is changed, where the cursor stands elsewhere by now."""
    asked = {f"new_{name}": value for name, value in new._asdict().items()}
    asked |= {f"old_{name}": value for name, value in old._asdict().items()}
    return base.change("move cursor", **asked) == 1


def leaf_at(record: Record, position: int) -> bytes:
    """The hash of a line (RFC 9162, leaf hash); empty before the first."""
    return record.node(0, position - 1) if position else b""
