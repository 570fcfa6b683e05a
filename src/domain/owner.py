"""Which office looks after it?"""

from __future__ import annotations

from typing import ClassVar

from domain.due import check_change
from domain.fold import Facts
from domain.occasion import Occasion
from domain.recorded import Fact, New, Slot
from domain.text import text


class OwnerAssigned(Fact, frozen=True, kw_only=True):
    """An office takes a commitment over."""

    stored: ClassVar[str] = "owner.assigned.v1"

    previous: str | None = None
    owner: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(key, "owner"),)

    def check(self, at: Occasion, facts: Facts) -> None:
        check_change(self.previous, owner_of(facts), self.owner)


def assign(at: Occasion, key: str, owner: str) -> list[New]:
    """The office in charge again records nothing. Refused: `unknown-key`, `wrong-state`, `out-of-order`, `blank`."""
    facts, owner = at.facts(key), text(owner, "owner")
    previous = owner_of(facts)
    if previous == owner:
        return []
    return at.record(facts.subject, OwnerAssigned(previous=previous, owner=owner))


def owner_of(facts: Facts) -> str | None:
    """The office in charge."""
    fact = facts.fact(facts.key, "owner") or facts.fact(facts.key, "made")
    return getattr(fact, "owner", None)
