"""How far is it?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import ClassVar

from domain.evidence import Evidence, check_evidence, tidy
from domain.fold import Facts
from domain.occasion import Occasion, stream_of
from domain.quantity import plain
from domain.recorded import Fact, New, Slot
from domain.refused import Refused
from domain.text import maybe

# As it is stored: 42.5, never 42.50 or 4.25E+1. So NaN and huge exponents, which must not be compared, are none either.
_PERCENT = re.compile(r"100|[1-9]?[0-9](?:\.[0-9]{0,5}[1-9])?")


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
        if self.percent is not None and not _PERCENT.fullmatch(str(self.percent)):
            raise Refused(
                "bad-percent", f"{self.percent} % is not from 0 to 100, in plain digits with at most 6 decimals."
            )
        check_evidence(self.evidence)


def report_progress(
    at: Occasion,
    item: str,
    *,
    percent: Decimal | None = None,
    note: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> list[New]:
    """A report given again on the same day records nothing. Refused: `nothing-said`, `bad-percent`, `wrong-state`."""
    if percent is not None and percent.is_finite() and abs(percent.adjusted()) < 10:
        percent = plain(percent)
    fact = ProgressReported(item=item, percent=percent, note=maybe(note, "note"), evidence=tidy(evidence))
    (slot,) = fact.settles(item)
    # Of percentages the latest counts; words stand beside each other.
    rivals = at.facts(item).chain(slot.item, slot.what, slot.detail, at.effective)
    if any(at.again(one, fact) for one in (rivals if percent is None else rivals[-1:])):
        return []
    return at.record(stream_of(item), fact)
