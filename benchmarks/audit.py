"""How long does an audit of the lines take, beside bare SHA-256 of the same lines?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.measure import timed
from benchmarks.table import Bar, Row, longer, missing

TREE, RULES = (Bar(4), Bar(3)), (Bar(12), Bar(8))


def audits(bench: Bench) -> Iterator[Row]:
    """Lines and tree alone, and with all columns and rules."""
    for made in bench.ledgers:
        for name, run, (bar, then) in (
            ("verify, lines and tree", tree_alone, TREE),
            ("verify, all columns and rules", everything, RULES),
        ):
            if find_spec("ledger.verify") is None:
                yield missing(name, made.size, "not built yet", bar)
                continue
            ours, theirs = partial(timed, run, made.place), partial(timed, bare, made.ledger)
            yield longer(name, made.size, bench.in_turns(made, ours, theirs), bar, then)


def everything(ledger: Path | str) -> None:
    """What `pledger audit verify` reads and asks, the read models apart."""
    from ledger.verify import verify

    assert not verify(ledger).findings


def tree_alone(ledger: Path | str) -> None:
    """All lines, the tree over them, and the hashes that are kept, compared."""
    from ledger.record import Record
    from ledger.tree import Frontier
    from ledger.verify_report import Findings
    from ledger.verify_rows import Reading
    from ledger.verify_tree import Growth

    with closing(Record.open(ledger)) as record, record.snapshot() as connection:
        findings = Findings()
        growth = Growth(connection, Frontier(), (), findings)
        for rows in Reading(connection, 1, findings).pages():
            growth.take(rows)
        growth.end()
        assert not findings
        assert growth.frontier.root() == record.root()


def bare(ledger: Path) -> None:
    """The lines, read and hashed."""
    with closing(sqlite3.connect(ledger)) as connection:
        for (line,) in connection.execute("SELECT line FROM event ORDER BY position"):
            sha256(line).digest()
