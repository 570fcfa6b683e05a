"""Is it counted fairly how promises were kept, so that no move makes a miss unseen?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.actual import report_actual
from domain.assess import STATUSES
from domain.commitment import make
from domain.due import move_due
from domain.forecast import revise_forecast
from domain.life import close_short, meet, suspend, withdraw
from domain.milestone import plan_milestone
from domain.owner import assign
from domain.party import register_party
from domain.programme import open_programme
from domain.progress import report_progress
from domain.target import set_target
from projections.asked import At
from projections.filters import EVERYTHING, Asked, Filter, parse
from projections.honesty import Honesty, Lag
from projections.score import Group, Score, Scores, score
from tests.domain.given import Step, do, fd, file, quantity, terms
from tests.projections.given import Office, modelled

MADE = date(2026, 1, 10)
LATER = date(2027, 6, 30)
WHY: dict[str, Any] = {"because": "permit late"}
APPROVED: dict[str, Any] = {**WHY, "approved_by": "board"}
PROVED: dict[str, Any] = {"evidence": (file(),)}


def step(decision: Any, *args: Any, on: date = MADE, **named: Any) -> Step:
    return do(decision, *args, on=on, today=LATER, **named)


def met(item: str, on: date, **named: Any) -> Step:
    return step(meet, item, met_on=fd(str(on)), on=on, **named)


def told(*steps: Step, **made: Any) -> Office:
    """`fibre` is promised by az and kz for 2026."""
    office = Office(today=LATER)
    said: dict[str, Any] = {
        "promisors": ("az", "kz"),
        "due": fd("2026"),
        "programme": "sea",
        "owner": "ministry",
    } | made
    for one in (
        step(register_party, "az", "Azərbaycan", kind="state"),
        step(register_party, "kz", "Qazaqstan", kind="state"),
        step(open_programme, "sea", "Sea"),
        step(make, "fibre", "Cable", **said),
        *steps,
    ):
        office.record(one)
    return office


def asked(office: Office, group: Group = "party", wanted: Filter = EVERYTHING, on: date = LATER) -> Scores:
    with modelled(office.lines) as base:
        return score(base, At(len(office.lines), on), wanted, group)


def counted(office: Office, on: date = LATER) -> tuple[str, str]:
    """What the one commitment counts as: by the due in force, and by the first."""
    all = asked(office, on=on).all
    assert sum(all.current.values()) == sum(all.original.values()) == 1
    current, original = (next(name for name, count in each.items() if count) for each in (all.current, all.original))
    return current, original


@pytest.mark.parametrize(
    ("steps", "on", "standing"),
    [
        ([], date(2026, 12, 31), "open"),
        ([], date(2027, 1, 1), "late"),
        ([met("fibre", date(2026, 12, 31), **PROVED)], LATER, "kept"),
        ([met("fibre", date(2027, 1, 1), **PROVED)], LATER, "kept-late"),
        ([met("fibre", date(2026, 12, 1))], date(2026, 12, 31), "claimed"),
        ([met("fibre", date(2026, 12, 1))], date(2027, 1, 1), "late"),
        ([step(suspend, "fibre", **WHY)], date(2026, 12, 31), "open"),
        ([step(suspend, "fibre", **WHY)], date(2027, 1, 1), "late"),
        ([step(close_short, "fibre", achieved="Half", **WHY)], LATER, "closed-short"),
        ([step(withdraw, "fibre", **WHY)], LATER, "withdrawn"),
    ],
)
def test_what_never_moved_counts_the_same_twice(steps: list[Step], on: date, standing: str) -> None:
    assert counted(told(*steps), on) == (standing, standing)


@pytest.mark.parametrize(
    ("steps", "standings"),
    [
        ([], ("open", "late")),
        ([met("fibre", date(2027, 6, 30), **PROVED)], ("kept", "kept-late")),
        ([met("fibre", date(2027, 6, 1))], ("claimed", "late")),
        ([step(withdraw, "fibre", **WHY, on=date(2027, 6, 1))], ("withdrawn", "withdrawn")),
    ],
)
def test_a_move_does_not_launder_a_miss(steps: list[Step], standings: tuple[str, str]) -> None:
    moved = step(move_due, "fibre", fd("2027-06-30"), **APPROVED, on=date(2026, 12, 1))
    assert counted(told(moved, *steps)) == standings


def test_a_due_pulled_in_counts_against_its_new_day() -> None:
    office = told(step(move_due, "fibre", fd("2026-06"), **APPROVED), met("fibre", date(2026, 8, 1), **PROVED))
    assert counted(office) == ("kept-late", "kept")


def test_an_approximate_due_has_its_grace() -> None:
    office = told(due=fd("2026~"))
    assert counted(office, date(2027, 6, 30)) == ("open", "open")


def test_a_target_is_kept_or_short_by_its_periods() -> None:
    office = told(step(set_target, "fibre", "km", terms("10 km", window="2026")), due=None)
    assert counted(office) == ("open", "open")
    office.record(step(report_actual, "fibre", "km", quantity("9 km"), fd("2026"), on=date(2027, 1, 2)))
    assert counted(office) == ("short", "short")
    office.record(step(report_actual, "fibre", "km", quantity("10 km"), fd("2026"), **WHY, on=date(2027, 1, 3)))
    assert counted(office) == ("kept", "kept")


def test_every_status_counts_as_something() -> None:
    from projections.score import ENDED, STILL

    assert {*ENDED, *STILL, "met", "met-late"} <= {*STATUSES}


def test_each_promisor_counts_it_and_all_count_it_once() -> None:
    office = told(step(make, "oil", "Oil", promisors=("az",)), step(make, "road", "Road"))
    found = asked(office)
    assert [(one.key, one.commitments) for one in found.groups] == [("az", 2), ("kz", 1), (None, 1)]
    assert found.all.commitments == 3


def test_it_is_grouped_by_programme_or_owner() -> None:
    office = told(step(make, "oil", "Oil"), step(assign, "fibre", "board", on=date(2026, 5, 1)))
    assert [(one.key, one.commitments) for one in asked(office, "programme").groups] == [("sea", 1), (None, 1)]
    assert [(one.key, one.commitments) for one in asked(office, "owner").groups] == [("board", 1), (None, 1)]
    assert [one.key for one in asked(office, "owner", on=date(2026, 4, 30)).groups] == ["ministry", None]


def test_a_filter_chooses_what_is_counted() -> None:
    office = told(step(make, "oil", "Oil"))
    assert asked(office, wanted=parse(["due:2026"], Asked(LATER, lambda _, typed: typed))).all.commitments == 1


def test_the_median_slip_is_of_those_with_both_days() -> None:
    office = told(
        step(make, "oil", "Oil"),
        step(make, "road", "Road", due=fd("2026")),
        step(move_due, "oil", fd("2027"), **APPROVED),
        step(move_due, "fibre", fd("2027-01"), **APPROVED),
    )
    all = asked(office).all
    assert (all.median_slip, all.dated, all.moved) == (0, 3, 1)
    assert (asked(told(due=None)).all.median_slip, asked(told(due=None)).all.dated) == (None, 0)


def test_a_first_due_that_was_not_true_yet_is_none() -> None:
    office = told(step(move_due, "fibre", fd("2027"), **APPROVED, on=date(2026, 5, 1)), due=None)
    assert asked(office, on=date(2026, 4, 30)).all.dated == 0
    assert asked(office, on=date(2026, 5, 1)).all.dated == 1


def forecast(to: str, on: date, item: str = "fibre") -> Step:
    return step(revise_forecast, item, fd(to), **WHY, on=on)


def test_forecasts_are_held_against_what_came_by_lead_time() -> None:
    office = told(
        step(plan_milestone, "fibre/landing", "Landing"),
        forecast("2026-12-31", date(2026, 2, 1)),  # 333 days ahead, 15 days early
        forecast("2026-09-01", date(2026, 2, 2), "fibre/landing"),  # 211 days ahead, 30 days late
        forecast("2027-01-10", date(2026, 12, 20)),  # 21 days ahead
        forecast("2027-01-20", date(2027, 1, 12)),  # 8 days ahead
        forecast("2027/..", date(2027, 1, 13)),
        met("fibre/landing", date(2026, 8, 2)),
        step(meet, "fibre", met_on=fd("2027-01-15"), on=date(2027, 1, 16)),
    )
    assert asked(office).all.forecasts == [
        Honesty("up to 30 days ahead", 2, 5, -5, 5, 0),
        Honesty("181 to 365 days ahead", 2, 15, -30, 15, 0),
    ]


def test_a_forecast_made_after_the_fact_or_for_what_was_given_up_is_none() -> None:
    office = told(
        forecast("2027-02", date(2027, 1, 20)),
        step(meet, "fibre", met_on=fd("2027-01-15"), on=date(2027, 1, 25)),
        step(make, "oil", "Oil"),
        forecast("2026-09-01", date(2026, 2, 2), "oil"),
        step(withdraw, "oil", **WHY, on=date(2026, 10, 1)),
    )
    assert asked(office).all.forecasts == []


@pytest.mark.parametrize(("on", "waiting"), [(date(2026, 9, 1), []), (date(2026, 9, 2), [(0, None, None, None, 1)])])
def test_a_forecast_whose_day_has_passed_waits(on: date, waiting: list[Any]) -> None:
    office = told(forecast("2026-09-01", date(2026, 8, 20)))
    found = asked(office, on=on).all.forecasts
    assert [(one.forecasts, one.bias, one.least, one.most, one.waiting) for one in found] == waiting


@pytest.mark.parametrize(
    ("lead", "days"),
    [
        *(("up to 30 days ahead", 0), ("up to 30 days ahead", 30), ("31 to 90 days ahead", 31)),
        *(("31 to 90 days ahead", 90), ("91 to 180 days ahead", 91), ("181 to 365 days ahead", 365)),
        ("over 365 days ahead", 366),
    ],
)
def test_lead_times_have_their_bounds(lead: str, days: int) -> None:
    on = date(2027, 6, 1)
    office = told(forecast(str(date.fromordinal(on.toordinal() + days)), on))
    (found,) = asked(office, on=date(2029, 1, 1)).all.forecasts
    assert found.lead == lead


def test_a_forecast_of_a_day_that_had_passed_has_no_lead() -> None:
    office = told(forecast("2026-02-01", date(2026, 3, 1)))
    assert [one.lead for one in asked(office).all.forecasts] == ["up to 30 days ahead"]


def test_the_lag_counts_from_the_day_on_which_it_was_so() -> None:
    office = told(
        step(set_target, "fibre", "km", terms("10 km", per="month", window="2026")),
        step(report_progress, "fibre", percent=Decimal(10), note="Begun", on=date(2027, 6, 20)),  # 10 days
        step(report_actual, "fibre", "km", quantity("1 km"), fd("2026-12"), on=date(2027, 6, 30)),  # 181 days
        step(report_actual, "fibre", "km", quantity("2 km"), fd("2026-12"), **WHY, on=date(2027, 6, 30)),
        forecast("2027-12", date(2027, 6, 30)),  # 0 days
    )
    assert asked(office).all.lag == Lag(3, 10, 181)
    assert asked(told()).all.lag == Lag(0, None, None)


def test_being_met_lags_from_the_day_of_being_met() -> None:
    office = told(step(meet, "fibre", met_on=fd("2027-06-25"), on=LATER))
    assert asked(office).all.lag == Lag(1, 5, 5)


def test_a_period_that_runs_lags_for_nothing() -> None:
    office = told(
        step(set_target, "fibre", "km", terms("10 km", window="2027")),
        step(report_actual, "fibre", "km", quantity("1 km"), fd("2027"), on=LATER),
    )
    assert asked(office).all.lag == Lag(1, 0, 0)


def test_a_group_alone_counts_its_own() -> None:
    office = told(step(make, "oil", "Oil", promisors=("kz",)), forecast("2027-06-29", date(2027, 6, 1)), due=fd("2026"))
    az, kz = asked(office).groups
    assert isinstance(az, Score)
    assert (az.current["late"], az.current["open"], kz.current["open"], len(az.forecasts)) == (1, 0, 1, 1)
