"""What becomes of one stream in the read models? Its facts, each with the positions and days at which it counts.

In a slot (`Fact.settles`) the standing facts are ordered by (effective, position), and each is superseded by exactly
one next fact. A row is a fact in a slot for as long as its next fact stays the same:

    visible(k, d) = from_position <= k < to_position AND effective <= d
                    AND NOT (next_position <= k AND next_effective <= d)

A fact that comes last becomes the next one of its predecessor. What orders a slot anew (a back-dated fact, a
retraction, a retracted retraction) closes the row of the predecessor and opens another, at the position where it
happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, tzinfo
from operator import attrgetter
from typing import NamedTuple

import msgspec

from domain.assess.thresholds import BACK_DATED_DAYS
from domain.commitment import CommitmentMade
from domain.due import DueMoved
from domain.life import ItemMet
from domain.milestone import MilestonePlanned
from domain.period import calendar_period
from domain.recorded import Fact, Recorded, Slot
from domain.target import TargetRevised, TargetSet
from projections.seen import kept

FOREVER = 10**10
"""After every position: a `sequence` has ten digits."""
LAST_DAY = date.max.toordinal()
NEVER = LAST_DAY + 1
"""After every day."""

FOR_STATUS, FOR_FLAGS, FOR_SLIPS, FOR_REPORTS = 1, 2, 3, 4
"""What a superseded fact is kept for: a status may rest on it, or only a flag or a register; it tells how what was
expected moved, or how a life went; or it is a report, or words, that once counted. Whoever asks for one sees what is
kept for those before.
"""
KEPT = {
    **dict.fromkeys(("made", "target"), FOR_STATUS),
    **dict.fromkeys(("due", "name", "note"), FOR_FLAGS),
    **dict.fromkeys(("forecast", "life"), FOR_SLIPS),
}
"""By kind of slot, what all of its superseded facts are kept for; else it is for reports."""


class Row(msgspec.Struct, gc=False):
    """A fact in a slot, between two positions. Days are ordinals of the Gregorian calendar (`date.toordinal`).

    `number` orders the rows of a stream by the first filling of their slots. `keep` says what a superseded fact is
    kept for. `late` is `domain.fold.Late` as JSON where an observation was recorded long after its day. `latest` is the
    last day of a due, or of the first period of a target, and `LAST_DAY` where that has none. `state` is that of the
    item after an act of its life. `data` is the fact, see `projections.seen`.

    `gone` is the day from which on nobody sees it who knows all and asks at most for flags, so that rows which are
    history lie apart: 0 where it stands no longer, and `NEVER` where it counts, or is kept.
    """

    stream: str
    gone: int
    number: int
    item: str
    what: str
    detail: str
    position: int
    effective: int
    from_position: int
    to_position: int
    next_position: int
    next_effective: int
    keep: int
    late: str | None
    latest: int | None
    state: str | None
    data: str


class Retraction(NamedTuple):
    """An event that counts as retracted by another between two positions."""

    stream: str
    position: int
    retracted_by: int
    from_position: int
    to_position: int


class Folded(NamedTuple):
    """All that the read models keep of a stream; `positions` are those of all its lines."""

    stream: str
    rows: list[Row]
    retractions: list[Retraction]
    positions: list[int]


class Folding:
    """A stream on its way into rows. `at` is always the position of the line that is being taken in."""

    def __init__(self, stream: str, zone: tzinfo) -> None:
        self._stream = stream
        self._key = stream.partition("/")[2] or stream
        self._zone = zone
        self._log: dict[str, Recorded] = {}
        self._positions: list[int] = []
        self._rows: dict[Slot, list[Row]] = {}
        self._chains: dict[Slot, list[Row]] = {}
        self._takers: dict[str, list[Recorded]] = {}
        self._retracted: dict[str, int] = {}
        self._retractions: list[Retraction] = []
        self._first_due: dict[str, Recorded] = {}
        self._met: dict[str, int] = {}

    def take(self, line: Recorded) -> None:
        """Take in the next line of the stream, as `Facts.evolve` does."""
        self._positions.append(line.position)
        if line.id in self._log:
            return
        gone = line.fact.takes_back()
        if gone is not None:
            self._take_back(line, gone)
        self._log[line.id] = line
        self._stand(line, line.position)
        if isinstance(line.fact, ItemMet):
            self._met.setdefault(line.fact.item, line.position)
        if getattr(line.fact, "due", None) is not None:
            self._first_due.setdefault(line.fact.about(self._key), line)

    def done(self) -> Folded:
        """The rows, numbered slot by slot."""
        rows = [row for slot in self._rows.values() for row in slot]
        rows += [self._original(item, line) for item, line in self._first_due.items() if self._hidden(item, line)]
        for number, row in enumerate(rows):
            row.number, row.gone = number, _gone(row)
        rows.sort(key=attrgetter("gone"))  # as they will lie: so they are inserted faster
        return Folded(self._stream, rows, self._retractions, self._positions)

    def _take_back(self, retraction: Recorded, gone: str) -> None:
        """What a retraction takes back falls; was that a retraction, then what it took back stands again, and so on."""
        if gone not in self._log:
            return
        self._takers.setdefault(gone, []).append(retraction)
        target: Recorded | None = self._log[gone]
        while target and self._turns(target, retraction.position):
            if target.id in self._retracted:
                self._fall(target, retraction.position)
            else:
                self._stand(target, retraction.position)
            target = self._log.get(target.fact.takes_back() or "")

    def _turns(self, target: Recorded, at: int) -> bool:
        """Note which retraction of a fact holds, if any; and say whether it fell by that, or stands again."""
        holding = [one for one in self._takers.get(target.id, ()) if one.id not in self._retracted]
        held = self._retracted.pop(target.id, None)
        if held is not None:
            self._retractions[held] = self._retractions[held]._replace(to_position=at)
        if holding:
            self._retracted[target.id] = len(self._retractions)
            self._retractions.append(Retraction(self._stream, target.position, holding[-1].position, at, FOREVER))
        return (held is not None) is not bool(holding)

    def _stand(self, line: Recorded, at: int) -> None:
        for slot in line.fact.settles(self._key):
            row = self._row(slot, line, at)
            self._insert(row, self._chains.setdefault(_chain_of(slot), []))
            self._rows.setdefault(slot, []).append(row)

    def _insert(self, row: Row, chain: list[Row]) -> None:
        at = row.from_position
        if not chain or _order(chain[-1]) < _order(row):
            if chain:
                _follow(chain[-1], row, at)
            chain.append(row)
            return
        index = bisect_left(chain, _order(row), key=_order)
        _follow(row, chain[index], at)
        chain.insert(index, row)
        if index:
            self._renew(chain, index - 1, at)

    def _fall(self, line: Recorded, at: int) -> None:
        for slot in line.fact.settles(self._key):
            chain = self._chains[_chain_of(slot)]
            index = bisect_left(chain, (line.effective.toordinal(), line.position), key=_order)
            chain.pop(index).to_position = at
            if index:
                self._renew(chain, index - 1, at)

    def _renew(self, chain: list[Row], index: int, at: int) -> None:
        """A fact has another next one from now on, or none."""
        old = chain[index]
        old.to_position = at
        new = chain[index] = msgspec.structs.replace(
            old, from_position=at, to_position=FOREVER, next_position=FOREVER, next_effective=LAST_DAY
        )
        if index + 1 < len(chain):
            _follow(new, chain[index + 1], at)
        self._rows[Slot(new.item, new.what, new.detail)].append(new)

    def _row(self, slot: Slot, line: Recorded, at: int) -> Row:
        fact = line.fact
        return Row(
            stream=self._stream,
            gone=NEVER,
            number=0,
            item=slot.item,
            what=slot.what,
            detail=slot.detail,
            position=line.position,
            effective=line.effective.toordinal(),
            from_position=at,
            to_position=FOREVER,
            next_position=FOREVER,
            next_effective=LAST_DAY,
            keep=self._kept_for(slot, line),
            late=self._late(line),
            latest=_falls_due(fact),
            state=getattr(fact, "state", None),
            data=kept(line, slot, self._zone),
        )

    def _kept_for(self, slot: Slot, line: Recorded) -> int:
        if isinstance(line.fact, ItemMet):
            return FOR_STATUS  # it stays a report, whatever became of the item
        if slot.what == "evidence" and self._met.get(slot.item, FOREVER) < line.position:
            return FOR_STATUS  # of evidence, only what came after an item was met can count
        return KEPT.get(slot.what, FOR_REPORTS)

    def _late(self, line: Recorded) -> str | None:
        if line.fact.act or (line.recorded.date() - line.effective).days < BACK_DATED_DAYS:
            return None  # a zone is no more than a day away
        effective, recorded = line.effective.toordinal(), line.recorded.astimezone(self._zone).date().toordinal()
        return f"[{line.position},{effective},{recorded}]" if recorded - effective > BACK_DATED_DAYS else None

    def _hidden(self, item: str, first: Recorded) -> bool:
        """Is the fact that first put a due on record ever unseen where another due of the item is seen?"""
        dues = self._rows.get(Slot(item, "made"), []) + self._rows.get(Slot(item, "due"), [])
        return first.id in self._takers or any(row.effective < first.effective.toordinal() for row in dues)

    def _original(self, item: str, first: Recorded) -> Row:
        """The original due, retracted or not: asked for at any day."""
        row = self._row(Slot(item, "original"), first, first.position)
        row.effective, row.keep, row.latest = 0, FOR_FLAGS, None
        return row


def fold(stream: str, lines: Iterable[Recorded], zone: tzinfo) -> Folded:
    """The rows of a stream from all its lines, in order."""
    folding = Folding(stream, zone)
    for line in lines:
        folding.take(line)
    return folding.done()


def _chain_of(slot: Slot) -> Slot:
    """The due that an item is made with is superseded by its first move."""
    return Slot(slot.item, "due") if slot.what == "made" else slot


def _order(row: Row) -> tuple[int, int]:
    return row.effective, row.position


def _follow(row: Row, successor: Row, at: int) -> None:
    row.next_position, row.next_effective = at, successor.effective


def _gone(row: Row) -> int:
    if row.to_position != FOREVER:
        return 0
    return NEVER if row.keep <= FOR_FLAGS or row.next_position == FOREVER else row.next_effective


def _falls_due(fact: Fact) -> int | None:
    """The day after which it may be asked what became of it: a due's last, or that of a target's first period.

    `LAST_DAY` where no day is set; None where no fact of the kind sets one.
    """
    if isinstance(fact, TargetSet | TargetRevised):
        latest = fact.window.latest
        if fact.per != "once" and fact.window.earliest:
            latest = calendar_period(fact.per, fact.window.earliest).last
    elif isinstance(fact, CommitmentMade | MilestonePlanned | DueMoved):
        latest = fact.due.latest if fact.due else None
    else:
        return None
    return latest.toordinal() if latest else LAST_DAY
