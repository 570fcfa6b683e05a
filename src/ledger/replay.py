"""What stood before each line, in little memory? The fold of a ledger's lines, one after the other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from domain.evidence import EvidenceAttached
from domain.fold import Facts
from domain.occasion import Known, nothing_named
from domain.progress import ProgressReported
from domain.recorded import Fact, Recorded, Slot
from domain.verdict import VerdictGiven

HELD = 52_000
"""Lines that are held as facts. Beyond that streams are thinned out, and those not read for long are forgotten."""
GROWTH = 12
"""A stream that has grown by so many lines is worth thinning out."""
RECENT = 8
"""From the day of the observation that is so many from the last one on, all are held."""

UNASKED = frozenset({ProgressReported, EvidenceAttached, VerdictGiven})
"""What no rule asks for, unless it is to be retracted: it is not held, nor are its retractions."""
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
        self._retractions: dict[str, array[int]] = {}
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
        subject, gone = recorded.subject, recorded.fact.takes_back()
        if gone is not None:
            _note(self._retractions, gone, self._count)
        if type(recorded.fact) not in UNASKED:
            facts = self.facts(subject)
            facts.evolve(recorded)
            self._held += 1
            if type(_root(facts, recorded)) not in UNASKED:
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
        """Hold what a retraction takes back, all that then counts again, and all that must not stand for it."""
        subject = retraction.subject
        log = self.facts(subject).log
        target = log.get(gone) or self._target(retraction, gone)
        if target is None:
            return  # the retraction names nothing, and is refused for it
        if target.fact.opens or target.fact.takes_back() is not None or self._stored is not nothing_named:
            self._hold(subject, [*self._stored(subject), *self._read(self._lines.get(subject, ()))])
        elif type(target.fact) not in UNASKED:
            if subject in self._horizons:
                self._forget(subject)
        elif gone not in log:
            facts = self.facts(subject)
            for one in _in_order([target, *self._taking_back(target)]):
                facts.evolve(one)
                self._held += 1

    def _target(self, retraction: Recorded, gone: str) -> Recorded | None:
        """The line that a retraction takes back: in its own stream, and before it."""
        found = self._find(gone)
        if found and (found.subject, found.id) == (retraction.subject, gone) and found.position < retraction.position:
            return found
        return None

    def _taking_back(self, target: Recorded) -> Iterator[Recorded]:
        """The retractions of a line, and those of these."""
        waiting = [target.id]
        while waiting:
            for one in self._read(self._retractions.get(waiting.pop(), ())):
                if one.subject == target.subject:
                    yield one
                    waiting.append(one.id)

    def _loaded(self, subject: str) -> list[Recorded]:
        """The lines of a stream that rules ask for."""
        lines = [*self._stored(subject), *self._read(self._asked_lines.get(subject, ()))]
        self._held += len({one.id for one in lines})
        return lines

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
        kept = {one.id: one for one in log if _counts(facts, one, horizon)}
        self._thin[subject] = len(kept)
        if len(kept) < len(log):
            lacking = any(one.id not in kept and type(_root(facts, one)) not in UNASKED for one in log)
            self._hold(subject, [*kept.values()], horizon if lacking else self._horizons.get(subject))

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


def _root(facts: Facts, one: Recorded) -> Fact:
    """The fact at the end of a row of retractions, as far as it is held."""
    while (gone := one.fact.takes_back()) is not None:
        before = facts.log.get(gone)
        if before is None or before.position >= one.position:
            break
        one = before
    return one.fact


def _counts(facts: Facts, one: Recorded, horizon: date) -> bool:
    """Can a rule that looks at a day from the horizon on still ask for it?

    What was taken back counts for nothing, but that it does not stand for what it names.
    """
    if type(one.fact) in UNASKED:
        return False
    if one.id in facts.retracted:
        return bool(one.fact.names())
    gone = one.fact.takes_back()
    if gone is not None:
        return facts.retracted.get(gone) is one and bool(facts.log[gone].fact.names())
    return any(_asked(facts, slot, one, horizon) for slot in one.fact.settles(facts.key))


def _asked(facts: Facts, slot: Slot, one: Recorded, horizon: date) -> bool:
    item, what, detail = slot.item, slot.what, slot.detail
    if what in ENDS:
        return facts.last(item, what, detail) is one
    return one.fact.act or one.effective > horizon or facts.last(item, what, detail, horizon) is one
