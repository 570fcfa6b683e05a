"""What does the status say of items that were met, closed short, withdrawn or suspended?"""

from __future__ import annotations

import pytest

from tests.domain.assess.given import (
    LINK,
    PROOF,
    actual,
    assessed,
    at,
    attached,
    closed_short,
    edtf,
    given,
    made,
    met,
    moved,
    reopened,
    resumed,
    status,
    suspended,
    target,
    why,
    withdrawn,
)

MADE = at("2025-10-31", made("2026"))
MET = at("2026-06-30", met("2026-06-30"))


def test_withdrawn_says_since_when_and_why() -> None:
    facts = given(MADE, at("2026-02-01", withdrawn()))

    assert why(facts, "2026-02-01") == ("withdrawn", "withdrawn 2026-02-01: overtaken", (2,))
    assert status(facts, "2026-01-29") == "on-track"


def test_withdrawn_says_what_came_instead() -> None:
    facts = given(MADE, at("2026-02-01", withdrawn(instead="fibre-2")))

    assert why(facts, "2026-03-01").text == "withdrawn 2026-02-01, superseded by fibre-2: overtaken"


def test_closed_short_says_what_was_achieved_and_why() -> None:
    facts = given(MADE, at("2026-02-01", closed_short()))

    text = "closed short 2026-02-01 with 80 of 100 km: money ran out"
    assert why(facts, "2027-02-01") == ("closed-short", text, (2,))


def test_suspended_until_it_is_resumed() -> None:
    facts = given(MADE, at("2026-01-10", suspended()), at("2026-01-20", resumed()))

    assert why(facts, "2026-01-10") == ("suspended", "suspended since 2026-01-10: budget frozen", (2,))
    assert status(facts, "2026-01-20") == "on-track"


def test_met_with_evidence_is_met() -> None:
    facts = given(MADE, at("2026-06-30", met("2026-06-30", PROOF)))

    assert why(facts, "2027-06-30") == ("met", "met 2026-06-30, with evidence", (2,))
    assert status(facts, "2027-06-30") == "met"


def test_met_on_a_fuzzy_date_says_its_last_day() -> None:
    facts = given(MADE, at("2026-06-30", met("2026-06", PROOF)))

    assert why(facts, "2026-07-01").text == "met 2026-06 (2026-06-30), with evidence"


@pytest.mark.parametrize(("day", "expected"), [("2026-12-31", "met"), ("2027-01-01", "met-late")])
def test_met_is_late_from_the_day_after_the_due(day: str, expected: str) -> None:
    facts = given(MADE, at("2027-01-01", met(day, PROOF)))

    assert status(facts, "2027-01-01") == expected


def test_met_late_says_how_late_by_which_events() -> None:
    facts = given(MADE, at("2027-01-10", met("2027-01-01", PROOF)), at("2027-01-12", attached(PROOF)))

    assert why(facts, "2027-02-01") == ("met-late", "met 2027-01-01, 1 day late, with evidence", (2, 3, 1))


@pytest.mark.parametrize(("day", "expected"), [("2025-12-01", "met"), ("2025-12-02", "met-late")])
def test_an_approximate_due_lets_be_met_within_its_grace(day: str, expected: str) -> None:
    facts = given(at("2025-09-01", made("2025-10~")), at("2025-12-31", met(day, PROOF)))

    assert status(facts, "2026-01-01") == expected


def test_met_late_looks_at_the_current_due() -> None:
    facts = given(MADE, at("2026-06-01", moved("2026", "2027")), at("2027-06-01", met("2027-06-01", PROOF)))

    assert status(facts, "2027-06-01") == "met"


def test_what_has_no_due_is_never_met_late() -> None:
    facts = given(at("2025-10-31", made()), at("2030-06-01", met("2030-06-01", PROOF)))

    assert status(facts, "2030-06-01") == "met"


def test_met_without_evidence_is_only_claimed() -> None:
    assert why(given(MADE, MET), "2026-07-01") == ("claimed", "said to be met 2026-06-30, without evidence", (2,))


def test_claimed_comes_before_late() -> None:
    facts = given(MADE, at("2027-03-01", met("2027-02-28")))

    assert status(facts, "2027-03-01") == "claimed"


