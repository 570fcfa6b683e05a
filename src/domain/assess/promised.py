"""Which periods does a target have on a day, and which amount was in force for each?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from domain.fuzzy import FuzzyDate
from domain.period import Per, Period, periods
from domain.recorded import Recorded
from domain.target import Terms, terms_of


class Promise(NamedTuple):
    """A period of a target with the terms that it is judged by, and the fact that set them."""

    by: Recorded
    terms: Terms
    period: Period


class _Plan(NamedTuple):
    """What one fact of a target's chain promises, and for which periods, in order."""

    by: Recorded
    terms: Terms
    periods: Mapping[Period, None]


def promises(chain: list[Recorded], on: date) -> list[Promise]:
    """The ended periods, the running one and the next, oldest first, by the facts of the chain seen on that day.

    A period is judged by what was in force on its last day, while it runs by what is in force now. So a window that
    is cut short drops the periods to come, but none that had ended. An amount to reach once has one period, the
    window in force now.
    """
    plans = [_plan(one, on) for one in chain]
    counted = plans[-1:] if plans[-1].terms.per == "once" else plans
    found: dict[Period, None] = {}
    for one in counted:
        found.update(one.periods)
    days = [one.by.effective for one in plans]
    return [
        Promise(plan.by, plan.terms, period)
        for period in sorted(found, key=attrgetter("first", "last"))
        if (plan := _in_force(plans, max(0, bisect_right(days, min(period.last, on)) - 1), period))
    ]


def _plan(by: Recorded, on: date) -> _Plan:
    terms = terms_of(by.fact)
    return _Plan(by, terms, _periods(terms.window, terms.per, on))


@lru_cache(1000)  # a target that is revised mostly keeps its window
def _periods(window: FuzzyDate, per: Per, until: date) -> Mapping[Period, None]:
    """The periods as a set that keeps their order."""
    return dict.fromkeys(periods(window, per, until))


def _in_force(plans: list[_Plan], then: int, period: Period) -> _Plan | None:
    """What was in force on the period's day, or the first that came later, if it promises the period."""
    if period in plans[then].periods:
        return plans[then]
    return next((plan for plan in plans[then + 1 :] if period in plan.periods), None)
