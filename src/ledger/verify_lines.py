"""Is each line exact, does it follow on those before it, and does everything beside it say what it says?"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from domain.fold import Facts
from domain.ledger_acts import KeyRotated
from domain.opening import LedgerOpened
from domain.recorded import Fact, Recorded
from domain.refused import Refused
from domain.text import shown
from ledger.line import Columns, Envelope, LineError, codec
from ledger.record import Record
from ledger.replay import Replay
from ledger.rules import CASCADING, Before, Rules, as_read, remembered
from ledger.seen_ids import SeenIds
from ledger.verify_report import Findings
from ledger.verify_rows import POSITION, STREAM, VERSION, Rows, columns_of

NAMES = Columns._fields


class Lines:
    """Reads line after line, whatever is in them. `acts` are the facts about the ledger itself, in order."""

    def __init__(self, record: Record, before: Before, findings: Findings, remarks: Findings) -> None:
        self.acts: list[Recorded] = []
        self._record = record
        self._before = before
        self._findings = findings
        self._remarks = remarks
        self._next = before.size + 1
        self._positions = array("Q")
        self._versions: dict[str, int] = {}
        self._rules: Rules | None = self._beginning()

    def take(self, rows: Rows) -> None:
        """The next lines."""
        for row in rows:
            try:
                self._take(row)
            except Exception as error:  # whatever is in a hostile row, the answer is a finding
                self._findings.add(row[POSITION], "cannot-be-checked", f"The line cannot be checked: {error!r}")

    def _take(self, row: Row) -> None:
        position, line = row[POSITION], row[LINE]
        if position != self._next:
            self._missing(position)
        self._next = position + 1
        try:
            said = codec().exact(line).envelope
        except LineError as error:
            self._not_exact(row, error)
            return
        self._compare(row, said)
        if self._rules:
            for refused in self._rules.broken_by(said):
                self._note(position, refused)
            self._take_in(position, remembered(said))

