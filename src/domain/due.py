"""By when was it promised, and how does that move?"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.occasion import Occasion, stream_of
from domain.recorded import Fact, New, Slot, alike
from domain.refused import Refused
from domain.text import required, same_office, text


class DueMoved(Fact, frozen=True, kw_only=True):
    """The promise itself changed, on the record. `previous` is the due that it replaces, absent when there was none."""

    stored: ClassVar[str] = "due.moved.v1"

    item: str
    previous: FuzzyDate | None = None
    due: FuzzyDate
    reason: str
    approved_by: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.item, "due"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        check_approval(self.approved_by, at.actor)
        if self.item == facts.key:  # a milestone has no start
            check_due(start_of(facts), self.due)
        check_change(self.previous, due_of(facts, self.item), self.due)


def move_due(at: Occasion, item: str, to: FuzzyDate, *, because: str | None, approved_by: str | None) -> list[New]:
    """Re-baseline: the original due stays, the current one moves. To the due in force, it records nothing.

    Refused: `wrong-state`, `no-reason`, `no-approver`, `own-approval`, `due-before-start`, `out-of-order`.
    """
    if not approved_by or not approved_by.strip():
        raise Refused(
            "no-approver", 'A due moves only with a reason and an approver: --because "…" --approved-by OFFICE.'
        )
    previous = due_of(at.facts(item), item)
    if previous and previous.same_as(to):
        return []
    return at.record(
        stream_of(item),
        DueMoved(
            item=item, previous=previous, due=to, reason=required(because), approved_by=text(approved_by, "approver")
        ),
    )


def due_of(facts: Facts, item: str, on: date | None = None) -> FuzzyDate | None:
    """The current due of an item."""
    fact = facts.fact(item, "due", on=on) or facts.fact(item, "made", on=on)
    due: FuzzyDate | None = getattr(fact, "due", None)
    return due


def start_of(facts: Facts, on: date | None = None) -> FuzzyDate | None:
    """The start of a commitment, as made or restated."""
    restated = facts.fact(facts.key, "field", "start", on)
    if restated:
        start: FuzzyDate | None = restated.changes["start"].to  # type: ignore[attr-defined]  # only restatements lie there
        return start
    return getattr(facts.fact(facts.key, "made", on=on), "start", None)


def check_due(start: FuzzyDate | None, due: FuzzyDate | None) -> None:
    """Nothing is due before it starts. Refused: `due-before-start`."""
    if start and due and start.earliest and due.latest and due.latest < start.earliest:
        raise Refused(
            "due-before-start", f"The due {due.wording} ends on {due.latest}, before the start {start.wording}."
        )


def check_approval(approved_by: str, actor: str) -> None:
    """Nobody approves their own move, in any spelling. Refused: `own-approval`."""
    if same_office(approved_by, actor):
        raise Refused(
            "own-approval", f"{actor} records this and cannot approve it. Name another office with --approved-by."
        )


def check_previous(stated: object, in_force: object) -> None:
    """A change carries the value that it replaces. Refused: `wrong-previous`."""
    if stated != in_force:
        raise Refused("wrong-previous", "The previous value that it states is not the one that was in force.")


def check_change(stated: object, in_force: object, new: object) -> None:
    """The same, and it changes something. Refused: `wrong-previous`, `nothing-changed`."""
    check_previous(stated, in_force)
    if alike(in_force, new):
        raise Refused("nothing-changed", "The new value that it states was in force already.")
