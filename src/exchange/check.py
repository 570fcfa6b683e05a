"""Are these the lines of a ledger, and do they keep its rules? All findings, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import func, select

from domain.recorded import Recorded
from domain.refused import Refused
from domain.text import shown
from exchange.finding import Finding, Findings
from exchange.flow import Flow, Standing
from exchange.handed import Handed
from exchange.places import Places, numbered
from ledger.line import URN, LineError, codec
from ledger.record import Record
from ledger.replay import Replay
from ledger.rules import CASCADING, Before, Rules, as_read, remembered
from ledger.seen_ids import SeenIds
from ledger.tables import event

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
        self._files = files
        self._at = ("", 0)
        self._standing = Standing(record, self.new)
        self._flow = Flow(self._standing.last + 1)
        self._record = record
        self._ids = _ids(record)
        self._rules = Rules(self._replay(), _before(record), self._ids)

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
        """A file begins anywhere in what stands, or right behind it; where, its first line says that can be read."""
        one = as_read(line)
        if one is None:
            return False
        source, ours = codec().envelope(line).source, self._rules.source
        if ours and source != ours:
            raise _another_ledger(file, source, ours)
        if one.position > 1 and not ours and not self.findings:
            raise Refused(
                "no-opening",
                f"{file} begins at #{one.position}, and no ledger is here that it could continue."
                " Name the ledger with --ledger, or import lines from #1 on.",
            )
        if 1 <= one.position <= self._standing.last:
            self._flow = Flow(one.position)
        return True

    def _stands(self, line: bytes) -> bool:
        """Is it, byte for byte, the line that stands where this one belongs?"""
        last = self._standing.last
        for position in (self._flow.next, self._flow.counted):
            if 1 <= position <= last and line == self._standing.line(position):
                return self._flow.follows(position)
        return False

    def _check(self, line: bytes, place: int) -> None:
        """Note what is wrong with a line that does not stand yet, and take it in."""
        try:
            said = codec().exact(line).envelope
        except LineError as error:
            self._note([error])
            self._check_unsound(line, place)
            return
        one = remembered(said)
        if self._check_position(one.position, line):
            self._note(self._rules.broken_by(said))
            self._take_in(one, line, place)

    def _check_unsound(self, line: bytes, place: int) -> None:
        """It is no line as it stands, and is taken in all the same, if only its place can be read."""
        one = as_read(line)
        if one is None:
            self._flow.skip()
            self._standing.go_astray()
        elif self._check_position(one.position, line):
            self._take_in(one, line, place)

    def _take_in(self, one: Recorded, line: bytes, place: int) -> None:
        self._note(self._rules.take_in(one))
        self.new.add(place, len(line))

    def _check_position(self, position: int, line: bytes) -> bool:
        """Is it a line behind those that stand? Refused: `findings`, at once, where it stands instead of another."""
        expected = self._flow.next
        if not self._flow.follows(position):
            self._standing.go_astray()
            self._note([Refused("out-of-sequence", f"It says that it is #{position}; #{expected} comes next here.")])
        elif position <= self._standing.last:
            self._note([_fork(position, line, self._standing.line(position))])
            self.findings.refuse(NOTHING)
        return position > self._standing.stored

    def _note(self, problems: Iterable[Refused]) -> None:
        for one in problems:
            cause = one.sentence if one.code in CASCADING else None
            self.findings.add(Finding(*self._at, one.code, one.sentence), cause)

    def _read_again(self, numbers: Sequence[int]) -> Iterator[Recorded]:
        for number in numbers:
            yield remembered(codec().envelope(self.new[number]))

    def _find(self, id: str) -> Recorded | None:
        """The line of that id, in the record or behind it."""
        position = self._record.position_of(id) if self._record else None
        if self._record and position:
            return self._record.recorded_at(position)
        number = self._ids.number(id)
        if number is None or number >= len(self.new):
            return None
        return next(self._read_again([number]))

    def _replay(self) -> Replay:
        if self._record is None:
            return Replay(self._read_again, self._find)
        return Replay(self._read_again, self._find, self._record.stream, self._record.naming)


def _before(record: Record | None) -> Before:
    """What stands before the first new line."""
    if record is None:
        return Before()
    return Before(record.size, URN + record.id, record.head().time, record.zone)


def _ids(record: Record | None) -> SeenIds:
    if record is None:
        return SeenIds()
    with record.snapshot() as connection:
        last_id = connection.execute(LAST_ID).scalar_one() or ""
    return SeenIds(last_id, lambda id: record.position_of(id) is not None)


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
        f"Two lines claim to be #{position}. Here stands: {_named(ours)}. The file has: {_named(theirs)}."
        " One of the two ledgers was changed, or both went on from the same copy; the file cannot continue this one.",
    )


def _named(line: bytes) -> str:
    said = codec().envelope(line)
    return f"{said.type} of {said.subject} by {shown(said.actor)}, recorded {said.time}, id {shown(said.id)}"
