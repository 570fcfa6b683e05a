"""Which status holds? The table: the first row that holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.assess.item import Item, Reason, ago, days, last_of
from domain.assess.outcome import Outcome
from domain.assess.risk import Child, Expectations, at_risk
from domain.assess.thresholds import UNREPORTED_DAYS


@dataclass(slots=True)
class Case:
    """An item and all that its status may rest on."""

    item: Item
    children: list[Child]
    outcomes: list[Outcome]
    expectations: Expectations
    keys: list[str]
    """The item and its milestones that count: where its reports lie."""


def status_of(case: Case) -> tuple[str, list[Reason]]:
    """The status and its reasons."""
    for status, holds in TABLE:
        reasons = holds(case)
        if reasons:
            return status, reasons
    return "on-track", [_on_track(case)]


def _ended(state: str) -> Callable[[Case], list[Reason]]:
    def holds(case: Case) -> list[Reason]:
        life = case.item.life
        if life is None or case.item.state != state:
            return []
        return [
            Reason(state, f"{state.replace('-', ' ')} since {life.effective}: {_said(life.fact)}", (life.position,))
        ]

    return holds


def _said(fact: Any) -> str:
    return f"{fact.achieved}; {fact.reason}" if hasattr(fact, "achieved") else str(fact.reason)


def _met(case: Case, *, late: bool) -> list[Reason]:
    item = case.item
    if item.state != "met" or item.life is None or item.met_on is None:
        return []
    proofs = evidence_of(item)
    if not proofs:
        return []
    last, met = item.last_day, item.met_on.latest
    after = last is not None and met is not None and met > last
    if after is not late:
        return []
    when = f"met {item.met_on.wording}, with evidence"
    if last and met and after:
        return [Reason("met-late", f"{when}, {days((met - last).days)} late", (*proofs, item.due_by.position))]
    return [Reason("met", when, proofs)]


def _met_in_time(case: Case) -> list[Reason]:
    judged = case.outcomes
    if judged and not case.item.closed and all(one.outcome == "met" and one.window_ended for one in judged):
        positions = tuple(sorted({position for one in judged for position in one.positions}))
        return [Reason("periods-met", "every period of every target was met, and their windows have ended", positions)]
    return _met(case, late=False)


def _met_late(case: Case) -> list[Reason]:
    return _met(case, late=True)


def _claimed(case: Case) -> list[Reason]:
    item = case.item
    if item.state != "met" or item.life is None or item.met_on is None:
        return []
    return [Reason("claimed", f"said to be met {item.met_on.wording}; no evidence was given", (item.life.position,))]


def _late(case: Case) -> list[Reason]:
    item = case.item
    last = item.last_day
    if last is None or item.due is None or item.on <= last:
        return []
    over = days((item.on - last).days)
    return [Reason("late", f"due {item.due.wording}, {over} past {last}", (item.due_by.position,))]


def _short(case: Case) -> list[Reason]:
    return [
        Reason(
            "period-short",
            f"{one.indicator}: {_amount(one)} in {one.period.label},"
            f" {one.terms.aim.replace('-', ' ')} {one.terms.amount.value:f} {one.terms.amount.unit} promised",
            one.positions,
        )
        for one in case.outcomes
        if one.outcome == "short" and (one.last_ended or one.window_ended)
    ]


def _at_risk(case: Case) -> list[Reason]:
    return at_risk(case.item, case.children, case.outcomes, case.expectations)


def _undated(case: Case) -> list[Reason]:
    item = case.item
    if (item.due and item.due.latest) or case.outcomes:
        return []
    what = f"due {item.due.wording} has no end" if item.due else "no due was stated"
    return [Reason("undated", f"{what}, and no target", (item.due_by.position,))]


def _planned(case: Case) -> list[Reason]:
    item = case.item
    if item.start and item.start.earliest and item.start_by and item.on < item.start.earliest:
        return [Reason("planned", f"starts {item.start.wording}", (item.start_by.position,))]
    if not case.outcomes or any(one.outcome != "future" for one in case.outcomes):
        return []
    return [
        Reason("planned", f"{one.indicator}: {one.period.label} is the first period", one.positions)
        for one in case.outcomes
        if one.outcome == "future"
    ]


def _unreported(case: Case) -> list[Reason]:
    reasons = [
        Reason("period-unreported", f"{one.indicator}: {_covered(one)} for {one.period.label}", one.positions)
        for one in case.outcomes
        if one.outcome == "unreported" and (one.last_ended or one.window_ended)
    ]
    return reasons + _silence(case)


def _silence(case: Case) -> list[Reason]:
    item = case.item
    bound = ago(item.on, UNREPORTED_DAYS)
    if item.made.effective >= bound:
        return []
    last = last_of(item.facts, case.keys, item.on, reports=True)
    if last is None:
        return [Reason("no-report", f"no report since it was made on {item.made.effective}", (item.made.position,))]
    if last.effective >= bound:
        return []
    back = days((item.on - last.effective).days)
    return [Reason("no-report", f"last report {last.effective}, {back} ago", (last.position,))]


def _on_track(case: Case) -> Reason:
    item = case.item
    last = last_of(item.facts, case.keys, item.on, reports=True)
    if last:
        return Reason("on-track", f"last report {last.effective}", (last.position,))
    back = days((item.on - item.made.effective).days)
    return Reason("on-track", f"made {back} ago, no report yet", (item.made.position,))


def evidence_of(item: Item) -> tuple[int, ...]:
    """The positions of the evidence that counts: given with the last standing `item.met`, or added since."""
    life = item.life
    if life is None:
        return ()
    found = [life.position] if any(one.proves for one in getattr(life.fact, "evidence", ())) else []
    for one in item.facts.chain(item.key, "evidence", on=item.on):
        fact: Any = one.fact
        if one.position > life.position and any(file.proves for file in fact.evidence):
            found.append(one.position)
    return tuple(found)


def _amount(one: Outcome) -> str:
    return f"{one.actual.value:f} {one.actual.unit}" if one.actual else "nothing"


def _covered(one: Outcome) -> str:
    return f"{_amount(one)} reported, not for the whole of it," if one.actual else "no actual"


TABLE: tuple[tuple[str, Callable[[Case], list[Reason]]], ...] = (
    ("withdrawn", _ended("withdrawn")),
    ("closed-short", _ended("closed-short")),
    ("met", _met_in_time),
    ("met-late", _met_late),
    ("claimed", _claimed),
    ("suspended", _ended("suspended")),
    ("late", _late),
    ("short", _short),
    ("at-risk", _at_risk),
    ("undated", _undated),
    ("planned", _planned),
    ("unreported", _unreported),
)
STATUSES = (*(status for status, _ in TABLE), "on-track")
"""Every status, in the order of the table."""
