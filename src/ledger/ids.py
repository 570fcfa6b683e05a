"""Which id does a new line get? (UUID version 7, RFC 9562)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from secrets import randbits
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VERSION, VARIANT = 7 << 76, 2 << 62


class Ids:
    """Ids that carry the time of their line and grow from call to call (RFC 9562, 6.2, methods 3 and 1).

    The 12 bits after the milliseconds are the fraction of the millisecond; the rest is random, and counts on where
    the time stands still. `random` gives that many random bits; a seeded one makes histories that repeat.
    """

    def __init__(self, random: Callable[[int], int] = randbits) -> None:
        self._random = random
        self._last = 0

    def __call__(self, at: datetime) -> str:
        """A new id for a line recorded at this instant."""
        milliseconds, micros = divmod(max(0, (at - EPOCH) // timedelta(microseconds=1)), 1000)
        fraction = micros * 4096 // 1000
        # One random bit less than there is room for, so that counting on never reaches the variant.
        made = milliseconds << 80 | VERSION | fraction << 64 | VARIANT | self._random(61)
        self._last = max(made, self._last + 1)
        return str(UUID(int=self._last))
