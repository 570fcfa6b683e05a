"""Was this id seen before, in a million lines and in little memory?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

BYTES = 16  # of a UUID


class SeenIds:
    """The ids of lines. They mostly grow from line to line (UUID version 7), so most are known to be new at a glance.

    `stored` tells whether a ledger has an id already, `last` is the highest that it has.
    """

    def __init__(self, last: str = "", stored: Callable[[str], bool] = lambda _: False) -> None:
        self._stored = stored
        self._stored_last = last
        self._highest = ""
        self._rising = bytearray()
        self._strays: set[str] = set()

    def again(self, id: str) -> bool:
        """Whether an id was there already; from now on it is."""
        if id > self._highest:
            self._highest = id
            self._rising += bytes.fromhex(id.replace("-", ""))
            return id <= self._stored_last and self._stored(id)
        if id in self._strays or self._among_rising(id):
            return True
        self._strays.add(id)
        return id <= self._stored_last and self._stored(id)

    def _among_rising(self, id: str) -> bool:
        wanted = bytes.fromhex(id.replace("-", ""))
        place = bisect_left(range(len(self._rising) // BYTES), wanted, key=self._rising_at)
        return self._rising_at(place) == wanted

    def _rising_at(self, place: int) -> bytes:
        return bytes(self._rising[place * BYTES : (place + 1) * BYTES])
