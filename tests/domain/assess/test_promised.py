"""Which periods does a target have, and which of its amounts is each judged by?"""

from __future__ import annotations

import pytest

from domain.fold import Facts
from domain.quantity import Quantity
from tests.domain.assess.given import (
    actual,
    amount,
    assessed,
    at,
    codes,
    given,
    labels,
    made,
    outcome,
    revised,
    status,
    target,
)

MADE = at("2025-12-01", made())


def promised(facts: Facts, on: str) -> dict[str, Quantity]:
    return {one.period.label: one.terms.amount for one in assessed(facts, on).outcomes}


def test_quarters() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("3 km", "2026/2027", per="quarter")),
        at("2026-04-01", actual("1 km", "2026-01")),
        at("2026-04-01", actual("1 km", "2026-02")),
        at("2026-04-01", actual("1 km", "2026-03")),
        at("2026-07-01", actual("2.5 km", "2026-34")),
    )

    assert labels(facts, "2026-07-15") == {
        "2026-Q1": "met",
        "2026-Q2": "short",
        "2026-Q3": "running",
        "2026-Q4": "future",
    }
    assert list(labels(facts, "2027-12-01"))[-1] == "2027-Q4"


def test_months() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("3 km", "2026-01/2026-03", per="month")),
        at("2026-02-01", actual("3 km", "2026-01")),
    )

    assert labels(facts, "2026-02-28") == {"2026-01": "met", "2026-02": "running", "2026-03": "future"}
    assert labels(facts, "2026-05-01") == {"2026-01": "met", "2026-02": "unreported", "2026-03": "unreported"}


def test_once_is_one_period_the_window_itself() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("100 km", "2026/2027", per="once")),
        at("2027-01-05", actual("60 km", "2026")),
        at("2027-12-31", actual("40 km", "2027")),
    )

    assert labels(facts, "2025-12-31") == {"2026/2027": "future"}
    assert labels(facts, "2026-01-01") == {"2026/2027": "running"}
    assert outcome(facts, "2027-01-05", "2026/2027").projected == amount("120 km")
    assert labels(facts, "2028-01-01") == {"2026/2027": "met"}
    assert status(facts, "2028-01-01") == "met"


def test_each_period_is_judged_by_the_amount_in_force_on_its_last_day() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1 Mt", "2026/2028")),
        at("2027-12-31", revised("2 Mt", "2026/2028")),
        at("2028-06-30", revised("3 Mt", "2026/2028")),
    )

    assert promised(facts, "2027-12-30") == {"2026": amount("1 Mt"), "2027": amount("1 Mt"), "2028": amount("1 Mt")}
    assert promised(facts, "2027-12-31") == {"2026": amount("1 Mt"), "2027": amount("2 Mt"), "2028": amount("2 Mt")}
    assert promised(facts, "2029-01-01") == {"2026": amount("1 Mt"), "2027": amount("2 Mt"), "2028": amount("3 Mt")}
    assert outcome(facts, "2029-01-01", "2027").positions == (3,)


def test_an_amount_in_another_unit_is_judged_in_its_own() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1 Mt", "2026/2027")),
        at("2027-02-01", revised("1500 kt", "2026/2027")),
        at("2027-12-31", actual("1.2 Mt", "2026")),
        at("2027-12-31", actual("1.2 Mt", "2027")),
    )

    assert outcome(facts, "2028-01-01", "2026").actual == amount("1.2 Mt")
    assert outcome(facts, "2028-01-01", "2027").actual == amount("1200 kt")
    assert labels(facts, "2028-01-01") == {"2026": "met", "2027": "short"}


def test_a_target_set_after_its_window_began_judges_the_periods_before_it() -> None:
    facts = given(MADE, at("2027-05-01", target("1 Mt", "2026/..")), at("2027-06-01", revised("2 Mt", "2026/..")))

    assert promised(facts, "2027-05-01") == {"2026": amount("1 Mt"), "2027": amount("1 Mt"), "2028": amount("1 Mt")}
    assert promised(facts, "2027-06-01") == {"2026": amount("1 Mt"), "2027": amount("2 Mt"), "2028": amount("2 Mt")}


