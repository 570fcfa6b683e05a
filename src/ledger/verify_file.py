"""Is a SQLite file whole, of our format, and still protected?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine

from domain.opening import FORMAT
from ledger.recognise import APPLICATION
from ledger.sqlite_schema import protect, write_schema
from ledger.verify_report import Findings
from ledger.verify_rows import readable

COMPLAINTS = 20
"""So many of SQLite's own findings about a damaged file are passed on."""
OBJECTS = "SELECT type, name, sql FROM sqlite_master"


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


def check_further(connection: Connection, findings: Findings, _: Findings) -> None:
    """Do pages, tables and indexes agree with each other (PRAGMA integrity_check)?"""
    for (complaint,) in readable(findings, _rows, connection, f"PRAGMA integrity_check({COMPLAINTS})") or ():
        if complaint != "ok":
            findings.add(None, "file-damaged", f"The file is damaged: {complaint}")


def found(connection: Connection, findings: Findings) -> Mapping[tuple[str, str], str | None]:
    """What the file is made of, by kind and name; SQLite's own notes about the contents are left out."""
    rows = readable(findings, _rows, connection, OBJECTS) or ()
    return {
        (str(kind), str(name)): sql
        for kind, name, sql in rows
        if kind == "trigger" or not str(name).startswith("sqlite_stat")
    }


def expected(_: Connection) -> Mapping[tuple[str, str], str | None]:
    """What a new ledger is made of."""
    return _new()


@cache
def _new() -> Mapping[tuple[str, str], str | None]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        write_schema(connection, "")
        protect(connection)
        made = {(str(kind), str(name)): sql for kind, name, sql in connection.exec_driver_sql(OBJECTS)}
    engine.dispose()
    return made


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _rows(connection: Connection, statement: str) -> Sequence[Sequence[Any]]:
    return connection.exec_driver_sql(statement).all()
