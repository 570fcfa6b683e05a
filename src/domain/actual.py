"""How much was achieved in a period?"""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from domain.due import check_previous
from domain.evidence import Evidence, check_evidence, tidy
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import ANY_STATE, Occasion
from domain.period import Period, period_of
from domain.quantity import Quantity, check_quantity, rescale
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.target import own_period, target_in_force, terms_of
from domain.text import key as key_of
from domain.text import maybe


class ActualReported(Fact, frozen=True, kw_only=True):
    """What was achieved in a period, for a target. The same period again is a restatement, with its reason."""

    stored: ClassVar[str] = "actual.reported.v1"
    act: ClassVar[bool] = False
    taken_in: ClassVar[frozenset[str]] = ANY_STATE

    indicator: str
    quantity: Quantity
    period: FuzzyDate
    previous: Quantity | None = None
    reason: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "actual", slot_detail(self.indicator, self.period)),)

    def check(self, at: Occasion, facts: Facts) -> None:
        terms = target_in_force(facts, self.indicator)
        check_quantity(self.quantity)
        check_evidence(self.evidence)
        rescale(self.quantity, terms.amount.unit)
        period = period_of(self.period)
        if period.first > at.effective:
            raise Refused("period-in-future", f"{period.label} has not begun on {at.effective}. Report it once it has.")
        own = _own_period(facts, self.indicator, period)
        if terms.measure == "flow":
            _check_apart(facts, self, period, own)
        detail = slot_detail(self.indicator, self.period)
        if facts.last(facts.key, "actual", detail) and not self.reason:
            raise Refused(
                "no-reason", f'{period.label} is reported already. Restating it needs a reason: --because "…".'
            )
        counted = facts.fact(facts.key, "actual", detail, at.effective)
        check_previous(self.previous, getattr(counted, "quantity", None))


def report_actual(
    at: Occasion,
    key: str,
    indicator: str,
    quantity: Quantity,
    period: FuzzyDate,
    *,
    because: str | None = None,
    note: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> list[New]:
    """The actual that counts, given again on the same day, with or without its reason, records nothing.

    Refused: `unknown-indicator`, `wrong-dimension`, `bad-period`, `period-overlaps`, `outside-window`,
    `period-in-future`, `no-reason`.
    """
    facts, indicator = at.facts(key), key_of(indicator, "indicator")
    counts = facts.last(key, "actual", slot_detail(indicator, period), at.effective)
    before = counts.fact if counts else None
    fact = ActualReported(
        indicator=indicator,
        quantity=quantity,
        period=period,
        previous=before.quantity if isinstance(before, ActualReported) else None,
        reason=maybe(because, "reason"),
        note=maybe(note, "note"),
        evidence=tidy(evidence),
    )
    if isinstance(before, ActualReported):
        # What it replaces is not part of what it says: said again, it would replace itself.
        again = replace(fact, period=before.period, previous=before.previous, reason=fact.reason or before.reason)
        if at.again(counts, again):
            return []
    return at.record(facts.subject, fact)


def slot_detail(indicator: str, period: FuzzyDate) -> str:
    """Actuals of the same indicator and period compete; a quarter is the same as its three months."""
    return f"{indicator} {period.earliest}/{period.latest}"


def _own_period(facts: Facts, indicator: str, period: Period) -> Period:
    """The target's own period in which a reported period lies. Refused: `outside-window`."""
    for one in reversed(facts.chain(facts.key, "target", indicator)):
        own = own_period(terms_of(one.fact), period)
        if own:
            return own
    terms = target_in_force(facts, indicator)
    raise Refused(
        "outside-window",
        f"{period.label} does not lie in a {terms.per} of the window {terms.window.wording}."
        " Report a part of one; what lies outside is context: pledger figure.",
    )


def _check_apart(facts: Facts, fact: ActualReported, period: Period, own: Period) -> None:
    """Reported periods are the same, apart, or one is the target's own. Refused: `period-overlaps`."""
    if period == own:
        return
    first, last = period.first.isoformat(), period.last.isoformat()
    allowed = (slot_detail(fact.indicator, fact.period), f"{fact.indicator} {own.first}/{own.last}")
    for detail in facts.details(facts.key, "actual"):
        indicator, _, days = detail.partition(" ")
        if indicator != fact.indicator or days[:10] > last or days[11:] < first or detail in allowed:
            continue
        other = facts.fact(facts.key, "actual", detail)
        if isinstance(other, ActualReported):
            raise Refused(
                "period-overlaps",
                f"{period.label} overlaps {other.period.wording}, which is reported already."
                " Report periods that are apart.",
            )
