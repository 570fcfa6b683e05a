"""Where on the calendar do commitments and milestones lie: windows, dues, what is expected, what was met?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from domain.assess import Assessed
from domain.commitment import value
from domain.fuzzy import FuzzyDate
from domain.period import Period
from projections.asked import At
from projections.base import Base
from projections.filters import Filter
from projections.judged import judged
from projections.status import title_at

_POINT = re.compile(r"(?:by|until|(?:the )?end)\b", re.IGNORECASE)
"""Wordings that mean the last day alone, whatever the bounds of the year or month that they name."""


class Span(msgspec.Struct, frozen=True):
    """Days from a first to a last one; a side that is open is None. A point has the same day on both sides."""

    first: date | None
    last: date | None


class Bar(msgspec.Struct, frozen=True):
    """An item on the calendar. `start` is the first day of work where one was stated; `due` the window that was
    promised, a point where the wording means its last day; `periods` are those of a commitment's targets.
    """

    key: str
    title: str
    programme: str | None
    status: str
    start: date | None
    due: Span | None
    due_wording: str | None
    forecast: Span | None
    met: Span | None
    ended: date | None
    periods: list[Span]


def timeline(base: Base, at: At, wanted: Filter) -> list[Bar]:
    """The commitments that are wanted, each followed by its milestones, in order of programmes and keys.

    What was withdrawn is among them, as `ended` on its day.
    """
    found = [list(bars_of(one)) for one in judged(base, at, wanted)]
    found.sort(key=lambda bars: (bars[0].programme is None, bars[0].programme or ""))
    return [bar for bars in found for bar in bars]


def bars_of(found: Assessed) -> Iterator[Bar]:
    """A commitment on the calendar, then its milestones."""
    programme = value(found.item.facts, "programme", found.item.on)
    for one in (found, *found.milestones):
        yield _bar(one, programme)


def _bar(one: Assessed, programme: str | None) -> Bar:
    item = one.item
    start = item.start.earliest if item.start and not item.is_milestone else None
    forecast = getattr(item.forecast.fact, "expected", None) if item.forecast else None
    return Bar(
        key=item.key,
        title=title_at(one),
        programme=programme,
        status=one.status,
        start=start,
        due=span(item.due),
        due_wording=item.due.wording if item.due else None,
        forecast=span(forecast),
        met=span(item.met_on),
        ended=item.life.effective if item.life and item.closed and not item.met_on else None,
        periods=[_period(each.period) for each in one.outcomes],
    )


def _period(period: Period) -> Span:
    return Span(period.first, period.last)


def span(fuzzy: FuzzyDate | None) -> Span | None:
    """The days of a date: its last day alone where the words mean that, else its whole window."""
    if fuzzy is None:
        return None
    if fuzzy.latest and _POINT.match(fuzzy.wording):
        return Span(fuzzy.latest, fuzzy.latest)
    return Span(fuzzy.earliest, fuzzy.latest)
