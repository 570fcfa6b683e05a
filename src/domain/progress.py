"""How far is it?"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from domain.evidence import Evidence, check_evidence
from domain.fold import Facts
from domain.occasion import Occasion, stream_of
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.text import maybe


class ProgressReported(Fact, frozen=True, kw_only=True):
    """A report: percent done (0 to 100), words, or evidence; one of the three at least."""

    stored: ClassVar[str] = "progress.reported.v1"
    act: ClassVar[bool] = False

    item: str
    percent: Decimal | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.item, "remark" if self.percent is None else "percent"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        if self.percent is None and self.note is None and not self.evidence:
            raise Refused("nothing-said", "Say how far it is: a percentage, some words, or evidence.")
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise Refused("bad-percent", f"{self.percent} % is outside 0-100.")
        check_evidence(self.evidence)


def report_progress(
    at: Occasion,
    item: str,
    *,
    percent: Decimal | None = None,
    note: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> list[New]:
    """The report that counts, given again on the same day, records nothing.

    Refused: `nothing-said`, `bad-percent`, `wrong-state`.
    """
    fact = ProgressReported(item=item, percent=percent, note=maybe(note, "note"), evidence=evidence)
    counts = at.facts(item).last(*fact.settles(item)[0], at.effective)
    if counts and counts.fact == fact and counts.effective == at.effective and at.state(item) in fact.taken_in:
        return []
    return at.record(stream_of(item), fact)
