"""What do due and start decide: late, in grace, undated, planned?"""

from __future__ import annotations

import pytest

from domain.fuzzy import from_edtf
from tests.domain.assess.given import (
    assessed,
    at,
    given,
    made,
    moved,
    restated_start,
    status,
    target,
    why,
)


@pytest.mark.parametrize(("on", "expected"), [("2026-12-31", "on-track"), ("2027-01-01", "late")])
def test_late_from_the_day_after_the_due(on: str, expected: str) -> None:
    facts = given(at("2026-12-01", made("2026")))

    assert status(facts, on) == expected


def test_late_says_by_how_much_as_worded_and_as_meant() -> None:
    facts = given(at("2026-12-01", made(from_edtf("2026", "end-2026"))))

    assert why(facts, "2027-01-01") == ("late", "1 day late: due end-2026 (2026-12-31)", (1,))
    assert why(facts, "2027-01-31").text == "31 days late: due end-2026 (2026-12-31)"


def test_a_due_on_a_day_is_not_said_twice() -> None:
    facts = given(at("2026-12-01", made("2026-12-15")))

    assert why(facts, "2026-12-16").text == "1 day late: due 2026-12-15"


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-10-31", "on-track"), ("2025-11-01", "at-risk"), ("2025-12-01", "at-risk"), ("2025-12-02", "late")],
)
def test_an_approximate_due_has_its_own_length_of_grace(on: str, expected: str) -> None:
    facts = given(at("2025-10-01", made("2025-10~")))

    assert status(facts, on) == expected


def test_grace_says_until_when() -> None:
    facts = given(at("2025-10-01", made(from_edtf("2025-10~", "about October"))))

    assert why(facts, "2025-11-15") == (
        "in-grace",
        "in its grace until 2025-12-01: due about October (2025-10-31)",
        (1,),
    )
    assert why(facts, "2025-12-02").text == "1 day late: due about October (with its grace 2025-12-01)"


def test_the_current_due_decides() -> None:
    facts = given(at("2025-12-01", made("2025")), at("2025-12-20", moved("2025", "2026-01")))

    assert status(facts, "2026-01-31") == "on-track"
    assert why(facts, "2026-02-01") == ("late", "1 day late: due 2026-01 (2026-01-31)", (2,))


def test_days_left_count_to_the_due_without_its_grace() -> None:
    facts = given(at("2025-10-01", made("2025-10~")))

    assert assessed(facts, "2025-10-01").days_left == 30
    assert assessed(facts, "2025-10-31").days_left == 0
    assert assessed(facts, "2025-11-15").days_left == -15


@pytest.mark.parametrize("due", [None, "2026/.."])
def test_without_a_last_day_there_are_no_days_left(due: str | None) -> None:
    assert assessed(given(at("2025-10-01", made(due))), "2025-10-01").days_left is None


def test_undated_is_what_has_no_due() -> None:
    assert why(given(at("2025-10-01", made())), "2030-10-01") == ("undated", "no due was stated", (1,))


def test_undated_is_what_has_a_due_without_end() -> None:
    facts = given(at("2025-10-01", made()), at("2025-11-01", moved(None, "2026/..")))

    assert why(facts, "2030-10-01") == ("undated", "due 2026/.., which has no last day", (2,))


def test_a_target_dates_a_commitment() -> None:
    facts = given(at("2025-10-01", made()), at("2025-10-01", target("1 Mt", "2025/..")))

    assert status(facts, "2025-10-01") == "on-track"


@pytest.mark.parametrize(("on", "expected"), [("2026-02-28", "planned"), ("2026-03-01", "on-track")])
def test_planned_until_the_first_day_of_its_start(on: str, expected: str) -> None:
    facts = given(at("2026-02-01", made("2026", start="2026-03")))

    assert status(facts, on) == expected


def test_planned_says_when_it_starts() -> None:
    facts = given(at("2026-02-01", made("2026", start="2026-03")))

    assert why(facts, "2026-02-28") == ("planned", "starts in 1 day: 2026-03 (2026-03-01)", (1,))
    assert why(facts, "2026-02-27").text == "starts in 2 days: 2026-03 (2026-03-01)"


def test_a_restated_start_counts_from_the_day_on_which_it_was_restated() -> None:
    facts = given(at("2026-02-01", made("2026", start="2026-03")), at("2026-02-10", restated_start("2026-02")))

    assert status(facts, "2026-02-09") == "planned"
    assert status(facts, "2026-02-10") == "on-track"


def test_a_start_put_off_names_its_restatement() -> None:
    facts = given(at("2026-02-01", made("2026", start="2026-02")), at("2026-02-10", restated_start("2026-05")))

    assert why(facts, "2026-02-10").positions == (2,)


def test_a_start_taken_away_is_no_start() -> None:
    facts = given(at("2026-02-01", made("2026", start="2026-03")), at("2026-02-10", restated_start(None)))

    assert status(facts, "2026-02-10") == "on-track"


def test_an_open_start_is_no_start() -> None:
    assert status(given(at("2026-02-01", made("2026", start="../2026-03"))), "2026-02-01") == "on-track"


def test_the_earliest_day_of_a_due_is_no_start() -> None:
    assert status(given(at("2025-12-01", made("2026"))), "2025-12-01") == "on-track"


def test_planned_before_the_first_period_of_every_target() -> None:
    facts = given(
        at("2025-12-01", made()),
        at("2025-12-01", target("1 Mt", "2026/..", "gas")),
        at("2025-12-01", target("2 Mt", "2027/2028", "oil")),
    )

    assert assessed(facts, "2025-12-30").status == "planned"
    assert assessed(facts, "2025-12-30").reasons == [
        ("planned", "gas: its first period, 2026, begins in 2 days", (2,)),
        ("planned", "oil: its first period, 2027, begins in 367 days", (3,)),
    ]
    assert status(facts, "2026-01-01") == "on-track"


def test_planned_by_its_targets_though_its_start_has_come() -> None:
    facts = given(at("2025-12-01", made("2027", start="2025-12")), at("2025-12-01", target("1 Mt", "2026/..")))

    assert status(facts, "2025-12-31") == "planned"
