"""Is the pace what was reported says, with an honest interval, and is what is undefined said to be so?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actual import report_actual
from domain.commitment import make
from domain.life import withdraw
from domain.milestone import plan_milestone
from domain.progress import ProgressReported, report_progress
from domain.quantity import parse_quantity
from domain.refused import Refused
from domain.target import set_target
from projections.asked import At
from projections.pace import Finish, Pace, PercentPace, Restatement, pace
from tests.domain.given import OFFICE, Step, do, fd, quantity, terms
from tests.projections.given import Office, modelled

MADE = date(2026, 1, 10)
LATER = date(2027, 6, 30)
WHY: dict[str, Any] = {"because": "papers came late"}


def step(decision: Any, *args: Any, on: date = MADE, **named: Any) -> Step:
    return do(decision, *args, on=on, today=LATER, **named)


def told(*reports: tuple[date, str], steps: tuple[Step, ...] = (), **made: Any) -> Office:
    """`fibre` runs from the first of January to the tenth of April: a percent a day."""
    office = Office(today=LATER)
    said: dict[str, Any] = {"start": fd("2026-01-01"), "due": fd("2026-04-11")} | made
    office.record(step(make, "fibre", "Cable", **said))
    for on, percent in reports:
        office.record(step(report_progress, "fibre", percent=Decimal(percent), on=on))
    for one in steps:
        office.record(one)
    return office


def asked(office: Office, item: str = "fibre", *, on: date = LATER) -> Pace:
    with modelled(office.lines) as base:
        return pace(base, At(len(office.lines), on), item)


def percent(office: Office, *, on: date = LATER) -> PercentPace:
    found = asked(office, on=on).percent
    assert found
    return found


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def test_a_report_is_held_against_the_straight_line_of_its_day() -> None:
    found = percent(told((day(2, 10), "30")), on=day(2, 20))
    assert (found.percent, found.reported, found.position) == (Decimal(30), day(2, 10), 2)
    assert (found.line_then, found.line_now) == (Decimal("40.0"), Decimal("50.0"))
    assert (found.earned, found.ahead) == (day(1, 31), -10)
    assert percent(told((day(2, 10), "50"))).ahead == 10


@pytest.mark.parametrize("made", [{"start": None}, {"due": None}, {"due": fd("2026/..")}, {"start": fd("../2026-02")}])
def test_without_a_line_there_is_nothing_to_be_held_against(made: dict[str, Any]) -> None:
    found = percent(told((day(2, 10), "30"), **made))
    assert (found.line_then, found.line_now, found.earned, found.ahead) == (None, None, None, None)


def test_on_the_first_day_no_line_has_begun() -> None:
    found = percent(told((day(1, 10), "30"), start=fd("2026-01-10")), on=day(1, 11))
    assert found.line_then is None
    assert found.line_now == Decimal("1.1")


def test_the_finish_is_where_the_average_pace_leads() -> None:
    found = percent(told((day(1, 11), "20"), (day(2, 10), "40"))).finish  # 2 a day, then 2/3 a day; 1 a day in all
    assert found == Finish(day(4, 11), day(3, 12), day(5, 11), open_ended=False, why=None)


def test_two_reports_alone_give_no_interval() -> None:
    assert percent(told((day(1, 11), "10"))).finish == Finish(day(4, 11), None, None, open_ended=False, why=None)
    found = percent(told((day(1, 21), "10"), (day(1, 31), "20"), start=None)).finish
    assert found == Finish(day(4, 21), None, None, open_ended=False, why=None)


@pytest.mark.parametrize("second", ["20", "10"])
def test_a_stretch_without_gain_leaves_the_end_open(second: str) -> None:
    found = percent(told((day(1, 11), "20"), (day(1, 21), second))).finish
    assert (found.latest, found.open_ended, found.why) == (None, True, None)
    assert found.earliest == day(1, 21) + (day(2, 10) - day(1, 1)) * (100 - int(second)) / 80


@pytest.mark.parametrize(
    ("reports", "made", "why"),
    [
        ([(day(1, 11), "10")], {"start": None}, "there is no start, and no second report on another day"),
        ([(day(1, 11), "10"), (day(1, 11), "20")], {"start": None}, "there is no start"),
        ([(day(1, 11), "10")], {"start": fd("2026-01-11")}, "there is no start"),
        ([(day(1, 11), "0")], {}, "nothing was gained between 2026-01-01 and 2026-01-11"),
        ([(day(1, 11), "20"), (day(1, 21), "20")], {"start": None}, "nothing was gained between 2026-01-11 and"),
        ([(day(1, 11), "20"), (day(1, 21), "10")], {"start": None}, "nothing was gained"),
        ([(day(1, 11), "100")], {}, "100 % is reported, and nobody said that it is met"),
        ([(day(1, 11), "0.000001")], {}, "at that pace it would end after the year 9999"),
    ],
)
def test_what_is_undefined_is_said_to_be(reports: list[tuple[date, str]], made: dict[str, Any], why: str) -> None:
    found = percent(told(*reports, **made)).finish
    assert (found.projected, found.earliest, found.latest, found.open_ended) == (None, None, None, False)
    assert why in (found.why or "")


def test_what_is_closed_has_no_finish() -> None:
    office = told((day(1, 11), "10"), steps=(step(withdraw, "fibre", **WHY, on=day(2, 1)),))
    assert percent(office).finish.why == "it is closed"
    assert percent(office, on=day(1, 31)).finish.why is None


def test_where_no_percentage_was_reported_there_is_no_pace() -> None:
    assert asked(told(steps=(step(report_progress, "fibre", note="Begun"),))).percent is None


@pytest.mark.parametrize("odd", ["NaN", "-1", "101"])
def test_what_is_no_percentage_is_left_out(odd: str) -> None:
    office = told((day(1, 11), "10"))
    office.put(ProgressReported(item="fibre", percent=Decimal(odd)), on=day(2, 1))
    assert percent(office).percent == Decimal(10)
    office = told()
    office.put(ProgressReported(item="fibre", percent=Decimal(odd)), on=day(2, 1))
    assert asked(office).percent is None


def test_a_milestone_has_a_pace_of_its_own_and_nothing_unknown_has() -> None:
    office = told(steps=(step(plan_milestone, "fibre/landing", "Landing", due=fd("2026-06")),))
    assert asked(office, "fibre/landing") == Pace(None, [], asked(office).methods)
    with pytest.raises(Refused) as refused:
        asked(office, "fibre/ship")
    assert refused.value.code == "unknown-key"


def aimed(*steps: Step, per: str = "quarter", window: str = "2026") -> Office:
    return told(steps=(step(set_target, "fibre", "oil", terms("10 kt", per=per, window=window)), *steps))


def actual(amount: str, period: str, on: date, **named: Any) -> Step:
    return step(report_actual, "fibre", "oil", quantity(amount), fd(period), on=on, **named)


def test_a_target_tells_its_running_period_and_what_became_of_the_others() -> None:
    office = aimed(actual("11 kt", "2026-33", day(4, 5)), actual("2 kt", "2026-04", day(5, 1)))
    (found,) = asked(office, on=day(5, 15)).targets
    assert (found.indicator, found.period, found.amount, found.aim) == (
        *("oil", "2026-Q2", parse_quantity("10 kt")),
        "at-least",
    )
    assert (found.actual, found.projected) == (parse_quantity("2 kt"), parse_quantity("6.0667 kt"))
    assert found.needed_per_month == parse_quantity("5.2935 kt")
    assert found.outcomes == {"met": 1, "running": 1, "future": 1}
    assert found.restatements == []


def test_where_no_period_runs_it_says_so() -> None:
    (found,) = asked(aimed(), on=day(1, 10, 2027)).targets
    assert (found.period, found.amount, found.aim, found.actual, found.projected, found.needed_per_month) == (None,) * 6
    assert found.outcomes == {"unreported": 4}


def test_restatements_tell_from_to_by_whom_and_why() -> None:
    office = aimed(
        actual("9 kt", "2026-33", day(4, 5)),
        actual("11 kt", "2026-33", day(5, 5), **WHY),
        actual("12 kt", "2026-33", day(4, 20), **WHY),
        step(set_target, "fibre", "gas", terms("10 kt", window="2026")),
        step(report_actual, "fibre", "gas", quantity("1 kt"), fd("2026-01"), on=day(2, 2)),
    )
    gas, oil = asked(office).targets
    assert oil.restatements == [
        Restatement(
            4, OFFICE, day(5, 5), "2026-33", parse_quantity("12 kt"), parse_quantity("11 kt"), "papers came late"
        ),
        Restatement(
            5, OFFICE, day(4, 20), "2026-33", parse_quantity("9 kt"), parse_quantity("12 kt"), "papers came late"
        ),
    ]
    assert gas.restatements == []


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 100)), min_size=1, max_size=8), st.booleans())
def test_the_interval_holds_the_projection_between_its_ends(reports: list[tuple[int, int]], started: bool) -> None:
    on = [(date.fromordinal(day(1, 2).toordinal() + after % 500), str(percent)) for after, percent in reports]
    made: dict[str, Any] = {} if started else {"start": None}
    found = percent(told(*on, **made)).finish
    assert (found.projected is None) is (found.why is not None)
    if found.earliest and found.projected:
        assert found.earliest <= found.projected
        assert found.open_ended is (found.latest is None)
        assert found.latest is None or found.projected <= found.latest
