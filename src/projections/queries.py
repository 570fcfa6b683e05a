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
    ColumnElement,
    Dialect,
    FromClause,
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


def _stands(facts: FromClause) -> ColumnElement[bool]:
    return and_(facts.c.from_position <= _known, _known < facts.c.to_position, facts.c.effective <= _on)


def _counts(facts: FromClause) -> ColumnElement[bool]:
    """It is not superseded."""
    return or_(facts.c.next_position > _known, facts.c.next_effective > _on)


def _open(facts: FromClause) -> ColumnElement[bool]:
    """Neither its item nor the commitment of that is closed or suspended."""
    rests = _resting.c.state != "open", _stands(_resting), _counts(_resting)
    itself, whole = select(_resting.c.item).where(*rests), select("commitment/" + _resting.c.item).where(*rests)
    return and_(facts.c.item.not_in(itself), facts.c.stream.not_in(whole))


_resting, _falling, _dateless, _aiming = (fact.alias(name) for name in ("resting", "falling", "dateless", "aiming"))
_aims = select(_aiming.c.item).where(_aiming.c.latest.is_not(None), _aiming.c.what == "target", _stands(_aiming))
_undated = and_(
    _dateless.c.latest == LAST_DAY,
    _dateless.c.what != "target",
    _stands(_dateless),
    _counts(_dateless),
    _dateless.c.item.not_in(_aims),
    _open(_dateless),
)
_falls = and_(
    _falling.c.latest <= _asked("until"),
    _stands(_falling),
    or_(_falling.c.what == "target", _counts(_falling)),
    _open(_falling),
)
_seen = and_(_stands(fact), or_(fact.c.keep.between(1, _asked("keep")), _counts(fact)))
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


def _facts_of(which: ColumnElement[bool]) -> ClauseElement:
    """The facts of each of many streams."""
    return select(fact.c.stream, _facts).where(which, _seen).group_by(fact.c.stream).order_by(fact.c.stream)


STATEMENTS: dict[str, ClauseElement] = {
    # the facts of one stream, or of each of many: see `projections.seen.read`
    "facts": select(_facts).where(_of_stream, _seen),
    "facts among": _facts_of(_among),
    # of the commitments of which something falls due up to a day, and of those of which something has no day
    "facts falling due": _facts_of(fact.c.stream.in_(select(_falling.c.stream).where(_falls))),
    "facts undated": _facts_of(fact.c.stream.in_(select(_dateless.c.stream).where(_undated))),
    # the items with a due that has no last day, or none at all, and without a target
    "undated": select(_dateless.c.item).where(_undated),
    "made": select(fact.c.item).where(_of_stream, fact.c.what == "made", _stands(fact)),
    "streams among": select(stream.c.stream).where(_streams_among).order_by(stream.c.stream),
    # the last line of each stream, and where all lie if that one is not known yet
    "lines among": select(stream.c.stream, stream.c.last, _earlier).where(_streams_among),
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
