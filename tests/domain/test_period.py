"""Are whole calendar periods told from what cuts them, and counted without gaps?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.entry import fuzzy_date
from domain.fuzzy import FuzzyDate, from_edtf
from domain.period import CalendarPer, Per, Period, calendar_period, cuts, period_of, periods
from domain.refused import Refused

MONTHS = {"year": 12, "quarter": 3, "month": 1}

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
pers: st.SearchStrategy[CalendarPer] = st.sampled_from(["year", "quarter", "month"])
wholes = st.builds(calendar_period, pers, days)


def from_to(first: date, last: date) -> FuzzyDate:
    return from_edtf(f"{first}/{last}")


# What a period is.


@pytest.mark.parametrize(
    ("text", "kind", "label", "length"),
    [
        ("2026", "year", "2026", 365),
        ("H1 2026", "half", "2026-H1", 181),
        ("H2 2026", "half", "2026-H2", 184),
        ("Q1 2026", "quarter", "2026-Q1", 90),
        ("Q2 2026", "quarter", "2026-Q2", 91),
        ("Q4 2026", "quarter", "2026-Q4", 92),
        ("February 2024", "month", "2024-02", 29),
        ("2022-2027", "span", "2022/2027", 2191),
        ("2025-01/2025-08", "span", "2025-01/2025-08", 243),
        ("2026-02/2026-04", "span", "2026-02/2026-04", 89),
        ("2026-01/2026-03", "quarter", "2026-Q1", 90),
        ("2026-01-01/2026-12-31", "year", "2026", 365),
        ("0999", "year", "0999", 365),
    ],
)
def test_a_whole_calendar_period_is_known_by_its_days(text: str, kind: str, label: str, length: int) -> None:
    period = period_of(fuzzy_date(text, date(2026, 1, 1)))

    assert (period.kind, period.label, period.days) == (kind, label, length)


@pytest.mark.parametrize(
    ("edtf", "why"),
    [
        ("2026-05-17", "does not consist of whole months"),
        ("2026-01-01/2026-05-15", "does not consist of whole months"),
        ("2026-01-02/2026-05", "does not consist of whole months"),
        ("2026/..", "has an open side"),
        ("../2026", "has an open side"),
        ("2026~", "is marked as approximate or uncertain"),
        ("2026-03?", "is marked as approximate or uncertain"),
        ("2026-03%", "is marked as approximate or uncertain"),
    ],
)
def test_what_is_no_whole_period_is_refused(edtf: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        period_of(from_edtf(edtf))

    assert refused.value.code == "bad-period"
    assert refused.value.sentence.startswith(f"'{edtf}' {why}. Write a whole year, half, quarter or month")


@given(wholes)
def test_a_label_can_be_typed_and_names_the_same_period(period: Period) -> None:
    assert period_of(fuzzy_date(period.label, date(2026, 1, 1))) == period


@given(wholes, wholes)
def test_the_label_of_a_run_can_be_typed_and_names_the_same_run(one: Period, other: Period) -> None:
    run = period_of(from_to(min(one.first, other.first), max(one.last, other.last)))

    assert period_of(fuzzy_date(run.label, date(2026, 1, 1))) == run


@given(pers, days)
def test_the_calendar_period_of_a_day_holds_it_whole(per: CalendarPer, day: date) -> None:
    period = calendar_period(per, day)

    assert period.first <= day <= period.last
    assert period.kind == per
    assert period_of(from_to(period.first, period.last)) == period


# One period beside another.


@given(wholes, wholes)
def test_periods_overlap_when_a_day_is_in_both(one: Period, other: Period) -> None:
    shared = max(one.first, other.first) <= min(one.last, other.last)

    assert one.overlaps(other) == other.overlaps(one) == shared


@given(pers, pers, days, days)
def test_a_shorter_calendar_period_lies_within_a_longer_one_or_apart(
    one: CalendarPer, other: CalendarPer, day: date, another: date
) -> None:
    assume(MONTHS[one] <= MONTHS[other])
    short, long = calendar_period(one, day), calendar_period(other, another)

    assert short.within(long) == short.overlaps(long)
    assert long.within(short) == (short == long)


def test_one_day_in_both_is_an_overlap() -> None:
    day = date(2026, 5, 17)
    before = Period(first=date(2026, 1, 1), last=day, kind="span")
    after = Period(first=day, last=date(2026, 12, 31), kind="span")

    assert before.overlaps(after)
    assert after.overlaps(before)


def test_within_looks_at_both_ends() -> None:
    year = period_of(from_edtf("2026"))

    assert not period_of(from_edtf("2025-12/2026-02")).within(year)
    assert not period_of(from_edtf("2026-12/2027-02")).within(year)
    assert period_of(from_edtf("2026-12")).within(year)
    assert not period_of(from_edtf("2025-12")).overlaps(year)
    assert not period_of(from_edtf("2027-01")).overlaps(year)


# Windows.


@pytest.mark.parametrize(
    ("window", "per", "cut"),
    [
        ("2026/2027", "year", False),
        ("2026-07/2027-06", "year", True),
        ("2026-07/2027", "year", True),
        ("2026/2027-06", "year", True),
        ("2026-07/2027-06", "quarter", False),
        ("2026-08/2027-06", "quarter", True),
        ("2026-07/2027-05", "quarter", True),
        ("2026-08/2027-05", "month", False),
        ("2026-08-02/2027-05", "month", True),
        ("2026-08/2027-05-30", "month", True),
        ("2026/..", "year", False),
        ("2026-02/..", "year", True),
        ("../2027", "year", False),
        ("../2027-03", "year", True),
        ("2026-08-02/2027-05-30", "once", False),
    ],
)
def test_a_window_cuts_a_period_that_it_holds_in_part(window: str, per: Per, cut: bool) -> None:
    assert cuts(from_edtf(window), per) is cut


@pytest.mark.parametrize(
    ("window", "per", "until", "labels"),
    [
        ("2026/..", "year", "2026-11-24", ["2026", "2027"]),
        ("2026/..", "year", "2025-11-15", ["2026"]),
        ("2026/..", "year", "2027-12-31", ["2026", "2027", "2028"]),
        ("2026/2027", "year", "2030-01-01", ["2026", "2027"]),
        ("2026", "quarter", "2026-03-31", ["2026-Q1", "2026-Q2"]),
        ("2026", "quarter", "2026-04-01", ["2026-Q1", "2026-Q2", "2026-Q3"]),
        ("2026-11/2027-02", "month", "2030-01-01", ["2026-11", "2026-12", "2027-01", "2027-02"]),
        ("2026-02/2026-08", "quarter", "2030-01-01", ["2026-Q2"]),
        ("2026-01-15/2026-03-30", "month", "2030-01-01", ["2026-02"]),
        ("2026/2026-06-29", "quarter", "2030-01-01", ["2026-Q1"]),
        ("2026-02/2026-05", "quarter", "2030-01-01", []),
        ("9998/..", "year", "9999-12-31", ["9998", "9999"]),
        ("../2027", "year", "2026-01-01", []),
        ("2026-03-15/2026-09-30", "once", "2026-01-01", ["2026-03-15/2026-09-30"]),
        ("2026", "once", "2030-01-01", ["2026"]),
        ("2026/..", "once", "2030-01-01", []),
    ],
)
def test_the_periods_of_a_window_end_with_the_next_one(window: str, per: Per, until: str, labels: list[str]) -> None:
    assert [period.label for period in periods(from_edtf(window), per, date.fromisoformat(until))] == labels


@given(days, st.integers(0, 4000), pers, days)
def test_the_periods_of_a_window_are_whole_lie_in_it_and_leave_no_gap(
    first: date, length: int, per: CalendarPer, until: date
) -> None:
    last = first + timedelta(days=length)
    window = from_to(first, last)

    found = periods(window, per, until)

    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))
    assert all(period == calendar_period(per, period.first) for period in found)
    assert all(first <= period.first and period.last <= last for period in found)
    assert sum(period.first > until for period in found) <= 1
    if not cuts(window, per) and until >= last:
        assert (found[0].first, found[-1].last) == (first, last)
