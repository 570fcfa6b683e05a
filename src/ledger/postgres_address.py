"""What does the address of a ledger on a server mean, and what belongs to it there?"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.refused import Refused

SCHEMA = "pledger"
DEADLINES = "-c statement_timeout=60s -c idle_in_transaction_session_timeout=300s"
"""No statement, and no forgotten transaction, holds others up for longer; an address may say otherwise."""
SECRETS = ("password", "sslpassword", "oauth_client_secret")
NAMED = "schema="
NOTICED: dict[str, Any] = {
    "connect_timeout": "3",
    "application_name": "pledger",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""How fast it is noticed that a server does not answer, or is gone from the network; an address may say otherwise."""
READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""How a transaction begins in which everything is answered from one state."""


class Address(NamedTuple):
    """Where a ledger lies: what libpq is told, the schema, and how a sentence names the place (without passwords)."""

    conninfo: str
    schema: str
    label: str


def address_of(url: str) -> Address:
    """What `postgresql://user@host/database?schema=pledger` means; all other parameters are libpq's.

    Refused: `bad-address`.
    """
    place, _, query = url.partition("?")
    asked = [one for one in query.split("&") if one]
    schema = next((one.removeprefix(NAMED) for one in asked if one.startswith(NAMED)), SCHEMA)
    if not re.fullmatch("(?!pg_)[a-z][a-z0-9_]{0,39}", schema):
        raise Refused(
            "bad-address",
            "The schema in the address is no name: small letters, digits and _, at most 40, and not pg_ first.",
        )
    query = "&".join(one for one in asked if not one.startswith(NAMED))
    try:
        said: dict[str, Any] = dict(conninfo_to_dict(f"{place}?{query}"))
    except psycopg.Error:
        raise Refused(
            "bad-address",
            "The address is none that PostgreSQL knows. Write postgresql://user@host/database; in a name or a password"
            " write %25 for %, %40 for @, %20 for a space.",
        ) from None
    options = f"-c search_path={schema} {DEADLINES} {said.pop('options', '')}"
    return Address(make_conninfo(**NOTICED | said | {"options": options}), schema, _label(said, schema))


def has_password(url: str) -> bool:
    """Is there something secret in it? Refused: as `address_of`."""
    said = conninfo_to_dict(address_of(url).conninfo)
    return any(said.get(name) for name in SECRETS)


def _label(said: dict[str, Any], schema: str) -> str:
    server = said.get("host") or said.get("hostaddr") or "this machine"
    if "service" in said:
        server = f"service {said['service']}"
    place = f"{said.get('dbname') or said.get('user') or 'the default database'} on {server}"
    return place if schema == SCHEMA else f"schema {schema} of {place}"


class Roles(NamedTuple):
    """Nobody logs in as one of these: they are granted to logins."""

    owner: str
    writer: str
    auditor: str


def roles_of(schema: str) -> Roles:
    """The roles of a ledger, named after its schema. They belong to the server: its databases share them."""
    return Roles(f"{schema}_owner", f"{schema}_writer", f"{schema}_auditor")


def models_of(schema: str) -> str:
    """The schema of the read models."""
    return f"{schema}_models"
