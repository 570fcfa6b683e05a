"""Can a team share a ledger on a server: who may what, what does an update need, what if the server cannot be used?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from ledger.postgres_address import address_of, models_of
from ledger.postgres_schema import BY_LOGIN
from tests import servers
from tests.cli.given import BEGINNING, HEAD, Office

LOG = 'log fibre "Ship booked" --progress 20%'


@pytest.fixture
def begun(team: Office) -> Office:
    """A team whose ledger holds a little."""
    team.must(*BEGINNING)
    return team


@pytest.fixture
def schema(address: str) -> str:
    return address_of(address).schema


@pytest.fixture
def hired(begun: Office, schema: str) -> Iterator[Callable[[str], Office]]:
    """The office of a new login, to whom is granted what `pledger roles` prints for these options."""
    with ExitStack() as leaving:

        def hire(options: str) -> Office:
            login = f"{schema}_clerk"
            with servers.administrator() as connection:
                connection.execute(f"CREATE ROLE {login} LOGIN")
                leaving.callback(dismiss, login)
                if options:
                    connection.execute(begun.must(f"roles {options.format(login)}")[0].out)
            folder = begun.folder / login
            folder.mkdir()
            return Office(folder, environment={"PLEDGER_LEDGER": servers.address(schema, user=login)}, seed=9)

        yield hire


def dismiss(login: str) -> None:
    with servers.administrator() as connection:
        connection.execute(f"DROP OWNED BY {login}; DROP ROLE {login}")


def test_the_grants_for_logins_are_printed_and_nothing_is_done(begun: Office, schema: str) -> None:
    said = begun.run("roles", "ministry", 'o"dd', "--auditor", "audit-office")
    assert said.out.splitlines() == [
        f'GRANT {schema}_writer TO "ministry";',
        f'GRANT {schema}_writer TO "o""dd";',
        f'GRANT {schema}_auditor TO "audit-office";',
    ]
    assert begun.tell("roles ministry --json").data == said.out.splitlines()[:1]


def test_who_holds_which_role_is_listed(begun: Office, hired: Callable[[str], Office], schema: str) -> None:
    hired("--auditor {}")
    assert [one["logins"] for one in begun.tell("roles --json").data] == [[], [], [f"{schema}_clerk"]]
    assert f"{schema}_auditor  read and verify               {schema}_clerk" in begun.tell("roles").out


def test_a_file_has_no_roles(office: Office) -> None:
    assert office.tell("roles").refusal == office.tell("roles ministry").refusal == "no-roles"


def test_a_writer_records_and_makes_nothing_else(begun: Office, hired: Callable[[str], Office]) -> None:
    writer = hired("{}")
    writer.must(LOG, "status", "models rebuild")
    assert begun.anchor()[0] == writer.anchor()[0] == HEAD + 1
    assert writer.tell("migrate").refusal == "not-allowed"


def test_a_login_that_recorded_for_several_offices_shows_in_history(
    begun: Office, hired: Callable[[str], Office], schema: str
) -> None:
    writer = hired("{}")
    writer.must(f"{LOG} --actor board", 'log fibre "Ship came" --actor ministry')
    said = begun.must("history fibre")[0]
    assert f"The login '{schema}_clerk' recorded as 'board', 'ministry'.\n" in said.err
    assert "The login 'postgres'" not in said.err
    assert [line.partition(" (login ")[2][: len(schema) + 8] for line in said.out.splitlines()] == [
        "",
        "",
        f"'{schema}_clerk'",
        f"'{schema}_clerk'",
    ]


def test_a_login_that_recorded_for_the_office_of_another_shows_in_history(
    begun: Office, hired: Callable[[str], Office], schema: str
) -> None:
    hired("{}").must(LOG)
    listed = begun.must("history fibre")[0].out
    assert listed.count("programme-office (login 'postgres')") == 1
    assert listed.count(f"programme-office (login '{schema}_clerk')") == 1


def test_where_each_office_has_its_login_the_list_names_none(
    begun: Office, hired: Callable[[str], Office], schema: str
) -> None:
    writer = hired("{}")
    writer.actor = "ministry"
    writer.must(LOG)
    said = begun.must("history fibre")[0]
    assert "login" not in said.out + said.err
    told = begun.must("history fibre --json")[0].data
    assert [(one["actor"], one["login"]) for one in told] == [
        ("programme-office", "postgres"),
        ("ministry", f"{schema}_clerk"),
    ]


def test_a_file_knows_no_logins(office: Office) -> None:
    assert not any("login" in one for one in office.must("history --json")[0].data)


def test_an_auditor_reads_and_records_nothing(begun: Office, hired: Callable[[str], Office]) -> None:
    auditor, before = hired("--auditor {}"), begun.anchor()
    assert auditor.tell("status").out == begun.tell("status").out
    assert auditor.tell("audit verify").code == 3
    for line in (LOG, "undo", "migrate"):
        said = auditor.tell(line)
        assert (said.code, said.refusal) == (1, "not-allowed")
    assert begun.anchor() == before


def test_a_login_without_any_role_is_told_so(hired: Callable[[str], Office]) -> None:
    stranger = hired("")
    for line in ("status", LOG, "info"):
        said = stranger.tell(line)
        assert (said.code, said.refusal) == (1, "not-allowed")
        assert "pledger roles" in said.err
    assert stranger.tell("audit verify").code == 3


def test_what_another_version_made_is_made_anew_by_migrate(begun: Office, schema: str) -> None:
    board = begun.tell("status").out
    with servers.administrator(schema) as connection:
        connection.execute(f"UPDATE {models_of(schema)}.cursor SET model = 0")
    assert "`pledger migrate`" in begun.tell("status").err
    said = begun.must("migrate")[0]
    assert said.out == (
        f"Middle Corridor: format 1 is current.\nThe tables of the read models were made anew; they are at #{HEAD}.\n"
    )
    after = begun.tell("status")
    assert (after.out, "migrate" in after.err) == (board, False)
    assert begun.tell("migrate --json").data["models"]["position"] == HEAD


def test_migrate_makes_the_index_that_earlier_versions_did_not(begun: Office, schema: str) -> None:
    listed = "SELECT indexdef FROM pg_indexes WHERE schemaname = %s ORDER BY 1"
    with servers.administrator(schema) as connection:
        made = connection.execute(listed, [schema]).fetchall()
        connection.execute(f"DROP INDEX {BY_LOGIN[0]}")
        begun.must("migrate", "migrate")
        assert connection.execute(listed, [schema]).fetchall() == made


def test_what_stands_on_the_read_models_is_not_dropped_with_them(begun: Office, schema: str) -> None:
    with servers.administrator(schema) as connection:
        connection.execute(f"CREATE VIEW {models_of(schema)}.mine AS SELECT * FROM {models_of(schema)}.fact")
        assert begun.tell("migrate").refusal == "in-use"
        assert connection.execute(f"SELECT count(*) > 0 FROM {models_of(schema)}.mine").fetchone() == (True,)


def test_read_models_of_another_version_are_said_to_be_that_to_whoever_asks(
    begun: Office, schema: str, hired: Callable[[str], Office]
) -> None:
    auditor = hired("--auditor {}")
    with servers.administrator(schema) as connection:
        connection.execute(f"UPDATE {models_of(schema)}.cursor SET model = 0")
    for office in (begun, auditor):
        assert "made by another version of this program" in office.tell("status").err
        assert "made by another version of this program. `pledger migrate`" in office.tell("models status").out


def test_the_tables_of_read_models_that_are_gone_are_made_again(begun: Office, schema: str) -> None:
    board = begun.tell("status").out
    with servers.administrator(schema) as connection:
        connection.execute(f"DROP TABLE {models_of(schema)}.fact, {models_of(schema)}.cursor")
    assert begun.tell("status").out == board  # worked out for this command alone
    begun.must("migrate")
    assert begun.tell("models status").out.startswith(f"The read models are at #{HEAD}, 0 events")


def test_a_file_needs_no_migration(office: Office) -> None:
    assert office.must("migrate")[0].out == "Middle Corridor: format 1 is current.\n"
    assert office.tell("migrate --json").data == {"format": 1, "models": None}


def test_migrate_looks_at_no_other_time(office: Office) -> None:
    assert office.tell("migrate --as-known 3").refusal == "time-on-recording"


# What is said when the server cannot be used.


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"user": "nobody-at-all"}, "login-refused"),
        ({"dbname": "nothing"}, "no-database"),
        ({"port": "1"}, "server-unreachable"),
    ],
)
def test_a_server_that_cannot_be_used_is_undecided_in_one_sentence(
    new: Office, schema: str, named: dict[str, str], code: str
) -> None:
    new.environment["PLEDGER_LEDGER"] = servers.address(schema, **named)
    for line in ("status", 'add fibre "Fibre line"', "audit verify", "init --title T"):
        said = new.tell(line)
        assert (said.code, said.refusal, said.out) == (3, code, "")
        assert said.err.count("\n") == 1
