"""What protects the record in a PostgreSQL database, and who may do what in it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert

from domain.opening import FORMAT
from domain.refused import Refused
from ledger import postgres_trouble as trouble
from ledger.postgres_address import models_of, roles_of
from ledger.postgres_recognise import exists, recognise
from ledger.tables import checkpoint, event, head, node, receipt, record
from ledger.tree import Frontier

LOCK = 0x706C6467
"""The number of the advisory lock under which schemas are made."""

JOURNAL = """
CREATE VIEW journal AS
SELECT position, recorded, effective, actor, login, type, stream, convert_from(line, 'UTF8') AS line FROM event
"""
LOGIN = "ALTER TABLE event ADD COLUMN login text NOT NULL DEFAULT session_user"
BY_LOGIN = ("ix_event_login_actor", "CREATE INDEX {} ON {}.event USING btree (login, actor)")
"""An index that ledgers of earlier versions get by `migrate`. Nothing but the speed of one question depends on it."""
MAY_MAKE_TABLES = "SELECT has_schema_privilege(%s, 'CREATE')"
GRANT_TO_MAKER = """
DO $$ BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN GRANT {owner} TO CURRENT_USER; END IF;
END $$
"""

# Bodies of the trigger functions. `login` is filled by the server, whatever an insert says.
APPENDED = """
    IF NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM {schema}.event) THEN
        RAISE EXCEPTION 'event: rows are only added';
    END IF;
    NEW.login := session_user;
    RETURN NEW;
"""
KEPT = "RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME;"
MOVED = """
    IF NEW.size <= OLD.size OR NEW.time < OLD.time OR NEW.id <> OLD.id OR NEW.format <> OLD.format THEN
        RAISE EXCEPTION 'head: only moves forward';
    END IF;
    RETURN NEW;
"""


def write_schema(connection: Connection, schema: str, label: str, ledger: str, beside: Iterable[str]) -> None:
    """Make an empty, protected ledger of that id, with its roles. Refused: `ledger-exists`, `not-allowed`,
    `schema-taken`.
    """
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    if exists(connection, schema):
        raise trouble.ledger_exists(label)
    try:
        _run(connection, _roles(schema))
    except Refused as refused:
        raise trouble.may_not_make(label) if refused.code == "not-allowed" else refused from None
    for name in (schema, models_of(schema)):
        if not connection.exec_driver_sql(MAY_MAKE_TABLES, (name,)).scalar_one():
            raise trouble.schema_taken(label, name, roles_of(schema).owner)
    record.create_all(connection, checkfirst=False)
    _run(connection, (LOGIN, by_login(schema), JOURNAL, *protection(schema), *grants(schema), *beside))
    opened = {"id": ledger, "size": 0, "frontier": Frontier().dump(), "time": "", "format": FORMAT}
    connection.execute(insert(head), opened)


def act_as_owner(connection: Connection, schema: str, label: str, statements: Iterable[str]) -> None:
    """Run statements as the owner of a ledger that is of our format. Refused: `not-allowed`, and as `recognise`."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    recognise(connection, schema, label)
    _run(connection, (f"SET LOCAL ROLE {roles_of(schema).owner}", *statements))


def by_login(schema: str) -> str:
    """The statement that makes the index by login and actor, where it is missing."""
    name, statement = BY_LOGIN
    return statement.format(f"IF NOT EXISTS {name}", schema)


def _run(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))  # the driver's sign for a parameter


def _roles(schema: str) -> Iterator[str]:
    roles = roles_of(schema)
    for role in roles:
        yield (
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN;"
            f" EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
    yield GRANT_TO_MAKER.format(owner=roles.owner)
    for name in (schema, models_of(schema)):
        yield f"CREATE SCHEMA IF NOT EXISTS {name} AUTHORIZATION {roles.owner}"
    yield f"SET LOCAL ROLE {roles.owner}"


def protection(schema: str) -> Iterator[str]:
    """The statements that make the record append-only, for its owner too until he takes them away."""
    for name, body in functions(schema):
        yield (
            f"CREATE FUNCTION {schema}.{name}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog"
            f" AS $${body}$$"
        )
    for table, name, when, function in triggers():
        yield f"CREATE TRIGGER {name} {when} ON {schema}.{table} {function.format(schema=schema)}"
        yield f"ALTER TABLE {schema}.{table} ENABLE ALWAYS TRIGGER {name}"


def functions(schema: str) -> Iterator[tuple[str, str]]:
    """Names and bodies of what triggers do."""
    for name, body in (("appended", APPENDED.format(schema=schema)), ("kept", KEPT), ("moved", MOVED)):
        yield name, f" BEGIN {body} END "


def triggers() -> Iterator[tuple[str, str, str, str]]:
    """Table, name, when, and what is done."""
    each, once = "FOR EACH ROW EXECUTE FUNCTION {schema}.%s()", "FOR EACH STATEMENT EXECUTE FUNCTION {schema}.%s()"
    yield "event", "event_insert", "BEFORE INSERT", each % "appended"
    for table in (event, node, checkpoint, receipt, head):
        if table is head:
            yield "head", "head_update", "BEFORE UPDATE", each % "moved"
        else:
            yield table.name, f"{table.name}_update", "BEFORE UPDATE", each % "kept"
        yield table.name, f"{table.name}_delete", "BEFORE DELETE", each % "kept"
        yield table.name, f"{table.name}_truncate", "BEFORE TRUNCATE", once % "kept"


def grants(schema: str) -> Iterator[str]:
    """Who may do what: writers append and move the head, auditors read."""
    _, writer, auditor = roles_of(schema)
    models = models_of(schema)
    yield f"GRANT USAGE ON SCHEMA {schema}, {models} TO {writer}, {auditor}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {writer}, {auditor}"
    for table in (event, node, checkpoint, receipt):
        yield f"GRANT INSERT ON {schema}.{table.name} TO {writer}"
    yield f"GRANT UPDATE (size, frontier, time) ON {schema}.head TO {writer}"
