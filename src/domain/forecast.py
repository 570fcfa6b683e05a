"""When is it now expected? Never called a deadline."""

from __future__ import annotations

from typing import ClassVar

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
        required(self.reason)
        counted = facts.fact(self.item, "forecast", on=at.effective)
        check_previous(self.previous, getattr(counted, "expected", None))


def revise_forecast(at: Occasion, item: str, expected: FuzzyDate, *, because: str | None) -> list[New]:
    """The forecast that counts, given again on the same day, records nothing. Refused: `wrong-state`, `no-reason`."""
    reason = required(because)
    counts = at.facts(item).last(item, "forecast", on=at.effective)
    before = counts.fact if counts else None
    if counts and isinstance(before, ForecastRevised) and counts.effective == at.effective:
        again = before.expected.same_as(expected) and before.reason == reason
        if again and at.state(item) in ForecastRevised.taken_in:
            return []
    return at.record(
        stream_of(item),
        ForecastRevised(item=item, previous=getattr(before, "expected", None), expected=expected, reason=reason),
    )
