"""Which database does a path or an address mean?"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from domain.refused import Refused
from ledger import sqlite
from ledger.store import Store

PATIENCE = 10.0
"""Seconds to wait for another writer, unless told otherwise."""


def open_store(where: str | Path, *, writing: bool, timeout: float = PATIENCE, trusting: bool = True) -> Store:
    """The ledger that stands there; an audit is not `trusting`, and opens what does not look like one too.

    Refused: `unknown-address`, and see `ledger.sqlite.open_file`.
    """
    return sqlite.open_file(_path(where), writing=writing, timeout=timeout, trusting=trusting)


def new_store(where: str | Path, ledger: str) -> AbstractContextManager[Store]:
    """An empty ledger of that id, which stands there once the block has ended well.

    Refused: `unknown-address`, and see `ledger.sqlite.new_file`.
    """
    return sqlite.new_file(_path(where), ledger)


def _path(where: str | Path) -> Path:
    if isinstance(where, str) and "://" in where:
        # Not quoted: an address may hold a password.
        raise Refused("unknown-address", "Ledgers lie in files, not at addresses. Give a path, such as pledger.db.")
    return Path(where)
