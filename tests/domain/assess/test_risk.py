"""What puts an open item at risk, and does the reason say so plainly?"""

from __future__ import annotations

import pytest

from domain.fuzzy import from_edtf
from tests.domain.assess.given import (
    actual,
    assessed,
    at,
    codes,
    forecast,
    given,
    made,
    met,
    moved,
    progress,
    restated_start,
    status,
    target,
    why,
)

MADE = at("2026-01-01", made("2026"))


@pytest.mark.parametrize(("expected", "found"), [("2026-12-31", "on-track"), ("2027-01-01", "at-risk")])
def test_a_forecast_after_the_due_is_a_risk(expected: str, found: str) -> None:
    facts = given(MADE, at("2026-03-01", forecast(expected)))

    assert status(facts, "2026-03-01") == found


def test_a_late_forecast_says_by_how_much_and_why() -> None:
    facts = given(MADE, at("2026-03-01", forecast("2027-01")))

    text = "expected 2027-01 (2027-01-31), 31 days after 2026-12-31: ship late"
    assert why(facts, "2026-03-01") == ("forecast-late", text, (2, 1))


def test_a_late_forecast_names_the_due_in_force() -> None:
    facts = given(
        MADE,
        at("2026-02-01", moved("2026", "2026-11")),
        at("2026-03-01", forecast("2026-12-01")),
    )

    assert why(facts, "2026-03-01").positions == (3, 2)


@pytest.mark.parametrize(
    ("expected", "found"), [("2026-12-01", ["in-grace"]), ("2026-12-02", ["in-grace", "forecast-late"])]
)
def test_a_forecast_within_the_grace_of_an_approximate_due_is_not_late(expected: str, found: list[str]) -> None:
    facts = given(at("2026-10-01", made("2026-10~")), at("2026-11-01", forecast(expected)))

    assert codes(facts, "2026-11-01") == found


@pytest.mark.parametrize(("on", "found"), [("2026-06-30", "on-track"), ("2026-07-01", "at-risk")])
def test_a_forecast_whose_day_has_passed_is_a_risk(on: str, found: str) -> None:
    facts = given(MADE, at("2026-06-01", forecast("2026-06")))

    assert status(facts, on) == found


def test_a_passed_forecast_says_so() -> None:
    facts = given(MADE, at("2026-06-01", forecast("2026-06")))

    text = "was expected 2026-06 (2026-06-30) and is not met"
    assert why(facts, "2026-07-01") == ("forecast-passed", text, (2,))


def test_a_forecast_without_a_last_day_is_no_risk() -> None:
    facts = given(MADE, at("2026-03-01", forecast("2027/..")))

    assert status(facts, "2026-03-01") == "on-track"


def test_a_forecast_without_a_due_is_a_risk_only_once_it_has_passed() -> None:
    facts = given(at("2026-01-01", made()), at("2026-03-01", forecast("2026-06")))

    assert status(facts, "2026-06-30") == "undated"
    assert status(facts, "2026-07-01") == "at-risk"


def test_the_forecast_that_counts_on_the_day_decides() -> None:
    facts = given(
        MADE,
        at("2026-05-01", forecast("2027-03")),
        at("2026-06-01", forecast("2026-12")),
        at("2026-04-01", forecast("2027-02"), recorded="2026-06-02"),
    )

    assert status(facts, "2026-03-31") == "on-track"
    assert why(facts, "2026-04-01").positions == (4, 1)
    assert why(facts, "2026-05-01").positions == (2, 1)
    assert status(facts, "2026-06-01") == "on-track"


# From 2026-01-01 to 2027-01-20 are 384 days: 48 of them are 12.5 %, 96 are 25 %.
LINE = at("2026-01-01", made("2027-01-20", start="2026-01-01"))


@pytest.mark.parametrize(
    ("percent", "found"), [("30", "on-track"), ("10", "on-track"), ("9.99", "at-risk"), ("0", "at-risk")]
)
def test_over_15_points_under_the_straight_line_is_a_risk(percent: str, found: str) -> None:
    facts = given(LINE, at("2026-03-01", progress(percent)))

    assert status(facts, "2026-04-07") == found


def test_behind_says_both_percentages_and_names_all_three_facts() -> None:
    facts = given(
        at("2026-01-01", made("2026-12-31")),
        at("2026-01-01", restated_start("2026-01-01")),
        at("2026-01-02", moved("2026-12-31", "2027-01-20")),
        at("2026-03-01", progress("9.990")),
    )

    text = "9.99 % reported 2026-03-01, 25 % by the straight line"
    assert why(facts, "2026-04-07") == ("behind", text, (4, 2, 3))
    assert why(facts, "2026-04-08").text == "9.99 % reported 2026-03-01, 25.3 % by the straight line"


def test_the_line_is_rounded_up_so_that_the_sentence_never_looks_like_just_15_points() -> None:
    whole_year = at("2026-01-01", made("2026-12-31", start="2026-01-01"))  # on 2026-08-07, 218 of 364 days: 59.89 %
    enough = given(whole_year, at("2026-08-01", progress("44.9")))
    behind = given(whole_year, at("2026-08-01", progress("44.889")))

    assert status(enough, "2026-08-07") == "on-track"
    assert why(behind, "2026-08-07").text == "44.889 % reported 2026-08-01, 59.9 % by the straight line"


