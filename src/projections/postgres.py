"""How are read models kept in a PostgreSQL database, in a schema beside that of the ledger?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

import psycopg

from ledger.postgres_address import READING, address_of, models_of
from projections.base import Base, BusyError, DamagedError, ModelsError, Rows, UnwritableError
from projections.cursor import cursor_of
from projections.queries import query
from projections.version import VERSION

FEW = 20
"""So many rows come from the server at a time where each holds all facts of a stream, which may be many."""
COPIED = 100
"""More rows than that are copied in."""
SETTINGS = """
SELECT set_config('search_path', %s, false), set_config('lock_timeout', %s, false),
    set_config('synchronous_commit', 'off', false), set_config('jit', 'off', false)
"""
"""What can be worked out again waits for no disk and no standby: a reader would wait with it. Nor for a compiler, which
takes a second for an answer that takes half of one."""
BY_MIGRATE = "they were made by another version of this program; `pledger migrate` makes them anew"


class ModelsBase(Base):
    """Read models in a schema. Their tables are made by `init` and `migrate`; here only rows come and go."""

    dialect = "postgresql"

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.kept = True
        self._open = connection

    def close(self) -> None:
        self._open.close()

    def rows(self, name: str, **asked: Any) -> Rows:
        with explaining():
            found: Rows = self._asked(self._open.cursor(), name, asked).fetchall()
        return found

    def each(self, name: str, **asked: Any) -> Iterator[tuple[Any, ...]]:
        with explaining(), self._open.cursor(f"each_{uuid4().hex}") as cursor:  # with a name: it stays at the server
            cursor.itersize = FEW if name.startswith("facts") else cursor.itersize
            yield from self._asked(cursor, name, asked)

    def change(self, name: str, **asked: Any) -> int:
        with explaining():
            changed: int = self._asked(self._open.cursor(), name, asked).rowcount
        return changed

    def insert(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        listed = list(rows)
        text = query(name, self.dialect).text
        with explaining(), self._open.cursor() as cursor:
            if len(listed) <= COPIED:
                cursor.executemany(text, listed)
                return
            into = text.partition(" VALUES ")[0].replace("INSERT INTO", "COPY")
            with cursor.copy(f"{into} FROM STDIN") as copy:
                for row in listed:
                    copy.write_row(row)

    def lay_out(self) -> None:
        """Empty the tables. Readers see the old rows until this is durable."""
        for table in ("fact", "stream", "retraction"):
            self.change(f"empty {table}")

    def index(self) -> None:
        """They are indexed from the first. The server is told how much there is now, which it guesses else; it listens
        to the owner alone."""
        self._run(["ANALYZE fact"])

    @contextmanager
    def reading(self) -> Iterator[None]:
        if self._open.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            yield
            return
        self._run([READING])
        try:
            yield
        finally:
            self._undo()

    @contextmanager
    def writing(self) -> Iterator[None]:
        self._run(["BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"])
        try:
            yield
            self._run(["COMMIT"])
        finally:
            self._undo()

    def _undo(self) -> None:
        """Where the connection is lost, or broke off within a statement (Ctrl-C), the server does so by itself; what
        made us stop is what there is to say."""
        with suppress(psycopg.Error):
            self._open.rollback()

    def may_be_written(self) -> bool:
        """Is this a login that may write them, at a server that takes what is written?"""
        with explaining():
            asked = self._open.execute("SELECT has_table_privilege('cursor', 'UPDATE') AND NOT pg_is_in_recovery()")
            return asked.fetchone() == (True,)

    def _asked(self, cursor: Any, name: str, asked: dict[str, Any]) -> Any:
        text, parameters = query(name, self.dialect)
        return cursor.execute(text, [asked[one] for one in parameters])

    def _run(self, statements: Iterable[str]) -> None:
        with explaining():
            for statement in statements:
                self._open.execute(statement)


class ModelsSchema:
    """The place of the models beside a ledger at an address."""

    made_by = "`pledger migrate`"

    def __init__(self, url: str) -> None:
        self._address = address_of(url)
        self.label = f"schema {models_of(self._address.schema)}"

    def open(self, *, timeout: float) -> Base:
        """The models, to be written. Raises `UnwritableError`."""
        base = self._connected(timeout)
        try:
            if cursor_of(base).model != VERSION:
                raise UnwritableError(BY_MIGRATE)
            if not base.may_be_written():
                raise UnwritableError("this login, or this server, may only read them")
        except BaseException:
            base.close()
            raise
        return base

    def look(self) -> Base | None:
        """The models as they are, of whatever version; None where this login may not even read them."""
        with suppress(ModelsError):
            base = self._connected(0)
            with suppress(ModelsError):
                cursor_of(base)
                return base
            base.close()
        return None

    def discard(self) -> None:
        """Only `migrate` makes tables. Raises `UnwritableError`."""
        raise UnwritableError("their tables are not as this program made them; `pledger migrate` makes them anew")

    def _connected(self, timeout: float) -> ModelsBase:
        with explaining():
            connection = psycopg.connect(self._address.conninfo, autocommit=True)
            connection.execute(SETTINGS, [models_of(self._address.schema), f"{timeout}s"])
        return ModelsBase(connection)


@contextmanager
def explaining() -> Iterator[None]:
    """The driver's errors as ours, by their class (PostgreSQL, appendix A)."""
    try:
        yield
    except psycopg.ProgrammingError as error:
        state = error.sqlstate or ""
        if not state:
            raise  # ours, not the database's
        raise (UnwritableError if state == "42501" else DamagedError)(_said(error)) from error
    except psycopg.Error as error:
        state = error.sqlstate or ""
        kind = BusyError if state in ("55P03", "40001", "40P01") else UnwritableError
        raise kind(_said(error)) from error


def _said(error: psycopg.Error) -> str:
    """What the database says, without the rows at which it happened to be."""
    return error.diag.message_primary or str(error).partition("\n")[0]
