"""Does an audit find what the owner of a PostgreSQL database did to the record, and who could do it?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as listening

from domain.refused import Refused
from ledger import place
from ledger.ledger import Ledger
from ledger.logins import logins_of, pairs
from ledger.postgres_address import address_of, roles_of
from ledger.postgres_schema import BY_LOGIN
from ledger.record import Record
from ledger.trouble import CannotDecide
from ledger.verify import verify
from ledger.verify_report import Report, Verdict
from tests import servers
from tests.ledger.given import deciding, new_ledger, party, record

OTHER = "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
INSERTED = "BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION other()"


@pytest.fixture
def where() -> Iterator[str]:
    """A ledger of four lines on a server."""
    with servers.new_schema() as schema:
        with closing(new_ledger(servers.address(schema))) as ledger:
            record(ledger, "az", "kz", "tr")
        yield servers.address(schema)


def schema_of(where: str) -> str:
    return address_of(where).schema


def tamper(where: str, *statements: str) -> None:
    """By somebody who may do anything; `{writer}` and the like are the ledger's roles."""
    with servers.administrator(schema_of(where)) as other:
        for statement in statements:
            other.execute(statement.format(**roles_of(schema_of(where))._asdict(), schema=schema_of(where)))


@pytest.fixture
def login(where: str) -> Iterator[str]:
    """Somebody who may connect, and no more."""
    name = f"{schema_of(where)}_clerk"
    tamper(where, f"CREATE ROLE {name} LOGIN")
    yield name
    tamper(where, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def told(report: Report) -> list[tuple[str, str]]:
    return [(one.code, one.text) for one in report.findings.listed]


def codes(report: Report) -> set[str]:
    return {one.code for one in report.findings.listed}


def test_a_ledger_on_a_server_as_it_was_made_is_self_consistent(where: str) -> None:
    report = verify(where)
    assert (told(report), report.remarks.listed) == ([], [])
    assert (report.verdict, report.size) == (Verdict.UNPINNED, 4)


@pytest.mark.parametrize(
    ("statement", "code", "what"),
    [
        ("ALTER TABLE event DISABLE TRIGGER event_update", "trigger-changed", "event.event_update"),
        ("ALTER TABLE node ENABLE TRIGGER node_delete", "trigger-changed", "node.node_delete"),
        ("DROP TRIGGER head_truncate ON head", "trigger-missing", "head.head_truncate"),
        (f"{OTHER}; CREATE TRIGGER mine {INSERTED}", "trigger-added", "event.mine"),
        (f"{OTHER}; CREATE OR REPLACE TRIGGER event_insert {INSERTED}", "trigger-changed", "event.event_insert"),
        (OTHER.replace("CREATE", "CREATE OR REPLACE").replace("other", "kept"), "trigger-changed", "function 'kept()'"),
        ("CREATE RULE quiet AS ON INSERT TO receipt DO INSTEAD NOTHING", "trigger-added", "receipt.quiet"),
        ("CREATE POLICY mine ON event USING (position < 3)", "trigger-added", "policy event.mine"),
        ("ALTER TABLE event ENABLE ROW LEVEL SECURITY", "schema-changed", "table event"),
        ("ALTER TABLE event ADD COLUMN extra text", "schema-changed", "table event"),
        ("ALTER TABLE event ALTER login SET DEFAULT 'me'", "schema-changed", "table event"),
        ("CREATE TABLE more () INHERITS (event)", "schema-changed", "table event"),
        ("ALTER TABLE receipt SET UNLOGGED", "schema-changed", "table receipt"),
        ("ALTER TABLE event RENAME TO past; CREATE VIEW event AS SELECT * FROM past", "schema-missing", "table event"),
        ("DROP VIEW journal", "schema-missing", "view journal"),
        (
            "CREATE OR REPLACE VIEW journal AS SELECT position, recorded, effective, actor, login, type, stream,"
            " 'all is well' COLLATE \"C\" AS line FROM event",
            "schema-changed",
            "view journal",
        ),
        ("ALTER TABLE event DROP CONSTRAINT event_id_key", "schema-missing", "index event_id_key"),
        ("GRANT UPDATE ON event TO {writer}", "grant-added", "UPDATE"),
        ("GRANT UPDATE ON head TO {writer}", "grant-added", "rights on head"),
        ("GRANT UPDATE (format) ON head TO {writer}", "grant-added", "UPDATE of format"),
        ("GRANT UPDATE (size) ON head TO {auditor}", "grant-added", "UPDATE of size"),
        ("GRANT DELETE, TRUNCATE ON node TO PUBLIC", "grant-added", "'everybody' has rights on node"),
        ("GRANT TRIGGER ON checkpoint TO {auditor}", "grant-added", "TRIGGER"),
        ("ALTER TABLE event OWNER TO postgres", "owner-changed", "belongs to 'postgres'"),
    ],
)
def test_what_was_done_to_the_protection_is_found(where: str, statement: str, code: str, what: str) -> None:
    tamper(where, statement)
    report = verify(where)
    assert any(found == code and what in text for found, text in told(report)), told(report)
    assert report.verdict is Verdict.TAMPERED


def test_a_line_changed_behind_the_protection_is_found(where: str) -> None:
    change = "UPDATE event SET line = convert_to(replace(convert_from(line, 'UTF8'), 'Az', 'Xz'), 'UTF8')"
    off, on = (f"ALTER TABLE event {verb} TRIGGER event_update" for verb in ("DISABLE", "ENABLE ALWAYS"))
    tamper(where, off, f"{change} WHERE position = 2", on)
    assert codes(verify(where)) == {"leaf-differs", "head-differs"}


@pytest.mark.parametrize(("format", "code"), [(0, "older-format"), (99, "newer-format")])
def test_another_format_cannot_be_judged(where: str, format: int, code: str) -> None:
    tamper(where, "ALTER TABLE head DISABLE TRIGGER USER", f"UPDATE head SET format = {format}")
    report = verify(where)
    assert (codes(report), report.verdict) == ({code}, Verdict.UNDECIDED)


def test_a_head_without_a_format_is_found_and_the_audit_goes_on(where: str) -> None:
    tamper(where, "ALTER TABLE head DROP COLUMN format")
    assert codes(verify(where)) == {"file-damaged", "schema-changed"}


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE notes (note text)", "CREATE INDEX by_actor ON event (actor)", OTHER, "CREATE SEQUENCE one"],
)
def test_what_others_added_and_does_no_harm_is_a_remark(where: str, statement: str) -> None:
    tamper(where, statement)
    report = verify(where)
    assert (told(report), [one.code for one in report.remarks.listed]) == ([], ["schema-added"])


