"""What do the cells of a row mean, one by one?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeVar, get_args

from domain.amount import Measure
from domain.commitment import CommitmentKind
from domain.entry import fuzzy_date
from domain.fuzzy import FuzzyDate
from domain.recorded import New
from domain.refused import Refused
from domain.target import Aim
from domain.text import choice, text
from domain.text import item as item_of
from domain.text import key as key_of
from exchange.columns import Entry
from exchange.finding import Findings
from exchange.names import Names, several

T = TypeVar("T")

TEXTS = ("title", "statement", "locator", "owner", "because", "approved by")
CHOICES: dict[str, tuple[Any, str]] = {
    "kind": (CommitmentKind, "kind of commitment"),
    "measure": (Measure, "measure"),
    "aim": (Aim, "aim"),
}
SAME = frozenset({"did-you-mean", "no-key-for", "duplicate-key", "unknown-key"})
"""Refusals that one cause may bring upon many rows; their sentence tells it."""

ABOUT = {
    "bad-window": "window",
    "cycle": "after",
    "due-before-start": "due",
    "no-approver": "approved by",
    "no-reason": "because",
    "own-approval": "approved by",
}
"""The column that a decision's refusal is about."""


class Cells:
    """Reads the cells of one row. What cannot be read is a finding, and `sound` is false then."""

    def __init__(self, entry: Entry, findings: Findings) -> None:
        self.entry = entry
        self.sound = True
        self._findings = findings

    def note(self, column: str, refused: Refused) -> None:
        """Something is wrong in a column."""
        self.sound = False
        cause = refused.sentence if refused.code in SAME else None
        self._findings.add(self.entry.finding(column, refused), cause)

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """What a cell means; None where it is empty or cannot be read."""
        cell = self.entry.cells.get(column)
        if cell is None:
            return None
        try:
            return parse(cell)
        except Refused as refused:
            self.note(column, refused)
            return None

    def decide(self, column: str, decision: Callable[[], list[New]]) -> list[New]:
        """What a decision records; its refusal is a finding, in the column that it is about if it says so."""
        try:
            return decision()
        except Refused as refused:
            self.note(ABOUT.get(refused.code, column), refused)
            return []

    def words(self) -> dict[str, Any]:
        """The texts and choices of the row, of columns that are not empty."""
        said: dict[str, Any] = {name: self.read(name, partial(_worded, name)) for name in TEXTS}
        said |= {name: self.read(name, partial(_chosen, *allowed)) for name, allowed in CHOICES.items()}
        said["tags"] = self.read("tags", lambda cell: tuple(key_of(tag, "tag") for tag in several(cell)))
        return {name: value for name, value in said.items() if value is not None}

    def named(self, names: Names) -> dict[str, Any]:
        """The parties, programme and source of the row; new ones are made."""
        said: dict[str, Any] = {
            column: self.read(column, lambda cell: tuple(names.party(one) for one in several(cell)))
            for column in ("promisors", "promisees")
        }
        said["programme"] = self.read("programme", names.programme)
        said["source"] = self.read("source", names.source)
        return {name: value for name, value in said.items() if value is not None}

    def date(self, column: str, today: date, stands: FuzzyDate | None = None) -> FuzzyDate | None:
        """A date; the words of the one that stands mean that one, whatever they would mean today."""
        return self.read(column, lambda cell: stands if stands and cell == stands.wording else fuzzy_date(cell, today))

    def items(self, column: str) -> tuple[str, ...] | None:
        """Commitments and milestones."""
        return self.read(column, lambda cell: tuple(item_of(one) for one in several(cell)))


def _worded(what: str, cell: str) -> str:
    return text(cell, what)


def _chosen(allowed: Any, what: str, cell: str) -> Any:
    try:
        return choice(allowed, cell, what)
    except Refused as refused:
        near = get_close_matches(cell.lower(), get_args(allowed), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise Refused("bad-choice", f"{refused.sentence}{hint}") from None