def test_the_last_percent_counts_and_remarks_do_not() -> None:
    facts = given(
        LINE,
        at("2026-03-01", progress("5")),
        at("2026-04-01", progress("24")),
        at("2026-04-02", progress(note="all well")),
    )

    assert status(facts, "2026-04-07") == "on-track"


def test_behind_needs_a_reported_percent() -> None:
    assert status(given(LINE, at("2026-12-01", progress(note="-"))), "2026-12-31") == "on-track"


def test_a_percent_from_before_the_start_is_not_behind() -> None:
    facts = given(at("2026-01-01", made("2026-12-31", start="2026-03-01")), at("2026-01-02", progress("0")))

    assert status(facts, "2026-02-01") == "planned"
    assert status(facts, "2026-03-01") == "on-track"


@pytest.mark.parametrize(
    ("due", "start"), [("2026", None), ("2026/..", "2026"), ("2026", "../2026"), (None, "2026"), (None, None)]
)
def test_without_start_and_due_there_is_no_line(due: str | None, start: str | None) -> None:
    facts = given(at("2026-01-01", made(due, start)), at("2026-12-01", progress("1")))

    assert "behind" not in codes(facts, "2026-12-31")


@pytest.mark.parametrize(("on", "found"), [("2026-05-31", "planned"), ("2026-06-01", "on-track")])
def test_a_start_on_the_due_has_no_line(on: str, found: str) -> None:
    facts = given(at("2026-05-01", made("2026-06-01", start="2026-06-01")), at("2026-05-01", progress("0")))

    assert status(facts, on) == found


def test_the_line_rises_from_the_first_day_after_the_start() -> None:
    facts = given(at("2026-06-01", made("2026-06-03", start="2026-06-01")), at("2026-06-01", progress("0")))

    assert status(facts, "2026-06-01") == "on-track"
    assert why(facts, "2026-06-02").text == "0 % reported 2026-06-01, 50 % by the straight line"


def test_in_the_grace_of_its_due_the_line_is_at_its_end() -> None:
    facts = given(at("2026-01-01", made("2026-06~", start="2026-01-01")), at("2026-06-01", progress("84.9")))

    assert codes(facts, "2026-07-01") == ["in-grace", "behind"]
    assert assessed(facts, "2026-07-01").reasons[1].text == "84.9 % reported 2026-06-01, 100 % by the straight line"


def test_a_met_item_is_no_risk_whatever_was_forecast() -> None:
    facts = given(MADE, at("2026-03-01", forecast("2027-03")), at("2026-04-01", met("2026-04-01")))

    assert status(facts, "2026-04-01") == "claimed"


@pytest.mark.parametrize(("tonnes", "found"), [("0.9", "on-track"), ("0.899999", "at-risk")])
def test_a_projected_miss_by_just_10_percent_is_no_risk(tonnes: str, found: str) -> None:
    facts = given(
        at("2025-12-01", made()), at("2025-12-01", target("1 Mt")), at("2026-12-31", actual(f"{tonnes} Mt", "2026"))
    )

    assert status(facts, "2026-12-31") == found


@pytest.mark.parametrize(("tonnes", "found"), [("1.1", "on-track"), ("1.100001", "at-risk")])
def test_an_amount_at_most_is_missed_above_110_percent(tonnes: str, found: str) -> None:
    facts = given(
        at("2025-12-01", made()),
        at("2025-12-01", target("1 Mt", aim="at-most")),
        at("2026-12-31", actual(f"{tonnes} Mt", "2026")),
    )

    assert status(facts, "2026-12-31") == found


def test_a_projected_miss_names_target_period_and_amounts() -> None:
    facts = given(
        at("2025-12-01", made()),
        at("2025-12-01", target("1.5 Mt")),
        at("2026-02-01", actual("0.1 Mt", "2026-01")),
        at("2026-03-01", actual("100 kt", "2026-02")),
    )

    text = "oil: 2026 heads for 1.2373 Mt, at least 1.5 Mt promised"
    assert why(facts, "2026-03-01") == ("projected-miss", text, (2, 3, 4))


def test_what_two_targets_risk_is_said_for_each() -> None:
    facts = given(
        at("2025-12-01", made()),
        at("2025-12-01", target("30 %", indicator="share", measure="level")),
        at("2025-12-01", target("9 Mt", indicator="coal", aim="at-most")),
        at("2026-02-01", actual("10 %", "2026-01", "share")),
        at("2026-02-01", actual("1 Mt", "2026-01", "coal")),
    )

    assert [reason.text for reason in assessed(facts, "2026-02-01").reasons] == [
        "coal: 2026 heads for 11.774 Mt, at most 9 Mt promised",
        "share: 2026 heads for 10 %, at least 30 % promised",
    ]


def test_words_of_the_forecast_are_said_with_their_meaning() -> None:
    fact = forecast("2027-33")
    said = type(fact)(item="fibre", expected=from_edtf("2027-33", "Q1 2027"), reason="ship late")

    assert why(given(MADE, at("2026-03-01", said)), "2026-03-01").text.startswith(
        "expected Q1 2027 (2027-03-31), 90 days"
    )
