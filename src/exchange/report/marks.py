"""What do charts draw of a commitment at a moment? Rows of texts and numbers, from which Vega-Lite makes marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from domain.assess import Assessed, Outcome
from domain.assess.item import Item
from domain.fuzzy import FuzzyDate
from domain.quantity import text as amount
from exchange.language import ENGLISH, Language
from projections.score import groups_of, original_due, standing
from projections.slips import chain
from projections.timeline import Bar, Span, bars_of
from projections.trend import Point, points_of

Row = list[Any]
FIELDS = {
    "timeline": ("item", "mark", "first", "last", "says"),
    "trend": ("item", "day", "until", "expected", "due", "says"),
    "pace": ("target", "period", "first", "share", "heads", "outcome", "says"),
    "score": ("party", "by", "standing"),
}
"""What each row of a chart holds, in order. Days are texts (ISO 8601), shares are percent of what was promised."""
AIMS = {"at-least": "at least {amount}", "at-most": "at most {amount}"}
PERS = {
    "year": "{amount} a year",
    "quarter": "{amount} a quarter",
    "month": "{amount} a month",
    "once": "{amount}",
}
FADE = timedelta(days=120)
"""So long a side that is open is drawn, fading."""


def timeline_rows(judged: Assessed) -> Iterator[Row]:
    """The marks of a commitment and its milestones: work, windows and days, and every due that was moved away from."""
    for bar, one in zip(bars_of(judged), (judged, *judged.milestones), strict=True):
        for mark, first, last, says in (*_moved(one.item), *_running(one), *_marks(bar, one.item)):
            yield [bar.key, mark, _day(first), _day(last), says]


def _marks(bar: Bar, item: Item) -> Iterator[tuple[str, date, date, str]]:
    ahead = [one.last for one in (bar.due, bar.forecast) if one and one.last]
    end = (bar.met.last if bar.met else bar.ended) or max(ahead, default=None)
    if bar.start and end and end > bar.start:
        yield "work", bar.start, end, f"work from {bar.start}"
    if bar.due:
        yield from _window(bar.due, item.due)
    for mark, window, word in (("forecast", bar.forecast, "expected"), ("met", bar.met, "met")):
        day = (window.last or window.first) if window else None
        if day:
            yield mark, day, day, f"{word} {day}"
    if bar.ended:
        yield "ended", bar.ended, bar.ended, f"{bar.status} {bar.ended}"


def _running(judged: Assessed) -> Iterator[tuple[str, date, date, str]]:
    for one in judged.outcomes:
        if one.outcome == "running":
            yield "period", one.period.first, one.period.last, f"{one.indicator} in {one.period.label}: {one.promised}"


def _window(due: Span, fuzzy: FuzzyDate | None) -> Iterator[tuple[str, date, date, str]]:
    """A due as wide as it is vague: open sides fade, an approximate one has its grace."""
    says = f"due {fuzzy.wording}" if fuzzy else "due"
    first, last = due.first, due.last
    if first is None and last:
        yield "opening", max(last, date.min + FADE) - FADE, last, says
    elif last is None and first:
        yield "fading", first, min(first, date.max - FADE) + FADE, says
    elif first and last and first < last:
        yield "window", first, last, says
    if last:
        if fuzzy and fuzzy.grace_end and fuzzy.grace_end > last:
            yield "grace", last, fuzzy.grace_end, f"{says}, in its grace until {fuzzy.grace_end}"
        yield "due", last, last, says


def _moved(item: Item) -> Iterator[tuple[str, date, date, str]]:
    """The dues that it had before, by their last days."""
    dues = [one.due for one in _points(item) if one.due]
    for before in dict.fromkeys(dues):
        if item.due is None or before != item.due.latest:
            yield "moved", before, before, f"was due {before}"


def _points(item: Item) -> list[Point]:
    told = [item.made, *chain(item, "due"), *chain(item, "forecast")]
    return list(points_of(sorted(told, key=lambda one: (one.effective, one.position))))


def trend_rows(judged: Assessed) -> Iterator[Row]:
    """What was expected of it and of its milestones, from which day until which; None while it still holds."""
    for one in (judged, *judged.milestones):
        item, points = one.item, _points(one.item)
        for point, then in pairwise([*points, None]):
            assert point
            until = then.day if then else _end(item)
            says = point.reason or "promised"
            yield [item.key, _day(point.day), _day(until), _day(point.expected), _day(point.due), says]


def _end(item: Item) -> date | None:
    if item.met_on:
        return item.met_on.latest
    return item.life.effective if item.life and item.closed else None


def pace_rows(judged: Assessed, language: Language = ENGLISH) -> Iterator[Row]:
    """Each period of its targets: what was reached of what was promised, and where the running one heads."""
    for one in judged.outcomes:
        yield [
            _target(judged, one, language),
            one.period.label,
            _day(one.period.first),
            _share(one.actual.value if one.actual else 0, one),
            _share(one.projected.value, one) if one.projected and one.outcome == "running" else None,
            one.outcome,
            _says(one, language),
        ]


def _says(one: Outcome, language: Language) -> str:
    if one.actual is None:
        return language.word("no figure yet for {period}").replace("{period}", one.period.label)
    told = language.word("{some} of {all}").format_map({"some": amount(one.actual), "all": amount(one.terms.amount)})
    if one.projected is None or one.outcome != "running":
        return told
    return f"{told}, {language.word('heads for {amount}').replace('{amount}', amount(one.projected))}"


def _target(judged: Assessed, one: Outcome, language: Language) -> str:
    aim = language.word(AIMS[one.terms.aim]).replace("{amount}", amount(one.terms.amount))
    name = judged.item.key if one.indicator == judged.item.key else f"{judged.item.key} {one.indicator}"
    return f"{name}: {language.word(PERS[one.terms.per]).replace('{amount}', aim)}"


def _share(reached: Any, one: Outcome) -> float | None:
    amount_of = one.terms.amount.value
    return round(float(reached * 100 / amount_of), 1) if amount_of else None


def score_rows(judged: Assessed) -> Iterator[Row]:
    """How it counts for each party that promised it: by the due in force, and by the one first promised."""
    for party in groups_of(judged, "party"):
        yield [party or "(nobody named)", "due in force", standing(judged, judged.item.due)]
        yield [party or "(nobody named)", "first due", standing(judged, original_due(judged))]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
