"""How is a ledger on a server read and written over SQLAlchemy?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Timer
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine
from sqlalchemy import event as listening

from domain.refused import Refused
from ledger import postgres_trouble as trouble
from ledger.postgres_address import READING, Address
from ledger.postgres_connect import connected, explaining

APPENDING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
DURABLE = """
SELECT set_config('lock_timeout', '{}ms', true),
    set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
    ELSE current_setting('synchronous_commit') END, true)
"""
CONFIRMING = """
SELECT CASE WHEN current_setting('synchronous_standby_names') <> ''
    THEN extract(epoch FROM current_setting('statement_timeout')::interval)::float8 END
"""
"""For how many seconds a commit waits for standbys, if for any: PostgreSQL's own deadline does not end that wait."""


def engine_of(address: Address, timeout: float, *, trusting: bool = True) -> Engine:
    """Connections of SQLAlchemy to a server; `timeout`: seconds to wait for another writer. Who is not `trusting`
    may ask what fails, and go on.
    """
    # format: rows go past SQLAlchemy's parameters as tuples
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: connected(address), paramstyle="format", use_native_hstore=False
    )

    @listening.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("immediate"):
            if "confirming" not in connection.info:
                connection.info["confirming"] = connection.exec_driver_sql(CONFIRMING).scalar_one()
            connection.exec_driver_sql(f"{APPENDING}; {DURABLE.format(round(timeout * 1000))}")  # both at once
        else:
            connection.exec_driver_sql(READING)

    @listening.listens_for(engine, "commit")
    def confirm(connection: Connection) -> None:
        _commit(_raw(connection), connection.info.get("confirming"), address.label)

    @listening.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> Refused | None:
        return trouble.explained(context.original_exception, address.label)

    if not trusting:
        _let_fail(engine, address.label)
    return engine


def _commit(driver: psycopg.Connection[Any], seconds: float | None, label: str) -> None:
    """A server that gives up waiting for its standby, as we ask it to in time, commits with no more than a warning."""
    heard: list[str | None] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        heard.append(notice.severity_nonlocalized)  # a notice lives no longer than this call

    driver.add_notice_handler(hear)
    try:
        with explaining(label), _given_up(driver, seconds):
            driver.execute("COMMIT")
    except KeyboardInterrupt:
        if "WARNING" not in heard:
            raise
    finally:
        driver.remove_notice_handler(hear)
    if "WARNING" in heard:
        raise trouble.not_confirmed(label)


@contextmanager
def _given_up(driver: psycopg.Connection[Any], seconds: float | None) -> Iterator[None]:
    """What is asked of the server in the block is cancelled after so many seconds; without them (or with 0), never."""
    if not seconds:
        yield
        return
    watch = Timer(seconds, driver.cancel_safe)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()  # or it might cancel what is asked next


def _let_fail(engine: Engine, label: str) -> None:
    """A statement that fails spoils its transaction, unless it can be taken back to a point before it."""

    @listening.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        with explaining(label):
            _raw(connection).execute("SAVEPOINT asked")

    @listening.listens_for(engine, "before_cursor_execute")
    def asking(connection: Connection, *_: object) -> None:
        if _raw(connection).info.transaction_status == TransactionStatus.INTRANS:
            with explaining(label):
                _raw(connection).execute("RELEASE SAVEPOINT asked; SAVEPOINT asked")

    @listening.listens_for(engine, "handle_error")
    def back(context: ExceptionContext) -> None:
        if (
            context.connection
            and not context.is_disconnect
            and _raw(context.connection).info.transaction_status == TransactionStatus.INERROR
        ):
            with explaining(label):
                _raw(context.connection).execute("ROLLBACK TO SAVEPOINT asked")


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]  # ours
    return driver


def now(connection: Connection) -> datetime:
    """The server's clock: that of one machine for all who write."""
    reading: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return reading
