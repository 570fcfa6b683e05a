"""How does one get a connection to a server, and what do its errors mean there?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from ledger import postgres_trouble as trouble
from ledger.postgres_address import Address


def connected(address: Address) -> psycopg.Connection[Any]:
    """A connection on which transactions begin when they are told to. Undecided: as `postgres_trouble.unreachable`."""
    try:
        return psycopg.connect(address.conninfo, autocommit=True)
    except psycopg.Error as error:
        raise trouble.unreachable(error, address.label) from None


@contextmanager
def explaining(label: str) -> Iterator[None]:
    """The driver's errors as what they mean."""
    try:
        yield
    except psycopg.Error as error:
        raise trouble.explained(error, label) or error from None
