"""What of a stream can still count? The fold that forgets the rest, for whoever goes through a ledger line by line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from sys import intern
from typing import NamedTuple

from msgspec.structs import replace

from domain.assess.flags import late_of
from domain.fold import Facts, Late
from domain.life import ItemMet
from domain.recorded import Recorded, Slot

WHOLE = frozenset({"due", "target"})
"""Kinds of slot of which a status or a flag may rest on what was superseded."""


class Ahead(NamedTuple):
    """What lies ahead of a line: `named` are the ids of all that is taken back, now or later; at the `end` facts are
    asked for on that day. `on`: the only day on which they ever are; None: on no day before that of the newest line.
    """

    named: Collection[str]
    end: date
    on: date | None = None


class Lasting(Facts):
    """The facts of a subject that may count on some day to come. Times are those that the ledger's zone shows.

    What no retraction ever names stands for good, so what it supersedes is forgotten. Where it is a retraction itself,
    what it takes back is forgotten too.
    """

    __slots__ = ("_ahead", "_late", "_met")

    def __init__(self, subject: str, ahead: Ahead) -> None:
        super().__init__(subject)
        self.late = self._late = dict[str, list[Late]]()
        self._met = set[str]()
        self._ahead = ahead

    def evolve(self, recorded: Recorded) -> None:
        """Take in the next line of the stream."""
        if isinstance(recorded.fact, ItemMet):
            self._met.add(recorded.fact.item)
        if recorded.id in self._ahead.named:
            super().evolve(recorded)
            return
        recorded = replace(recorded, id="", subject=self.subject, actor=intern(recorded.actor), command="")
        super().evolve(recorded)
        del self.log[""]
        gone = recorded.fact.takes_back()
        if gone is not None:
            self._let_go(gone)
        for slot in recorded.fact.settles(self.key):
            self._thin_out(slot, recorded.recorded.date())

    def _place(self, slot: Slot, recorded: Recorded) -> None:
        super()._place(slot, recorded)
        late = late_of(recorded)
        if late:
            self._late.setdefault(slot.item, []).append(late)

    def _set(self, target: Recorded, *, stands: bool) -> None:
        super()._set(target, stands=stands)
        if not stands and late_of(target):
            item = target.fact.about(self.key)
            self._late[item] = [one for one in self._late[item] if one.position != target.position]

    def _let_go(self, gone: str) -> None:
        """It has fallen for good. Only of a retraction must be known that it has."""
        target = self.log.get(gone)
        if target and target.fact.takes_back() is None:
            del self.log[gone], self._retractions[gone], self.retracted[gone]

    def _thin_out(self, slot: Slot, today: date) -> None:
        """Forget what is true on no day that is asked for, and what stands before a fact that lasts."""
        named, end, on = self._ahead
        chain = self.chain(*slot)
        if on:
            chain[:] = [one for one in chain if one.effective <= on]
        if slot.what in WHOLE or (slot.what == "evidence" and slot.item in self._met):
            return
        first = on or min(today, end)
        lasts = (at for at, one in enumerate(chain) if one.effective <= first and one.id not in named)
        last = max(lasts, default=0)
        chain[:last] = [one for one in chain[:last] if isinstance(one.fact, ItemMet)]
