"""Does a ledger file refuse to be changed, by us and by any other program that uses SQL?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.ledger import Ledger
from ledger.record import Record
from tests.ledger.given import lines_of, new_ledger, record


def row(position: int, stream: str = "s", version: int = 1, id: str = "i") -> str:
    """A made-up event, as the rest of an INSERT."""
    return (
        f"INTO event SELECT {position}, '{stream}', {version}, type, '{id}',"
        " command, recorded, effective, actor, line, leaf FROM event LIMIT 1"
    )


ATTEMPTS = {
    "update of a line": "UPDATE event SET line = x'00' WHERE position = 1",
    "update of a column": "UPDATE event SET actor = 'me'",
    "update that changes nothing": "UPDATE event SET actor = actor",
    "update of a position": "UPDATE event SET position = 9 WHERE position = 2",
    "delete of the last": "DELETE FROM event WHERE position = 3",
    "delete of all": "DELETE FROM event",
    "replacing insert": "INSERT OR REPLACE INTO event SELECT * FROM event WHERE position = 1",
    "replacing update": "UPDATE OR REPLACE event SET position = 1 WHERE position = 2",
    "insert before the end": f"INSERT {row(1)}",
    "insert with a gap": f"INSERT {row(5)}",
    "replacing by id": f"REPLACE {row(4, id='FIRST')}",
    "replacing by version": f"REPLACE {row(4, stream='party/az')}",
    "upsert": f"INSERT {row(2)}".replace("LIMIT", "WHERE true LIMIT") + " ON CONFLICT DO UPDATE SET actor = 'me'",
    "second head": "INSERT INTO head SELECT 'x', size, frontier, time, format FROM head",
    "replaced head": "INSERT OR REPLACE INTO head SELECT id, 1, frontier, time, format FROM head",
    "deleted head": "DELETE FROM head",
    "smaller head": "UPDATE head SET size = size - 1",
    "head of the same size": "UPDATE head SET frontier = x'00'",
    "earlier head": "UPDATE head SET size = size + 1, time = '1970'",
    "another ledger's head": "UPDATE head SET size = size + 1, id = 'x'",
    "head of another format": "UPDATE head SET size = size + 1, format = 2",
    "changed node": "UPDATE node SET hash = x'00'",
    "deleted node": "DELETE FROM node",
    "replaced node": "INSERT OR REPLACE INTO node VALUES (8, 0, x'00')",
    "changed checkpoint": "UPDATE checkpoint SET note = 'y'",
    "deleted checkpoint": "DELETE FROM checkpoint",
    "replaced checkpoint": "INSERT OR REPLACE INTO checkpoint VALUES (1, 'x')",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("protected") / "pledger.db"
    with closing(new_ledger(path)) as ledger:
        record(ledger, "az", "kz")
        with ledger.appending() as appending:
            appending.connection.exec_driver_sql("INSERT INTO node VALUES (8, 0, x'11')")
            appending.connection.exec_driver_sql("INSERT INTO checkpoint VALUES (1, 'x')")
    return path


def everything(path: Path) -> list[object]:
    tables = ("event", "node", "head", "checkpoint")
    with closing(sqlite3.connect(path)) as other:
        return [other.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_another_program_cannot_change_the_record(path: Path, attempt: str) -> None:
    before = everything(path)
    with closing(sqlite3.connect(path)) as other:
        [(first,)] = other.execute("SELECT id FROM event WHERE position = 1")
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(attempt.replace("FIRST", first))
        other.commit()
    assert everything(path) == before


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_nor_can_we(path: Path, attempt: str) -> None:
    before = everything(path)
    with closing(Ledger.open(path)) as ledger:
        first = ledger.record.stream("ledger")[0].id
        with pytest.raises(IntegrityError), ledger.appending() as appending:
            appending.connection.exec_driver_sql(attempt.replace("FIRST", first))
    assert everything(path) == before


def test_where_the_trigger_on_inserts_is_gone_ours_still_meets_the_one_on_deletes(path: Path) -> None:
    def replace(ledger: Ledger) -> None:
        with ledger.appending() as appending:
            appending.connection.exec_driver_sql("DROP TRIGGER event_insert")
            appending.connection.exec_driver_sql(ATTEMPTS["replacing insert"])

    with closing(Ledger.open(path)) as ledger, pytest.raises(IntegrityError, match="never deleted"):
        replace(ledger)


def test_the_journal_shows_the_lines_as_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, closing(Record.open(path)) as ours:
        shown = other.execute("SELECT line FROM journal ORDER BY position").fetchall()
        assert [line.encode() for (line,) in shown] == lines_of(ours)
