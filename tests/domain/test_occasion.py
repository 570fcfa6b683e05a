"""Do the rules common to all facts hold, and do decisions of one command see each other?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as hypothesis
from hypothesis import strategies as st

from domain.commitment import CommitmentMade, make
from domain.due import move_due
from domain.facts import FACTS
from domain.forecast import revise_forecast
from domain.ledger_acts import LedgerRestored
from domain.life import suspend
from domain.milestone import MilestonePlanned, plan_milestone
from domain.occasion import Known, Occasion, admit, state_of, stream_of
from domain.opening import LedgerOpened, open_ledger
from domain.owner import assign
from domain.party import PartyRegistered, register_party, rename_party
from domain.programme import ProgrammeOpened
from domain.progress import ProgressReported, report_progress
from domain.recorded import Fact, Recorded
from domain.refused import Refused
from domain.retraction import EventRetracted, retract
from domain.source import SourceCited
from tests.domain.any_fact import days, facts, wild
from tests.domain.given import EARLY, FIBRE, LANDING, OFFICE, TODAY, Board, do, fd, given

TOMORROW = TODAY + timedelta(1)


# The day.


def test_nothing_is_effective_after_the_day_of_recording() -> None:
    board = given(FIBRE)
    sentence = board.when(report_progress, "fibre", note="seen", on=TOMORROW).then_refused("effective-in-future")
    assert sentence.startswith(f"{TOMORROW} is after {TODAY}")
    board.admit(ProgressReported(item="fibre", note="seen"), on=TOMORROW).then_refused("effective-in-future")


def test_a_fact_is_effective_today_or_on_the_day_asked_for() -> None:
    board = given(FIBRE)
    seen = ProgressReported(item="fibre", note="seen")
    board.when(report_progress, "fibre", note="seen").then_recorded(seen, effective=TODAY)
    board.when(report_progress, "fibre", note="seen", on=EARLY).then_recorded(seen, effective=EARLY)


# The stream.


@pytest.mark.parametrize(
    ("fact", "subject"),
    [
        (PartyRegistered(name="Azerbaijan", kind="state"), "commitment/az"),
        (LedgerOpened(title="x", timezone="UTC", format=1), "ledger/x"),
        (LedgerOpened(title="x", timezone="UTC", format=1), "party/ledger"),
        (EventRetracted(event="id-1", type="x", reason="x"), "ledger/x"),
    ],
)
def test_a_fact_lies_in_a_stream_of_its_kind(fact: Fact, subject: str) -> None:
    given(FIBRE).admit(fact, subject).then_refused("wrong-stream")


@pytest.mark.parametrize(
    ("fact", "subject"),
    [
        (PartyRegistered(name="Azerbaijan", kind="state"), "party/AZ"),
        (PartyRegistered(name="Azerbaijan", kind="state"), "party/"),
        (PartyRegistered(name="Azerbaijan", kind="state"), "party"),
        (PartyRegistered(name="Azerbaijan", kind="state"), "party/a/b"),
        (CommitmentMade(title="x", kind="deliverable", promisors=()), "commitment/fibre/landing"),
        (CommitmentMade(title="x", kind="deliverable", promisors=()), "commitment/" + "a" * 65),
        (EventRetracted(event="id-1", type="x", reason="x"), "commitment/FIBRE"),
    ],
)
def test_a_stream_has_a_sound_key(fact: Fact, subject: str) -> None:
    given(FIBRE).admit(fact, subject).then_refused("bad-key")


def test_a_fact_that_is_about_something_needs_it_to_stand() -> None:
    board = given()
    board.admit(ProgressReported(item="fibre", note="seen")).then_refused("unknown-key", "no commitment 'fibre'")
    board.record(FIBRE)
    board.admit(ProgressReported(item="fibre/x", note="seen")).then_refused("unknown-key", "no milestone 'fibre/x'")
    board.admit(ProgressReported(item="ports", note="seen")).then_refused("unknown-key", "no commitment 'ports'")
    board.when(rename_party, "az", "Azerbaijan", because="x").then_refused("unknown-key", "no party 'az'")


def test_a_fact_about_the_ledger_itself_needs_it_to_be_open() -> None:
    restored = LedgerRestored(size=1, root="0" * 64, reason="x")
    given().admit(restored, "ledger").then_refused("unknown-key", "no ledger yet")
    given(do(open_ledger, "Corridor", "UTC")).admit(restored, "ledger").then_accepted()


def test_an_item_of_another_commitment_does_not_lie_in_this_ones_stream() -> None:
    board = given(FIBRE, do(make, "ports", "Ports", on=EARLY))
    board.admit(ProgressReported(item="ports", note="seen")).then_refused("unknown-key")
    board.admit(MilestonePlanned(milestone="ports/alat", title="Alat")).then_refused("wrong-stream", "ports/alat")


@pytest.mark.parametrize(
    "named",
    [
        {"promisors": ("az",)},
        {"promisees": ("az",)},
        {"programme": "middle-corridor"},
        {"source": "interview"},
    ],
)
def test_what_a_commitment_names_must_stand(named: dict[str, Any]) -> None:
    given().when(make, "fibre", "Cable", **named).then_refused("unknown-key", "Check the spelling, or add it first")


def test_a_retracted_party_does_not_stand() -> None:
    board = given(do(register_party, "az", "Azerbaijan"))
    board.record(do(retract, board.lines[0], because="Not a party"))
    board.when(make, "fibre", "Cable", promisors=("az",)).then_refused("unknown-key")


# What opens is new.


@pytest.mark.parametrize(
    ("fact", "subject"),
    [
        (CommitmentMade(title="Another", kind="deliverable", promisors=()), "commitment/fibre"),
        (MilestonePlanned(milestone="fibre/landing", title="Another"), "commitment/fibre"),
        (PartyRegistered(name="Another", kind="state"), "party/az"),
        (ProgrammeOpened(title="Another"), "programme/corridor"),
        (SourceCited(title="Another", publisher="x"), "source/interview"),
        (LedgerOpened(title="Another", timezone="UTC", format=1), "ledger"),
    ],
)
def test_a_key_that_stands_is_taken(fact: Fact, subject: str) -> None:
    board = given(FIBRE, LANDING, do(register_party, "az", "Azerbaijan"))
    board.put(ProgrammeOpened(title="Corridor"), "programme/corridor")
    board.put(SourceCited(title="Interview", publisher="x"), "source/interview")
    board.put(LedgerOpened(title="x", timezone="UTC", format=1), "ledger")
    board.admit(fact, subject).then_refused("duplicate-key", "is taken (#")


# Chains.


def test_an_act_is_effective_no_earlier_than_the_last_of_its_chain() -> None:
    day = EARLY + timedelta(30)
    board = given(FIBRE, do(move_due, "fibre", fd("2027"), because="Late", approved_by="board", on=day))
    late = do(move_due, "fibre", fd("2028"), because="Later", approved_by="board", on=day - timedelta(1))
    sentence = board.asked(late).then_refused("out-of-order", f"--on {day}", "due.moved (#2)")
    assert sentence.startswith("fibre: its last due.moved")
    board.when(move_due, "fibre", fd("2028"), because="Later", approved_by="board", on=day).then_accepted()


def test_chains_do_not_hold_each_other_up() -> None:
    board = given(FIBRE, do(move_due, "fibre", fd("2027"), because="Late", approved_by="board"))
    board.when(suspend, "fibre", because="x", on=EARLY).then_accepted()
    board.when(assign, "fibre", "ports-office", on=EARLY).then_accepted()


@pytest.mark.parametrize(
    "step",
    [
        do(move_due, "fibre", fd("2028"), because="x", approved_by="board", on=EARLY - timedelta(1)),
        do(suspend, "fibre", because="x", on=EARLY - timedelta(1)),
        do(assign, "fibre", "ports-office", on=EARLY - timedelta(1)),
        do(plan_milestone, "fibre/x", "X", on=EARLY - timedelta(1)),
        do(suspend, "fibre/landing", because="x", on=EARLY - timedelta(1)),
    ],
)
def test_no_act_is_effective_before_its_item_was_made(step: Any) -> None:
    given(FIBRE, LANDING).asked(step).then_refused("out-of-order", f"{EARLY}")


def test_an_observation_may_be_effective_before_its_item_was_made() -> None:
    board = given(FIBRE)
    board.when(report_progress, "fibre", note="seen", on=EARLY - timedelta(100)).then_accepted()
    board.when(revise_forecast, "fibre", fd("2027"), because="x", on=EARLY - timedelta(100)).then_accepted()


def test_a_retracted_act_no_longer_holds_its_chain_up() -> None:
    board = given(FIBRE, do(suspend, "fibre", because="Funding"))
    board.record(do(retract, board.lines[1], because="Another commitment was meant"))
    board.when(suspend, "fibre", because="Funding", on=EARLY).then_accepted()


# One command.


def test_the_decisions_of_one_command_see_each_other() -> None:
    board = Board()
    board.record(
        do(register_party, "az", "Azerbaijan", kind="state"),
        do(make, "fibre", "Cable", promisors=("az",)),
        do(plan_milestone, "fibre/landing", "Landing"),
        do(plan_milestone, "fibre/lit", "Lit", after=["fibre/landing"]),
    )
    assert [one.subject for one in board.lines] == ["party/az", *["commitment/fibre"] * 3]
    assert {one.command for one in board.lines} == {"command-1"}


def test_what_this_command_decided_already_stands_and_is_named_so() -> None:
    known = Board().known()
    at = Occasion(known, TODAY, OFFICE)
    make(at, "fibre", "Cable")
    assert make(at, "fibre", "Cable") == []
    with pytest.raises(Refused) as caught:
        admit(at, "commitment/fibre", CommitmentMade(title="Another", kind="deliverable", promisors=()))
    assert caught.value.sentence == "fibre is taken (in this same command). Choose another key."


def test_what_this_command_decided_names_what_it_needs() -> None:
    board = given(do(register_party, "az", "Azerbaijan"))
    known = board.known()
    at = Occasion(known, TODAY, OFFICE)
    make(at, "fibre", "Cable", promisors=("az",))
    with pytest.raises(Refused) as caught:
        retract(at, board.lines[0], because="x")
    assert caught.value.code == "retract-later-first"


def test_lines_that_are_learnt_one_by_one_are_seen_by_the_next() -> None:
    known = Known(lambda subject: ())
    made = do(make, "fibre", "Cable", on=EARLY).decide(given().known())[0]
    known.learn(Recorded(1, "a", made.subject, 1, datetime.now(UTC), made.effective, OFFICE, "c", made.fact))
    assert known.exists("commitment/fibre")
    assert not known.exists("commitment/fibre/landing")
    assert list(known.named_by("party/az")) == []


# States.


def test_the_state_is_that_of_the_head_or_of_a_day() -> None:
    day = EARLY + timedelta(10)
    board = given(FIBRE, do(suspend, "fibre", because="x", on=day))
    assert state_of(board.facts(), "fibre") == "suspended"
    assert state_of(board.facts(), "fibre", on=day - timedelta(1)) == "open"


def test_an_item_lies_in_the_stream_of_its_commitment() -> None:
    assert stream_of("fibre") == stream_of("fibre/landing") == "commitment/fibre"


def test_an_item_that_nobody_lowered_is_refused_and_makes_no_second_stream() -> None:
    board = given(FIBRE)
    board.when(suspend, "Fibre", because="x").then_refused("bad-key", "'Fibre'")
    board.when(move_due, "FIBRE", fd("2027"), because="x", approved_by="board").then_refused("bad-key")
    board.when(report_progress, "fibre/Landing", note="x").then_refused("unknown-key", "'fibre/Landing'")


# Whatever comes.


def refusal(board: Board, fact: Fact, subject: str, on: date) -> Refused | None:
    try:
        admit(Occasion(board.known(), TODAY, OFFICE, on), subject, fact)
    except Refused as refused:
        return refused
    return None


@hypothesis(
    st.lists(st.tuples(facts(), st.sampled_from(["commitment/fibre", "party/az", "ledger"]), days), max_size=6),
    facts(wild),
    st.sampled_from(["commitment/fibre", "commitment/ports", "party/az", "programme/x", "source/x", "ledger", "x", ""]),
    days,
)
def test_whatever_decodes_is_admitted_or_refused(
    before: list[tuple[Fact, str, Any]], fact: Fact, subject: str, on: Any
) -> None:
    board = given(FIBRE, LANDING)
    for odd, stream, day in before:  # lines that no rule let pass
        board.put(odd, stream, on=day)
    refused = refusal(board, fact, subject, on)
    assert refused is None or refused.sentence.endswith(".")


@hypothesis(st.lists(st.tuples(facts(), days), max_size=25))
def test_what_was_admitted_can_be_taken_back_newest_first(history: list[tuple[Fact, Any]]) -> None:
    board = given(FIBRE, LANDING)
    for fact, on in history:
        subject = {"commitment": "commitment/fibre", "ledger": "ledger"}.get(fact.noun, f"{fact.noun}/az")
        if refusal(board, fact, subject, on) is None:
            board.put(fact, subject, on=on)
    for one in reversed(board.lines[:]):
        if one.fact.noun not in ("ledger", "any") and one.id not in board.facts(one.subject).retracted:
            board.record(do(retract, one, because="All of it"))
    assert not board.facts("commitment/fibre").standing()


def test_every_fact_of_the_catalogue_has_a_stored_name_of_its_own() -> None:
    assert len({fact.stored for fact in FACTS.values()}) == len(FACTS)
