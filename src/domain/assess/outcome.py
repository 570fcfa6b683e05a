"""How did each period of a target go, and where is the running one heading?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec

from domain.assess.item import Item
from domain.assess.promised import Promise, promises
from domain.assess.reached import EXACT, Actuals, Reached, sound
from domain.assess.thresholds import MISS_PERCENT
from domain.period import Period
from domain.quantity import Quantity, plain
from domain.quantity import text as amount
from domain.recorded import Recorded
from domain.target import Terms

MONTH = Decimal("365.25") / 12
"""Days in an average month, for amounts needed per month."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One period of a target. Amounts are in the target's unit; what is undefined is None, never 0.

    `misses`: the running period is projected to miss by more than the threshold. `last_ended`: no later period of
    the target has ended. `window_ended`: all of its periods have.
    """

    indicator: str
    terms: Terms
    period: Period
    outcome: Literal["met", "short", "unreported", "running", "future"]
    actual: Quantity | None
    projected: Quantity | None
    needed_per_month: Quantity | None
    positions: tuple[int, ...]
    misses: bool
    last_ended: bool
    window_ended: bool

    @property
    def decides(self) -> bool:
        """Does it speak for its target now: as the last period that ended, or since the whole window has?"""
        return self.last_ended or self.window_ended

    @property
    def reached(self) -> str:
        """`0.4 Mt`, or `nothing`."""
        return amount(self.actual) if self.actual else "nothing"

    @property
    def aimed(self) -> str:
        """`at least 1.5 Mt`."""
        return f"{self.terms.aim.replace('-', ' ')} {amount(self.terms.amount)}"

    @property
    def promised(self) -> str:
        """`at least 1.5 Mt promised`."""
        return f"{self.aimed} promised"


def outcomes(item: Item) -> list[Outcome]:
    """The ended periods, the running one and the next, of every target, in order of indicator and period."""
    if "target" not in item.chains:
        return []
    chains: Any = item.chains["target"]
    chains = [[one for one in chain if sound(one.fact.amount)] for chain in chains]
    by_indicator = {chain[-1].fact.indicator: chain for chain in chains if chain}
    return [outcome for name in sorted(by_indicator) for outcome in _of_target(item, name, by_indicator[name])]


def _of_target(item: Item, indicator: str, chain: list[Recorded]) -> list[Outcome]:
    reported: Any = [one[-1] for one in item.chains.get("actual", ())]
    actuals = Actuals(one for one in reported if one.fact.indicator == indicator)
    promised = promises(chain, item.on)
    ended = [one for one in promised if one.period.last < item.on]
    last = ended[-1] if ended else None
    return [
        _judge(
            indicator,
            one,
            actuals.reached(one.terms, one.period),
            item.on,
            last_ended=one is last,
            window_ended=len(ended) == len(promised),
        )
        for one in promised
    ]


def _judge(
    indicator: str, promise: Promise, reached: Reached | None, on: date, *, last_ended: bool, window_ended: bool
) -> Outcome:
    by, terms, period = promise
    unit = terms.amount.unit
    outcome = _outcome(terms, period, reached, on)
    heading = _heading(period, reached) if outcome == "running" else None
    needed = _needed(terms, period, reached, on) if outcome == "running" else None
    return Outcome(
        indicator=indicator,
        terms=terms,
        period=period,
        outcome=outcome,
        actual=Quantity(unit=unit, value=reached.value) if reached else None,
        projected=None if heading is None else _quantity(heading, terms),
        needed_per_month=None if needed is None else Quantity(unit=unit, value=needed),
        positions=(by.position, *(reached.positions if reached else ())),
        misses=heading is not None and _misses(terms, heading),
        last_ended=last_ended,
        window_ended=window_ended,
    )


def _quantity(heading: Decimal, terms: Terms) -> Quantity:
    value = rounded(heading) if heading and terms.measure == "flow" else heading
    return Quantity(unit=terms.amount.unit, value=value)


def _outcome(
    terms: Terms, period: Period, reached: Reached | None, on: date
) -> Literal["met", "short", "unreported", "running", "future"]:
    if period.first > on:
        return "future"
    if period.last >= on:
        return "running"
    if reached is None:
        return "unreported"
    # A flow that is past its amount stays past it, however much of its period is still unreported.
    if terms.aim == "at-most" and reached.value > terms.amount.value:
        return "short"
    if terms.aim == "at-least" and reached.value >= terms.amount.value:
        return "met"
    if reached.covered < period.days:
        return "unreported"
    return "met" if terms.aim == "at-most" else "short"


def _heading(period: Period, reached: Reached | None) -> Decimal | None:
    """Where a period ends at its pace so far: a flow in proportion to the days that it accounts for."""
    if reached is None or reached.covered == 0:
        return None
    return EXACT.divide(EXACT.multiply(reached.value, Decimal(period.days)), Decimal(reached.covered))


def _misses(terms: Terms, heading: Decimal) -> bool:
    aimed, margin = terms.amount.value, Decimal(MISS_PERCENT) / 100
    if terms.aim == "at-most":
        return heading > EXACT.multiply(aimed, 1 + margin)
    return heading < EXACT.multiply(aimed, 1 - margin)


def _needed(terms: Terms, period: Period, reached: Reached | None, on: date) -> Decimal | None:
    """What each remaining month must bring; None where nothing is known or can be added up, or no day is left."""
    left = (period.last - on).days
    if reached is None or terms.measure == "level" or terms.aim == "at-most" or left == 0:
        return None
    return rounded(max(Decimal(0), terms.amount.value - reached.value) * MONTH / left)


def rounded(value: Decimal) -> Decimal:
    """To five significant digits, without an exponent: a projection is not more exact than that."""
    return plain(Decimal(f"{value:.4e}"))
