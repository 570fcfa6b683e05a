"""Which tables go into a pack: what stood, and how its dues moved?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from domain.fuzzy import FuzzyDate
from exchange.sheet import BOARD, Cell, as_csv, board_rows
from ledger.line import stamp
from ledger.record import Record
from projections.asked import At
from projections.base import Base
from projections.moves import Move, moves
from projections.status import board

SLIPS = (
    *("position", "item", "from", "from by", "to", "to by", "days"),
    *("effective", "recorded", "actor", "approved by", "reason", "retracted by"),
)


def tables(record: Record, base: Base, at: At) -> dict[str, str]:
    """The board and the slips at a point of both time axes, as CSV by file name."""
    return {
        "status.csv": as_csv(BOARD, board_rows(board(base, at), at.on)),
        "slips.csv": as_csv(SLIPS, slip_rows(moves(record, base, at))),
    }


def slip_rows(found: Iterable[Move]) -> Iterator[Sequence[Cell]]:
    """Each move of a due, oldest first."""
    for one in found:
        moved, fact = one.moved, one.fact
        yield (
            *(moved.position, fact.item, *_dated(fact.previous), *_dated(fact.due), one.days),
            *(moved.effective.isoformat(), stamp(moved.recorded), moved.actor),
            *(fact.approved_by, fact.reason, one.retracted_by),
        )


def _dated(due: FuzzyDate | None) -> Sequence[Cell]:
    if due is None:
        return (None, None)
    return (due.wording, due.latest.isoformat() if due.latest else None)
