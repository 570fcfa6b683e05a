"""Is a SQLite file whole, of our format, and still protected?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine

from domain.opening import FORMAT
from domain.text import shown
from ledger.sqlite_schema import APPLICATION, protect, write_schema
from ledger.verify_report import Findings
from ledger.verify_rows import readable

COMPLAINTS = 20
"""So many of SQLite's own findings about a damaged file are passed on."""
OBJECTS = "SELECT type, name, sql FROM sqlite_master"

Objects = dict[tuple[str, str], str | None]
"""What a database is made of: by kind and name, the statement that made it."""


def check_marks(connection: Connection, findings: Findings) -> bool:
    """Does the file's header say that it is a ledger? False where it says that its format is another."""
    application = readable(findings, _pragma, connection, "application_id")
    if application not in (APPLICATION, None):
        findings.add(None, "not-a-ledger", "The file's header does not say that it is a ledger.")
    found = readable(findings, _pragma, connection, "user_version")
    if found is not None and found != FORMAT:
        code = "newer-format" if found > FORMAT else "older-format"
        findings.add(None, code, f"The file's header says format {found}; this program reads {FORMAT}.")
        return False
    return True


def check_whole(connection: Connection, findings: Findings) -> None:
    """Do pages, tables and indexes agree with each other (PRAGMA integrity_check)?"""
    for (complaint,) in readable(findings, _rows, connection, f"PRAGMA integrity_check({COMPLAINTS})") or ():
        if complaint != "ok":
            findings.add(None, "file-damaged", f"The file is damaged: {complaint}")


def check_schema(connection: Connection, findings: Findings, remarks: Findings) -> bool:
    """Are tables, triggers and view those that were made, to the letter? What others added is a remark.

    False where a table is not ours: what it gives could be made up while it is read.
    """
    rows = readable(findings, _rows, connection, OBJECTS) or ()
    found: Objects = {(str(kind), str(name)): sql for kind, name, sql in rows}
    for (kind, name), sql in expected().items():
        if (kind, name) not in found:
            findings.add(None, f"{_coded(kind)}-missing", f"The {kind} {name} is missing.")
        elif found[kind, name] != sql:
            findings.add(None, f"{_coded(kind)}-changed", f"The {kind} {name} is not what was made with the ledger.")
    for kind, name in found.keys() - expected().keys():
        if kind == "trigger":
            findings.add(
                None, "trigger-added", f"The trigger {shown(name)} is not ours: it may change what is written."
            )
        elif not name.startswith("sqlite_stat"):
            remarks.add(None, "schema-added", f"The {kind} {shown(name)} is not ours.")
    return all(found.get(one) == sql for one, sql in expected().items() if one[0] == "table")


@cache
def expected() -> Objects:
    """The objects of a new ledger."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        write_schema(connection, "")
        protect(connection)
        made: Objects = {(kind, name): sql for kind, name, sql in connection.exec_driver_sql(OBJECTS)}
    engine.dispose()
    return made


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _rows(connection: Connection, statement: str) -> Sequence[Sequence[Any]]:
    return connection.exec_driver_sql(statement).all()


def _coded(kind: str) -> str:
    return "trigger" if kind == "trigger" else "schema"
