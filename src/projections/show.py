"""What is there to know of one commitment?"""

from __future__ import annotations

from typing import Any

import msgspec

from domain.actual import ActualReported
from domain.assess import Assessed, assess
from domain.commitment import CommitmentMade, CommitmentRestated, value
from domain.due import DueMoved
from domain.evidence import EvidenceAttached
from domain.fold import Facts
from domain.forecast import ForecastRevised
from domain.fuzzy import FuzzyDate
from domain.life import LifeAct
from domain.milestone import MilestoneLinked, MilestonePlanned
from domain.occasion import stream_of, unknown
from domain.owner import OwnerAssigned
from domain.progress import ProgressReported
from domain.recorded import Fact, Recorded
from domain.target import TargetRevised, TargetSet
from domain.verdict import VerdictGiven
from ledger.record import Record
from projections.asked import At, Elsewhere, facts_of, last_positions, only
from projections.base import Base
from projections.history import Event, events
from projections.pace import Pace, pace
from projections.register import Source, party, programme, source
from projections.status import BoardItem, board_item


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment as the board has it, the words behind it, and the standing events about it and its milestones.

    `names` are those of the parties by their keys. `changes` are to words, owner, milestones and targets.
    """

    item: BoardItem
    statement: str | None
    start: FuzzyDate | None
    tags: tuple[str, ...]
    source: Source | None
    locator: str | None
    programme_title: str | None
    names: dict[str, str]
    superseded_by: str | None
    moves: list[Event]
    forecasts: list[Event]
    reports: list[Event]
    actuals: list[Event]
    evidence: list[Event]
    verdicts: list[Event]
    life: list[Event]
    changes: list[Event]
    pace: Pace


SECTIONS: dict[str, tuple[type[Fact], ...]] = {
    "moves": (DueMoved,),
    "forecasts": (ForecastRevised,),
    "reports": (ProgressReported,),
    "actuals": (ActualReported,),
    "evidence": (EvidenceAttached,),
    "verdicts": (VerdictGiven,),
    "life": (LifeAct,),
    "changes": (CommitmentRestated, OwnerAssigned, MilestonePlanned, MilestoneLinked, TargetSet, TargetRevised),
}


def show(record: Record, base: Base, at: At, key: str) -> Shown:
    """All about a commitment at a point. Refused: `unknown-key`."""
    judged = judge(base, at, key)
    facts, item = judged.item.facts, judged.item
    made: Any = item.made.fact
    assert isinstance(made, CommitmentMade)
    shown = board_item(judged, last_position(base, at, facts.subject))
    standing = _standing(record, at, facts.subject)
    return Shown(
        item=shown,
        statement=value(facts, "statement"),
        start=item.start,
        tags=value(facts, "tags") or (),
        source=source(base, at, made.source) if made.source else None,
        locator=value(facts, "locator"),
        programme_title=_title(base, at, shown.programme),
        names=_names(base, at, (*shown.promisors, *shown.promisees)),
        superseded_by=getattr(item.life.fact, "superseded_by", None) if item.life else None,
        **{name: _section(standing, kinds) for name, kinds in SECTIONS.items()},
        pace=pace(base, at, key),
    )


def judge(base: Base, at: At, key: str) -> Assessed:
    """A commitment with its status at a point. Refused: `unknown-key` where it does not stand."""
    judged = assess(facts_of(base, at, stream_of(key)), at.on, Elsewhere(base, at))
    if judged is None:
        raise unknown(stream_of(key))
    return judged


def last_position(base: Base, at: At, subject: str) -> int:
    """The position of the last line of a subject that was known."""
    return last_positions(base, at, only(subject))[subject]


def _standing(record: Record, at: At, subject: str) -> list[Recorded]:
    return [one for one in Facts(subject, record.stream(subject, until=at.known)).standing() if one.effective <= at.on]


def _section(standing: list[Recorded], kinds: tuple[type[Fact], ...]) -> list[Event]:
    return list(events(one for one in standing if isinstance(one.fact, kinds)))


def _title(base: Base, at: At, key: str | None) -> str | None:
    found = programme(base, at, key) if key else None
    return found.title if found else None


def _names(base: Base, at: At, keys: tuple[str, ...]) -> dict[str, str]:
    found = {key: party(base, at, key) for key in keys}
    return {key: one.name for key, one in found.items() if one}
