"""Where is a running period heading, and what does it still need?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.assess.outcome import rounded
from tests.domain.assess.given import (
    actual,
    amount,
    at,
    codes,
    given,
    made,
    outcome,
    target,
)

MADE = at("2025-12-01", made())
OIL = at("2025-12-01", target("1.5 Mt", "2026/.."))


def test_a_level_is_not_rounded() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("30 %", "2026/..", measure="level")),
        at("2026-03-05", actual("31.123456 %", "2026-02")),
    )

    assert outcome(facts, "2026-03-05", "2026").projected == amount("31.123456 %")


def test_a_running_flow_is_projected_by_the_days_that_were_covered() -> None:
    facts = given(MADE, OIL, at("2026-02-01", actual("0.1 Mt", "2026-01")))

    found = outcome(facts, "2026-06-30", "2026")
    assert (found.outcome, found.projected) == ("running", amount("1.1774 Mt"))  # 0.1 / 31 * 365


def test_a_projection_counts_a_period_only_up_to_its_effective_day() -> None:
    facts = given(MADE, OIL, at("2026-01-10", actual("0.1 Mt", "2026-01")))

    assert outcome(facts, "2026-01-10", "2026").projected == amount("3.65 Mt")


def test_before_its_first_actual_nothing_is_projected_or_needed() -> None:
    found = outcome(given(MADE, OIL), "2026-06-30", "2026")

    assert (found.actual, found.projected, found.needed_per_month, found.misses) == (None, None, None, False)


def test_nothing_at_all_so_far_is_projected_as_nothing() -> None:
    facts = given(MADE, OIL, at("2026-02-01", actual("0 Mt", "2026-01")))

    assert outcome(facts, "2026-02-01", "2026").projected == amount("0 Mt")
    assert codes(facts, "2026-02-01") == ["projected-miss"]


def test_an_actual_from_before_its_period_covers_nothing_and_is_not_projected() -> None:
    facts = given(MADE, OIL, at("2025-12-31", actual("0.1 Mt", "2026-01")))
    found = outcome(facts, "2026-02-01", "2026")

    assert (found.actual, found.projected) == (amount("0.1 Mt"), None)


def test_neither_ended_nor_future_periods_are_projected() -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual("1 Mt", "2026")))

    for label in ("2026", "2028"):
        found = outcome(facts, "2027-06-30", label)
        assert (found.projected, found.needed_per_month, found.misses) == (None, None, False)


def test_what_is_needed_per_month_is_the_rest_over_the_months_left() -> None:
    facts = given(MADE, OIL, at("2026-07-01", actual("0.5 Mt", "2026-40")))

    # 1 Mt in the 183 days after 2026-07-01, at 365.25 / 12 days a month.
    assert outcome(facts, "2026-07-01", "2026").needed_per_month == amount("0.16633 Mt")
    assert outcome(facts, "2026-12-30", "2026").needed_per_month == amount("30.438 Mt")
    assert outcome(facts, "2026-12-31", "2026").needed_per_month is None


def test_nothing_more_is_needed_once_the_amount_is_there() -> None:
    facts = given(MADE, OIL, at("2026-07-01", actual("1.6 Mt", "2026-40")))

    assert outcome(facts, "2026-07-01", "2026").needed_per_month == amount("0 Mt")


def test_of_an_amount_at_most_nothing_is_needed() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("1.5 Mt", "2026/..", aim="at-most")),
        at("2026-07-01", actual("0.5 Mt", "2026-40")),
    )

    assert outcome(facts, "2026-07-01", "2026").needed_per_month is None


@pytest.mark.parametrize(
    ("value", "found"),
    [("1.25342465", "1.2534"), ("0.000123456", "0.00012346"), ("512345678.9", "512350000"), ("0", "0"), ("2", "2")],
)
def test_projections_have_five_digits(value: str, found: str) -> None:
    assert str(rounded(Decimal(value))) == found


# ---- What the status makes of several periods
