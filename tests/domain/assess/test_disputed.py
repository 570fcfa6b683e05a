"""When does a verdict dispute the status?"""

from __future__ import annotations

import pytest

from tests.domain.assess.given import (
    PROOF,
    Said,
    assessed,
    at,
    closed_short,
    given,
    made,
    met,
    status,
    suspended,
    verdict,
    withdrawn,
)

MADE = at("2026-01-01", made("2026"))
FULFILLED = {
    "met": at("2026-06-01", met("2026-06-01", PROOF)),
    "met-late": at("2027-01-05", met("2027-01-05", PROOF)),
    "claimed": at("2026-06-01", met("2026-06-01")),
}
UNFULFILLED: dict[str, Said | None] = {
    "late": None,
    "withdrawn": at("2026-06-01", withdrawn()),
    "closed-short": at("2026-06-01", closed_short()),
    "suspended": at("2026-06-01", suspended()),
}
KEPT = [("ogp", "complete"), ("politifact", "kept")]
BROKEN = [("ogp", "not-started"), ("politifact", "broken")]
NEITHER = [
    ("ogp", "no-evidence"),
    ("ogp", "limited"),
    ("ogp", "substantial"),
    ("politifact", "not-yet-rated"),
    ("politifact", "in-the-works"),
    ("politifact", "stalled"),
    ("politifact", "compromise"),
    *(("dca", rating) for rating in ("red", "amber-red", "amber", "amber-green", "green")),
]


def disputed(life: Said | None, scale: str, rating: str, on: str = "2027-02-01") -> bool:
    facts = given(MADE, *([life] if life else []), at(on, verdict(scale, rating)))
    return "disputed" in [flag.code for flag in assessed(facts, on).flags]


@pytest.mark.parametrize(("scale", "rating"), KEPT)
def test_kept_disputes_every_status_but_the_fulfilled_ones(scale: str, rating: str) -> None:
    assert all(disputed(life, scale, rating) for life in UNFULFILLED.values())
    assert not any(disputed(life, scale, rating) for life in FULFILLED.values())


@pytest.mark.parametrize(("scale", "rating"), BROKEN)
def test_broken_disputes_the_fulfilled_statuses_alone(scale: str, rating: str) -> None:
    assert all(disputed(life, scale, rating) for life in FULFILLED.values())
    assert not any(disputed(life, scale, rating) for life in UNFULFILLED.values())


@pytest.mark.parametrize(("scale", "rating"), NEITHER)
def test_all_other_ratings_dispute_nothing(scale: str, rating: str) -> None:
    assert not any(disputed(life, scale, rating) for life in [*FULFILLED.values(), *UNFULFILLED.values()])


def test_the_lives_here_have_the_statuses_that_they_are_called_by() -> None:
    for name, life in {**FULFILLED, **UNFULFILLED}.items():
        assert status(given(MADE, *([life] if life else [])), "2027-02-01") == name


@pytest.mark.parametrize(("on", "found"), [("2026-12-31", False), ("2027-01-01", True)])
def test_not_started_says_broken_only_after_the_due(on: str, found: bool) -> None:
    assert disputed(FULFILLED["claimed"], "ogp", "not-started", on) is found


@pytest.mark.parametrize(("on", "found"), [("2025-12-01", False), ("2025-12-02", True)])
def test_not_started_says_nothing_within_the_grace_of_an_approximate_due(on: str, found: bool) -> None:
    facts = given(
        at("2025-09-01", made("2025-10~")), at("2025-10-01", met("2025-10-01")), at(on, verdict("ogp", "not-started"))
    )

    assert ("disputed" in [flag.code for flag in assessed(facts, on).flags]) is found


def test_not_started_says_nothing_where_there_is_no_due() -> None:
    facts = given(
        at("2025-09-01", made()), at("2025-10-01", met("2025-10-01")), at("2030-01-01", verdict("ogp", "not-started"))
    )

    assert assessed(facts, "2030-01-01").flags == []


def test_a_dispute_says_who_rates_it_how_and_why() -> None:
    facts = given(MADE, at("2026-02-01", verdict("politifact", "kept")))

    text = "audit-office rates it kept (politifact): site visit"
    assert assessed(facts, "2026-02-01").flags == [("disputed", text, (2,))]


def test_each_assessor_counts_by_the_last_verdict_on_a_scale() -> None:
    facts = given(
        MADE,
        at("2026-02-01", verdict("politifact", "kept", assessor="newspaper")),
        at("2026-02-01", verdict("ogp", "complete")),
        at("2026-03-01", verdict("politifact", "stalled", assessor="newspaper")),
    )

    assert [flag.positions for flag in assessed(facts, "2026-02-28").flags] == [(2,), (3,)]
    assert [flag.positions for flag in assessed(facts, "2026-03-01").flags] == [(3,)]
