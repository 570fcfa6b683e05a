"""Is it recorded how far things are?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.life import suspend, withdraw
from domain.progress import ProgressReported, report_progress
from tests.domain.given import FIBRE, LANDING, TODAY, do, file, given


def test_a_report_says_a_share_or_words_or_shows_evidence() -> None:
    board = given(FIBRE, LANDING)
    board.when(
        report_progress, "fibre", percent=Decimal("42.50"), note=" Ship booked ", evidence=(file(),)
    ).then_recorded(ProgressReported(item="fibre", percent=Decimal("42.5"), note="Ship booked", evidence=(file(),)))
    board.when(report_progress, "fibre/landing", note="Ship booked").then_accepted()
    board.when(report_progress, "fibre", evidence=(file(),)).then_accepted()
    board.when(report_progress, "fibre").then_refused("nothing-said", "a percentage, some words, or evidence")


@pytest.mark.parametrize("share", ["0", "100", "99.999999", "0.000001", "1E+1", "100.0", "7"])
def test_a_share_is_kept_in_plain_digits(share: str) -> None:
    then = given(FIBRE).when(report_progress, "fibre", percent=Decimal(share))
    then.then_accepted()
    given(FIBRE).admit(then.facts[0]).then_accepted()


@pytest.mark.parametrize(
    "share", ["-1", "-0", "100.000001", "101", "NaN", "sNaN", "Infinity", "1E+9999", "1E-9999", "0.1234567"]
)
def test_a_share_lies_between_0_and_100(share: str) -> None:
    given(FIBRE).when(report_progress, "fibre", percent=Decimal(share)).then_refused("bad-percent", "0 to 100")


@pytest.mark.parametrize("share", ["42.0", "4E+1", "42.50", "0.0"])
def test_a_share_from_elsewhere_is_written_as_it_is_stored(share: str) -> None:
    given(FIBRE).asked(
        do(lambda at: at.record("commitment/fibre", ProgressReported(item="fibre", percent=Decimal(share))))
    ).then_refused("bad-percent")


def test_the_share_that_counts_again_on_the_same_day_records_nothing() -> None:
    board = given(FIBRE, do(report_progress, "fibre", percent=Decimal(42)))
    board.when(report_progress, "fibre", percent=Decimal("42.0")).then_nothing()
    board.when(report_progress, "fibre", percent=Decimal(42), on=TODAY - timedelta(1)).then_accepted()
    board.record(do(report_progress, "fibre", percent=Decimal(50)))
    board.when(report_progress, "fibre", percent=Decimal(42)).then_accepted()


def test_words_stand_beside_each_other_and_are_not_said_twice() -> None:
    board = given(FIBRE, do(report_progress, "fibre", note="One"), do(report_progress, "fibre", note="Two"))
    board.when(report_progress, "fibre", note="One").then_nothing()
    board.when(report_progress, "fibre", note="One", evidence=(file(),)).then_accepted()
    board.when(report_progress, "fibre", note="One", percent=Decimal(1)).then_accepted()


def test_a_suspended_item_takes_reports_a_closed_one_does_not() -> None:
    board = given(FIBRE, do(suspend, "fibre", because="x"))
    board.when(report_progress, "fibre", note="One").then_accepted()
    board.record(do(withdraw, "fibre", because="x"))
    board.when(report_progress, "fibre", note="One").then_refused("wrong-state", "fibre is withdrawn")
    board.when(report_progress, "ports", note="One").then_refused("unknown-key")


def test_words_and_evidence_are_checked() -> None:
    board = given(FIBRE)
    board.when(report_progress, "fibre", note=" ").then_refused("blank", "note")
    board.when(report_progress, "fibre", note="a\nb").then_refused("bad-text", "U+000A")
    board.when(report_progress, "fibre", evidence=(file("a/b"),)).then_refused("bad-file-name")
    board.admit(ProgressReported(item="fibre", note="")).then_refused("blank")
