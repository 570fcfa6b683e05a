"""What does another version of this program need of a ledger's database before it can work with it?"""

from __future__ import annotations

from pathlib import Path

from ledger.place import is_address


def migrate(where: str | Path) -> bool:
    """Make the tables of the read models on a server anew, empty, and what else an earlier version did not make, in
    one transaction of the ledger's owner.

    False where the ledger lies in a file: there they are made when they are needed. Refused: `no-ledger`,
    `not-allowed`, `ledger-busy`, `read-only`, and as `ledger.place.open_store`.
    """
    if not is_address(where):
        return False
    from ledger.postgres import as_owner  # late: it needs a driver that files do not
    from ledger.postgres_address import address_of
    from ledger.postgres_schema import by_login
    from projections.postgres_layout import layout

    address = address_of(str(where))
    as_owner(str(where), (by_login(address.schema), *layout(address)))
    return True
