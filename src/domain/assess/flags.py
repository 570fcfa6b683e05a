"""What else must be seen beside the status?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.assess.item import Item, Reason, ago, days, last_of
from domain.assess.thresholds import BACK_DATED_DAYS, MOVED_CLOSE_DAYS, SILENT_DAYS
from domain.fuzzy import slip
from domain.recorded import Recorded
from domain.verdict import says

FULFILLED = frozenset({"met", "met-late", "claimed"})


def flags_of(item: Item, status: str, keys: list[str]) -> list[Reason]:
    """The flags of an item with that status; `keys` are the item and its milestones that count."""
    return [
        *_past_due(item, status),
        *_late_vs_original(item),
        *_moves(item),
        *_back_dated(item),
        *_silent(item, keys),
        *_disputed(item, status),
    ]


def _past_due(item: Item, status: str) -> Iterator[Reason]:
    last = item.last_day
    if status in ("suspended", "claimed") and last and item.on > last:
        yield Reason("past-due", f"{status}, and {last} has passed", (item.due_by.position,))


def _late_vs_original(item: Item) -> Iterator[Reason]:
    first = item.facts.first_due.get(item.key)
    due: Any = first.fact if first and first.effective <= item.on else None
    if first is None or due is None or due.due.grace_end is None or item.state == "withdrawn":
        return
    until = item.on
    if item.life and item.closed:
        until = item.met_on.latest if item.met_on and item.met_on.latest else item.life.effective
    late = (until - due.due.grace_end).days
    if late > 0:
        yield Reason("late-vs-original", f"{days(late)} after the original due {due.due.wording}", (first.position,))


def _moves(item: Item) -> Iterator[Reason]:
    moves = [one for one in item.facts.chain(item.key, "due", on=item.on) if _previous(one)]
    if not moves:
        return
    positions = tuple(one.position for one in moves)
    last: Any = moves[-1].fact
    times = "once" if len(moves) == 1 else f"{len(moves)} times"
    yield Reason("moved", f"moved {times}{_slipped(moves)}: {last.reason}", positions)
    close = [one for one in moves if _moved_close(one)]
    if close:
        text = f"moved within {MOVED_CLOSE_DAYS} days before, or after, the due that it replaced"
        yield Reason("moved-close", text, tuple(one.position for one in close))


def _previous(move: Recorded) -> Any:
    return getattr(move.fact, "previous", None)


def _slipped(moves: list[Recorded]) -> str:
    slips = [slip(_previous(one), one.fact.due) for one in moves]  # type: ignore[attr-defined]  # only moves lie there
    known = [one for one in slips if one is not None]
    return f", {sum(known):+d} days in all" if known else ""


def _moved_close(move: Recorded) -> bool:
    latest: date | None = _previous(move).latest
    return latest is not None and latest - move.effective <= timedelta(MOVED_CLOSE_DAYS)


def _back_dated(item: Item) -> Iterator[Reason]:
    late = {
        one.position: (one.recorded.date() - one.effective).days
        for one in item.facts.of(item.key)
        if one.effective <= item.on and back_dated(one) and not _read_at_first(item, one)
    }
    if late:
        text = f"{len(late)} recorded up to {days(max(late.values()))} after the day"
        yield Reason("back-dated", text, tuple(sorted(late)))


def back_dated(one: Recorded) -> bool:
    """Was an observation recorded long after its day? `recorded` is to be in the ledger's zone."""
    return not one.fact.act and (one.recorded.date() - one.effective).days > BACK_DATED_DAYS


def _read_at_first(item: Item, one: Recorded) -> bool:
    """Was it read from a source on the day when the item was first recorded?"""
    made: Any = item.facts.last(item.facts.key, "made")
    sourced = made is not None and made.fact.source is not None
    return sourced and one.recorded.date() == item.made.recorded.date()


def _silent(item: Item, keys: list[str]) -> Iterator[Reason]:
    if item.closed:
        return
    last = last_of(item.facts, keys, item.on, reports=False)
    if last and last.effective < ago(item.on, SILENT_DAYS):
        back = days((item.on - last.effective).days)
        yield Reason("silent", f"nothing at all since {last.effective}, {back} ago", (last.position,))


def _disputed(item: Item, status: str) -> Iterator[Reason]:
    for detail in item.facts.details(item.key, "verdict"):
        verdict = item.facts.last(item.key, "verdict", detail, item.on)
        if verdict is None:
            continue
        fact: Any = verdict.fact
        said = says(fact, verdict.effective, item.due.latest if item.due else None)
        against = "broken" if status in FULFILLED else "kept"
        if said == against:
            text = f"{fact.assessor} rates it {fact.rating} ({fact.scale}): {fact.reason}"
            yield Reason("disputed", text, (verdict.position,))
