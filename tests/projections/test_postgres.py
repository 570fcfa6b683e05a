"""Are read models on a server kept by those who may write them, and worked out by those who may not?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing

import psycopg
import pytest

from domain.party import register_party
from ledger.postgres_address import address_of
from projections.base import BusyError, DamagedError, UnwritableError
from projections.catchup import catch_up
from projections.cursor import cursor_of
from projections.kept import kept_beside, made_beside
from projections.models import Models
from projections.postgres import COPIED, ModelsBase, explaining
from projections.postgres_layout import layout
from projections.version import VERSION
from tests import servers
from tests.projections.given import Desk, notes, small_ledger
from tests.projections.test_catchup import anew, dump


@pytest.fixture
def schema() -> Iterator[str]:
    with servers.new_schema() as schema:
        small_ledger(servers.address(schema))
        yield schema


@pytest.fixture
def desk(schema: str) -> Iterator[Desk]:
    desk = Desk(servers.address(schema))
    yield desk
    desk.ledger.close()


@pytest.fixture
def auditor(schema: str) -> Iterator[Desk]:
    """The same ledger, in the hands of a login that may only read."""
    login = f"{schema}_bob"
    with servers.administrator() as connection:
        connection.execute(f"CREATE ROLE {login} LOGIN IN ROLE {schema}_auditor")
        yield Auditor(servers.address(schema, user=login))
        connection.execute(f"DROP ROLE {login}")


class Auditor(Desk):
    def __post_init__(self) -> None:
        from ledger.record import Record

        self.reader = Record.open(self.path)

    @property
    def record(self):  # type: ignore[no-untyped-def]  # a record without a ledger
        return self.reader


def positions(models: Models) -> tuple[bool, int]:
    return models._base.kept, models.position


def test_a_writer_keeps_them_on_the_server(desk: Desk) -> None:
    with desk.models() as models:
        assert positions(models) == (True, 12)
    notes(desk, "ports", COPIED + 10)
    with desk.models() as models:
        assert positions(models) == (True, 12 + COPIED + 10)
        assert dump(models._base) == anew(desk)
    assert desk.said == []


def test_an_auditor_reads_them_where_nothing_is_missing_and_else_works_them_out(desk: Desk, auditor: Desk) -> None:
    desk.models().close()
    with auditor.models() as models:
        assert positions(models) == (True, 12)
    assert auditor.said == []
    desk.do(register_party, "kz", "Qazaqstan")
    with auditor.models() as models:
        assert positions(models) == (False, 13)
    assert len(auditor.said) == 1
    assert "may only read" in auditor.said[0]


def test_who_may_not_even_look_works_them_out(schema: str, desk: Desk, auditor: Desk) -> None:
    with servers.administrator() as connection:
        connection.execute(f"REVOKE USAGE ON SCHEMA {schema}_models FROM {schema}_auditor")
    with auditor.models() as models:
        assert positions(models) == (False, 12)


def test_models_of_another_version_wait_for_migrate(schema: str, desk: Desk) -> None:
    desk.models().close()
    with servers.administrator() as connection:
        connection.execute(f"UPDATE {schema}_models.cursor SET model = {VERSION + 1}")
    with desk.models() as models:
        assert positions(models) == (False, 12)
    assert "pledger migrate" in desk.said[0]


def kept(desk: Desk) -> closing[ModelsBase]:
    """The models beside the ledger, open to be written."""
    base = kept_beside(desk.path).open(timeout=1)
    assert isinstance(base, ModelsBase)
    return closing(base)


@pytest.mark.parametrize("way", [ModelsBase.writing, ModelsBase.reading])
def test_a_server_that_goes_meanwhile_is_told_as_that(
    desk: Desk, way: Callable[[ModelsBase], AbstractContextManager[None]]
) -> None:
    def lose(base: ModelsBase) -> None:
        with way(base):
            with servers.administrator() as connection:
                connection.execute("SELECT pg_terminate_backend(%s, 5000)", [base._open.info.backend_pid])
            cursor_of(base)

    with kept(desk) as base, pytest.raises(UnwritableError) as told:
        lose(base)
    assert str(told.value) == "terminating connection due to administrator command"


def test_ctrl_c_while_the_server_works_is_ctrl_c(desk: Desk) -> None:
    def interrupt(base: ModelsBase) -> None:
        with base.writing():
            base._open.pgconn.send_query(b"SELECT pg_sleep(9)")
            raise KeyboardInterrupt

    with kept(desk) as base, pytest.raises(KeyboardInterrupt):
        interrupt(base)


def test_tables_that_are_not_ours_wait_for_migrate(schema: str, desk: Desk) -> None:
    with servers.administrator() as connection:
        connection.execute(f"ALTER TABLE {schema}_models.fact DROP COLUMN keep")
    with desk.models() as models:
        assert positions(models) == (False, 12)
    assert "pledger migrate" in desk.said[0]


def test_they_are_made_anew_by_their_owner(schema: str, desk: Desk) -> None:
    desk.models().close()
    address = address_of(servers.address(schema))
    with psycopg.connect(address.conninfo) as connection:
        connection.execute(f"SET ROLE {schema}_owner")
        for statement in layout(address):
            connection.execute(statement)
    with closing(kept_beside(desk.path).open(timeout=1)) as base:
        assert cursor_of(base).position == 0
        catch_up(base, desk.record)
        assert dump(base) == anew(desk)


def test_rows_come_one_by_one_and_a_look_is_at_one_state(desk: Desk) -> None:
    desk.models().close()
    with closing(kept_beside(desk.path).open(timeout=1)) as base:
        with base.reading(), base.reading():
            before = list(base.each("every stream"))
            desk.do(register_party, "kz", "Qazaqstan")
            desk.models().close()
            assert list(base.each("every stream")) == before
        assert len(base.rows("every stream")) == len(before) + 1


def test_a_file_needs_nothing_beside_it() -> None:
    assert made_beside("pledger.db") == ()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.LockNotAvailable(), BusyError),
        (psycopg.errors.DiskFull(), UnwritableError),
        (psycopg.OperationalError(), UnwritableError),
        (psycopg.errors.InsufficientPrivilege(), UnwritableError),
        (psycopg.errors.UndefinedColumn(), DamagedError),
        (psycopg.ProgrammingError(), psycopg.ProgrammingError),
    ],
)
def test_each_error_of_the_driver_says_what_can_be_done(error: Exception, kind: type[Exception]) -> None:
    with pytest.raises(kind), explaining():
        raise error


def test_they_are_known_as_those_of_a_server() -> None:
    assert ModelsBase.dialect == "postgresql"
