"""Is what was recorded in error taken back, newest first, and put back only as if it had never been away?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.actual import report_actual
from domain.commitment import make, restate
from domain.due import due_of, move_due
from domain.evidence import attach_evidence
from domain.figure import observe_figure
from domain.forecast import revise_forecast
from domain.life import meet, reopen, resume, suspend, withdraw
from domain.milestone import link_milestone, plan_milestone
from domain.opening import open_ledger
from domain.owner import assign
from domain.party import register_party, rename_party
from domain.programme import close_programme, note, open_programme
from domain.progress import ProgressReported, report_progress
from domain.recorded import Recorded
from domain.retraction import EventRetracted, retract, undo
from domain.source import cite_source
from domain.target import revise_target, set_target
from domain.verdict import give_verdict
from tests.domain.given import (
    EARLY,
    FIBRE,
    LANDING,
    OFFICE,
    OIL,
    TODAY,
    Board,
    Step,
    do,
    fd,
    file,
    given,
    quantity,
    terms,
)

PORTS = do(make, "ports", "Ports", on=EARLY)
LATER = do(move_due, "fibre", fd("2027"), because="Late", approved_by="board", on=EARLY + timedelta(30))
LATEST = do(move_due, "fibre", fd("2028"), because="Later", approved_by="board", on=EARLY + timedelta(60))


def taking_back(one: Recorded, because: str = "Typed in error") -> Step:
    return do(retract, one, because=because)


def stands(board: Board, one: Recorded) -> bool:
    return one.id not in board.facts(one.subject).retracted


# Taking back.


def test_a_fact_is_taken_back_with_a_reason_in_its_own_stream() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One"))
    then = board.asked(taking_back(board.lines[1], " Typed in error "))
    then.then_recorded(
        EventRetracted(event="id-2", type="progress.reported.v1", reason="Typed in error"), effective=TODAY
    )
    assert then.news[0].subject == "commitment/fibre"
    assert then.news[0].fact.about("fibre") == "fibre"
    board.asked(taking_back(board.lines[1], " ")).then_refused("no-reason")


def test_what_is_taken_back_already_is_not_taken_back_again() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One"))
    board.record(taking_back(board.lines[1]))
    board.asked(taking_back(board.lines[1])).then_nothing()
    again = EventRetracted(event="id-2", type="progress.reported.v1", reason="x")
    board.admit(again).then_refused("retracted-already", "#2 is retracted already (#3)")


@pytest.mark.parametrize(
    "step",
    [
        do(report_progress, "fibre", percent=Decimal(42), on=EARLY),
        do(revise_forecast, "fibre", fd("2027"), because="x", on=EARLY),
        do(attach_evidence, "fibre", (file(),), on=EARLY),
        do(give_verdict, "fibre", scale="ogp", rating="limited", assessor="court", because="x", on=EARLY),
        do(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2025-01"), on=EARLY + timedelta(40)),
    ],
)
def test_an_observation_can_be_taken_back_at_any_time(step: Step) -> None:
    board = given(FIBRE, OIL, step, do(report_progress, "fibre", percent=Decimal(50)))
    board.record(do(revise_forecast, "fibre", fd("2028"), because="x"))
    board.record(do(withdraw, "fibre", because="x"))
    board.asked(taking_back(board.lines[2])).then_accepted()


def test_observations_of_a_programme_can_be_taken_back_too() -> None:
    board = given(
        do(open_programme, "corridor", "Corridor"),
        do(note, "corridor", "One"),
        do(observe_figure, "corridor", "trade", quantity("1"), fd("2024")),
        do(close_programme, "corridor", because="x"),
    )
    for position in (2, 3):
        board.asked(taking_back(board.lines[position - 1])).then_accepted()


CHAINS = [
    (LATER, LATEST),
    (do(suspend, "fibre", because="x", on=EARLY), do(resume, "fibre", because="x")),
    (do(withdraw, "fibre", because="x", on=EARLY), do(reopen, "fibre", because="x")),
    (do(assign, "fibre", "one", on=EARLY), do(assign, "fibre", "other")),
    (
        do(restate, "fibre", {"title": "One"}, because="x", on=EARLY),
        do(restate, "fibre", {"title": "Two", "kind": "target"}, because="x"),
    ),
    (
        do(revise_target, "fibre", "oil", terms("2 Mt"), because="x", approved_by="b", on=EARLY),
        do(revise_target, "fibre", "oil", terms("3 Mt"), because="x", approved_by="b"),
    ),
    (do(link_milestone, "fibre/landing", ["ports"], on=EARLY), do(link_milestone, "fibre/landing", [])),
]


@pytest.mark.parametrize(("before", "after"), CHAINS)
def test_an_act_is_taken_back_only_once_no_later_one_of_its_chain_stands(before: Step, after: Step) -> None:
    board = given(FIBRE, OIL, LANDING, PORTS, before, after)
    first, last = board.lines[4:]
    sentence = board.asked(taking_back(first)).then_refused("retract-later-first", f"#6 {last.fact.stored}")
    assert sentence.startswith("#5 cannot be retracted")
    board.record(taking_back(last))
    board.asked(taking_back(first)).then_accepted()


def test_names_of_a_party_and_the_life_of_a_programme_form_such_chains_too() -> None:
    board = given(
        do(register_party, "tr", "Turkey", on=EARLY),
        do(rename_party, "tr", "Turkiye", because="x", on=EARLY),
        do(rename_party, "tr", "Türkiye", because="x"),
        do(open_programme, "corridor", "Corridor", on=EARLY),
        do(close_programme, "corridor", because="x"),
    )
    board.asked(taking_back(board.lines[1])).then_refused("retract-later-first", "#3 party.renamed.v1")
    board.asked(taking_back(board.lines[3])).then_refused("retract-later-first", "#5 programme.closed.v1")
    board.asked(taking_back(board.lines[4])).then_accepted()


def test_acts_of_other_chains_do_not_hold_an_act() -> None:
    board = given(FIBRE, LATER, do(suspend, "fibre", because="x"), do(report_progress, "fibre", note="One"))
    board.asked(taking_back(board.lines[1])).then_accepted()


def test_all_that_needs_a_fact_is_listed_newest_first_and_once() -> None:
    board = given(FIBRE, LANDING, do(restate, "fibre", {"title": "One", "kind": "target"}, because="x"))
    sentence = board.asked(taking_back(board.lines[0])).then_refused("retract-later-first")
    assert ": #3 commitment.restated.v1, #2 milestone.planned.v1." in sentence


# What opens.


@pytest.mark.parametrize(
    "step",
    [
        LANDING,
        OIL,
        LATER,
        do(report_progress, "fibre", note="One", on=EARLY - timedelta(9)),
        do(suspend, "fibre", because="x"),
        do(assign, "fibre", "one"),
        do(restate, "fibre", {"title": "One"}, because="x"),
    ],
)
def test_a_promise_is_taken_back_only_when_nothing_else_of_it_stands(step: Step) -> None:
    board = given(FIBRE, step)
    board.asked(taking_back(board.lines[0])).then_refused("retract-later-first", "#2 ")
    board.record(taking_back(board.lines[1]))
    board.asked(taking_back(board.lines[0])).then_accepted()


def test_a_milestone_is_taken_back_only_when_nothing_else_of_it_stands() -> None:
    seen = do(report_progress, "fibre/landing", note="One")
    board = given(FIBRE, LANDING, do(report_progress, "fibre", note="Another"), seen)
    board.asked(taking_back(board.lines[1])).then_refused("retract-later-first", ": #4 progress.reported.v1.")
    board.record(taking_back(board.lines[3]))
    board.asked(taking_back(board.lines[1])).then_accepted()


def test_a_target_is_taken_back_only_when_nothing_else_of_it_stands() -> None:
    board = given(FIBRE, OIL, do(set_target, "fibre", "oil-products", terms(window="2025/.."), on=EARLY))
    board.record(do(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2025")))
    board.record(do(revise_target, "fibre", "oil", terms("2 Mt"), because="x", approved_by="b"))
    board.asked(taking_back(board.lines[1])).then_refused("retract-later-first", "#5 target", "#4 actual")
    board.asked(taking_back(board.lines[2])).then_accepted()
    board.record(taking_back(board.lines[4]))
    board.record(taking_back(board.lines[3]))
    board.asked(taking_back(board.lines[1])).then_accepted()


def test_what_is_named_elsewhere_is_not_taken_back() -> None:
    board = given(
        do(register_party, "az", "Azerbaijan", on=EARLY),
        do(register_party, "kz", "Kazakhstan", on=EARLY),
        do(open_programme, "corridor", "Corridor", on=EARLY),
        do(cite_source, "interview", "An interview", "An agency", on=EARLY),
        do(make, "fibre", "Cable", promisors=("az",), programme="corridor", source="interview", on=EARLY),
    )
    for position in (1, 3, 4):
        board.asked(taking_back(board.lines[position - 1])).then_refused("retract-later-first", "#5 commitment.made.v1")
    board.asked(taking_back(board.lines[1])).then_accepted()
    board.record(do(restate, "fibre", {"promisees": ["kz"]}, because="x"))
    board.asked(taking_back(board.lines[1])).then_refused("retract-later-first", "#6 commitment.restated.v1")


def test_a_key_that_is_only_mentioned_is_not_named() -> None:
    board = given(do(register_party, "az", "Azerbaijan"), do(make, "fibre", "az"), do(make, "az", "az"))
    board.asked(taking_back(board.lines[0])).then_accepted()


def test_a_promise_that_supersedes_or_comes_first_is_not_taken_back() -> None:
    board = given(FIBRE, LANDING, PORTS)
    board.record(do(link_milestone, "fibre/landing", ["ports"], on=EARLY))
    board.asked(taking_back(board.lines[2])).then_refused("retract-later-first", "#4 milestone.linked.v1")
    board.record(taking_back(board.lines[3]))
    board.asked(taking_back(board.lines[2])).then_accepted()
    board.record(do(withdraw, "fibre", because="x", superseded_by="ports"))
    board.asked(taking_back(board.lines[2])).then_refused("retract-later-first", "#6 item.withdrawn.v1")


def test_a_target_is_taken_back_while_its_commitment_is_named_elsewhere() -> None:
    board = given(FIBRE, OIL, PORTS, do(withdraw, "ports", because="x", superseded_by="fibre"))
    board.asked(taking_back(board.lines[1])).then_accepted()
    board.asked(taking_back(board.lines[0])).then_refused("retract-later-first", "#4 item.withdrawn.v1")


def test_a_milestone_that_another_waits_for_is_not_taken_back() -> None:
    board = given(FIBRE, LANDING, do(plan_milestone, "fibre/lit", "Lit", after=["fibre/landing"], on=EARLY))
    board.asked(taking_back(board.lines[1])).then_refused("retract-later-first", "#3 milestone.planned.v1")
    board.record(taking_back(board.lines[2]))
    board.asked(taking_back(board.lines[1])).then_accepted()


def test_a_key_goes_on_in_the_same_stream_with_its_original_due() -> None:
    board = given(FIBRE)
    board.record(taking_back(board.lines[0]))
    board.record(do(make, "fibre", "Another cable", due=fd("2030")))
    assert [one.version for one in board.lines if one.subject == "commitment/fibre"] == [1, 2, 3]
    assert due_of(board.facts(), "fibre") == fd("2030")
    assert board.facts().first_due["fibre"].position == 1


# What is never taken back.


def test_what_is_about_the_ledger_itself_is_never_taken_back() -> None:
    board = given(do(open_ledger, "Corridor", "UTC"))
    board.asked(taking_back(board.lines[0])).then_refused("never-retracted", "#1 is about the ledger itself")


def test_a_retraction_from_elsewhere_names_a_line_of_its_stream_and_its_type() -> None:
    board = given(FIBRE, PORTS)
    board.admit(EventRetracted(event="id-9", type="due.moved.v1", reason="x")).then_refused("unknown-event", "'id-9'")
    board.admit(EventRetracted(event="id-2", type="commitment.made.v1", reason="x")).then_refused("unknown-event")
    board.admit(EventRetracted(event="id-1", type="due.moved.v1", reason="x")).then_refused(
        "wrong-type", "#1 is a commitment.made.v1"
    )
    board.admit(EventRetracted(event="id-1", type="commitment.made.v1", reason="")).then_refused("no-reason")
    board.admit(EventRetracted(event="id-1", type="commitment.made.v1", reason="x")).then_accepted()


def test_a_retraction_that_took_nothing_back_cannot_be_taken_back() -> None:
    board = given(FIBRE)
    board.put(EventRetracted(event="id-2", type="event.retracted.v1", reason="of itself"))
    board.put(EventRetracted(event="id-9", type="event.retracted.v1", reason="of nothing"))
    for odd in board.lines[1:]:
        board.asked(taking_back(odd)).then_refused("unknown-event")


# Putting back.


def test_a_retraction_is_taken_back_and_its_fact_stands_again() -> None:
    board = given(FIBRE, LATER)
    board.record(taking_back(board.lines[1]))
    board.record(taking_back(board.lines[2]))
    assert due_of(board.facts(), "fibre") == fd("2027")
    board.record(taking_back(board.lines[3]))
    assert due_of(board.facts(), "fibre") == fd("2026")
    board.record(taking_back(board.lines[4]))
    assert due_of(board.facts(), "fibre") == fd("2027")
    board.asked(taking_back(board.lines[2])).then_nothing()
    board.asked(taking_back(board.lines[4])).then_nothing()


def test_taking_back_a_retraction_of_a_retraction_is_held_to_the_rules_of_taking_back() -> None:
    board = given(FIBRE, LATER)
    board.record(taking_back(board.lines[1]))
    board.record(taking_back(board.lines[2]))
    board.record(LATEST)
    board.asked(taking_back(board.lines[3])).then_refused("retract-later-first", "#5 due.moved.v1")


def test_an_act_does_not_come_back_once_a_later_one_of_its_chain_was_recorded() -> None:
    board = given(FIBRE, LATER)
    board.record(taking_back(board.lines[1]))
    board.record(LATEST)
    board.asked(taking_back(board.lines[2])).then_refused("retract-later-first", "#2 cannot come back: #4 due.moved.v1")
    board.record(taking_back(board.lines[3]))
    board.asked(taking_back(board.lines[2])).then_accepted()


@pytest.mark.parametrize(
    "step", [LATER, do(report_progress, "fibre", note="One"), do(suspend, "fibre", because="x"), LANDING]
)
def test_nothing_comes_back_once_its_key_was_made_anew(step: Step) -> None:
    board = given(FIBRE, step)
    board.record(taking_back(board.lines[1]))
    board.record(taking_back(board.lines[0]))
    board.asked(taking_back(board.lines[2])).then_refused("unknown-key")  # there is nothing for it to be of
    board.record(FIBRE)
    board.asked(taking_back(board.lines[2])).then_refused("retract-later-first", "#5 commitment.made.v1")
    board.asked(taking_back(board.lines[3])).then_refused("retract-later-first", "#1 cannot come back")


def test_a_fact_of_a_milestone_does_not_come_back_once_it_was_planned_anew() -> None:
    board = given(FIBRE, LANDING, do(report_progress, "fibre/landing", note="One"))
    board.record(taking_back(board.lines[2]))
    board.record(taking_back(board.lines[1]))
    board.record(LANDING)
    board.asked(taking_back(board.lines[3])).then_refused("retract-later-first", "#6 milestone.planned.v1")


def test_a_promise_comes_back_while_nobody_took_its_key() -> None:
    board = given(FIBRE)
    board.record(taking_back(board.lines[0]))
    board.record(taking_back(board.lines[1]))
    assert board.facts().items() == ["fibre"]


def test_a_fact_comes_back_only_when_it_would_still_be_accepted() -> None:
    board = given(do(register_party, "az", "Azerbaijan", on=EARLY))
    board.record(do(make, "fibre", "Cable", promisors=("az",), on=EARLY))
    board.record(taking_back(board.lines[1]))
    board.record(taking_back(board.lines[0]))
    board.asked(taking_back(board.lines[2])).then_refused("unknown-key", "party 'az'")


def test_a_report_does_not_come_back_to_a_closed_item_and_evidence_does() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One"), do(attach_evidence, "fibre", (file(),)))
    board.record(taking_back(board.lines[1]))
    board.record(taking_back(board.lines[2]))
    board.record(do(meet, "fibre", met_on=fd("2026-05")))
    board.asked(taking_back(board.lines[3])).then_refused("wrong-state")
    board.asked(taking_back(board.lines[4])).then_accepted()


def test_an_observation_comes_back_among_others_that_came_between() -> None:
    day = date(2026, 5, 1)
    board = given(FIBRE, do(revise_forecast, "fibre", fd("2027"), because="x", on=day))
    board.record(taking_back(board.lines[1]))
    board.record(do(revise_forecast, "fibre", fd("2028"), because="y", on=day - timedelta(1)))
    board.record(taking_back(board.lines[2]))
    assert len(board.facts().chain("fibre", "forecast")) == 2


def test_an_actual_does_not_come_back_without_a_reason_where_another_was_reported() -> None:
    board = given(FIBRE, OIL, do(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2026-03")))
    board.record(taking_back(board.lines[2]))
    board.record(do(report_actual, "fibre", "oil", quantity("0.2 Mt"), fd("2026-03")))
    board.asked(taking_back(board.lines[3])).then_refused("no-reason")


def test_a_fact_comes_back_by_its_own_actor_and_day() -> None:
    board = given(FIBRE, LATER)
    board.record(taking_back(board.lines[1]))
    board.asked(do(retract, board.lines[2], because="x", by="board")).then_accepted()  # the approver puts it back
    board.admit(
        EventRetracted(event="id-3", type="event.retracted.v1", reason="x"), by="board", on=EARLY
    ).then_accepted()


# Undoing.


def commands(board: Board, by: str = OFFICE) -> list[list[Recorded]]:
    """The commands of an actor, newest first, as the ledger gives them."""
    found: dict[str, list[Recorded]] = {}
    for one in board.lines:
        if one.actor == by:
            found.setdefault(one.command, []).append(one)
    return list(found.values())[::-1]


def undone(board: Board, by: str = OFFICE, **said: Any) -> list[str]:
    """Undo, and the ids of what was taken back."""
    board.record(do(undo, commands(board, by), by=by, **said))
    newest = board.lines[-1].command
    return [one.fact.takes_back() or "" for one in board.lines if one.command == newest]


def test_the_newest_command_is_undone_newest_fact_first() -> None:
    board = given(FIBRE)
    board.record(LANDING, do(report_progress, "fibre/landing", note="One"))
    assert undone(board) == ["id-3", "id-2"]
    assert board.lines[-1].fact == EventRetracted(event="id-2", type="milestone.planned.v1", reason="undo")


def test_a_command_that_made_all_that_it_names_is_undone_in_one() -> None:
    board = Board()
    board.record(
        do(register_party, "az", "Azerbaijan"), do(make, "fibre", "Cable", promisors=("az",)), do(assign, "fibre", "x")
    )
    assert undone(board, because="All wrong") == ["id-3", "id-2", "id-1"]
    assert {one.fact.reason for one in board.lines[3:] if isinstance(one.fact, EventRetracted)} == {"All wrong"}


def test_undoing_again_takes_the_command_before() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One"), do(report_progress, "fibre", note="Two"))
    assert undone(board) == ["id-3"]
    assert undone(board) == ["id-2"]
    assert undone(board) == ["id-1"]
    board.asked(do(undo, commands(board))).then_refused("nothing-to-undo", OFFICE)


def test_what_was_put_back_can_be_undone_again() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One"))
    board.record(taking_back(board.lines[1]))
    board.record(taking_back(board.lines[2]))
    assert undone(board) == ["id-2"]


def test_a_command_of_which_a_part_stands_is_undone_in_that_part() -> None:
    board = Board()
    board.record(FIBRE, do(report_progress, "fibre", note="One"))
    board.record(taking_back(board.lines[1]))
    assert undone(board) == ["id-1"]


def test_only_the_commands_of_this_actor_are_undone() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One", by="ports-office"))
    board.asked(do(undo, commands(board))).then_refused("retract-later-first", "#2 progress.reported.v1")
    assert undone(board, by="ports-office") == ["id-2"]
    assert undone(board) == ["id-1"]


def test_the_opening_of_the_ledger_is_not_undone() -> None:
    board = given(do(open_ledger, "Corridor", "UTC"))
    board.asked(do(undo, commands(board))).then_refused("nothing-to-undo")
    board.asked(do(undo, [])).then_refused("nothing-to-undo")


def test_undoing_says_why() -> None:
    board = given(FIBRE)
    board.asked(do(undo, commands(board), because=" ")).then_refused("no-reason")


def test_what_was_taken_back_no_longer_stands_and_what_was_put_back_does() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One"))
    board.record(taking_back(board.lines[1]))
    assert not stands(board, board.lines[1])
    board.record(taking_back(board.lines[2]))
    assert stands(board, board.lines[1])
    assert isinstance(board.lines[1].fact, ProgressReported)
