"""How much was reached in a period, by the actuals that count?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal
from functools import reduce
from operator import itemgetter
from typing import Any, NamedTuple

from domain.fold import order
from domain.period import Period
from domain.quantity import Quantity, plain, rescale
from domain.recorded import Recorded
from domain.refused import Refused
from domain.target import Terms

EXACT = Context(prec=60)
"""For sums and products of amounts: they do not depend on the precision that is set elsewhere."""


class Reached(NamedTuple):
    """An amount in the target's unit, the days of the period that it accounts for, and the events that say so."""

    value: Decimal
    covered: int
    positions: tuple[int, ...]


class Actual(NamedTuple):
    """What was reported for a stretch of days."""

    first: date
    last: date
    quantity: Quantity
    by: Recorded

    @property
    def covered(self) -> int:
        """How many of its days had passed when it was true."""
        return max(0, (min(self.last, self.by.effective) - self.first).days + 1)


class Actuals:
    """The actuals of a target that count, one for each stretch of days."""

    def __init__(self, reported: Iterable[Recorded]) -> None:
        self._actuals = sorted(filter(None, map(_actual, reported)), key=itemgetter(0, 1))
        self._firsts = [one.first for one in self._actuals]

    def reached(self, terms: Terms, period: Period) -> Reached | None:
        """What they say of a period; None when they say nothing."""
        begin, end = bisect_left(self._firsts, period.first), bisect_right(self._firsts, period.last)
        if begin == end:
            return None
        inside = [
            (one, value)
            for one in self._actuals[begin:end]
            if one.last <= period.last and (value := _value(one.quantity, terms.amount.unit)) is not None
        ]
        if not inside:
            return None
        if terms.measure == "level":
            last, value = max(inside, key=lambda pair: (pair[0].last, order(pair[0].by)))
            return Reached(value, period.days, (last.by.position,))
        used = [pair for pair in inside if (pair[0].first, pair[0].last) == (period.first, period.last)] or inside
        return Reached(
            plain(reduce(EXACT.add, (value for _, value in used))),
            sum(one.covered for one, _ in used),
            tuple(sorted(one.by.position for one, _ in used)),
        )


def _actual(by: Recorded) -> Actual | None:
    fact: Any = by.fact
    first, last = fact.period.earliest, fact.period.latest
    return Actual(first, last, fact.quantity, by) if first and last else None


def _value(quantity: Quantity, unit: str) -> Decimal | None:
    """An amount in a unit; None where it has no such unit or no such size, which only a broken ledger can hold."""
    try:
        return rescale(quantity, unit).value if sound(quantity) else None
    except Refused:
        return None


def sound(quantity: Quantity) -> bool:
    """Is it of a size that can be reckoned with? What the rules let pass is, by far."""
    return abs(quantity.value.adjusted()) < 24
