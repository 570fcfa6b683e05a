"""Is there a ledger of ours in this schema of a server?"""

from __future__ import annotations

from domain.opening import FORMAT
from ledger import postgres_trouble as trouble
from ledger.reader import Reader, rows

EXISTS = """
SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relname = 'head')
"""


def exists(reader: Reader, schema: str) -> bool:
    """Is there a ledger in the schema?"""
    ((found,),) = rows(reader, EXISTS, schema=schema)
    return bool(found)


def recognise(reader: Reader, schema: str, label: str, *, trusting: bool = True) -> None:
    """Returns when there is a ledger of our format. Refused: `no-ledger`, `not-allowed`, `older-format`,
    `newer-format`, `ledger-damaged`; an audit is not `trusting`, and takes what there is.
    """
    if not exists(reader, schema):
        raise trouble.no_ledger(label)
    if rows(reader, "SELECT has_schema_privilege(:schema, 'USAGE')", schema=schema) != [(True,)]:
        raise trouble.not_allowed(label)
    if not trusting:
        return
    formats = rows(reader, "SELECT format FROM head")
    if len(formats) != 1:
        raise trouble.damaged(label, f"its head has {len(formats)} rows")
    ((found,),) = formats
    if found != FORMAT:
        raise trouble.wrong_format(label, found, FORMAT)
