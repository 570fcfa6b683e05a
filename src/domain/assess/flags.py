"""What else must be seen beside the status?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.assess.case import Case
from domain.assess.item import Item, Reason
from domain.assess.outcome import Outcome
from domain.assess.thresholds import BACK_DATED_DAYS, MOVED_CLOSE_DAYS, SILENT_DAYS
from domain.assess.words import ago, dated, days, deadline
from domain.fold import Late, order
from domain.fuzzy import slip
from domain.recorded import Recorded
from domain.verdict import says

FLAGS = ("past-due", "late-vs-original", "moved", "moved-close", "back-dated", "silent", "disputed")
"""Every flag."""
FULFILLED = frozenset({"met", "met-late", "claimed"})


def flags_of(case: Case, status: str) -> list[Reason]:
    """The flags of an item with that status."""
    item = case.item
    flags = _past_due(item, status) + _late_vs_original(item, status, case.outcomes)
    if "due" in item.chains:
        flags += _moves(item)
    flags += _back_dated(item)
    if not item.closed and status not in FULFILLED:
        flags += _silent(case)
    if "verdict" in item.chains:
        flags += _disputed(item, status)
    return flags


def _past_due(item: Item, status: str) -> list[Reason]:
    if status not in ("suspended", "claimed") or not item.due or not item.last_day or item.on <= item.last_day:
        return []
    over = days((item.on - item.last_day).days)
    return [Reason("past-due", f"{status}, {over} past the due {deadline(item.due)}", _behind(item))]


def _behind(item: Item) -> tuple[int, ...]:
    """The positions of its due, and of the act that ended it or let it rest."""
    return tuple(sorted({item.due_by.position, (item.life or item.due_by).position}))


def _late_vs_original(item: Item, status: str, judged: list[Outcome]) -> list[Reason]:
    first: Any = item.facts.first_due.get(item.key)
    if first is None or first.effective > item.on or item.state == "withdrawn":
        return []
    due, until = first.fact.due, _until(item, status, judged)
    if due.latest is None or until <= due.grace_end:
        return []
    text = f"{days((until - due.grace_end).days)} past the original due {deadline(due)}"
    return [Reason("late-vs-original", text, tuple(sorted({first.position, *_behind(item)})))]


def _until(item: Item, status: str, judged: list[Outcome]) -> date:
    """The day up to which it took: when it was met or closed, else as-of."""
    if item.life and item.closed:
        met_on = item.met_on
        return met_on.latest if met_on and met_on.latest else item.life.effective
    return max(one.period.last for one in judged) if status == "met" else item.on


def _moves(item: Item) -> list[Reason]:
    moves = [one for one in item.chains["due"][0] if _previous(one)]
    if not moves:
        return []
    last: Any = moves[-1].fact
    times = "once" if len(moves) == 1 else f"{len(moves)} times"
    flags = [Reason("moved", f"moved {times}{_slipped(moves)}: {last.reason}", _positions(moves))]
    close = [one for one in moves if _moved_close(one)]
    if close:
        flags.append(Reason("moved-close", _how_close(close), _positions(close)))
    return flags


def _positions(facts: list[Recorded]) -> tuple[int, ...]:
    return tuple(one.position for one in facts)


def _previous(move: Recorded) -> Any:
    return getattr(move.fact, "previous", None)


def _slipped(moves: list[Recorded]) -> str:
    slips = [slip(_previous(one), one.fact.due) for one in moves]  # type: ignore[attr-defined]  # only moves lie there
    known = [one for one in slips if one is not None]
    if not known:
        return ""
    total = sum(known)
    return f", {days(abs(total))} {'earlier' if total < 0 else 'later'}{' in all' if len(moves) > 1 else ''}"


def _left(move: Recorded) -> int | None:
    """Days left to the due that was replaced, when it was; negative when it had passed."""
    latest: date | None = _previous(move).latest
    return (latest - move.effective).days if latest else None


def _moved_close(move: Recorded) -> bool:
    left = _left(move)
    return left is not None and left <= MOVED_CLOSE_DAYS


def _how_close(moves: list[Recorded]) -> str:
    last = moves[-1]
    left = _left(last) or 0
    when = f"{days(left)} before" if left > 0 else f"{days(-left)} after" if left else "on the last day of"
    return f"moved {last.effective}, {when} the due that it replaced: {dated(_previous(last))}"


def _back_dated(item: Item) -> list[Reason]:
    found = _late(item)
    if not found:
        return []
    at_first, on = _read_on(item), item.on.toordinal()
    late = {
        one.position: one.recorded - one.effective for one in found if one.effective <= on and one.recorded != at_first
    }
    if not late:
        return []
    most = days(max(late.values()))
    if len(late) == 1:
        text = f"1 observation recorded {most} after its day"
    else:
        text = f"{len(late)} observations recorded up to {most} after their days"
    return [Reason("back-dated", text, tuple(sorted(late)))]


def _late(item: Item) -> Sequence[Late]:
    if item.facts.late is not None:
        return item.facts.late.get(item.key, ())
    seen = (one for chains in item.chains.values() for chain in chains if not chain[0].fact.act for one in chain)
    return [late for one in seen if (late := late_of(one))]


def late_of(one: Recorded) -> Late | None:
    """An observation that was recorded long after its day; `recorded` is in the ledger's zone."""
    day = one.recorded.date()
    if one.fact.act or (day - one.effective).days <= BACK_DATED_DAYS:
        return None
    return Late(one.position, one.effective.toordinal(), day.toordinal())


def _read_on(item: Item) -> int | None:
    """The day on which the item was first recorded, if from a source: what else was read there that day is not late."""
    made = item.facts.fact(item.facts.key, "made", on=item.on)
    return None if getattr(made, "source", None) is None else item.made.recorded.date().toordinal()


def _silent(case: Case) -> list[Reason]:
    on, report = case.item.on, case.report
    if report and (on - report.effective).days <= SILENT_DAYS:
        return []
    latest = max((chain[-1] for item in case.all for chains in item.chains.values() for chain in chains), key=order)
    if (on - latest.effective).days <= SILENT_DAYS:
        return []
    text = f"nothing at all since {latest.effective}, {ago(latest.effective, on)}"
    return [Reason("silent", text, (latest.position,))]


def _disputed(item: Item, status: str) -> list[Reason]:
    against = "broken" if status in FULFILLED else "kept"
    flags = []
    for verdict in sorted((chain[-1] for chain in item.chains["verdict"]), key=lambda one: one.position):
        fact: Any = verdict.fact
        if says(fact, verdict.effective, item.last_day) == against:
            text = f"{fact.assessor} rates it {fact.rating} ({fact.scale}): {fact.reason}"
            flags.append(Reason("disputed", text, (verdict.position,)))
    return flags
