"""What may be reported next for the target of one commitment?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from benchmarks import words
from domain.actual import ActualReported
from domain.period import Per
from domain.quantity import Quantity
from domain.target import TargetRevised, TargetSet, Terms

MOST_REVISIONS = 4
MONTHS: dict[Per, int] = {"year": 12, "quarter": 3, "month": 1, "once": 12}
Reported = tuple[ActualReported | None, date, Callable[[], object] | None]
"""A report, its day, and what takes it back."""


class Aim:
    """A target that begins with the year of its commitment; the longer its stream, the finer its actuals are."""

    def __init__(self, indicator: str, random: Random, on: date, lines: int) -> None:
        unit, self._whole, per = words.pick(random, words.AMOUNTS)
        first, years = on.year, 3 + int(random.random() * 8)
        open_ended = per != "once" and random.random() < 0.3
        self._indicator = indicator
        self._random = random
        self._unit = unit
        self._size = min(MONTHS[per], 12 if lines < 20 else 3 if lines < 60 else 1)
        self._share = 1.0 if words.measure(unit) == "level" else self._size / MONTHS[per]
        self._next, self._beyond = first * 12, (first + years) * 12
        self._revisions = 0
        self._reported: dict[int, list[Quantity]] = {}
        self._terms = Terms(
            amount=words.amount(unit, self._whole, 1),
            per=per,
            measure=words.measure(unit),
            aim="at-least",
            window=words.fuzzy(f"{first}/.." if open_ended else f"{first}/{first + years - 1}"),
        )

    def set(self) -> TargetSet:
        """It is aimed at."""
        terms = self._terms
        return TargetSet(
            indicator=self._indicator,
            amount=terms.amount,
            per=terms.per,
            measure=terms.measure,
            aim=terms.aim,
            window=terms.window,
        )

    def revised(self) -> TargetRevised | None:
        """Another amount is aimed at from now on; None once that has happened often enough."""
        if self._revisions == MOST_REVISIONS:
            return None
        self._revisions += 1
        before = self._terms
        amount = words.amount(self._unit, self._whole, 1 + self._revisions / 10)
        self._terms = Terms(amount=amount, per=before.per, measure=before.measure, aim=before.aim, window=before.window)
        return TargetRevised(
            indicator=self._indicator,
            previous=before,
            amount=amount,
            per=before.per,
            measure=before.measure,
            aim=before.aim,
            window=before.window,
            reason=words.pick(self._random, words.REASONS),
            approved_by=words.APPROVER,
        )

    def reported(self, today: date, day: date) -> Reported:
        """The first period that is over and not reported yet; else, now and then, an earlier one once more."""
        counted, last = self._next, words.last_of(self._next + self._size - 1)
        if counted < self._beyond and last < today:
            self._next += self._size
            return self._report(counted, max(day, last))
        if not self._reported or self._random.random() > 0.2:
            return None, today, None
        return self._report(words.pick(self._random, tuple(self._reported)), today)

    def _report(self, counted: int, effective: date) -> Reported:
        random, before = self._random, self._reported.setdefault(counted, [])
        quantity = words.amount(self._unit, self._whole, self._share * (0.6 + random.random() * 0.6))
        fact = ActualReported(
            indicator=self._indicator,
            quantity=quantity,
            period=words.period(counted, self._size),
            previous=before[-1] if before else None,
            reason=words.REASONS[-1] if before else None,
            evidence=words.proof(random) if random.random() < 0.1 else (),
        )
        before.append(quantity)
        return fact, effective, before.pop
