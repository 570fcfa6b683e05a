"""What did each event change on the board? The ledger read anew from its first line, without the read models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from typing import Any

import msgspec

from domain.assess import Assessed, Expected, assess, expectation
from domain.fold import Facts
from domain.milestone import MilestoneLinked, MilestonePlanned
from domain.occasion import stream_of
from domain.recorded import Recorded
from projections.lasting import Ahead, Lasting
from projections.said import said
from projections.status import BoardItem, board_item

FIELDS = ("title", "kind", "programme", "promisors", "promisees", "owner", "original_due")
DATED = ("due", "forecast", "met_on", "progress", "status")
"""What of a commitment is looked at; beside it flags, milestones, and the periods of targets."""
OF_MILESTONES = ("title", "due", "forecast", "met_on", "status")
OF_PERIODS = ("amount", "actual", "projected", "needed_per_month", "outcome")

SHOWN = 500
"""So many commitments are remembered as the board showed them; all of a large ledger would take much memory."""


class Shift(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """One thing on the board that an event changed; None where it was or is not there."""

    item: str
    field: str
    before: Any
    after: Any


class Step(msgspec.Struct, frozen=True):
    """An event that changed the board, in words, with what it changed. `on` is the day on which both were judged."""

    position: int
    actor: str
    recorded: date
    effective: date
    on: date
    item: str
    said: str
    shifts: list[Shift]


class Replay:
    """The ledger up to some line. Every event is judged just before and just after it, on the same day: so what time
    alone changes is not laid at its door. That day is `on`, or the event's own in the ledger's zone.

    Who knows what lies `ahead` needs little memory: what cannot count any more is forgotten.
    """

    def __init__(self, zone: tzinfo, on: date | None = None, ahead: Ahead | None = None) -> None:
        self._zone = zone
        self._on = on
        self._ahead = ahead
        self._streams: dict[str, Facts] = {}
        self._lasts: dict[str, int] = {}
        self._waiting: dict[str, set[str]] = {}
        self._shown: dict[str, BoardItem | None] = {}
        self._shown_on: date | None = None

    def steps(self, lines: Iterable[Recorded], first: int = 1) -> Iterator[Step]:
        """The events from a position on that changed the board, in order; those before are taken in silently."""
        for line in lines:
            if not line.subject.startswith("commitment/"):
                continue
            local = msgspec.structs.replace(line, recorded=line.recorded.astimezone(self._zone).replace(tzinfo=None))
            if line.position < first:
                self._take(local)
                continue
            step = self._step(local)
            if step.shifts:
                yield step

    def board(self, on: date) -> Iterator[BoardItem]:
        """Every commitment as it stands now, on that day, in order of keys."""
        for subject in sorted(self._streams):
            item = self._before(subject, on)
            if item:
                yield item

    def _step(self, line: Recorded) -> Step:
        on = self._on or line.recorded.date()
        subjects = [line.subject, *sorted(self._waiting.get(line.subject, ()))]
        before = [self._before(subject, on) for subject in subjects]
        self._take(line)
        after = [self._item(subject, on) for subject in subjects]
        self._shown.update(zip(subjects, after, strict=True))
        pairs = zip(before, after, strict=True)
        shifts = [shift for was, now in pairs for shift in shifts_of(was, now)]
        about = line.fact.about(line.subject.partition("/")[2])
        return Step(line.position, line.actor, line.recorded.date(), line.effective, on, about, said(line.fact), shifts)

    def _before(self, subject: str, on: date) -> BoardItem | None:
        """As it stood after the last event that could change it, where that was on the same day; else worked out."""
        if self._shown_on != on or len(self._shown) > SHOWN:
            self._shown.clear()
            self._shown_on = on
        return self._shown[subject] if subject in self._shown else self._item(subject, on)

    def _take(self, line: Recorded) -> None:
        facts = self._streams.get(line.subject)
        if facts is None:
            facts = self._streams[line.subject] = self._begun(line.subject)
        facts.evolve(line)
        self._lasts[line.subject] = line.position
        for subject in (line.subject, *self._waiting.get(line.subject, ())):
            self._shown.pop(subject, None)
        if isinstance(line.fact, MilestonePlanned | MilestoneLinked):
            for name in line.fact.after:
                if stream_of(name) != line.subject:
                    self._waiting.setdefault(stream_of(name), set()).add(line.subject)

    def _begun(self, subject: str) -> Facts:
        return Lasting(subject, self._ahead) if self._ahead else Facts(subject)

    def _item(self, subject: str, on: date) -> BoardItem | None:
        judged = self._judged(subject, on)
        return board_item(judged, self._lasts[subject]) if judged else None

    def _judged(self, subject: str, on: date) -> Assessed | None:
        facts = self._streams.get(subject)
        return assess(facts, on, lambda name: self._expected(name, on)) if facts else None

    def _expected(self, name: str, on: date) -> Expected | None:
        facts = self._streams.get(stream_of(name))
        return expectation(facts, name, on) if facts else None


def shifts_of(before: BoardItem | None, after: BoardItem | None) -> Iterator[Shift]:
    """What is otherwise of one commitment; of one that is new or gone its fields against nothing."""
    standing = after or before
    if standing is None:
        return
    yield from _compared(standing.key, before, after, FIELDS)
    yield from _compared(standing.key, before, after, DATED)
    was, now = (sorted(flag.code for flag in one.flags) if one else [] for one in (before, after))
    if was != now:
        yield Shift(standing.key, "flags", was, now)
    yield from _each(_by(before, "milestones", "key"), _by(after, "milestones", "key"), OF_MILESTONES)
    old, new = (_by(one, "targets", "indicator", "period") for one in (before, after))
    yield from _each(old, new, OF_PERIODS, f"{standing.key} ")


def _by(item: BoardItem | None, name: str, *key: str) -> dict[str, Any]:
    parts = getattr(item, name) if item else ()
    return {" ".join(getattr(one, part) for part in key): one for one in parts}


def _each(before: dict[str, Any], after: dict[str, Any], fields: Iterable[str], of: str = "") -> Iterator[Shift]:
    for key in dict.fromkeys((*after, *before)):
        yield from _compared(f"{of}{key}", before.get(key), after.get(key), fields)


def _compared(item: str, before: Any, after: Any, fields: Iterable[str]) -> Iterator[Shift]:
    for field in fields:
        was, now = getattr(before, field, None), getattr(after, field, None)
        if (was or None) != (now or None):
            yield Shift(item, field, was or None, now or None)
