"""Is a last day a working day in the countries of those who promised?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from projections.due import Rest, Working
from projections.register import Party

PATIENCE = 31
"""So many days are looked back for one on which all work."""


class Workdays:
    """The calendars of these parties; read when first asked, from the library `holidays` where it is installed."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._countries = {one.key: country for one in parties if (country := country_of(one))}
        self._calendars: dict[str, Any] = {}
        self._found: dict[tuple[tuple[str, ...], date], Working | None] = {}

    def __call__(self, promisors: tuple[str, ...], day: date) -> Working | None:
        """What is known of a day; None without a promisor of whose country something is known."""
        countries = tuple(dict.fromkeys(self._countries[one] for one in promisors if one in self._countries))
        if (countries, day) not in self._found:  # many dues end on the same few days
            self._found[countries, day] = self._working(countries, day)
        return self._found[countries, day]

    def _working(self, countries: Iterable[str], day: date) -> Working | None:
        known = [one for one in map(self._calendar, countries) if one is not None and _reaches(one, day)]
        if not known:
            return None
        return Working(list(_rest(known, day)), _last_day(known, day))

    def _calendar(self, country: str) -> Any:
        if country not in self._calendars:
            self._calendars[country] = _calendar(country)
        return self._calendars[country]


def country_of(party: Party) -> str | None:
    """The country in which a party works: as recorded, else that of a state whose key is the code of one."""
    by_key = party.key.upper() if party.kind == "state" and len(party.key) == 2 else None
    return party.country or by_key


def told(day: date, working: Working | None) -> str | None:
    """`2026-12-31 is no working day (AZ: International Azerbaijanis Solidarity Day); the last before it is …`."""
    if working is None or not working.rest:
        return None
    before = f"; the last before it is {working.last_day}" if working.last_day else ""
    return f"{day} is no working day ({reasons(working)}){before}"


def reasons(working: Working, word: Callable[[str], str] = str) -> str:
    """`AZ, KZ: weekend`; countries with the same reason together."""
    names: dict[str, list[str]] = {}
    for one in working.rest:
        names.setdefault(one.name, []).append(one.country)
    return "; ".join(f"{', '.join(countries)}: {word(name)}" for name, countries in names.items())


def _calendar(country: str) -> Any:
    """The calendar of a country (ISO 3166-1 alpha-2); None without the library, or where it knows none."""
    try:
        import holidays  # late, and an extra: it takes as long as the rest of a command
    except ImportError:
        return None
    try:
        return holidays.country_holidays(country, language="en_US")
    except NotImplementedError:
        return None


def _reaches(calendar: Any, day: date) -> bool:
    return bool(calendar.start_year <= day.year <= calendar.end_year)


def _rest(known: Iterable[Any], day: date) -> Iterator[Rest]:
    for one in known:
        if not one.is_working_day(day):
            yield Rest(one.country, one.get(day) or "weekend")


def _last_day(known: Iterable[Any], day: date) -> date | None:
    days = (date.fromordinal(day.toordinal() - back) for back in range(PATIENCE))
    return next((one for one in days if not any(_rest(known, one))), None)
