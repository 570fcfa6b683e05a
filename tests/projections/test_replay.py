"""Does a replay tell what each event changed on the board, and end where the read models are?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.commitment import CommitmentMade, make
from domain.due import move_due
from domain.evidence import EvidenceAttached
from domain.life import ItemMet
from domain.milestone import link_milestone, plan_milestone
from domain.party import register_party
from domain.progress import ProgressReported, report_progress
from domain.recorded import Recorded
from domain.retraction import retract
from domain.target import set_target
from projections.asked import At
from projections.lasting import Ahead, Lasting
from projections.replay import Replay, Shift, Step
from projections.status import board
from tests.domain.given import EARLY, do, fd, file, terms
from tests.projections import test_rows
from tests.projections.given import BAKU, Office, modelled
from tests.projections.test_answers import histories, office_after
from tests.projections.test_rows import recorded

MADE = date(2026, 1, 10)
APPROVED: dict[str, Any] = {"because": "permit late", "approved_by": "board"}


def told(lines: Iterable[Recorded], first: int = 1, on: date | None = None) -> list[Step]:
    return list(Replay(BAKU, on).steps(lines, first))


def office() -> Office:
    """#1 az, #2 fibre, #3 its milestone, #4 ports, #5 its milestone, which waits for #3."""
    made = Office(today=MADE)
    for step in (
        do(register_party, "az", "Azərbaycan", today=MADE),
        do(make, "fibre", "Cable", due=fd("2026", "end-2026"), today=MADE),
        do(plan_milestone, "fibre/landing", "Landing", due=fd("2026-04"), today=MADE),
        do(make, "ports", "Ports", today=MADE),
        do(plan_milestone, "ports/alat", "Alat", due=fd("2026-06"), after=("fibre/landing",), today=MADE),
    ):
        made.record(step)
    return made


def test_a_new_commitment_is_told_field_by_field() -> None:
    (fibre,) = told(office().lines[:2])
    assert (fibre.position, fibre.item, fibre.on) == (2, "fibre", MADE)
    due = fd("2026", "end-2026")
    assert fibre.shifts == [
        *(Shift("fibre", "title", None, "Cable"), Shift("fibre", "kind", None, "deliverable")),
        *(Shift("fibre", "original_due", None, due), Shift("fibre", "due", None, due)),
        Shift("fibre", "status", None, "on-track"),
    ]


def test_an_event_that_changes_another_commitment_says_which() -> None:
    made = office()
    made.record(do(move_due, "fibre/landing", fd("2026-09"), **APPROVED, today=MADE))
    (moved,) = told(made.lines, 6)
    assert [(one.item, one.field, one.after) for one in moved.shifts] == [
        ("fibre/landing", "due", fd("2026-09")),
        ("ports", "status", "at-risk"),
        ("ports/alat", "status", "at-risk"),
    ]


def test_a_link_makes_one_wait_too() -> None:
    made = office()
    made.record(do(plan_milestone, "ports/aktau", "Aktau", due=fd("2026-05"), today=MADE))
    made.record(do(link_milestone, "ports/aktau", ("fibre", "ports/alat"), today=MADE))
    made.record(do(move_due, "fibre", fd("2027"), **APPROVED, today=MADE))
    *_, linked, moved = told(made.lines)
    assert [(one.item, one.field) for one in linked.shifts] == [("ports", "status"), ("ports/aktau", "status")]
    assert {one.item for one in moved.shifts} == {"fibre"}


def test_what_time_alone_changes_is_not_laid_at_the_door_of_an_event() -> None:
    made = office()
    made.today = MADE + timedelta(days=400)  # by now fibre is late
    made.record(do(move_due, "ports", fd("2028"), **APPROVED, today=made.today))
    (moved,) = told(made.lines, 6)
    assert {one.item for one in moved.shifts} == {"ports"}


def test_what_is_taken_back_goes_from_the_board() -> None:
    made = office()
    made.record(do(make, "slip", "Slip", today=MADE))
    made.record(do(retract, made.lines[-1], because="Twice", today=MADE))
    (gone,) = told(made.lines, 7)
    assert gone.shifts[0] == Shift("slip", "title", "Slip", None)
    assert gone.shifts[-1] == Shift("slip", "status", "undated", None)


def test_periods_of_targets_are_told_by_indicator_and_period() -> None:
    made = office()
    made.record(do(set_target, "ports", "teu", terms("5 TEU", window="2026/2027"), today=MADE))
    (found,) = told(made.lines, 6)
    assert ("ports teu 2026", "outcome", "running") in [(one.item, one.field, one.after) for one in found.shifts]


