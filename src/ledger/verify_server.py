"""Is a ledger in PostgreSQL of our format and still protected, and who may do more there than append?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Table, UniqueConstraint, select

from domain.opening import FORMAT
from domain.text import shown
from ledger.logins import pairs, several, shared
from ledger.postgres_address import roles_of
from ledger.postgres_schema import BY_LOGIN, JOURNAL, functions, triggers
from ledger.tables import head, record
from ledger.verify_report import Findings
from ledger.verify_rows import readable

COLUMNS = """
SELECT 'table', c.relname, concat_ws(', ', string_agg(
        a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE l.collname WHEN 'default' THEN '' ELSE coalesce(' ' || l.collname, '') END
        || CASE WHEN a.attnotnull THEN '' ELSE ' null' END || CASE a.attgenerated WHEN '' THEN '' ELSE ' generated' END
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), ', ' ORDER BY a.attnum),
    CASE WHEN c.relpersistence <> 'p' THEN 'unlogged' END,
    CASE WHEN c.relrowsecurity OR c.relforcerowsecurity THEN 'row security' END,
    CASE WHEN EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) THEN 'inherited' END)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'r' GROUP BY c.oid, c.relname
"""
OTHERS = """
SELECT CASE c.relkind WHEN 'i' THEN 'index' WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'relation' END,
    c.relname, CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) WHEN 'i' THEN pg_get_indexdef(c.oid)
        || CASE WHEN i.indisvalid AND i.indisready THEN '' ELSE ' invalid' END END
FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind NOT IN ('r', 'c', 't')
"""
FUNCTIONS = """
SELECT 'function', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
    CASE WHEN p.prokind = 'f' THEN pg_get_functiondef(p.oid) END
FROM pg_proc p WHERE p.pronamespace = %(schema)s::regnamespace
"""
TRIGGERS = """
SELECT 'trigger', c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = %(schema)s::regnamespace AND NOT t.tgisinternal
UNION ALL SELECT 'rule', c.relname || '.' || r.rulename, '' FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace = %(schema)s::regnamespace AND r.rulename <> '_RETURN'
UNION ALL SELECT 'policy', c.relname || '.' || p.polname, '' FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE c.relnamespace = %(schema)s::regnamespace
"""
GRANTED = """
SELECT relname, CASE grantee WHEN 0 THEN 'everybody' ELSE grantee::regrole::text END,
    string_agg(what, ', ' ORDER BY what)
FROM (SELECT c.oid, g.grantee, g.privilege_type AS what FROM pg_class c, aclexplode(c.relacl) g
    UNION ALL SELECT c.oid, g.grantee, g.privilege_type || ' of ' || a.attname
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) g
    WHERE NOT (c.relname = 'head' AND a.attname IN ('size', 'frontier', 'time')
        AND g.grantee::regrole::text = %(writer)s)) granted
JOIN pg_class USING (oid) WHERE relnamespace = %(schema)s::regnamespace AND relname = ANY (%(tables)s)
    AND grantee <> relowner AND what ~ '^(UPDATE|DELETE|TRUNCATE|TRIGGER|MAINTAIN)' GROUP BY 1, 2 ORDER BY 1, 2
"""
OWNED = """
SELECT c.relname, c.relowner::regrole::text FROM pg_class c WHERE c.relnamespace = %(schema)s::regnamespace
    AND c.relname = ANY (%(tables)s) AND c.relowner::regrole::text <> %(owner)s ORDER BY 1
