"""What does a status make of lines that decode and yet break the rules, as a ledger that was tampered with may hold?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.commitment import Change, CommitmentRestated
from domain.fuzzy import FuzzyDate, from_edtf
from domain.life import ItemMet
from domain.programme import ProgrammeClosed
from domain.progress import ProgressReported
from domain.quantity import Quantity
from domain.target import TargetSet
from tests.domain.assess.given import (
    PROOF,
    actual,
    amount,
    assessed,
    at,
    codes,
    flags,
    given,
    labels,
    made,
    met,
    outcome,
    planned,
    restated_start,
    status,
    target,
)

MADE = at("2026-01-01", made("2026", start="2026-01-01"))
OIL = at("2026-01-01", target("1 Mt", "2026"))


@pytest.mark.parametrize("percent", ["NaN", "sNaN", "Infinity", "-1", "1000"])
def test_what_is_no_percentage_is_not_behind(percent: str) -> None:
    facts = given(MADE, at("2026-12-01", ProgressReported(item="fibre", percent=Decimal(percent))))

    assert status(facts, "2026-12-31") == "on-track"


def test_a_percentage_of_a_million_decimals_is_said_in_six() -> None:
    facts = given(MADE, at("2026-12-01", ProgressReported(item="fibre", percent=Decimal("1E-999999"))))

    assert assessed(facts, "2026-12-31").reasons[0].text == "0 % reported 2026-12-01, 100 % by the straight line"


@pytest.mark.parametrize("quantity", ["1 km", "1 parsec", "1E+40 Mt", "1E-40 Mt"])
def test_an_actual_that_cannot_be_reckoned_with_does_not_count(quantity: str) -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual(quantity, "2026")))

    assert outcome(facts, "2026-12-31", "2026").actual is None


@pytest.mark.parametrize("period", ["2026/..", "../2026"])
def test_an_actual_of_an_open_period_does_not_count(period: str) -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual("1 Mt", period)))

    assert outcome(facts, "2026-12-31", "2026").actual is None


def test_a_target_that_cannot_be_reckoned_with_promises_nothing() -> None:
    big = TargetSet(
        indicator="oil",
        amount=Quantity(unit="Mt", value=Decimal("1E+40")),
        per="year",
        measure="flow",
        aim="at-least",
        window=from_edtf("2026"),
    )

    assert labels(given(MADE, at("2026-01-01", big)), "2026-06-01") == {}


@pytest.mark.parametrize(("window", "per"), [("../2026", "year"), ("2026/..", "once"), ("2026-05-17", "year")])
def test_a_window_without_whole_periods_has_none(window: str, per: str) -> None:
    facts = given(at("2026-01-01", made()), at("2026-01-01", target("1 Mt", window, per=per)))

    assert labels(facts, "2026-06-01") == {}
    assert status(facts, "2026-06-01") == "undated"


def test_a_window_once_of_mere_days_is_judged_as_it_is() -> None:
    facts = given(MADE, at("2025-12-01", target("100 km", "2026-03-15/2026-05-17", per="once")))

    assert labels(facts, "2026-05-17") == {"2026-03-15/2026-05-17": "running"}
    assert labels(facts, "2026-05-18") == {"2026-03-15/2026-05-17": "unreported"}


def test_overlapping_actuals_add_up_and_cover_the_whole() -> None:
    facts = given(
        MADE,
        OIL,
        at("2026-12-31", actual("0.2 Mt", "2026-01/2026-11")),
        at("2026-12-31", actual("0.3 Mt", "2026-02/2026-12")),
    )

    assert outcome(facts, "2027-01-01", "2026").outcome == "short"
    assert outcome(facts, "2026-12-31", "2026").actual == amount("0.5 Mt")


@pytest.mark.parametrize("start", ["2026", ("2026",)])
def test_a_start_that_is_no_date_is_no_start(start: str | tuple[str, ...]) -> None:
    change = CommitmentRestated(changes={"start": Change(to=start)}, reason="-")
    facts = given(at("2025-12-01", made("2026", start="2026")), at("2025-12-02", change))

    assert assessed(facts, "2025-12-02").item.start is None


def test_a_start_after_the_due_has_no_straight_line() -> None:
    facts = given(
        at("2026-01-01", made("2026-06")),
        at("2026-01-02", restated_start("2027")),
        at("2026-01-02", ProgressReported(item="fibre", percent=Decimal(0))),
    )

    assert codes(facts, "2026-03-01") == ["planned"]


@pytest.mark.parametrize("met_on", ["2026/..", "2026"])
def test_met_on_a_day_without_end_is_never_late(met_on: str) -> None:
    fact = ItemMet(item="fibre", met_on=from_edtf(met_on), evidence=(PROOF,))
    facts = given(MADE, at("2027-03-01", fact))

    assert status(facts, "2027-03-01") == "met"


def test_met_on_a_day_without_end_is_late_against_the_original_due_by_the_day_of_its_fact() -> None:
    facts = given(MADE, at("2027-03-01", met("2026/..", PROOF)))

    text = "60 days past the original due 2026 (2026-12-31)"
    assert flags(assessed(facts, "2028-01-01"))["late-vs-original"].text == text


def test_a_target_of_what_was_met_by_hand_does_not_decide() -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual("1 Mt", "2026")), at("2026-12-31", met("2026-12-31")))

    assert status(facts, "2027-06-01") == "claimed"


def test_an_item_planned_under_the_key_of_the_commitment_is_read_as_what_it_is() -> None:
    facts = given(at("2026-01-01", planned("fibre", "2026")))

    assert status(facts, "2026-01-01") == "on-track"
    assert assessed(facts, "2026-01-01").milestones == []


def test_a_line_of_another_stream_ends_nothing() -> None:
    facts = given(MADE, at("2026-01-02", ProgrammeClosed(reason="-")))

    assert assessed(facts, "2026-01-02").item.state == "open"
    assert status(facts, "2026-01-02") == "on-track"


def test_the_first_and_last_days_of_all_are_days_like_others() -> None:
    always = FuzzyDate(earliest=date.min, edtf="0001/9999", latest=date.max, wording="always")
    facts = given(at("0001-01-01", made(always)), at("0001-01-01", target("1 Mt", "9998/9999")))

    assert status(facts, "0001-01-01") == "planned"
    assert labels(facts, "9999-12-31") == {"9998": "unreported", "9999": "running"}
    assert status(facts, "9999-12-31") == "unreported"
