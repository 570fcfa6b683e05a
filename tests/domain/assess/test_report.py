"""When is an item unreported, and what counts as a report?"""

from __future__ import annotations

import pytest

from domain.recorded import Fact
from tests.domain.assess.given import (
    LINK,
    PROOF,
    actual,
    at,
    attached,
    codes,
    forecast,
    given,
    made,
    met,
    moved,
    planned,
    progress,
    reopened,
    restated_start,
    status,
    target,
    verdict,
    why,
    withdrawn,
)


@pytest.mark.parametrize(("on", "expected"), [("2026-04-01", "on-track"), ("2026-04-02", "unreported")])
def test_unreported_when_it_was_made_over_90_days_ago(on: str, expected: str) -> None:
    facts = given(at("2026-01-01", made("2026")))

    assert status(facts, on) == expected


def test_unreported_says_that_there_was_no_report_at_all() -> None:
    facts = given(at("2025-10-31", made("2026")))

    text = "no report in 90 days; none since it was made 389 days ago"
    assert why(facts, "2026-11-24") == ("no-report", text, (1,))


@pytest.mark.parametrize(("on", "expected"), [("2026-05-02", "on-track"), ("2026-05-03", "unreported")])
def test_a_report_is_recent_for_90_days(on: str, expected: str) -> None:
    facts = given(at("2025-01-01", made("2026")), at("2026-02-01", progress(note="trench dug")))

    assert status(facts, on) == expected


def test_unreported_names_the_last_report() -> None:
    facts = given(
        at("2025-01-01", made("2026")), at("2026-01-01", forecast("2026-12")), at("2026-02-01", progress("10"))
    )

    text = "no report in 90 days; the last 91 days ago, 2026-02-01"
    assert why(facts, "2026-05-03") == ("no-report", text, (3,))


def test_of_two_reports_on_a_day_the_later_recorded_one_is_the_last() -> None:
    facts = given(
        at("2025-01-01", made("2026")), at("2026-02-01", progress("10")), at("2026-02-01", progress(note="-"))
    )

    assert why(facts, "2026-02-01").positions == (3,)
    assert why(facts, "2026-06-01").positions == (3,)


def test_an_old_report_does_not_make_a_new_commitment_unreported() -> None:
    facts = given(at("2026-01-01", made("2026")), at("2025-01-01", progress("10"), recorded="2026-01-01"))

    assert status(facts, "2026-04-01") == "on-track"
    assert status(facts, "2026-04-02") == "unreported"


@pytest.mark.parametrize(
    "report",
    [
        progress("10"),
        progress(note="-"),
        forecast("2026-12"),
        forecast("2026-12", "fibre/landing"),
        progress("5", item="fibre/landing"),
    ],
    ids=lambda fact: f"{type(fact).__name__} of {fact.item}",
)
def test_progress_and_forecasts_also_of_milestones_are_reports(report: Fact) -> None:
    facts = given(
        at("2026-01-01", made("2026")),
        at("2026-01-01", planned("fibre/landing")),
        at("2026-05-01", report),
    )

    assert status(facts, "2026-06-01") == "on-track"
    assert why(facts, "2026-06-01").positions == (3,)


def test_an_actual_is_a_report() -> None:
    facts = given(
        at("2026-01-01", made()),
        at("2026-01-01", target("1 Mt")),
        at("2026-05-01", actual("0.5 Mt", "2026-33")),
    )

    assert status(facts, "2026-06-01") == "on-track"


def test_being_met_is_a_report_also_when_it_was_reopened() -> None:
    facts = given(
        at("2026-01-01", made("2026")),
        at("2026-01-01", planned("fibre/landing")),
        at("2026-05-01", met("2026-05-01", item="fibre/landing")),
        at("2026-05-02", reopened("fibre/landing")),
    )

    assert why(facts, "2026-06-01") == ("on-track", "last report 31 days ago, 2026-05-01", (3,))


def test_reports_of_a_withdrawn_milestone_count_for_nothing() -> None:
    facts = given(
        at("2026-01-01", made("2026")),
        at("2026-01-01", planned("fibre/landing")),
        at("2026-05-01", progress("10", item="fibre/landing")),
        at("2026-05-02", withdrawn("fibre/landing")),
    )

    assert why(facts, "2026-06-01").code == "no-report"
    assert "none since it was made" in why(facts, "2026-06-01").text


@pytest.mark.parametrize(
    "fact", [verdict("dca", "green"), attached(PROOF, LINK), restated_start(None), moved("2026", "2027")]
)
def test_what_is_no_report_leaves_it_unreported(fact: Fact) -> None:
    facts = given(at("2026-01-01", made("2026")), at("2026-05-01", fact))

    assert status(facts, "2026-06-01") == "unreported"


def test_a_report_from_after_the_day_is_not_seen() -> None:
    facts = given(at("2026-01-01", made("2026")), at("2026-06-02", progress("10")))

    assert status(facts, "2026-06-01") == "unreported"
    assert status(facts, "2026-06-02") == "on-track"


def test_made_today_is_said_so() -> None:
    assert why(given(at("2026-01-01", made("2026"))), "2026-01-01").text == "made today, no report yet"
    facts = given(at("2026-01-01", made("2026")), at("2026-01-01", progress("1")))
    assert why(facts, "2026-01-01").text == "last report today, 2026-01-01"


def test_a_target_without_an_actual_for_its_last_ended_period_is_unreported() -> None:
    facts = given(at("2025-12-01", made()), at("2025-12-01", target("1 Mt")), at("2026-12-31", progress(note="-")))

    assert status(facts, "2026-12-31") == "on-track"
    assert codes(facts, "2027-01-01") == ["period-unreported"]
    assert why(facts, "2027-01-01") == ("period-unreported", "oil: nothing reported for 2026", (2,))
    assert codes(facts, "2027-06-01") == ["period-unreported", "no-report"]
