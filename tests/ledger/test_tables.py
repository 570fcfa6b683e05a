"""Do the same tables and questions exist in every dialect?"""

from __future__ import annotations

import pytest
from sqlalchemy import Dialect, make_url
from sqlalchemy.schema import CreateTable

from ledger.append import LOCK_HEAD
from ledger.tables import event, record

DIALECTS = [make_url(url).get_dialect()() for url in ("sqlite+pysqlite://", "postgresql+psycopg://")]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_the_tables_of_the_design_can_be_made(dialect: Dialect) -> None:
    made = {table.name: str(CreateTable(table).compile(dialect=dialect)) for table in record.sorted_tables}
    assert set(made) == {"event", "node", "head", "checkpoint", "receipt"}
    assert "UNIQUE (stream, version)" in made["event"]
    assert "UNIQUE (id)" in made["event"]


def test_the_position_is_the_row_itself_in_sqlite_and_wide_enough_in_postgresql() -> None:
    small, large = (str(CreateTable(event).compile(dialect=dialect)) for dialect in DIALECTS)
    assert "position INTEGER NOT NULL" in small
    assert "position BIGINT NOT NULL" in large


def test_the_head_is_locked_by_its_row_where_begin_does_not_lock_it() -> None:
    small, large = (str(LOCK_HEAD.compile(dialect=dialect)) for dialect in DIALECTS)
    assert "FOR UPDATE" not in small
    assert large.endswith("FOR UPDATE")
