"""Why does an item have its status? Each reason with the events behind it."""

from __future__ import annotations

import msgspec

from domain.assess import Assessed
from domain.assess.thresholds import THRESHOLDS
from domain.occasion import unknown
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.history import Event, events, retractions
from projections.show import judge
from projections.status import Because, because, title_at


class Why(msgspec.Struct, frozen=True):
    """An item's status with its reasons and flags, the events behind them, and the thresholds that they rest on."""

    key: str
    title: str
    status: str
    reasons: list[Because]
    flags: list[Because]
    events: list[Event]
    thresholds: dict[str, str]


def why(record: Record, base: Base, at: At, item: str) -> Why:
    """The reasons at a point, of a commitment or of a milestone. Refused: `unknown-key`."""
    judged = _item(judge(base, at, item), item)
    reasons, flags = because(judged.reasons), because(judged.flags)
    positions = sorted({position for one in (*reasons, *flags) for position in one.positions})
    lines = [one for position in positions for page in record.recorded(position - 1, position) for one in page]
    codes = {one.code for one in (*reasons, *flags)}
    return Why(
        item,
        title_at(judged),
        judged.status,
        reasons,
        flags,
        list(events(lines, retractions(base, at))),
        {code: text for code, text in THRESHOLDS.items() if code in codes},
    )


def _item(judged: Assessed, key: str) -> Assessed:
    for one in (judged, *judged.milestones):
        if one.item.key == key:
            return one
    raise unknown(f"commitment/{key}")