"""
MASTERS = """
SELECT r.rolname FROM pg_roles r JOIN pg_roles o ON o.rolname = %(owner)s
WHERE r.rolcanlogin AND NOT r.rolsuper AND pg_has_role(r.oid, o.oid, 'MEMBER') ORDER BY 1
"""
FORMATS = select(head.c.format)

Rows = Iterable[tuple[str, ...]]


def check_marks(connection: Connection, findings: Findings) -> bool:
    """Does the head say that the ledger is of our format? False where it says another."""
    formats = readable(findings, _formats, connection) or ()
    for one in formats:
        if one != FORMAT:
            code = "newer-format" if one > FORMAT else "older-format"
            findings.add(None, code, f"The ledger says format {one}; this program reads {FORMAT}.")
            return False
    return True


def check_further(connection: Connection, findings: Findings, remarks: Findings) -> None:
    """May anybody but the owner change the record, who can act as the owner, and who recorded as several offices?"""
    schema = _schema(connection)
    owner, writer, _ = roles_of(schema)
    asked: dict[str, object] = {"schema": schema, "owner": owner, "writer": writer, "tables": list(record.tables)}
    for name, who, what in _rows(connection, GRANTED, asked):
        findings.add(None, "grant-added", f"{shown(who)} has rights on {name} that nobody should have: {what}.")
    for name, who in _rows(connection, OWNED, asked):
        findings.add(None, "owner-changed", f"The table {name} belongs to {shown(who)}, not to {owner}.")
    if masters := ", ".join(shown(who) for (who,) in _rows(connection, MASTERS, asked)):
        remarks.add(
            None, "may-unprotect", f"Logins that may act as {owner}, and so take the protection away: {masters}."
        )
    known = pairs(connection)
    for sentence in several(known):
        remarks.add(None, "several-actors", sentence)
    for sentence in shared(known):
        remarks.add(None, "several-logins", sentence)


def found(connection: Connection, findings: Findings) -> Mapping[tuple[str, str], str | None]:
    """What the schema is made of, by kind and name."""
    schema, made = _schema(connection), dict[tuple[str, str], str | None]()
    with _spelled_out(connection, schema):
        for statement in (COLUMNS, OTHERS, FUNCTIONS, TRIGGERS):
            for kind, name, definition in readable(findings, _rows, connection, statement, {"schema": schema}) or ():
                made[kind, name] = _plain(definition) if kind in ("view", "index") else definition
    if made.get(("index", BY_LOGIN[0])) == _plain(BY_LOGIN[1].format(BY_LOGIN[0], schema)):
        del made["index", BY_LOGIN[0]]  # ledgers of earlier versions do without it
    return made


def expected(connection: Connection) -> Mapping[tuple[str, str], str | None]:
    """What the schema of a new ledger is made of."""
    schema = _schema(connection)
    made = {("table", table.name): ", ".join(_columns(table, connection)) for table in record.sorted_tables}
    for table in record.sorted_tables:
        made |= {("index", name): _plain(text) for name, text in _indexes(schema, table)}
    made["view", "journal"] = _plain(JOURNAL.partition("AS\n")[2].replace("FROM event", f"FROM {schema}.event"))
    for name, body in functions(schema):
        made["function", f"{name}()"] = (
            f"CREATE OR REPLACE FUNCTION {schema}.{name}()\n RETURNS trigger\n LANGUAGE plpgsql\n"
            f" SET search_path TO 'pg_catalog'\nAS $function${body}$function$\n"
        )
    for on, name, when, function in triggers():
        made["trigger", f"{on}.{name}"] = (
            f"CREATE TRIGGER {name} {when} ON {schema}.{on} {function.format(schema=schema)} A"  # A: always
        )
    return made


def _columns(table: Table, connection: Connection) -> Iterator[str]:
    for column in table.columns:
        words = column.type.compile(connection.dialect).replace("COLLATE ", "").replace('"', "").split()
        yield " ".join((column.name, words[0].lower(), *words[1:]))
    if table.name == "event":
        yield "login text default SESSION_USER"


def _indexes(schema: str, table: Table) -> Iterator[tuple[str, str]]:
    """As PostgreSQL and SQLAlchemy name them."""
    uniques = [("pkey", list(table.primary_key))]
    uniques += [
        ("_".join([*(column.name for column in one.columns), "key"]), list(one.columns))
        for one in table.constraints
        if isinstance(one, UniqueConstraint)
    ]
    for end, columns in uniques:
        yield _index(schema, table, f"{table.name}_{end}", columns, "UNIQUE ")
    for one in table.indexes:
        yield _index(schema, table, str(one.name), list(one.columns), "")


def _index(schema: str, table: Table, name: str, columns: Iterable[Column[object]], kind: str) -> tuple[str, str]:
    listed = ", ".join(column.name for column in columns)
    return name, f"CREATE {kind}INDEX {name} ON {schema}.{table.name} USING btree ({listed})"


def _plain(text: str | None) -> str:
    """Without what servers of different versions write differently."""
    return re.sub(r'["\s();]|\bevent\.|::(name|text)\b', "", text or "")


@contextmanager
def _spelled_out(connection: Connection, schema: str) -> Iterator[None]:
    """PostgreSQL writes out the schemas of names that are not on the way that it searches."""
    connection.exec_driver_sql("SELECT set_config('search_path', 'pg_catalog', true)")
    yield
    connection.exec_driver_sql("SELECT set_config('search_path', %s, true)", (schema,))


def _schema(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())


def _formats(connection: Connection) -> list[int]:
    return list(connection.execute(FORMATS).scalars())


def _rows(connection: Connection, statement: str, asked: Mapping[str, object]) -> Rows:
    return connection.exec_driver_sql(statement, asked).all()
