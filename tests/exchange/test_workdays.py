"""Is it told where a last day is no working day for those who promised, and nothing where nothing is known?"""

from __future__ import annotations

import sys
from datetime import date
from unittest import mock

from exchange.ics import write_calendar
from exchange.outgoing import Outgoing
from exchange.workdays import Workdays, country_of, told
from projections.due import Rest, Working
from projections.register import Party
from tests.exchange.standing import made

AZ, KZ = Party("az", "Azerbaijan", "state", None, []), Party("qaz", "Qazaqstan", "state", "KZ", [])
SOCAR, NOBODY = Party("socar", "SOCAR", "company", "AZ", []), Party("zz", "Nowhere", "state", None, [])
LAST = date(2026, 12, 31)
"""A Thursday: the day of solidarity in Azerbaijan, a day like others in Kazakhstan."""


def asked(*parties: Party, day: date = LAST) -> Working | None:
    return Workdays(parties)(tuple(one.key for one in parties), day)


def test_the_last_day_of_the_year_is_a_holiday_in_azerbaijan_and_none_in_kazakhstan() -> None:
    holiday = Rest("AZ", "International Azerbaijanis Solidarity Day")
    assert asked(AZ) == asked(SOCAR) == asked(AZ, KZ) == Working([holiday], date(2026, 12, 30))
    assert asked(KZ) == Working([], LAST)


def test_the_last_day_before_a_weekend_is_one_on_which_all_work() -> None:
    sunday = date(2027, 1, 3)  # behind it Saturday, and holidays in both countries
    found = asked(AZ, KZ, day=sunday)
    assert found
    assert {one.country for one in found.rest} == {"AZ", "KZ"}
    assert found.last_day == date(2026, 12, 30)


def test_countries_with_the_same_reason_are_told_together() -> None:
    saturday = date(2026, 10, 31)
    assert told(saturday, asked(AZ, KZ, day=saturday)) == (
        "2026-10-31 is no working day (AZ, KZ: weekend); the last before it is 2026-10-30"
    )
    assert told(LAST, asked(KZ)) is None
    assert told(LAST, Working([Rest("AZ", "weekend")], None)) == "2026-12-31 is no working day (AZ: weekend)"


def test_the_country_is_the_one_recorded_or_a_states_key() -> None:
    parties = (
        AZ,
        KZ,
        SOCAR,
        Party("uk", "UK Ltd", "company", None, []),
        Party("turkiye", "Türkiye", "state", None, []),
    )
    assert [country_of(one) for one in parties] == ["AZ", "KZ", "AZ", None, None]


def test_of_unknown_countries_and_far_years_nothing_is_said() -> None:
    assert asked(NOBODY) is None
    assert asked() is None
    assert Workdays([AZ])(("somebody",), LAST) is None
    assert asked(AZ, NOBODY) == asked(AZ)
    assert asked(AZ, day=date(1, 1, 1)) is asked(AZ, day=date(9999, 12, 31)) is None


def test_without_the_library_nothing_is_said_and_nothing_fails() -> None:
    with mock.patch.dict(sys.modules, {"holidays": None}):
        assert asked(AZ) is None


def test_a_calendar_says_it_of_what_is_open(real: Outgoing) -> None:
    text = made(write_calendar, real).decode().replace("\r\n ", "")
    said = "Key: fibre.\\n2026-12-31 is no working day (AZ: International Azerbaijanis Solidarity Day)\\;"
    assert said in text
    with mock.patch.dict(sys.modules, {"holidays": None}):
        assert b"working day" not in made(write_calendar, real)
