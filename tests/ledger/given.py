"""What do the tests of the record start from? Ledgers with a fixed clock and seeded ids, and simple decisions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from weakref import WeakKeyDictionary

import msgspec

from domain.occasion import Known
from domain.party import PartyRegistered
from domain.recorded import New, Recorded
from ledger.ids import Ids
from ledger.ledger import Decision, Ledger
from ledger.line import Exact, codec
from ledger.pen import Pen
from ledger.record import Record
from ledger.store import Store

DAY = date(2026, 4, 1)
NOON = datetime(2026, 4, 2, 12, tzinfo=UTC)

_places: WeakKeyDictionary[Store, Path | str] = WeakKeyDictionary()


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


def new_ledger(where: Path | str, *, seed: int = 7) -> Ledger:
    """A ledger with its first line."""
    ledger = Ledger.create(where, "Middle Corridor", "Asia/Baku", actor="office", pen=pen(seed=seed))
    _places[ledger.store] = where
    return ledger


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


def tamper(where: Path | str, *statements: str) -> None:
    """By a program that first takes the protection away. Statements are those of SQLite."""
    if isinstance(where, str):
        _tamper_with_server(where, statements)
        return
    with closing(sqlite3.connect(where)) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            other.execute(statement)
        other.commit()


def _tamper_with_server(where: str, statements: tuple[str, ...]) -> None:
    from ledger.postgres_address import address_of
    from tests.servers import administrator

    with administrator(address_of(where).schema) as other:
        for table in ("event", "node", "head", "checkpoint", "receipt"):
            other.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            other.execute(re.sub("x'([0-9a-f]*)'", r"'\\x\1'::bytea", statement))


def place_of(ledger: Ledger) -> Path | str:
    """Where it was made."""
    return _places[ledger.store]


def attributes(ledger: Ledger, position: int) -> dict[str, object]:
    """What the line at a position says, as JSON."""
    return msgspec.json.decode(ledger.record.line_at(position), type=dict[str, object])
