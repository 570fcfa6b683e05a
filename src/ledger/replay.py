"""What stood before each line, in little memory? The fold of a ledger's lines, one after the other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from domain.evidence import EvidenceAttached
from domain.figure import FigureObserved
from domain.fold import Facts
from domain.occasion import Known, nothing_named
from domain.programme import ProgrammeNoted
from domain.progress import ProgressReported
from domain.recorded import Recorded, Slot
from domain.verdict import VerdictGiven

HELD = 52_000
"""Lines that are held as facts. Beyond that streams are thinned out, and those not read for long are forgotten."""
GROWTH = 12
"""A stream that has grown by so many lines is worth thinning out."""
RECENT = 4
"""From the day of the observation that is so many from the last one on, all are held."""

UNASKED = frozenset({ProgressReported, EvidenceAttached, VerdictGiven, ProgrammeNoted, FigureObserved})
"""What no rule asks for, unless it is to be retracted: it is not held at all."""
ENDS = frozenset({"due", "life", "owner", "field", "after", "name"})
"""Chains of acts of which rules ask for the end only."""


class Replay(Known):
    """What is known, line by line: rules are asked the same questions as when the lines were recorded.

    `stored` gives the lines of a stream that are in the record, `naming` those that mention a key; `read` gives lines
    that were learnt, by the numbers under which they were learnt: 0, 1, 2 …; `find` gives a line of either by its id.

    What is not held is what no rule asks for on the day of a later line. What lines ask for that look further back
    (retractions, observations that are back-dated far) is read again.
    """

    def __init__(
        self,
        read: Callable[[Sequence[int]], Iterable[Recorded]],
        find: Callable[[str], Recorded | None],
        stored: Callable[[str], Iterable[Recorded]] = nothing_named,
        naming: Callable[[str], Iterable[Recorded]] = nothing_named,
        *,
        held: int = HELD,
    ) -> None:
        super().__init__(self._loaded, naming)
        self._read = read
        self._find = find
        self._stored = stored
        self._most = held
        self._held = 0
        self._count = 0
        self._lines: dict[str, array[int]] = {}
        self._asked_lines: dict[str, array[int]] = {}
        self._naming_lines: dict[str, array[int]] = {}
        self._horizons: dict[str, date] = {}
        self._thin: dict[str, int] = {}

    def look_back(self, recorded: Recorded) -> None:
        """Read again what a line asks for that is not held."""
        gone = recorded.fact.takes_back()
        if gone is not None:
            self._recall(recorded, gone)
            return
        horizon = self._horizons.get(recorded.subject)
        if horizon and recorded.effective < horizon and type(recorded.fact) not in UNASKED:
            self._forget(recorded.subject)

    def learn(self, recorded: Recorded) -> None:
        """Take in the next line."""
        subject = recorded.subject
        if type(recorded.fact) not in UNASKED:
            self.facts(subject).evolve(recorded)
            self._held += 1
            _note(self._asked_lines, subject, self._count)
        _note(self._lines, subject, self._count)
        for named in recorded.fact.names():
            _note(self._naming_lines, named, self._count)
        self._count += 1
        if self._held > self._most:
            self._make_room()

    def named_by(self, subject: str) -> Iterator[Recorded]:
        """The standing facts anywhere that name what they need."""
        learnt = self._read(self._naming_lines.get(subject, ()))
        for one in (*self.naming(subject.partition("/")[2]), *learnt):
            if subject in one.fact.names() and one.id not in self.facts(one.subject).retracted:
                yield one

    def _recall(self, retraction: Recorded, gone: str) -> None:
        """What a retraction takes back, and all that then counts, or must not stand for it."""
        subject = retraction.subject
        log = self.facts(subject).log
        target = log.get(gone) or self._target(retraction, gone)
        if target is None:
            return  # the retraction names nothing, and is refused for it
        if type(target.fact) in UNASKED:
            if gone not in log:
                self._hold(subject, _in_order([*log.values(), target]), self._horizons.get(subject))
        elif target.fact.opens or target.fact.takes_back() is not None:
            self._hold(subject, [*self._stored(subject), *self._read(self._lines.get(subject, ()))])
        elif subject in self._horizons:
            self._forget(subject)

    def _target(self, retraction: Recorded, gone: str) -> Recorded | None:
        """The line that a retraction takes back: in its own stream, and before it."""
        found = self._find(gone)
        if found and (found.subject, found.id) == (retraction.subject, gone) and found.position < retraction.position:
            return found
        return None

    def _loaded(self, subject: str) -> list[Recorded]:
        """The lines of a stream that rules ask for, with those that were taken back."""
        lines = {one.id: one for one in self._stored(subject)}
        for one in self._read(self._asked_lines.get(subject, ())):
            lines.setdefault(one.id, one)
        for one in tuple(lines.values()):
            gone = one.fact.takes_back()
            if gone is not None and gone not in lines and (target := self._target(one, gone)):
                lines[gone] = target
        self._held += len(lines)
        return _in_order(lines.values())

    def _hold(self, subject: str, lines: list[Recorded], horizon: date | None = None) -> None:
        """Hold these lines of a stream, in place of others; from `horizon` on nothing that rules ask for is missing."""
        self._forget(subject)
        facts = self._streams[subject] = Facts(subject, lines)
        self._held += len(facts.log)
        if horizon:
            self._horizons[subject] = horizon

    def _make_room(self) -> None:
        streams = list(self._streams.values())
        for facts in streams:
            if len(facts.log) >= self._thin.get(facts.subject, 0) + GROWTH:
                self._thin_out(facts)
        for facts in streams:  # in the order in which they were read
            if self._held <= self._most * 3 // 4:
                return
            self._forget(facts.subject)

    def _thin_out(self, facts: Facts) -> None:
        subject, log = facts.subject, list(facts.log.values())
        days = sorted(one.effective for one in log if not one.fact.act and type(one.fact) not in UNASKED)
        horizon = max([*days[-RECENT:][:1], self._horizons.get(subject, date.min)])
        kept = [one for one in log if _counts(facts, one, horizon)]
        self._thin[subject] = len(kept)
        if len(kept) < len(log):
            self._hold(subject, kept, horizon)

    def _forget(self, subject: str) -> None:
        facts = self._streams.pop(subject, None)
        self._horizons.pop(subject, None)
        self._held -= len(facts.log) if facts else 0


def _in_order(lines: Iterable[Recorded]) -> list[Recorded]:
    return sorted(lines, key=attrgetter("position"))


def _note(numbers: dict[str, array[int]], subject: str, number: int) -> None:
    known = numbers.get(subject)
    if known is None:
        known = numbers[subject] = array("I")
    known.append(number)


def _counts(facts: Facts, one: Recorded, horizon: date) -> bool:
    """Can a rule that looks at a day from the horizon on still ask for it?"""
    if type(one.fact) in UNASKED:
        return one.id in facts.retracted
    slots = one.fact.settles(facts.key)
    retracts = not slots
    return retracts or one.id in facts.retracted or any(_asked(facts, slot, one, horizon) for slot in slots)


def _asked(facts: Facts, slot: Slot, one: Recorded, horizon: date) -> bool:
    if slot.what in ENDS:
        return facts.last(*slot) is one
    return one.fact.act or one.effective > horizon or facts.last(*slot, on=horizon) is one
