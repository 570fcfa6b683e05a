"""Which tables go out to spreadsheets: the board, what is due, slips, actuals, activity?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from domain.actual import ActualReported
from domain.fuzzy import FuzzyDate
from domain.recorded import Recorded
from exchange.outgoing import Outgoing, counted, everything
from exchange.sheet import ACTUALS, BOARD, DUE, Cell, board_rows, due_rows
from projections.due import due_of
from projections.rows import LAST_DAY
from projections.said import about, said
from projections.slips import slipped
from projections.status import board_item

Kind = Literal["string", "integer", "number", "date"]

SLIPS = (
    *("position", "item", "from", "from by", "to", "to by", "days", "days before"),
    *("effective", "actor", "approved by", "reason"),
)
ACTIVITY = ("position", "effective", "recorded", "item", "what", "said", "actor")

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("position", "last position", "days left", "days", "days before"), "integer"),
    **dict.fromkeys(("due from", "due by", "forecast by", "met by", "original due by", "from by", "to by"), "date"),
    **dict.fromkeys(("period from", "period by", "effective", "recorded"), "date"),
    "amount": "number",
}
"""What is in a column, by its name; text where nothing is said."""


class Sheet(NamedTuple):
    """A table with its head; `about` says in a sentence what it is."""

    name: str
    about: str
    head: tuple[str, ...]
    rows: list[Sequence[Cell]]

    @property
    def kinds(self) -> list[Kind]:
        """What is in each column."""
        return [KINDS.get(name, "string") for name in self.head]


def sheet(out: Outgoing, name: str, within: int) -> Sheet:
    """A table by its name; `within` is how many days what is due goes ahead."""
    about, head, rows = SHEETS[name]
    return Sheet(name, about, head, list(rows(out, within)))


def _board(out: Outgoing, _: int) -> Iterator[Sequence[Cell]]:
    return board_rows((board_item(one, out.last(one)) for one in out.commitments), out.at.on)


def _due(out: Outgoing, within: int) -> Iterator[Sequence[Cell]]:
    until = date.fromordinal(min(out.at.on.toordinal() + within, LAST_DAY - 1))
    found = [due for one in out.commitments for due in due_of(one, until)]
    return due_rows(sorted(found, key=lambda one: (one.days_left, one.key)))


def _slips(out: Outgoing, _: int) -> Iterator[Sequence[Cell]]:
    moves = [move for one in out.commitments for move in slipped(one).moves]
    for one in sorted(moves, key=lambda move: move.position):
        yield (
            *(one.position, one.item, *_worded(one.before), *_worded(one.after), one.days, one.left),
            *(_day(one.effective), one.actor, one.approved_by, one.reason),
        )


def _actuals(out: Outgoing, _: int) -> Iterator[Sequence[Cell]]:
    for commitment in out.commitments:
        for by in counted(commitment, "actual"):
            fact = by.fact
            assert isinstance(fact, ActualReported)
            period, amount = fact.period, fact.quantity
            yield (
                *(by.position, commitment.item.key, fact.indicator),
                *(period.wording, _day(period.earliest), _day(period.latest)),
                *(amount.value, amount.unit, _day(by.effective), by.actor),
            )


def _activity(out: Outgoing, _: int) -> Iterator[Sequence[Cell]]:
    rows = [_said(by) for one in out.commitments for by in everything(one)]
    yield from sorted(rows, key=lambda row: row[0])


def _said(by: Recorded) -> tuple[Any, ...]:
    days = _day(by.effective), _day(by.recorded.date())
    return by.position, *days, about(by.subject, by.fact), by.fact.stored, said(by.fact), by.actor


SHEETS: dict[str, tuple[str, tuple[str, ...], Callable[[Outgoing, int], Iterator[Sequence[Cell]]]]] = {
    "board": ("Every commitment with its status and why, and its milestones below it", BOARD, _board),
    "due": ("What falls due, soonest first", DUE, _due),
    "slips": ("Every move of a due, oldest first", SLIPS, _slips),
    "actuals": ("What was reported of each period", ACTUALS, _actuals),
    "activity": ("What was recorded and stands, oldest first", ACTIVITY, _activity),
}
"""Every table by its name: what it is, its head, and how its rows are made."""


def _worded(date: FuzzyDate | None) -> Sequence[Cell]:
    return (date.wording, _day(date.latest)) if date else (None, None)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
