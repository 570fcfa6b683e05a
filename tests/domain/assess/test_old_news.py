"""Was something recorded long after its day, or has nothing been heard at all?"""

from __future__ import annotations

from datetime import date

import pytest

from domain.fold import Late
from domain.recorded import Fact
from tests.domain.assess.given import (
    PROOF,
    actual,
    assessed,
    at,
    attached,
    closed_short,
    flags,
    forecast,
    given,
    made,
    met,
    milestone,
    moved,
    planned,
    progress,
    reopened,
    status,
    suspended,
    target,
    verdict,
    withdrawn,
)

MADE = at("2026-01-01", made("2026"))


@pytest.mark.parametrize(("recorded", "found"), [("2026-03-03", False), ("2026-03-04", True)])
def test_back_dated_from_31_days_after_the_day(recorded: str, found: bool) -> None:
    facts = given(MADE, at("2026-02-01", progress("10"), recorded=recorded))

    assert ("back-dated" in flags(assessed(facts, "2026-03-05"))) is found


def test_back_dated_says_how_many_and_how_old() -> None:
    facts = given(
        MADE,
        at("2026-02-01", progress("10"), recorded="2026-03-05"),
        at("2026-02-01", progress("12"), recorded="2026-04-05"),
        at("2026-04-01", progress("15")),
    )

    text = "2 observations recorded up to 63 days after their days"
    assert flags(assessed(facts, "2026-04-05"))["back-dated"] == ("back-dated", text, (2, 3))
    assert flags(assessed(facts, "2026-01-31")) == {}
    single = given(MADE, at("2026-02-01", progress("10"), recorded="2026-03-05"))
    text = "1 observation recorded 32 days after its day"
    assert flags(assessed(single, "2026-04-05"))["back-dated"] == ("back-dated", text, (2,))


@pytest.mark.parametrize(("on", "found"), [("2026-02-01", True), ("2026-01-31", False)])
def test_one_that_was_superseded_is_told_by_its_days_alone(on: str, found: bool) -> None:
    facts = given(MADE)
    day = date(2026, 2, 1).toordinal()
    facts.late = {"fibre": [Late(7, day, day + 32)], "fibre/landing": [Late(8, day, day + 40)]}

    text = "1 observation recorded 32 days after its day"
    assert (flags(assessed(facts, on)).get("back-dated") == ("back-dated", text, (7,))) is found
    assert ("back-dated" in flags(assessed(facts, on))) is found


def test_acts_are_never_back_dated() -> None:
    facts = given(
        at("2026-01-01", made("2026"), recorded="2026-06-01"),
        at("2026-01-01", moved("2026", "2027"), recorded="2026-06-01"),
    )

    assert "back-dated" not in flags(assessed(facts, "2026-02-01"))


@pytest.mark.parametrize(
    ("source", "recorded", "found"),
    [("interview", "2026-06-01", False), (None, "2026-06-01", True), ("interview", "2026-06-02", True)],
)
def test_what_was_read_from_a_source_with_the_item_itself_is_not_back_dated(
    source: str | None, recorded: str, found: bool
) -> None:
    facts = given(
        at("2026-01-01", made("2026", source=source), recorded="2026-06-01"),
        at("2026-02-01", progress("10"), recorded=recorded),
    )

    assert ("back-dated" in flags(assessed(facts, "2026-03-01"))) is found


def test_a_milestone_read_later_from_the_source_is_first_recorded_then() -> None:
    facts = given(
        at("2026-01-01", made("2026", source="interview")),
        at("2026-01-01", planned("fibre/landing"), recorded="2026-06-01"),
        at("2026-02-01", progress("10", item="fibre/landing"), recorded="2026-06-01"),
    )

    assert "back-dated" not in flags(milestone(facts, "landing", "2026-03-01"))


@pytest.mark.parametrize(("on", "found"), [("2026-04-01", False), ("2026-04-02", True)])
def test_silent_after_90_days_of_nothing(on: str, found: bool) -> None:
    assert ("silent" in flags(assessed(given(MADE), on))) is found


def test_silent_says_since_when() -> None:
    facts = given(MADE, at("2026-01-10", progress("10")), at("2026-02-01", verdict("dca", "green")))

    text = "nothing at all since 2026-02-01, 100 days ago"
    assert flags(assessed(facts, "2026-05-12"))["silent"] == ("silent", text, (3,))


def test_anything_at_all_ends_silence_without_being_a_report() -> None:
    facts = given(MADE, at("2026-06-01", attached(PROOF)))

    assert status(facts, "2026-06-01") == "unreported"
    assert flags(assessed(facts, "2026-06-01")) == {}


@pytest.mark.parametrize("fact", [forecast("2026-12", "fibre/landing"), withdrawn("fibre/landing")])
def test_anything_of_a_milestone_ends_the_silence_of_its_commitment(fact: Fact) -> None:
    facts = given(MADE, at("2026-01-01", planned("fibre/landing")), at("2026-05-01", fact))

    assert flags(assessed(facts, "2026-05-02")) == {}
    assert flags(milestone(facts, "landing", "2026-04-30")).keys() == {"silent"}


def test_a_suspended_item_can_be_silent() -> None:
    assert "silent" in flags(assessed(given(MADE, at("2026-01-02", suspended())), "2026-06-01"))


@pytest.mark.parametrize("fact", [met("2026-01-02", PROOF), met("2026-01-02"), closed_short(), withdrawn()])
def test_a_closed_item_is_not_silent(fact: Fact) -> None:
    facts = given(MADE, at("2026-01-02", fact))

    assert "silent" not in flags(assessed(facts, "2026-12-01"))
    assert "silent" in flags(
        assessed(given(*[MADE, at("2026-01-02", fact), at("2026-01-03", reopened())]), "2026-12-01")
    )


def test_a_target_that_was_met_is_not_silent() -> None:
    facts = given(
        at("2026-01-01", made()), at("2026-01-01", target("1 Mt", "2026")), at("2026-12-31", actual("1 Mt", "2026"))
    )

    assert status(facts, "2027-12-31") == "met"
    assert flags(assessed(facts, "2027-12-31")) == {}
