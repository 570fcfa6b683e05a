"""What was recorded in error, and may it be taken back?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from domain.fold import Facts, order
from domain.occasion import Occasion, admit
from domain.recorded import Fact, New, Recorded, Slot
from domain.refused import Refused
from domain.text import required, shown


class EventRetracted(Fact, frozen=True, kw_only=True):
    """A fact is taken back, on the recorded axis only. `event` is its id, `type` its stored name."""

    stored: ClassVar[str] = "event.retracted.v1"
    noun: ClassVar[str] = "any"

    event: str
    type: str
    reason: str

    def settles(self, key: str) -> tuple[Slot, ...]:
        """It settles nothing: it takes away what another settled."""
        return ()

    def takes_back(self) -> str | None:
        return self.event

    def about(self, key: str) -> str:
        return key

    def check(self, at: Occasion, facts: Facts) -> None:
        check_retraction(at, facts, self)


def retract(at: Occasion, target: Recorded, *, because: str | None) -> list[New]:
    """Take a fact back, or put one back whose retraction is retracted.

    What is retracted already records nothing. Refused: `never-retracted`, `retract-later-first`, `no-reason`.
    """
    facts = at.known.facts(target.subject)
    fact = EventRetracted(event=target.id, type=target.fact.stored, reason=required(because))
    if target.id in facts.retracted:
        return []
    return at.record(target.subject, fact)


def undo(at: Occasion, commands: Iterable[Sequence[Recorded]], *, because: str = "undo") -> list[New]:
    """Retract the newest command that still has standing facts other than retractions, newest fact first.

    `commands` are this actor's, newest first. Refused: `nothing-to-undo`, `retract-later-first`.
    """
    for command in commands:
        standing = [one for one in command if _can_be_undone(at, one)]
        if standing:
            return [new for one in reversed(standing) for new in retract(at, one, because=because)]
    raise Refused("nothing-to-undo", f"{at.actor} has recorded nothing that still stands.")


def check_retraction(at: Occasion, facts: Facts, fact: EventRetracted) -> None:
    """Refused: `unknown-event`, `wrong-type`, `never-retracted`, `retracted-already`, `retract-later-first`.

    And, when a fact comes back by it, whatever the fact itself would be refused for.
    """
    target = facts.log.get(fact.event)
    if target is None:
        raise _unknown(facts, fact.event)
    if target.fact.stored != fact.type:
        raise Refused("wrong-type", f"{target.place} is a {target.fact.stored}, not a {shown(fact.type)}.")
    if target.fact.noun == "ledger":
        raise Refused("never-retracted", f"{target.place} is about the ledger itself and cannot be retracted.")
    if target.id in facts.retracted:
        raise Refused("retracted-already", f"{target.place} is retracted already ({facts.retracted[target.id].place}).")
    original, falls = _root(facts, target)
    if falls:
        _refuse_if_any(original, _needing(at, facts, original))
    else:
        _check_restoring(at, facts, original, target)


def _unknown(facts: Facts, id: str) -> Refused:
    return Refused("unknown-event", f"{facts.subject} has no event {shown(id)} that could be retracted.")


def _can_be_undone(at: Occasion, one: Recorded) -> bool:
    if one.fact.noun in ("any", "ledger"):
        return False
    return one.id not in at.known.facts(one.subject).retracted


def _root(facts: Facts, target: Recorded) -> tuple[Recorded, bool]:
    """The fact at the end of a row of retractions, and whether retracting `target` makes it fall."""
    falls = True
    while (gone := target.fact.takes_back()) is not None:
        before = facts.log.get(gone)
        if before is None or before.position >= target.position:  # such a retraction took nothing back
            raise _unknown(facts, gone)
        target, falls = before, not falls
    return target, falls


def _needing(at: Occasion, facts: Facts, target: Recorded) -> Iterator[Recorded]:
    """The standing facts that need `target`: later acts of its chains, what it opened, what names it."""
    fact = target.fact
    if not fact.act:
        return
    for slot in fact.settles(facts.key):
        yield from (one for one in facts.chain(*slot) if order(one) > order(target))
        if fact.opens:
            yield from (one for one in _opened_by(facts, slot) if one is not target)
            yield from at.known.named_by(f"{fact.noun}/{slot.item}") if slot.what == "made" else ()


def _opened_by(facts: Facts, slot: Slot) -> Iterable[Recorded]:
    """The standing facts of the item or target that a fact opened by filling the slot."""
    if slot.what == "target":
        actuals = [name for name in facts.details(slot.item, "actual") if name.split(" ")[0] == slot.detail]
        return [one for name in actuals for one in facts.chain(slot.item, "actual", name)]
    return facts.standing() if slot.item == facts.key else facts.of(slot.item)


def _refuse_if_any(target: Recorded, needing: Iterable[Recorded]) -> None:
    latest = sorted({one.position: one for one in needing}.items(), reverse=True)
    if latest:
        listed = ", ".join(f"{one.place} {one.fact.stored}" for _, one in latest)
        raise Refused(
            "retract-later-first",
            f"{target.place} cannot be retracted while these need it: {listed}. Retract them first, in that order.",
        )


def _check_restoring(at: Occasion, facts: Facts, original: Recorded, retraction: Recorded) -> None:
    """A fact comes back only as if it had never been away."""
    fact = original.fact
    since = [
        one
        for slot in fact.settles(facts.key)
        for chain in (
            facts.chain(*slot) if fact.act else (),
            facts.chain(slot.item, "made"),
            facts.chain(facts.key, "made"),
        )
        for one in chain
        if one.position > retraction.position
    ]
    if since:
        raise Refused(
            "retract-later-first",
            f"{original.place} cannot come back: {since[0].place} {since[0].fact.stored} was recorded since."
            " Record it anew instead.",
        )
    try:
        admit(Occasion(at.known, at.today, original.actor, original.effective), original.subject, fact)
    except Refused as refused:
        # An observation's `previous` may rightly differ by now: others came between.
        if fact.act or refused.code != "wrong-previous":
            raise
