"""How are the tables of read models made on a server, and who may do what in them?"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.postgres_address import Address, models_of, roles_of
from projections.cursor import NOWHERE
from projections.tables import creation, indexing
from projections.version import VERSION


def layout(address: Address) -> Sequence[str]:
    """The statements that make the models' tables anew, empty, in a transaction of the ledger's owner."""
    models = models_of(address.schema)
    _, writer, auditor = roles_of(address.schema)
    start = NOWHERE._replace(model=VERSION)
    return [
        f"SET LOCAL search_path TO {models}",
        "DROP TABLE IF EXISTS cursor",
        *creation("postgresql"),
        *indexing("postgresql"),
        f"INSERT INTO cursor VALUES (1, {start.position}, {start.model}, '', '', NULL, NULL)",  # noqa: S608 - two numbers of ours
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {models} TO {writer}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {models} TO {auditor}",
        f"SET LOCAL search_path TO {address.schema}",
    ]
