"""In which file do the read models of a ledger lie, whose is it, and what if it cannot be written?"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

from domain.refused import Refused
from domain.text import shown
from projections.base import Base, ModelsError, UnwritableError, explaining
from projections.cursor import NOWHERE, cursor_of

APPLICATION = 0x706C646D  # "pldm" in the file's header, by which it is known as ours
SQLITE = b"SQLite format 3\x00"
HEADER = 72
PAGE = 16384
"""Bytes: what is asked for lies together, so large pages are read faster than many."""

SAFE = ("trusted_schema = OFF",)
# Whole at any crash of the program; after a crash of the machine some catching up may have to be done again.
WRITING = (*SAFE, "synchronous = NORMAL", "journal_size_limit = 67108864")
READING = (*SAFE, "query_only = ON")
PASSING = (*SAFE, "synchronous = OFF", "journal_mode = MEMORY")


class ModelsFile:
    """The place of the models beside a ledger in a file."""

    made_by = "The next command"

    def __init__(self, ledger: Path) -> None:
        self.path = models_path(ledger)
        self.label = shown(str(self.path), 200)

    def open(self, *, timeout: float) -> Base:
        """See `open_kept`."""
        return open_kept(self.path, timeout=timeout)

    def look(self) -> Base | None:
        """See `open_unwritten`."""
        return open_unwritten(self.path)

    def discard(self) -> None:
        """See `discard`."""
        discard(self.path)


def models_path(ledger: Path) -> Path:
    """`pledger.models.db` for `pledger.db`, in the same folder; behind links, in that of the file itself."""
    file = ledger.resolve()
    return file.with_name(f"{file.name.removesuffix('.db')}.models.db")


def open_kept(path: Path, *, timeout: float) -> Base:
    """The file, to be written; made if it is not there. `timeout`: seconds to wait for another writer.

    Raises `UnwritableError`. Refused: `not-models`.
    """
    if not _is_there(path):
        _make(path)
        _is_there(path)  # perhaps another program was faster
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise UnwritableError("it is read-only")
    return Base(_connect(path, "mode=rw", WRITING, timeout), kept=True)


def open_unwritten(path: Path) -> Base | None:
    """The file as it is, where it may only be read; None where there is none, or it cannot be.

    A look without locks (`immutable=1`) is taken only where no -wal file holds changes. Refused: `not-models`.
    """
    with suppress(UnwritableError):
        for way in _ways(path) if _is_there(path) else ():
            base = Base(_connect(path, way, READING, 0), kept=True)
            with suppress(ModelsError):
                cursor_of(base)
                return base
            base.close()
    return None


def open_passing() -> Base:
    """A database for this process alone: in memory, and on the disk under a name of nobody as it grows."""
    return Base(_connect(None, "", PASSING, 0))


def discard(path: Path) -> None:
    """Throw the file away, with what lies beside it. Raises `UnwritableError`. Refused: `not-models`."""
    _is_there(path)
    for name in (f"{path}-wal", f"{path}-shm", str(path)):
        try:
            Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise UnwritableError(str(error)) from error


def _is_there(path: Path) -> bool:
    """Is there a file of ours? Refused: `not-models` for anybody else's."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except FileNotFoundError:
        return False
    except IsADirectoryError:
        header = b""
    except OSError as error:
        raise UnwritableError(str(error)) from error
    if header[:16] != SQLITE or int.from_bytes(header[68:72], "big") != APPLICATION:
        raise Refused(
            "not-models",
            f"{shown(str(path), 200)} is no file of read models: another program made it, or its beginning is gone."
            " The read models of the ledger belong there; move it away.",
        )
    return True


def _make(path: Path) -> None:
    """An empty file of ours, whole and on the disk when it gets its name."""
    draft = path.with_name(f".{path.name}.{uuid4().hex}.draft")
    try:
        with closing(
            Base(_connect(draft, "mode=rwc", (f"application_id = {APPLICATION}", f"page_size = {PAGE}", *PASSING), 0))
        ) as base:
            base.lay_out()
            base.index()
            base.insert("insert cursor", [NOWHERE.row()])
        _connect(draft, "mode=rw", ("synchronous = OFF", "journal_mode = WAL"), 0).close()
        with draft.open("rb+") as made:
            os.fsync(made.fileno())
        _tidy(path)
        with suppress(FileExistsError):  # somebody else was faster
            _publish(draft, path)
    except OSError as error:
        raise UnwritableError(str(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _tidy(path: Path) -> None:
    """A -wal that outlived its file would be taken for that of the new one."""
    if not path.exists():
        for name in (f"{path}-wal", f"{path}-shm"):
            Path(name).unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # a link never replaces what came there in the meantime
    except FileExistsError:
        raise
    except OSError:  # file systems without links, such as those of memory sticks
        if not path.exists():
            draft.rename(path)


def _connect(path: Path | None, way: str, pragmas: Sequence[str], timeout: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{way}" if path else ""
    with explaining():
        connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None)
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
    return connection


def _ways(path: Path) -> Iterator[str]:
    yield "mode=ro"
    wal = Path(f"{path}-wal")
    if not (wal.exists() and wal.stat().st_size):
        yield "mode=ro&immutable=1"
