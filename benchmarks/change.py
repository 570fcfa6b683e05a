"""How long does one durable change take, beside a bare insert that is as durable?"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime, timedelta
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench
from benchmarks.generate import Made
from benchmarks.measure import Beside, Timed, timed
from benchmarks.table import Bar, Row, longer
from domain.forecast import revise_forecast
from domain.fuzzy import day
from domain.occasion import Known, Occasion
from domain.recorded import New
from ledger.ledger import Ledger

EACH = 40
"""Changes in a round; a round counts by their median."""
OFFICE = "programme-office"


class Changing:
    """Records forecasts in a copy of a ledger, in one stream of 50 lines after the other."""

    def __init__(self, made: Made, where: Path | str) -> None:
        self.ledger = Ledger.open(where)
        self._zone = self.ledger.record.zone
        self._keys = cycle(made.steady)
        self._days = count(1)

    def __call__(self) -> float:
        """Lock, load, decide, append, commit: seconds."""
        key, expected = next(self._keys), day(date(2030, 1, 1) + timedelta(days=next(self._days)))

        def decide(known: Known, now: datetime) -> Sequence[New]:
            at = Occasion(known, now.astimezone(self._zone).date(), OFFICE)
            return revise_forecast(at, key, expected, because="Measured")

        return timed(self.ledger.change, decide, actor=OFFICE)


class Inserting:
    """Inserts lines into a table with a key and the line, a transaction each, as durably."""

    def __init__(self, made: Made, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / f"{made.size}-bare.db", isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE event (position INTEGER PRIMARY KEY, line BLOB)")
        with made.lines.open("rb") as file:
            self._lines = cycle(list(islice(file, EACH)))

    def __call__(self) -> float:
        """Insert and commit: seconds."""
        line = next(self._lines)
        return timed(self.connection.execute, "INSERT INTO event (line) VALUES (?)", (line,))


def changes(bench: Bench) -> Iterator[Row]:
    """A change beside a bare insert and commit."""
    for made in bench.ledgers:
        with bench.passing() as folder, ExitStack() as stack:
            changing, inserting = Changing(made, stack.enter_context(copied(made, folder))), Inserting(made, folder)
            with closing(changing.ledger), closing(inserting.connection):
                beside = by_medians(bench.rounds, changing, inserting)
        yield longer("one durable change, stream of 50", made.size, beside, Bar(6), Bar(4))


@contextmanager
def copied(made: Made, folder: Path) -> Iterator[Path | str]:
    """A copy of a ledger to record in, beside it or on the same server."""
    if made.address:
        from benchmarks.server import passing_copy

        with passing_copy(made) as address:
            yield address
    else:
        path = folder / f"{made.size}.db"
        shutil.copyfile(made.ledger, path)
        yield path


def by_medians(rounds: int, one: Timed, other: Timed) -> Beside:
    """In turns, change by change; each round counts by its medians."""
    one(), other()
    pairs = [[(one(), other()) for _ in range(EACH)] for _ in range(rounds)]
    return Beside(
        [median(ours for ours, _ in each) for each in pairs], [median(theirs for _, theirs in each) for each in pairs]
    )
