"""Is the database beneath a ledger whole, of our format, and to the letter what this program made?"""

from __future__ import annotations

from types import ModuleType

from sqlalchemy import Connection

from domain.text import shown
from ledger import verify_file
from ledger.verify_report import Findings

Objects = dict[tuple[str, str], str | None]
"""What a database is made of: by kind and name, what defines it."""

CHANGING = frozenset({"trigger", "rule", "policy"})
"""What of others may change, unseen, what is written or read."""


def check_database(connection: Connection, findings: Findings, remarks: Findings) -> bool:
    """Only where the format is known and the tables are ours do rows come from where they seem to."""
    kind = _kind(connection)
    ours: bool = kind.check_marks(connection, findings) and check_schema(connection, findings, remarks)
    if ours:
        kind.check_further(connection, findings, remarks)
    return ours


def check_schema(connection: Connection, findings: Findings, remarks: Findings) -> bool:
    """Are tables, triggers and view those that were made? What others added is a remark.

    False where a table is not ours: what it gives could be made up while it is read.
    """
    kind = _kind(connection)
    found: Objects = kind.found(connection, findings)
    expected: Objects = kind.expected(connection)
    for one, definition in expected.items():
        if one not in found:
            findings.add(None, f"{_coded(one[0])}-missing", f"The {_named(one)} is missing.")
        elif found[one] != definition:
            findings.add(None, f"{_coded(one[0])}-changed", f"The {_named(one)} is not what was made with the ledger.")
    for one in found.keys() - expected.keys():
        if one[0] in CHANGING:
            findings.add(None, "trigger-added", f"The {_named(one)} is not ours: it may change what is written.")
        else:
            remarks.add(None, "schema-added", f"The {_named(one)} is not ours.")
    return all(found.get(one) == definition for one, definition in expected.items() if one[0] == "table")


def _kind(connection: Connection) -> ModuleType:
    if connection.dialect.name == "postgresql":
        from ledger import verify_server  # late: it needs a driver that files do not

        return verify_server
    return verify_file


def _named(one: tuple[str, str]) -> str:
    kind, name = one
    return f"{kind} {name if name.replace('.', '').isidentifier() else shown(name)}"


def _coded(kind: str) -> str:
    return "trigger" if kind in ("trigger", "function") else "schema"
