"""How do the board and the list of what is due look as a table for a spreadsheet?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TextIO

from domain.fuzzy import FuzzyDate
from domain.quantity import text as amount
from projections.due import DueItem
from projections.status import Because, BoardItem, Checkpoint, Stretch

BOARD = (
    *("key", "title", "kind", "programme", "promisors", "promisees", "owner"),
    *("due", "due from", "due by", "days left", "status", "why", "flags"),
    *("progress", "targets", "forecast", "forecast by", "met on", "met by", "original due", "original due by"),
    "last position",
)
DUE = ("what", "key", "title", "due", "due by", "days left", "status")

ACTUALS = ("position", "key", "indicator", "period", "period from", "period by", "amount", "unit", "effective", "actor")

FORMULA = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet would take for a formula; or that would look like one that was made safe."""

Cell = str | int | Decimal | None


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table in CSV (RFC 4180, but with LF). Text that a spreadsheet would compute gets an apostrophe before it."""
    out = io.StringIO()
    write_csv(out, head, rows)
    return out.getvalue()


def write_csv(out: TextIO, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The same, row by row as they come."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)


def board_rows(items: Iterable[BoardItem], on: date) -> Iterator[Sequence[Cell]]:
    """Each commitment, and each of its milestones below it. Dates as worded, and as days."""
    for item in items:
        yield (
            *(item.key, item.title, item.kind, item.programme),
            *("; ".join(item.promisors), "; ".join(item.promisees), item.owner),
            *_due(item.due, on),
            *(item.status, _sentences(item.reasons), ", ".join(flag.code for flag in item.flags)),
            *(item.progress, "; ".join(map(_target, item.targets))),
            *(*_dated(item.forecast), *_dated(item.met_on), *_dated(item.original_due)),
            item.last_position,
        )
        for milestone in item.milestones:
            yield _milestone(milestone, on)


def due_rows(items: Iterable[DueItem]) -> Iterator[Sequence[Cell]]:
    """What is due, soonest first."""
    for one in items:
        yield (one.what, one.key, one.title, *_dated(one.due), one.days_left, one.status)


def _milestone(one: Checkpoint, on: date) -> Sequence[Cell]:
    nothing = (None,)
    return (
        *(one.key, one.title, *nothing * 5),
        *_due(one.due, on),
        *(one.status, *nothing * 4),
        *(*_dated(one.forecast), *_dated(one.met_on), *nothing * 3),
    )


def _due(due: FuzzyDate | None, on: date) -> Sequence[Cell]:
    if due is None:
        return (None,) * 4
    left = (due.latest - on).days if due.latest else None
    return (due.wording, _day(due.earliest), _day(due.latest), left)


def _dated(fuzzy: FuzzyDate | None) -> Sequence[Cell]:
    return (fuzzy.wording, _day(fuzzy.latest)) if fuzzy else (None, None)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _target(one: Stretch) -> str:
    actual = amount(one.actual) if one.actual else "nothing"
    return f"{one.indicator} {one.period}: {actual} of {amount(one.amount)}, {one.outcome}"


def _sentences(reasons: Iterable[Because]) -> str:
    return "; ".join(reason.text for reason in reasons)


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet computes: an apostrophe before what would be a formula, which import takes away."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
