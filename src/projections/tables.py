"""How do the read models lie in a database? Their tables, for every dialect."""

from __future__ import annotations

from functools import cache

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

Position = BigInteger().with_variant(Integer, "sqlite")
Word = Text().with_variant(Text(collation="C"), "postgresql")  # keys sort as bytes everywhere

models = MetaData()

fact = Table(
    "fact",
    models,
    Column("stream", Word, primary_key=True),
    Column("gone", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("item", Word, nullable=False),
    Column("what", Word, nullable=False),
    Column("detail", Word, nullable=False),
    Column("position", Position, nullable=False),
    Column("effective", Integer, nullable=False),
    Column("from_position", Position, nullable=False),
    Column("to_position", Position, nullable=False),
    Column("next_position", Position, nullable=False),
    Column("next_effective", Integer, nullable=False),
    Column("keep", SmallInteger, nullable=False),
    Column("late", Word),
    Column("latest", Integer),
    Column("state", Word),
    Column("data", Word, nullable=False),
    sqlite_with_rowid=False,
)
"""The facts, see `projections.rows.Row`. They lie stream by stream, as they are asked for, what is gone apart."""

_bounds = [fact.c[name] for name in ("effective", "from_position", "to_position", "next_position", "next_effective")]
_dated, _late = (fact.c[name].is_not(None) for name in ("latest", "late"))
_resting = fact.c.state != text("'open'")
Index("fact_by_latest", fact.c.latest, fact.c.item, fact.c.what, *_bounds, sqlite_where=_dated, postgresql_where=_dated)
Index("fact_at_rest", fact.c.item, fact.c.state, *_bounds, sqlite_where=_resting, postgresql_where=_resting)
_by_item = fact.c.stream, fact.c.item, fact.c.late
Index("fact_by_lateness", *_by_item, *_bounds, sqlite_where=_late, postgresql_where=_late)

stream = Table(
    "stream",
    models,
    Column("stream", Word, primary_key=True),
    Column("last", Position, nullable=False),
    Column("positions", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Where the lines of a stream lie, retractions included: the last one, and all of them in 8 bytes each, big-endian."""

retraction = Table(
    "retraction",
    models,
    Column("stream", Word, nullable=False, index=True),
    Column("position", Position, nullable=False, index=True),
    Column("retracted_by", Position, nullable=False),
    Column("from_position", Position, nullable=False),
    Column("to_position", Position, nullable=False),
)
"""Which events count as retracted, by which, between two positions."""

progress = MetaData()

cursor = Table(
    "cursor",
    progress,
    Column("only", SmallInteger, primary_key=True, autoincrement=False),
    Column("position", Position, nullable=False),
    Column("model", Integer, nullable=False),
    Column("ledger", Word, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("stopped", Position),
    Column("sentence", Word),
)
"""One row: how far the models have followed, and which ledger. Its shape is the same in every version.

`leaf` is the hash of the line at `position`, by which another ledger, or an older copy that went on otherwise, shows.
`stopped` is the position of a line that could not be applied, `sentence` says why.
"""


def creation(dialect: str) -> list[str]:
    """The statements that make the tables anew; the cursor stays."""
    tables = models.sorted_tables
    statements = [
        *(DropTable(table, if_exists=True) for table in tables),
        *(CreateTable(table) for table in tables),
        CreateTable(cursor, if_not_exists=True),
    ]
    return [str(one.compile(dialect=_dialect(dialect))) for one in statements]


def indexing(dialect: str) -> list[str]:
    """The statements that index the tables, which is faster once they are full."""
    indexes = sorted(
        (index for table in models.sorted_tables for index in table.indexes), key=lambda one: str(one.name)
    )
    return [str(CreateIndex(index).compile(dialect=_dialect(dialect))) for index in indexes]


@cache
def _dialect(name: str) -> Dialect:
    if name == "sqlite":
        from sqlalchemy.dialects import sqlite  # late, both: one database is used, not two

        return sqlite.dialect()
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    made: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy's
    return made
