"""How much was promised per period, and how does that change?"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

import msgspec

from domain.amount import Measure
from domain.due import check_approval, check_change
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.period import Per, Period, calendar_period, cuts, period_of
from domain.quantity import Quantity, check_quantity, rescale
from domain.recorded import Fact, New, Slot, alike
from domain.refused import Refused
from domain.text import check_key, required, text
from domain.text import key as key_of

Aim = Literal["at-least", "at-most"]


class Terms(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """An amount per period over a window; a flow adds up, a level is read off."""

    amount: Quantity
    per: Per
    measure: Measure
    aim: Aim
    window: FuzzyDate
    baseline: Quantity | None = None


class TargetSet(Fact, frozen=True, kw_only=True):
    """A commitment aims at an amount."""

    stored: ClassVar[str] = "target.set.v1"
    opens: ClassVar[bool] = True

    indicator: str
    amount: Quantity
    per: Per
    measure: Measure
    aim: Aim
    window: FuzzyDate
    baseline: Quantity | None = None

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "target", self.indicator),)

    def check(self, at: Occasion, facts: Facts) -> None:
        check_key(self.indicator, "indicator")
        check_terms(terms_of(self))


class TargetRevised(Fact, frozen=True, kw_only=True):
    """The amount, window, aim or baseline aimed at changed, with reason and approver."""

    stored: ClassVar[str] = "target.revised.v1"

    indicator: str
    previous: Terms
    amount: Quantity
    per: Per
    measure: Measure
    aim: Aim
    window: FuzzyDate
    baseline: Quantity | None = None
    reason: str
    approved_by: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "target", self.indicator),)

    def check(self, at: Occasion, facts: Facts) -> None:
        check_approval(self.approved_by, at.actor)
        in_force, terms = target_in_force(facts, self.indicator), terms_of(self)
        check_change(self.previous, in_force, terms)
        check_terms(terms)
        if (terms.per, terms.measure) != (in_force.per, in_force.measure):
            raise Refused(
                "another-target", "A target keeps its period and its measure. Set another with --indicator instead."
            )
        rescale(terms.amount, in_force.amount.unit)


def set_target(at: Occasion, key: str, indicator: str, terms: Terms) -> list[New]:
    """The same again records nothing.

    Refused: `wrong-state` (revise it), `bad-window`, `wrong-dimension`, `bad-quantity`, `bad-key`, `unknown-key`.
    """
    indicator = key_of(indicator, "indicator")
    facts = at.facts(key)
    fact = TargetSet(indicator=indicator, **_fields(terms))
    last = facts.last(key, "target", indicator)
    if last and alike(last.fact, fact):
        return []
    if last:
        raise Refused(
            "wrong-state",
            f"{key} has the target {indicator} already ({last.place}). Change it with: pledger target revise {key}.",
        )
    return at.record(facts.subject, fact)


def revise_target(
    at: Occasion, key: str, indicator: str, terms: Terms, *, because: str | None, approved_by: str | None
) -> list[New]:
    """The terms in force again record nothing.

    Refused: `unknown-indicator`, `no-reason`, `no-approver`, `own-approval`, `another-target`, and as `set_target`.
    """
    facts, indicator = at.facts(key), key_of(indicator, "indicator")
    if not approved_by or not approved_by.strip():
        raise Refused("no-approver", "A target changes only with an approver. Name the office with --approved-by.")
    previous = target_in_force(facts, indicator)
    if alike(previous, terms):
        return []
    fact = TargetRevised(
        indicator=indicator,
        previous=previous,
        reason=required(because),
        approved_by=text(approved_by, "approver"),
        **_fields(terms),
    )
    return at.record(facts.subject, fact)


def target_in_force(facts: Facts, indicator: str, on: date | None = None) -> Terms:
    """The terms of a target in force. Refused: `unknown-indicator`, naming those that stand."""
    last = facts.last(facts.key, "target", indicator, on)
    if last:
        return terms_of(last.fact)
    stand = indicators(facts)
    hint = f"It has: {', '.join(stand)}." if stand else f"Set one first: pledger target set {facts.key}."
    raise Refused("unknown-indicator", f"{facts.key} has no target {indicator}. {hint}")


def indicators(facts: Facts, on: date | None = None) -> list[str]:
    """The indicators of the targets of a commitment that stand."""
    return sorted(name for name in facts.details(facts.key, "target") if facts.last(facts.key, "target", name, on))


def terms_of(fact: Any) -> Terms:
    """The terms that a target fact states."""
    return Terms(
        amount=fact.amount,
        per=fact.per,
        measure=fact.measure,
        aim=fact.aim,
        window=fact.window,
        baseline=fact.baseline,
    )


def check_terms(terms: Terms) -> None:
    """Refused: `bad-window`, `wrong-dimension`, `bad-quantity`."""
    check_quantity(terms.amount)
    if terms.baseline:
        check_quantity(terms.baseline)
        rescale(terms.baseline, terms.amount.unit)
    window = terms.window
    if window.earliest is None or window.approximate:
        raise Refused("bad-window", f"A target's window has an exact beginning; {window.wording} has none.")
    if terms.per == "once":
        _check_once(window)
    elif cuts(window, terms.per):
        raise Refused("bad-window", f"The window {window.wording} cuts a {terms.per}. Choose whole {terms.per}s.")


def _check_once(window: FuzzyDate) -> None:
    """The window of an amount to reach once is its one period."""
    try:
        period_of(window)
    except Refused:
        raise Refused(
            "bad-window",
            f"An amount to reach once needs a window of whole months with an end, not {window.wording}."
            " Write one such as 2026, 2026-2030 or 2026-01/2026-08.",
        ) from None


def own_period(terms: Terms, period: Period) -> Period | None:
    """The target's own period in which a period lies whole; None when it lies in none of the window's."""
    window = terms.window
    own = period_of(window) if terms.per == "once" else calendar_period(terms.per, period.first)
    inside = own.first <= period.first and period.last <= own.last
    begun = window.earliest is None or window.earliest <= own.first
    return own if inside and begun and (window.latest is None or own.last <= window.latest) else None


def _fields(terms: Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in Terms.__struct_fields__}
