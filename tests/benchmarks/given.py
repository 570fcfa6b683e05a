"""What do tests of generated ledgers start from? Lines in memory, and the decisions that would have recorded them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.generate import ZONE, Generator
from benchmarks.plan import plan
from domain.actual import ActualReported, report_actual
from domain.commitment import CommitmentMade, CommitmentRestated, make, restate
from domain.due import DueMoved, move_due
from domain.evidence import EvidenceAttached, attach_evidence
from domain.figure import FigureObserved, observe_figure
from domain.forecast import ForecastRevised, revise_forecast
from domain.life import (
    ItemClosedShort,
    ItemMet,
    ItemReopened,
    ItemResumed,
    ItemSuspended,
    ItemWithdrawn,
    close_short,
    meet,
    reopen,
    resume,
    suspend,
    withdraw,
)
from domain.milestone import MilestoneLinked, MilestonePlanned, link_milestone, plan_milestone
from domain.occasion import Known, Occasion
from domain.opening import LedgerOpened, open_ledger
from domain.owner import OwnerAssigned, assign
from domain.party import PartyRegistered, PartyRenamed, register_party, rename_party
from domain.programme import ProgrammeClosed, ProgrammeNoted, ProgrammeOpened, close_programme, note, open_programme
from domain.progress import ProgressReported, report_progress
from domain.recorded import Fact, New
from domain.retraction import EventRetracted, retract
from domain.source import SourceCited, cite_source
from domain.target import TargetRevised, TargetSet, revise_target, set_target, terms_of
from domain.verdict import VerdictGiven, give_verdict
from ledger.line import Exact, recorded

Again = Callable[[Occasion, str, Any], list[New]]


def lines(size: int, commitments: int, seed: int = 1) -> list[Exact]:
    """A generated ledger."""
    return list(Generator(plan(size, commitments, seed)).lines())


def decided(ledger: list[Exact]) -> list[tuple[list[New], list[New]]]:
    """For each line, what the decision behind it gives in the sight of all lines before it, and what the line says."""
    known, pairs = Known(lambda _: ()), []
    for place, (_, said) in enumerate(ledger):
        one = recorded(said, place)
        today = one.recorded.astimezone(ZONE).date()
        sight = _Sight(known)
        at = Occasion(sight, today, one.actor, one.effective)
        pairs.append((DECISIONS[type(one.fact)](at, one.subject.rpartition("/")[2], one.fact), [_new(one)]))
        known.learn(one)
    return pairs


class _Sight(Known):
    """What is known, without learning what a decision is about to record."""

    def __init__(self, known: Known) -> None:
        super().__init__(known.load, known.naming)
        self._streams, self._learnt = known._streams, known._learnt

    def expect(self, new: New, actor: str) -> None:
        """The line itself comes next."""


def _new(one: Any) -> New:
    return New(one.subject, one.fact, one.effective)


def _named(fact: Fact, *leaving: str) -> dict[str, Any]:
    """The fields of a fact by name, without some."""
    return {name: getattr(fact, name) for name in fact.__struct_fields__ if name not in leaving}


DECISIONS: dict[type[Fact], Again] = {
    LedgerOpened: lambda at, key, fact: open_ledger(at, fact.title, fact.timezone),
    ProgrammeOpened: lambda at, key, fact: open_programme(at, key, fact.title, window=fact.window),
    ProgrammeClosed: lambda at, key, fact: close_programme(at, key, because=fact.reason),
    ProgrammeNoted: lambda at, key, fact: note(at, key, fact.text, source=fact.source),
    FigureObserved: lambda at, key, fact: observe_figure(at, key, **_named(fact)),
    PartyRegistered: lambda at, key, fact: register_party(at, key, **_named(fact)),
    PartyRenamed: lambda at, key, fact: rename_party(at, key, fact.name, because=fact.reason),
    SourceCited: lambda at, key, fact: cite_source(at, key, **_named(fact)),
    CommitmentMade: lambda at, key, fact: make(at, key, **_named(fact)),
    CommitmentRestated: lambda at, key, fact: restate(
        at, key, {name: change.to for name, change in fact.changes.items()}, because=fact.reason
    ),
    OwnerAssigned: lambda at, key, fact: assign(at, key, fact.owner),
    MilestonePlanned: lambda at, key, fact: plan_milestone(at, fact.milestone, **_named(fact, "milestone")),
    MilestoneLinked: lambda at, key, fact: link_milestone(at, fact.milestone, fact.after),
    TargetSet: lambda at, key, fact: set_target(at, key, fact.indicator, terms_of(fact)),
    TargetRevised: lambda at, key, fact: revise_target(
        at, key, fact.indicator, terms_of(fact), because=fact.reason, approved_by=fact.approved_by
    ),
    DueMoved: lambda at, key, fact: move_due(
        at, fact.item, fact.due, because=fact.reason, approved_by=fact.approved_by
    ),
    ForecastRevised: lambda at, key, fact: revise_forecast(at, fact.item, fact.expected, because=fact.reason),
    ProgressReported: lambda at, key, fact: report_progress(at, **_named(fact)),
    ActualReported: lambda at, key, fact: report_actual(
        at, key, because=fact.reason, **_named(fact, "previous", "reason")
    ),
    EvidenceAttached: lambda at, key, fact: attach_evidence(at, **_named(fact)),
    VerdictGiven: lambda at, key, fact: give_verdict(at, because=fact.reason, **_named(fact, "reason")),
    ItemMet: lambda at, key, fact: meet(at, **_named(fact)),
    ItemClosedShort: lambda at, key, fact: close_short(at, because=fact.reason, **_named(fact, "reason")),
    ItemSuspended: lambda at, key, fact: suspend(at, fact.item, because=fact.reason),
    ItemResumed: lambda at, key, fact: resume(at, fact.item, because=fact.reason),
    ItemReopened: lambda at, key, fact: reopen(at, fact.item, because=fact.reason),
    ItemWithdrawn: lambda at, key, fact: withdraw(at, fact.item, because=fact.reason),
    EventRetracted: lambda at, key, fact: retract(
        at, at.known.facts(f"commitment/{key}").log[fact.event], because=fact.reason
    ),
}
"""The decision that records each fact, asked for what the fact says."""
