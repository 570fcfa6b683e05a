"""What is a fact, before and after it is recorded?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import msgspec

from domain.fuzzy import FuzzyDate

if TYPE_CHECKING:
    from domain.fold import Facts
    from domain.occasion import Occasion


UNRECORDED = 2**62
"""Positions above it belong to facts that are decided and not recorded yet: after everything that is."""


class Slot(msgspec.Struct, frozen=True, gc=False):
    """What a fact settles, so that a later one takes its place: the due of `fibre`, the actual of `oil` in 2026."""

    item: str
    what: str
    detail: str = ""

    def __iter__(self) -> Iterator[str]:
        """Its parts, as questions about what stands take them: `facts.last(*slot)`."""
        return iter((self.item, self.what, self.detail))


class Fact(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """The `data` of a stored line. A subclass is one stored name, never edited; absent fields are left out."""

    stored: ClassVar[str]
    """The stored name, `noun.fact.vN`."""
    since: ClassVar[str] = "0.1.0"
    """The version of pledger that first wrote it."""
    noun: ClassVar[str] = "commitment"
    """The kind of stream it lies in."""
    act: ClassVar[bool] = True
    """Acts form chains in order of their effective days; observations may be back-dated."""
    opens: ClassVar[bool] = False
    """Does it open its item or target, so that nothing else of it can stand without it?"""
    taken_in: ClassVar[frozenset[str]] = frozenset({"open", "suspended"})
    """The states of its item in which it is taken."""

    def settles(self, key: str) -> tuple[Slot, ...]:
        """The slots it fills in the stream of `key`."""
        raise NotImplementedError

    def names(self) -> tuple[str, ...]:
        """The subjects elsewhere, and the items, that must exist for it: `party/az`, `commitment/fibre`."""
        return ()

    def check(self, at: Occasion, facts: Facts) -> None:
        """Refuse what its own rule forbids, given its stream and all else that stands: on entry, import and verify."""

    def takes_back(self) -> str | None:
        """The id of the fact that it retracts; only a retraction does."""
        return None

    def about(self, key: str) -> str:
        """The item that it is about, in the stream of `key`."""
        return self.settles(key)[0].item


class New(NamedTuple):
    """A fact that a decision wants recorded: `subject` is the stream, `effective` the day on which it was true."""

    subject: str
    fact: Fact
    effective: date


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """A fact with its place in the ledger. `recorded` is an instant in UTC, `version` its place in its stream."""

    position: int
    id: str
    subject: str
    version: int
    recorded: datetime
    effective: date
    actor: str
    command: str
    fact: Fact

    @property
    def place(self) -> str:
        """How a sentence names it: `#154`."""
        return f"#{self.position}" if self.position < UNRECORDED else "in this same command"


def alike(one: object, other: object) -> bool:
    """Do two facts, or parts of them, say the same? The wording of a date does not count."""
    if isinstance(one, FuzzyDate) and isinstance(other, FuzzyDate):
        return one.same_as(other)
    if isinstance(one, msgspec.Struct) and type(one) is type(other):
        return all(alike(getattr(one, name), getattr(other, name)) for name in one.__struct_fields__)
    return one == other
