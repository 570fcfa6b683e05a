"""What would have to be recorded for a status to change? By each of its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from domain.assess.case import Case
from domain.assess.item import Reason
from domain.assess.outcome import Outcome
from domain.assess.risk import awaited, due_after, straight_line
from domain.assess.thresholds import BEHIND_POINTS, UNREPORTED_DAYS
from domain.quantity import plain
from domain.quantity import text as amount

Ways = Callable[[Case], Iterator[str]]


def ways(case: Case, reasons: Iterable[Reason]) -> list[str]:
    """What would do away with the reasons of an item's status, each once."""
    return [text for code in dict.fromkeys(one.code for one in reasons) for text in WAYS[code](case)]


def _reopened(case: Case) -> Iterator[str]:
    yield f"its being reopened, or #{_life(case).position} retracted"


def _evidenced(case: Case) -> Iterator[str]:
    yield "evidence that it is met: a file, since a link alone is none"
    yield from _reopened(case)


def _resumed(case: Case) -> Iterator[str]:
    yield "its being resumed; closed, met or withdrawn it can be as well"


def _in_time(case: Case) -> Iterator[str]:
    met = "" if case.outcomes else "its being met, or "
    yield f"{met}its due moved to {case.item.on} or later, with a reason and an approver"
    yield "its being suspended, closed short or withdrawn"


def _reached(case: Case) -> Iterator[str]:
    for one in _deciding(case, "short"):
        yield f"{one.indicator}: actuals of {one.period.label} corrected to {one.aimed}, if they were wrong"


def _reported_whole(case: Case) -> Iterator[str]:
    for one in _deciding(case, "unreported"):
        yield f"{one.indicator}: an actual for {one.period.label}, for all of it"


def _deciding(case: Case, outcome: str) -> Iterator[Outcome]:
    return (one for one in case.outcomes if one.outcome == outcome and one.decides)


def _spoilt(case: Case) -> Iterator[str]:
    yield "an actual restated so that a period is short, or a revised target"


def _expected_earlier(case: Case) -> Iterator[str]:
    by: Any = case.item.forecast
    last = by.fact.expected.latest
    yield f"a forecast on or before {case.item.last_day}, or its due moved to {last} or later"


def _expected_anew(case: Case) -> Iterator[str]:
    yield f"a forecast on or after {case.item.on}, or its being met"


def _ahead(case: Case) -> Iterator[str]:
    line = straight_line(case.item, case.item.on)
    assert line is not None  # it is under it
    enough = (line - BEHIND_POINTS).quantize(Decimal("0.1"), ROUND_CEILING)
    yield f"a report of at least {plain(enough)} %"


def _milestones(*statuses: str) -> Ways:
    def mended(case: Case) -> Iterator[str]:
        for child in case.children:
            if child.item.state == "open" and child.status in statuses:
                yield f"what changes its milestone: see why {child.item.key}"

    return mended


def _milestone_due(case: Case) -> Iterator[str]:
    for child in case.children:
        if child.item.state == "open" and due_after(child.item, case.item):
            own, other = (one.due.latest for one in (case.item, child.item) if one.due)
            yield f"{child.item.key}: its due moved to {own} or before; or its commitment's to {other}"


def _predecessors(case: Case) -> Iterator[str]:
    key, expected = case.item.key, case.item.expected
    for one in awaited(case.item, case.expectations):
        yield f"{one.name}: a forecast on or before {expected}; or one of {one.latest} or later for {key}"


def _more(case: Case) -> Iterator[str]:
    for one in case.outcomes:
        if one.misses:
            needed = f": {amount(one.needed_per_month)} a month" if one.needed_per_month else ""
            yield f"{one.indicator}: actuals that head for {one.aimed} in {one.period.label}{needed}"


def _dated(case: Case) -> Iterator[str]:
    yield "a due that has a last day, or a target"


def _begun(case: Case) -> Iterator[str]:
    yield "an earlier start" if case.item.start else "a target whose window begins earlier"


def _told(case: Case) -> Iterator[str]:
    since = case.item.on - timedelta(days=UNREPORTED_DAYS)
    yield f"a report effective on or after {since}: progress, an actual or a forecast"


def _worse(case: Case) -> Iterator[str]:
    if case.item.last_day:
        yield f"a forecast after {case.item.last_day}, which would put it at risk"
    if not case.outcomes:
        yield "its being met"


def _life(case: Case) -> Any:
    return case.item.life


WAYS: dict[str, Ways] = {
    "withdrawn": _reopened,
    "closed-short": _reopened,
    "met": _reopened,
    "met-late": _reopened,
    "periods-met": _spoilt,
    "claimed": _evidenced,
    "suspended": _resumed,
    "late": _in_time,
    "period-short": _reached,
    "in-grace": _in_time,
    "forecast-late": _expected_earlier,
    "forecast-passed": _expected_anew,
    "behind": _ahead,
    "milestone-late": _milestones("late"),
    "milestone-at-risk": _milestones("at-risk"),
    "milestone-after-due": _milestone_due,
    "predecessor-later": _predecessors,
    "projected-miss": _more,
    "undated": _dated,
    "planned": _begun,
    "period-unreported": _reported_whole,
    "no-report": _told,
    "on-track": _worse,
}
"""By the code of a reason, what would do away with it."""