def test_every_event_can_be_judged_on_one_day() -> None:
    (fibre, *_) = told(office().lines, on=date(2027, 1, 1))
    assert fibre.on == date(2027, 1, 1)
    assert Shift("fibre", "status", None, "late") in fibre.shifts


def test_the_day_of_an_event_is_that_of_the_ledgers_zone() -> None:
    (line,) = office().lines[1:2]
    late = replace(line, recorded=datetime(2026, 1, 10, 21, tzinfo=UTC))  # 1 o'clock in Baku
    (found,) = told([late])
    assert (found.recorded, found.on) == (date(2026, 1, 11), date(2026, 1, 11))


def test_what_was_taken_in_silently_is_seen_by_the_next_event() -> None:
    made = office()
    replay = Replay(BAKU)
    list(replay.steps(made.lines))
    made.record(do(move_due, "ports", fd("2027"), **APPROVED, today=MADE))
    made.record(do(move_due, "ports", fd("2028"), **APPROVED, today=MADE))
    list(replay.steps(made.lines[5:6], first=7))
    (moved,) = replay.steps(made.lines[6:])
    assert (moved.shifts[0].before, moved.shifts[0].after) == (fd("2027"), fd("2028"))


def taken_back(lines: Iterable[Recorded]) -> set[str]:
    return {gone for one in lines if (gone := one.fact.takes_back()) is not None}


lines = st.one_of(
    histories.map(lambda history: office_after(history).lines), test_rows.histories(test_rows.sensible()).map(recorded)
)
days = st.dates(EARLY - timedelta(days=5), date(2026, 3, 1))


def same(lines: list[Recorded], end: date) -> None:
    plain, forgetful = Replay(BAKU), Replay(BAKU, ahead=Ahead(taken_back(lines), end))
    assert list(forgetful.steps(lines)) == list(plain.steps(lines))
    assert list(forgetful.board(end)) == list(plain.board(end))


def test_what_comes_back_was_not_forgotten() -> None:
    cable = CommitmentMade(title="Cable", kind="deliverable", promisors=("az",))
    late = ProgressReported(item="fibre", percent=Decimal(1))
    back = 1  # a retraction of the line before it
    same(recorded([(cable, 0, 50), (late, 0, 40), (back, 1, 0), (back, 1, 0), (back, 1, 0)]), MADE)
    same(recorded([(cable, 0, 50), (late, 0, 40), (back, 1, 0), (cable, 0, 0), (9, 0, 0), (9, 0, 0)]), MADE)


def test_all_the_evidence_of_what_was_met_counts() -> None:
    cable = CommitmentMade(title="Cable", kind="deliverable", promisors=("az",))
    met, proof = ItemMet(item="fibre", met_on=fd("2025")), EvidenceAttached(item="fibre", evidence=(file(),))
    same(recorded([(cable, 0, 50), (met, 1, 0), (proof, 1, 0), (proof, 1, 0)]), MADE)


@given(lines, days)
def test_who_knows_what_lies_ahead_may_forget_the_rest(lines: list[Recorded], end: date) -> None:
    same(lines, end)


@given(lines, days)
def test_and_so_may_who_judges_on_one_day(lines: list[Recorded], on: date) -> None:
    plain, forgetful = Replay(BAKU, on), Replay(BAKU, on, Ahead(taken_back(lines), on, on))
    assert list(forgetful.steps(lines)) == list(plain.steps(lines))
    assert list(forgetful.board(on)) == list(plain.board(on))


def held(lines: list[Recorded], on: date | None = None) -> list[int]:
    """The positions of what is remembered of a commitment."""
    facts = Lasting("commitment/fibre", Ahead(taken_back(lines), MADE, on))
    for line in lines:
        facts.evolve(line)
    return sorted({one.position for one in (*facts.log.values(), *facts.of("fibre"), *facts.of("fibre/landing"))})


def test_what_is_superseded_for_good_is_forgotten() -> None:
    made = Office(today=MADE)
    made.record(do(make, "fibre", "Cable", due=fd("2026"), today=MADE))
    for percent in range(5):
        made.record(do(report_progress, "fibre", percent=Decimal(percent), today=MADE))
    assert held(made.lines) == [1, 6]
    made.record(do(retract, made.lines[-1], because="slip", today=MADE))
    made.record(do(report_progress, "fibre", percent=Decimal(7), today=MADE))
    assert held(made.lines[:7]) == [1, 5]
    assert held(made.lines) == [1, 8]
    assert held(made.lines, MADE - timedelta(days=1)) == []


@given(histories)
def test_the_end_is_the_board_at_every_line(history: list[Any]) -> None:
    made = office_after(history)
    with modelled(made.lines) as base:
        replay = Replay(BAKU)
        for line in made.lines:
            list(replay.steps([line]))
            assert list(replay.board(made.today)) == board(base, At(line.position, made.today))
