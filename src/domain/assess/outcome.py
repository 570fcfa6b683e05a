"""How did each period of a target go, and where is the running one heading?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from domain.actual import ActualReported
from domain.assess.thresholds import MISS_PERCENT
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.period import Period, period_of, periods
from domain.quantity import Quantity, rescale
from domain.recorded import Recorded
from domain.target import Terms, indicators, own_period, terms_of

MONTH = Decimal("365.25") / 12
"""Days in an average month, for amounts needed per month."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One period of a target. Amounts are in the target's unit; what is undefined is None, never 0.

    `last` says that no later period of the target has ended; `ended` that its whole window has.
    """

    indicator: str
    terms: Terms
    period: Period
    outcome: Literal["met", "short", "unreported", "running", "future"]
    actual: Quantity | None
    projected: Quantity | None
    needed_per_month: Quantity | None
    positions: tuple[int, ...]
    window_ended: bool
    last_ended: bool = False

    @property
    def misses(self) -> bool:
        """Is the running period projected to miss by more than the threshold?"""
        if self.outcome != "running" or self.projected is None:
            return False
        aimed, margin = self.terms.amount.value, Decimal(MISS_PERCENT) / 100
        if self.terms.aim == "at-most":
            return self.projected.value > aimed * (1 + margin)
        return self.projected.value < aimed * (1 - margin)


def outcomes(facts: Facts, on: date) -> list[Outcome]:
    """The ended periods, the running one and the next, of every target, in order of indicator and period."""
    found = []
    for indicator in indicators(facts, on):
        chain = facts.chain(facts.key, "target", indicator, on)
        actuals = _actuals(facts, indicator, on)
        judged = [_judge(indicator, by, terms, period, actuals, on) for by, terms, period in _periods(chain, on)]
        ended = [one for one in judged if one.outcome not in ("running", "future")]
        found += [replace(one, last_ended=one is ended[-1]) if ended else one for one in judged]
    return found


def _periods(chain: list[Recorded], on: date) -> Iterator[tuple[Recorded, Terms, Period]]:
    """The periods of a target, each with the terms in force on its last day, or as of now while it has not ended."""
    by = chain[-1]
    now = terms_of(by.fact)
    if now.per == "once":
        window = period_of(now.window)
        judge, terms = _in_force(chain, min(window.last, on))
        yield (judge, terms, window) if terms.window.same_as(now.window) else (by, now, window)
        return
    for period in periods(_whole_range(chain), now.per, on):
        judge, terms = _in_force(chain, min(period.last, on))
        if own_period(terms, period) == period:
            yield judge, terms, period


def _whole_range(chain: list[Recorded]) -> FuzzyDate:
    """From the earliest beginning of any window on; which periods count is decided by the terms in force for each."""
    first = min(terms_of(one.fact).window.earliest or date.max for one in chain)
    return FuzzyDate(earliest=first, edtf=f"{first}/..", latest=None, wording="")


def _in_force(chain: list[Recorded], day: date) -> tuple[Recorded, Terms]:
    """The terms in force on a day; the first ones where the target was set later."""
    by = next((one for one in reversed(chain) if one.effective <= day), chain[0])
    return by, terms_of(by.fact)


def _actuals(facts: Facts, indicator: str, on: date) -> list[Recorded]:
    found = []
    for detail in facts.details(facts.key, "actual"):
        if detail.startswith(indicator + " "):
            last = facts.last(facts.key, "actual", detail, on)
            if last:
                found.append(last)
    return found


def _judge(indicator: str, by: Recorded, terms: Terms, period: Period, actuals: list[Recorded], on: date) -> Outcome:
    inside = [one for one in actuals if _lies_in(one, period)]
    if terms.measure == "level":
        value, covered, used = _level(inside, terms.amount.unit)
    else:
        value, covered, used = _flow(inside, period, terms.amount.unit)
    whole = terms.measure == "level" or covered == period.days
    actual = None if value is None else Quantity(unit=terms.amount.unit, value=value)
    outcome = _outcome(terms, period, value, whole, on)
    projected = needed = None
    if outcome == "running" and value is not None:
        projected = _projection(terms, period, value, covered)
        needed = _needed(terms, period, value, on)
    return Outcome(
        indicator=indicator,
        terms=terms,
        period=period,
        outcome=outcome,
        actual=actual,
        projected=projected,
        needed_per_month=needed,
        positions=(by.position, *(one.position for one in used)),
        window_ended=terms.window.latest is not None and terms.window.latest < on,
    )


def _lies_in(actual: Recorded, period: Period) -> bool:
    reported = _reported(actual).period
    return bool(
        reported.earliest and reported.latest and period.first <= reported.earliest and reported.latest <= period.last
    )


def _reported(actual: Recorded) -> ActualReported:
    assert isinstance(actual.fact, ActualReported)
    return actual.fact


def _level(inside: list[Recorded], unit: str) -> tuple[Decimal | None, int, list[Recorded]]:
    """Of the actuals inside the period, the one whose period ends last counts."""
    if not inside:
        return None, 0, []
    last = max(inside, key=lambda one: (_reported(one).period.latest or date.min, one.effective, one.position))
    return rescale(_reported(last).quantity, unit).value, 0, [last]


def _flow(inside: list[Recorded], period: Period, unit: str) -> tuple[Decimal | None, int, list[Recorded]]:
    """The period's own actual, else the sum of its parts, with the days covered up to each report."""
    own = [one for one in inside if _covers(one) == (period.first, period.last)]
    used = own or inside
    if not used:
        return None, 0, []
    total = sum((rescale(_reported(one).quantity, unit).value for one in used), Decimal(0))
    covered = 0
    for one in used:
        first, last = _covers(one)
        covered += max(0, (min(last, one.effective) - first).days + 1)
    return total, covered, used


def _covers(actual: Recorded) -> tuple[date, date]:
    period = _reported(actual).period
    return period.earliest or date.min, period.latest or date.max


def _outcome(
    terms: Terms, period: Period, value: Decimal | None, whole: bool, on: date
) -> Literal["met", "short", "unreported", "running", "future"]:
    if period.first > on:
        return "future"
    if period.last >= on:
        return "running"
    if value is None:
        return "unreported"
    aimed = terms.amount.value
    # A flow that is past its amount stays past it, however much is still unreported.
    if terms.aim == "at-most":
        return "short" if value > aimed else "met" if whole else "unreported"
    return "met" if value >= aimed else "short" if whole else "unreported"


def _projection(terms: Terms, period: Period, value: Decimal, covered: int) -> Quantity | None:
    if terms.measure == "level":
        return Quantity(unit=terms.amount.unit, value=value)
    if covered == 0:
        return None
    return Quantity(unit=terms.amount.unit, value=rounded(value / covered * period.days))


def _needed(terms: Terms, period: Period, value: Decimal, on: date) -> Quantity | None:
    """What each remaining month must bring; None where nothing can be added up or no day is left."""
    left = (period.last - on).days
    if terms.measure == "level" or terms.aim == "at-most" or left == 0:
        return None
    missing = max(Decimal(0), terms.amount.value - value)
    return Quantity(unit=terms.amount.unit, value=rounded(missing / (left / MONTH)))


def rounded(value: Decimal) -> Decimal:
    """To five significant digits, without an exponent: a projection is not more exact than that."""
    if value == 0:
        return Decimal(0)
    places = max(0, 4 - value.adjusted())
    plain = round(value, places)
    return Decimal(f"{plain:f}".rstrip("0").rstrip(".")) if places else plain
