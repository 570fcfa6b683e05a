"""What stands in one stream? The fold that decisions, status and read models share."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from domain.recorded import Fact, Recorded, Slot

order: Callable[[Recorded], tuple[date, int]] = attrgetter("effective", "position")
"""Of facts that compete, the latest by (effective, position) counts."""


_Details = dict[str, list[Recorded]]
_Whats = dict[str, _Details]
_NO_DETAILS: _Details = {}
_NO_WHATS: _Whats = {}


class Late(NamedTuple):
    """An observation that was recorded late. Days are ordinals of the Gregorian calendar (`date.toordinal`)."""

    position: int
    effective: int
    recorded: int


class Facts:
    """The facts of one subject, by what they settle. `evolve` reads no clock and never refuses.

    Every question takes `on`: only facts effective on or before that day are seen (None: all of them).
    """

    __slots__ = ("_retractions", "_slots", "first_due", "key", "late", "log", "retracted", "subject")

    def __init__(self, subject: str, recorded: Iterable[Recorded] = ()) -> None:
        self.subject = subject
        self.key = subject.partition("/")[2] or subject
        self.log: dict[str, Recorded] = {}
        """Every line of the stream by its id, retracted or not, in order of position."""
        self.retracted: dict[str, Recorded] = {}
        """The retraction that holds, by the id of what it retracts."""
        self.first_due: dict[str, Recorded] = {}
        """By item, the fact that first put a due on record, retracted or not: the original due."""
        self.late: dict[str, list[Late]] | None = None
        """By item, the observations that were recorded late, where a read model tells; else the facts themselves do."""
        self._retractions: dict[str, list[Recorded]] = {}
        """All that ever took a fact back, by the id of that fact."""
        self._slots: dict[str, _Whats] = {}
        for one in recorded:
            self.evolve(one)

    def evolve(self, recorded: Recorded) -> None:
        """Take in the next line of the stream. One with an id that is there already is the same line again."""
        if recorded.id in self.log:
            return
        fact = recorded.fact
        gone = fact.takes_back()
        if gone is not None:
            self._take_back(recorded, gone)
        self.log[recorded.id] = recorded
        for slot in fact.settles(self.key):
            self._place(slot, recorded)
        if getattr(fact, "due", None) is not None:
            self.first_due.setdefault(fact.about(self.key), recorded)

    def _place(self, slot: Slot, recorded: Recorded) -> None:
        """Put a standing fact into a slot, in its order."""
        item, what, detail = slot.item, slot.what, slot.detail
        chain = self._slots.get(item, _NO_WHATS).get(what, _NO_DETAILS).get(detail)
        if chain is None:
            self._slots.setdefault(item, {}).setdefault(what, {})[detail] = [recorded]
        elif not chain or _follows(recorded, chain[-1]):
            chain.append(recorded)
        else:
            insort(chain, recorded, key=order)

    def _take_back(self, retraction: Recorded, gone: str) -> None:
        """What a retraction takes back falls; was that a retraction, then what it took back stands again, and so on."""
        if gone not in self.log:
            return  # only what came before can be taken back, so that the loop below comes to an end
        self._retractions.setdefault(gone, []).append(retraction)
        target = self.log[gone]
        while self._turns(target):
            self._set(target, stands=target.id not in self.retracted)
            further = target.fact.takes_back()
            if further is None or further not in self.log:
                return
            target = self.log[further]

    def _turns(self, target: Recorded) -> bool:
        """Note which retraction of a fact holds, if any; and say whether it fell by that, or stands again."""
        fallen = target.id in self.retracted
        holding = [one for one in self._retractions.get(target.id, ()) if one.id not in self.retracted]
        if holding:
            self.retracted[target.id] = holding[-1]
        else:
            self.retracted.pop(target.id, None)
        return fallen is not bool(holding)

    def _set(self, target: Recorded, *, stands: bool) -> None:
        for slot in target.fact.settles(self.key):
            if stands:
                self._place(slot, target)
            else:
                chain = self._slots[slot.item][slot.what][slot.detail]
                chain[:] = [one for one in chain if one is not target]

    def chain(self, item: str, what: str, detail: str = "", on: date | None = None) -> list[Recorded]:
        """The standing facts of a slot, in order of (effective, position)."""
        chain = self._slots.get(item, _NO_WHATS).get(what, _NO_DETAILS).get(detail, [])
        if on is None or not chain or chain[-1].effective <= on:
            return chain
        return [one for one in chain if one.effective <= on]

    def last(self, item: str, what: str, detail: str = "", on: date | None = None) -> Recorded | None:
        """The fact of a slot that counts."""
        chain = self._slots.get(item, _NO_WHATS).get(what, _NO_DETAILS).get(detail)
        if not chain:
            return None
        if on is None or chain[-1].effective <= on:
            return chain[-1]
        return next((one for one in reversed(chain) if one.effective <= on), None)

    def details(self, item: str, what: str) -> Iterable[str]:
        """The details under which a kind of slot was ever filled: the indicators of `target`, say."""
        return self._slots.get(item, _NO_WHATS).get(what, _NO_DETAILS).keys()

    def items(self) -> list[str]:
        """The items of the stream that stand: the commitment, then its milestones in order of planning."""
        opened = [
            (chains[""][-1].position, item)
            for item, whats in self._slots.items()
            if (chains := whats.get("made")) and chains.get("")
        ]
        return [item for _, item in sorted(opened, key=lambda pair: ("/" in pair[1], pair[0]))]

    def whats(self, item: str) -> Mapping[str, Mapping[str, list[Recorded]]]:
        """What was settled of an item: by kind of slot and detail, the standing facts in order."""
        return self._slots.get(item, _NO_WHATS)

    def chains(self, item: str) -> Iterator[tuple[str, list[Recorded]]]:
        """What was settled of an item, each kind of slot with its standing facts in order."""
        for what, details in self.whats(item).items():
            for chain in details.values():
                yield what, chain

    def of(self, item: str) -> Iterator[Recorded]:
        """Every standing fact of an item, once for each slot that it fills."""
        for _, chain in self.chains(item):
            yield from chain

    def standing(self) -> list[Recorded]:
        """Every standing fact of the stream, in order of position."""
        seen = {one.id: one for item in self._slots for one in self.of(item)}
        return sorted(seen.values(), key=lambda one: one.position)

    def fact(self, item: str, what: str, detail: str = "", on: date | None = None) -> Fact | None:
        """The fact that counts, without its envelope."""
        last = self.last(item, what, detail, on)
        return last.fact if last else None


def _follows(one: Recorded, other: Recorded) -> bool:
    """Is it surely behind the other in their order? Said without making two tuples, for nearly all lines."""
    return other.position < one.position and other.effective <= one.effective
