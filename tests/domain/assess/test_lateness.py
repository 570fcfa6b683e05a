"""Which lateness do other words hide: past due, late against the original due?"""

from __future__ import annotations

import pytest

from domain.commitment import CommitmentMade
from domain.recorded import Fact
from tests.domain.assess.given import (
    PROOF,
    actual,
    assessed,
    at,
    closed_short,
    flags,
    given,
    made,
    met,
    moved,
    retracted,
    status,
    suspended,
    target,
    withdrawn,
)

MADE = at("2026-01-01", made("2026"))


@pytest.mark.parametrize("fact", [suspended(), met("2026-06-01")], ids=["suspended", "claimed"])
def test_past_due_once_the_last_day_has_passed(fact: Fact) -> None:
    facts = given(MADE, at("2026-06-01", fact))

    assert "past-due" not in flags(assessed(facts, "2026-12-31"))
    assert "past-due" in flags(assessed(facts, "2027-01-01"))


def test_past_due_says_by_how_much_and_names_due_and_state() -> None:
    facts = given(MADE, at("2026-06-01", suspended()))

    text = "suspended, 1 day past the due 2026 (2026-12-31)"
    assert flags(assessed(facts, "2027-01-01"))["past-due"] == ("past-due", text, (1, 2))


def test_past_due_waits_for_the_grace_of_an_approximate_due() -> None:
    facts = given(at("2025-10-01", made("2025-10~")), at("2025-10-01", suspended()))

    assert flags(assessed(facts, "2025-12-01")) == {}
    text = "suspended, 1 day past the due 2025-10~ (with its grace 2025-12-01)"
    assert flags(assessed(facts, "2025-12-02"))["past-due"].text == text


@pytest.mark.parametrize("due", [None, "2026/.."])
def test_nothing_is_past_a_due_without_a_last_day(due: str | None) -> None:
    assert flags(assessed(given(at("2026-01-01", made(due)), at("2026-01-01", suspended())), "2026-02-01")) == {}


def test_what_is_late_or_met_is_not_past_due_as_well() -> None:
    late, done = given(MADE), given(MADE, at("2026-06-01", met("2026-06-01", PROOF)))

    assert "past-due" not in flags(assessed(late, "2027-01-01"))
    assert flags(assessed(done, "2027-01-01")) == {}


def test_late_against_the_original_due_while_it_is_open() -> None:
    facts = given(MADE, at("2026-06-01", moved("2026", "2027")))

    assert "late-vs-original" not in flags(assessed(facts, "2026-12-31"))
    text = "1 day past the original due 2026 (2026-12-31)"
    assert flags(assessed(facts, "2027-01-01"))["late-vs-original"] == ("late-vs-original", text, (1, 2))


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (met("2027-03", PROOF), "90 days past the original due 2026 (2026-12-31)"),
        (met("2027-03"), "90 days past the original due 2026 (2026-12-31)"),
        (closed_short(), "91 days past the original due 2026 (2026-12-31)"),
    ],
    ids=["met", "claimed", "closed-short"],
)
def test_it_stops_counting_when_it_was_met_or_closed(fact: Fact, text: str) -> None:
    facts = given(MADE, at("2026-06-01", moved("2026", "2027")), at("2027-04-01", fact))

    found = flags(assessed(facts, "2027-10-01"))["late-vs-original"]
    assert (found.text, found.positions) == (text, (1, 2, 3))


def test_met_in_time_is_not_late_against_the_original_due() -> None:
    facts = given(MADE, at("2026-12-31", met("2026", PROOF)))

    assert flags(assessed(facts, "2027-10-01")) == {}


def test_what_was_withdrawn_is_late_against_nothing() -> None:
    facts = given(MADE, at("2027-04-01", withdrawn()))

    assert flags(assessed(facts, "2027-10-01")) == {}


def test_a_suspended_item_goes_on_to_be_late_against_the_original_due() -> None:
    facts = given(MADE, at("2026-12-01", suspended()))

    assert "late-vs-original" in flags(assessed(facts, "2027-01-01"))


def test_the_original_due_has_its_grace() -> None:
    facts = given(at("2025-10-01", made("2025-10~")), at("2025-10-20", moved("2025-10~", "2026")))

    assert "late-vs-original" not in flags(assessed(facts, "2025-12-01"))
    text = "1 day past the original due 2025-10~ (with its grace 2025-12-01)"
    assert flags(assessed(facts, "2025-12-02"))["late-vs-original"].text == text


def test_where_no_due_was_stated_the_first_one_put_on_record_is_the_original() -> None:
    facts = given(
        at("2026-01-01", made()), at("2026-02-01", moved(None, "2026-06")), at("2026-03-01", moved("2026-06", "2026"))
    )

    assert flags(assessed(facts, "2026-07-01"))["late-vs-original"].positions == (2, 3)
    assert "late-vs-original" not in flags(assessed(facts, "2026-02-15"))


def test_the_original_due_is_that_of_the_first_making_though_it_was_retracted() -> None:
    facts = given(
        at("2026-01-01", made("2026-03")),
        at("2026-02-01", retracted(1, CommitmentMade)),
        at("2026-02-01", made("2026-12")),
    )

    text = "1 day past the original due 2026-03 (2026-03-31)"
    assert flags(assessed(facts, "2026-04-01"))["late-vs-original"] == ("late-vs-original", text, (1, 3))


def test_an_original_due_that_is_not_known_of_yet_is_none() -> None:
    facts = given(
        at("2026-05-01", made("2026-01")),
        at("2026-05-02", retracted(1, CommitmentMade)),
        at("2026-01-01", made("2026-12")),
    )

    assert flags(assessed(facts, "2026-04-30")).keys() == {"silent"}


def test_an_original_due_that_had_passed_when_it_was_put_on_record_counts_from_that_day() -> None:
    facts = given(at("2026-05-01", made("2026-04")))

    assert flags(assessed(facts, "2026-05-01"))["late-vs-original"].positions == (1,)


def test_an_original_due_without_a_last_day_is_never_passed() -> None:
    facts = given(at("2026-01-01", made("2026/..")), at("2026-02-01", moved("2026/..", "2026-03")))

    assert "late-vs-original" not in flags(assessed(facts, "2027-02-01"))


def test_a_target_met_counts_to_the_end_of_its_last_period() -> None:
    facts = given(
        at("2026-01-01", made("2026-11")),
        at("2026-01-01", target("1 Mt", "2026")),
        at("2026-12-31", actual("1 Mt", "2026")),
    )

    assert status(facts, "2027-06-01") == "met"
    text = "31 days past the original due 2026-11 (2026-11-30)"
    assert flags(assessed(facts, "2027-06-01"))["late-vs-original"].text == text
