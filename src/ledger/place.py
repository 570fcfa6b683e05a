"""Which database does a path or an address mean?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import ModuleType

from domain.refused import Refused
from ledger import sqlite
from ledger.store import Store

MEANT_AS_ADDRESS = re.compile(
    r"postgres(ql)?:|\s*(host|hostaddr|port|dbname|user|password|passfile|service|sslmode)\s*=", re.IGNORECASE
)
"""What nobody calls a file: an address with a slip in it, or settings as libpq takes them; both may hold a password."""
PATIENCE = 10.0
"""Seconds to wait for another writer, unless told otherwise."""


def open_store(where: str | Path, *, writing: bool, timeout: float = PATIENCE, trusting: bool = True) -> Store:
    """The ledger that stands there; an audit is not `trusting`, and opens what does not look like one too.

    Refused: `unknown-address`, `no-driver`, and see `ledger.sqlite.open_file`, `ledger.postgres.open_url`.
    """
    if is_address(where):
        opened: Store = _postgres(where).open_url(str(where), writing=writing, timeout=timeout, trusting=trusting)
        return opened
    return sqlite.open_file(Path(where), writing=writing, timeout=timeout, trusting=trusting)


def new_store(where: str | Path, ledger: str, beside: Sequence[str] = ()) -> AbstractContextManager[Store]:
    """An empty ledger of that id, which stands there once the block has ended well.

    `beside`: statements that make what lies beside it on a server, in the same transaction.
    Refused: `unknown-address`, `no-driver`, and see `ledger.sqlite.new_file`, `ledger.postgres.new_url`.
    """
    if is_address(where):
        made: AbstractContextManager[Store] = _postgres(where).new_url(str(where), ledger, beside)
        return made
    return sqlite.new_file(Path(where), ledger)


def label(where: str | Path) -> str:
    """How a sentence names it: a path as it is, an address without what is secret in it."""
    return _postgres(where).address_of(str(where)).label if is_address(where) else str(where)


def is_address(where: str | Path) -> bool:
    """Is it the address of a server, be it one that nobody can use, and not the path of a file?"""
    return isinstance(where, str) and ("://" in where or MEANT_AS_ADDRESS.match(where) is not None)


def has_password(where: str | Path) -> bool:
    """Is there something secret in the address?"""
    found: bool = is_address(where) and _postgres(where).has_password(str(where))
    return found


def is_taken(where: str | Path) -> bool:
    """Is there anything at the path, or a ledger at the address? Undecided: as `open_store`."""
    if is_address(where):
        found: bool = _postgres(where).is_taken(str(where))
        return found
    return Path(where).exists()


def must_be_free(where: str | Path) -> None:
    """Returns when a ledger can be made there. Refused: `ledger-exists`, and as `ledger.sqlite.must_be_free`."""
    if is_address(where):
        _postgres(where).must_be_free(str(where))
    else:
        sqlite.must_be_free(Path(where))


def _postgres(where: str | Path) -> ModuleType:
    if not str(where).startswith(("postgresql://", "postgres://")):
        # Not quoted: an address may hold a password.
        raise Refused(
            "unknown-address",
            "Ledgers lie in files or in PostgreSQL. Give a path, such as pledger.db, or postgresql://user@host/database.",
        )
    try:
        from ledger import postgres  # late: it needs a driver that files do not
    except ImportError:
        raise Refused(
            "no-driver", "PostgreSQL needs its driver, which is not installed. Install pledger[postgres]."
        ) from None
    return postgres
