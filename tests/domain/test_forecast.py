"""Does a forecast carry the one that counted on its day?"""

from __future__ import annotations

from datetime import timedelta

from domain.forecast import ForecastRevised, revise_forecast
from domain.life import withdraw
from tests.domain.given import EARLY, FIBRE, LANDING, TODAY, do, fd, given

MAY = TODAY - timedelta(40)
LATE = do(revise_forecast, "fibre", fd("2027-03"), because="Permit late", on=MAY)


def test_an_expectation_is_stated_with_its_reason() -> None:
    board = given(FIBRE, LANDING)
    board.when(revise_forecast, "fibre", fd("2027-03"), because=" Permit late ").then_recorded(
        ForecastRevised(item="fibre", expected=fd("2027-03"), reason="Permit late"), effective=TODAY
    )
    board.when(revise_forecast, "fibre/landing", fd("2026-09"), because="x").then_accepted()


def test_a_forecast_replaces_the_one_that_counts_on_its_day() -> None:
    board = given(FIBRE, LATE)
    board.when(revise_forecast, "fibre", fd("2028"), because="x").then_recorded(
        ForecastRevised(item="fibre", previous=fd("2027-03"), expected=fd("2028"), reason="x")
    )


def test_a_back_dated_forecast_replaces_what_counted_then() -> None:
    board = given(FIBRE, LATE)
    board.when(revise_forecast, "fibre", fd("2026-12"), because="x", on=EARLY).then_recorded(
        ForecastRevised(item="fibre", expected=fd("2026-12"), reason="x"), effective=EARLY
    )
    board.record(do(revise_forecast, "fibre", fd("2026-12"), because="x", on=EARLY))
    board.when(revise_forecast, "fibre", fd("2027-01"), because="y", on=MAY - timedelta(1)).then_recorded(
        ForecastRevised(item="fibre", previous=fd("2026-12"), expected=fd("2027-01"), reason="y")
    )


def test_the_same_forecast_on_the_same_day_records_nothing() -> None:
    board = given(FIBRE, LATE)
    worded = fd("2027-03", "March 2027")
    board.when(revise_forecast, "fibre", worded, because="Permit late", on=MAY).then_nothing()
    board.when(revise_forecast, "fibre", fd("2027-03"), because="Another reason", on=MAY).then_accepted()
    board.when(revise_forecast, "fibre", fd("2027-03"), because="Permit late").then_accepted()


def test_a_forecast_needs_a_reason_and_an_open_item() -> None:
    board = given(FIBRE)
    board.when(revise_forecast, "fibre", fd("2027"), because=None).then_refused("no-reason")
    board.when(revise_forecast, "ports", fd("2027"), because="x").then_refused("unknown-key")
    board.record(do(withdraw, "fibre", because="x"))
    board.when(revise_forecast, "fibre", fd("2027"), because="x").then_refused("wrong-state", "pledger reopen fibre")


def test_a_forecast_from_elsewhere_states_what_counted_on_its_day() -> None:
    board = given(FIBRE, LATE)
    board.admit(ForecastRevised(item="fibre", expected=fd("2028"), reason="x")).then_refused("wrong-previous")
    board.admit(ForecastRevised(item="fibre", expected=fd("2028"), reason="x"), on=EARLY).then_accepted()
    stated = ForecastRevised(item="fibre", previous=fd("2027-03"), expected=fd("2028"), reason="x")
    board.admit(stated).then_accepted()
    board.admit(stated, on=EARLY).then_refused("wrong-previous")
    board.admit(ForecastRevised(item="fibre", expected=fd("2028"), reason=""), on=EARLY).then_refused("no-reason")
