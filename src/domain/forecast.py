"""When is it now expected? Never called a deadline."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from domain.due import check_previous
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion, stream_of
from domain.recorded import Fact, New, Slot
from domain.text import required


class ForecastRevised(Fact, frozen=True, kw_only=True):
    """An expectation was stated. `previous` is the forecast that counted on that day."""

    stored: ClassVar[str] = "forecast.revised.v1"
    act: ClassVar[bool] = False

    item: str
    previous: FuzzyDate | None = None
    expected: FuzzyDate
    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.item, "forecast"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        counted = facts.fact(self.item, "forecast", on=at.effective)
        check_previous(self.previous, getattr(counted, "expected", None))


def revise_forecast(at: Occasion, item: str, expected: FuzzyDate, *, because: str | None) -> list[New]:
    """The forecast that counts, given again on the same day, records nothing. Refused: `wrong-state`, `no-reason`."""
    reason = required(because)
    counts = at.facts(item).last(item, "forecast", on=at.effective)
    before = counts.fact if counts else None
    previous = before.expected if isinstance(before, ForecastRevised) else None
    fact = ForecastRevised(item=item, previous=previous, expected=expected, reason=reason)
    # What it replaces is not part of what it says: said again, it would replace itself.
    if isinstance(before, ForecastRevised) and at.again(counts, replace(fact, previous=before.previous)):
        return []
    return at.record(stream_of(item), fact)
