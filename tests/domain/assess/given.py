"""How do these tests say what was recorded? Facts in, the assessed commitment out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from domain.actual import ActualReported
from domain.assess import Assessed, Outcome, Reason, assess
from domain.assess.case import Expectations
from domain.commitment import Change, CommitmentMade, CommitmentRestated
from domain.due import DueMoved
from domain.evidence import Evidence, EvidenceAttached
from domain.fold import Facts
from domain.forecast import ForecastRevised
from domain.fuzzy import FuzzyDate, from_edtf
from domain.life import ItemClosedShort, ItemMet, ItemReopened, ItemResumed, ItemSuspended, ItemWithdrawn
from domain.milestone import MilestoneLinked, MilestonePlanned
from domain.period import Per
from domain.progress import ProgressReported
from domain.quantity import Quantity
from domain.recorded import Fact, Recorded
from domain.retraction import EventRetracted
from domain.target import Aim, TargetRevised, TargetSet, Terms
from domain.verdict import VerdictGiven

PROOF = Evidence(name="handover.pdf", bytes=3, media="application/pdf", sha256="0" * 64)
LINK = Evidence(url="https://example.org/handover")


class Said(NamedTuple):
    """A fact, the day on which it was true, and the day on which it was recorded (by default the same)."""

    fact: Fact
    effective: date
    recorded: date | None = None


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(effective: str, fact: Fact, recorded: str | None = None) -> Said:
    return Said(fact, day(effective), day(recorded) if recorded else None)


def recorded(said: Iterable[Said], key: str = "fibre") -> list[Recorded]:
    """The facts at positions 1, 2, 3 … of one stream."""
    return [
        Recorded(
            position=position,
            id=f"id-{position}",
            subject=f"commitment/{key}",
            version=position,
            recorded=datetime(*(one.recorded or one.effective).timetuple()[:3], 9, tzinfo=UTC),
            effective=one.effective,
            actor="editor",
            command=f"command-{position}",
            fact=one.fact,
        )
        for position, one in enumerate(said, 1)
    ]


def given(*said: Said, key: str = "fibre") -> Facts:
    return Facts(f"commitment/{key}", recorded(said, key))


def assessed(facts: Facts, on: str, elsewhere: Expectations = lambda _: None) -> Assessed:
    found = assess(facts, day(on), elsewhere)
    assert found is not None
    return found


def status(facts: Facts, on: str) -> str:
    return assessed(facts, on).status


def why(facts: Facts, on: str) -> Reason:
    """The first reason of the commitment's status."""
    return assessed(facts, on).reasons[0]


def codes(facts: Facts, on: str) -> list[str]:
    """The codes of all reasons for the commitment's status."""
    return [reason.code for reason in assessed(facts, on).reasons]


def flags(one: Assessed | None) -> dict[str, Reason]:
    assert one is not None
    return {flag.code: flag for flag in one.flags}


def milestone(facts: Facts, name: str, on: str) -> Assessed:
    return next(one for one in assessed(facts, on).milestones if one.item.key == f"{facts.key}/{name}")


def outcome(facts: Facts, on: str, label: str) -> Outcome:
    """How the period of that label went."""
    return next(one for one in assessed(facts, on).outcomes if one.period.label == label)


def labels(facts: Facts, on: str) -> dict[str, str]:
    """The outcome of every period that is told, by its label."""
    return {one.period.label: one.outcome for one in assessed(facts, on).outcomes}


def edtf(text: str | None) -> FuzzyDate | None:
    return from_edtf(text) if text else None


def made(
    due: str | FuzzyDate | None = None, start: str | None = None, source: str | None = None, **more: Any
) -> CommitmentMade:
    due = edtf(due) if isinstance(due, str) else due
    fields: dict[str, Any] = {"title": "Fibre", "kind": "deliverable", "promisors": ("az", "kz"), **more}
    return CommitmentMade(due=due, start=edtf(start), source=source, **fields)


def planned(name: str, due: str | None = None, after: tuple[str, ...] = ()) -> MilestonePlanned:
    return MilestonePlanned(milestone=name, title=name, due=edtf(due), after=after)


def linked(name: str, *after: str) -> MilestoneLinked:
    return MilestoneLinked(milestone=name, after=after, previous=())


def moved(before: str | None, due: str, item: str = "fibre", because: str = "permit late") -> DueMoved:
    return DueMoved(item=item, previous=edtf(before), due=from_edtf(due), reason=because, approved_by="board")


def restated_start(start: str | None) -> CommitmentRestated:
    return CommitmentRestated(changes={"start": Change(to=edtf(start))}, reason="was misread")


def forecast(expected: str, item: str = "fibre", because: str = "ship late") -> ForecastRevised:
    return ForecastRevised(item=item, expected=from_edtf(expected), reason=because)


def progress(percent: str | None = None, note: str | None = None, item: str = "fibre") -> ProgressReported:
    return ProgressReported(item=item, percent=Decimal(percent) if percent else None, note=note)


def met(on: str, *evidence: Evidence, item: str = "fibre") -> ItemMet:
    return ItemMet(item=item, met_on=from_edtf(on), evidence=evidence)


def attached(*files: Evidence, item: str = "fibre") -> EvidenceAttached:
    return EvidenceAttached(item=item, evidence=files)


def suspended(item: str = "fibre") -> ItemSuspended:
    return ItemSuspended(item=item, reason="budget frozen")


def resumed(item: str = "fibre") -> ItemResumed:
    return ItemResumed(item=item, reason="budget is back")


def reopened(item: str = "fibre") -> ItemReopened:
    return ItemReopened(item=item, reason="met too early")


def withdrawn(item: str = "fibre", instead: str | None = None) -> ItemWithdrawn:
    return ItemWithdrawn(item=item, reason="overtaken", superseded_by=instead)


def closed_short(item: str = "fibre") -> ItemClosedShort:
    return ItemClosedShort(item=item, achieved="80 of 100 km", reason="money ran out")


def verdict(scale: str, rating: str, item: str = "fibre", assessor: str = "audit-office") -> VerdictGiven:
    return VerdictGiven(item=item, scale=scale, rating=rating, assessor=assessor, reason="site visit")


def amount(text: str) -> Quantity:
    value, unit = text.split(" ")
    return Quantity(unit=unit, value=Decimal(value))


def terms(
    quantity: str,
    window: str = "2026/..",
    per: Per = "year",
    measure: Literal["flow", "level"] = "flow",
    aim: Aim = "at-least",
) -> Terms:
    return Terms(amount=amount(quantity), per=per, measure=measure, aim=aim, window=from_edtf(window))


def _fields(terms: Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in Terms.__struct_fields__}


def target(quantity: str, window: str = "2026/..", indicator: str = "oil", **more: Any) -> TargetSet:
    return TargetSet(indicator=indicator, **_fields(terms(quantity, window, **more)))


def revised(quantity: str, window: str = "2026/..", indicator: str = "oil", **more: Any) -> TargetRevised:
    """A revision; what it replaces does not matter to a status."""
    now = terms(quantity, window, **more)
    return TargetRevised(indicator=indicator, previous=now, reason="agreed", approved_by="board", **_fields(now))


def actual(quantity: str, period: str, indicator: str = "oil", because: str | None = None) -> ActualReported:
    return ActualReported(indicator=indicator, quantity=amount(quantity), period=from_edtf(period), reason=because)


def retracted(position: int, fact: type[Fact]) -> EventRetracted:
    return EventRetracted(event=f"id-{position}", type=fact.stored, reason="recorded in error")
