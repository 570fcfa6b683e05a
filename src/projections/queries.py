"""Which questions are the read models asked? Every query by its name, defined for every dialect.

`known` is a position, `on` an ordinal day: what was known up to the one, and true up to the other. `keep` says for
what superseded facts are to be seen too (`projections.rows.FOR_STATUS`, `FOR_FLAGS`). Names of streams
from `first` on and before `beyond` are those of a noun, or of a prefix.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    Dialect,
    and_,
    bindparam,
    case,
    func,
    insert,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from ledger.tables import event
from projections.rows import LAST_DAY
from projections.tables import cursor, fact, models, progress, retraction, stream


def _asked(name: str) -> BindParameter[Any]:
    return bindparam(name, required=False)


_known, _on = _asked("known"), _asked("on")
_stands = and_(fact.c.from_position <= _known, _known < fact.c.to_position, fact.c.effective <= _on)
_not_superseded = or_(fact.c.next_position > _known, fact.c.next_effective > _on)
_seen = and_(_stands, or_(fact.c.keep.between(1, _asked("keep")), _not_superseded))

_facts = func.aggregate_strings(fact.c.data, ",")
_of_stream = fact.c.stream == _asked("stream")
_among = and_(fact.c.stream >= _asked("first"), fact.c.stream < _asked("beyond"))
_streams_among = and_(stream.c.stream >= _asked("first"), stream.c.stream < _asked("beyond"))
_earlier = case((stream.c.last <= _known, null()), else_=stream.c.positions)
_holds = and_(retraction.c.from_position <= _known, _known < retraction.c.to_position)
_state = {name: _asked(f"new_{name}") for name in cursor.columns.keys() if name != "only"}  # noqa: SIM118 # iterating gives columns
_line = (event.c.stream, event.c.position, event.c.version, event.c.type, event.c.line)
_upto = event.c.position <= _asked("until")
_unmoved = [cursor.c[name] == _asked(f"old_{name}") for name in ("position", "model", "ledger", "leaf")]

STATEMENTS: dict[str, ClauseElement] = {
    # the facts of one stream, or of each of many: see `projections.seen.read`
    "facts": select(_facts).where(_of_stream, _seen),
    "facts among": select(fact.c.stream, _facts).where(_among, _seen).group_by(fact.c.stream),
    "made": select(fact.c.item).where(_of_stream, fact.c.what == "made", _stands),
    "streams among": select(stream.c.stream).where(_streams_among).order_by(stream.c.stream),
    # the last line of each stream, and where all lie if that one is not known yet
    "lines among": select(stream.c.stream, stream.c.last, _earlier).where(_streams_among),
    # the items of which something falls due up to a day, and those that are closed or suspended
    "falling due": select(fact.c.item)
    .where(fact.c.latest <= _asked("until"), _stands, or_(fact.c.what == "target", _not_superseded))
    .distinct(),
    # items with a due that has no last day, or none at all, and commitments with a target
    "undated": select(fact.c.item).where(fact.c.latest == LAST_DAY, fact.c.what != "target", _stands, _not_superseded),
    "aiming": select(fact.c.item).where(fact.c.latest.is_not(None), fact.c.what == "target", _stands).distinct(),
    "resting": select(fact.c.item).where(fact.c.state != "open", _stands, _not_superseded),
    "retracted": select(retraction.c.position, retraction.c.retracted_by).where(_holds),
    # of the ledger: its lines stream by stream, those of one stream, and in order
    "lines": select(*_line).where(_upto).order_by(event.c.stream, event.c.version),
    "lines of stream": select(*_line).where(event.c.stream == _asked("stream"), _upto).order_by(event.c.version),
    "lines after": select(*_line).where(event.c.position > _asked("after"), _upto).order_by(event.c.position),
    # all rows, in an order of their own
    "every fact": select(fact).order_by(fact.c.stream, fact.c.number),
    "every stream": select(stream).order_by(stream.c.stream),
    "every retraction": select(retraction).order_by(*retraction.c),
    # catching up
    "cursor": select(*(column for column in cursor.c if column.name != "only")),
    "move cursor": update(cursor).values(_state).where(*_unmoved),
    "insert cursor": insert(cursor),
    "insert fact": insert(fact),
    "insert stream": insert(stream),
    "insert retraction": insert(retraction),
    "empty fact": fact.delete(),
    "empty stream": stream.delete(),
    "empty retraction": retraction.delete(),
    "forget fact": fact.delete().where(_of_stream),
    "forget stream": stream.delete().where(stream.c.stream == _asked("stream")),
    "forget retraction": retraction.delete().where(retraction.c.stream == _asked("stream")),
}


@cache
def dialect_of(name: str) -> Dialect:
    """The dialect of a database; its driver takes parameters in order."""
    if name == "sqlite":
        from sqlalchemy.dialects import sqlite  # late, both: one database is used, not two

        return sqlite.dialect()
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    made: Dialect = PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]  # SQLAlchemy's
    return made


class Query(NamedTuple):
    """A statement as a driver takes it: its text, and its parameters in order, each with its value if unasked."""

    text: str
    parameters: tuple[tuple[str, Any], ...]


@cache
def query(name: str, dialect: str) -> Query:
    """The statement of that name, compiled."""
    compiled = STATEMENTS[name].compile(dialect=dialect_of(dialect), compile_kwargs={"render_postcompile": True})
    order: list[str] = compiled.positiontup  # type: ignore[attr-defined]  # every statement here is SQL, no DDL
    return Query(str(compiled), tuple((parameter, compiled.params[parameter]) for parameter in order))


def creation(dialect: str) -> list[str]:
    """The statements that make the tables anew; the cursor stays."""
    tables = models.sorted_tables
    statements = [
        *(DropTable(table, if_exists=True) for table in tables),
        *(CreateTable(table) for table in tables),
        CreateTable(progress.tables["cursor"], if_not_exists=True),
    ]
    return [str(one.compile(dialect=dialect_of(dialect))) for one in statements]


def indexing(dialect: str) -> list[str]:
    """The statements that index the tables, which is faster once they are full."""
    indexes = sorted(
        (index for table in models.sorted_tables for index in table.indexes), key=lambda one: str(one.name)
    )
    return [str(CreateIndex(index).compile(dialect=dialect_of(dialect))) for index in indexes]
