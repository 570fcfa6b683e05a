"""How did each commitment stand at each position, judged on the day of that position? Told only where it may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, tzinfo
from typing import Any, NamedTuple

import msgspec

from domain.assess import Assessed
from domain.recorded import Recorded
from projections.replay import Replay

MONTHS = {"year": 12, "quarter": 3, "month": 1}


class Moment(NamedTuple):
    """From a position on a commitment stands like this; None where it does not. To be looked at before the next one."""

    position: int
    subject: str
    judged: Assessed | None


class Moments(Replay):
    """The ledger line by line, with the judgements that its events and the passing of time bring.

    What time alone changes is found between the lines. With no new fact a judgement goes one way (nothing becomes less
    late), so that one which `sign` says is the same on two days was the same on all days between; only the periods of
    targets come and go, and so each of their beginnings is looked at.
    """

    def __init__(self, zone: tzinfo, sign: Callable[[Assessed], object]) -> None:
        super().__init__(zone)
        self._sign = sign
        self.days: list[date] = []
        """The ledger's day of each position, from 1 on."""
        self._months: list[tuple[int, int]] = []
        """Each month in which lines were recorded, counted from year 0, with its first position."""
        self._since: dict[str, tuple[int, object]] = {}

    def of(self, lines: Iterable[Recorded], on: date) -> Iterator[Moment]:
        """Every moment, in no order but that of each commitment's own. The position after the last line is the whole
        ledger, judged on a day of its own."""
        for line in lines:
            local = msgspec.structs.replace(line, recorded=line.recorded.astimezone(self._zone).replace(tzinfo=None))
            touched = self._touched(line.subject)
            for subject in touched:
                yield from self._lapsed(subject, line.position - 1)
            self._come(local.recorded.date())
            self._take(local)
            for subject in touched:
                yield self._moment(subject, line.position)
        for subject in [*self._since]:
            yield from self._lapsed(subject, len(self.days))
        self._come(on)
        for subject in [*self._since]:
            yield self._moment(subject, len(self.days))

    def _come(self, day: date) -> None:
        self.days.append(day)
        month = day.year * 12 + day.month - 1
        if not self._months or self._months[-1][0] != month:
            self._months.append((month, len(self.days)))

    def _touched(self, subject: str) -> list[str]:
        """A stream, and those that wait for an item of it."""
        found = [subject, *sorted(self._waiting.get(subject, ()))]
        return [one for one in found if one.startswith("commitment/")]

    def _moment(self, subject: str, position: int) -> Moment:
        judged = self._judged_at(subject, position)
        self._since[subject] = position, self._signed(judged)
        return Moment(position, subject, judged)

    def _lapsed(self, subject: str, until: int) -> Iterator[Moment]:
        """What time changed since the last line about it."""
        if subject not in self._since:
            return
        position, signed = self._since[subject]
        for stop in (*self._beginnings(subject, position, until), until):
            last = self._signed(self._judged_at(subject, stop))
            yield from self._between(subject, position, signed, stop, last)
            position, signed = stop, last

    def _beginnings(self, subject: str, after: int, until: int) -> Iterator[int]:
        """The last position of each period of its targets, and the first of the next."""
        facts = self._streams[subject]
        last: list[Any] = [facts.fact(facts.key, "target", name) for name in facts.details(facts.key, "target")]
        length = min((MONTHS.get(fact.per, 12) for fact in last if fact), default=0)
        if not length:
            return
        begun = [first for month, first in self._months if month % length == 0 and after < first <= until]
        yield from (position for first in begun for position in (first - 1, first))

    def _between(self, subject: str, first: int, signed: object, until: int, last: object) -> Iterator[Moment]:
        if signed == last:
            return
        if until - first <= 1:
            yield Moment(until, subject, self._judged_at(subject, until))
            return
        middle = (first + until) // 2
        found = self._signed(self._judged_at(subject, middle))
        yield from self._between(subject, first, signed, middle, found)
        yield from self._between(subject, middle, found, until, last)

    def _judged_at(self, subject: str, position: int) -> Assessed | None:
        return self._judged(subject, self.days[position - 1])

    def _signed(self, judged: Assessed | None) -> object:
        return self._sign(judged) if judged else None
