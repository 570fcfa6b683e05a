"""Does a due move only on the record, with a reason and an approver who is not the actor?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.commitment import make, restate
from domain.due import DueMoved, due_of, move_due, start_of
from domain.life import meet, suspend
from tests.domain.given import EARLY, FIBRE, LANDING, OFFICE, TODAY, Board, do, fd, given


def moved(**said: Any) -> DueMoved:
    fields: dict[str, Any] = {
        "item": "fibre",
        "previous": fd("2026"),
        "due": fd("2027"),
        "reason": "Late",
        "approved_by": "board",
    }
    return DueMoved(**(fields | said))


def move(board: Board, to: str = "2027", **said: Any) -> Any:
    return board.when(move_due, "fibre", fd(to), **({"because": "Late", "approved_by": "board"} | said))


def test_a_due_moves_with_a_reason_and_an_approver() -> None:
    then = move(given(FIBRE), because=" Late ", approved_by=" board ")
    then.then_recorded(moved(), effective=TODAY)


def test_a_first_due_has_none_before_it() -> None:
    board = given(do(make, "fibre", "Cable", on=EARLY))
    move(board).then_recorded(moved(previous=None))


def test_the_due_of_a_milestone_moves_alike() -> None:
    board = given(FIBRE, LANDING)
    board.when(move_due, "fibre/landing", fd("2027"), because="Late", approved_by="board").then_recorded(
        moved(item="fibre/landing", previous=fd("2026-06"))
    )


def test_a_move_to_the_due_in_force_records_nothing_in_whatever_words() -> None:
    board = given(FIBRE)
    board.when(move_due, "fibre", fd("2026", "end-2026"), because="x", approved_by="board").then_nothing()
    board.record(do(move_due, "fibre", fd("2027"), because="Late", approved_by="board"))
    move(board, "2027", because="Another reason").then_nothing()
    board.record(do(meet, "fibre", met_on=fd("2026-05")))
    move(board, "2027").then_nothing()


def test_a_due_may_move_back_and_forth() -> None:
    board = given(FIBRE, do(move_due, "fibre", fd("2027"), because="Late", approved_by="board"))
    move(board, "2026").then_recorded(moved(previous=fd("2027"), due=fd("2026")))


@pytest.mark.parametrize("because", [None, "", " "])
def test_a_due_moves_only_with_a_reason(because: str | None) -> None:
    move(given(FIBRE), because=because).then_refused("no-reason", "--because")


@pytest.mark.parametrize("approver", [None, "", " "])
def test_a_due_moves_only_with_an_approver(approver: str | None) -> None:
    move(given(FIBRE), approved_by=approver).then_refused("no-approver", "--approved-by")


@pytest.mark.parametrize("spelling", [OFFICE, "Programme-Office", f"  {OFFICE.upper()} ", "programme-of\ufb01ce"])
def test_nobody_approves_their_own_move_in_any_spelling(spelling: str) -> None:
    move(given(FIBRE), approved_by=spelling).then_refused("own-approval", OFFICE)
    given(FIBRE).admit(moved(approved_by=spelling.strip())).then_refused("own-approval")


def test_no_due_lies_before_the_start() -> None:
    board = given(do(make, "fibre", "Cable", start=fd("2026"), due=fd("2027"), on=EARLY))
    move(board, "2025").then_refused("due-before-start", "2025-12-31", "2026")
    move(board, "2026-01").then_accepted()
    board.record(do(restate, "fibre", {"start": fd("2027")}, because="x", on=EARLY))
    move(board, "2026").then_refused("due-before-start")
    board.record(do(restate, "fibre", {"start": None}, because="x", on=EARLY))
    move(board, "2025").then_accepted()


def test_a_milestone_has_no_start() -> None:
    board = given(do(make, "fibre", "Cable", start=fd("2026"), on=EARLY), LANDING)
    board.when(move_due, "fibre/landing", fd("2025"), because="x", approved_by="board").then_accepted()


def test_a_suspended_due_moves_a_closed_one_does_not() -> None:
    board = given(FIBRE, do(suspend, "fibre", because="x"))
    move(board).then_accepted()
    board.record(do(meet, "fibre", met_on=fd("2026-05")))
    move(board).then_refused("wrong-state", "fibre is met", "pledger reopen fibre")


def test_a_move_needs_something_that_is_due() -> None:
    move(given()).then_refused("unknown-key", "'fibre'")


def test_the_due_in_force_was_another_on_another_day() -> None:
    board = given(FIBRE, do(move_due, "fibre", fd("2027"), because="Late", approved_by="board"))
    assert due_of(board.facts(), "fibre") == fd("2027")
    assert due_of(board.facts(), "fibre", on=TODAY - timedelta(1)) == fd("2026")
    assert due_of(board.facts(), "fibre", on=EARLY - timedelta(1)) is None


def test_the_start_in_force_was_another_on_another_day() -> None:
    board = given(do(make, "fibre", "Cable", start=fd("2026"), on=EARLY))
    board.record(do(restate, "fibre", {"start": fd("2027")}, because="x"))
    assert start_of(board.facts()) == fd("2027")
    assert start_of(board.facts(), on=EARLY) == fd("2026")
    assert start_of(board.facts(), on=EARLY - timedelta(1)) is None


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (moved(previous=None), "wrong-previous"),
        (moved(previous=fd("2025")), "wrong-previous"),
        (moved(previous=fd("2026", "end-2026")), "wrong-previous"),
        (moved(due=fd("2026")), "nothing-changed"),
        (moved(due=fd("2026", "end-2026")), "nothing-changed"),
        (moved(reason="  "), "no-reason"),
        (moved(approved_by=""), "blank"),
        (moved(approved_by=" board"), "bad-text"),
        (moved(item="ports"), "unknown-key"),
    ],
)
def test_a_move_from_elsewhere_is_held_to_the_same_rules(fact: DueMoved, code: str) -> None:
    given(FIBRE, do(make, "ports", "Ports", on=EARLY)).admit(fact).then_refused(code)


def test_a_due_may_be_the_day_of_the_start() -> None:
    step = do(make, "cable", "Cable", start=fd("2026-05-17"), due=fd("2026-05-17"), on=EARLY)
    assert due_of(given(step).facts("commitment/cable"), "cable") == fd("2026-05-17")
