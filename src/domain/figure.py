"""Which number was in the source, as context and not as a promise?"""

from __future__ import annotations

from typing import ClassVar

from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion
from domain.quantity import Quantity, check_quantity
from domain.recorded import Fact, New, Slot
from domain.text import check_key, maybe
from domain.text import key as key_of


class FigureObserved(Fact, frozen=True, kw_only=True):
    """A number from a source. `wording` keeps what a number cannot say ("about 250", "+20 %")."""

    stored: ClassVar[str] = "figure.observed.v1"
    noun: ClassVar[str] = "programme"
    act: ClassVar[bool] = False

    indicator: str
    quantity: Quantity
    period: FuzzyDate
    wording: str | None = None
    source: str | None = None
    locator: str | None = None

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "figure", f"{self.indicator} {self.period.edtf}"),)

    def names(self) -> tuple[str, ...]:
        return (f"source/{self.source}",) if self.source else ()

    def check(self, at: Occasion, facts: Facts) -> None:
        check_key(self.indicator, "indicator")
        check_quantity(self.quantity)


def observe_figure(
    at: Occasion,
    programme: str,
    indicator: str,
    quantity: Quantity,
    period: FuzzyDate,
    *,
    wording: str | None = None,
    source: str | None = None,
    locator: str | None = None,
) -> list[New]:
    """The figure that counts, given again on the same day, records nothing.

    Refused: `unknown-key`, `bad-key`, `bad-quantity`, `unknown-unit`.
    """
    fact = FigureObserved(
        indicator=key_of(indicator, "indicator"),
        quantity=quantity,
        period=period,
        wording=maybe(wording, "wording"),
        source=key_of(source, "source key") if source else None,
        locator=maybe(locator, "locator"),
    )
    facts = at.known.facts(f"programme/{key_of(programme, 'programme key')}")
    (slot,) = fact.settles(facts.key)
    if at.again(facts.last(slot.item, slot.what, slot.detail, at.effective), fact):
        return []
    return at.record(facts.subject, fact)
