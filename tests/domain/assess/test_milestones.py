"""What do milestones say of their commitment, and items of each other?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from domain.assess import Expected, assess, expectation
from domain.fold import Facts
from domain.recorded import Fact
from tests.domain.assess.given import (
    PROOF,
    Said,
    actual,
    assessed,
    at,
    codes,
    day,
    flags,
    forecast,
    given,
    linked,
    made,
    met,
    milestone,
    moved,
    planned,
    progress,
    reopened,
    restated_start,
    status,
    suspended,
    target,
    why,
    withdrawn,
)

MADE = at("2026-01-01", made("2026"))


def landing(due: str | None = "2026-06", *after: str) -> Said:
    return at("2026-01-01", planned("fibre/landing", due, after))


def test_an_open_milestone_without_a_date_is_undated_and_no_risk() -> None:
    facts = given(MADE, landing(None))

    assert milestone(facts, "landing", "2026-02-01").status == "undated"
    assert milestone(facts, "landing", "2026-02-01").reasons == [("undated", "no due was stated", (2,))]
    assert status(facts, "2026-02-01") == "on-track"


def test_a_late_milestone_puts_its_commitment_at_risk() -> None:
    facts = given(MADE, at("2026-06-01", progress("50")), landing())

    assert status(facts, "2026-06-30") == "on-track"
    assert milestone(facts, "landing", "2026-07-01").status == "late"
    text = "milestone landing is 1 day late: due 2026-06 (2026-06-30)"
    assert why(facts, "2026-07-01") == ("milestone-late", text, (3,))


def test_a_milestone_at_risk_puts_its_commitment_at_risk_with_its_first_reason() -> None:
    facts = given(MADE, landing(), at("2026-03-01", forecast("2026-08", "fibre/landing")))

    text = "milestone landing is at risk: expected 2026-08 (2026-08-31), 62 days after 2026-06-30: ship late"
    assert why(facts, "2026-03-01") == ("milestone-at-risk", text, (2, 3))


@pytest.mark.parametrize(("due", "found"), [("2026-12-31", "on-track"), ("2027-01-01", "at-risk")])
def test_a_milestone_due_after_its_commitment_puts_it_at_risk(due: str, found: str) -> None:
    facts = given(MADE, at("2026-02-01", planned("fibre/landing", due)))

    assert status(facts, "2026-02-01") == found


def test_a_milestone_due_after_its_commitment_names_both_dues() -> None:
    facts = given(
        MADE,
        landing(),
        at("2026-02-01", moved("2026-06", "2027-01", "fibre/landing")),
        at("2026-02-01", moved("2026", "2026-12-01")),
    )

    text = "milestone landing is due 2027-01 (2027-01-31), after its commitment"
    assert why(facts, "2026-02-02") == ("milestone-after-due", text, (3, 4))


@pytest.mark.parametrize("due", [None, "2026/.."])
def test_no_milestone_is_due_after_a_commitment_without_a_last_day(due: str | None) -> None:
    facts = given(at("2026-01-01", made(due)), landing("2030"))

    assert status(facts, "2026-02-01") == "undated"


@pytest.mark.parametrize("ended", [met("2026-07-05", item="fibre/landing"), suspended("fibre/landing")])
def test_only_open_milestones_put_a_commitment_at_risk(ended: Fact) -> None:
    facts = given(MADE, landing("2027"), at("2026-07-05", ended))

    assert codes(facts, "2026-07-04") == ["milestone-after-due"]
    assert "milestone-after-due" not in codes(facts, "2026-07-05")


def test_a_withdrawn_milestone_counts_for_nothing() -> None:
    facts = given(MADE, landing("2026-02"), at("2026-03-10", withdrawn("fibre/landing")))

    assert status(facts, "2026-03-09") == "at-risk"
    assert status(facts, "2026-03-10") == "on-track"
    assert milestone(facts, "landing", "2026-03-10").status == "withdrawn"


def test_a_milestone_reopened_counts_again() -> None:
    facts = given(
        MADE,
        landing("2026-02"),
        at("2026-03-10", withdrawn("fibre/landing")),
        at("2026-03-11", reopened("fibre/landing")),
    )

    assert status(facts, "2026-03-11") == "at-risk"


def test_milestones_come_in_the_order_of_planning_and_only_once_planned() -> None:
    facts = given(MADE, at("2026-02-01", planned("fibre/z")), at("2026-03-01", planned("fibre/a")))

    assert [one.item.key for one in assessed(facts, "2026-03-01").milestones] == ["fibre/z", "fibre/a"]
    assert [one.item.key for one in assessed(facts, "2026-02-28").milestones] == ["fibre/z"]


def test_a_milestone_has_a_status_and_flags_of_its_own() -> None:
    facts = given(
        MADE,
        landing(),
        at("2026-02-01", moved("2026-06", "2026-07", "fibre/landing")),
        at("2026-07-20", met("2026-07-20", PROOF, item="fibre/landing")),
    )
    found = milestone(facts, "landing", "2026-07-20")

    assert found.status == "met"
    assert set(flags(found)) == {"moved", "late-vs-original"}
    assert found.milestones == []
    assert found.outcomes == []
    assert flags(assessed(facts, "2026-07-20")) == {}


def test_the_start_and_targets_of_a_commitment_are_not_those_of_its_milestones() -> None:
    facts = given(
        at("2026-01-01", made(None, start="2027")),
        at("2026-01-01", target("1 Mt", "2026/..")),
        landing("2028"),
        at("2026-01-02", restated_start("2028")),
        at("2026-02-01", actual("0 Mt", "2026-01")),
    )

    assert milestone(facts, "landing", "2026-02-01").status == "on-track"
    assert status(facts, "2026-02-01") == "at-risk"


def test_a_milestone_is_unreported_by_its_own_reports_alone() -> None:
    facts = given(MADE, landing(), at("2026-05-01", progress("50")))

    assert status(facts, "2026-06-01") == "on-track"
    assert milestone(facts, "landing", "2026-06-01").status == "unreported"


# ---- Whoever waits for another


POWER = at("2026-01-01", planned("fibre/power", "2026-09"))


def test_a_milestone_is_at_risk_while_its_predecessor_is_expected_later() -> None:
    facts = given(MADE, POWER, landing("2026-06", "fibre/power"))

    text = "waits for fibre/power, expected 2026-09-30: 92 days after 2026-06-30"
    assert milestone(facts, "landing", "2026-01-02").reasons == [("predecessor-later", text, (2, 3))]
    assert why(facts, "2026-01-02") == ("milestone-at-risk", f"milestone landing is at risk: {text}", (2, 3))


@pytest.mark.parametrize(("due", "found"), [("2026-09-30", "on-track"), ("2026-09-29", "at-risk")])
def test_a_predecessor_expected_on_the_same_day_is_no_risk(due: str, found: str) -> None:
    facts = given(MADE, POWER, landing(due, "fibre/power"))

    assert milestone(facts, "landing", "2026-01-02").status == found


def test_a_predecessor_is_expected_when_it_is_forecast() -> None:
    facts = given(MADE, POWER, landing("2026-06", "fibre/power"), at("2026-02-01", forecast("2026-06", "fibre/power")))

    assert milestone(facts, "landing", "2026-01-31").status == "at-risk"
    assert milestone(facts, "landing", "2026-02-01").status == "on-track"


def test_whoever_waits_is_expected_when_it_is_forecast() -> None:
    facts = given(
        MADE, POWER, landing("2026-10", "fibre/power"), at("2026-02-01", forecast("2026-08", "fibre/landing"))
    )

    text = "waits for fibre/power, expected 2026-09-30: 30 days after 2026-08-31"
    assert milestone(facts, "landing", "2026-02-01").reasons == [("predecessor-later", text, (2, 4))]


def test_a_forecast_without_a_last_day_leaves_the_due_to_expect() -> None:
    facts = given(MADE, POWER, landing("2026-06", "fibre/power"), at("2026-02-01", forecast("2026/..", "fibre/power")))

    assert milestone(facts, "landing", "2026-02-01").reasons[0].positions == (2, 3)


@pytest.mark.parametrize("ended", [met("2026-02-01", item="fibre/power"), withdrawn("fibre/power")])
def test_a_closed_predecessor_is_no_risk(ended: Fact) -> None:
    facts = given(MADE, POWER, landing("2026-06", "fibre/power"), at("2026-02-01", ended))

    assert milestone(facts, "landing", "2026-02-01").status == "on-track"


def test_a_suspended_predecessor_is_still_waited_for() -> None:
    facts = given(MADE, POWER, landing("2026-06", "fibre/power"), at("2026-02-01", suspended("fibre/power")))

    assert milestone(facts, "landing", "2026-02-01").status == "at-risk"


def test_links_change_with_the_day() -> None:
    facts = given(MADE, POWER, landing("2026-06"), at("2026-02-01", linked("fibre/landing", "fibre/power")))

    assert milestone(facts, "landing", "2026-01-31").status == "on-track"
    assert milestone(facts, "landing", "2026-02-01").status == "at-risk"


@pytest.mark.parametrize("due", [None, "2026/.."])
def test_without_a_day_on_either_side_nothing_is_later(due: str | None) -> None:
    waiting = given(MADE, POWER, landing(due, "fibre/power"))
    awaited = given(MADE, at("2026-01-01", planned("fibre/power", due)), landing("2026-06", "fibre/power"))

    assert milestone(waiting, "landing", "2026-01-02").status == "undated"
    assert milestone(awaited, "landing", "2026-01-02").status == "on-track"


def test_a_predecessor_that_does_not_stand_on_the_day_is_no_risk() -> None:
    facts = given(MADE, landing("2026-06", "fibre/power"), at("2026-02-01", planned("fibre/power", "2026-09")))

    assert milestone(facts, "landing", "2026-01-31").status == "on-track"
    assert milestone(facts, "landing", "2026-02-01").status == "at-risk"


def elsewhere(*ledger: Facts) -> Callable[[str, date], Expected | None]:
    by_key = {facts.key: facts for facts in ledger}
    return lambda name, on: expectation(by_key[name.partition("/")[0]], name, on)


def test_a_predecessor_may_be_a_commitment_or_milestone_elsewhere() -> None:
    grid = given(at("2026-01-01", made("2027")), at("2026-01-01", planned("grid/tower", "2026-09")), key="grid")
    facts = given(MADE, landing("2026-06", "grid", "grid/tower"))
    ask = elsewhere(grid)
    on = day("2026-01-02")
    found = assess(facts, on, lambda name: ask(name, on))

    assert found is not None
    assert [reason.text for reason in found.milestones[0].reasons] == [
        "waits for grid, expected 2027-12-31: 549 days after 2026-06-30",
        "waits for grid/tower, expected 2026-09-30: 92 days after 2026-06-30",
    ]
    assert status(facts, "2026-01-02") == "on-track"


def test_what_is_expected_of_an_item_is_told_with_its_facts() -> None:
    grid = given(
        at("2026-01-01", made("2027")),
        at("2026-02-01", forecast("2028", "grid")),
        at("2028-02-01", met("2028-01", item="grid")),
        key="grid",
    )

    assert expectation(grid, "grid", day("2025-12-31")) is None
    assert expectation(grid, "grid", day("2026-01-31")) == (True, day("2027-12-31"), (1,))
    assert expectation(grid, "grid", day("2026-02-01")) == (True, day("2028-12-31"), (2,))
    assert expectation(grid, "grid", day("2028-02-01")) == (False, day("2028-12-31"), (2,))
