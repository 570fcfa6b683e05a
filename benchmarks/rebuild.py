"""How fast are the read models made anew, beside the simplest table and beside the library's projection loop?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.bench import Bench
from benchmarks.generate import Made
from benchmarks.library import projected
from benchmarks.measure import Beside, timed
from benchmarks.table import Bar, Row, faster
from ledger.record import Record
from projections.upkeep import rebuild

TABLE, LOOP = (Bar(0.35, most=False), Bar(0.5, most=False)), Bar(12, most=False)
SAMPLE = 2_000
"""Events for which the library's loop is run: it has a transaction for each."""


def rebuilds(bench: Bench) -> Iterator[Row]:
    """A rebuild beside both."""
    for made in bench.ledgers:
        with bench.passing() as folder:
            beside = bench.in_turns(made, partial(ours, made), partial(bare, made, folder))
            yield faster("rebuild, to json.loads + bulk insert", made.size, beside, *TABLE)
            loop = [by_the_library(made, folder) for _ in beside.ours]
            each = Beside([one / made.size for one in beside.ours], loop)
            yield faster("rebuild, to the library's loop, per event", made.size, each, LOOP)


def ours(made: Made) -> float:
    """What `pledger models rebuild` does."""
    with closing(Record.open(made.place)) as record:
        return timed(rebuild, record, made.place)


def by_the_library(made: Made, folder: Path) -> float:
    """Seconds of one event."""
    events = min(SAMPLE, made.size)
    return timed(projected, made.ledger, folder / uuid4().hex, events) / events


def bare(made: Made, folder: Path) -> float:
    """One row an event by json.loads, the last of each kind by subject, and one bulk insert; as durable."""
    path = folder / f"{uuid4().hex}.db"
    taken = timed(_write, made.ledger, path)
    path.unlink()
    return taken


def _write(ledger: Path, path: Path) -> None:
    with closing(sqlite3.connect(ledger)) as source, closing(sqlite3.connect(path, isolation_level=None)) as to:
        columns = "position INTEGER PRIMARY KEY, stream TEXT, type TEXT, effective TEXT, recorded TEXT"
        for statement in ("journal_mode = WAL", "synchronous = NORMAL"):
            to.execute(f"PRAGMA {statement}")
        to.execute(f"CREATE TABLE fact ({columns})")
        to.execute("BEGIN")
        to.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", _rows(source))
        to.execute("COMMIT")


def _rows(source: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    state: dict[tuple[str, str], Any] = {}
    for position, line in source.execute("SELECT position, line FROM event ORDER BY position"):
        said = json.loads(line)
        state[said["subject"], said["type"]] = said["data"]
        yield position, said["subject"], said["type"], said["effective"], said["time"]
