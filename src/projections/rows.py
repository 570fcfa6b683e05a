"""What becomes of one stream in the read models? Its facts, each with the span of positions and days in which it counts.

In a slot (`Fact.settles`) the standing facts are ordered by (effective, position), and each is superseded by exactly
one next fact. A row is a fact in a slot for as long as its next fact stays the same:

    visible(k, d) = from_position <= k < to_position AND effective <= d AND NOT (next_position <= k AND next_effective <= d)

A fact that comes last becomes the next one of its predecessor. What orders a slot anew (a back-dated fact, a
retraction, a retracted retraction) closes the row of the predecessor and opens another, at the position where it
happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, tzinfo
from typing import NamedTuple

import msgspec

from domain.assess.thresholds import BACK_DATED_DAYS
from domain.period import calendar_period
from domain.recorded import Fact, Recorded, Slot
from domain.target import TargetRevised, TargetSet

FOREVER = 10**10
"""After every position: a `sequence` has ten digits."""
LAST_DAY = date.max.toordinal()

KEPT = frozenset({"made", "due", "target", "evidence", "life"})
"""Slots whose superseded facts are asked for too."""

_encode = msgspec.json.Encoder().encode


class Row(msgspec.Struct, gc=False):
    """A fact in a slot, between two positions. Days are ordinals of the proleptic Gregorian calendar (`date.toordinal`).

    `number` orders the rows of a stream by the first filling of their slots. `day` is the day of recording in the
    ledger's zone. `keep` says that it is to be seen although superseded. `latest` is the last day of a due, or of the
    first period of a target. `state` is that of the item after an act of its life.
    """

    stream: str
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
    latest: int | None
    state: str | None
    day: int
    type: str
    data: bytes


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


def fold(stream: str, lines: Iterable[Recorded], zone: tzinfo) -> Folded:
    """The rows of a stream from all its lines, in order."""
    folding = _Folding(stream, zone)
    for line in lines:
        folding.take(line)
    return folding.done()


class _Folding:
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
        self._first_due(line)

    def done(self) -> Folded:
        """The rows, numbered slot by slot."""
        rows = [row for slot in self._rows.values() for row in slot]
        for number, row in enumerate(rows):
            row.number = number
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
            self._retractions.append(
                Retraction(self._stream, target.position, holding[-1].position, at, FOREVER)
            )
        return (held is not None) is not bool(holding)

    def _first_due(self, line: Recorded) -> None:
        """The original due: that of the fact that first put one on record, retracted or not."""
        if getattr(line.fact, "due", None) is not None:
            slot = Slot(line.fact.about(self._key), "original")
            if slot not in self._rows:
                self._rows[slot] = [self._row(slot, line, line.position)]

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
        fact, effective = line.fact, line.effective.toordinal()
        day = line.recorded.astimezone(self._zone).toordinal()
        back_dated = not fact.act and day - effective > BACK_DATED_DAYS
        return Row(
            stream=self._stream,
            number=0,
            item=slot.item,
            what=slot.what,
            detail=slot.detail,
            position=line.position,
            effective=effective,
            from_position=at,
            to_position=FOREVER,
            next_position=FOREVER,
            next_effective=LAST_DAY,
            keep=int(back_dated or slot.what in KEPT),
            latest=_falls_due(fact),
            state=getattr(fact, "state", None),
            day=day,
            type=fact.stored,
            data=_encode(fact),
        )


def _chain_of(slot: Slot) -> Slot:
    """The due that an item is made with is superseded by its first move."""
    return Slot(slot.item, "due") if slot.what == "made" else slot


def _order(row: Row) -> tuple[int, int]:
    return row.effective, row.position


def _follow(row: Row, successor: Row, at: int) -> None:
    row.next_position, row.next_effective = at, successor.effective


def _falls_due(fact: Fact) -> int | None:
    """The day from which it may be asked what became of it: a due's last, or that of a target's first period."""
    if isinstance(fact, TargetSet | TargetRevised):
        latest = fact.window.latest
        if fact.per != "once" and fact.window.earliest:
            latest = calendar_period(fact.per, fact.window.earliest).last
    else:
        due = getattr(fact, "due", None)
        latest = due.latest if due else None
    return latest.toordinal() if latest else None
