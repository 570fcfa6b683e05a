"""Are these the lines of a ledger, and do they keep its rules? All findings, before anything is written."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, tzinfo

from sqlalchemy import func, select

from domain.occasion import Occasion, admit
from domain.opening import LedgerOpened, zone
from domain.recorded import Fact, Recorded
from domain.refused import Refused
from domain.text import shown
from exchange.finding import Finding, Findings
from exchange.flow import Flow, Standing
from exchange.handed import Handed
from exchange.places import Places, numbered
from exchange.replay import Replay
from exchange.seen_ids import SeenIds
from ledger.line import URN, Envelope, LineError, codec, instant_of
from ledger.record import Record
from ledger.tables import event

STATES = frozenset({"unknown-key", "wrong-state", "unknown-indicator"})
"""Refusals that one bad line can bring upon all that follow it; the sentence tells the cause."""
NOTHING = "nothing was written"
PAGE = 1000
LAST_ID = select(func.max(event.c.id))

Watch = Callable[[int, int], None]
"""Is told how much is done, of how much: bytes while lines are checked, lines while they are written."""


def nobody(done: int, total: int) -> None:
    """Nobody watches."""


class LineCheck:
    """Reads lines that begin a ledger, or continue `record`. What is new is then in `new`, what is wrong in `findings`.

    A line with a finding is still taken in where it can be read, so that one finding does not bring on others.
    """

    def __init__(self, files: Sequence[Handed], record: Record | None) -> None:
        self.findings = Findings()
        self.new = Places(files)
        self.there = 0
        """Lines that stand already, byte for byte."""
        self.source = URN + record.id if record else ""
        self._files = files
        self._at = ("", 0)
        self._standing = Standing(record, self.new)
        self._flow = Flow(self._standing.last + 1)
        self._time = record.head().time if record else ""
        self._zone: tzinfo = record.zone if record else UTC
        self._known = Replay(self._read_again, record.stream, record.naming) if record else Replay(self._read_again)
        self._ids = SeenIds(_last_id(record), lambda id: record.position_of(id) is not None) if record else SeenIds()

    def run(self, watch: Watch = nobody) -> None:
        """Read everything. Refused: `findings` (at once where the files fork off), `another-ledger`, `no-opening`,
        `line-too-long`.
        """
        total, before = sum(file.state()[0] for file in self._files), 0
        for index, file in enumerate(self._files):
            self.new.begin(index)
            begun = False
            for number, place, line in numbered(file):
                begun = begun or self._begin(file.name, line)
                if self._stands(line):
                    self.there += 1
                else:
                    self._at = (file.name, number)
                    self._check(line, place)
                if not number % PAGE:
                    watch(before + place, total)
            before += file.state()[0]
        watch(total, total)

    def _begin(self, file: str, line: bytes) -> bool:
        """A file begins anywhere in what stands, or right behind it."""
        said = _readable(line)
        if said is None:
            return True
        if self.source and said.source != self.source:
            raise _another_ledger(file, said.source, self.source)
        position = _position(said)
        if position > 1 and not self._standing.last:
            raise Refused(
                "no-opening",
                f"{file} begins at #{position}, and no ledger is here that it could continue."
                " Name the ledger with --ledger, or import lines from #1 on.",
            )
        if 1 <= position <= self._standing.last:
            self._flow = Flow(position)
        return True

    def _stands(self, line: bytes) -> bool:
        position = self._flow.next
        if position > self._standing.last or line != self._standing.line(position):
            return False
        return self._flow.follows(position)

    def _check(self, line: bytes, place: int) -> None:
        """Note what is wrong with a line that does not stand yet, and take it in."""
        try:
            said = codec().exact(line).envelope
        except LineError as error:
            self._note(error)
            said = _readable(line)
            if said is None:
                self._flow.skip()
                return
        else:
            self._check_envelope(said)
        one = _remembered(said)
        if self._check_position(one.position, line):
            self._take_in(one, len(line), place)

    def _check_envelope(self, said: Envelope[Fact]) -> None:
        if said.source != self.source:
            if self.source:
                self._note(Refused("another-ledger", f"It belongs to {said.source}, the others to {self.source}."))
            else:
                self.source = said.source
        if said.time < self._time:
            self._note(
                Refused("time-falls", f"It was recorded at {said.time}, the line before it at {self._time}, later.")
            )
        self._time = said.time
        if self._ids.again(said.id):
            self._note(Refused("duplicate-id", f"Its id {said.id} is that of another line. An id names one line."))

    def _check_position(self, position: int, line: bytes) -> bool:
        """Is it a line behind those that stand? Refused: `findings`, at once, where it stands instead of another."""
        expected = self._flow.next
        if not self._flow.follows(position):
            self._note(Refused("out-of-sequence", f"It says that it is #{position}; #{expected} comes next here."))
        elif position <= self._standing.last:
            self._note(_fork(position, line, self._standing.line(position)))
            self.findings.refuse(NOTHING)
        return position > self._standing.stored

    def _take_in(self, one: Recorded, size: int, place: int) -> None:
        """Check the rules of the domain against all lines before, and let it be seen by those that follow."""
        opens = isinstance(one.fact, LedgerOpened)
        if not opens and not self._standing.last:
            self._note(Refused("no-opening", f"A ledger begins with {LedgerOpened.stored}; this is {one.fact.stored}."))
        self._known.look_back(one)
        try:
            today = one.recorded.astimezone(self._zone).date()
            admit(Occasion(self._known, today, one.actor, one.effective), one.subject, one.fact)
        except Refused as refused:
            self._note(refused)
        except OverflowError:
            self._note(LineError("bad-line", "The line's time has no day in the ledger's zone."))
        self.new.add(place, size)
        self._known.learn(one)
        if opens:
            with suppress(Refused):
                self._zone = zone(one.fact.timezone)

    def _note(self, refused: Refused) -> None:
        cause = refused.sentence if refused.code in STATES else None
        self.findings.add(Finding(*self._at, refused.code, refused.sentence), cause)

    def _read_again(self, index: int) -> Recorded:
        return _remembered(codec().envelope(self.new[index]))


def _last_id(record: Record) -> str:
    with record.snapshot() as connection:
        return connection.execute(LAST_ID).scalar_one() or ""


def _readable(line: bytes) -> Envelope[Fact] | None:
    """What a line says that is no line as it stands; None where not even its place can be read."""
    try:
        said = codec().envelope(line)
        instant_of(said.time), _position(said)
    except (LineError, ValueError):
        return None
    return said


def _remembered(said: Envelope[Fact]) -> Recorded:
    """The fact as it is held: without what no rule asks for, and each subject and actor once in memory."""
    subject, actor = sys.intern(said.subject), sys.intern(said.actor)
    return Recorded(_position(said), said.id, subject, 0, instant_of(said.time), said.effective, actor, "", said.data)


def _position(said: Envelope[Fact]) -> int:
    """Where the line says that it belongs. ValueError where it says no number."""
    return int(said.sequence)


def _another_ledger(file: str, theirs: str, ours: str) -> Refused:
    return Refused(
        "another-ledger",
        f"{file} holds lines of the ledger {shown(theirs)}; here is {ours}. Ledgers are not merged. For a copy of that"
        " ledger name a new place: pledger --ledger COPY.db import FILE. To take facts over, record them anew and cite"
        " that ledger as their source.",
    )


def _fork(position: int, theirs: bytes, ours: bytes) -> Refused:
    return Refused(
        "fork",
        f"Two lines claim to be #{position}. Here stands: {_named(ours)}. The file has: {_named(theirs)}. One of the two"
        " ledgers was changed, or both went on from the same copy; the file cannot continue this one.",
    )


def _named(line: bytes) -> str:
    said = codec().envelope(line)
    return f"{said.type} of {said.subject} by {shown(said.actor)}, recorded {said.time}, id {shown(said.id)}"