def test_a_bare_link_leaves_it_claimed() -> None:
    facts = given(MADE, at("2026-06-30", met("2026-06-30", LINK)), at("2026-07-01", attached(LINK)))

    text = "said to be met 2026-06-30, with a link, but without evidence"
    assert why(facts, "2026-07-02") == ("claimed", text, (2, 3))


def test_evidence_given_later_makes_the_claim_good() -> None:
    facts = given(MADE, MET, at("2026-08-01", attached(LINK, PROOF)))

    assert status(facts, "2026-07-31") == "claimed"
    assert why(facts, "2026-08-01") == ("met", "met 2026-06-30, with evidence", (2, 3))


def test_evidence_of_an_earlier_day_counts_when_it_is_added_while_met() -> None:
    facts = given(MADE, MET, at("2026-06-25", attached(PROOF), recorded="2026-08-01"))

    assert status(facts, "2026-06-30") == "met"


def test_evidence_from_before_it_was_met_does_not_count() -> None:
    facts = given(MADE, at("2026-06-01", attached(PROOF)), MET)

    assert status(facts, "2026-07-01") == "claimed"


def test_evidence_from_before_it_was_reopened_does_not_count() -> None:
    facts = given(
        MADE,
        at("2026-02-01", met("2026-02-01", PROOF)),
        at("2026-02-02", attached(PROOF)),
        at("2026-03-01", reopened()),
        at("2026-06-30", met("2026-06-30")),
    )

    assert status(facts, "2026-02-28") == "met"
    assert status(facts, "2026-03-01") == "on-track"
    assert why(facts, "2026-06-30") == ("claimed", "said to be met 2026-06-30, without evidence", (5,))


def test_met_again_with_new_evidence_is_met() -> None:
    facts = given(
        MADE,
        at("2026-02-01", met("2026-02-01", PROOF)),
        at("2026-03-01", reopened()),
        at("2026-06-30", met("2026-06-30")),
        at("2026-07-05", attached(PROOF)),
    )

    assert why(facts, "2026-07-05") == ("met", "met 2026-06-30, with evidence", (4, 5))


def test_a_reopened_item_is_late_when_its_due_has_passed() -> None:
    facts = given(MADE, at("2026-02-01", met("2026-02-01", PROOF)), at("2026-03-01", reopened()))

    assert assessed(facts, "2026-03-01").item.met_on is None
    assert assessed(facts, "2026-02-28").item.met_on == edtf("2026-02-01")
    assert status(facts, "2027-01-01") == "late"


def test_every_period_met_is_met_once_all_windows_have_ended() -> None:
    facts = given(
        at("2026-01-01", made("2026")),
        at("2026-01-01", target("1 Mt", "2026", "gas")),
        at("2026-01-01", target("2 Mt", "2025/2026", "oil")),
        at("2026-01-05", actual("2 Mt", "2025", "oil")),
        at("2027-01-05", actual("1 Mt", "2026", "gas")),
        at("2027-01-05", actual("2 Mt", "2026", "oil")),
    )

    assert status(facts, "2026-12-31") == "unreported"
    assert status(facts, "2027-01-04") == "late"
    text = "every period was met; the last ended 2026-12-31"
    assert why(facts, "2027-01-05") == ("periods-met", text, (2, 3, 4, 5, 6))


def test_periods_met_while_one_window_goes_on_is_not_met() -> None:
    facts = given(
        at("2026-01-01", made()),
        at("2026-01-01", target("1 Mt", "2026", "gas")),
        at("2026-01-01", target("2 Mt", "2026/2027", "oil")),
        at("2027-01-05", actual("1 Mt", "2026", "gas")),
        at("2027-01-05", actual("2 Mt", "2026", "oil")),
    )

    assert status(facts, "2027-01-05") == "on-track"


def test_a_suspended_commitment_whose_periods_were_all_met_is_met() -> None:
    facts = given(
        at("2026-01-01", made()),
        at("2026-01-01", target("1 Mt", "2026")),
        at("2026-12-31", actual("1 Mt", "2026")),
        at("2026-12-31", suspended()),
    )

    assert status(facts, "2026-12-31") == "suspended"
    assert status(facts, "2027-01-01") == "met"
