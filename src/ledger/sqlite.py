"""How is a ledger kept in one SQLite file, and what if the file cannot be used?"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from domain.refused import Refused
from ledger import trouble
from ledger.reader import rows
from ledger.recognise import recognise
from ledger.store import Store
from ledger.straight import Dialect, Straight, StraightStore

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, ExceptionContext
    from sqlalchemy.pool import ConnectionPoolEntry

# temp_store: a statement that a trigger may abort keeps a journal of its own; on the disk it doubles a bulk insert.
SAFE = ("trusted_schema = OFF", "recursive_triggers = ON", "synchronous = FULL", "temp_store = MEMORY")
READING = (*SAFE, "query_only = ON")
# First of all: a connection that is exclusive before its first look (other pragmas look) needs no -shm.
ALONE = ("locking_mode = EXCLUSIVE", *SAFE)
# Nobody sees a draft: it is made whole and synced before it gets its name.
MAKING = "mode=rwc"
DRAFTING = (*SAFE, "synchronous = OFF", "journal_mode = MEMORY")


def open_file(path: Path, *, writing: bool, timeout: float, trusting: bool = True) -> Store:
    """The ledger in a file. `timeout`: seconds to wait for another writer. Without `trusting`, any database will do.

    A reader without write permission opens it `mode=ro`, and `immutable=1` only where that fails and no -wal file
    holds changes. Refused: `no-ledger`, `not-a-ledger`, `older-format`, `newer-format`, `ledger-damaged`,
    `ledger-busy`, `disk-full`, `disk-error`; to write `read-only`; to read `ledger-unreadable` (undecided).
    """
    path = _file(path)
    if writing:
        _must_be_writable(path)
        _clear_way(path, timeout)
        return _recognised(path, "mode=rw", SAFE, timeout, trusting)
    for way in _ways(path):
        try:
            return _recognised(path, way, READING, timeout, trusting)
        except Refused as refused:
            if refused.code not in trouble.UNREADABLE_SO:
                raise
    raise trouble.unreadable(path)


@contextmanager
def new_file(path: Path, ledger: str, *, publish: Callable[[Path, Path], None] = os.link) -> Iterator[Store]:
    """An empty ledger of that id, to be filled in the block. It stands at `path` when the block has ended well, whole
    and durable; otherwise nothing does.

    Refused: `ledger-exists`, `no-folder`, `read-only`, `disk-full`, `disk-error`.
    """
    from ledger.sqlite_schema import protect, write_schema  # late: a ledger is made once

    must_be_free(path)
    draft = path.with_name(f".{path.name}.{uuid4().hex}.draft")
    try:
        with closing(_store(draft, MAKING, DRAFTING, 0, path)) as store:
            with store.engine.begin() as connection:
                write_schema(connection, ledger)
            yield store
            with store.engine.begin() as connection:
                protect(connection)  # last: while nobody else sees the file, triggers would only cost time
        finish(draft, path)
        publish_file(draft, path, publish)
    finally:
        for left in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            left.unlink(missing_ok=True)


def _store(file: Path, way: str, pragmas: Sequence[str], timeout: float, path: Path) -> StraightStore:
    """Connections to a file; errors name `path`, which is where the user put the ledger."""

    def connect() -> sqlite3.Connection:
        address = f"{file.absolute().as_uri()}?{way}"
        if way != MAKING and not file.exists():
            raise trouble.gone(path)
        with explaining(path):
            # isolation_level=None: the driver opens no transaction of its own; `begin` below does.
            made = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
        _set(made, pragmas, path)
        return made

    return StraightStore(lambda: StraightFile(connect(), path), lambda: _engine(connect, file, path))


class StraightFile(Straight):
    """A connection to a file."""

    dialect = Dialect("sqlite")

    def __init__(self, driver: sqlite3.Connection, path: Path) -> None:
        self._driver = driver
        self._path = path

    def cursor(self, *, streamed: bool) -> sqlite3.Cursor:
        return self._driver.cursor()  # never fetches a row before it is wanted

    def explaining(self) -> AbstractContextManager[None]:
        return explaining(self._path)

    def end(self) -> bool:
        self._driver.rollback()
        return True

    def close(self) -> None:
        self._driver.close()


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """The driver's errors as what they mean."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise trouble.explained(error, path) or error from None


