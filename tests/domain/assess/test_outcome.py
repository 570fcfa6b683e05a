"""How did each period of a target go, and what does the status make of it?"""

from __future__ import annotations

import pytest

from tests.domain.assess.given import (
    Said,
    actual,
    at,
    codes,
    given,
    labels,
    made,
    outcome,
    status,
    target,
    why,
)

MADE = at("2025-12-01", made())
OIL = at("2025-12-01", target("1.5 Mt", "2026/.."))


def months(*quantities: str, on: str = "2026-12-31") -> list[Said]:
    """Actuals for January, February, March …, all true on one day."""
    return [at(on, actual(quantity, f"2026-{month:02}")) for month, quantity in enumerate(quantities, 1)]


def test_the_periods_told_are_those_that_ended_the_running_one_and_the_next() -> None:
    facts = given(MADE, OIL, at("2027-01-05", actual("1.5 Mt", "2026")))

    assert labels(facts, "2025-12-31") == {"2026": "future"}
    assert labels(facts, "2026-12-31") == {"2026": "running", "2027": "future"}
    assert labels(facts, "2027-01-01") == {"2026": "unreported", "2027": "running", "2028": "future"}
    assert labels(facts, "2028-02-01") == {"2026": "met", "2027": "unreported", "2028": "running", "2029": "future"}


def test_no_period_follows_the_end_of_the_window() -> None:
    facts = given(MADE, at("2025-12-01", target("1.5 Mt", "2026/2027")))

    assert list(labels(facts, "2030-01-01")) == ["2026", "2027"]


@pytest.mark.parametrize(("tonnes", "found"), [("1.5", "met"), ("1.6", "met"), ("1.499999", "short"), ("0", "short")])
def test_a_reported_period_is_met_at_its_amount(tonnes: str, found: str) -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual(f"{tonnes} Mt", "2026")))

    assert outcome(facts, "2027-01-01", "2026").outcome == found


@pytest.mark.parametrize(("tonnes", "found"), [("1.5", "met"), ("0", "met"), ("1.500001", "short")])
def test_an_amount_at_most_is_short_over_it(tonnes: str, found: str) -> None:
    at_most = at("2025-12-01", target("1.5 Mt", "2026/..", aim="at-most"))
    facts = given(MADE, at_most, at("2026-12-31", actual(f"{tonnes} Mt", "2026")))

    assert outcome(facts, "2027-01-01", "2026").outcome == found


def test_short_names_amounts_period_and_facts() -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual("1.2 Mt", "2026")))

    text = "oil: 1.2 Mt in 2026, at least 1.5 Mt promised"
    assert why(facts, "2027-01-01") == ("period-short", text, (2, 3))


def test_too_much_of_an_amount_at_most_is_said_so() -> None:
    at_most = at("2025-12-01", target("1.5 Mt", "2026/..", aim="at-most"))
    facts = given(MADE, at_most, at("2026-12-31", actual("1.6 Mt", "2026")))

    assert why(facts, "2027-01-01").text == "oil: 1.6 Mt in 2026, at most 1.5 Mt promised"


def test_a_flow_that_has_its_amount_is_met_though_some_of_it_is_unreported() -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual("1.5 Mt", "2026-33")))

    assert outcome(facts, "2027-01-01", "2026").outcome == "met"


def test_a_flow_over_its_amount_at_most_is_short_though_some_of_it_is_unreported() -> None:
    at_most = at("2025-12-01", target("1.5 Mt", "2026/..", aim="at-most"))
    facts = given(MADE, at_most, at("2026-12-31", actual("1.6 Mt", "2026-33")))

    assert outcome(facts, "2027-01-01", "2026").outcome == "short"


@pytest.mark.parametrize("aim", ["at-least", "at-most"])
def test_an_ended_flow_that_is_not_covered_whole_is_unreported(aim: str) -> None:
    facts = given(MADE, at("2025-12-01", target("1.5 Mt", "2026/..", aim=aim)), *months(*["0.1 Mt"] * 11), key="fibre")

    assert outcome(facts, "2027-01-01", "2026").outcome == "unreported"
    text = "oil: 1.1 Mt reported for 2026, not for all of it"
    assert why(facts, "2027-01-01") == ("period-unreported", text, (2, *range(3, 14)))


def test_a_period_without_an_actual_is_unreported_never_short() -> None:
    facts = given(MADE, OIL)

    found = outcome(facts, "2027-01-01", "2026")
    assert (found.outcome, found.actual, found.positions) == ("unreported", None, (2,))
    assert status(facts, "2027-01-01") == "unreported"


@pytest.mark.parametrize(
    ("aim", "level", "found"),
    [("at-least", "30", "met"), ("at-least", "29.9", "short"), ("at-most", "30", "met"), ("at-most", "30.1", "short")],
)
def test_a_level_is_judged_by_one_actual_however_little_it_covers(aim: str, level: str, found: str) -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("30 %", "2026/..", measure="level", aim=aim)),
        at("2026-03-05", actual(f"{level} %", "2026-02")),
    )

    assert outcome(facts, "2027-01-01", "2026").outcome == found


def test_only_the_last_ended_period_speaks_while_the_window_is_open() -> None:
    facts = given(
        MADE,
        OIL,
        at("2027-01-05", actual("1 Mt", "2026")),
        at("2028-01-05", actual("1.5 Mt", "2027")),
    )

    assert status(facts, "2027-01-05") == "short"
    assert status(facts, "2028-01-04") == "unreported"
    assert status(facts, "2028-01-05") == "on-track"
    assert codes(facts, "2028-01-04") == ["period-unreported", "no-report"]


def test_the_last_ended_period_speaks_after_one_that_was_met() -> None:
    facts = given(MADE, OIL, at("2027-01-05", actual("1.5 Mt", "2026")), at("2028-01-05", actual("1 Mt", "2027")))

    assert why(facts, "2028-01-05").text == "oil: 1 Mt in 2027, at least 1.5 Mt promised"


def test_once_the_window_has_ended_any_short_period_speaks() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1.5 Mt", "2026/2028")),
        at("2027-01-05", actual("1 Mt", "2026")),
        at("2028-12-31", actual("1.5 Mt", "2028")),
        at("2028-12-31", actual("1.5 Mt", "2027")),
    )

    assert status(facts, "2028-12-31") == "on-track"
    assert why(facts, "2029-01-01") == ("period-short", "oil: 1 Mt in 2026, at least 1.5 Mt promised", (2, 3))


def test_once_the_window_has_ended_any_unreported_period_speaks() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1.5 Mt", "2026/2027")),
        at("2027-12-31", actual("1.5 Mt", "2027")),
    )

    assert status(facts, "2027-12-31") == "unreported"
    assert why(facts, "2028-01-01") == ("period-unreported", "oil: nothing reported for 2026", (2,))


def test_of_several_targets_the_first_row_that_holds_for_any_counts_and_is_named() -> None:
    facts = given(
        MADE,
        OIL,
        at("2025-12-01", target("100 km", "2026/..", "fence")),
        at("2027-01-05", actual("1.5 Mt", "2026")),
        at("2027-01-05", actual("99.5 km", "2026", "fence")),
    )

    assert why(facts, "2027-01-05") == ("period-short", "fence: 99.5 km in 2026, at least 100 km promised", (3, 5))
