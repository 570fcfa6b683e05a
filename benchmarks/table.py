"""How is what was measured told, with its bars?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from benchmarks.measure import Beside, said

HEAD = ("what", "events", "measured", "spread", "bar", "", "then", "", "ours", "reference")


class Bar(NamedTuple):
    """What a budget asks for: at most so much, or at least."""

    limit: float
    most: bool = True

    def met(self, value: float) -> bool:
        """Is the budget kept?"""
        return value <= self.limit if self.most else value >= self.limit


@dataclass(frozen=True)
class Row:
    """One line of the table. Without a `value` it was not measured, and `ours` says why."""

    what: str
    size: int
    value: float | None
    bar: Bar | None = None
    then: Bar | None = None
    spread: tuple[float, float] | None = None
    ours: str = ""
    theirs: str = ""
    unit: str = "x"

    def cells(self) -> tuple[str, ...]:
        """As text, in the order of `HEAD`."""
        low, high = self.spread or (0.0, 0.0)
        return (
            self.what,
            f"{self.size:,}",
            "-" if self.value is None else self._number(self.value),
            f"{low:.3g}-{high:.3g}" if self.spread else "",
            *self._judged(self.bar, "met", "MISS"),
            *self._judged(self.then, "met", "not yet"),
            self.ours,
            self.theirs,
        )

    def _judged(self, bar: Bar | None, good: str, bad: str) -> tuple[str, str]:
        if bar is None:
            return "", ""
        sign = "<=" if bar.most else ">="
        verdict = "" if self.value is None else good if bar.met(self.value) else bad
        return f"{sign} {self._number(bar.limit)}", verdict

    def _number(self, value: float) -> str:
        return f"{value:.0f} {self.unit}" if value >= 100 else f"{value:.3g} {self.unit}"


def longer(what: str, size: int, beside: Beside, bar: Bar | None = None, then: Bar | None = None) -> Row:
    """A row that says how many times as long as the reference it takes."""
    ours, theirs = said(median(beside.ours)), said(median(beside.theirs))
    return Row(what, size, beside.ratio, bar, then, beside.spread, ours, theirs)


def faster(what: str, size: int, beside: Beside, bar: Bar | None = None, then: Bar | None = None) -> Row:
    """A row that says how many times as fast as the reference it is."""
    low, high = beside.spread
    ours, theirs = said(median(beside.ours)), said(median(beside.theirs))
    return Row(what, size, 1 / beside.ratio, bar, then, (1 / high, 1 / low), ours, theirs)


def missing(what: str, size: int, why: str, bar: Bar | None = None, unit: str = "x") -> Row:
    """A row that cannot be measured."""
    return Row(what, size, None, bar, ours=why, unit=unit)


def table(rows: Iterable[Row]) -> str:
    """A Markdown table that can be read as it is."""
    return aligned([HEAD, *(row.cells() for row in rows)])


def aligned(cells: Sequence[Sequence[str]]) -> str:
    """Rows of cells, the first one the head, with columns of even width."""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