def _engine(connect: Callable[[], sqlite3.Connection], file: Path, path: Path) -> Engine:
    from sqlalchemy import create_engine  # late: it takes longer to load than most questions to answer
    from sqlalchemy import event as listening
    from sqlalchemy.pool import QueuePool

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)

    wal = Path(f"{file}-wal")

    @listening.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
        connection.info.setdefault("wal", _identity(wal))  # there is none before the first transaction

    @listening.listens_for(engine, "connect")
    def opened(_: object, pooled: ConnectionPoolEntry) -> None:
        pooled.info["file"] = _identity(file)

    @listening.listens_for(engine, "commit")
    def still_there(connection: Connection) -> None:
        """What is written into a file that was deleted or replaced is durable for nobody. Its -wal is such a file."""
        if connection.get_execution_options().get("immediate"):
            if connection.info["file"] != _identity(file):
                raise trouble.gone(path)
            if connection.info["wal"] != _identity(wal):
                raise trouble.gone(wal)

    @listening.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> Refused | None:
        return trouble.explained(context.original_exception, path)

    return engine


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _set(connection: sqlite3.Connection, pragmas: Sequence[str], path: Path) -> None:
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException as error:
        connection.close()
        raise trouble.explained(error, path) or error from None


def _recognised(path: Path, way: str, pragmas: Sequence[str], timeout: float, trusting: bool) -> Store:
    store = _store(path, way, pragmas, timeout, path)
    try:
        with store.asking() as reader:
            if trusting:
                recognise(reader, path)
            else:
                rows(reader, "SELECT count(*) FROM sqlite_master")
    except BaseException:
        store.close()
        raise
    return store


def finish(draft: Path, path: Path) -> None:
    """WAL from the first reader on, and every byte on the disk before the file gets its name."""
    try:
        with closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
    except (sqlite3.Error, OSError) as error:
        raise trouble.explained(error, path) or trouble.disk_error(path, error) from None


def publish_file(draft: Path, path: Path, publish: Callable[[Path, Path], None] = os.link) -> None:
    """Give a whole file its name, where nothing may stand yet. Refused: `ledger-exists`, `disk-error`."""
    try:
        publish(draft, path)  # a link never replaces what came there in the meantime
    except FileExistsError:
        raise trouble.ledger_exists(path) from None
    except OSError:  # file systems without links, such as those of memory sticks
        _rename(draft, path)
    with suppress(OSError):  # not every system lets a folder be synced
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _rename(draft: Path, path: Path) -> None:
    must_be_free(path)
    try:
        draft.rename(path)
    except OSError as error:
        raise trouble.disk_error(path, error) from None


def _file(path: Path) -> Path:
    """The file itself, behind links: its -wal lies beside it."""
    try:
        path = path.resolve(strict=True)
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise trouble.no_ledger(path) from None
    except (OSError, RuntimeError):
        raise trouble.unreadable(path) from None
    if not stat.S_ISREG(mode):
        raise trouble.not_a_ledger(path, "is a folder" if stat.S_ISDIR(mode) else "is no ordinary file")
    return path


def _ways(path: Path) -> Iterator[str]:
    """From the best to the gentlest."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        yield "mode=rw"  # even to read: the last one out tidies the -wal away
    yield "mode=ro"
    if not _has_content(Path(f"{path}-wal")):
        yield "mode=ro&immutable=1"


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _must_be_writable(path: Path) -> None:
    for what, name in ((path, "the file"), (path.parent, "its folder")):
        if not os.access(what, os.W_OK):
            raise trouble.read_only(path, name)


def _clear_way(path: Path, timeout: float) -> None:
    """A reader who may not write the ledger leaves a -shm behind, and an empty -wal, that nobody else may write either.

    They are taken away as the last one out would have done: under a lock that shows that nobody is in.
    Refused: `ledger-busy` while somebody is.
    """
    left = [beside for end in ("-shm", "-wal") if (beside := Path(f"{path}{end}")).exists()]
    if all(os.access(beside, os.W_OK) for beside in left):
        return
    with closing(_store(path, "mode=rw", ALONE, timeout, path)) as store, store.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        for beside in left:
            if not os.access(beside, os.W_OK) and not (beside.name.endswith("-wal") and _has_content(beside)):
                with suppress(OSError):  # in a folder where only its owner may: then writing says what is wrong
                    beside.unlink()


def must_be_free(path: Path) -> None:
    """Returns when a ledger can be made there. Refused: `ledger-exists`, `no-folder`, `read-only`."""
    if os.path.lexists(path):
        raise trouble.ledger_exists(path)
    if not path.parent.is_dir():
        raise trouble.no_folder(path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise trouble.read_only(path, "the folder")
