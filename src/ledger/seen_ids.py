"""Was this id seen before, in a million lines and in little memory?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

BYTES = 16  # of a UUID


class SeenIds:
    """The ids of lines. They mostly grow from line to line (UUID version 7), so most are known to be new at a glance.

    `stored` tells whether a ledger has an id already, `last` is the highest that it has. Lines are numbered as they
    come: 0, 1, 2 …
    """

    def __init__(self, last: str = "", stored: Callable[[str], bool] = lambda _: False) -> None:
        self._stored = stored
        self._stored_last = last
        self._highest = ""
        self._rising = bytearray()
        self._strays: dict[str, int] = {}
        self._gaps: list[int] = []
        """For each number that is not among the rising ones, how many of those came before it."""

    def again(self, id: str) -> bool:
        """Whether an id was there already; from now on it is."""
        if id > self._highest:
            self._highest = id
            self._rising += _packed(id)
            return id <= self._stored_last and self._stored(id)
        number = self._rose + len(self._gaps)
        self.pass_over()
        if id in self._strays or self._place(id) is not None:
            return True
        self._strays[id] = number
        return id <= self._stored_last and self._stored(id)

    def pass_over(self) -> None:
        """A line came that has no id."""
        self._gaps.append(self._rose)

    def number(self, id: str) -> int | None:
        """The number of the line that had this id first; None where none had."""
        if id in self._strays:
            return self._strays[id]
        place = self._place(id)
        return None if place is None else place + bisect_right(self._gaps, place)

    @property
    def _rose(self) -> int:
        return len(self._rising) // BYTES

    def _place(self, id: str) -> int | None:
        """Where an id stands among the rising ones."""
        try:
            wanted = _packed(id)
        except ValueError:
            return None
        place = bisect_left(range(self._rose), wanted, key=self._rising_at)
        return place if self._rising_at(place) == wanted else None

    def _rising_at(self, place: int) -> bytes:
        return bytes(self._rising[place * BYTES : (place + 1) * BYTES])


def _packed(id: str) -> bytes:
    return bytes.fromhex(id.replace("-", ""))
