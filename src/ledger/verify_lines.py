"""Is each line exact, does it follow on those before it, and does everything beside it say what it says?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, func, select

from domain.recorded import Fact, Recorded
from domain.refused import Refused
from domain.text import shown
from ledger.line import Columns, Envelope, LineError, codec
from ledger.record import Record
from ledger.replay import Replay
from ledger.rules import CASCADING, Before, Rules, as_read, remembered
from ledger.tables import event
from ledger.trouble import refuse_passing
from ledger.verify_report import Findings
from ledger.verify_rows import LINE, POSITION, STREAM, TYPE, VERSION, Line, Rows

COUNT = select(func.count()).where(event.c.stream == bindparam("stream"), event.c.position <= bindparam("until"))
LINES = (
    select(event.c.line).where(event.c.position.in_(bindparam("positions", expanding=True))).order_by(event.c.position)
)
CHUNK = 500
"""So many lines are read again at once."""
HELD = 44_000
"""So many facts are held for rules that look back."""
NEWER = "newer-version"
_iso = lru_cache(4096)(date.isoformat)


class Lines:
    """Reads line after line, whatever is in them.

    `acts` are the facts about the ledger itself, `source` is that of the lines, `last` the latest time, as they say.
    """

    def __init__(
        self, record: Record, before: Before, findings: Findings, remarks: Findings, unreadable: Container[int] = ()
    ) -> None:
        self.acts: list[Recorded] = []
        self.source, self.last = before.source, before.time
        self._findings = findings
        self._remarks = remarks
        self._unreadable = unreadable
        self._next = before.size + 1
        self._learnt = _Places()
        self._versions: dict[str, int] = {}
        self._record = record
        self._earlier = _Earlier(record, before.size)
        earlier = (self._earlier.stream, self._earlier.naming) if before.size else ()
        known = Replay(self._again, self._of_id, *earlier, held=HELD)
        self._rules: Rules | None = Rules(known, before, None)

    def take(self, rows: Rows) -> None:
        """The next lines."""
        for row in rows:
            try:
                self._take(row)
            except Exception as error:  # whatever is in a hostile row, the answer is a finding
                refuse_passing(error)
                self._findings.add(row[POSITION], "cannot-be-checked", f"The line cannot be checked: {error!r}")

    def _take(self, row: Line) -> None:
        position = row[POSITION]
        if position != self._next:
            self._check_gap(position)
        self._next = max(self._next, position + 1)
        try:
            said = codec().exact(row[LINE], row[TYPE]).envelope
        except LineError:
            self._take_otherwise(row)
        else:
            self._take_exact(row, said)

    def _take_exact(self, row: Line, said: Envelope[Fact]) -> None:
        position = row[POSITION]
        self._compare(row, said)
        self._count(row, said.subject)
        self._tell(position, said)
        if self._rules:
            self._note(position, self._rules.broken_by(said))
        self._learn(position, remembered(said))

    def _tell(self, position: int, said: Envelope[Fact]) -> None:
        """What the report says of all lines."""
        self.source = self.source or said.source
        if said.time > self.last:
            self.last = said.time
        if said.clock is not None:
            text = f"The clock said {said.clock}; the line before it was recorded at {said.time}."
            self._remarks.add(position, "clock-behind", text)

    def _take_otherwise(self, row: Line) -> None:
        """It may be exact for all that its column calls it something else."""
        try:
            said = codec().exact(row[LINE]).envelope
        except LineError as error:
            self._take_unsound(row, error)
        else:
            self._take_exact(row, said)

    def _take_unsound(self, row: Line, error: LineError) -> None:
        """What it says may be read all the same."""
        self._note(row[POSITION], (error,))
        one = as_read(row[LINE])
        self._count(row, one.subject if one else row[STREAM])
        if one:
            self._learn(row[POSITION], one)
        elif error.code == NEWER and self._rules:
            self._rules = None  # what this line says is unknown here, and later ones may rest on it
            text = "From here on no rules were asked, only bytes compared."
            self._remarks.add(row[POSITION], "rules-not-asked", text)

    def _learn(self, position: int, one: Recorded) -> None:
        if one.subject == "ledger":
            self.acts.append(one)
        if self._rules:
            self._learnt.add(position)
            self._note(position, self._rules.take_in(one))

    def _check_gap(self, position: int) -> None:
        if position < self._next:
            self._findings.add(position, "stray-line", f"A line stands at #{position}, where none can be.")
            return
        missing = [one for one in range(self._next, min(position, self._next + 1000)) if one not in self._unreadable]
        if missing:
            which = f"#{missing[0]} is" if position == missing[0] + 1 else f"#{missing[0]} to #{position - 1} are"
            self._findings.add(missing[0], "line-missing", f"{which} missing: taken away, or never there.")

    def _compare(self, row: Line, said: Envelope[Fact]) -> None:
        position, stream, _, type_, id_, command, recorded, effective, actor, *_ = row
        if (
            said.subject == stream
            and said.type == type_
            and said.id == id_
            and said.commandid == command
            and said.time == recorded
            and _iso(said.effective) == effective
            and said.actor == actor
            and said.sequence == f"{position:010}"
        ):
            return
        beside = (position, stream, type_, id_, command, recorded, effective, actor)
        for name, column, own in zip(Columns._fields, beside, Columns.of(said), strict=True):
            if column != own:
                code = "out-of-sequence" if name == "position" else "column-differs"
                text = f"The line says that its {name} is {shown(str(own))}; the column beside it {shown(str(column))}."
                self._findings.add(position, code, text)
        if said.id != id_ and (other := self._record.position_of(said.id)):  # columns cannot hold one twice
            self._findings.add(position, "duplicate-id", f"Its id {said.id} is that of #{other}. An id names one line.")

    def _count(self, row: Line, stream: Any) -> None:
        last = self._versions.get(stream)
        version = self._versions[stream] = (self._earlier.count(stream) if last is None else last) + 1
        if row[VERSION] != version:
            self._findings.add(
                row[POSITION],
                "wrong-version",
                f"It is line {version} of {shown(str(stream))}; the column says {shown(str(row[VERSION]))}.",
                cause=("version", stream),
            )

    def _note(self, position: int, broken: Iterable[Refused]) -> None:
        for refused in broken:
            cause = refused.sentence if refused.code in CASCADING else None
            self._findings.add(position, refused.code, refused.sentence, cause=cause)

    def _again(self, numbers: Sequence[int]) -> Iterator[Recorded]:
        with self._record.snapshot() as connection:
            for start in range(0, len(numbers), CHUNK):
                asked = {"positions": [self._learnt[number] for number in numbers[start : start + CHUNK]]}
                for (line,) in connection.execute(LINES, asked).all():
                    one = as_read(line)
                    assert one  # it was read before
                    yield one

    def _of_id(self, id: str) -> Recorded | None:
        position = self._record.position_of(id)
        return as_read(self._record.line_at(position)) if position else None


class _Places:
    """Where the lines stand that were learnt, by number. They mostly follow each other: only leaps are kept."""

    def __init__(self) -> None:
        self._count = 0
        self._leaps: list[tuple[int, int]] = []

    def add(self, position: int) -> None:
        shift = position - self._count
        if not self._leaps or self._leaps[-1][1] != shift:
            self._leaps.append((self._count, shift))
        self._count += 1

    def __getitem__(self, number: int) -> int:
        _, shift = self._leaps[bisect_right(self._leaps, number, key=itemgetter(0)) - 1]
        return number + shift


class _Earlier:
    """What stands up to a size and is not read again; nothing, in a full audit."""

    def __init__(self, record: Record, size: int) -> None:
        self._record = record
        self._size = size

    def stream(self, subject: str) -> Iterable[Recorded]:
        return self._record.stream(subject, self._size)

    def naming(self, key: str) -> Iterable[Recorded]:
        return self._record.naming(key, self._size)

    def count(self, stream: str) -> int:
        if not self._size:
            return 0
        with self._record.snapshot() as connection:
            count: int = connection.execute(COUNT, {"stream": stream, "until": self._size}).scalar_one()
        return count
