"""What does an audit's answer speak of? Ledger, size and root, so that a paper copy of it is an anchor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ledger.record import Record


class Cited(NamedTuple):
    """A ledger, and how much of it; what could not be read is empty."""

    id: str
    title: str | None
    size: int
    root: bytes

    @classmethod
    def of(cls, record: Record, size: int, root: bytes) -> Cited:
        """As much of this ledger."""
        return cls(record.id, record.title, size, root)

    @property
    def head(self) -> dict[str, Any]:
        """`ledger` in the JSON of every command."""
        return {"id": self.id or None, "title": self.title, "size": self.size, "root": self.root.hex() or None}

    @property
    def footer(self) -> str:
        """The last line of every report in text."""
        return f"ledger {self.id or '-'}  size {self.size}  root {self.root.hex() or '-'}"
