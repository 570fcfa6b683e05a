"""Is it said when time alone changes a status, and what would have to be recorded?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given as these
from hypothesis import settings

from domain.assess import Assessed, assess
from domain.assess.turn import turn
from domain.assess.ways import ways
from domain.fold import Facts
from tests.domain.assess.given import (
    PROOF,
    actual,
    assessed,
    at,
    closed_short,
    day,
    forecast,
    given,
    made,
    met,
    planned,
    progress,
    suspended,
    target,
    withdrawn,
)
from tests.domain.assess.histories import histories, lately
from tests.domain.assess.test_properties import elsewhere, everything

MADE = at("2026-01-01", made(due="2026-12-31", start="2026-01-01"))
TARGET = [at("2025-12-01", made()), at("2025-12-01", target("1.5 Mt", "2026/2027"))]
LOOKED = 500
"""Days that are tried one by one."""


def of(facts: Facts, key: str) -> Callable[[date], Assessed]:
    """The item of any day, by facts that do not change."""

    def judge(on: date) -> Assessed:
        found = assess(facts, on, elsewhere)
        return next(one for one in everything(found) if one.item.key == key) if found else pytest.fail("it was gone")

    return judge


@settings(max_examples=60, deadline=None)
@these(histories(), lately)
def test_it_is_the_first_day_on_which_another_status_holds(facts: Facts, on: date) -> None:
    seen = Facts(facts.subject, [one for one in facts.standing() if one.effective <= on])
    found = assess(seen, on, elsewhere)
    for one in everything(found) if found else ():
        judge = of(seen, one.item.key)
        days = (on + timedelta(days=ahead) for ahead in range(1, LOOKED))
        plainly = next((day for day in days if judge(day).status != one.status), None)
        then = turn(one, judge)
        if plainly is None:
            assert then is None or then.item.on >= on + timedelta(days=LOOKED)
        else:
            assert then
            assert (then.item.on, then.status) == (plainly, judge(plainly).status)


def turned(facts: Facts, on: str, name: str = "fibre") -> tuple[str, str] | None:
    """When the status of an item turns, and to what."""
    judge = of(facts, name)
    found = turn(judge(day(on)), judge)
    return (str(found.item.on), found.status) if found else None


def test_a_promise_without_reports_becomes_unreported_then_late() -> None:
    facts = given(at("2026-01-01", made(due="2026")))
    assert turned(facts, "2026-02-01") == ("2026-04-02", "unreported")
    assert turned(facts, "2026-04-02") == ("2027-01-01", "late")


def test_a_start_that_comes_and_a_pace_that_is_too_slow_are_seen_ahead() -> None:
    facts = given(at("2026-01-01", made(due="2026-12-31", start="2026-02-01")), at("2026-03-01", progress("10")))
    assert turned(given(at("2026-01-01", made(due="2026", start="2026-02-01"))), "2026-01-05") == (
        "2026-02-01",
        "on-track",
    )
    assert turned(facts, "2026-03-02") == ("2026-04-26", "at-risk")


def test_who_reports_all_of_it_cannot_fall_behind() -> None:
    facts = given(MADE, at("2026-03-01", progress("100")))
    assert turned(facts, "2026-03-02") == ("2026-05-31", "unreported")


def test_what_only_records_end_never_turns_by_itself() -> None:
    for end in (met("2026-03-01", PROOF), withdrawn(), closed_short(), suspended()):
        assert turned(given(at("2026-01-01", made(due="2026")), at("2026-03-01", end)), "2026-03-02") is None


def test_what_has_no_day_may_never_turn() -> None:
    facts = given(at("2026-01-01", made()))
    assert turned(facts, "2026-03-02") is None


def test_the_end_of_the_calendar_is_no_error() -> None:
    facts = given(at("2026-01-01", made(due="9999")), at("2026-01-02", forecast("9999-12-31")))
    assert turned(facts, "2026-03-02") == ("2026-04-03", "unreported")
    assert turned(facts, "9999-12-30") is None


def test_the_periods_of_a_target_turn_it() -> None:
    facts = given(at("2025-12-01", made()), at("2025-12-01", target("1.5 Mt", "2026/2030")))
    assert turned(facts, "2025-12-05") == ("2026-01-01", "on-track")
    reported = given(
        at("2025-12-01", made()),
        at("2025-12-01", target("1.5 Mt", "2026/2027")),
        at("2026-12-31", actual("1.6 Mt", "2026")),
    )
    assert turned(reported, "2027-01-05") == ("2027-04-01", "unreported")


@pytest.mark.parametrize(
    ("facts", "on", "told"),
    [
        (
            given(MADE),
            "2027-01-05",
            [
                "its being met, or its due moved to 2027-01-05 or later, with a reason and an approver",
                "its being suspended, closed short or withdrawn",
            ],
        ),
        (
            given(MADE, at("2026-02-01", forecast("2027-03-31"))),
            "2026-02-02",
            ["a forecast on or before 2026-12-31, or its due moved to 2027-03-31 or later"],
        ),
        (
            given(MADE, at("2026-02-01", forecast("2026-02-10"))),
            "2026-02-12",
            ["a forecast on or after 2026-02-12, or its being met"],
        ),
        (given(MADE, at("2026-06-01", progress("10"))), "2026-07-01", ["a report of at least 34.8 %"]),
        (given(MADE), "2026-05-01", ["a report effective on or after 2026-01-31: progress, an actual or a forecast"]),
        (given(MADE), "2026-01-05", ["a forecast after 2026-12-31, which would put it at risk", "its being met"]),
        (given(at("2026-01-01", made())), "2026-01-05", ["a due that has a last day, or a target"]),
        (given(at("2026-01-01", made(due="2027", start="2026-09"))), "2026-01-05", ["an earlier start"]),
        (given(MADE, at("2026-02-01", withdrawn())), "2026-02-02", ["its being reopened, or #2 retracted"]),
        (
            given(MADE, at("2026-02-01", suspended())),
            "2026-02-02",
            ["its being resumed; closed, met or withdrawn it can be as well"],
        ),
        (
            given(MADE, at("2026-02-01", met("2026-02-01"))),
            "2026-02-02",
            ["evidence that it is met: a file, since a link alone is none", "its being reopened, or #2 retracted"],
        ),
        (
            given(MADE, at("2026-02-01", planned("fibre/landing", "2026-01-31"))),
            "2026-02-02",
            ["what changes its milestone: see why fibre/landing"],
        ),
        (
            given(
                MADE,
                at("2026-02-01", planned("fibre/landing", "2027-01-31")),
                at("2026-02-01", planned("fibre/survey", "2026-06-30")),
            ),
            "2026-02-02",
            ["fibre/landing: its due moved to 2026-12-31 or before; or its commitment's to 2027-01-31"],
        ),
    ],
)
def test_what_would_change_a_status_is_said(facts: Facts, on: str, told: list[str]) -> None:
    found = assessed(facts, on)
    assert ways(found.case, found.reasons) == told


@pytest.mark.parametrize(
    ("facts", "on", "told"),
    [
        (
            given(*TARGET, at("2026-12-31", actual("1 Mt", "2026"))),
            "2027-01-05",
            ["oil: actuals of 2026 corrected to at least 1.5 Mt, if they were wrong"],
        ),
        (
            given(*TARGET),
            "2027-01-05",
            [
                "oil: an actual for 2026, for all of it",
                "a report effective on or after 2026-10-07: progress, an actual or a forecast",
            ],
        ),
        (
            given(*TARGET, at("2026-03-31", actual("0.1 Mt", "2026-01/2026-03"))),
            "2026-04-01",
            ["oil: actuals that head for at least 1.5 Mt in 2026: 0.15552 Mt a month"],
        ),
        (given(*TARGET), "2025-12-05", ["a target whose window begins earlier"]),
        (given(*TARGET, at("2026-03-31", actual("0.5 Mt", "2026-01/2026-03"))), "2026-04-01", []),
        (
            given(*TARGET, at("2026-12-31", actual("2 Mt", "2026")), at("2027-12-31", actual("2 Mt", "2027"))),
            "2028-01-05",
            ["an actual restated so that a period is short, or a revised target"],
        ),
    ],
)
def test_what_would_change_the_status_of_a_target_is_said(facts: Facts, on: str, told: list[str]) -> None:
    found = assessed(facts, on)
    assert ways(found.case, found.reasons) == told


def test_a_milestone_that_waits_is_told_for_whom() -> None:
    facts = given(MADE, at("2026-02-01", planned("fibre/landing", "2026-06-30", after=("road", "grid"))))
    found = assess(facts, day("2026-02-02"), elsewhere)
    assert found
    (milestone,) = found.milestones
    assert ways(milestone.case, milestone.reasons) == [
        "grid: a forecast on or before 2026-06-30; or one of 2027-06-30 or later for fibre/landing"
    ]


@settings(max_examples=200, deadline=None)
@these(histories(), lately)
def test_every_reason_has_its_way_out(facts: Facts, on: date) -> None:
    found = assess(facts, on, elsewhere)
    for one in everything(found) if found else ():
        told = ways(one.case, one.reasons)
        assert told or one.status == "on-track", one.reasons
