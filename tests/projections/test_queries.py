"""Are the queries what the driver, the tables and the reader of rows take them for?"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from projections.base import Base, DamagedError
from projections.cursor import NOWHERE, Cursor
from projections.file import open_passing
from projections.queries import QUERIES, query
from projections.rows import NEVER, Retraction, Row
from projections.tables import cursor, models


@pytest.fixture
def base() -> Base:
    base = open_passing()
    base.lay_out()
    base.index()
    return base


@pytest.mark.parametrize("name", sorted(name for name in QUERIES if not name.startswith("lines")))
def test_each_query_is_taken_by_the_database(base: Base, name: str) -> None:
    text, parameters = query(name, "sqlite")
    base._connection.execute(f"EXPLAIN {text}", [None] * len(parameters))


def test_values_are_inserted_in_the_order_of_the_columns() -> None:
    assert [column.name for column in models.tables["fact"].columns] == list(Row.__struct_fields__)
    assert [column.name for column in models.tables["retraction"].columns] == list(Retraction._fields)
    assert [column.name for column in cursor.columns] == ["only", *Cursor._fields]
    for table in (*models.sorted_tables, cursor):
        columns = ", ".join(f'"{column.name}"' if column.name == "only" else column.name for column in table.columns)
        assert query(f"insert {table.name}", "sqlite").text.startswith(f"INSERT INTO {table.name} ({columns}) VALUES ")


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("facts", "PRIMARY KEY (stream=? AND gone>?)"),
        ("facts among", "fact USING PRIMARY KEY (stream=? AND gone>?)"),
        ("facts expecting", "PRIMARY KEY (stream=? AND gone>?)"),
        ("late among", "COVERING INDEX fact_by_lateness (stream>? AND stream<?)"),
        ("made", "PRIMARY KEY (stream=?)"),
        ("facts falling due", "fact USING PRIMARY KEY (stream=? AND gone>?)"),
        ("facts falling due", "falling USING COVERING INDEX fact_by_latest (latest<?)"),
        ("facts falling due", "resting USING COVERING INDEX fact_at_rest"),
        ("facts undated", "fact USING PRIMARY KEY (stream=? AND gone>?)"),
        ("undated", "dateless USING COVERING INDEX fact_by_latest (latest=?)"),
        ("undated", "aiming USING COVERING INDEX fact_by_latest"),
        ("forget fact", "PRIMARY KEY (stream=?)"),
        ("forget retraction", "INDEX ix_retraction_stream (stream=?)"),
        ("lines among", "PRIMARY KEY (stream>? AND stream<?)"),
    ],
)
def test_no_query_reads_more_than_it_needs(base: Base, name: str, index: str) -> None:
    text, parameters = query(name, "sqlite")
    plan = base._connection.execute(f"EXPLAIN QUERY PLAN {text}", [None] * len(parameters)).fetchall()
    steps = [step for *_, step in plan]
    assert any(index in step for step in steps)
    assert not any(step.startswith("SCAN") and "USING COVERING INDEX" not in step for step in steps)


def test_the_facts_of_a_stream_come_in_the_order_of_their_rows(base: Base) -> None:
    row = Row("party/az", NEVER, 0, "az", "made", "", 1, 1, 1, 9, 9, 9, 1, None, None, None, "first")
    for number, said in ((2, "third"), (0, "first"), (1, "second")):
        values = (*row.__rich_repr__(),)
        base.insert("insert fact", [tuple({**dict(values), "number": number, "data": said}.values())])
    assert base.rows("facts", stream="party/az", known=1, on=1, keep=2) == [(b"first,second,third",)]


def test_a_mistake_of_ours_is_not_taken_for_damage() -> None:
    with closing(open_passing()) as base:
        base.lay_out()
        base.insert("insert cursor", [NOWHERE.row()])
        with pytest.raises(sqlite3.ProgrammingError):
            base.insert("insert cursor", [(1,)])
        base._run(["DROP TABLE fact"])
        with pytest.raises(DamagedError, match="no such table"):
            base.rows("facts", stream="party/az", known=1, on=1, keep=2)


def test_what_is_asked_within_a_question_is_answered_from_its_state(base: Base) -> None:
    with base.reading():
        with base.reading():
            assert base.rows("cursor") == []
        assert base._connection.in_transaction
    assert not base._connection.in_transaction


def test_reading_needs_no_library_of_events_or_databases() -> None:
    modules = [
        *("asked", "due", "history", "keys", "models", "register", "show", "status", "upkeep", "why"),
    ]
    program = f"""
import importlib, sys
for name in {modules}:
    importlib.import_module("projections." + name)
print([name for name in sys.modules if name.partition(".")[0] in ("eventsourcing", "sqlalchemy", "typer", "rich")])
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
