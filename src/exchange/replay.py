"""What stood before each line, in little memory? The fold of a ledger's lines, one after the other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from domain.fold import Facts
from domain.occasion import Known, nothing_named
from domain.recorded import Recorded

HELD = 50_000
"""So many lines are held as facts; streams beyond are forgotten, and read again when they are asked for."""
RECENT = 12
"""So many of the latest observations of a stream are held."""
GROWTH = 24
"""A stream that has grown by so many lines is thinned out."""


class Replay(Known):
    """What is known, line by line. Rules are asked the same questions as when the lines were recorded.

    `stored` gives the lines of a stream that are in the record, `naming` those that mention a key; `read` gives a line
    that was learnt by the number under which it was learnt, 0, 1, 2 …

    Of a stream all acts are held, and of its observations the latest: each rule looks at what is in force on its day.
    Lines that look further back (a retraction, an observation that is back-dated far) find their stream read anew,
    whole.
    """

    def __init__(
        self,
        read: Callable[[int], Recorded],
        stored: Callable[[str], Iterable[Recorded]] = nothing_named,
        naming: Callable[[str], Iterable[Recorded]] = nothing_named,
    ) -> None:
        super().__init__(self._loaded, naming)
        self._read = read
        self._stored = stored
        self._lines: dict[str, array[int]] = {}
        self._naming_lines: dict[str, array[int]] = {}
        self._horizons: dict[str, date] = {}
        self._thin_at: dict[str, int] = {}
        self._held = 0
        self._count = 0

    def look_back(self, recorded: Recorded) -> None:
        """Read the stream of a line anew, where the line looks further back than to what is held."""
        horizon = self._horizons.get(recorded.subject)
        if horizon is None:
            return
        facts = self.facts(recorded.subject)
        day = recorded.effective
        back_dated = day <= horizon and any(one.effective > day for one in facts.log.values() if not one.fact.act)
        if back_dated or recorded.fact.takes_back() is not None:
            self._forget(facts)

    def learn(self, recorded: Recorded) -> None:
        """Take in the next line."""
        facts = self.facts(recorded.subject)
        facts.evolve(recorded)
        self._number(self._lines, recorded.subject)
        for subject in recorded.fact.names():
            self._number(self._naming_lines, subject)
        self._count += 1
        self._held += 1
        if len(facts.log) >= self._thin_at.get(recorded.subject, GROWTH):
            self._thin_out(facts)
        if self._held > HELD:
            self._forget_oldest()

    def named_by(self, subject: str) -> Iterator[Recorded]:
        """The standing facts anywhere that name what they need."""
        learnt = map(self._read, self._naming_lines.get(subject, ()))
        for one in (*self.naming(subject.partition("/")[2]), *learnt):
            if subject in one.fact.names() and one.id not in self.facts(one.subject).retracted:
                yield one

    def _loaded(self, subject: str) -> Iterator[Recorded]:
        for one in (*self._stored(subject), *map(self._read, self._lines.get(subject, ()))):
            self._held += 1
            yield one

    def _number(self, numbers: dict[str, array[int]], subject: str) -> None:
        known = numbers.get(subject)
        if known is None:
            known = numbers[subject] = array("L")
        known.append(self._count)

    def _thin_out(self, facts: Facts) -> None:
        """Hold what rules can ask for: acts, what was retracted, what fills a slot last, and the latest lines."""
        log = list(facts.log.values())
        kept = [one for one in log[:-RECENT] if _counts(facts, one)] + log[-RECENT:]
        self._thin_at[facts.subject] = len(kept) * 3 // 2 + GROWTH
        if len(kept) < len(log):
            held = {one.id for one in kept}
            self._horizons[facts.subject] = max(
                *(one.effective for one in log if one.id not in held),
                self._horizons.get(facts.subject, date.min),
            )
            self._streams[facts.subject] = Facts(facts.subject, kept)
            self._held -= len(log) - len(kept)

    def _forget_oldest(self) -> None:
        for facts in list(self._streams.values()):
            self._forget(facts)
            if self._held <= HELD // 2:
                return

    def _forget(self, facts: Facts) -> None:
        del self._streams[facts.subject]
        self._horizons.pop(facts.subject, None)
        self._held -= len(facts.log)


def _counts(facts: Facts, one: Recorded) -> bool:
    """Can a rule still ask for it?"""
    if one.fact.act or one.id in facts.retracted:
        return True
    return any(facts.last(*slot) is one for slot in one.fact.settles(facts.key))
