"""Are amounts aimed at per period, and changed on the record?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.life import suspend, withdraw
from domain.period import period_of
from domain.quantity import Quantity
from domain.retraction import retract
from domain.target import (
    TargetRevised,
    TargetSet,
    Terms,
    indicators,
    own_period,
    revise_target,
    set_target,
    target_in_force,
)
from tests.domain.given import EARLY, FIBRE, OFFICE, OIL, TODAY, Board, do, fd, given, quantity, terms


def fields(said: Terms) -> dict[str, Any]:
    return {name: getattr(said, name) for name in said.__struct_fields__}


def revised(to: Terms, **said: Any) -> TargetRevised:
    base: dict[str, Any] = {
        "indicator": "oil",
        "previous": terms(window="2025/.."),
        "reason": "Fleet",
        "approved_by": "board",
    }
    return TargetRevised(**(base | fields(to) | said))


def revise(board: Board, to: Terms, indicator: str = "oil", **said: Any) -> Any:
    return board.when(revise_target, "fibre", indicator, to, **({"because": "Fleet", "approved_by": "board"} | said))


# Setting.


def test_a_target_is_set_under_an_indicator() -> None:
    baseline = quantity("400 kt")
    then = given(FIBRE).when(set_target, "fibre", "Oil", terms(baseline=baseline))
    then.then_recorded(TargetSet(indicator="oil", **fields(terms(baseline=baseline))))


def test_the_same_target_again_records_nothing_another_is_refused() -> None:
    board = given(FIBRE, OIL)
    board.when(set_target, "fibre", "OIL", terms(window="2025/..")).then_nothing()
    worded = Terms(**(fields(terms()) | {"window": fd("2025/..", "from 2025")}))
    board.when(set_target, "fibre", "oil", worded).then_nothing()
    board.when(set_target, "fibre", "oil", terms("2 Mt")).then_refused("wrong-state", "(#2)", "pledger target revise")
    board.record(do(revise_target, "fibre", "oil", terms("2 Mt"), because="x", approved_by="board"))
    board.when(set_target, "fibre", "oil", terms(window="2025/..")).then_refused("wrong-state")


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        (terms(baseline=Quantity("km", Decimal(1))), "wrong-dimension", "km"),
        (terms(baseline=Quantity("x", Decimal(1))), "unknown-unit", "'x'"),
        (terms(window="../2027"), "bad-window", "exact beginning"),
        (terms(window="2026~"), "bad-window", "exact beginning"),
        (terms(window="2026-02/2027-12"), "bad-window", "cuts a year"),
        (terms(per="quarter", window="2026-02/2026-12"), "bad-window", "whole quarters"),
        (terms(per="month", window="2026-02-10/2026-12"), "bad-window", "whole months"),
        (terms(per="once", window="2026/.."), "bad-window", "with an end"),
        (terms(per="once", window="2026-05-17"), "bad-window", "whole months"),
        (terms(per="once", window="2026?"), "bad-window", "Write one such as 2026"),
    ],
)
def test_what_cannot_be_aimed_at_is_refused(said: Terms, code: str, words: str) -> None:
    given(FIBRE).when(set_target, "fibre", "oil", said).then_refused(code, words)
    given(FIBRE).admit(TargetSet(indicator="oil", **fields(said))).then_refused(code)


@pytest.mark.parametrize(
    "said", [terms(per="once", window="2026-01/2026-08"), terms(per="month", window="2026-02/2026-03"), terms()]
)
def test_whole_calendar_periods_are_aimed_at(said: Terms) -> None:
    given(FIBRE).when(set_target, "fibre", "oil", said).then_accepted()


def test_a_target_needs_an_open_commitment_a_key_and_an_amount() -> None:
    given().when(set_target, "fibre", "oil", terms()).then_refused("unknown-key")
    given(FIBRE).when(set_target, "fibre", "crude oil", terms()).then_refused("bad-key", "Try crude-oil.")
    given(FIBRE).admit(TargetSet(indicator="Oil", **fields(terms()))).then_refused("bad-key", "indicator")
    long = Terms(**(fields(terms()) | {"amount": Quantity("Mt", Decimal("1.50"))}))
    given(FIBRE).when(set_target, "fibre", "oil", long).then_refused("bad-quantity")
    given(FIBRE, do(suspend, "fibre", because="x")).when(set_target, "fibre", "oil", terms()).then_accepted()
    closed = given(FIBRE, do(withdraw, "fibre", because="x"))
    closed.when(set_target, "fibre", "oil", terms()).then_refused("wrong-state", "fibre is withdrawn")


def test_a_target_from_elsewhere_is_not_set_twice() -> None:
    given(FIBRE, OIL).admit(TargetSet(indicator="oil", **fields(terms()))).then_refused("duplicate-key", "fibre oil")


# Revising.


def test_a_target_changes_with_reason_and_approver_and_what_it_was() -> None:
    then = revise(
        given(FIBRE, OIL), terms("1500 kt", window="2026/2030"), "OIL", because=" Fleet ", approved_by=" board "
    )
    then.then_recorded(revised(terms("1500 kt", window="2026/2030")))


def test_the_terms_in_force_again_record_nothing() -> None:
    board = given(FIBRE, OIL)
    worded = Terms(**(fields(terms()) | {"window": fd("2025/..", "from 2025")}))
    revise(board, worded).then_nothing()
    board.record(do(revise_target, "fibre", "oil", terms("2 Mt"), because="x", approved_by="board"))
    revise(board, terms("2 Mt"), because="y").then_nothing()
    revise(board, terms(window="2025/..")).then_accepted()


@pytest.mark.parametrize(
    ("to", "code", "words"),
    [
        (terms(per="month"), "another-target", "--indicator"),
        (terms(measure="level"), "another-target", "--indicator"),
        (terms("2 km"), "wrong-dimension", "km"),
        (terms("2 USD"), "wrong-dimension", "USD"),
        (terms(window="2026-02/.."), "bad-window", "cuts a year"),
    ],
)
def test_what_a_target_cannot_become_is_refused(to: Terms, code: str, words: str) -> None:
    revise(given(FIBRE, OIL), to).then_refused(code, words)


def test_a_target_changes_only_with_a_reason_and_an_approver_who_is_not_the_actor() -> None:
    board = given(FIBRE, OIL)
    revise(board, terms("2 Mt"), because=None).then_refused("no-reason")
    revise(board, terms("2 Mt"), approved_by=None).then_refused("no-approver", "--approved-by")
    revise(board, terms("2 Mt"), approved_by=" ").then_refused("no-approver")
    revise(board, terms("2 Mt"), approved_by=OFFICE.upper()).then_refused("own-approval")
    board.record(do(withdraw, "fibre", because="x"))
    revise(board, terms("2 Mt")).then_refused("wrong-state")


def test_a_target_that_is_none_is_refused_with_those_that_are() -> None:
    revise(given(FIBRE, OIL), terms("2 Mt"), "gas").then_refused("unknown-indicator", "It has: oil.")
    revise(given(FIBRE), terms("2 Mt")).then_refused("unknown-indicator", "pledger target set fibre")


def test_targets_form_chains() -> None:
    day = EARLY + timedelta(9)
    board = given(FIBRE, OIL, do(revise_target, "fibre", "oil", terms("2 Mt"), because="x", approved_by="b", on=day))
    revise(board, terms("3 Mt"), on=EARLY).then_refused("out-of-order", f"--on {day}")
    assert target_in_force(board.facts(), "oil").amount == quantity("2 Mt")
    assert target_in_force(board.facts(), "oil", on=EARLY).amount == quantity("1.5 Mt")


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (revised(terms("2 Mt"), previous=terms()), "wrong-previous"),
        (revised(terms(window="2025/..")), "nothing-changed"),
        (revised(terms("2 Mt"), reason=" "), "no-reason"),
        (revised(terms("2 Mt"), approved_by="Programme-Office"), "own-approval"),
        (revised(terms("2 Mt"), indicator="gas"), "unknown-indicator"),
    ],
)
def test_a_revision_from_elsewhere_is_held_to_the_same_rules(fact: TargetRevised, code: str) -> None:
    given(FIBRE, OIL).admit(fact).then_refused(code)


# Asking.


def test_the_indicators_are_those_that_stand() -> None:
    board = given(FIBRE, OIL, do(set_target, "fibre", "gas", terms("1 bcm")))
    assert indicators(board.facts()) == ["gas", "oil"]
    assert indicators(board.facts(), on=TODAY - timedelta(1)) == ["oil"]
    board.record(do(retract, board.lines[1], because="x"))
    assert indicators(board.facts()) == ["gas"]


@pytest.mark.parametrize(
    ("per", "window", "reported", "own"),
    [
        ("year", "2026/..", "2026-33", "2026"),
        ("year", "2026/..", "2026", "2026"),
        ("year", "2026/..", "2025", None),
        ("year", "2026/2027", "2028", None),
        ("year", "2026/..", "2026/2027", None),
        ("quarter", "2026/..", "2026-02", "2026-33"),
        ("month", "2026/..", "2026-33", None),
        ("once", "2026/2027", "2026-02", "2026/2027"),
        ("once", "2026/2027", "2028", None),
    ],
)
def test_a_reported_period_lies_in_one_of_the_targets_own_or_in_none(
    per: str, window: str, reported: str, own: str | None
) -> None:
    found = own_period(terms(per=per, window=window), period_of(fd(reported)))
    assert found == (period_of(fd(own)) if own else None)
