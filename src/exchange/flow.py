"""Which position comes next, and what stands there already?"""

from __future__ import annotations

from exchange.places import Places
from ledger.record import Record

PAGE = 1000


class Flow:
    """Follows positions from line to line.

    After a wrong one both counts are believed, the one that goes on from what the line says and the one that passes
    over it: one wrong line does not make the others wrong.
    """

    def __init__(self, next: int) -> None:
        self.next = next
        self.counted = next

    def skip(self) -> None:
        """A line that does not say where it belongs."""
        self.next += 1
        self.counted += 1

    def follows(self, position: int) -> bool:
        """Whether a line that says this position comes next; go on after it."""
        fits = position in (self.next, self.counted)
        self.next = position + 1
        self.counted = self.next if fits else self.counted + 1
        return fits


class Standing:
    """The lines that stand: in the record, and behind it those that are new."""

    def __init__(self, record: Record | None, new: Places) -> None:
        self._record = record
        self._new = new
        self._astray = False
        self.stored = record.size if record else 0
        self._first = 1
        self._page: list[bytes] = []

    @property
    def last(self) -> int:
        """The position of the last one that can be told."""
        return self.stored if self._astray else self.stored + len(self._new)

    def go_astray(self) -> None:
        """Among the new lines one has a wrong position, so that their count no longer tells theirs."""
        self._astray = True

    def line(self, position: int) -> bytes:
        """The line at a position, 1 to `last`."""
        if position > self.stored:
            return self._new[position - self.stored - 1]
        if not 0 <= position - self._first < len(self._page):
            assert self._record is not None
            pages = self._record.lines(position - 1, min(position - 1 + PAGE, self.stored))
            self._first, self._page = position, [line for _, line in next(pages)]
        return self._page[position - self._first]
