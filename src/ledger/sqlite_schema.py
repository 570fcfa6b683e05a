"""What protects the record in a SQLite file?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, insert

from domain.opening import FORMAT
from ledger.recognise import APPLICATION
from ledger.tables import checkpoint, event, head, node, receipt, record
from ledger.tree import Frontier

JOURNAL = """
CREATE VIEW journal AS
SELECT position, recorded, effective, actor, type, stream, CAST(line AS TEXT) AS line FROM event
"""

# What a new row must not do, table by table.
FORBIDDEN = {
    event: """
        NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM event)
        OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM event WHERE stream = NEW.stream AND version = NEW.version)
    """,
    node: 'EXISTS (SELECT 1 FROM node WHERE level = NEW.level AND "index" = NEW."index")',
    checkpoint: "EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size AND note = NEW.note)",
    head: "EXISTS (SELECT 1 FROM head)",
    receipt: "EXISTS (SELECT 1 FROM receipt WHERE first = NEW.first)",
}
MOVED_BACK = "NEW.size <= OLD.size OR NEW.time < OLD.time OR NEW.id <> OLD.id OR NEW.format <> OLD.format"


def triggers() -> Iterator[str]:
    """The statements that make the record append-only.

    A replacing insert deletes without firing a trigger in programs that leave recursive_triggers off, as SQLite does
    by default; so the insert itself is refused too.
    """
    for table, forbidden in FORBIDDEN.items():
        name = table.name
        changed = f"WHEN {MOVED_BACK}" if table is head else ""
        yield (
            f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {name} WHEN {forbidden}"
            f" BEGIN SELECT RAISE(ABORT, '{name}: rows are only added'); END"
        )
        yield (
            f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {name} {changed}"
            f" BEGIN SELECT RAISE(ABORT, '{name}: rows are never changed'); END"
        )
        yield (
            f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {name}"
            f" BEGIN SELECT RAISE(ABORT, '{name}: rows are never deleted'); END"
        )


def write_schema(connection: Connection, ledger: str) -> None:
    """Make an empty ledger of that id in an empty database."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
    record.create_all(connection)
    connection.exec_driver_sql(JOURNAL)
    opened = {"id": ledger, "size": 0, "frontier": Frontier().dump(), "time": "", "format": FORMAT}
    connection.execute(insert(head), opened)


def protect(connection: Connection) -> None:
    """Make it append-only, from now on."""
    for statement in triggers():
        connection.exec_driver_sql(statement)
