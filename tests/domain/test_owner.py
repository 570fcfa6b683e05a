"""Is it on record which office is in charge?"""

from __future__ import annotations

from datetime import timedelta

from domain.commitment import make
from domain.life import withdraw
from domain.owner import OwnerAssigned, assign, owner_of
from tests.domain.given import EARLY, FIBRE, do, given


def test_an_office_takes_over_from_another() -> None:
    board = given(FIBRE)
    board.when(assign, "fibre", " Ports office ").then_recorded(OwnerAssigned(owner="Ports office"))
    board.record(do(assign, "fibre", "Ports office"))
    board.when(assign, "fibre", "Sea office").then_recorded(OwnerAssigned(previous="Ports office", owner="Sea office"))
    assert owner_of(board.facts()) == "Ports office"


def test_the_office_in_charge_is_not_assigned_again() -> None:
    board = given(do(make, "fibre", "Cable", owner="Ports office", on=EARLY))
    board.when(assign, "fibre", "Ports office").then_nothing()


def test_owners_form_a_chain() -> None:
    board = given(FIBRE, do(assign, "fibre", "Ports office", on=EARLY + timedelta(9)))
    board.when(assign, "fibre", "Sea office", on=EARLY).then_refused("out-of-order")


def test_an_owner_is_somebody_of_something_open() -> None:
    board = given(FIBRE)
    board.when(assign, "fibre", " ").then_refused("blank", "owner")
    board.when(assign, "ports", "Ports office").then_refused("unknown-key")
    board.record(do(withdraw, "fibre", because="x"))
    board.when(assign, "fibre", "Ports office").then_refused("wrong-state", "pledger reopen fibre")


def test_a_line_from_elsewhere_states_the_owner_before() -> None:
    board = given(FIBRE, do(assign, "fibre", "Ports office"))
    board.admit(OwnerAssigned(owner="Sea office")).then_refused("wrong-previous")
    board.admit(OwnerAssigned(previous="Ports office", owner="Ports office")).then_refused("nothing-changed")
    board.admit(OwnerAssigned(previous="Ports office", owner="")).then_refused("blank")