def test_a_window_cut_short_drops_only_what_has_not_ended() -> None:
    facts = given(MADE, at("2025-12-01", target("1 Mt", "2026/2030")), at("2028-06-30", revised("1 Mt", "2026/2027")))

    assert list(labels(facts, "2028-06-29")) == ["2026", "2027", "2028", "2029"]
    assert list(labels(facts, "2028-06-30")) == ["2026", "2027"]


def test_a_window_cut_on_the_day_on_which_it_was_set_is_the_shorter_one() -> None:
    facts = given(MADE, at("2025-12-01", target("1 Mt", "2026/2030")), at("2025-12-01", revised("1 Mt", "2027/2028")))

    assert list(labels(facts, "2025-12-01")) == ["2027"]


def test_a_window_cut_after_a_period_had_ended_cannot_launder_it() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1 Mt", "2026/2027")),
        at("2027-12-31", actual("1 Mt", "2026")),
        at("2027-12-31", actual("0.5 Mt", "2027")),
        at("2028-06-30", revised("1 Mt", "2026")),
    )

    assert labels(facts, "2028-07-01") == {"2026": "met", "2027": "short"}
    assert status(facts, "2028-07-01") == "short"


def test_a_window_cut_short_has_ended_for_all_of_its_periods() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1 Mt", "2026/2030")),
        at("2027-06-30", revised("1 Mt", "2026/2027")),
        at("2027-12-31", actual("1 Mt", "2026")),
        at("2027-12-31", actual("1 Mt", "2027")),
    )

    assert status(facts, "2028-01-01") == "met"


def test_a_window_made_longer_has_not_ended_for_its_old_periods() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1 Mt", "2026/2027")),
        at("2027-01-05", actual("0.5 Mt", "2026")),
        at("2027-12-31", revised("1 Mt", "2026/2030")),
        at("2027-12-31", actual("1 Mt", "2027")),
    )

    assert status(facts, "2028-01-01") == "on-track"


def test_a_window_put_off_still_has_its_next_period() -> None:
    facts = given(MADE, at("2025-12-01", target("1 Mt", "2026/2030")), at("2026-06-30", revised("1 Mt", "2028/2030")))

    assert labels(facts, "2026-06-30") == {"2028": "future"}
    assert status(facts, "2026-06-30") == "planned"


def test_a_window_that_reaches_back_takes_in_what_had_passed() -> None:
    facts = given(
        MADE, at("2026-12-01", target("1 Mt", "2027/..")), at("2027-03-01", revised("2 Mt", "2026/..")), key="fibre"
    )

    assert list(labels(facts, "2027-02-28")) == ["2027", "2028"]
    assert promised(facts, "2027-03-01")["2026"] == amount("2 Mt")


def test_an_amount_once_is_judged_by_its_window_now() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("100 km", "2026", per="once")),
        at("2026-12-01", revised("90 km", "2026/2027", per="once")),
        at("2028-03-01", revised("80 km", "2026/2027", per="once")),
    )

    assert promised(facts, "2026-11-30") == {"2026": amount("100 km")}
    assert promised(facts, "2027-01-01") == {"2026/2027": amount("90 km")}
    assert promised(facts, "2028-03-01") == {"2026/2027": amount("90 km")}


def test_an_amount_once_whose_window_was_moved_after_its_end_is_judged_by_the_new_one() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("100 km", "2026", per="once")),
        at("2027-02-01", revised("90 km", "2026/2027", per="once")),
    )

    assert promised(facts, "2027-01-31") == {"2026": amount("100 km")}
    assert labels(facts, "2027-02-01") == {"2026/2027": "running"}


def test_targets_come_in_order_of_their_indicators() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1 Mt", "2026", "oil")),
        at("2025-12-01", target("1 Mt", "2026", "gas")),
        at("2026-06-01", target("1 Mt", "2026", "coal")),
    )

    assert [one.indicator for one in assessed(facts, "2026-05-31").outcomes] == ["gas", "oil"]
    assert [one.indicator for one in assessed(facts, "2026-06-01").outcomes] == ["coal", "gas", "oil"]


@pytest.mark.parametrize("on", ["2026-01-01", "2026-12-31"])
def test_the_first_and_the_last_day_belong_to_a_running_period(on: str) -> None:
    facts = given(MADE, at("2025-12-01", target("1 Mt", "2026/2027")))

    assert labels(facts, on) == {"2026": "running", "2027": "future"}
    assert "planned" not in codes(facts, on)
