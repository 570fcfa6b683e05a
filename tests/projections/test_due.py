"""Is listed what falls due, and nothing else?"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from domain.actual import report_actual
from domain.assess import assess
from domain.commitment import CommitmentMade, make
from domain.due import move_due
from domain.entry import fuzzy_date
from domain.life import close_short, meet, suspend, withdraw
from domain.milestone import plan_milestone
from domain.party import register_party
from domain.period import period_of
from domain.target import set_target
from projections.asked import At
from projections.due import DueList, Rest, Working, dated, due_of, falling_due
from projections.filters import EVERYTHING, Filter
from tests.domain.given import EARLY, TODAY, Step, do, fd, file, given, quantity, terms
from tests.projections.given import Office, modelled, wanted

WHY: dict[str, Any] = {"because": "permit late"}
FIBRE = do(make, "fibre", "Cable", due=fd("2026-07"), owner="telecom", on=EARLY)
LANDING = do(plan_milestone, "fibre/landing", "Landing", due=fd("2026-05"), on=EARLY)
PORTS = do(make, "ports", "Ports", on=EARLY)
ALAT = do(plan_milestone, "ports/alat", "Alat", on=EARLY)
OIL = do(make, "oil", "Oil", kind="target", on=EARLY)


def due(*steps: Step, within: int = 90, on: date = TODAY, filter: Filter = EVERYTHING) -> DueList:
    office = Office(today=TODAY)
    for step in steps:
        office.record(step)
    with modelled(office.lines) as base:
        return falling_due(base, At(len(office.lines), on), within, filter)


def keys(*steps: Step, **asked: Any) -> list[str]:
    return [f"{one.key} {one.due.wording} {one.status}" for one in due(*steps, **asked).items]


def test_an_item_has_the_agreed_shape() -> None:
    first, _ = msgspec.to_builtins(due(FIBRE, LANDING).items)
    assert first == {
        "what": "milestone",
        "key": "fibre/landing",
        "title": "Landing",
        "due": {"wording": "2026-05", "edtf": "2026-05", "earliest": "2026-05-01", "latest": "2026-05-31"},
        "days_left": -30,
        "status": "late",
    }


def test_a_calendar_tells_of_the_promisors_last_day_and_moves_nothing() -> None:
    office, asked = Office(today=TODAY), []
    for key in ("az", "kz"):
        office.record(do(register_party, key, key.upper(), kind="state", on=EARLY))
    office.record(do(make, "fibre", "Cable", due=fd("2026-07"), promisors=("az", "kz"), on=EARLY))

    def calendar(promisors: tuple[str, ...], day: date) -> Working:
        asked.append((promisors, day))
        return Working([Rest("AZ", "weekend")], date(2026, 7, 30))

    with modelled(office.lines) as base:
        (found,) = falling_due(base, At(len(office.lines), TODAY), 90, EVERYTHING, calendar).items
    assert asked == [(("az", "kz"), date(2026, 7, 31))]
    assert (found.due, found.working) == (fd("2026-07"), Working([Rest("AZ", "weekend")], date(2026, 7, 30)))


def test_what_is_soonest_comes_first_and_what_is_overdue_on_top() -> None:
    later = do(make, "road", "Road", due=fd("2026-08"), on=EARLY)
    assert keys(later, FIBRE, LANDING) == [
        "fibre/landing 2026-05 late",
        "fibre 2026-07 at-risk",
        "road 2026-08 unreported",
    ]


@pytest.mark.parametrize(("within", "listed"), [(30, False), (31, True)])
def test_only_what_falls_due_within_so_many_days_is_listed(within: int, listed: bool) -> None:
    assert bool(keys(FIBRE, within=within)) is listed


def test_within_for_ever_is_no_error() -> None:
    assert keys(FIBRE, within=10**9) == ["fibre 2026-07 unreported"]


@pytest.mark.parametrize(
    "ending",
    [
        do(suspend, "fibre", **WHY),
        do(withdraw, "fibre", **WHY),
        do(close_short, "fibre", achieved="half", **WHY),
    ],
)
def test_what_is_closed_or_suspended_is_not_listed_nor_are_its_milestones(ending: Step) -> None:
    assert keys(FIBRE, LANDING, ending) == []


def test_what_is_claimed_is_not_listed() -> None:
    assert keys(FIBRE, LANDING, do(meet, "fibre/landing", met_on=fd("2026-05-02"))) == ["fibre 2026-07 on-track"]


def test_a_due_that_moved_away_is_not_listed() -> None:
    assert keys(FIBRE, do(move_due, "fibre", fd("2027"), approved_by="board", **WHY)) == []


def test_items_without_a_day_are_told_beside_the_list() -> None:
    open_ended = do(make, "road", "Road", due=fd("2026/.."), on=EARLY)
    target = do(set_target, "oil", "oil", terms(), on=EARLY)
    station = do(plan_milestone, "rail/station", "Station", on=EARLY)
    withdrawn = do(make, "rail", "Rail", on=EARLY), station, do(withdraw, "rail", **WHY)
    assert due(FIBRE, PORTS, ALAT, open_ended, OIL, target, *withdrawn).undated == ["ports", "ports/alat", "road"]
    dated = do(move_due, "ports", fd("2027"), approved_by="board", **WHY)
    assert due(PORTS, ALAT, dated).undated == ["ports/alat"]


def reached(amount: str, period: str) -> Step:
    return do(report_actual, "oil", "oil", quantity(amount), fd(period))


@pytest.mark.parametrize(
    ("actuals", "listed"),
    [
        ((), ["oil 2026-Q1 unreported", "oil 2026-Q2 running", "oil 2026-Q3 future"]),
        ((reached("2 Mt", "2026-33"),), ["oil 2026-Q2 running", "oil 2026-Q3 future"]),
        ((reached("1 Mt", "2026-33"),), ["oil 2026-Q1 short", "oil 2026-Q2 running", "oil 2026-Q3 future"]),
    ],
)
def test_periods_of_a_target_fall_due_on_their_last_day(actuals: tuple[Step, ...], listed: list[str]) -> None:
    target = do(set_target, "oil", "oil", terms(per="quarter", window="2026/.."), on=EARLY)
    found = due(OIL, target, *actuals, within=92)
    assert [f"{one.key} {one.due.wording} {one.status}" for one in found.items] == listed
    assert {one.what for one in found.items} == {"period"}
    assert found.items[-1].due == msgspec.structs.replace(fd("2026-35"), wording="2026-Q3")
    assert found.items[-1].days_left == 92


@pytest.mark.parametrize(
    "typed", ["2026", "2026-03", "Q1 2026", "Q4 2026", "H1 2026", "H2 2026", "2022/2027", "2025-01/2025-08"]
)
def test_a_period_is_told_as_the_date_that_its_label_means(typed: str) -> None:
    period = period_of(fuzzy_date(typed, TODAY))
    assert dated(period) == fuzzy_date(period.label, TODAY)


def test_a_period_that_ended_before_the_last_one_speaks_no_more() -> None:
    target = do(set_target, "oil", "oil", terms(per="month", window="2026/.."), on=EARLY)
    assert keys(OIL, target, within=0) == ["oil 2026-05 unreported", "oil 2026-06 running"]


def test_an_indicator_that_is_not_the_key_is_named() -> None:
    target = do(set_target, "oil", "storage", terms(per="year", window="2026/.."), on=EARLY)
    (found,) = due(OIL, target, within=200).items
    assert found.title == "Oil: storage"


def test_only_what_is_wanted_is_listed() -> None:
    steps = FIBRE, LANDING, PORTS, ALAT
    assert keys(*steps, filter=wanted("owner:port")) == []
    assert keys(*steps, filter=wanted("status:late")) == ["fibre/landing 2026-05 late"]
    assert keys(*steps, filter=wanted("cable")) == ["fibre 2026-07 at-risk"]
    assert due(*steps, filter=wanted("ports")).undated == ["ports", "ports/alat"]
    assert due(*steps, filter=wanted("owner:telecom")).undated == []


def test_a_key_that_no_rule_lets_pass_is_listed_as_it_is() -> None:
    office = Office(today=TODAY)
    office.put(CommitmentMade(title="Strange", kind="deliverable", promisors=()), "commitment/x [/] y", on=EARLY)
    with modelled(office.lines) as base:
        for filter in (EVERYTHING, wanted("strange")):
            assert falling_due(base, At(1, TODAY), 90, filter).undated == ["x [/] y"]


def test_before_it_was_made_nothing_is_due() -> None:
    assert due(FIBRE, LANDING, on=date(2024, 12, 31), within=10**6) == DueList([], [])


def test_what_is_met_by_its_periods_is_not_due_any_more() -> None:
    dated = do(make, "gas", "Gas", kind="target", due=fd("2026-03"), on=EARLY)
    target = do(set_target, "gas", "gas", terms(per="once", window="2026-33"), on=EARLY)
    actual = do(report_actual, "gas", "gas", quantity("2 Mt"), fd("2026-33"), evidence=(file(),))
    assert keys(dated, target, actual) == []


def test_of_what_is_withdrawn_nothing_falls_due() -> None:
    withdrawn = given(FIBRE, do(withdraw, "fibre", **WHY))
    judged = assess(withdrawn.facts(), TODAY)
    assert judged is not None
    assert list(due_of(judged, date.max)) == []
