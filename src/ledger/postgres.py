"""How is a ledger kept in a PostgreSQL database, and what if the server cannot be used?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import psycopg
from psycopg.pq import TransactionStatus

from ledger import postgres_trouble as trouble
from ledger.postgres_address import READING, Address, address_of, has_password
from ledger.postgres_connect import connected, explaining
from ledger.postgres_recognise import exists, recognise
from ledger.reader import Reader, rows
from ledger.store import Store
from ledger.straight import Cursor, Dialect, Straight, StraightStore

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["address_of", "as_owner", "has_password", "is_taken", "must_be_free", "new_url", "open_url"]

WRITABLE = "SELECT pg_is_in_recovery(), has_table_privilege('event', 'INSERT')"


def is_taken(url: str) -> bool:
    """Is there a ledger? Undecided: `server-unreachable`, `login-refused`, `no-database`."""
    address = address_of(url)
    with closing(_reading(address)) as store, store.asking() as reader:
        return exists(reader, address.schema)


def must_be_free(url: str) -> None:
    """Returns when there is no ledger. Refused: `ledger-exists`; undecided: as `is_taken`."""
    if is_taken(url):
        raise trouble.ledger_exists(address_of(url).label)


def open_url(url: str, *, writing: bool, timeout: float, trusting: bool = True) -> Store:
    """The ledger at an address. `timeout`: seconds to wait for another writer.

    Refused: `bad-address`, `no-ledger`, `older-format`, `newer-format`, `ledger-damaged`, `ledger-busy`,
    `not-allowed`, `read-only`; undecided: `server-unreachable`, `login-refused`, `no-database`.
    """
    address = address_of(url)
    store = _reading(address) if trusting and not writing else _writing(address, timeout, trusting=trusting)
    try:
        with store.asking() as reader:
            recognise(reader, address.schema, address.label, trusting=trusting)
            if writing:
                _must_be_writable(reader, address)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def new_url(url: str, ledger: str, beside: Sequence[str] = ()) -> Iterator[Store]:
    """An empty ledger of that id, to be filled in the block, in the transaction that makes its schema and roles.

    Refused: `ledger-exists`, `not-allowed`, and as `open_url`.
    """
    from ledger.postgres_schema import write_schema  # late, like the next: a ledger is made once

    address = address_of(url)
    store = _writing(address, 60)
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
    from ledger.postgres_schema import act_as_owner

    address = address_of(url)
    with closing(_writing(address, 60)) as store, store.locking() as connection:
        act_as_owner(connection, address.schema, address.label, statements)


def _reading(address: Address) -> Store:
    return StraightStore(partial(StraightServer, address), lambda: _engine(address, 0))


def _writing(address: Address, timeout: float, *, trusting: bool = True) -> Store:
    from ledger.postgres_engine import now

    return Store(lambda: _engine(address, timeout, trusting=trusting), now)


def _engine(address: Address, timeout: float, *, trusting: bool = True) -> Engine:
    from ledger.postgres_engine import engine_of  # late: it takes longer to load than most questions to answer

    return engine_of(address, timeout, trusting=trusting)


class StraightServer(Straight):
    """A connection to a server."""

    dialect = Dialect("postgresql")
    begin = READING

    def __init__(self, address: Address) -> None:
        self.driver = connected(address)
        self._label = address.label

    def cursor(self, *, streamed: bool) -> Cursor:
        # One with a name stays at the server, and sends so many rows at a time.
        named = self.driver.cursor(f"pages_{uuid4().hex}") if streamed else self.driver.cursor()
        return cast(Cursor, named)

    def explaining(self) -> AbstractContextManager[None]:
        return explaining(self._label)

    def end(self) -> bool:
        with suppress(psycopg.Error):
            self.driver.rollback()
        return self.driver.info.transaction_status == TransactionStatus.IDLE

    def close(self) -> None:
        self.driver.close()


def _must_be_writable(reader: Reader, address: Address) -> None:
    ((standby, granted),) = rows(reader, WRITABLE)
    if standby:
        raise trouble.read_only(address.label)
    if not granted:
        raise trouble.not_allowed(address.label)
