"""How is a ledger kept in a PostgreSQL database, and what if the server cannot be used?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from threading import Timer
from typing import Any, NamedTuple

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine
from sqlalchemy import event as listening

from domain.refused import Refused
from ledger import postgres_trouble as trouble
from ledger.postgres_schema import SCHEMA, act_as_owner, exists, recognise, write_schema
from ledger.store import Store

DEADLINES = "-c statement_timeout=60s -c idle_in_transaction_session_timeout=300s"
"""No statement, and no forgotten transaction, holds others up for longer; an address may say otherwise."""
SECRETS = ("password", "sslpassword", "oauth_client_secret")
NAMED = "schema="
NOTICED: dict[str, Any] = {
    "connect_timeout": "3",
    "application_name": "pledger",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""How fast it is noticed that a server does not answer, or is gone from the network; an address may say otherwise."""
READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
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
WRITABLE = "SELECT pg_is_in_recovery(), has_table_privilege('event', 'INSERT')"


class Address(NamedTuple):
    """Where a ledger lies: what libpq is told, the schema, and how a sentence names the place (without passwords)."""

    conninfo: str
    schema: str
    label: str


def address_of(url: str) -> Address:
    """What `postgresql://user@host/database?schema=pledger` means; all other parameters are libpq's.

    Refused: `bad-address`.
    """
    place, _, query = url.partition("?")
    asked = [one for one in query.split("&") if one]
    schema = next((one.removeprefix(NAMED) for one in asked if one.startswith(NAMED)), SCHEMA)
    if not re.fullmatch("[a-z][a-z0-9_]{0,39}", schema):
        raise Refused("bad-address", "The schema in the address is no name: small letters, digits and _, at most 40.")
    query = "&".join(one for one in asked if not one.startswith(NAMED))
    try:
        said: dict[str, Any] = dict(conninfo_to_dict(f"{place}?{query}"))
    except psycopg.Error:
        raise Refused(
            "bad-address", "The address is none that PostgreSQL knows. Write postgresql://user@host/database."
        ) from None
    options = f"-c search_path={schema} {DEADLINES} {said.pop('options', '')}"
    return Address(make_conninfo(**NOTICED | said | {"options": options}), schema, _label(said, schema))


def has_password(url: str) -> bool:
    """Is there something secret in it? Refused: as `address_of`."""
    said = conninfo_to_dict(address_of(url).conninfo)
    return any(said.get(name) for name in SECRETS)


def is_taken(url: str) -> bool:
    """Is there a ledger? Undecided: `server-unreachable`, `login-refused`, `no-database`."""
    address = address_of(url)
    with closing(_store(address, 0)) as store, store.reading() as connection:
        return exists(connection, address.schema)


def must_be_free(url: str) -> None:
    """Returns when there is no ledger. Refused: `ledger-exists`; undecided: as `is_taken`."""
    if is_taken(url):
        raise trouble.ledger_exists(address_of(url).label)


def _label(said: dict[str, Any], schema: str) -> str:
    server = said.get("service") or said.get("host") or said.get("hostaddr") or "this machine"
    place = f"{said.get('dbname') or said.get('user') or 'the default database'} on {server}"
    return place if schema == SCHEMA else f"schema {schema} of {place}"


def open_url(url: str, *, writing: bool, timeout: float, trusting: bool = True) -> Store:
    """The ledger at an address. `timeout`: seconds to wait for another writer.

    Refused: `bad-address`, `no-ledger`, `older-format`, `newer-format`, `ledger-damaged`, `ledger-busy`,
    `not-allowed`, `read-only`; undecided: `server-unreachable`, `login-refused`, `no-database`.
    """
    address = address_of(url)
    store = _store(address, timeout, trusting=trusting)
    try:
        with store.reading() as connection:
            recognise(connection, address.schema, address.label, trusting=trusting)
            if writing:
                _must_be_writable(connection, address)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def new_url(url: str, ledger: str, beside: Sequence[str] = ()) -> Iterator[Store]:
    """An empty ledger of that id, to be filled in the block, in the transaction that makes its schema and roles.

    Refused: `ledger-exists`, `not-allowed`, and as `open_url`.
    """
    address = address_of(url)
    store = _store(address, 60)
    try:
        with store.making(lambda connection: write_schema(connection, address.schema, address.label, ledger, beside)):
            yield store
            with store.appending() as appending:  # without knowing how much there is, the server would read all of it
                appending.connection.exec_driver_sql("ANALYZE event, node")
    finally:
        store.close()


def as_owner(url: str, statements: Iterable[str]) -> None:
    """Run statements in one transaction of the ledger's owner, while nobody else does so.

    Refused: `not-allowed`, `ledger-busy`, `read-only`, and as `open_url`.
    """
    address = address_of(url)
    with closing(_store(address, 60)) as store, store.locking() as connection:
        act_as_owner(connection, address.schema, address.label, statements)


def _store(address: Address, timeout: float, *, trusting: bool = True) -> Store:
    engine = _engine(address, timeout)
    if not trusting:
        _let_fail(engine)
    return Store(lambda: engine, now=_now)


def _engine(address: Address, timeout: float) -> Engine:
    def connect() -> psycopg.Connection[Any]:
        try:
            # autocommit: the driver opens no transaction of its own; `begin` below does.
            return psycopg.connect(address.conninfo, autocommit=True)
        except psycopg.Error as error:
            raise trouble.unreachable(error, address.label) from None

    # format: rows go past SQLAlchemy's parameters as tuples
    engine = create_engine("postgresql+psycopg://", creator=connect, paramstyle="format", use_native_hstore=False)

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

    return engine


def _commit(driver: psycopg.Connection[Any], seconds: float | None, label: str) -> None:
    """A server that gives up waiting for its standby, as we ask it to in time, commits with no more than a warning."""
    heard: list[str | None] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        heard.append(notice.severity_nonlocalized)  # a notice lives no longer than this call

    driver.add_notice_handler(hear)
    try:
        with _given_up(driver, seconds):
            driver.execute("COMMIT")
    except KeyboardInterrupt:
        if "WARNING" not in heard:
            raise
    except psycopg.Error as error:
        raise trouble.explained(error, label) or error from None
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


def _let_fail(engine: Engine) -> None:
    """A statement that fails spoils its transaction, unless it can be taken back to a point before it."""

    @listening.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _raw(connection).execute("SAVEPOINT asked")

    @listening.listens_for(engine, "before_cursor_execute")
    def asking(connection: Connection, *_: object) -> None:
        if _raw(connection).info.transaction_status == TransactionStatus.INTRANS:
            _raw(connection).execute("RELEASE SAVEPOINT asked; SAVEPOINT asked")

    @listening.listens_for(engine, "handle_error")
    def back(context: ExceptionContext) -> None:
        if (
            context.connection
            and not context.is_disconnect
            and _raw(context.connection).info.transaction_status == TransactionStatus.INERROR
        ):
            _raw(context.connection).execute("ROLLBACK TO SAVEPOINT asked")


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]  # ours
    return driver


def _now(connection: Connection) -> datetime:
    """The server's clock: that of one machine for all who write."""
    reading: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return reading


def _must_be_writable(connection: Connection, address: Address) -> None:
    standby, granted = connection.exec_driver_sql(WRITABLE).one()
    if standby:
        raise trouble.read_only(address.label)
    if not granted:
        raise trouble.not_allowed(address.label)
