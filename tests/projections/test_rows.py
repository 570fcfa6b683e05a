"""Are the rows of a stream at every point what the plain fold of the lines known there says?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

import msgspec
import pytest
from hypothesis import given as hypothesis
from hypothesis import settings
from hypothesis import strategies as st

from domain.commitment import CommitmentMade
from domain.due import DueMoved
from domain.evidence import EvidenceAttached
from domain.fold import Facts, Late
from domain.life import ItemMet, ItemResumed, ItemSuspended
from domain.milestone import MilestonePlanned
from domain.progress import ProgressReported
from domain.recorded import Fact, Recorded
from domain.retraction import EventRetracted
from domain.target import TargetSet
from projections.asked import At, facts_of
from projections.rows import FOR_FLAGS, FOR_REPORTS, FOR_SLIPS, FOR_STATUS, FOREVER, LAST_DAY, NEVER, Row, fold
from tests.domain.any_fact import facts as any_fact
from tests.domain.given import fd, file, terms
from tests.projections.given import BAKU, modelled, plain

KEPT = ("made", "due", "target", "name", "note")
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
        st.builds(ItemMet, item=item, met_on=st.just(fd("2026"))),
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


def late_of(one: Recorded) -> Late:
    return Late(one.position, one.effective.toordinal(), one.recorded.date().toordinal())


def may_prove(one: Recorded, facts: Facts) -> bool:
    """Is it a being met, or evidence added after its item was said to be?"""
    if isinstance(one.fact, ItemMet):
        return True
    if not isinstance(one.fact, EvidenceAttached):
        return False
    met = {other.position: other.fact for other in facts.log.values() if isinstance(other.fact, ItemMet)}
    return any(fact.item == one.fact.item and position < one.position for position, fact in met.items())


def slots_of(facts: Facts) -> list[tuple[str, str, str]]:
    return [(item, what, detail) for item, whats in facts._slots.items() for what in whats for detail in whats[what]]


def agree(stood: Facts, naive: Facts, on: date, keep: int = FOR_FLAGS) -> None:
    """What counts is there, and what is kept; nothing else."""
    kept = (*KEPT, "forecast", "life") if keep == FOR_SLIPS else KEPT
    for slot in {*slots_of(naive), *slots_of(stood)}:
        chain = naive.chain(*slot, on=on)
        wanted = [one for one in chain if one is chain[-1] or slot[1] in kept or may_prove(one, naive)]
        wanted = chain if keep == FOR_REPORTS else wanted
        assert list(map(told, stood.chain(*slot))) == list(map(told, wanted)), slot
    late = {late_of(one) for one in naive.standing() if is_late(one) and one.effective <= on}
    assert {one for told in (stood.late or {}).values() for one in told} == late
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
                    for keep in (FOR_FLAGS, FOR_SLIPS, FOR_REPORTS):
                        agree(facts_of(base, At(known, on), "commitment/fibre", keep), naive, on, keep)

    holds()


def progress(percent: int, item: str = "fibre") -> Fact:
    return ProgressReported(item=item, percent=Decimal(percent))


def target(**named: str) -> Fact:
    return TargetSet(indicator="oil", **msgspec.structs.asdict(terms(**named)))


def back(lines: int) -> int:
    """A retraction of the line so far back."""
    return lines


def rows_of(*said: tuple[Fact | int, int], what: str) -> list[tuple[int, int, int, int, int]]:
    """Position, from, to, and next position and day of each row of a kind of slot; days count from the start."""
    lines = recorded([(one, 0, -day) for one, day in said])
    rows = [row for row in fold("commitment/fibre", lines, BAKU).rows if row.what == what]
    rows.sort(key=attrgetter("number"))
    return [
        (
            row.position,
            row.from_position,
            row.to_position,
            row.next_position,
            row.next_effective - START.toordinal() if row.next_effective != LAST_DAY else LAST_DAY,
        )
        for row in rows
    ]


def test_a_fact_that_comes_last_becomes_the_next_one_of_its_predecessor() -> None:
    assert rows_of((progress(1), -9), (progress(2), -5), what="percent") == [
        (1, 1, FOREVER, 2, -5),
        (2, 2, FOREVER, FOREVER, LAST_DAY),
    ]


def test_a_back_dated_fact_closes_the_row_of_its_predecessor_and_opens_another() -> None:
    assert rows_of((progress(1), -9), (progress(2), -5), (progress(3), -7), what="percent") == [
        (1, 1, 3, 2, -5),
        (2, 2, FOREVER, FOREVER, LAST_DAY),
        (1, 3, FOREVER, 3, -7),
        (3, 3, FOREVER, 3, -5),
    ]


def test_a_fact_before_all_others_leaves_them_alone() -> None:
    assert rows_of((progress(1), -5), (progress(2), -9), what="percent") == [
        (1, 1, FOREVER, FOREVER, LAST_DAY),
        (2, 2, FOREVER, 2, -5),
    ]


def test_what_is_gone_for_who_knows_all_lies_apart() -> None:
    said: list[Line] = [(progress(1), 0, 9), (progress(2), 0, 5), (progress(3), 0, 7)]
    rows = fold("commitment/fibre", recorded(said), BAKU).rows
    day = START.toordinal()
    assert [(row.position, row.gone) for row in rows] == [(1, 0), (1, day - 7), (3, day - 5), (2, NEVER)]


def test_what_a_status_may_rest_on_is_never_gone() -> None:
    said: list[Line] = [(target(), 0, 0), (target(amount="2 Mt"), 0, 0)]
    assert [row.gone for row in fold("commitment/fibre", recorded(said), BAKU).rows] == [NEVER, NEVER]


def test_of_what_became_of_an_item_only_its_being_met_stays_a_report() -> None:
    acts = (
        ItemMet(item="fibre", met_on=fd("2026")),
        ItemSuspended(item="fibre", reason="war"),
        ItemResumed(item="fibre", reason="peace"),
    )
    rows = fold("commitment/fibre", recorded([(one, 0, 0) for one in acts]), BAKU).rows
    assert {row.position: row.keep for row in rows} == {1: FOR_STATUS, 2: FOR_SLIPS, 3: FOR_SLIPS}


def test_evidence_from_before_an_item_was_met_is_no_proof_when_it_stands_again() -> None:
    added, met = EvidenceAttached(item="fibre", evidence=(file(),)), ItemMet(item="fibre", met_on=fd("2026"))
    lines = recorded([(one, 0, 0) for one in (added, met, back(2), back(1), added)])
    rows = [row for row in fold("commitment/fibre", lines, BAKU).rows if row.what == "evidence"]
    assert [(row.position, row.from_position, row.keep) for row in rows] == [
        (1, 1, FOR_REPORTS),
        (1, 4, FOR_REPORTS),
        (5, 5, FOR_STATUS),
    ]


def test_a_retraction_closes_a_row_and_hands_its_predecessor_on() -> None:
    said = (progress(1), -9), (progress(2), -7), (progress(3), -5)
    assert rows_of(*said, (back(2), 0), what="percent") == [
        (1, 1, 4, 2, -7),
        (2, 2, 4, 3, -5),
        (3, 3, FOREVER, FOREVER, LAST_DAY),
        (1, 4, FOREVER, 4, -5),
    ]
    assert rows_of(*said, (back(1), 0), what="percent")[-1] == (2, 4, FOREVER, FOREVER, LAST_DAY)


def test_a_retracted_retraction_opens_the_row_again() -> None:
    assert rows_of((progress(1), -9), (progress(2), -7), (back(1), 0), (back(1), 0), what="percent") == [
        (1, 1, 3, 2, -7),
        (2, 2, 3, FOREVER, LAST_DAY),
        (1, 3, FOREVER, 4, -7),
        (2, 4, FOREVER, FOREVER, LAST_DAY),
    ]


def test_the_due_that_an_item_is_made_with_is_superseded_by_its_first_move() -> None:
    made = CommitmentMade(title="Cable", kind="deliverable", promisors=("az",), due=fd("2026"))
    moved = DueMoved(item="fibre", previous=fd("2026"), due=fd("2027"), reason="late", approved_by="board")
    assert rows_of((made, -9), (moved, -5), what="made") == [(1, 1, FOREVER, 2, -5)]


def dues(*said: tuple[Fact | int, int]) -> list[Row]:
    lines = recorded([(one, 0, -day) for one, day in said])
    return [row for row in fold("commitment/fibre", lines, BAKU).rows if row.what == "original"]


def move(due: str) -> Fact:
    return DueMoved(item="fibre", due=fd(due), reason="late", approved_by="board")


def test_an_original_due_that_is_seen_wherever_another_is_has_no_row_of_its_own() -> None:
    assert dues((move("2027"), -9), (move("2028"), -5)) == []


def test_an_original_due_that_was_retracted_has_a_row_for_every_day() -> None:
    (row,) = dues((move("2027"), -9), (back(1), 0), (move("2028"), -5))
    assert (row.position, row.effective, row.from_position, row.to_position) == (1, 0, 1, FOREVER)


def test_an_original_due_that_another_precedes_has_a_row_too() -> None:
    (row,) = dues((move("2027"), -5), (move("2028"), -9))
    assert row.position == 1


@pytest.mark.parametrize(
    ("fact", "latest"),
    [
        (move("2027"), date(2027, 12, 31)),
        (move("2027/.."), date.max),
        (CommitmentMade(title="Cable", kind="deliverable", promisors=("az",)), date.max),
        (MilestonePlanned(milestone="fibre/landing", title="Landing", due=fd("2026-06")), date(2026, 6, 30)),
        (target(window="2026/.."), date(2026, 12, 31)),
        (target(per="month", window="2026/.."), date(2026, 1, 31)),
        (target(per="once", window="2026/2028"), date(2028, 12, 31)),
        (target(per="once", window="2026/.."), date.max),
        (progress(42), None),
    ],
)
def test_a_row_tells_when_something_falls_due(fact: Fact, latest: date | None) -> None:
    (row,) = fold("commitment/fibre", recorded([(fact, 0, 0)]), BAKU).rows
    assert row.latest == (latest.toordinal() if latest else None)


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_an_observation_recorded_over_30_days_late_says_so(days: int, late: bool) -> None:
    (row,) = fold("commitment/fibre", recorded([(progress(42), 0, days - 1)]), BAKU).rows  # the day in Baku is one more
    day = START.toordinal() + 1
    assert row.late == (f"[1,{day - 31},{day}]" if late else None)


def test_an_act_is_never_late() -> None:
    (row,) = fold("commitment/fibre", recorded([(ItemSuspended(item="fibre", reason="war"), 0, 90)]), BAKU).rows
    assert row.late is None


def test_evidence_is_kept_once_its_item_was_said_to_be_met() -> None:
    given = EvidenceAttached(item="fibre", evidence=(file(),))
    met = ItemMet(item="fibre", met_on=fd("2026"))
    said: list[Line] = [(one, 1, 0) for one in (given, met, given, given)]
    rows = fold("commitment/fibre", recorded(said), BAKU).rows
    assert [row.keep for row in rows if row.what == "evidence"] == [FOR_REPORTS, FOR_STATUS, FOR_STATUS]


def test_each_fact_of_an_item_s_life_tells_its_state() -> None:
    rows = fold("commitment/fibre", recorded([(ItemSuspended(item="fibre", reason="war"), 0, 0)]), BAKU).rows
    assert [(row.what, row.state) for row in rows] == [("life", "suspended")]


def test_retractions_are_kept_with_the_positions_between_which_they_hold() -> None:
    folded = fold("commitment/fibre", recorded([(one, 0, 0) for one in (progress(1), back(1), back(1), back(1))]), BAKU)
    assert [one[1:] for one in folded.retractions] == [
        (1, 2, 2, 3),  # the first retraction holds until it is retracted itself
        (2, 3, 3, 4),
        (3, 4, 4, FOREVER),
        (1, 2, 4, FOREVER),
    ]
    assert folded.positions == [1, 2, 3, 4]


def test_a_line_that_is_there_twice_counts_once() -> None:
    (line,) = recorded([(progress(42), 0, 0)])
    folded = fold("commitment/fibre", [line, msgspec.structs.replace(line, position=2)], BAKU)
    assert [row.position for row in folded.rows] == [1]
    assert folded.positions == [1, 2]
