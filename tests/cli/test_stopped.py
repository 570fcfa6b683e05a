"""What if a line cannot be applied, or is newer than this program, and what if a server has no room?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.record import Record
from tests import servers
from tests.cli.given import BEGINNING, HEAD, Office
from tests.conftest import Place
from tests.ledger.given import tamper


@pytest.fixture
def place(somewhere: Place) -> Path | str:
    return somewhere("pledger")


@pytest.fixture
def office(place: Path | str, tmp_path: Path) -> Office:
    """An office that has begun; its read models are current."""
    office = Office(tmp_path, environment={"PLEDGER_LEDGER": str(place)})
    office.must(*BEGINNING, "status")
    return office


def alter(place: Path | str, position: int, line: bytes, type: str = "type") -> None:
    """By a program that first takes the protection away."""
    tamper(place, f"UPDATE event SET line = x'{line.hex()}', type = {type} WHERE position = {position}")


def of_a_later_program(place: Path | str, position: int) -> None:
    """The line says what this program has not learnt yet, in a new version of its fact."""
    with Record.open(place) as record:
        line = record.line_at(position)
    alter(place, position, line.replace(b".v1", b".v9"), "replace(type, '.v1', '.v9')")


def test_where_the_read_models_stopped_is_told_and_recording_goes_on(office: Office, place: Path | str) -> None:
    alter(place, 6, b"no line")
    assert office.tell("models rebuild").code == 1
    office.must("log ports Dredged")

    said = office.tell("models status")
    assert said.code == 1
    assert said.out.startswith(f"The read models are at #5, {HEAD + 1 - 5} events (")
    told = office.tell("models status --json").data
    assert (told["position"], told["behind"], told["stopped"]) == (5, HEAD + 1 - 5, 6)
    assert told["seconds"] > 0
    assert told["sentence"] in said.out

    said = office.tell("status --json")
    assert (said.code, said.json["as_known"], said.json["ledger"]["size"]) == (3, 5, 5)
    assert said.err.startswith("Answers end at #5: #6 cannot be applied.")
    assert office.tell("status --as-known 5").code == 0


def test_what_a_later_program_recorded_is_named_and_what_came_before_it_is_read(
    office: Office, place: Path | str
) -> None:
    of_a_later_program(place, HEAD)
    assert "Update pledger" in office.tell("models rebuild").out
    said = office.tell("status fibre --json")
    assert (said.code, [one["key"] for one in said.data]) == (3, ["fibre"])
    assert "Update pledger" in said.err
    office.must("log fibre Recorded", f"history --as-known {HEAD - 1}")
    assert office.tell("export").out.count("\n") == HEAD + 1  # byte by byte, whatever it means
    assert "is newer than v1, the last known here. Update pledger" in office.tell("audit verify").out
    said = office.tell("log ports Dredged")  # the same commitment: what stands there cannot be known
    assert (said.code, said.refusal, "Update pledger" in said.err) == (1, "newer-version", True)


def test_once_the_line_can_be_applied_the_answers_go_on(office: Office, place: Path | str) -> None:
    with Record.open(place) as record:
        line = record.line_at(6)
    alter(place, 6, b"no line")
    assert office.tell("models rebuild").code == 1
    alter(place, 6, line)
    office.must("status")
    assert office.tell("models status").out.startswith(f"The read models are at #{HEAD}, 0 events")


# What only a server can do.


@pytest.fixture
def served(tmp_path: Path, address: str) -> Office:
    office = Office(tmp_path, environment={"PLEDGER_LEDGER": address})
    office.must(*BEGINNING, "status")
    return office


def full(address: str) -> None:
    """From now on the server has no room for another line."""
    from ledger.postgres_address import address_of

    with servers.administrator(address_of(address).schema) as connection:
        connection.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.execute(
            "CREATE TRIGGER full_disk AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION full_disk()"
        )


def test_a_server_without_room_takes_nothing_and_is_read(served: Office, address: str) -> None:
    before = served.anchor()
    full(address)
    said = served.tell("log fibre Done")
    assert (said.code, said.refusal, said.err.count("\n")) == (1, "disk-full", 1)
    served.must("status", "history")
    assert served.anchor() == before
