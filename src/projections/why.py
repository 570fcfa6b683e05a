"""Why does an item have its status? Each reason with the events behind it."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.assess import Assessed, assess
from domain.assess.thresholds import THRESHOLDS
from domain.assess.turn import turn
from domain.assess.ways import ways
from domain.occasion import unknown
from ledger.record import Record
from projections.asked import At, Elsewhere
from projections.base import Base
from projections.history import Event, events, retractions
from projections.show import judge
from projections.status import Because, because, title_at


class Turn(msgspec.Struct, frozen=True):
    """The first day on which another status holds, if nothing is recorded until then; and what would put it off."""

    on: date
    status: str
    reasons: list[Because]
    put_off: list[str]


class Why(msgspec.Struct, frozen=True):
    """An item's status with its reasons and flags, the events behind them, and the thresholds that they rest on.

    `changes`: what would have to be recorded for the status to change. `turn`: how time alone changes it, if it does
    within ten years.
    """

    key: str
    title: str
    status: str
    reasons: list[Because]
    flags: list[Because]
    events: list[Event]
    thresholds: dict[str, str]
    changes: list[str]
    turn: Turn | None


def why(record: Record, base: Base, at: At, item: str) -> Why:
    """The reasons at a point, of a commitment or of a milestone. Refused: `unknown-key`."""
    judged = _item(judge(base, at, item), item)
    reasons, flags = because(judged.reasons), because(judged.flags)
    positions = sorted({position for one in (*reasons, *flags) for position in one.positions})
    lines = [record.recorded_at(position) for position in positions]
    turned = _turn(base, at, judged)
    codes = {one.code for one in (*reasons, *flags, *(turned.reasons if turned else ()))}
    return Why(
        item,
        title_at(judged),
        judged.status,
        reasons,
        flags,
        list(events(lines, retractions(base, at))),
        {code: text for code, text in THRESHOLDS.items() if code in codes},
        ways(judged.case, judged.reasons),
        turned,
    )


def _turn(base: Base, at: At, judged: Assessed) -> Turn | None:
    elsewhere = Elsewhere(base, at)

    def judge(on: date) -> Assessed:
        commitment = assess(judged.item.facts, on, elsewhere)
        assert commitment  # what stands today stands on later days, by the same facts
        return _item(commitment, judged.item.key)

    turned = turn(judged, judge)
    if turned is None:
        return None
    return Turn(turned.item.on, turned.status, because(turned.reasons), ways(turned.case, turned.reasons))


def _item(judged: Assessed, key: str) -> Assessed:
    for one in (judged, *judged.milestones):
        if one.item.key == key:
            return one
    raise unknown(f"commitment/{key}")
