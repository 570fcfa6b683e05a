"""What do the tests of the record start from? Ledgers with a fixed clock and seeded ids, and simple decisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import msgspec

from domain.occasion import Known
from domain.party import PartyRegistered
from domain.recorded import New, Recorded
from ledger.ids import Ids
from ledger.ledger import Decision, Ledger
from ledger.line import Exact, codec
from ledger.pen import Pen
from ledger.record import Record

DAY = date(2026, 4, 1)
NOON = datetime(2026, 4, 2, 12, tzinfo=UTC)


class Clock:
    """Says what the test sets, a second later each time."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def pen(clock: Callable[[], datetime] | None = None, seed: int = 7) -> Pen:
    """One that writes the same each time."""
    return Pen(clock=clock or Clock(), ids=Ids(Random(seed).getrandbits), program="pledger/test")


def new_ledger(path: Path, *, seed: int = 7) -> Ledger:
    """A ledger with its first line."""
    return Ledger.create(path, "Middle Corridor", "Asia/Baku", actor="office", pen=pen(seed=seed))


def party(key: str, name: str = "Azərbaycan", day: date = DAY) -> New:
    """A fact that may be recorded in any ledger."""
    return New(f"party/{key}", PartyRegistered(name=name, kind="state"), day)


def deciding(*news: New) -> Decision:
    """A decision that is always the same."""
    return lambda known, now: news


def registering(key: str, name: str = "Azərbaycan", day: date = DAY) -> Decision:
    """A decision that looks first: nothing when the party stands already."""

    def decide(known: Known, now: datetime) -> list[New]:
        return [] if known.load(f"party/{key}") else [party(key, name, day)]

    return decide


def record(ledger: Ledger, *keys: str) -> list[Recorded]:
    """One change for each key."""
    return [one for key in keys for one in ledger.change(deciding(party(key)), actor="office")]


def lines_of(record: Record) -> list[bytes]:
    """All lines, in order."""
    return [line for page in record.lines() for _, line in page]


def exact(lines: list[bytes]) -> Iterator[Exact]:
    """As import reads them."""
    return map(codec().exact, lines)


def tamper(path: Path, *statements: str) -> Path:
    """By a program that first takes the protection away."""
    with closing(sqlite3.connect(path)) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            other.execute(statement)
        other.commit()
    return path


def path_of(ledger: Ledger) -> Path:
    """Where its file lies."""
    with ledger.record.snapshot() as connection:
        return Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])


def attributes(ledger: Ledger, position: int) -> dict[str, object]:
    """What the line at a position says, as JSON."""
    return msgspec.json.decode(ledger.record.line_at(position), type=dict[str, object])
