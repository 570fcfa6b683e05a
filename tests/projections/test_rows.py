"""Are the rows of a stream at every point what the plain fold of the lines known there says?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given as hypothesis
from hypothesis import settings
from hypothesis import strategies as st

from domain.commitment import CommitmentMade
from domain.due import DueMoved, move_due
from domain.evidence import EvidenceAttached, attach_evidence
from domain.fold import Facts
from domain.forecast import revise_forecast
from domain.life import meet, reopen
from domain.milestone import plan_milestone
from domain.progress import ProgressReported, report_progress
from domain.recorded import Fact, Recorded
from domain.retraction import EventRetracted, retract
from domain.target import TargetSet
from domain.verdict import VerdictGiven
from projections.asked import At, facts_of
from projections.rows import FOREVER, LAST_DAY, Row, fold
from tests.domain.any_fact import facts as any_fact
from tests.domain.given import EARLY, FIBRE, fd, file, terms
from tests.projections.given import BAKU, Office, modelled, plain

KEPT = ("made", "due", "target", "evidence", "life", "name", "note")
START = date(2026, 1, 1)
Line = tuple[Fact | int, int, int]
"""A fact, or a retraction of the line so far back; the days until it is recorded, and those since it was true."""


def sensible() -> st.SearchStrategy[Fact]:
    """Facts that compete for few slots."""
    item = st.sampled_from(["fibre", "fibre", "fibre/landing"])
    due = st.sampled_from(["2027", "2028-03", "2029~"]).map(fd)
    return st.one_of(
        st.builds(ProgressReported, item=item, percent=st.integers(0, 100).map(Decimal), note=st.just("seen")),
        st.builds(DueMoved, item=item, due=due, reason=st.just("late"), approved_by=st.just("board")),
        st.builds(EvidenceAttached, item=item, evidence=st.just((file(),))),
        st.builds(
            CommitmentMade,
            title=st.just("Cable"),
            kind=st.just("deliverable"),
            promisors=st.just(("az",)),
            due=st.none() | due,
        ),
    )


def histories(kinds: st.SearchStrategy[Fact]) -> st.SearchStrategy[list[Line]]:
    taken_back = st.integers(1, 4) | st.integers(1, 12)
    ago = st.integers(0, 12) | st.integers(29, 33)
    return st.lists(st.tuples(kinds | taken_back, st.integers(0, 4), ago), min_size=2, max_size=14)


def recorded(history: Sequence[Line]) -> list[Recorded]:
    lines: list[Recorded] = []
    day = START
    for position, (said, later, ago) in enumerate(history, start=1):
        day += timedelta(days=later)
        gone = f"id-{max(position - said, 0)}" if isinstance(said, int) else ""
        fact = EventRetracted(event=gone, type="", reason="x") if isinstance(said, int) else said
        moment = datetime(day.year, day.month, day.day, 21, tzinfo=UTC)  # already the next day in Baku
        on = day - timedelta(days=ago)
        lines.append(
            Recorded(position, f"id-{position}", "commitment/fibre", position, moment, on, "office", "c", fact)
        )
    return lines


def days_of(lines: Sequence[Recorded]) -> list[date]:
    """The days on which something begins to be true, and those before."""
    return sorted({one.effective - timedelta(days=before) for one in lines for before in (0, 1)})


def spoken(fact: Fact) -> Any:
    """What a fact says, without the name that it bears among others."""
    said = msgspec.to_builtins(fact)
    return {name: value for name, value in said.items() if name != "fact"}


def told(one: Recorded | None) -> Any:
    """What any question may ask of it."""
    return one and (one.position, one.recorded, one.effective, one.actor, spoken(one.fact))


def is_late(one: Recorded) -> bool:
    return not one.fact.act and (one.recorded.date() - one.effective).days > 30


def slots_of(facts: Facts) -> list[tuple[str, str, str]]:
    return [(item, what, detail) for item, whats in facts._slots.items() for what in whats for detail in whats[what]]


def agree(stood: Facts, naive: Facts, on: date) -> None:
    """What counts is there, and what is kept; nothing else."""
    for slot in {*slots_of(naive), *slots_of(stood)}:
        chain = naive.chain(*slot, on=on)
        wanted = [one for one in chain if one is chain[-1] or slot[1] in KEPT or is_late(one)]
        assert list(map(told, stood.chain(*slot))) == list(map(told, wanted)), slot
    for item in {*naive.first_due, *stood.first_due}:
        first, original = naive.first_due.get(item), stood.first_due.get(item)
        if first and first.effective <= on:
            assert told(original) == told(first)
        else:
            assert original is None or original.effective > on


@pytest.mark.parametrize("kinds", [sensible(), any_fact()], ids=["sensible", "any"])
def test_at_every_point_the_rows_say_what_the_plain_fold_says(kinds: st.SearchStrategy[Fact]) -> None:
    @settings(deadline=None, max_examples=60)
    @hypothesis(histories(kinds))
    def holds(history: list[Line]) -> None:
        lines = recorded(history)
        with modelled(lines) as base:
            for known in range(len(lines) + 1):
                naive = plain(lines, At(known, START)).get("commitment/fibre", Facts("commitment/fibre"))
                for on in days_of(lines):
                    agree(facts_of(base, At(known, on), "commitment/fibre"), naive, on)

    holds()
