"""Who may record into a ledger on a server, who may only read it, and how is that granted to a login?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from domain.refused import Refused
from domain.text import text
from ledger.place import is_address
from ledger.record import Record

HELD = """
SELECT o.rolname, r.rolname FROM pg_roles o
JOIN pg_roles r ON r.rolcanlogin AND NOT r.rolsuper AND pg_has_role(r.oid, o.oid, 'MEMBER')
WHERE o.rolname = ANY (%s) ORDER BY 1, 2
"""


class Role(NamedTuple):
    """A role of a ledger, what it may do, and the logins that may act as it, but for superusers, who may do all."""

    name: str
    may: str
    logins: list[str]


def grants(where: str | Path, writers: Sequence[str], auditors: Sequence[str]) -> Iterator[str]:
    """The statements that let logins record, or only read and verify. Refused: `no-roles`, `bad-text`, `blank`."""
    _, writer, auditor = _names(where)
    for role, logins in ((writer, writers), (auditor, auditors)):
        for login in logins:
            quoted = text(login, "login").replace('"', '""')
            yield f'GRANT {role} TO "{quoted}";'


def roles(where: str | Path, record: Record) -> list[Role]:
    """The roles of the ledger there. Refused: `no-roles`."""
    names = _names(where)
    may = ("change tables and protection", "record, read and verify", "read and verify")
    with record.store.reading() as connection:
        held = [tuple(row) for row in connection.exec_driver_sql(HELD, (list(names),))]
    return [
        Role(name, what, [login for role, login in held if role == name]) for name, what in zip(names, may, strict=True)
    ]


def _names(where: str | Path) -> Sequence[str]:
    if not is_address(where):
        raise Refused(
            "no-roles", "A ledger in a file has no roles: the permissions of the file and its folder say who may write."
        )
    from ledger.postgres_address import address_of, roles_of  # late: it needs a driver that files do not

    return roles_of(address_of(str(where)).schema)
