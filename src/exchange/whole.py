"""How is a file written that is never half there?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from domain.refused import Refused
from domain.text import shown

DATABASE = b"SQLite format 3\0"


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """What is written in the block stands at `path` once it has ended well, in place of what stood there.

    A pipe or a device is written to as it is. Refused: `not-replaced` (a folder, or a ledger), `not-written`.
    """
    path = Path(os.path.realpath(path))  # a link goes on naming the same file
    try:
        if path.exists() and not path.is_file():
            _refuse_folder(path)
            with path.open("wb") as file:
                yield file
            return
        _refuse_database(path)
        with _renamed(path) as file:
            yield file
    except OSError as error:
        raise Refused("not-written", f"{_at(path)} cannot be written: {_why(error)}. Choose another place.") from None


@contextmanager
def _renamed(path: Path) -> Iterator[BinaryIO]:
    draft = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise Refused("not-replaced", f"{_at(path)} is a folder. Name a file in it.")


def _refuse_database(path: Path) -> None:
    """An export under the ledger's own name would be the end of the ledger."""
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(DATABASE)) == DATABASE:
                raise Refused("not-replaced", f"{_at(path)} is a database, perhaps a ledger. Choose another name.")


def _at(path: Path) -> str:
    return shown(str(path), 200)


def _why(error: OSError) -> str:
    return (error.strerror or "unknown").lower()
