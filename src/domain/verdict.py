"""What do others judge? Recorded on published scales, never computed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain.fold import Facts
from domain.occasion import ANY_STATE, Occasion, stream_of
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.text import required, shown, text

SCALES = {
    "ogp": ("no-evidence", "not-started", "limited", "substantial", "complete"),
    "politifact": ("not-yet-rated", "in-the-works", "stalled", "compromise", "kept", "broken"),
    "dca": ("red", "amber-red", "amber", "amber-green", "green"),
}
"""OGP IRM completion, PolitiFact's promise tracker, and delivery confidence assessment."""


class VerdictGiven(Fact, frozen=True, kw_only=True):
    """An independent judgement. `assessor` is an office."""

    stored: ClassVar[str] = "verdict.given.v1"
    act: ClassVar[bool] = False
    taken_in: ClassVar[frozenset[str]] = ANY_STATE

    item: str
    scale: str
    rating: str
    assessor: str
    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.item, "verdict", f"{self.scale} {self.assessor}"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        ratings = SCALES.get(self.scale)
        if ratings is None:
            raise Refused("bad-scale", f"{shown(self.scale)} is no scale. It is one of: {', '.join(SCALES)}.")
        if self.rating not in ratings:
            raise Refused(
                "bad-rating", f"{shown(self.rating)} is no rating of {self.scale}. It is one of: {', '.join(ratings)}."
            )


def give_verdict(at: Occasion, item: str, *, scale: str, rating: str, assessor: str, because: str | None) -> list[New]:
    """The verdict that counts, given again on the same day, records nothing.

    Refused: `bad-scale`, `bad-rating`, `no-reason`, `blank`, `unknown-key`.
    """
    fact = VerdictGiven(
        item=item,
        scale=scale.strip().lower(),
        rating=rating.strip().lower(),
        assessor=text(assessor, "assessor"),
        reason=required(because),
    )
    (slot,) = fact.settles(item)
    if at.again(at.facts(item).last(slot.item, slot.what, slot.detail, at.effective), fact):
        return []
    return at.record(stream_of(item), fact)


def says(verdict: VerdictGiven, given: date, due: date | None) -> str:
    """Does a rating say `kept`, `broken` or `neither`? not-started says broken only after the due's last day."""
    if verdict.rating in ("complete", "kept"):
        return "kept"
    overdue = due is not None and given > due
    if verdict.rating == "broken" or (verdict.rating == "not-started" and overdue):
        return "broken"
    return "neither"
