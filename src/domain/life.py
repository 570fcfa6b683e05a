"""How does an item end, rest and begin again?"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain.due import start_of
from domain.evidence import Evidence, check_evidence, tidy
from domain.fold import Facts
from domain.fuzzy import FuzzyDate
from domain.milestone import open_milestones
from domain.occasion import CLOSED, Occasion, chain_end, state_of, stream_of
from domain.recorded import Fact, New, Slot, alike
from domain.refused import Refused
from domain.target import indicators
from domain.text import check_key, maybe, required, text
from domain.text import key as key_of


class LifeAct(Fact, frozen=True, kw_only=True):
    """What all acts of an item's life have in common; `state` is what the item is afterwards."""

    state: ClassVar[str]

    item: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        return (Slot(self.item, "life"),)


class ItemMet(LifeAct, frozen=True, kw_only=True):
    """It was fulfilled, on a day that may be fuzzy."""

    stored: ClassVar[str] = "item.met.v1"
    state: ClassVar[str] = "met"

    met_on: FuzzyDate
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def check(self, at: Occasion, facts: Facts) -> None:
        check_evidence(self.evidence)
        _check_met_on(at, facts, self)
        if self.item != facts.key:
            return
        targets = indicators(facts)
        if targets:
            raise Refused(
                "targets-decide",
                f"{self.item} has a target ({', '.join(targets)}), and its actuals decide."
                f" Report them with: pledger actual {self.item}.",
            )
        still = open_milestones(facts)
        if still:
            raise Refused(
                "open-milestones", f"{self.item} has open milestones: {', '.join(still)}. Meet or withdraw them first."
            )


class ItemClosedShort(LifeAct, frozen=True, kw_only=True):
    """It ended with less than was promised."""

    stored: ClassVar[str] = "item.closed-short.v1"
    state: ClassVar[str] = "closed-short"

    achieved: str
    reason: str
    evidence: tuple[Evidence, ...] = ()

    def check(self, at: Occasion, facts: Facts) -> None:
        check_evidence(self.evidence)


class Reasoned(LifeAct, frozen=True, kw_only=True):
    """An act of an item's life that carries nothing but a reason."""

    reason: str


class ItemSuspended(Reasoned, frozen=True, kw_only=True):
    """It rests."""

    stored: ClassVar[str] = "item.suspended.v1"
    state: ClassVar[str] = "suspended"
    taken_in: ClassVar[frozenset[str]] = frozenset({"open"})


class ItemResumed(Reasoned, frozen=True, kw_only=True):
    """It goes on."""

    stored: ClassVar[str] = "item.resumed.v1"
    state: ClassVar[str] = "open"
    taken_in: ClassVar[frozenset[str]] = frozenset({"suspended"})


class ItemReopened(Reasoned, frozen=True, kw_only=True):
    """It had been closed and is open again; when it was met is cleared, all else stays."""

    stored: ClassVar[str] = "item.reopened.v1"
    state: ClassVar[str] = "open"
    taken_in: ClassVar[frozenset[str]] = CLOSED

    def check(self, at: Occasion, facts: Facts) -> None:
        state = state_of(facts, facts.key)
        if self.item != facts.key and state in CLOSED:
            raise Refused("wrong-state", f"{facts.key} is {state}; reopen it before its milestone {self.item}.")


class ItemWithdrawn(Reasoned, frozen=True, kw_only=True):
    """It is promised no longer."""

    stored: ClassVar[str] = "item.withdrawn.v1"
    state: ClassVar[str] = "withdrawn"

    superseded_by: str | None = None

    def names(self) -> tuple[str, ...]:
        return (f"commitment/{self.superseded_by}",) if self.superseded_by else ()

    def check(self, at: Occasion, facts: Facts) -> None:
        if self.superseded_by is None:
            return
        check_key(self.superseded_by, "key of a commitment")
        if self.superseded_by == self.item:
            raise Refused(
                "superseded-by-itself", f"{self.item} cannot be superseded by itself. Name the commitment in its place."
            )


def meet(
    at: Occasion,
    item: str,
    *,
    met_on: FuzzyDate,
    note: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> list[New]:
    """Fulfilled on `met_on`; effective as asked, else as early as the chain allows.

    Refused: `open-milestones`, `targets-decide`, `met-before-start`, `met-in-future`, `bad-date`, `wrong-state`.
    """
    fact = ItemMet(item=item, met_on=met_on, note=maybe(note, "note"), evidence=tidy(evidence))
    last = chain_end(at.facts(item), item, "life")
    earliest = min(met_on.latest or at.today, at.today)
    return _live(at, fact, at.on or (max(earliest, last.effective) if last else earliest))


def close_short(
    at: Occasion, item: str, *, achieved: str, because: str | None, evidence: tuple[Evidence, ...] = ()
) -> list[New]:
    """Refused: `wrong-state`, `no-reason`, `blank`."""
    return _live(
        at,
        ItemClosedShort(
            item=item,
            achieved=text(achieved, "account of what was achieved"),
            reason=required(because),
            evidence=tidy(evidence),
        ),
    )


def suspend(at: Occasion, item: str, *, because: str | None) -> list[New]:
    """Refused: `wrong-state`, `no-reason`."""
    return _live(at, ItemSuspended(item=item, reason=required(because)))


def resume(at: Occasion, item: str, *, because: str | None) -> list[New]:
    """Refused: `wrong-state`, `no-reason`."""
    return _live(at, ItemResumed(item=item, reason=required(because)))


def reopen(at: Occasion, item: str, *, because: str | None) -> list[New]:
    """Refused: `wrong-state`, `no-reason`."""
    return _live(at, ItemReopened(item=item, reason=required(because)))


def withdraw(at: Occasion, item: str, *, because: str | None, superseded_by: str | None = None) -> list[New]:
    """Refused: `wrong-state`, `no-reason`, `unknown-key`, `superseded-by-itself`."""
    by = key_of(superseded_by) if superseded_by else None
    return _live(at, ItemWithdrawn(item=item, reason=required(because), superseded_by=by))


def _live(at: Occasion, fact: LifeAct, effective: date | None = None) -> list[New]:
    """The same act as the last of its life records nothing."""
    if alike(at.facts(fact.item).fact(fact.item, "life"), fact):
        return []
    return at.record(stream_of(fact.item), fact, effective=effective)


def _check_met_on(at: Occasion, facts: Facts, fact: ItemMet) -> None:
    met_on = fact.met_on
    if met_on.latest is None:
        raise Refused("bad-date", f"{met_on.wording} has no end. Say when it was met, as closely as is known.")
    if met_on.earliest and met_on.earliest > at.effective:
        raise Refused(
            "met-in-future",
            f"{met_on.wording} is after {at.effective}, the effective day of this. Record it once it is met.",
        )
    start = start_of(facts) if fact.item == facts.key else None  # a milestone has none
    if start and start.earliest and met_on.latest < start.earliest:
        raise Refused("met-before-start", f"{met_on.wording} is before the start, {start.wording}. Restate the start.")
