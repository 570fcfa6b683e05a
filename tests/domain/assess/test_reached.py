"""How much was reached in a period, by the actuals that count?"""

from __future__ import annotations

import pytest

from tests.domain.assess.given import (
    Said,
    actual,
    amount,
    assessed,
    at,
    given,
    made,
    outcome,
    target,
)

MADE = at("2025-12-01", made())
OIL = at("2025-12-01", target("1.5 Mt", "2026/.."))


def months(*quantities: str, on: str = "2026-12-31") -> list[Said]:
    """Actuals for January, February, March …, all true on one day."""
    return [at(on, actual(quantity, f"2026-{month:02}")) for month, quantity in enumerate(quantities, 1)]


def test_sub_periods_of_a_flow_add_up() -> None:
    facts = given(MADE, OIL, *months(*["100 kt"] * 11, "0.4 Mt"))
    found = outcome(facts, "2027-01-01", "2026")

    assert found.outcome == "met"
    assert found.actual == amount("1.5 Mt")
    assert found.positions == (2, *range(3, 15))


def test_the_own_whole_period_replaces_the_sum() -> None:
    facts = given(MADE, OIL, *months(*["0.2 Mt"] * 12), at("2027-01-20", actual("1.4 Mt", "2026")))

    assert outcome(facts, "2027-01-19", "2026").actual == amount("2.4 Mt")
    found = outcome(facts, "2027-01-20", "2026")
    assert (found.outcome, found.actual, found.positions) == ("short", amount("1.4 Mt"), (2, 15))


@pytest.mark.parametrize(
    ("told", "found"), [("2026-12-30", "unreported"), ("2026-12-31", "short"), ("2027-02-01", "short")]
)
def test_a_report_covers_only_the_days_that_had_passed(told: str, found: str) -> None:
    facts = given(MADE, OIL, at(told, actual("1.2 Mt", "2026")))

    assert outcome(facts, "2027-02-01", "2026").outcome == found


def test_a_report_of_a_month_made_within_it_leaves_the_year_uncovered() -> None:
    facts = given(MADE, OIL, *months(*["0.1 Mt"] * 11), at("2026-12-20", actual("0.1 Mt", "2026-12")))
    whole = given(MADE, OIL, *months(*["0.1 Mt"] * 12))

    assert outcome(facts, "2027-01-01", "2026").outcome == "unreported"
    assert outcome(whole, "2027-01-01", "2026").outcome == "short"


def test_a_restatement_takes_the_place_of_what_it_restates() -> None:
    facts = given(
        MADE,
        OIL,
        at("2027-01-05", actual("1.6 Mt", "2026")),
        at("2027-03-01", actual("1.3 Mt", "2026", because="counted twice")),
    )

    assert outcome(facts, "2027-02-28", "2026").outcome == "met"
    found = outcome(facts, "2027-03-01", "2026")
    assert (found.outcome, found.actual, found.positions) == ("short", amount("1.3 Mt"), (2, 4))


def test_a_back_dated_restatement_counts_until_the_one_that_was_true_later() -> None:
    facts = given(
        MADE,
        OIL,
        at("2027-03-01", actual("1.3 Mt", "2026")),
        at("2027-02-01", actual("1.6 Mt", "2026", because="found in the archive"), recorded="2027-04-01"),
    )

    assert outcome(facts, "2027-02-01", "2026").actual == amount("1.6 Mt")
    assert outcome(facts, "2027-03-01", "2026").actual == amount("1.3 Mt")


def test_the_same_stretch_in_other_words_is_a_restatement_not_a_second_amount() -> None:
    facts = given(
        MADE,
        OIL,
        at("2026-04-01", actual("0.5 Mt", "2026-01/2026-03")),
        at("2026-04-02", actual("0.4 Mt", "2026-33")),
        at("2026-04-03", actual("0.1 Mt", "2026-04")),
    )
    found = outcome(facts, "2026-04-03", "2026")

    assert (found.actual, found.positions) == (amount("0.5 Mt"), (2, 4, 5))


def test_the_own_period_in_other_words_is_one_actual() -> None:
    facts = given(
        MADE, OIL, at("2027-01-01", actual("1.5 Mt", "2026")), at("2027-01-02", actual("1.4 Mt", "2026-01/2026-12"))
    )

    assert outcome(facts, "2027-01-02", "2026").actual == amount("1.4 Mt")


def test_actuals_of_another_target_or_period_do_not_count() -> None:
    facts = given(
        MADE,
        OIL,
        at("2025-12-01", target("1 Mt", "2026/..", "oil-pipe")),
        at("2027-12-31", actual("9 Mt", "2027")),
        at("2027-12-31", actual("1 Mt", "2026", "oil-pipe")),
    )

    assert outcome(facts, "2027-01-01", "2026").outcome == "unreported"
    assert [one.outcome for one in assessed(facts, "2027-12-31").outcomes] == [
        *("unreported", "running", "future"),
        *("met", "running", "future"),
    ]


def test_amounts_are_told_in_the_unit_of_the_target() -> None:
    facts = given(MADE, OIL, at("2026-12-31", actual("400 kt", "2026-33")))
    found = outcome(facts, "2026-12-31", "2026")

    assert (found.actual, found.projected) == (amount("0.4 Mt"), amount("1.6222 Mt"))


def test_a_level_is_the_actual_whose_period_ends_last() -> None:
    facts = given(
        MADE,
        at("2025-12-01", target("500 MW", "2026/..", measure="level")),
        at("2026-07-05", actual("300 MW", "2026-06")),
        at("2026-08-01", actual("200 MW", "2026-34")),
        at("2026-09-01", actual("0.1 GW", "2026-01")),
    )

    assert outcome(facts, "2026-07-05", "2026").actual == amount("300 MW")
    found = outcome(facts, "2026-09-01", "2026")
    assert (found.actual, found.projected, found.positions) == (amount("200 MW"), amount("200 MW"), (2, 4))
    assert found.needed_per_month is None
    assert outcome(facts, "2027-01-01", "2026").outcome == "short"
