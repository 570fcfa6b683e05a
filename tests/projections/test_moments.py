"""Are moments told where something may have changed, in order, and not at every position?"""

from __future__ import annotations

from datetime import date

from domain.assess import Assessed
from domain.commitment import make
from domain.target import set_target
from projections.moments import Moment, Moments
from tests.domain.given import do, fd, terms
from tests.projections.given import BAKU, Office

MADE = date(2026, 1, 10)


def sign(judged: Assessed) -> object:
    return judged.status, [(one.period.label, one.outcome) for one in judged.outcomes]


def moments(office: Office, on: date) -> list[Moment]:
    return list(Moments(BAKU, sign).of(office.lines, on))


def statuses(found: list[Moment], subject: str) -> list[tuple[int, str]]:
    return [(one.position, one.judged.status) for one in found if one.subject == subject and one.judged]


def busy(days: int) -> Office:
    """fibre, due 2026-01-31, with something else recorded each day."""
    office = Office(today=MADE)
    office.record(do(make, "fibre", "Cable", due=fd("2026-01"), today=MADE))
    for day in range(1, days):
        today = date.fromordinal(MADE.toordinal() + day)
        office.today = today
        office.record(do(make, f"other-{day}", "Other", today=today))
    return office


def test_what_time_alone_changes_is_found_between_the_lines() -> None:
    office = busy(40)
    found = statuses(moments(office, date(2026, 3, 1)), "commitment/fibre")
    # made on #1 (10 January), #23 is the 1st of February
    assert found == [(1, "on-track"), (23, "late"), (41, "late")]


def test_periods_of_a_target_are_looked_at_one_by_one() -> None:
    office = Office(today=MADE)
    office.record(do(make, "oil", "Oil", today=MADE))
    office.record(do(set_target, "oil", "oil", terms("1 Mt", window="2026/..", per="month"), today=MADE))
    for month in range(2, 6):
        office.today = date(2026, month, 15)
        office.record(do(make, f"other-{month}", "Other", today=office.today))
    found = [one for one in moments(office, date(2026, 6, 1)) if one.subject == "commitment/oil"]
    assert [one.position for one in found] == [1, 2, 3, 4, 5, 6, 7]


def test_without_lines_there_is_nothing_but_a_day() -> None:
    found = Moments(BAKU, sign)
    assert list(found.of([], MADE)) == []
    assert found.days == [MADE]
