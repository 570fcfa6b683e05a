"""Is it told how what was expected moved, at what rate, and where that rate leads?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.commitment import make, restate
from domain.due import move_due
from domain.forecast import revise_forecast
from domain.life import meet
from domain.milestone import plan_milestone
from domain.refused import Refused
from domain.retraction import retract
from projections.asked import At
from projections.trend import Point, Trend, arrival, slip_rate, trend
from tests.domain.given import OFFICE, Step, do, fd
from tests.projections.given import Office, modelled

WHY: dict[str, Any] = {"because": "permit late"}
APPROVED: dict[str, Any] = {**WHY, "approved_by": "board"}
LATER = date(2027, 6, 30)


def on(month: int, day: int = 1) -> date:
    return date(2026, month, day)


def told(*steps: Step) -> Office:
    office = Office(today=LATER)
    for step in (do(make, "fibre", "Cable", due=fd("2026"), on=on(1), today=LATER), *steps):
        office.record(step)
    return office


def step(decision: Any, *args: Any, day: date, **named: Any) -> Step:
    return do(decision, *args, on=day, today=LATER, **named)


def asked(office: Office, item: str = "fibre", *, known: int | None = None, day: date = LATER) -> Trend:
    with modelled(office.lines) as base:
        (found,) = trend(base, At(len(office.lines) if known is None else known, day), [item])
    return found


def test_each_report_tells_forecast_and_due_of_its_day() -> None:
    office = told(
        step(revise_forecast, "fibre", fd("2027-01"), day=on(4), **WHY),
        step(move_due, "fibre", fd("2027-02"), day=on(5), **APPROVED),
        step(revise_forecast, "fibre", fd("2027/.."), day=on(6), **WHY),
    )
    assert asked(office).points == [
        Point(on(1), None, date(2026, 12, 31), date(2026, 12, 31), 1, OFFICE, None),
        Point(on(4), date(2027, 1, 31), date(2026, 12, 31), date(2027, 1, 31), 2, OFFICE, "permit late"),
        Point(on(5), date(2027, 1, 31), date(2027, 2, 28), date(2027, 1, 31), 3, OFFICE, "permit late"),
        Point(on(6), None, date(2027, 2, 28), date(2027, 2, 28), 4, OFFICE, "permit late"),
    ]


def test_the_rate_is_days_moved_by_days_passed() -> None:
    office = told(step(revise_forecast, "fibre", fd("2027-02-19"), day=on(4, 11), **WHY))
    found = asked(office)
    assert found.slip_rate == Decimal("0.50")  # 50 days in 100
    assert found.arrives == arrived(found)
    assert (found.open, found.met_on, found.title) == (True, None, "Cable")


def arrived(found: Trend) -> date:
    last = found.points[-1]
    assert last.expected
    return last.day + 2 * (last.expected - last.day)


@pytest.mark.parametrize(
    ("moved", "rate", "arrives"),
    [
        (0, "0.00", date(2026, 12, 31)),
        (-50, "-0.50", date(2026, 8, 31)),
        (99, "0.99", None),
        (100, "1.00", None),
        (150, "1.50", None),
    ],
)
def test_at_one_it_never_arrives(moved: int, rate: str, arrives: date | None) -> None:
    first, last = date(2026, 1, 1), date(2026, 4, 11)
    expected = date(2026, 12, 31)
    points = [
        Point(day, None, None, when, 1, OFFICE, None)
        for day, when in ((first, expected), (last, date.fromordinal(expected.toordinal() + moved)))
    ]
    found = slip_rate(points)
    assert found == Decimal(rate)
    if moved == 99:
        arrives = date.fromordinal(last.toordinal() + (264 + 99) * 100)
    assert arrival(points, found) == arrives


def test_an_arrival_after_all_calendars_is_none() -> None:
    points = [Point(date(2026, 1, 1), None, None, date(9000, 1, 1), 1, OFFICE, None)]
    assert arrival(points, Decimal("0.99")) is None


def test_one_day_alone_has_no_rate() -> None:
    office = told(step(revise_forecast, "fibre", fd("2027-01"), day=on(1), **WHY))
    assert (asked(office).slip_rate, asked(office).arrives) == (None, None)


def test_without_any_day_there_is_no_rate() -> None:
    office = told(step(make, "oil", "Oil", day=on(1)))
    found = asked(office, "oil")
    assert ([one.expected for one in found.points], found.slip_rate, found.arrives) == ([None], None, None)


def test_what_is_met_arrives_no_more() -> None:
    office = told(
        step(revise_forecast, "fibre", fd("2027-01"), day=on(4), **WHY),
        step(meet, "fibre", met_on=fd("2027-01-15"), day=date(2027, 1, 16)),
    )
    found = asked(office)
    assert (found.met_on, found.open, found.arrives) == (fd("2027-01-15"), False, None)
    assert found.slip_rate is not None


def test_it_is_rebuilt_for_any_point() -> None:
    office = told(
        step(revise_forecast, "fibre", fd("2027-01"), day=on(4), **WHY),
        step(restate, "fibre", {"title": "Line"}, day=on(5), **WHY),
    )
    office.record(do(retract, office.lines[1], because="Mistyped", today=LATER))
    assert len(asked(office).points) == 1
    assert len(asked(office, known=2).points) == 2
    assert len(asked(office, known=2, day=on(3)).points) == 1
    assert (asked(office).title, asked(office, known=2).title) == ("Line", "Cable")


def test_a_milestone_has_a_trend_of_its_own_and_nothing_unknown_has() -> None:
    office = told(step(plan_milestone, "fibre/landing", "Landing", due=fd("2026-06"), day=on(1)))
    assert asked(office, "fibre/landing").points[0].due == date(2026, 6, 30)
    for item in ("fibre/ship", "oil"):
        with pytest.raises(Refused) as refused:
            asked(office, item)
        assert refused.value.code == "unknown-key"
