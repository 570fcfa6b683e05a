"""How often was a due moved, how far, and how close to its day?"""

from __future__ import annotations

import pytest

from tests.domain.assess.given import (
    assessed,
    at,
    flags,
    given,
    made,
    moved,
)

MADE = at("2026-01-01", made("2026"))


def test_moved_says_how_often_how_far_and_why_last() -> None:
    facts = given(
        MADE,
        at("2026-02-01", moved("2026", "2027-01-10", because="permit late")),
        at("2026-03-01", moved("2027-01-10", "2027-01-01", because="permit came")),
    )

    text = "moved once, 10 days later: permit late"
    assert flags(assessed(facts, "2026-02-01"))["moved"] == ("moved", text, (2,))
    text = "moved 2 times, 1 day later in all: permit came"
    assert flags(assessed(facts, "2026-03-01"))["moved"] == ("moved", text, (2, 3))
    assert flags(assessed(facts, "2026-01-31")) == {}


def test_a_due_pulled_in_was_moved_earlier() -> None:
    facts = given(MADE, at("2026-02-01", moved("2026", "2026-11")))

    assert flags(assessed(facts, "2026-02-01"))["moved"].text == "moved once, 31 days earlier: permit late"


def test_a_due_worded_anew_was_moved_by_no_day() -> None:
    facts = given(MADE, at("2026-02-01", moved("2026", "2026-12-31", because="said more exactly")))

    assert flags(assessed(facts, "2026-02-01"))["moved"].text == "moved once, 0 days later: said more exactly"


def test_a_first_due_is_no_move() -> None:
    facts = given(at("2026-01-01", made()), at("2026-02-01", moved(None, "2026-02-03")))

    assert flags(assessed(facts, "2026-02-01")) == {}


def test_a_move_from_or_to_no_last_day_has_no_length() -> None:
    facts = given(at("2026-01-01", made("2026/..")), at("2026-02-01", moved("2026/..", "2026-02-03")))

    assert flags(assessed(facts, "2026-02-01")) == {"moved": ("moved", "moved once: permit late", (2,))}


@pytest.mark.parametrize(("on", "close"), [("2026-12-16", False), ("2026-12-17", True), ("2027-03-01", True)])
def test_moved_close_from_14_days_before_the_due_on(on: str, close: bool) -> None:
    facts = given(MADE, at(on, moved("2026", "2027")))

    assert ("moved-close" in flags(assessed(facts, on))) is close


@pytest.mark.parametrize(
    ("on", "when"),
    [
        ("2026-12-21", "10 days before"),
        ("2026-12-30", "1 day before"),
        ("2026-12-31", "on the last day of"),
        ("2027-01-01", "1 day after"),
        ("2027-01-10", "10 days after"),
    ],
)
def test_moved_close_says_how_close(on: str, when: str) -> None:
    facts = given(MADE, at(on, moved("2026", "2027")))

    text = f"moved {on}, {when} the due that it replaced: 2026 (2026-12-31)"
    assert flags(assessed(facts, on))["moved-close"] == ("moved-close", text, (2,))


def test_moved_close_names_every_close_move_and_tells_the_last() -> None:
    facts = given(
        MADE,
        at("2026-12-20", moved("2026", "2027-01")),
        at("2026-12-21", moved("2027-01", "2027-02")),
        at("2027-02-28", moved("2027-02", "2027-03")),
    )

    found = flags(assessed(facts, "2027-03-01"))["moved-close"]
    assert found.positions == (2, 4)
    assert found.text.startswith("moved 2027-02-28, on the last day of")