def test_logins_that_may_act_as_the_owner_are_named(where: str, login: str) -> None:
    tamper(where, f"GRANT {{owner}} TO {login}")
    [remark] = verify(where).remarks.listed
    assert remark.code == "may-unprotect"
    assert login in remark.text


def test_a_login_that_recorded_for_several_offices_is_named(where: str) -> None:
    with closing(Ledger.open(where)) as ledger:
        ledger.change(deciding(party("ge")), actor="ministry")
    [remark] = verify(where).remarks.listed
    assert (remark.code, remark.text) == ("several-actors", "The login 'postgres' recorded as 'ministry', 'office'.")


def test_each_pair_of_login_and_actor_is_found_once(where: str) -> None:
    with closing(Ledger.open(where)) as ledger:
        for key, actor in (("ge", "ministry"), ("tm", "agency"), ("uz", "ministry")):
            ledger.change(deciding(party(key)), actor=actor)
        with ledger.record.store.asking() as reader:
            assert pairs(reader) == [("postgres", "agency"), ("postgres", "ministry"), ("postgres", "office")]


def test_a_ledger_without_the_index_of_later_versions_is_sound(where: str) -> None:
    tamper(where, f"DROP INDEX {BY_LOGIN[0]}")
    report = verify(where)
    assert (told(report), report.remarks.listed) == ([], [])


def test_who_only_ever_recorded_as_somebody_else_is_told(where: str, login: str) -> None:
    tamper(where, f"GRANT {{writer}} TO {login}")
    with closing(Ledger.open(servers.address(schema_of(where), user=login))) as ledger:
        ledger.change(deciding(party("ge")), actor="office")
    [remark] = verify(where).remarks.listed
    expected = f"As 'office' recorded the logins 'postgres', '{login}'."
    assert (remark.code, remark.text) == ("several-logins", expected)


def test_a_file_knows_no_logins(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "pledger.db")) as ledger, ledger.record.snapshot() as connection:
        assert pairs(connection) == []
        assert logins_of(connection, [1]) == {}


def test_an_auditor_verifies_and_who_has_no_rights_gets_no_verdict(where: str, login: str) -> None:
    theirs = servers.address(schema_of(where), user=login)
    with pytest.raises(CannotDecide) as undecided:
        verify(theirs)
    assert undecided.value.code == "not-allowed"
    tamper(where, f"GRANT {{auditor}} TO {login}")
    assert verify(theirs).verdict is Verdict.UNPINNED


def test_in_an_audit_a_question_that_fails_spoils_no_other(where: str) -> None:
    with closing(place.open_store(where, writing=False, trusting=False)) as store, store.reading() as connection:
        for _ in range(2):
            with pytest.raises(Refused, match="is not as this program made it"):
                connection.exec_driver_sql("SELECT nothing FROM head")
            assert connection.exec_driver_sql("SELECT size FROM head").scalar_one() == 4


@contextmanager
def going_away_after(where: str, number: int) -> Iterator[list[str]]:
    """The server ends the connection after so many statements of SQLAlchemy; the block may look at all of them."""
    asked: list[str] = []

    def gone(_: object, cursor: Any, statement: str, *more: object) -> None:
        asked.append(statement)
        if len(asked) == number:
            tamper(where, f"SELECT pg_terminate_backend({cursor.connection.info.backend_pid}, 5000)")

    listening.listen(Engine, "after_cursor_execute", gone)
    try:
        yield asked
    finally:
        listening.remove(Engine, "after_cursor_execute", gone)


def test_an_audit_whose_server_goes_away_at_any_statement_has_no_verdict(where: str) -> None:
    with going_away_after(where, 0) as asked:
        assert verify(where).verdict is Verdict.UNPINNED
    assert len(asked) > 20
    for number in range(1, len(asked) + 1):
        with going_away_after(where, number), pytest.raises(CannotDecide) as undecided:
            verify(where)
        assert undecided.value.code == "server-gone"


def test_an_audit_whose_server_goes_away_has_no_verdict(where: str) -> None:
    def read_on() -> None:
        with store.reading() as connection:
            [pid] = connection.exec_driver_sql("SELECT pg_backend_pid()").one()
            tamper(where, f"SELECT pg_terminate_backend({pid}, 5000)")
            Record(store).line_at(1)

    with (
        closing(place.open_store(where, writing=False, trusting=False)) as store,
        pytest.raises(CannotDecide) as undecided,
    ):
        read_on()
    assert undecided.value.code == "server-gone"
