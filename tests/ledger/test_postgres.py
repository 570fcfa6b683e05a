"""Who may do what to a ledger on a server, and does it keep to that?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import psycopg
import pytest
from sqlalchemy import exc

from domain.refused import Refused
from ledger.append import COPIED
from ledger.ledger import Ledger
from ledger.pen import Pen
from ledger.place import label
from ledger.postgres import open_url
from ledger.postgres_address import address_of
from ledger.postgres_trouble import explained, unreachable
from ledger.reader import rows
from ledger.record import Record
from ledger.trouble import CannotDecide
from tests import servers
from tests.ledger.given import deciding, new_ledger, party, record

TABLES = ("event", "node", "head", "checkpoint", "receipt")


class Team(NamedTuple):
    """A ledger of two lines, and the logins of a writer and of an auditor."""

    schema: str
    writer: str
    auditor: str

    def url(self, login: str) -> str:
        return servers.address(self.schema, user=login)


@pytest.fixture(scope="module")
def team() -> Iterator[Team]:
    with servers.new_schema() as schema, servers.administrator() as connection:
        with closing(new_ledger(servers.address(schema))) as ledger:
            ledger.change(deciding(*(party(f"p{number}") for number in range(COPIED + 200))), actor="office")
        made = Team(schema, f"{schema}_alice", f"{schema}_bob")
        for login, role in ((made.writer, "writer"), (made.auditor, "auditor")):
            connection.execute(f"CREATE ROLE {login} LOGIN IN ROLE {schema}_{role}")
        yield made
        for login in (made.writer, made.auditor):
            connection.execute(f"DROP ROLE {login}")


def refused(url: str, statement: str) -> str:
    """The class of error with which a login is refused a statement."""
    with (
        psycopg.connect(address_of(url).conninfo, autocommit=True) as connection,
        pytest.raises(psycopg.Error) as error,
    ):
        connection.execute(statement)
    return str(error.value.sqlstate)


RIGHT, TRIGGER = "42501", "P0001"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {}",
        "TRUNCATE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TABLE {}",
        "ALTER TABLE {} ADD COLUMN x text",
    ],
)
def test_a_writer_takes_nothing_away(team: Team, table: str, statement: str) -> None:
    assert refused(team.url(team.writer), statement.format(table)) == RIGHT


@pytest.mark.parametrize("table", [table for table in TABLES if table != "head"])
def test_a_writer_changes_nothing(team: Team, table: str) -> None:
    column = {"event": "actor = 'x'", "node": "hash = ''", "checkpoint": "note = ''", "receipt": "actor = ''"}[table]
    assert refused(team.url(team.writer), f"UPDATE {table} SET {column}") == RIGHT


def test_a_writer_moves_the_head_forward_only(team: Team) -> None:
    assert refused(team.url(team.writer), "UPDATE head SET size = size - 1") == TRIGGER
    assert refused(team.url(team.writer), "UPDATE head SET size = size + 1, time = '2000'") == TRIGGER
    assert refused(team.url(team.writer), "UPDATE head SET id = 'x'") == RIGHT


COLUMNS = "position, stream, version, type, id, command, recorded, effective, actor, line, leaf"


@pytest.mark.parametrize("position", ["1", "9999"])
def test_a_line_enters_at_the_end_only(team: Team, position: str) -> None:
    insert = (
        f"INSERT INTO event ({COLUMNS})"
        f" SELECT {position}, 'x', 1, 'x', 'x{position}', 'c', recorded, effective, actor, line, leaf"
        " FROM event WHERE position = 2"
    )
    assert refused(team.url(team.writer), insert) == TRIGGER


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_the_administrator_changes_the_record_while_it_is_protected(
    team: Team, table: str, statement: str
) -> None:
    columns = {"event": "actor = 'x'", "node": "hash = ''", "checkpoint": "note = ''", "receipt": "actor = ''"}
    url = servers.address(team.schema)
    with psycopg.connect(address_of(url).conninfo) as connection:
        connection.execute("SET session_replication_role = replica")  # by which most triggers sleep
        connection.execute("INSERT INTO checkpoint VALUES (1, 'note')")
        connection.execute("INSERT INTO receipt VALUES (1, 1, 'time', 'actor')")
        with pytest.raises(psycopg.errors.RaiseException):
            connection.execute(statement.format(table, columns.get(table, "size = 0")))
        connection.rollback()


@pytest.mark.parametrize("table", TABLES)
def test_an_auditor_writes_nothing(team: Team, table: str) -> None:
    url = team.url(team.auditor)
    assert refused(url, f"INSERT INTO {table} SELECT * FROM {table}") == RIGHT
    assert refused(url, f"DELETE FROM {table}") == RIGHT
    with pytest.raises(Refused) as error:
        Ledger.open(url)
    assert error.value.code == "not-allowed"


def test_an_auditor_reads_all(team: Team) -> None:
    with Record.open(team.url(team.auditor)) as reader:
        assert reader.size > COPIED + 200
        assert reader.title == "Middle Corridor"


def test_the_server_writes_down_who_was_logged_in_whatever_an_insert_says(team: Team) -> None:
    with closing(Ledger.open(team.url(team.writer))) as ledger:
        record(ledger, "late")
        size = ledger.record.size
    with servers.administrator(team.schema) as connection:
        found = connection.execute("SELECT login FROM event WHERE position = %s", [size]).fetchone()
        assert found == (team.writer,)
        with connection.transaction(force_rollback=True):
            connection.execute(
                f"INSERT INTO event ({COLUMNS}, login)"
                " SELECT position + 1, stream, version + 1, type, 'other', command, recorded, effective, actor, line,"
                " leaf, 'somebody' FROM event ORDER BY position DESC LIMIT 1"
            )
            last = connection.execute("SELECT login FROM event ORDER BY position DESC LIMIT 1").fetchone()
            assert last == ("postgres",)


def test_sql_readers_see_the_lines_as_text(team: Team) -> None:
    with servers.administrator(team.schema) as connection:
        (line,) = connection.execute("SELECT line FROM journal WHERE position = 1").fetchone() or ("",)
    assert str(line).startswith('{"actor":"office"')


def test_the_servers_clock_counts(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Ledger.open(team.url(team.writer), pen=Pen())) as ledger:
        now = ledger.store.now()
        assert now is not None
        assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
        monkeypatch.setattr(ledger.store, "_now", lambda _: datetime(2126, 1, 1, tzinfo=UTC))
        (would,) = ledger.change(deciding(party("clock")), actor="office", dry_run=True)
        assert would.recorded.year == 2126


def test_a_ledger_is_made_once(team: Team) -> None:
    with pytest.raises(Refused, match="already") as error:
        new_ledger(servers.address(team.schema))
    assert error.value.code == "ledger-exists"


def test_a_login_that_may_make_roles_makes_a_ledger() -> None:
    with servers.new_schema() as schema, servers.administrator() as connection:
        maker = f"{schema}_maker"
        database = connection.info.dbname
        connection.execute(f"CREATE ROLE {maker} LOGIN CREATEROLE")
        connection.execute(f"GRANT CREATE ON DATABASE {database} TO {maker}")
        try:
            with closing(new_ledger(servers.address(schema, user=maker))) as ledger:
                record(ledger, "az")
                assert ledger.record.size == 2
        finally:
            servers.drop(schema)
            connection.execute(f"DROP OWNED BY {maker}; DROP ROLE {maker}")


def test_a_login_that_may_not_make_roles_is_told_so(team: Team) -> None:
    with servers.new_schema() as schema, pytest.raises(Refused) as error:
        new_ledger(servers.address(schema, user=team.writer))
    assert (error.value.code, "CREATEROLE" in error.value.sentence) == ("not-allowed", True)


@pytest.mark.parametrize("name", ["{}", "{}_models"])
def test_a_schema_of_somebody_else_is_left_to_him(name: str) -> None:
    with servers.new_schema() as schema, servers.administrator() as connection:
        maker = f"{schema}_maker"
        connection.execute(f"CREATE ROLE {maker} LOGIN CREATEROLE; CREATE SCHEMA {name.format(schema)}")
        connection.execute(f"GRANT CREATE ON DATABASE {connection.info.dbname} TO {maker}")
        try:
            with pytest.raises(Refused) as error:
                new_ledger(servers.address(schema, user=maker))
            assert error.value.code == "schema-taken"
        finally:
            servers.drop(schema)
            connection.execute(f"DROP OWNED BY {maker}; DROP ROLE {maker}")


def test_what_fails_while_a_ledger_is_made_leaves_nothing() -> None:
    with servers.new_schema() as schema:
        with pytest.raises(Refused, match="Mars"):
            Ledger.create(servers.address(schema), "Title", "Mars/Base", actor="office")
        with pytest.raises(Refused) as error:
            Record.open(servers.address(schema))
        assert error.value.code == "no-ledger"
        with servers.administrator() as connection:
            assert not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [f"{schema}_owner"]).fetchone()


@pytest.mark.parametrize(("format", "code"), [(0, "older-format"), (99, "newer-format")])
def test_another_format_is_refused(format: int, code: str) -> None:
    with servers.new_schema() as schema:
        url = servers.address(schema)
        new_ledger(url).close()
        with servers.administrator(schema) as connection:
            connection.execute("ALTER TABLE head DISABLE TRIGGER ALL")
            connection.execute("UPDATE head SET format = %s", [format])
        with pytest.raises(Refused) as error:
            Record.open(url)
        assert error.value.code == code


def test_a_ledger_without_a_head_is_damaged_and_an_audit_opens_it_all_the_same() -> None:
    with servers.new_schema() as schema:
        url = servers.address(schema)
        new_ledger(url).close()
        with servers.administrator(schema) as connection:
            connection.execute("ALTER TABLE head DISABLE TRIGGER ALL")
            connection.execute("DELETE FROM head")
        with pytest.raises(Refused) as error:
            Record.open(url)
        assert error.value.code == "ledger-damaged"
        open_url(url, writing=False, timeout=1, trusting=False).close()


def test_who_waits_too_long_for_another_writer_gives_up(team: Team) -> None:
    url = team.url(team.writer)
    with (
        closing(Ledger.open(url)) as one,
        closing(Ledger.open(url, timeout=0.05)) as other,
        one.appending(),
        pytest.raises(Refused) as error,
    ):
        record(other, "slow")
    assert error.value.code == "ledger-busy"


def test_a_connection_that_breaks_off_is_undecided(team: Team) -> None:
    def cut_off() -> None:
        with closing(Ledger.open(team.url(team.writer))) as ledger, ledger.record.snapshot() as connection:
            pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with servers.administrator() as other:
                other.execute("SELECT pg_terminate_backend(%s)", [pid])
            ledger.record.head()

    with pytest.raises(CannotDecide) as error:
        cut_off()
    assert error.value.code == "server-gone"


def test_a_statement_that_takes_too_long_is_undecided(team: Team) -> None:
    url = servers.address(team.schema, user=team.writer, options="-c statement_timeout=50")
    with Record.open(url) as reader, reader.snapshot() as connection, pytest.raises(CannotDecide) as error:
        connection.exec_driver_sql("SELECT pg_sleep(5)")
    assert error.value.code == "too-slow"


def test_what_the_tables_forbid_comes_as_it_is(team: Team) -> None:
    with (
        closing(Ledger.open(team.url(team.writer))) as ledger,
        pytest.raises(exc.IntegrityError),
        ledger.appending() as appending,
    ):
        appending.connection.exec_driver_sql("INSERT INTO node SELECT * FROM node LIMIT 1")


def test_a_server_that_takes_nothing_is_read_only(team: Team) -> None:
    url = servers.address(team.schema, user=team.writer, options="-c default_transaction_read_only=on")
    with Record.open(url) as reader, reader.snapshot() as connection, pytest.raises(Refused) as error:
        connection.exec_driver_sql("UPDATE head SET size = size")
    assert error.value.code == "read-only"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"dbname": "nowhere_at_all"}, "no-database"),
        ({"user": "nobody_of_that_name"}, "login-refused"),
        ({"host": "/nowhere/at/all"}, "server-unreachable"),
        ({"service": "nothing_of_that_name"}, "no-service"),
    ],
)
def test_who_is_not_let_in_is_told_why(team: Team, changes: dict[str, str], code: str) -> None:
    with pytest.raises(CannotDecide) as error:
        Record.open(servers.address(team.schema, **changes))
    assert error.value.code == code


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@db.example/corridor", "corridor on db.example"),
        ("postgresql://me:secret@db.example/corridor?schema=ports", "schema ports of corridor on db.example"),
        ("postgresql:///?service=corridor", "the default database on service corridor"),
        ("postgresql://me@/?password=secret", "me on this machine"),
    ],
)
def test_an_address_is_named_without_what_is_secret(url: str, shown: str) -> None:
    assert label(url) == shown


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.errors.DiskFull(), "disk-full"),
        (psycopg.errors.IoError(), "disk-error"),
        (psycopg.errors.DataCorrupted(), "disk-error"),
        (psycopg.errors.TooManyConnections(), "ledger-busy"),
        (psycopg.errors.SerializationFailure(), "ledger-busy"),
        (psycopg.errors.UndefinedTable("relation event does not exist"), "ledger-damaged"),
        (psycopg.InterfaceError(), "server-gone"),
        (Refused("own", "Ours."), "own"),
    ],
)
def test_each_kind_of_trouble_has_its_sentence(error: Exception, code: str) -> None:
    found = explained(error, "corridor")
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("error", [ValueError(), psycopg.errors.RaiseException(), psycopg.errors.UniqueViolation()])
def test_what_is_about_us_is_not_explained_away(error: Exception) -> None:
    assert explained(error, "corridor") is None


def test_a_server_without_a_free_connection_is_busy() -> None:
    error = psycopg.OperationalError("FATAL: remaining connection slots are reserved")
    assert unreachable(error, "corridor").code == "ledger-busy"


def test_a_standby_takes_nothing(monkeypatch: pytest.MonkeyPatch, team: Team) -> None:
    monkeypatch.setattr("ledger.postgres.WRITABLE", "SELECT true, true")  # what a standby says
    with pytest.raises(Refused, match="standby") as error:
        Ledger.open(team.url(team.writer))
    assert error.value.code == "read-only"


def test_without_its_driver_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ledger.postgres", None)
    monkeypatch.delattr("ledger.postgres", raising=False)
    with pytest.raises(Refused) as error:
        Record.open("postgresql://host/corridor")
    assert error.value.code == "no-driver"


def test_a_connection_that_broke_off_is_not_asked_again(team: Team) -> None:
    with Record.open(team.url(team.auditor)) as reader:
        with reader.store.asking() as asked:
            ((pid,),) = rows(asked, "SELECT pg_backend_pid()")
            with servers.administrator() as connection:
                connection.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            with pytest.raises(CannotDecide) as undecided:
                rows(asked, "SELECT 1")
        assert undecided.value.code == "server-gone"
        assert reader.title == "Middle Corridor"
