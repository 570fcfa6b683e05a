"""How does the record lie in a database? The tables of one ledger, for every dialect."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

Position = BigInteger().with_variant(Integer, "sqlite")  # INTEGER PRIMARY KEY is the row's own number in SQLite
Word = Text().with_variant(Text(collation="C"), "postgresql")  # stamps and ids compare as bytes everywhere

record = MetaData()

event = Table(
    "event",
    record,
    Column("position", Position, primary_key=True, autoincrement=False),
    Column("stream", Word, nullable=False),
    Column("version", Position, nullable=False),
    Column("type", Word, nullable=False),
    Column("id", Word, nullable=False, unique=True),
    Column("command", Word, nullable=False, index=True),
    Column("recorded", Word, nullable=False),
    Column("effective", Word, nullable=False),
    Column("actor", Word, nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    UniqueConstraint("stream", "version"),
)
"""The lines. All other columns repeat what the line says, but `version` (counted) and `leaf` (RFC 9162, leaf hash)."""

node = Table(
    "node",
    record,
    Column("level", SmallInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("index", Position, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""Full nodes of the tree over the lines, of levels 8, 16, … only."""

head = Table(
    "head",
    record,
    Column("id", Word, primary_key=True),
    Column("size", Position, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
    Column("time", Word, nullable=False),
    Column("format", Integer, nullable=False),
)
"""One row: the ledger's id, its lines, the frontier over them, the time of the last one. Its lock is the head lock."""

checkpoint = Table(
    "checkpoint",
    record,
    Column("size", Position, primary_key=True, autoincrement=False),
    Column("note", Word, primary_key=True),
)
"""Signed notes that pin a size and its root (C2SP tlog-checkpoint)."""

receipt = Table(
    "receipt",
    record,
    Column("first", Position, primary_key=True, autoincrement=False),
    Column("last", Position, nullable=False),
    Column("time", Word, nullable=False),
    Column("actor", Word, nullable=False),
)
"""Lines that were imported into this copy under no checkpoint: from, to, when, by whom. It stays with this copy."""

tracked = MetaData()

tracking = Table(
    "tracking",
    tracked,
    Column("application", Word, primary_key=True),
    Column("position", Position, nullable=False),
)
"""How far applications of the library have followed. Ledgers do not have it: read models keep cursors of their own."""
