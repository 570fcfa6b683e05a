"""How is a ledger kept in one SQLite file, and what if the file cannot be used?"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, insert, select
from sqlalchemy import event as listening
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from domain.opening import FORMAT
from domain.refused import Refused
from ledger import tables, trouble
from ledger.store import Store
from ledger.tree import Frontier

APPLICATION = 0x706C6467  # "pldg", in the file's header; `file` and others tell ledgers by it

SAFE = ("trusted_schema = OFF", "recursive_triggers = ON", "synchronous = FULL")
READING = (*SAFE, "query_only = ON")
# Nobody sees a draft: it is made whole and synced before it gets its name.
DRAFTING = (*SAFE, "synchronous = OFF", "journal_mode = MEMORY")

# A replacing insert deletes without a word to other programs' connections, which leave recursive_triggers off;
# so each table also refuses the insert itself.
TRIGGERS = """
CREATE TRIGGER event_append BEFORE INSERT ON event
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM event)
  OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM event WHERE stream = NEW.stream AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'events are appended, never replaced'); END;
CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events never change'); END;
CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER node_append BEFORE INSERT ON node
WHEN EXISTS (SELECT 1 FROM node WHERE level = NEW.level AND "index" = NEW."index")
BEGIN SELECT RAISE(ABORT, 'nodes are appended, never replaced'); END;
CREATE TRIGGER node_update BEFORE UPDATE ON node BEGIN SELECT RAISE(ABORT, 'nodes never change'); END;
CREATE TRIGGER node_delete BEFORE DELETE ON node BEGIN SELECT RAISE(ABORT, 'nodes are never deleted'); END;
CREATE TRIGGER checkpoint_append BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size AND note = NEW.note)
BEGIN SELECT RAISE(ABORT, 'checkpoints are appended, never replaced'); END;
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints never change'); END;
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;
CREATE TRIGGER head_insert BEFORE INSERT ON head WHEN EXISTS (SELECT 1 FROM head)
BEGIN SELECT RAISE(ABORT, 'a ledger has one head'); END;
CREATE TRIGGER head_update BEFORE UPDATE ON head
WHEN NEW.size <= OLD.size OR NEW.time < OLD.time OR NEW.id <> OLD.id OR NEW.format <> OLD.format
BEGIN SELECT RAISE(ABORT, 'the head only grows'); END;
CREATE TRIGGER head_delete BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'the head is never deleted'); END;
"""
JOURNAL = """
CREATE VIEW journal AS
SELECT position, recorded, effective, actor, type, stream, CAST(line AS TEXT) AS line FROM event;
"""


def open_file(path: Path, *, writing: bool, timeout: float) -> Store:
    """The ledger in a file. `timeout`: seconds to wait for another writer.

    A reader without write permission opens it `mode=ro`, and `immutable=1` only where that fails and no -wal file
    holds changes. Refused: `no-ledger`, `not-a-ledger`, `older-format`, `newer-format`, `ledger-damaged`,
    `ledger-busy`, `disk-full`, `disk-error`; to write `read-only`; to read `ledger-unreadable` (undecided).
    """
    path = _file(path)
    if writing:
        _must_be_writable(path)
        return _recognised(path, "mode=rw", SAFE, timeout)
    for way in _ways(path):
        try:
            return _recognised(path, way, READING, timeout)
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
    _must_be_free(path)
    draft = path.with_name(f".{path.name}.{uuid4().hex}.draft")
    try:
        with closing(Store(_engine(draft, "mode=rwc", DRAFTING, 0))) as store:
            with store.engine.begin() as connection:
                _write_schema(connection, ledger)
            yield store
        _finish(draft)
        _publish(draft, path, publish)
    finally:
        for left in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            left.unlink(missing_ok=True)


def _engine(path: Path, way: str, pragmas: Sequence[str], timeout: float) -> Engine:
    def connect() -> sqlite3.Connection:
        address = f"{path.absolute().as_uri()}?{way}"
        # isolation_level=None: the driver opens no transaction of its own; `begin` below does.
        made = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
        for pragma in pragmas:
            made.execute(f"PRAGMA {pragma}")
        return made

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)

    @listening.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    @listening.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> Refused | None:
        return trouble.explained(context.original_exception, path)

    return engine


def _recognised(path: Path, way: str, pragmas: Sequence[str], timeout: float) -> Store:
    store = Store(_engine(path, way, pragmas, timeout))
    try:
        with store.reading() as connection:
            _recognise(connection, path)
    except BaseException:
        store.close()
        raise
    return store


def _recognise(connection: Connection, path: Path) -> None:
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application != APPLICATION:
        empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        raise trouble.not_a_ledger(path, "is empty" if empty else "was made by another program")
    found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found != FORMAT:
        raise trouble.wrong_format(path, found, FORMAT)
    try:
        heads = connection.execute(select(tables.head)).all()
    except OperationalError as error:
        raise trouble.damaged(path, str(error.orig)) from None
    if len(heads) != 1:
        raise trouble.damaged(path, f"it has {len(heads)} heads")


def _write_schema(connection: Connection, ledger: str) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
    tables.record.create_all(connection)
    for statement in (TRIGGERS + JOURNAL).split(";\n"):
        connection.exec_driver_sql(statement)
    opened = {"id": ledger, "size": 0, "frontier": Frontier().dump(), "time": "", "format": FORMAT}
    connection.execute(insert(tables.head), opened)


def _finish(draft: Path) -> None:
    """WAL from the first reader on, and every byte on the disk before the file gets its name."""
    try:
        with closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
    except sqlite3.Error as error:
        raise trouble.explained(error, draft) or error from None


def _publish(draft: Path, path: Path, publish: Callable[[Path, Path], None]) -> None:
    try:
        publish(draft, path)  # a link never replaces what came there in the meantime
    except FileExistsError:
        raise trouble.ledger_exists(path) from None
    except OSError:  # file systems without links, such as those of memory sticks
        _must_be_free(path)
        draft.rename(path)
    with suppress(OSError):  # not every system lets a folder be synced
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


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
    wal = Path(f"{path}-wal")
    if not wal.exists() or not wal.stat().st_size:
        yield "mode=ro&immutable=1"


def _must_be_writable(path: Path) -> None:
    for what, name in ((path, "the file"), (path.parent, "its folder")):
        if not os.access(what, os.W_OK):
            raise trouble.read_only(path, name)


def _must_be_free(path: Path) -> None:
    if os.path.lexists(path):
        raise trouble.ledger_exists(path)
    if not path.parent.is_dir():
        raise trouble.no_folder(path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise trouble.read_only(path, "the folder")
