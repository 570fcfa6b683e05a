"""What was recorded in error, and may it be taken back?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from domain.fold import Facts
from domain.occasion import Occasion, admit
from domain.recorded import Fact, New, Recorded, Slot
from domain.refused import Refused
from domain.text import required


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
    """Refused: `unknown-event`, `wrong-previous`, `never-retracted`, `retracted-already`, `retract-later-first`."""
    required(fact.reason)
    target = facts.log.get(fact.event)
    if target is None:
        raise Refused("unknown-event", f"{facts.subject} has no event {fact.event}.")
    if target.fact.stored != fact.type:
        raise Refused("wrong-previous", f"#{target.position} is a {target.fact.stored}, not a {fact.type}.")
    if target.fact.noun == "ledger":
        raise Refused("never-retracted", f"#{target.position} is about the ledger itself and cannot be retracted.")
    if target.id in facts.retracted:
        raise Refused(
            "retracted-already", f"#{target.position} is retracted already (#{facts.retracted[target.id].position})."
        )
    original, falls = _root(facts, target)
    if falls:
        _refuse_if_any(original, list(_needing(at, facts, original)))
    else:
        _check_restoring(at, facts, original, target)


def _can_be_undone(at: Occasion, one: Recorded) -> bool:
    if one.fact.noun in ("any", "ledger"):
        return False
    return one.id not in at.known.facts(one.subject).retracted


def _root(facts: Facts, target: Recorded) -> tuple[Recorded, bool]:
    """The fact at the end of a row of retractions, and whether retracting `target` makes it fall."""
    falls = True
    while (gone := target.fact.takes_back()) is not None:
        target, falls = facts.log[gone], not falls
    return target, falls


def _needing(at: Occasion, facts: Facts, target: Recorded) -> Iterator[Recorded]:
    """The standing facts that need `target`: later acts of its chains, what it opened, what names it."""
    fact = target.fact
    if not fact.act:
        return
    for slot in fact.settles(facts.key):
        chain = facts.chain(*slot)
        yield from chain[chain.index(target) + 1 :]
        if fact.opens:
            yield from _opened_by(facts, target, slot.item, slot.what, slot.detail)
            if slot.what == "made":
                yield from _naming(at, target, slot.item)


def _opened_by(facts: Facts, target: Recorded, item: str, what: str, detail: str) -> Iterator[Recorded]:
    if what == "target":
        for name in list(facts.details(item, "actual")):
            if name.split(" ")[0] == detail:
                yield from facts.chain(item, "actual", name)
    elif item == facts.key:
        yield from (one for one in facts.standing() if one is not target)
    else:
        yield from (one for one in facts.of(item) if one is not target)


def _naming(at: Occasion, target: Recorded, item: str) -> Iterator[Recorded]:
    noun = target.subject.partition("/")[0]
    subject = f"{noun}/{item}"
    for one in at.known.naming(item):
        stands = one.id not in at.known.facts(one.subject).retracted
        if stands and one.id != target.id and subject in one.fact.names():
            yield one


def _refuse_if_any(target: Recorded, needing: list[Recorded]) -> None:
    if needing:
        listed = ", ".join(
            f"#{one.position} {one.fact.stored}" for one in sorted(set(needing), key=lambda one: -one.position)
        )
        raise Refused(
            "retract-later-first",
            f"#{target.position} cannot be retracted while these need it: {listed}. Retract them first.",
        )


def _check_restoring(at: Occasion, facts: Facts, original: Recorded, retraction: Recorded) -> None:
    """A fact comes back only as if it had never been away."""
    fact = original.fact
    for slot in fact.settles(facts.key) if fact.act else ():
        later = [one for one in facts.chain(*slot) if one.position > retraction.position]
        if later:
            raise Refused(
                "retract-later-first",
                f"#{original.position} cannot come back: #{later[-1].position} was recorded in its place meanwhile.",
            )
    try:
        admit(Occasion(at.known, at.today, original.actor, original.effective), original.subject, fact)
    except Refused as refused:
        # An observation's `previous` may rightly differ by now: others came between.
        if fact.act or refused.code != "wrong-previous":
            raise
