"""Is this ledger what it was? Everything in it, read anew and held against itself and against what lies outside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from domain.opening import LedgerOpened
from domain.refused import Refused
from ledger import place
from ledger.checkpoints import Unsealed, origin, time_of
from ledger.checkpoints_import import receipts_in
from ledger.line import URN, stamp
from ledger.record import Record
from ledger.roots import root_at
from ledger.store import Store
from ledger.trouble import PASSING, undecided
from ledger.verify_checkpoints import Stands, judge
from ledger.verify_keys import Keys, known
from ledger.verify_notes import Checkpoint, Given, read_notes
from ledger.verify_pass import Read, Watch, nobody, read_again
from ledger.verify_report import Report
from ledger.verify_rows import readable
from ledger.verify_schema import check_database
from ledger.verify_start import after_checkpoint, beginning

DAMAGED = frozenset({"ledger-damaged", "not-a-ledger"})
"""Refusals of a file with which something is wrong."""


@dataclass(frozen=True)
class Asked:
    """What a ledger is held against: checkpoints that lie outside, and verifier keys that are known.

    `full`: every line is read again; otherwise those after the newest checkpoint that is given or signed by a known
    key.
    """

    given: Sequence[Given] = ()
    vkeys: Sequence[str] = ()
    full: bool = True


NOTHING = Asked()


def verify(
    where: str | Path, asked: Asked = NOTHING, *, watch: Watch = nobody, timeout: float = place.PATIENCE
) -> Report:
    """What an audit of the ledger there finds. Whatever is in the file, all that is wrong is in the report.

    Refused: `no-ledger`, `bad-vkey`; as `CannotDecide` where the file cannot be read, or the disk fails.
    """
    keys, report = known(asked.vkeys), Report()
    try:
        store = place.open_store(where, writing=False, timeout=timeout, trusting=False)
        with closing(store), store.reading() as connection:
            _Audit(store, connection, asked, keys, report).run(watch)
    except Refused as refused:
        if refused.code in PASSING:
            raise undecided(refused) from None
        if refused.code not in DAMAGED:
            raise
        report.findings.add(None, refused.code, refused.sentence)
    return report


class _Audit:
    """One look at one state of a ledger."""

    def __init__(self, store: Store, connection: Connection, asked: Asked, keys: Keys, report: Report) -> None:
        self._record = Record(store)
        self._connection = connection
        self._asked = asked
        self._keys = keys
        self._report = report
        self._findings = report.findings

    def run(self, watch: Watch) -> None:
        """Fill the report."""
        if not check_database(self._connection, self._findings, self._report.remarks):
            return
        notes = read_notes(self._connection, self._asked.given, self._findings)
        start = beginning()
        if not self._asked.full:
            start = after_checkpoint(self._record, self._connection, notes, self._keys)
        sizes = [note.size for note in notes]
        read = read_again(self._record, start, sizes, self._findings, self._report.remarks, watch)
        self._report.start = start.before.size + 1
        self._tell(read)
        self._judge(notes, read)

    def _tell(self, read: Read) -> None:
        report, opened = self._report, read.acts[0] if read.acts else None
        report.id = read.source.removeprefix(URN)
        report.size, report.root = read.tree.size, read.tree.root()
        report.last = read.last or None
        if opened and isinstance(opened.fact, LedgerOpened):
            report.title, report.first = opened.fact.title, stamp(opened.recorded)

    def _judge(self, notes: Sequence[Checkpoint], read: Read) -> None:
        report = self._report
        roots: dict[int, bytes | None] = dict(read.roots)
        for note in notes:
            if note.size < report.start:  # not read again
                roots[note.size] = readable(self._findings, root_at, self._connection, note.size)
        stands = Stands(origin(report.id), report.size, roots)
        report.checkpoints = judge(notes, self._keys, read.acts, stands, self._findings, report.remarks)
        counting = [one.size for one in report.checkpoints if one.holds and (one.anchor or not self._keys)]
        sealed = max(counting, default=0)
        oldest = readable(self._findings, time_of, self._connection, sealed + 1)
        report.unsealed = Unsealed(sealed, report.size - sealed, oldest)
        for one in readable(self._findings, receipts_in, self._connection) or ():
            text = f"#{one.first} to #{one.last} were imported under no checkpoint, by {one.actor} at {one.time}."
            report.remarks.add(one.first, "imported-unsealed", text)
