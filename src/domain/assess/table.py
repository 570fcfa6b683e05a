"""Which status holds? The table: the first row that holds."""

from __future__ import annotations

from collections.abc import Callable

from domain.assess.case import Case
from domain.assess.item import Item, Reason
from domain.assess.outcome import Outcome
from domain.assess.risk import at_risk
from domain.assess.thresholds import UNREPORTED_DAYS
from domain.assess.words import ago, ahead, beginning, dated, days, deadline
from domain.evidence import Evidence
from domain.life import ItemClosedShort, ItemMet, ItemSuspended, ItemWithdrawn
from domain.recorded import Recorded


def status_of(case: Case) -> tuple[str, list[Reason]]:
    """The status and its reasons."""
    for status, holds in TABLE if case.item.life else UNENDED:
        reasons = holds(case)
        if reasons:
            return status, reasons
    return "on-track", [_on_track(case)]


def _withdrawn(case: Case) -> list[Reason]:
    life = case.item.life
    if life is None or not isinstance(life.fact, ItemWithdrawn):
        return []
    instead = f", superseded by {life.fact.superseded_by}" if life.fact.superseded_by else ""
    return [Reason("withdrawn", f"withdrawn {life.effective}{instead}: {life.fact.reason}", (life.position,))]


def _closed_short(case: Case) -> list[Reason]:
    life = case.item.life
    if life is None or not isinstance(life.fact, ItemClosedShort):
        return []
    text = f"closed short {life.effective} with {life.fact.achieved}: {life.fact.reason}"
    return [Reason("closed-short", text, (life.position,))]


def _met(case: Case) -> list[Reason]:
    return _periods_met(case) or _proven(case.item, late=False)


def _met_late(case: Case) -> list[Reason]:
    return _proven(case.item, late=True)


def _periods_met(case: Case) -> list[Reason]:
    judged = case.outcomes
    if not judged or case.item.closed or not all(one.outcome == "met" and one.window_ended for one in judged):
        return []
    positions = {position for one in judged for position in one.positions}
    last = max(one.period.last for one in judged)
    return [Reason("periods-met", f"every period was met; the last ended {last}", tuple(sorted(positions)))]


def _proven(item: Item, *, late: bool) -> list[Reason]:
    life = item.life
    if life is None or not isinstance(life.fact, ItemMet):
        return []
    met, last = life.fact.met_on, item.last_day
    over = (met.latest - last).days if met.latest and last else 0
    proofs = evidence_of(item) if (over > 0) is late else ()
    if not proofs:
        return []
    behind = tuple(sorted({life.position, *proofs}))
    if late:
        grace = f" (its grace ended {last})" if item.due and item.due.approximate else ""
        text = f"met {dated(met)}, {days(over)} late{grace}, with evidence"
        return [Reason("met-late", text, (*behind, item.due_by.position))]
    return [Reason("met", f"met {dated(met)}, with evidence", behind)]


def evidence_of(item: Item) -> tuple[int, ...]:
    """The positions of the evidence that counts: files given with the last standing `item.met`, or added since."""
    return tuple(one.position for one in _given(item) if any(file.proves for file in _evidence(one)))


def _given(item: Item) -> list[Recorded]:
    """The being met, and what was given since then."""
    life = item.life
    added = [one for chain in item.chains.get("evidence", ()) for one in chain]
    return [life, *(one for one in added if one.position > life.position)] if life else []


def _evidence(one: Recorded) -> tuple[Evidence, ...]:
    given: tuple[Evidence, ...] = getattr(one.fact, "evidence", ())
    return given


def _claimed(case: Case) -> list[Reason]:
    life = case.item.life
    if life is None or not isinstance(life.fact, ItemMet):
        return []
    links = [one.position for one in _given(case.item) if _evidence(one)]
    but = "with a link, but without evidence" if links else "without evidence"
    text = f"said to be met {dated(life.fact.met_on)}, {but}"
    return [Reason("claimed", text, tuple(sorted({life.position, *links})))]


