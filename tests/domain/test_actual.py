"""Are amounts achieved reported once for each period, apart from each other, and restated with a reason?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.actual import ActualReported, report_actual, slot_detail
from domain.life import withdraw
from domain.retraction import retract
from domain.target import revise_target, set_target
from tests.domain.given import EARLY, FIBRE, OIL, TODAY, Board, do, fd, file, given, quantity, terms

SHARE = do(set_target, "fibre", "share", terms("30 %", measure="level", window="2025/.."), on=EARLY)


def report(board: Board, amount: str, period: str, indicator: str = "oil", **said: Any) -> Any:
    return board.when(report_actual, "fibre", indicator, quantity(amount), fd(period), **said)


def reported(*periods: str, amount: str = "0.1 Mt", indicator: str = "oil") -> Board:
    board = given(FIBRE, OIL, SHARE)
    for one in periods:
        board.record(do(report_actual, "fibre", indicator, quantity(amount), fd(one)))
    return board


def actual(amount: str, period: str, **said: Any) -> ActualReported:
    fields: dict[str, Any] = {"indicator": "oil", "quantity": quantity(amount), "period": fd(period)}
    return ActualReported(**(fields | said))


def test_an_amount_is_reported_for_a_period() -> None:
    then = report(reported(), "400 kt", "2026-33", "Oil", note=" First quarter ", evidence=(file(),))
    then.then_recorded(actual("400 kt", "2026-33", note="First quarter", evidence=(file(),)), effective=TODAY)


# Again, and otherwise.


def test_the_actual_that_counts_again_on_the_same_day_records_nothing() -> None:
    board = reported("2026-33")
    report(board, "0.1 Mt", "2026-33").then_nothing()
    board.when(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2026-33", "Q1 2026")).then_nothing()
    report(board, "0.1 Mt", "2026-33", because="x").then_accepted()
    report(board, "0.1 Mt", "2026-33", because="x", on=TODAY - timedelta(1)).then_accepted()


def test_the_same_months_are_the_same_period_however_they_are_written() -> None:
    board = reported("2026-33")
    report(board, "0.1 Mt", "2026-01/2026-03").then_nothing()
    report(board, "0.2 Mt", "2026-01/2026-03").then_refused("no-reason", "2026-Q1 is reported already")
    assert slot_detail("oil", fd("2026")) == slot_detail("oil", fd("2026-01/2026-12"))


def test_the_same_period_again_is_a_restatement_with_its_reason() -> None:
    board = reported("2026-33")
    report(board, "0.2 Mt", "2026-33").then_refused("no-reason", "--because")
    report(board, "0.2 Mt", "2026-33", because=" ").then_refused("blank", "reason")
    report(board, "0.2 Mt", "2026-33", because="Late ship").then_recorded(
        actual("0.2 Mt", "2026-33", previous=quantity("0.1 Mt"), reason="Late ship")
    )


def test_a_restatement_said_again_without_its_reason_records_nothing() -> None:
    board = reported("2026-33")
    board.record(do(report_actual, "fibre", "oil", quantity("0.2 Mt"), fd("2026-33"), because="Late ship"))
    report(board, "0.2 Mt", "2026-33", because="Late ship").then_nothing()
    report(board, "0.2 Mt", "2026-33").then_nothing()
    report(board, "0.1 Mt", "2026-33").then_refused("no-reason")


def test_a_back_dated_actual_replaces_what_counted_on_its_day() -> None:
    board = reported()
    first, second = date(2026, 4, 10), date(2026, 5, 10)
    board.record(do(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2026-33"), on=second))
    report(board, "0.2 Mt", "2026-33", because="x", on=first).then_recorded(
        actual("0.2 Mt", "2026-33", reason="x"), effective=first
    )
    report(board, "0.2 Mt", "2026-33", on=first).then_refused("no-reason")
    report(board, "0.2 Mt", "2026-33", because="x").then_recorded(
        actual("0.2 Mt", "2026-33", previous=quantity("0.1 Mt"), reason="x")
    )


def test_a_retracted_actual_is_no_longer_restated() -> None:
    board = reported("2026-33")
    board.record(do(retract, board.lines[-1], because="x"))
    report(board, "0.2 Mt", "2026-33").then_recorded(actual("0.2 Mt", "2026-33"))


# Periods.


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ("2026-33", "2026-34"),  # apart
        ("2026-01", "2026-02"),
        ("2026-01/2026-02", "2026-03"),
        ("2026-33", "2026"),  # the target's own year replaces their sum
        ("2026", "2026-33"),
        ("2026", "2026-01"),
        ("2025", "2026"),
    ],
)
def test_reported_periods_are_apart_or_one_is_the_targets_own(before: str, then: str) -> None:
    report(reported(before), "0.1 Mt", then).then_accepted()


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ("2026-33", "2026-01"),  # a month inside a reported quarter
        ("2026-02", "2026-33"),
        ("2026-40", "2026-34"),
        ("2026-01/2026-02", "2026-02/2026-03"),
    ],
)
def test_reported_periods_do_not_overlap(before: str, then: str) -> None:
    report(reported(before), "0.1 Mt", then).then_refused(
        "period-overlaps", "overlaps", "Report periods that are apart"
    )
    reported(before).admit(actual("0.1 Mt", then)).then_refused("period-overlaps")


def test_periods_are_told_apart_by_indicator_and_not_held_up_by_what_is_retracted() -> None:
    board = reported("2026-33", indicator="share", amount="30 %")
    report(board, "0.1 Mt", "2026-01").then_accepted()
    board = reported("2026-33")
    board.record(do(retract, board.lines[-1], because="x"))
    report(board, "0.1 Mt", "2026-01").then_accepted()


def test_levels_may_overlap() -> None:
    board = reported("2026-33", indicator="share", amount="30 %")
    report(board, "31 %", "2026-02", "share").then_accepted()


@pytest.mark.parametrize(
    ("period", "code", "words"),
    [
        ("2026-05-17", "bad-period", "whole months"),
        ("2026~", "bad-period", "approximate"),
        ("2026/..", "bad-period", "open side"),
        ("2024", "outside-window", "pledger figure"),
        ("2025/2026", "outside-window", "does not lie in a year"),
        ("2027", "period-in-future", "has not begun"),
        ("2026-07", "period-in-future", str(TODAY)),
    ],
)
def test_what_is_no_period_of_the_target_is_refused(period: str, code: str, words: str) -> None:
    report(reported(), "0.1 Mt", period).then_refused(code, words)
    reported().admit(actual("0.1 Mt", period)).then_refused(code)


def test_a_running_period_is_reported_from_its_first_day() -> None:
    report(reported(), "0.1 Mt", "2026-06").then_accepted()
    report(reported(), "0.1 Mt", "2026-06", on=date(2026, 6, 1)).then_accepted()
    report(reported(), "0.1 Mt", "2026-06", on=date(2026, 5, 31)).then_refused("period-in-future", "2026-05-31")


def test_a_window_that_held_once_still_takes_its_actuals() -> None:
    board = reported()
    board.record(do(revise_target, "fibre", "oil", terms(window="2026/.."), because="x", approved_by="board"))
    report(board, "0.1 Mt", "2025").then_accepted()


def test_once_a_window_grew_its_old_whole_is_a_part_like_others() -> None:
    board = given(FIBRE, do(set_target, "fibre", "oil", terms(per="once", window="2025"), on=EARLY))
    board.record(do(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2025")))
    board.record(
        do(revise_target, "fibre", "oil", terms(per="once", window="2025/2026"), because="x", approved_by="board")
    )
    report(board, "0.1 Mt", "2025-12").then_refused("period-overlaps")
    report(board, "0.1 Mt", "2026-01").then_accepted()
    report(board, "0.1 Mt", "2025/2026").then_accepted()


# What it is of.


def test_an_actual_is_of_a_target_in_its_dimension() -> None:
    report(given(FIBRE), "0.1 Mt", "2026-33").then_refused("unknown-indicator", "pledger target set fibre")
    report(reported(), "0.1 Mt", "2026-33", "gas").then_refused("unknown-indicator", "It has: oil, share.")
    report(reported(), "5 km", "2026-33").then_refused("wrong-dimension")
    report(given(), "0.1 Mt", "2026-33").then_refused("unknown-key")
    report(reported(), "0.1 Mt", "2026-33", evidence=(file("a/b"),)).then_refused("bad-file-name")


def test_closed_commitments_still_take_late_actuals() -> None:
    board = reported()
    board.record(do(withdraw, "fibre", because="x"))
    report(board, "0.1 Mt", "2026-33").then_accepted()


def test_an_actual_from_elsewhere_states_what_counted_and_why_it_changed() -> None:
    board = reported("2026-33")
    board.admit(actual("0.2 Mt", "2026-33", reason="x")).then_refused("wrong-previous")
    board.admit(actual("0.2 Mt", "2026-33", previous=quantity("0.1 Mt"))).then_refused("no-reason")
    board.admit(actual("0.2 Mt", "2026-33", previous=quantity("0.1 Mt"), reason="")).then_refused("no-reason")
    board.admit(actual("0.2 Mt", "2026-33", previous=quantity("0.1 Mt"), reason="x")).then_accepted()


def test_a_period_without_an_end_that_no_rule_let_pass_does_not_break_the_next_line() -> None:
    board = reported()
    board.put(actual("0.1 Mt", "2026/.."))
    report(board, "0.1 Mt", "2026-01").then_refused("period-overlaps")


def test_a_period_of_another_target_does_not_hide_one_that_overlaps() -> None:
    board = reported()
    board.record(do(report_actual, "fibre", "share", quantity("20 %"), fd("2026-03")))
    board.record(do(report_actual, "fibre", "oil", quantity("0.1 Mt"), fd("2026-33")))
    report(board, "0.1 Mt", "2026-02").then_refused("period-overlaps")
