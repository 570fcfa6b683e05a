"""Which periods does a target have on a day, and which amount was in force for each?"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.period import Period, periods
from domain.recorded import Recorded
from domain.target import Terms, terms_of


class Promise(NamedTuple):
    """A period of a target with the terms that it is judged by, and the fact that set them."""

    by: Recorded
    terms: Terms
    period: Period


class _Plan(NamedTuple):
    """What one fact of a target's chain promises, and for which periods."""

    by: Recorded
    terms: Terms
    periods: frozenset[Period]


def promises(chain: list[Recorded], on: date) -> list[Promise]:
    """The ended periods, the running one and the next, oldest first, by the facts of the chain seen on that day.

    A period is judged by what was in force on its last day, while it runs by what is in force now. So a window that
    is cut short drops the periods to come, but none that had ended. An amount to reach once has one period, the
    window in force now.
    """
    plans = [_plan(one, on) for one in chain]
    counted = plans[-1:] if plans[-1].terms.per == "once" else plans
    found = frozenset().union(*(plan.periods for plan in counted))
    return [
        Promise(plan.by, plan.terms, period)
        for period in sorted(found, key=lambda one: (one.first, one.last))
        if (plan := _in_force(plans, period, min(period.last, on)))
    ]


def _plan(by: Recorded, on: date) -> _Plan:
    terms = terms_of(by.fact)
    return _Plan(by, terms, frozenset(periods(terms.window, terms.per, on)))


def _in_force(plans: list[_Plan], period: Period, day: date) -> _Plan | None:
    """What was in force for a period on a day; where it was promised only later, what promised it first."""
    before = [plan for plan in plans if plan.by.effective <= day]
    after = [plan for plan in plans if plan.by.effective > day]
    return next((plan for plan in before[-1:] + after if period in plan.periods), None)