def _suspended(case: Case) -> list[Reason]:
    life = case.item.life
    if life is None or not isinstance(life.fact, ItemSuspended):
        return []
    return [Reason("suspended", f"suspended since {life.effective}: {life.fact.reason}", (life.position,))]


def _late(case: Case) -> list[Reason]:
    item = case.item
    if item.due is None or item.last_day is None or item.on <= item.last_day:
        return []
    over = days((item.on - item.last_day).days)
    return [Reason("late", f"{over} late: due {deadline(item.due)}", (item.due_by.position,))]


def _short(case: Case) -> list[Reason]:
    return [
        Reason("period-short", f"{one.indicator}: {one.reached} in {one.period.label}, {one.promised}", one.positions)
        for one in case.outcomes
        if one.outcome == "short" and one.decides
    ]


def _undated(case: Case) -> list[Reason]:
    due = case.item.due
    if (due and due.latest) or case.outcomes:
        return []
    text = f"due {due.wording}, which has no last day" if due else "no due was stated"
    return [Reason("undated", text, (case.item.due_by.position,))]


def _planned(case: Case) -> list[Reason]:
    item = case.item
    if item.start and item.start.earliest and item.on < item.start.earliest:
        text = f"starts {ahead(item.start.earliest, item.on)}: {beginning(item.start)}"
        return [Reason("planned", text, (item.start_by.position,))]
    if any(one.outcome != "future" for one in case.outcomes):
        return []
    return [
        Reason(
            "planned",
            f"{one.indicator}: its first period, {one.period.label}, begins {ahead(one.period.first, item.on)}",
            one.positions,
        )
        for one in case.outcomes
    ]


def _unreported(case: Case) -> list[Reason]:
    return [
        Reason("period-unreported", f"{one.indicator}: {one.reached} reported for {_gap(one)}", one.positions)
        for one in case.outcomes
        if one.outcome == "unreported" and one.decides
    ] + _silence(case)


def _gap(one: Outcome) -> str:
    return f"{one.period.label}, not for all of it" if one.actual else one.period.label


def _silence(case: Case) -> list[Reason]:
    on, made, report = case.item.on, case.item.made, case.report
    if (on - made.effective).days <= UNREPORTED_DAYS:
        return []
    if report is None:
        text = f"no report in {days(UNREPORTED_DAYS)}; none since it was made {ago(made.effective, on)}"
        return [Reason("no-report", text, (made.position,))]
    if (on - report.effective).days <= UNREPORTED_DAYS:
        return []
    text = f"no report in {days(UNREPORTED_DAYS)}; the last {ago(report.effective, on)}, {report.effective}"
    return [Reason("no-report", text, (report.position,))]


def _on_track(case: Case) -> Reason:
    on, made, report = case.item.on, case.item.made, case.report
    if report:
        return Reason("on-track", f"last report {ago(report.effective, on)}, {report.effective}", (report.position,))
    return Reason("on-track", f"made {ago(made.effective, on)}, no report yet", (made.position,))


TABLE: tuple[tuple[str, Callable[[Case], list[Reason]]], ...] = (
    ("withdrawn", _withdrawn),
    ("closed-short", _closed_short),
    ("met", _met),
    ("met-late", _met_late),
    ("claimed", _claimed),
    ("suspended", _suspended),
    ("late", _late),
    ("short", _short),
    ("at-risk", at_risk),
    ("undated", _undated),
    ("planned", _planned),
    ("unreported", _unreported),
)
UNENDED = tuple(row for row in TABLE if row[0] not in ("withdrawn", "closed-short", "met-late", "claimed", "suspended"))
"""The rows that can hold for an item in whose life nothing has happened yet: most items, so it saves much."""
STATUSES = (*(status for status, _ in TABLE), "on-track")
"""Every status, in the order of the table."""
